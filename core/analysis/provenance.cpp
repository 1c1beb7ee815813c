// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/provenance.h"

#include "analysis/report_frame.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>

namespace diploscope {

namespace {

std::string fileText(const std::filesystem::path& file) {
    std::error_code error;
    const auto size = std::filesystem::file_size(file, error);
    // One file a chromosome: the pattern has no size of its own.
    return error ? file.filename().string() : fmt::format("{} ({} bytes)", file.filename().string(), size);
}

std::string transformText(ExpressionTransform transform) {
    switch (transform) {
    case ExpressionTransform::None:
        return "none";
    case ExpressionTransform::Log2Plus1:
        return "log2(x + 1)";
    case ExpressionTransform::RankNormal:
        return "rank-normal";
    }
    return {};
}

/// What the chosen tracks are called.
std::string tracksText(const ScoreOptions& score) {
    if (score.output.head)
        return fmt::format("fine-tuned head {}: {} tracks of weight other than 0{}{}",
                           score.output.head->name, score.output.tracks.size(),
                           score.output.head->note.empty() ? "" : ". ", score.output.head->note);
    if (!score.tracks)
        return "not named";
    constexpr size_t most = 20;
    std::string text;
    for (size_t i = 0; i < std::min(most, score.output.tracks.size()); ++i)
        text += (i == 0 ? "" : "; ") + (*score.tracks)[static_cast<size_t>(score.output.tracks[i])].label();
    if (score.output.tracks.size() > most)
        text += fmt::format("; and {} more", score.output.tracks.size() - most);
    return text;
}

std::string averageText(const Predictor& predictor, const ScoreOptions& score) {
    std::string text;
    for (const auto& member : predictor.members())
        text += (text.empty() ? "models " : ", ") + member->info().name + " " + member->info().checksum;
    const auto add = [&](const std::string& what) { text += (text.empty() ? "" : "; ") + what; };
    if (score.shifts > 0)
        add(fmt::format("shifts -{0}..{0} bp", score.shifts));
    if (score.reverseComplement)
        add("both strands");
    return text.empty() ? "nothing" : text;
}

/// \param every of AnalysisOptions
std::string checkText(int every) {
    if (every <= 0)
        return "off";
    return every < kSelfCheckEvery
               ? fmt::format("every {}th new score, and one of each kind, against whole passes", every)
               : fmt::format(
                     "one new score of each kind, and every {}th within {:.0f} % of the work, against "
                     "whole passes",
                     every, 100 * kCheckShare);
}

} // namespace

std::string methodText(const Predictor& predictor, Method method) {
    const std::string computation = predictor.computation(method);
    if (method == Method::Plain)
        return computation;
    return "exact incremental, " + (computation.empty() ? std::string("fp64") : computation);
}

AlleleConvention alleleConvention(const Study& study, const AnalysisOptions& options) {
    return options.allele.value_or(study.file().options.allele);
}

std::string programVersion() {
    return "diploscope " DIPLOSCOPE_VERSION;
}

std::vector<std::pair<std::string, std::string>> statisticsText(const StatisticsOptions& options) {
    return {{"null", fmt::format("published: {} random predictors; calibrated and empirical: {}; seed {}",
                                 PublishedNullPredictors,
                                 std::max(options.nullPredictors, PublishedNullPredictors), options.seed)},
            {"bootstrap", options.resamples == 0 ? std::string("none")
                                                 : fmt::format("{} resamples of people, seed {}",
                                                               options.resamples, options.seed)},
            {"fine_mapping", options.fineMapping ? "SuSiE as susieR 0.12.35, L = 10" : "none"}};
}

std::string driverText(const AnalysisOptions& options) {
    return options.statistics.driverMethod == DriverMethod::Forward
               ? fmt::format("forward; R_lin > {}, gain > {}, own p < {} / SNVs",
                             options.thresholds.minimumLinearR, options.thresholds.minimumGain,
                             options.thresholds.ownP)
               : fmt::format("backward; R_lin > {}, own p < {} / SNVs", options.thresholds.minimumLinearR,
                             options.thresholds.ownP);
}

std::vector<std::pair<std::string, std::string>> scoreProvenance(const Study& study,
                                                                 const Predictor& predictor,
                                                                 const ScoreOptions& score,
                                                                 const AnalysisOptions& options) {
    const StudyFile& file = study.file();
    const ModelInfo& model = predictor.info();
    std::vector<std::pair<std::string, std::string>> lines{
        {"program", programVersion()},
        {"study", file.name},
        {"build", file.build},
        {"reference", fileText(file.reference)},
        {"annotation", file.annotation.empty() ? "none" : fileText(file.annotation)},
        {"genotypes", fileText(file.genotypes)},
        {"expression", fileText(file.expression)},
        {"expression_transform", transformText(file.transform)},
        {"covariates", file.covariates ? fileText(*file.covariates) : "none"},
        {"people", fmt::format("{}", study.people().size())},
        {"variants", file.options.variants == VariantMode::Snv ? "SNVs" : "SNVs and indels"},
        {"unphased", file.options.unphased == UnphasedRule::Refuse ? "refused" : "as listed"},
        {"phase_sets", file.options.phaseSets == PhaseSetRule::AsListed
                           ? "as listed"
                           : "people with several in a window left out"},
        {"effect_allele", alleleConvention(study, options) == AlleleConvention::Alternate
                              ? "most common non-reference"
                              : "minor"},
        {"model", model.name},
        {"model_checksum", model.checksum},
        {"model_note", model.note.empty() ? "none" : model.note},
        {"model_input", fmt::format("{} bp, TSS at {}, {} strand", model.input.length, model.input.tssIndex,
                                    model.input.strand == StrandRule::Gene ? "gene's" : "forward")},
        {"output", score.output.text()},
        {"tracks", tracksText(score)},
        {"averaged_over", averageText(predictor, score)},
        {"method", methodText(predictor, options.method)},
        {"self_check", options.method == Method::Fast ? checkText(options.selfCheckEvery) : "off"},
    };
    if (file.options.haploidDosage == HaploidDosage::AsOne)
        lines.emplace_back("haploid_dosage", "0/1");
    if (!file.haplotypeCounts.empty()) {
        std::string files;
        for (const std::filesystem::path& counts : file.haplotypeCounts)
            files += (files.empty() ? "" : ", ") + fileText(counts);
        lines.emplace_back("haplotype_counts", files);
    }
    // Rows of all genes are numbers alone: what they are in stands here.
    if (const std::string unit = observedUnit(file); !unit.empty())
        lines.emplace_back("observed_unit", unit);
    if (!score.unit.empty())
        lines.emplace_back("model_unit", score.unit);
    if (!file.isOfGenes()) {
        lines.emplace_back("phenotypes", file.phenotypes);
        lines.emplace_back("phenotype_position", "centre of the row, (start + end) / 2 from 0, as the TSS");
    }
    return lines;
}

std::string provenanceLine(const std::vector<std::pair<std::string, std::string>>& lines,
                           std::string_view key) {
    std::string found;
    for (const auto& [name, value] : lines)
        if (name == key) {
            if (!found.empty() && value != found)
                return {};
            found = value;
        }
    return found;
}

std::string phenotypesOf(const std::vector<std::pair<std::string, std::string>>& lines) {
    std::string kind = provenanceLine(lines, "phenotypes");
    return kind.empty() ? GenePhenotypes : kind;
}

std::vector<std::pair<std::string, std::string>> provenanceOf(const Study& study, const Predictor& predictor,
                                                              const ScoreOptions& score,
                                                              const AnalysisOptions& options) {
    std::vector<std::pair<std::string, std::string>> lines =
        scoreProvenance(study, predictor, score, options);
    lines.emplace_back("gradient",
                       options.gradients ? "at the reference, alternate - reference base" : "none");
    lines.emplace_back("drivers", driverText(options));
    const std::vector<std::pair<std::string, std::string>> statistics = statisticsText(options.statistics);
    lines.insert(lines.end(), statistics.begin(), statistics.end());
    return lines;
}

} // namespace diploscope
