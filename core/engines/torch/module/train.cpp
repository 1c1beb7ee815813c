// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/torch/module/train.h"

#include "engines/torch/module/edge.h"
#include "engines/torch/module/one_hot.h"
#include "engines/torch/module/sequential_module.h"
#include "engines/torch/module/transformer_module.h"
#include "engines/transformer/position_features.h"
#include "sequence/reference_window.h"
#include "stats/correlation.h"

#include <fmt/format.h>
#include <torch/torch.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <functional>
#include <limits>
#include <memory>
#include <numeric>
#include <random>

namespace diploscope {

namespace {

constexpr int64_t kEvaluationBatch = 64;
enum Part { Train = 0, Validation = 1, Test = 2 };

/// What a trainer needs of a network: one number for each sequence, and its weights by name.
struct Trainee {
    std::shared_ptr<torch::nn::Module> module;
    std::function<torch::Tensor(const torch::Tensor&)> score_N; ///< of inputs [N, 4, L]
    std::function<std::vector<NamedTensor>()> weights;
    std::function<Result<void>(const WeightSource&)> setWeights;
};

template <class Module>
Trainee traineeOf(std::shared_ptr<Module> module,
                  std::function<torch::Tensor(const torch::Tensor&)> score_N) {
    return {module, std::move(score_N), [module] { return module->weights(); },
            [module](const WeightSource& source) { return module->setWeights(source); }};
}

Result<void> checkData(int64_t inputLength, const TrainingData& data, const TrainingOptions& options) {
    const size_t count = data.inputs.size();
    if (static_cast<size_t>(data.targets.size()) != count || data.split.size() != count)
        return fail(ErrorKind::BadInput,
                    fmt::format("{} sequences, {} targets and {} parts of the split do not match.", count,
                                data.targets.size(), data.split.size()));
    for (const std::string& input : data.inputs)
        if (static_cast<int64_t>(input.size()) != inputLength)
            return fail(ErrorKind::BadInput, fmt::format("A sequence has {} bases, but the network reads {}.",
                                                         input.size(), inputLength));
    if (!data.targets.allFinite())
        return fail(ErrorKind::BadInput, "A target is not a finite number.");
    for (const Part part : {Train, Validation})
        if (std::count(data.split.begin(), data.split.end(), part) < 2)
            return fail(ErrorKind::BadInput,
                        fmt::format("{} sequences are too few to train, validate and test on.", count), {},
                        "Train on a study with more genes.");
    if (options.epochs < 1 || options.batchSize < 1 || !(options.learningRate > 0) || options.patience < 1)
        return fail(ErrorKind::BadInput, "Epochs, batch size, learning rate and patience must be positive.");
    return {};
}

/// The input as one epoch sees it. Shifts fill with N: what lies outside of the window is not known here.
std::string augmented(const std::string& input, const TrainingOptions& options, std::mt19937_64& bits) {
    std::string bases = input;
    if (options.shiftAugmentation > 0) {
        const auto most = static_cast<int64_t>(options.shiftAugmentation);
        const int64_t shift = static_cast<int64_t>(bits() % static_cast<uint64_t>(2 * most + 1)) - most;
        const auto size = static_cast<int64_t>(bases.size());
        const auto by = static_cast<size_t>(std::min(std::abs(shift), size));
        bases = shift >= 0 ? std::string(by, 'N') + input.substr(0, input.size() - by)
                           : input.substr(by) + std::string(by, 'N');
    }
    return options.reverseComplementAugmentation && (bits() & 1) != 0 ? reverseComplement(bases) : bases;
}

class Trainer {
public:
    Trainer(Trainee trainee, const TrainingData& data, const TrainingOptions& options,
            const RunContext& context, torch::Device device)
        : m_data(data)
        , m_options(options)
        , m_context(context)
        , m_device(device)
        , m_bits(options.seed)
        , m_trainee(std::move(trainee))
        , m_optimizer((m_trainee.module->to(device), m_trainee.module->parameters()),
                      torch::optim::AdamOptions(options.learningRate).weight_decay(options.weightDecay)) {
        for (size_t i = 0; i < data.split.size(); ++i)
            m_parts[static_cast<size_t>(data.split[i])].push_back(i);
    }

