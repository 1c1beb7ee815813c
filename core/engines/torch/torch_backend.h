// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"
#include "model/network_spec.h"
#include "model/predictor.h"
#include "model/training_data.h"
#include "model/transformer_spec.h"
#include "weights/tensor.h"

#include <Eigen/Core>

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace diploscope {

// What core asks of LibTorch. Implemented in the module `libdiploscope_torch.so`, which is opened on first
// use.

/// Where and how a network computes. `threads` 0: all available.
struct TorchOptions {
    Device device;
    Precision precision = Precision::Single;
    int threads = 0;
};

/// A network on a device, gradients off. What createSequential() gives never changes and may be shared
/// between threads; a TorchScript module is a program of its maker, and for one thread at a time.
class TorchNetwork {
public:
    virtual ~TorchNetwork() = default;
    /// The whole forward pass of each input, batched by `batchSize`.
    /// \param inputs  A/C/G/T/N as the model reads them, all of the model's length.
    /// \return [inputs x outputs]; TorchScript: [inputs x (bins * tracks)], bin-major, all bins and tracks.
    /// \error Cancelled between batches; Unsupported when the device's memory does not suffice; Internal;
    /// Mismatch for an output
    ///        of an undeclared shape.
    [[nodiscard]] virtual Result<Eigen::MatrixXd> forward(std::span<const std::string> inputs,
                                                          int64_t batchSize, const RunContext& context) = 0;
    /// d score / d one-hot at one input, the score being OutputChoice::score of `columns` of forward().
    /// \return [L x 4] as the model reads it, columns A, C, G, T.
    /// \error Unsupported when the device's memory does not suffice, or a script that has no gradient;
    /// what forward() gives.
    [[nodiscard]] virtual Result<Eigen::MatrixXd> gradient(const std::string& input,
                                                           const std::vector<int>& columns,
                                                           const OutputChoice& output,
                                                           const RunContext& context) = 0;
};

/// A transformer's weights on its devices, gradients off. Immutable; safe to share between threads. What a
/// locus needs beside them is made by prepare().
class TransformerNetwork {
public:
    virtual ~TransformerNetwork() = default;
    /// Fast recomputes only the trunk tokens that an edit reaches; Plain is the whole forward pass. The
    /// caller has checked window and output. \error Unsupported when the device's memory does not suffice;
    /// Internal
    [[nodiscard]] virtual Result<std::unique_ptr<LocusPredictor>>
    prepare(const ReferenceWindow& window, const OutputChoice& output, Method method) const = 0;
};

/// How a TorchScript module takes bases and gives values; from model.json.
struct ScriptShape {
    int64_t inputLength = 0;
    bool channelsLast = false;     ///< [N, L, 4] instead of [N, 4, L]
    bool tracksBeforeBins = false; ///< [N, K, T] instead of [N, T, K]
    int binCount = 1;
    int trackCount = 1;
};

/// What the loaded LibTorch is and can do.
struct TorchFacts {
    std::string version;
    int threads = 1;           ///< that it uses on the processor, unless told otherwise
    std::string oneDnn;        ///< "2.7.2, AVX-512"; empty: built without
    std::string cuda;          ///< that it was built with: "12.4"; empty: built without
    std::string cudnn;         ///< "9.1.0"; empty: none
    bool strictSingle = true;  ///< fp32 is computed as fp32 on cards, never rounded to TF32
    std::vector<Device> cards; ///< that it can compute on
};

/// Raised with every change of this header, so that a module of another build is refused in words.
inline constexpr int kTorchInterfaceVersion = 7;

/// LibTorch, loaded. Safe to share between threads.
class TorchBackend {
public:
    virtual ~TorchBackend() = default;

    [[nodiscard]] virtual std::string version() const = 0;
    [[nodiscard]] virtual TorchFacts facts() const = 0;
    /// GFLOP/s of products of fp32 matrices of 2,048 rows (2 n³ operations each), measured for a tenth of a
    /// second. \error Unsupported for a missing device; Internal
    [[nodiscard]] virtual Result<double> measureProducts(Device device) const = 0;
    /// "cpu", "cuda:0".
    [[nodiscard]] virtual std::vector<std::string> devices() const = 0;
    /// \error Unsupported, saying whether this LibTorch lacks CUDA or no device answers.
    [[nodiscard]] virtual Result<void> checkDevice(Device device) const = 0;

    /// \error Unsupported for a missing device; what `weights` gives.
    [[nodiscard]] virtual Result<std::unique_ptr<TorchNetwork>>
    createSequential(const NetworkSpec& network, const WeightSource& weights,
                     const TorchOptions& options) const = 0;

    /// \param positionFeatures [2S - 1 x features], see positionFeatures() and AttentionBlock
    /// \param devices share a locus' sequences between them
    /// \error Unsupported for a missing device or too little memory; what `weights` gives.
    [[nodiscard]] virtual Result<std::shared_ptr<const TransformerNetwork>>
    createTransformer(const TransformerSpec& network, const WeightSource& weights,
                      const Eigen::MatrixXd& positionFeatures, const DeviceList& devices, Precision precision,
                      int threads) const = 0;

    /// \error BadInput when the file is no TorchScript module; Unsupported for a missing device.
    [[nodiscard]] virtual Result<std::unique_ptr<TorchNetwork>>
    openScript(const std::filesystem::path& file, const ScriptShape& shape,
               const TorchOptions& options) const = 0;

    /// Trains a network from random weights (METHODS 10: mean squared error, Adam), with early stopping. Its
    /// one output learns the targets. \error BadInput for data that do not fit and for other networks,
    /// Cancelled between batches, Unsupported, Internal.
    [[nodiscard]] virtual Result<TrainingResult> trainSequential(const NetworkSpec& network,
                                                                 const TrainingData& data,
                                                                 const TrainingOptions& options,
                                                                 const RunContext& context) const = 0;

    /// The same of a transformer behind a trunk, whose score of `output` learns the expression itself.
    [[nodiscard]] virtual Result<TrainingResult>
    trainTransformer(const TransformerSpec& network, const OutputChoice& output, const TrainingData& data,
                     const TrainingOptions& options, const RunContext& context) const = 0;
};

/// Opens the module on the first call (LibTorch takes most of a second), then gives the same object. It is
/// looked for in `../lib` beside the program, beside the core library, and beside the program. It stays
/// loaded until the process ends, because LibTorch cannot be unloaded. \error Unsupported when it is missing
/// or cannot be loaded, with the loader's own words.
[[nodiscard]] Result<const TorchBackend*> torchBackend();

} // namespace diploscope
