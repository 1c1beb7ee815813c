// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/gene_fine_mapping.h"
#include "base/stage_clock.h"
#include "base/words.h"
#include "cli/commands.h"
#include "cli/options/console.h"
#include "cli/options/study_argument.h"

#include <CLI/CLI.hpp>
#include <fmt/core.h>

#include <filesystem>
#include <memory>

namespace diploscope::cli {

namespace {

struct SusieRequest {
    std::filesystem::path study;
    std::string gene;
    int64_t window = 196608;
    SusieOptions susie;
    std::filesystem::path out;
    bool quiet = false;
};

Result<void> mapGene(const SusieRequest& request) {
    const RunContext context = consoleContext(request.quiet);
    const StageTime time(context, Stage::Statistics); // but for what has a stage of its own
    DS_ASSIGN(const std::shared_ptr<const Study> study, usableStudy(request.study, context));
    DS_ASSIGN(const StudyGene* gene, study->findGene(request.gene));
    DS_ASSIGN(const GeneFineMapping mapping,
              fineMapGene(*study, *gene, request.window, request.susie, context));
    DS_TRY(writeFineMapping(mapping, *study, request.out));
    finishProgress();
    say("{:<12} {}  {}  {}{}\n", mapping.gene.name, counted(mapping.panel.snvs.size(), "SNV", "SNVs"),
        counted(mapping.people, "person", "people"),
        counted(mapping.susie.sets.size(), "credible set", "credible sets"),
        mapping.susie.converged ? "" : "  not converged");
    for (const CredibleSet& set : mapping.susie.sets)
        say("  {}, coverage {:.3f}, purity {:.3f}\n", counted(set.variants.size(), "SNV", "SNVs"),
            set.coverage, set.minimumCorrelation);
    sayWritten(request.out, request.quiet);
    return {};
}

} // namespace

void addSusieCommand(CLI::App& program, int& exitCode) {
    auto request = std::make_shared<SusieRequest>();
    CLI::App* command =
        program.add_subcommand("susie", "Fine-map a gene's eQTL: which SNVs are likely causal");
    command->add_option("STUDY", request->study, "A *.study.json")->required();
    command->add_option("--gene", request->gene, "Gene id or symbol")->required()->type_name("G");
    command->add_option("--out", request->out, "The table to write")->required()->type_name("FILE.tsv");
    command->add_option("--window", request->window, "Round the TSS; the default is what Enformer reads")
        ->capture_default_str()
        ->check(CLI::Range(int64_t{2}, int64_t{100'000'000}))
        ->type_name("BP");
    command->add_option("--effects", request->susie.effects, "The most effects that are looked for, L")
        ->capture_default_str()
        ->check(CLI::Range(1, 1000))
        ->type_name("L");
    command->add_option("--coverage", request->susie.coverage, "Of a credible set")
        ->capture_default_str()
        ->check(CLI::Range(0.01, 0.999999));
    command->add_flag("--quiet", request->quiet, QuietHelp);
    command->footer(
        "SuSiE with in-sample LD, as susieR 0.12.35 with its defaults; covariates are taken out of both\n"
        "sides first. Positions are 1-based, effects per copy of alt.\n"
        "Example:  diploscope susie demo/demo.study.json --gene PUKTI6 --out susie.tsv");
    command->callback([request, &exitCode] { exitCode = runCommand([&] { return mapGene(*request); }); });
}

} // namespace diploscope::cli