    Result<TrainingResult> run() {
        TrainingResult result;
        double best = std::numeric_limits<double>::infinity();
        m_started = std::chrono::steady_clock::now();
        for (int epoch = 0; epoch < m_options.epochs; ++epoch) {
            EpochLosses losses;
            DS_ASSIGN(losses.train, trainEpoch(epoch, result));
            if (!std::isfinite(losses.train))
                return fail(ErrorKind::BadInput,
                            fmt::format("The training loss is no number any more in epoch {}.", epoch + 1),
                            "--learning-rate", "Choose a smaller learning rate.");
            DS_ASSIGN(const Eigen::VectorXd predicted, predict(Validation));
            const Eigen::VectorXd expected = targets(Validation);
            losses.validation = (predicted - expected).squaredNorm() / static_cast<double>(expected.size());
            const std::optional<double> r = pearson(expected, predicted).r;
            losses.validationR = r.value_or(0);
            result.epochs.push_back(losses);
            if (losses.validation < best) {
                best = losses.validation;
                result.bestEpoch = epoch;
                result.validationR = r;
                result.weights = m_trainee.weights();
            } else if (epoch - result.bestEpoch >= m_options.patience) {
                break;
            }
        }
        if (result.weights.empty())
            return fail(ErrorKind::BadInput, "The validation loss was never a number.", "--learning-rate",
                        "Choose a smaller learning rate.");
        DS_TRY(m_trainee.setWeights([&](const TensorSpec& spec) -> Result<NamedTensor> {
            return *std::find_if(result.weights.begin(), result.weights.end(),
                                 [&](const NamedTensor& tensor) { return tensor.name == spec.name; });
        }));
        if (!m_parts[Test].empty()) {
            DS_ASSIGN(const Eigen::VectorXd predicted, predict(Test));
            result.testR = pearson(targets(Test), predicted).r;
        }
        return result;
    }

private:
    [[nodiscard]] Eigen::VectorXd targets(Part part) const {
        Eigen::VectorXd values(static_cast<int64_t>(m_parts[part].size()));
        for (int64_t i = 0; i < values.size(); ++i)
            values[i] = m_data.targets[static_cast<int64_t>(m_parts[part][static_cast<size_t>(i)])];
        return values;
    }

    /// What a person watching wants to know: where training is, how it goes, how long it may take.
    [[nodiscard]] std::string stage(int epoch, const TrainingResult& sofar) const {
        std::string text = fmt::format("Epoch {} of at most {}", epoch + 1, m_options.epochs);
        if (sofar.epochs.empty())
            return text;
        const EpochLosses& last = sofar.epochs.back();
        const double seconds =
            std::chrono::duration<double>(std::chrono::steady_clock::now() - m_started).count();
        return text +
               fmt::format(" (before: loss {:.4f}, validation {:.4f}, R {:.3f}; at most {:.0f} s left)",
                           last.train, last.validation, last.validationR,
                           seconds / epoch * (m_options.epochs - epoch));
    }

    /// \return mean squared error over the epoch, as seen while training.
    Result<double> trainEpoch(int epoch, const TrainingResult& sofar) {
        std::vector<size_t> order = m_parts[Train];
        for (size_t i = order.size(); i > 1; --i)
            std::swap(order[i - 1], order[m_bits() % i]);
        const auto batch = static_cast<size_t>(m_options.batchSize);
        const std::string text = stage(epoch, sofar);
        double sum = 0;
        m_trainee.module->train();
        for (size_t from = 0; from < order.size(); from += batch) {
            DS_TRY(m_context.checkpoint());
            m_context.report(text, static_cast<int64_t>(from), static_cast<int64_t>(order.size()));
            const size_t to = std::min(from + batch, order.size());
            std::vector<std::string> inputs;
            std::vector<float> expected;
            for (size_t i = from; i < to; ++i) {
                inputs.push_back(augmented(m_data.inputs[order[i]], m_options, m_bits));
                expected.push_back(static_cast<float>(m_data.targets[static_cast<int64_t>(order[i])]));
            }
            const torch::Tensor target_N = torch::tensor(expected).to(m_device);
            m_optimizer.zero_grad();
            const torch::Tensor loss =
                torch::mse_loss(m_trainee.score_N(oneHotNCL(inputs, m_device)), target_N);
            loss.backward();
            m_optimizer.step();
            sum += loss.item<double>() * static_cast<double>(to - from);
        }
        m_context.report(text, static_cast<int64_t>(order.size()), static_cast<int64_t>(order.size()));
        return sum / static_cast<double>(order.size());
    }

    Result<Eigen::VectorXd> predict(Part part) {
        const torch::NoGradGuard noGradients;
        m_trainee.module->eval();
        const std::vector<size_t>& members = m_parts[part];
        Eigen::VectorXd predicted(static_cast<int64_t>(members.size()));
        for (size_t from = 0; from < members.size(); from += kEvaluationBatch) {
            DS_TRY(m_context.checkpoint());
            std::vector<std::string> inputs;
            for (size_t i = from; i < std::min(from + kEvaluationBatch, members.size()); ++i)
                inputs.push_back(m_data.inputs[members[i]]);
            const torch::Tensor values_N =
                m_trainee.score_N(oneHotNCL(inputs, m_device)).to(torch::kCPU, torch::kFloat64).contiguous();
            std::copy_n(values_N.data_ptr<double>(), inputs.size(), predicted.data() + from);
        }
        return predicted;
    }

