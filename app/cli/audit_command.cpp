// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/gene_statistics.h"
#include "analysis/provenance.h"
#include "base/json_text.h"
#include "base/stage_clock.h"
#include "cli/commands.h"
#include "cli/options/console.h"
#include "cli/options/locus_options.h"
#include "cli/options/statistics_options.h"
#include "cli/options/unsigned_options.h"
#include "experiment/audit.h"
#include "experiment/locus_report.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <cmath>
#include <memory>

namespace diploscope::cli {

namespace {

struct AuditRequest {
    LocusRequest locus;
    int pairsOf = 8;
    std::filesystem::path pairs; ///< empty: no table of pairs
    StatisticsOptions statistics;
};

nlohmann::ordered_json courtJson(const Audit& found) {
    const SignCourt& court = found.court;
    nlohmann::ordered_json json{{"r", jsonOf(court.r)}, {"turned", nlohmann::ordered_json::array()}};
    for (const int64_t driver : court.turned)
        json["turned"].push_back(toName(found.drivers[static_cast<size_t>(driver)]));
    json["r_turned"] = jsonOf(court.turnedR);
    json["search"] = court.exact ? "all subsets" : "one driver at a time";
    json["random_sets"] = court.nullSets;
    json["random_sets_are_all"] = court.nullIsAll;
    json["random_r_mean"] = jsonOf(court.nullMean);
    json["random_r_low"] = jsonOf(court.nullLow);
    json["random_r_high"] = jsonOf(court.nullHigh);
    json["random_share_reaching"] = jsonOf(court.nullShare);
    return json;
}

nlohmann::ordered_json additivityJson(const PreparedLocus& locus, const Audit& found) {
    const Additivity& additivity = found.additivity;
    nlohmann::ordered_json json{{"r", jsonOf(additivity.r)}};
    const std::optional<Eigen::Index> largest = additivity.largestResidual();
    if (!largest)
        return json;
    json["residual_sd"] = jsonOf(additivity.residualSd());
    json["largest_residual"] = additivity.residual[*largest];
    json["largest_residual_sample"] = locus.people()[static_cast<size_t>(*largest)];
    return json;
}

nlohmann::ordered_json pairsJson(const Audit& found) {
    nlohmann::ordered_json pairs = nlohmann::ordered_json::array();
    const Eigen::MatrixXd& all = found.interactions.pairs;
    for (Eigen::Index v = 0; v < all.rows(); ++v)
        for (Eigen::Index w = v + 1; w < all.cols(); ++w) {
            const double value = all(v, w);
            pairs.push_back(
                {{"variant_1", toName(found.drivers[static_cast<size_t>(v)])},
                 {"variant_2", toName(found.drivers[static_cast<size_t>(w)])},
                 {"interaction", jsonOf(std::isnan(value) ? std::nullopt : std::optional<double>(value))}});
        }
    return pairs;
}

Result<void> auditCommand(const AuditRequest& request) {
    const RunContext context = consoleContext(request.locus.quiet);
    const StageTime time(context, Stage::Statistics); // but for what has a stage of its own
    DS_ASSIGN(OpenedLocus opened, openLocus(request.locus, context));
    opened.workspace.options.statistics.driverMethod = request.statistics.driverMethod;
    DS_ASSIGN(ExperimentLocus read, readExperimentLocus(opened.workspace, *opened.gene, context));
    PreparedLocus& locus = read.locus;
    DS_ASSIGN(const LocusReport own,
              reportOfLocus(locus, opened.study(), *opened.gene, opened.workspace.predictor,
                            opened.workspace.options, context));
    const uint64_t seed =
        drawsSeed(opened.study().file().name, opened.gene->gene.id, request.statistics.seed, Draws::Turns);
    DS_ASSIGN(Audit found, audit(locus, *own.report, read.subject.observed,
                                 {static_cast<size_t>(request.pairsOf), seed}, context));
    found.counts.add(own.counts);

    Provenance provenance = read.subject.provenance;
    provenance.emplace_back("drivers", driverText(opened.workspace.options));
    DS_TRY(additivityTable(locus, found, provenance).writeTo(request.locus.out));
    if (!request.pairs.empty() && !found.note.empty())
        return fail(ErrorKind::Unsupported, found.note, request.pairs, "Leave out --pairs.");
    if (!request.pairs.empty())
        DS_TRY(pairTable(found, provenance).writeTo(request.pairs));
    finishProgress();
    nlohmann::ordered_json json = opened.subjectJson();
    json["additivity"] = additivityJson(locus, found);
    json["interactions"] = pairsJson(found);
    if (!found.note.empty())
        json["interactions_note"] = found.note;
    json["sign_court"] = courtJson(found);
    json.update(countsJson(found.counts));
    sayText(jsonText(json, 2) + "\n");
    return {};
}

} // namespace

void addAuditCommand(CLI::App& program, int& exitCode) {
    auto request = std::make_shared<AuditRequest>();
    CLI::App* command = program.add_subcommand(
        "audit", "Whether effects add up in people, which pairs of drivers do not, and which drivers' signs "
                 "would have to turn");
    addLocusOptions(*command, request->locus);
    command->add_option("--top", request->pairsOf, "Drivers with the largest gain, taken in pairs; 0: none")
        ->capture_default_str()
        ->check(CLI::Range(0, 100))
        ->type_name("N");
    command->add_option("--pairs", request->pairs, "Also a table of the pairs")->type_name("FILE.tsv");
    addDriverMethodOption(*command, request->statistics);
    addSeedOption(*command, request->statistics.seed, "Of the random turns");
    command->footer(
        "On stdout, as JSON: how far predictions are the sum of effects, interactions of pairs of drivers\n"
        "(four predictions a pair), and the smallest set of drivers whose effects, turned round, agree best\n"
        "with observed expression. The table has a row a person.\n"
        "Example:  diploscope audit demo/demo.study.json --gene PUKTI6 --out audit.tsv");
    command->callback(
        [request, &exitCode] { exitCode = runCommand([&] { return auditCommand(*request); }); });
}

} // namespace diploscope::cli
