// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json_text.h"
#include "base/stage_clock.h"
#include "base/words.h"
#include "cli/commands.h"
#include "cli/options/console.h"
#include "cli/options/locus_options.h"
#include "experiment/person_paths.h"
#ifdef DIPLOSCOPE_UI
#include "cli/requests/window_module.h"
#endif

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <cmath>
#include <memory>

namespace diploscope::cli {

namespace {

struct PersonRequest {
    LocusRequest locus;
    std::string sample;
    std::string against; ///< empty: the reference
    bool json = false;
    bool figures = false;
    std::vector<std::string> figureNames; ///< none: all
};

nlohmann::ordered_json jsonOfPerson(const PersonRequest& request, const OpenedLocus& opened,
                                    const PersonPaths& person) {
    nlohmann::ordered_json json = opened.subjectJson();
    json["sample"] = request.sample;
    if (!request.against.empty())
        json["against"] = request.against;
    json["haplotypes"] = nlohmann::ordered_json::array();
    for (size_t h = 0; h < person.paths.size(); ++h)
        json["haplotypes"].push_back({{"haplotype", person.paths[h].which},
                                      {"from", person.found.each[h].from},
                                      {"to", person.found.each[h].to},
                                      {"n_steps", person.found.each[h].steps.size()}});
    json["from"] = person.from();
    json["to"] = person.to();
    json.update(countsJson(person.found.counts));
    return json;
}

/// "22:120 A>G +0.31", the steps that change most.
std::string largestSteps(const Waterfall& waterfall) {
    constexpr size_t most = 3;
    std::string text;
    for (size_t i = 0; i < std::min(most, waterfall.steps.size()); ++i)
        text += fmt::format("{}{} {:+.3g}", i == 0 ? "  " : ", ", toText(waterfall.steps[i].place()),
                            waterfall.steps[i].change);
    return text;
}

#ifdef DIPLOSCOPE_UI
/// Beside the table. Said on stderr where stdout is JSON's.
Result<void> drawFigures(const PersonRequest& request, const OpenedLocus& opened, const PersonPaths& person,
                         Provenance ofScores, const RunContext& context) {
    DS_ASSIGN(const WindowModule* window, windowModule());
    DS_ASSIGN(const FigureFiles files,
              window->drawPerson({opened, person, std::move(ofScores), request.sample, request.against,
                                  request.figureNames, request.locus.out},
                                 context));
    tellFigures(files, request.locus.quiet, request.json ? stderr : stdout);
    return {};
}
#endif

Result<void> writePerson(const PersonRequest& request) {
    const RunContext context = consoleContext(request.locus.quiet);
#ifdef DIPLOSCOPE_UI
    if (request.figures)
        DS_TRY(windowModule());
#endif
    const StageTime time(context, Stage::Statistics); // but for what has a stage of its own
    DS_ASSIGN(const OpenedLocus opened, openLocus(request.locus, context));
    DS_ASSIGN(ExperimentLocus read, readExperimentLocus(opened.workspace, *opened.gene, context));
    DS_ASSIGN(PersonPaths person, followPerson(read.locus, request.sample, request.against, context));
    const Waterfalls& found = person.found;

    Provenance provenance = read.subject.provenance;
    provenance.emplace_back("sample", request.sample);
    if (!request.against.empty())
        provenance.emplace_back("against", request.against);
    DS_TRY(waterfallTable(read.locus, found, {person.paths[0].which, person.paths[1].which}, provenance)
               .writeTo(request.locus.out));
    finishProgress();
#ifdef DIPLOSCOPE_UI
    if (request.figures)
        DS_TRY(drawFigures(request, opened, person, read.subject.provenance, context));
#endif
    if (request.json) {
        sayText(jsonText(jsonOfPerson(request, opened, person), 2) + "\n");
        return {};
    }
    say("{:<12} {}  {}\n", opened.gene->gene.name, request.sample, countsText(found.counts));
    for (size_t h = 0; h < found.each.size(); ++h)
        say("  haplotype {}: {:.6g} -> {:.6g} in {}{}\n", person.paths[h].which, found.each[h].from,
            found.each[h].to, counted(static_cast<int64_t>(found.each[h].steps.size()), "step", "steps"),
            largestSteps(found.each[h]));
    sayWritten(request.locus.out, request.locus.quiet);
    return {};
}

} // namespace

void addPersonCommand(CLI::App& program, int& exitCode) {
    auto request = std::make_shared<PersonRequest>();
    CLI::App* command = program.add_subcommand(
        "person", "Which variants make a person's two haplotypes score as they do, one after the other");
    addLocusOptions(*command, request->locus);
    command->add_option("--sample", request->sample, "The person's id in the genotypes")
        ->required()
        ->type_name("S");
    command
        ->add_option("--against", request->against,
                     "Begin with this person's haplotypes in place of the reference")
        ->type_name("S");
    command->add_flag("--json", request->json, "For programs, on stdout");
#ifdef DIPLOSCOPE_UI
    CLI::Option* figures = command->add_flag(
        "--figures", request->figures,
        "Also draw both haplotypes along the locus and their steps beside the table (SVG, PNG)");
    addFigureNames(*command, *figures, personFigureNames, request->figureNames);
#endif
    command->footer(
        "Variants are put in by the size of their effect on the reference, largest first; every score is\n"
        "a prediction, and the last one is the haplotype's. Beside each: the haplotype without it alone.\n"
        "Example:  diploscope person demo/demo.study.json --gene PUKTI6 --sample DS00001 --out person.tsv");
    command->callback([request, &exitCode] { exitCode = runCommand([&] { return writePerson(*request); }); });
}

} // namespace diploscope::cli