    const TrainingData& m_data;
    const TrainingOptions& m_options;
    const RunContext& m_context;
    torch::Device m_device;
    std::mt19937_64 m_bits; ///< order and augmentation; the initial weights are LibTorch's
    Trainee m_trainee;
    torch::optim::Adam m_optimizer;
    std::array<std::vector<size_t>, 3> m_parts; ///< indices into the data
    std::chrono::steady_clock::time_point m_started;
};

/// The score of the chosen outputs [N, B, K], differentiable. As OutputChoice::score.
torch::Tensor scoreOf(const torch::Tensor& chosen_NBK, Aggregate aggregate) {
    const torch::Tensor values_NV = chosen_NBK.flatten(1);
    switch (aggregate) {
    case Aggregate::Sum:
        break;
    case Aggregate::SumLog1p:
        return values_NV.log1p().sum(1);
    case Aggregate::Log2OfSum:
        return values_NV.sum(1).log2();
    }
    return values_NV.sum(1);
}

/// The bias that makes every chosen output, alone, such that their score is `score`; so that training does
/// not begin by searching for the mean. Outputs are softplus, so they are positive.
Result<double> biasFor(double score, const OutputChoice& output) {
    const auto count = static_cast<double>(output.bins.size() * output.tracks.size());
    const double value = output.aggregate == Aggregate::Log2OfSum  ? std::exp2(score) / count
                         : output.aggregate == Aggregate::SumLog1p ? std::expm1(score / count)
                                                                   : score / count;
    if (!(value > 0))
        return fail(
            ErrorKind::BadInput,
            fmt::format("The mean of the targets is {:.3g}, but this model's score, a sum of positive "
                        "numbers, cannot be negative.",
                        score),
            "output.aggregate", "Use the aggregate log2-of-sum for expression on a log scale.");
    return value > 30 ? value : std::log(std::expm1(value));
}

Result<Trainee> transformerTrainee(const TransformerSpec& network, const OutputChoice& output,
                                   const TrainingData& data) {
    const auto module = std::make_shared<TransformerModule>(
        network, positionFeatures(network.tokens(), network.blocks.front().positionFeatures));
    DS_ASSIGN(const double bias, biasFor(data.mean, output));
    {
        const torch::NoGradGuard noGradients;
        for (const int track : output.tracks)
            module->tensor(network.head().layer + ".bias")[track].fill_(bias);
    }
    const auto indices = [](const std::vector<int>& values) {
        return torch::tensor(std::vector<int64_t>(values.begin(), values.end()), torch::kInt64);
    };
    return traineeOf(module, [module, bins = indices(output.bins), tracks = indices(output.tracks),
                              aggregate = output.aggregate, mean = data.mean,
                              sd = data.sd](const torch::Tensor& input_NCL) {
        const torch::Tensor chosen_NBK = module->forward(input_NCL)
                                             .index_select(1, bins.to(input_NCL.device()))
                                             .index_select(2, tracks.to(input_NCL.device()));
        return (scoreOf(chosen_NBK, aggregate) - mean) / sd;
    });
}

Result<Trainee> sequentialTrainee(const NetworkSpec& network) {
    if (network.outputs() != 1)
        return fail(
            ErrorKind::BadInput,
            fmt::format("The network has {} outputs, but one value a gene is trained on.", network.outputs()),
            "layers", "End the layers with a linear layer of one output.");
    const auto module = std::make_shared<SequentialModule>(network);
    return traineeOf(
        module, [module](const torch::Tensor& input_NCL) { return module->forward(input_NCL).squeeze(1); });
}

/// \param makeTrainee  its initial weights are LibTorch's, of the seed
Result<TrainingResult> trained(int64_t inputLength, const std::function<Result<Trainee>()>& makeTrainee,
                               const TrainingData& data, const TrainingOptions& options,
                               const RunContext& context) {
    DS_TRY(checkData(inputLength, data, options));
    DS_ASSIGN(const torch::Device device, torchDevice(options.device));
    useThreads(options.threads);
    torch::manual_seed(options.seed);
    DS_ASSIGN(Trainee trainee, makeTrainee());
    return Trainer(std::move(trainee), data, options, context, device).run();
}

} // namespace

Result<TrainingResult> trainSequentialNetwork(const NetworkSpec& network, const TrainingData& data,
                                              const TrainingOptions& options, const RunContext& context) {
    return trained(
        network.inputLength, [&] { return sequentialTrainee(network); }, data, options, context);
}

Result<TrainingResult> trainTransformerNetwork(const TransformerSpec& network, const OutputChoice& output,
                                               const TrainingData& data, const TrainingOptions& options,
                                               const RunContext& context) {
    return trained(
        network.inputLength, [&] { return transformerTrainee(network, output, data); }, data, options,
        context);
}

} // namespace diploscope
