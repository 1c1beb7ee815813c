// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"
#include "model/device.h"
#include "model/listed_scores.h"
#include "model/output_choice.h"
#include "sequence/reference_window.h"

#include <Eigen/Core>

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace diploscope {

/// Fast = exact, but only what an edit touches is recomputed. Plain = the whole forward pass for every
/// sequence, the check on Fast.
enum class Method { Fast, Plain };
enum class Precision { Single, Double };

/// What a model makes its scores of: the bases that it reads, here or on another machine, from where they
/// come into the score cache (analysis/scores_elsewhere.h); or a table that somebody made of alleles (METHODS
/// 14). What a table does not list it cannot tell, and the cache, which knows sequences by their bases, keeps
/// nothing of it.
enum class ScoresOf { Bases, Elsewhere, Listed };

/// Which output is asked for of phenotypes of one kind, and its unit.
struct KindOutput {
    OutputChoice choice;
    std::string unit;
};

struct ModelInfo {
    std::string name; ///< of model.json
    std::string kind; ///< its word in model.json, see ModelKind
    std::string
        checksum; ///< hex digest of model.json's meaning and the weights: the cache's word for this model
    std::string licence;
    std::string source;
    ScoresOf scoresOf = ScoresOf::Bases;
    bool listsPeople = false; ///< people's predictions are listed, see Predictor::listedPredictions()
    InputShape input;
    OutputChoice defaultOutput;
    int binCount = 1;
    int trackCount = 1;
    std::string unit; ///< of a score, for axis titles: "log expression"
    /// In place of the two where a study's phenotypes are of a kind that model.json names: "atac".
    std::map<std::string, KindOutput> outputs{};
    std::shared_ptr<const TrackList> tracks; ///< what the tracks are called; null where nobody said
    /// What else decides a model's numbers, in words: "position features computed". Part of `checksum`.
    std::string note;
};

/// What the model is to phenotypes of a kind: itself, or where it names an output for them, with that as its
/// default.
[[nodiscard]] ModelInfo infoFor(const ModelInfo& model, const std::string& phenotypes);

/// A model made ready for one window: the reference's activations are computed once, on first use, and kept
/// here. predict() may be called from one thread at a time.
class LocusPredictor {
public:
    virtual ~LocusPredictor() = default;
    /// Values of the chosen outputs for each sequence (edits on the window this was prepared for).
    /// \return [sequences x (bins * tracks)], bin-major: column b * tracks + t.
    /// \error Cancelled within one internal batch; Unsupported, Internal from the device.
    [[nodiscard]] virtual Result<Eigen::MatrixXd> predict(std::span<const EditList> sequences,
                                                          const RunContext& context) = 0;
    /// How many sequences a caller should hand over at a time, so that results appear and are stored as they
    /// come.
    [[nodiscard]] virtual int64_t batchSize() const = 0;
    /// d score / d one-hot at the reference, the score being OutputChoice::score of the chosen outputs
    /// (METHODS 6). \return [L x 4], columns A, C, G, T of the *forward* strand, rows as the window's bases.
    /// \error Unsupported for a kind of model that cannot; Cancelled; what predict() gives.
    [[nodiscard]] virtual Result<Eigen::MatrixXd> gradient(const RunContext& context);
};

/// A model: reference window + edited sequences -> values. Immutable; safe to share between threads.
class Predictor {
public:
    virtual ~Predictor() = default;
    [[nodiscard]] virtual const ModelInfo& info() const = 0;
    /// \error Mismatch when the window's length or TSS is not the model's; BadInput for bins or tracks that
    /// it lacks.
    [[nodiscard]] virtual Result<std::unique_ptr<LocusPredictor>>
    prepare(const ReferenceWindow& window, const OutputChoice& output, Method method) const = 0;
    /// What else decides a score's digits, for cache keys and provenance: "fp32 cpu", "plain fp64 cuda:0".
    /// Empty for a sequential model's Fast, which is the same everywhere.
    [[nodiscard]] virtual std::string computation(Method method) const = 0;
    /// How many sequences of one edit cost Method::Fast as many operations as a whole pass, by what the
    /// layers say of themselves; at least 1, which is where there is no faster way.
    [[nodiscard]] virtual double editsPerWholePass() const { return 1; }
    /// Of a model whose scores are listed: which of some variants of the window it has an effect of, and what
    /// its rows are to them. Not asked of others. \error as prepare()
    [[nodiscard]] virtual Result<ListedEffects> listedEffects(const ReferenceWindow& window,
                                                              std::span<const Variant> variants) const;
    /// Of a model that is a table of predictions: a gene's, of some people by name. Nothing for others.
    /// \error NotFound where it has nothing of the gene, or of none of them; of reading the table
    [[nodiscard]] virtual Result<std::optional<ListedPredictions>>
    listedPredictions(const ReferenceWindow& window, std::span<const std::string> people) const;
    /// The models that an ensemble averages; none for a single model.
    [[nodiscard]] virtual std::vector<std::shared_ptr<const Predictor>> members() const { return {}; }
};

struct PredictorOptions {
    DeviceList devices{Device{}};
    Precision precision = Precision::Single; ///< Fast may have its own, see ModelKind::fastIsOnDevice
    int threads = 0;                         ///< 0: all available
    /// For a plain Hugging Face folder, which does not say what length it reads; 0: the kind's own.
    int64_t inputLength = 0;
};

/// The checks of Predictor::prepare that are the same for every kind. \error Mismatch, BadInput
[[nodiscard]] Result<void> checkRequest(const ModelInfo& info, const ReferenceWindow& window,
                                        const OutputChoice& output);

/// "plain fp32 cpu": see Predictor::computation.
[[nodiscard]] std::string plainComputation(Precision precision, const DeviceList& devices);

} // namespace diploscope
