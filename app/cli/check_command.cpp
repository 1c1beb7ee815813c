// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/side_tables.h"
#include "base/json_text.h"
#include "base/suggestion.h"
#include "base/words.h"
#include "cli/commands.h"
#include "cli/options/console.h"
#include "study/study.h"

#include <CLI/CLI.hpp>
#include <fmt/core.h>

#include <memory>

namespace diploscope::cli {

namespace {

struct CheckOptions {
    std::string study;
    bool verbose = false;
    bool json = false;
};

const char* kindInWords(ErrorKind kind) {
    switch (kind) {
    case ErrorKind::NotFound:
        return "not-found";
    case ErrorKind::BadInput:
        return "bad-input";
    case ErrorKind::Mismatch:
        return "mismatch";
    case ErrorKind::Unsupported:
        return "unsupported";
    case ErrorKind::Cancelled:
        return "cancelled";
    case ErrorKind::Io:
        return "io";
    case ErrorKind::Internal:
        break;
    }
    return "internal";
}

void printJson(const StudyCheck& check, const std::optional<StudyFile>& file) {
    nlohmann::ordered_json document{{"ok", check.problems.empty() && check.leftOut.empty()}};
    if (file) {
        document["name"] = file->name;
        document["build"] = file->build;
        document["phenotypes"] = file->phenotypes;
    }
    document["opens"] = check.study != nullptr;
    if (check.study) {
        document["contigs"] =
            check.study->isPublished() ? std::vector<std::string>() : check.study->reference().contigs();
        document["people"] = check.study->people();
        document["genes"] = nlohmann::ordered_json::array();
        for (const StudyGene& gene : check.study->genes())
            document["genes"].push_back({{"id", gene.gene.id},
                                         {"name", gene.gene.name},
                                         {"chrom", gene.gene.region.contig},
                                         {"tss", gene.gene.tss() + 1},
                                         {"strand", std::string(1, strandSymbol(gene.gene.strand))}});
        document["models"] = nlohmann::ordered_json::array();
        for (const auto& model : check.study->file().models)
            document["models"].push_back(model.string());
    }
    document["notes"] = nlohmann::ordered_json::array();
    for (const StudyNote& note : check.notes)
        document["notes"].push_back({{"topic", note.topic}, {"text", note.text}, {"items", note.items}});
    document["problems"] = nlohmann::ordered_json::array();
    for (const auto* problems : {&check.problems, &check.leftOut})
        for (const Error& problem : *problems)
            document["problems"].push_back({{"kind", kindInWords(problem.kind)},
                                            {"what", problem.what},
                                            {"where", problem.where},
                                            {"remedy", problem.remedy},
                                            {"stops", problems == &check.problems}});
    sayText(jsonText(document, 2) + "\n");
}

void printText(const StudyCheck& check, const std::optional<StudyFile>& file, bool verbose) {
    if (file)
        say("Study     {} ({})\n", file->name, file->build);
    if (check.study) {
        const Study& study = *check.study;
        if (!study.isPublished())
            say("Contigs   {}\n", listed(study.reference().contigs(), verbose ? size_t(-1) : 5));
        say("People    {} with genotypes and expression\n", study.people().size());
        if (study.file().isOfGenes())
            say("Genes     {} that can be analysed\n", study.genes().size());
        else
            say("Rows      {} ({}) that can be analysed, each at its centre\n", study.genes().size(),
                study.file().phenotypes);
        std::vector<std::string> models;
        for (const auto& model : study.file().models)
            models.push_back(model.filename().string());
        say("Models    {}\n",
            models.empty() ? "none named in the study file" : listed(models, models.size()));
    }
    if (!check.notes.empty())
        say("\n");
    for (const StudyNote& note : check.notes) {
        say("{:<14}{}\n", note.topic, note.text);
        if (verbose)
            for (const std::string& item : note.items)
                say("{:<14}{}\n", "", item);
    }
    std::vector<Error> problems = check.problems;
    problems.insert(problems.end(), check.leftOut.begin(), check.leftOut.end());
    if (problems.empty()) {
        say("\nNo problems.\n");
        return;
    }
    say("\n{}:\n", counted(problems.size(), "problem", "problems"));
    for (size_t i = 0; i < problems.size(); ++i) {
        const Error& problem = problems[i];
        say("{:>3}. {}\n", i + 1, problem.what);
        if (!problem.where.empty())
            say("     in  {}\n", problem.where);
        if (!problem.remedy.empty())
            say("     do  {}\n", problem.remedy);
    }
    if (check.study)
        say("\nThe study opens without {}.\n", problems.size() == 1 ? "it" : "them");
}

/// \return the exit code
Result<int> runCheck(const CheckOptions& options) {
    const RunContext context = consoleContext(true);
    StudyCheck check = openStudy(options.study, context);
    for (const Error& problem : check.problems)
        if (problem.kind == ErrorKind::Cancelled)
            return fail(problem);
    DS_TRY(checkSideTables(check, context));
    DS_TRY(checkModelWeights(check, context));
    // Name and build are known even of a study that does not open.
    std::vector<Error> reported;
    const std::optional<StudyFile> file = readStudyFile(options.study, reported);
    if (options.json)
        printJson(check, file);
    else
        printText(check, file, options.verbose);
    return check.problems.empty() && check.leftOut.empty() ? 0 : 1;
}

} // namespace

void addCheckCommand(CLI::App& program, int& exitCode) {
    auto options = std::make_shared<CheckOptions>();
    CLI::App* command = program.add_subcommand("check", "Say what is in a study and what is wrong with it");
    command->footer(
        "Opens everything that the study file names, in one pass, and reports all problems together: files "
        "that are\n"
        "missing, cut off or malformed; people, genes and contigs that do not go together; genotypes of "
        "another genome\n"
        "build or without phase (a few hundred records near genes are compared with the reference). What "
        "could be\n"
        "reconciled (`22` and `chr22`, versions of gene ids, people in one file only) is told with counts. "
        "Tables of\n"
        "others, PrediXcan databases and models' weights are looked into, too; where one cannot be used, "
        "genes "
        "are\n"
        "analysed without it.\n"
        "\n"
        "Ends with 0 when there is no problem, else with 1.");
    command->add_option("STUDY", options->study, "The study file, *.study.json")->required();
    command->add_flag("-v,--verbose", options->verbose,
                      "Also list every person, gene and record behind a count");
    command->add_flag("--json", options->json, "Print everything as JSON, for programs");
    command->callback([options, &exitCode] { exitCode = runCommand([&] { return runCheck(*options); }); });
}

} // namespace diploscope::cli
