// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"
#include "predict/device.h"
#include "predict/track_list.h"
#include "predict/tuned_head.h"
#include "sequence/reference_window.h"

#include <Eigen/Core>

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace diploscope {

/// How bins x tracks of a model's output become one score (METHODS 3).
enum class Aggregate { Sum, SumLog1p, Log2OfSum };
/// Their words in files, options and cache keys, in the order of the enum: "sum", "sum-log1p", "log2-of-sum".
[[nodiscard]] const std::vector<std::string>& aggregateWords();

/// Which of a model's outputs are asked for, and how they become a score. Part of every cache key.
struct OutputChoice {
    std::vector<int> bins{0};
    std::vector<int> tracks{0};
    Aggregate aggregate = Aggregate::Sum;
    /// Takes the aggregate's place: `tracks` are then the head's. Null: none.
    std::shared_ptr<const TunedHead> head{};

    /// Stable text for cache keys and provenance: "bins 447,448,449; tracks 4980; sum", "bins 447,448,449;
    /// head DIGEST".
    [[nodiscard]] std::string text() const;
    /// Scores with this head from now on.
    void useHead(std::shared_ptr<const TunedHead> tuned);
    /// The score of one row of LocusPredictor::predict.
    [[nodiscard]] double score(const Eigen::Ref<const Eigen::RowVectorXd>& values) const;
    /// d score / d values, at `values`.
    [[nodiscard]] Eigen::RowVectorXd scoreGradient(const Eigen::Ref<const Eigen::RowVectorXd>& values) const;
    /// How large the terms are that a score is the sum of: what its rounding errors are measured against.
    [[nodiscard]] double magnitude(const Eigen::Ref<const Eigen::RowVectorXd>& values) const;
};

/// Fast = exact, but only what an edit touches is recomputed. Plain = the whole forward pass for every
/// sequence, the check on Fast.
enum class Method { Fast, Plain };
enum class Precision { Single, Double };

struct ModelInfo {
    std::string name; ///< of model.json
    std::string kind; ///< sequential, torchscript, enformer, ensemble
    std::string
        checksum; ///< hex digest of model.json's meaning and the weights: the cache's word for this model
    std::string licence;
    std::string source;
    InputShape input;
    OutputChoice defaultOutput;
    int binCount = 1;
    int trackCount = 1;
    std::string unit;                        ///< of a score, for axis titles: "log expression"
    std::shared_ptr<const TrackList> tracks; ///< what the tracks are called; null where nobody said
    /// What else decides a model's numbers, in words: "position features computed". Part of `checksum`.
    std::string note;
};

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
    /// The models that an ensemble averages; none for a single model.
    [[nodiscard]] virtual std::vector<std::shared_ptr<const Predictor>> members() const { return {}; }
};

struct PredictorOptions {
    DeviceList devices{Device{}};
    Precision precision = Precision::Single; ///< sequential models' Fast is always fp64
    int threads = 0;                         ///< 0: all available
    /// For a plain Hugging Face folder, which does not say what length it reads; 0: Enformer's own, 196,608.
    int64_t inputLength = 0;
};

/// Opens a model's folder (or the name of one, see findModelFolder). Checks model.json, every weight's key
/// and shape both ways, the sha256 where one is given. `randomWeightsSeed` >= 0 makes random weights instead
/// of reading any (benchmarks). \error NotFound (with where the weights can be had and where to put them),
/// BadInput, Mismatch, Unsupported.
[[nodiscard]] Result<std::shared_ptr<const Predictor>> openModel(const std::string& folderOrName,
                                                                 const PredictorOptions& options = {},
                                                                 int64_t randomWeightsSeed = -1);

} // namespace diploscope
