// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json_text.h"
#include "base/stage_clock.h"
#include "base/words.h"
#include "cli/commands.h"
#include "cli/options/console.h"
#include "cli/options/locus_options.h"
#include "experiment/what_if.h"
#include "io/vcf_sites.h"

#ifdef DIPLOSCOPE_UI
#include "cli/requests/window_module.h"
#endif

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <memory>

namespace diploscope::cli {

namespace {

struct WhatifRequest {
    LocusRequest locus;
    std::vector<std::string> edits;
    std::filesystem::path vcf; ///< more of them; empty: none
    std::string on = "reference";
    std::filesystem::path figure; ///< of everybody; empty: none
    bool json = false;
};

Result<std::vector<Variant>> changesOf(const WhatifRequest& request,
                                       const std::vector<std::string>& contigs) {
    std::vector<Variant> changes;
    if (!request.vcf.empty()) {
        DS_ASSIGN(changes, readVcfSites(request.vcf, contigs));
    }
    for (const std::string& text : request.edits) {
        DS_ASSIGN(Variant change, parseEdit(text, contigs));
        changes.push_back(std::move(change));
    }
    return changes;
}

nlohmann::ordered_json jsonOfWhatIf(const WhatifRequest& request, const std::vector<Variant>& changes,
                                    const OpenedLocus& opened, const WhatIf& found,
                                    const std::optional<PairedR>& r) {
    nlohmann::ordered_json json = opened.subjectJson();
    json["edits"] = request.edits;
    json["on"] = request.on;
    json["n_haplotypes"] = found.rows.size();
    if (!request.vcf.empty()) {
        json["edits"] = nlohmann::ordered_json::array();
        for (const Variant& change : changes)
            json["edits"].push_back(toName(change));
    }
    if (found.rows.size() == 1) {
        json["before"] = found.rows.front().before;
        json["after"] = found.rows.front().after;
        json["difference"] = found.rows.front().after - found.rows.front().before;
    }
    if (r) {
        json["r_before"] = jsonOf(r->before.r);
        json["r_after"] = jsonOf(r->after.r);
    }
    json.update(countsJson(found.counts));
    return json;
}

Result<void> whatIfCommand(const WhatifRequest& request) {
    const RunContext context = consoleContext(request.locus.quiet);
#ifdef DIPLOSCOPE_UI
    if (!request.figure.empty())
        DS_TRY(windowModule());
#endif
    const StageTime time(context, Stage::Statistics); // but for what has a stage of its own
    DS_ASSIGN(const OpenedLocus opened, openLocus(request.locus, context));
    DS_ASSIGN(const std::vector<Variant> changes, changesOf(request, opened.contigs()));
    // Deletions draw on what stands beside the window, and on what haplotypes have there.
    const int64_t deleted = deletedBases(changes);
    DS_ASSIGN(ExperimentLocus read,
              readExperimentLocus(opened.workspace, *opened.gene, context,
                                  deleted == 0 ? 0 : deleted + startingFlank(VariantMode::SnvAndIndel)));
    PreparedLocus& locus = read.locus;
    DS_ASSIGN(const EditList edits, checkedEdits(locus, changes));
    DS_ASSIGN(const std::vector<Background> backgrounds, backgroundsOf(locus, request.on));
    DS_ASSIGN(const WhatIf found, whatIf(locus, edits, backgrounds, context));
    DS_ASSIGN(const std::optional<PairedR> r, rOfEverybody(locus, found, read.subject.observed, context));

    Provenance provenance = read.subject.provenance;
    for (const Variant& change : changes)
        provenance.emplace_back("edit", toName(change));
    provenance.emplace_back("on", request.on);
    DS_TRY(whatIfTable(locus, found, provenance).writeTo(request.locus.out));
    finishProgress();
#ifdef DIPLOSCOPE_UI
    if (!request.figure.empty()) {
        DS_ASSIGN(const WindowModule* window, windowModule());
        DS_TRY(window->drawWhatIf({opened, read, request.figure, context}, {changes, found, r}));
    }
#endif
    if (request.json) {
        sayText(jsonText(jsonOfWhatIf(request, changes, opened, found, r), 2) + "\n");
        return {};
    }
    const auto text = [](const std::optional<double>& value) {
        return value ? fmt::format("{:.4f}", *value) : std::string("–");
    };
    if (found.rows.size() == 1)
        say("{:<12} {}: {:.6g} -> {:.6g}, difference {:+.6g}  {}\n", opened.gene->gene.name, request.on,
            found.rows.front().before, found.rows.front().after,
            found.rows.front().after - found.rows.front().before, countsText(found.counts));
    else
        say("{:<12} {}  r = {} -> {}  {}\n", opened.gene->gene.name,
            counted(found.rows.size(), "haplotype", "haplotypes"), text(r ? r->before.r : std::nullopt),
            text(r ? r->after.r : std::nullopt), countsText(found.counts));
    sayWritten(request.locus.out, request.locus.quiet);
    return {};
}

} // namespace

void addWhatIfCommand(CLI::App& program, int& exitCode) {
    auto request = std::make_shared<WhatifRequest>();
    CLI::App* command = program.add_subcommand(
        "whatif", "Change bases of the reference or of people's haplotypes, and predict anew");
    addLocusOptions(*command, request->locus);
    CLI::Option* vcf =
        command->add_option("--edits", request->vcf, "A VCF whose records are changes, put in together")
            ->type_name("FILE.vcf");
    CLI::Option* edits =
        command
            ->add_option(
                "--edit", request->edits,
                "Contig, 1-based place, REF and ALT: a substitution, insertion or deletion; several are "
                "put in together. ALT equal to REF sets the place back to the reference")
            ->type_name("C:POS:REF:ALT");
    command
        ->add_option("--on", request->on,
                     "reference, one haplotype of a person (SAMPLE:1, SAMPLE:2), or all for everybody's")
        ->capture_default_str()
        ->type_name("WHOM");
    addFigureFile(*command, request->figure);
    command->add_flag("--json", request->json, "For programs, on stdout");
    command->footer(
        "What a haplotype has of its own where it is changed gives way to the change, and is counted.\n"
        "Example:  diploscope whatif demo/demo.study.json --gene PUKTI6 --edit chr2:569995:G:C --on all "
        "--out whatif.tsv");
    command->callback([request, vcf, edits, &exitCode] {
        if (vcf->empty() && edits->empty())
            throw CLI::RequiredError("--edit or --edits");
        if (!request->figure.empty() && request->on != "all")
            throw CLI::ValidationError("--figure", "what is drawn is everybody: give --on all");
        exitCode = runCommand([&] { return whatIfCommand(*request); });
    });
}

} // namespace diploscope::cli
