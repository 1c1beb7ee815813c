// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/motif_matches.h"
#include "analysis/provenance.h"
#include "base/words.h"
#include "cli/commands.h"
#include "cli/options/console.h"
#include "cli/options/study_argument.h"
#include "genome/variant_name.h"

#include <CLI/CLI.hpp>
#include <fmt/core.h>

#include <filesystem>
#include <memory>

namespace diploscope::cli {

namespace {

struct MotifsRequest {
    std::filesystem::path study;
    std::string variant;
    std::vector<std::filesystem::path> motifs; ///< none: the study's
    double p = MotifMatchP;
    std::filesystem::path out;
    bool quiet = false;
};

Result<void> matchMotifs(const MotifsRequest& request) {
    const RunContext context = consoleContext(request.quiet);
    DS_ASSIGN(const std::shared_ptr<const Study> study, usableStudy(request.study, context));
    if (study->isPublished())
        return fail(ErrorKind::Unsupported, "A study made from published tables has no reference to scan.",
                    request.study.string(), "Name a study with a reference.");
    // As named: one that cannot be used is an error here, where nothing else is asked for.
    const std::vector<std::filesystem::path>& files =
        request.motifs.empty() ? study->named().motifs : request.motifs;
    if (files.empty())
        return fail(ErrorKind::NotFound, "The study names no motifs.", request.study.string(),
                    "Add \"motifs\": [\"FILE\"] to it, or give --motifs FILE.");
    DS_ASSIGN(const Variant variant, parseVariant(request.variant, study->reference().contigs()));
    DS_ASSIGN(const auto motifs, prepareMotifs(files, context));
    DS_ASSIGN(const std::vector<MotifMatch> matches,
              motifMatches(*motifs, study->reference(), variant, request.p));
    DS_TRY(motifTable(*motifs, matches, variant,
                      {{"program", programVersion()},
                       {"study", study->file().name},
                       {"variant", toName(variant)},
                       {"match_p", numberText(request.p)}})
               .writeTo(request.out));
    finishProgress();
    say("{}: {} of {} {}\n", toText(variant), matches.size(), counted(motifs->size(), "motif", "motifs"),
        matches.size() == 1 ? "matches" : "match");
    for (const MotifMatch& match : matches)
        say("  {:<12} {:<8} {:>7.2f} (p {:.1e}) to {:>7.2f} (p {:.1e}) bits\n", (*motifs)[match.motif].name,
            toText(match.change), match.ref.score, match.ref.p, match.alt.score, match.alt.p);
    sayWritten(request.out, request.quiet);
    return {};
}

} // namespace

void addMotifsCommand(CLI::App& program, int& exitCode) {
    auto request = std::make_shared<MotifsRequest>();
    CLI::App* command =
        program.add_subcommand("motifs", "Which motifs a variant gains, loses, strengthens or weakens");
    command->add_option("STUDY", request->study, "A *.study.json")->required();
    command->add_option("--variant", request->variant, "Place and alleles, 22:19930274:C:T")
        ->required()
        ->type_name("V");
    command
        ->add_option("--motifs", request->motifs,
                     "Files of motifs, MEME minimal or JASPAR PFM, instead of the study's")
        ->check(CLI::ExistingFile)
        ->type_name("FILE");
    command->add_option("--p", request->p, "Of one place, up to which it is a match")
        ->check(CLI::Range(0.0, 1.0))
        ->capture_default_str();
    command->add_option("--out", request->out, "The table to write")->required()->type_name("FILE.tsv");
    command->add_flag("--quiet", request->quiet, QuietHelp);
    command->footer(
        "Example:\n  diploscope motifs demo.study.json --variant 1:109230274:C:T --out motifs.tsv");
    command->callback([request, &exitCode] { exitCode = runCommand([&] { return matchMotifs(*request); }); });
}

} // namespace diploscope::cli
