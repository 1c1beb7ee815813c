// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"
#include "cache/score_cache.h"
#include "scoring/score_options.h"
#include "study/study.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace diploscope {

/// How large a model's effects of common variants are, at random genes of a study, by distance to the TSS:
/// what a variant's effect is held against. Immutable once made. Source: METHODS 16.
struct EffectBackground {
    /// bp on either side of the TSS, up to and with; what is further is in a bin of its own.
    static constexpr std::array<int64_t, 5> Edges{100, 500, 2'000, 10'000, 50'000};
    static constexpr size_t Bins = Edges.size() + 1;

    struct Bin {
        std::vector<double> effects; ///< |effect|, ascending
        int64_t substitutions = 0;   ///< of them, random ones in place of common variants
    };
    std::string model;    ///< its name
    std::string checksum; ///< ModelInfo::checksum
    std::string score;    ///< scoreText()
    std::string study;    ///< its name
    std::string inputs;   ///< backgroundInputs() of it
    int64_t genes = 0;    ///< that the variants are of
    uint64_t seed = 0;
    std::array<Bin, Bins> bins;

    [[nodiscard]] static size_t binOf(int64_t distance);
    /// "0 to 100 bp", "more than 50 kb".
    [[nodiscard]] static std::string binName(size_t bin);

    /// Which share of the background at this distance has a smaller effect. \return nothing for an effect
    /// that is not known, or where there is no background \param effect of either allele
    [[nodiscard]] std::optional<double> shareBelow(double effect, int64_t distance) const;
    [[nodiscard]] int64_t countAt(int64_t distance) const;
    [[nodiscard]] int64_t count() const;
};

/// What is asked of measureBackground().
struct BackgroundRequest {
    int64_t variants = 10'000; ///< in all bins that the model's window reaches
    double leastMaf = 0.05;    ///< of a common variant
    uint64_t seed = 0;
};

/// Scores common SNVs of the study, each on the reference, near genes in random order, the same number in
/// each bin; where there are too few, random substitutions of random bases. Scores are kept in the cache, and
/// checked, as those of any gene, so that a run that was stopped goes on. \param cache may be null \error
/// Unsupported for a model that is a table; NotFound where the study has no gene; of reading genes and of the
/// model; Cancelled
[[nodiscard]] Result<EffectBackground>
measureBackground(const Study& study, const std::shared_ptr<const Predictor>& predictor,
                  const ScoreOptions& score, Method method, const std::shared_ptr<ScoreCache>& cache,
                  const BackgroundRequest& request, const RunContext& context);

/// Which of the model's outputs are the score, and what it is averaged over, as a text: equal text, equal
/// scores.
[[nodiscard]] std::string scoreText(const ScoreOptions& score);
/// What of a study a background follows from: reference, annotation and genotypes, by content. \error as
/// studyInputs()
[[nodiscard]] Result<std::string> backgroundInputs(const Study& study, const RunContext& context);

/// Where that of a model, a score and a study is kept: a file of its own in
/// `$XDG_DATA_HOME/diploscope/backgrounds`.
[[nodiscard]] std::filesystem::path backgroundFile(const std::string& checksum, const std::string& score,
                                                   const std::string& inputs);
/// Appears complete or not at all. \error Io
[[nodiscard]] Result<void> writeBackground(const EffectBackground& background,
                                           const std::filesystem::path& file);
/// \error NotFound, Io; BadInput for what is none
[[nodiscard]] Result<EffectBackground> readBackground(const std::filesystem::path& file);

/// That of a model, a score and a study. \return null where none was measured, or it cannot be read, which is
/// logged \error Cancelled; as backgroundInputs()
[[nodiscard]] Result<std::shared_ptr<const EffectBackground>> knownBackground(const Study& study,
                                                                              const ModelInfo& model,
                                                                              const ScoreOptions& score,
                                                                              const RunContext& context);

} // namespace diploscope
