// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/digest_hash.h"
#include "engines/torch/module/edge.h"
#include "engines/torch/module/transformer_model.h"
#include "engines/transformer/halving.h"
#include "engines/transformer/lru_cache.h"
#include "engines/transformer/trunk_windows.h"
#include "engines/transformer/trunk_work.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <unordered_set>

namespace diploscope {

namespace {

/// Tokens of a chunk that haplotypes share: short, so that few edits make a chunk new; long enough that the
/// halo does not outweigh it.
constexpr int64_t kChunk = 4;
/// Trunk output that is kept: 512 MiB a device.
constexpr int64_t kKeptBytes = int64_t{512} << 20;
/// Values of whole sequences that are kept: 64 MiB.
constexpr int64_t kKeptValueBytes = int64_t{64} << 20;

struct WindowHash {
    size_t operator()(const TokenWindow& window) const {
        return std::hash<std::string>()(window.bases) ^
               static_cast<size_t>(window.firstToken) * 0x9E3779B97F4A7C15U;
    }
};

/// A locus on one device: the reference's trunk output, and that of every stretch of bases met so far.
class LocusOnDevice {
public:
    LocusOnDevice(const TransformerModel& model, const TransformerLayers& layers)
        : m_model(model)
        , m_layers(layers)
        , m_sequencesAtOnce(model.sequencesAtOnce(layers))
        , m_windowsAtOnce(model.windowsAtOnce(layers))
        , m_kept(kKeptBytes) {}

    /// \param inputs that differ from each other \return [inputs x bins * tracks] \error Cancelled
    Result<Eigen::MatrixXd> predict(const std::string& reference, std::span<const std::string> inputs,
                                    const OutputChoice& output, const RunContext& context) {
        if (!m_reference_TC.defined())
            DS_TRY(computeReference(reference, context));
        const std::vector<int64_t> tokens = m_model.tokensOf(output);
        const std::vector<int64_t> tracks(output.tracks.begin(), output.tracks.end());
        Eigen::MatrixXd values(static_cast<int64_t>(inputs.size()),
                               static_cast<int64_t>(tokens.size() * tracks.size()));
        const auto last = static_cast<int64_t>(m_model.network.blocks.size()) - 1; // of the blocks
        const auto predictSome = [&](int64_t begin, int64_t size) -> Result<void> {
            const auto some = inputs.subspan(static_cast<size_t>(begin), static_cast<size_t>(size));
            std::vector<std::vector<int64_t>> changed;
            DS_ASSIGN(torch::Tensor x_NTC, trunkOf(reference, some, context, changed));
            for (int64_t i = 0; i < last; ++i) {
                DS_TRY(context.checkpoint());
                if (i == 0 && m_firstBlock)
                    m_firstBlock->apply(changed, x_NTC);
                else
                    m_layers.block(i, x_NTC);
            }
            DS_TRY(context.checkpoint());
            const torch::Tensor y_NQC = m_layers.blockOf(last, x_NTC, tokens);
            values.middleRows(begin, size) = rowsOf(m_layers.outputs(y_NQC, tracks));
            return {};
        };
        DS_TRY(inHalvedBatches(static_cast<int64_t>(inputs.size()), m_sequencesAtOnce, predictSome));
        return values;
    }

    /// Multiply-adds of the trunk so far.
    [[nodiscard]] double work() const { return m_work; }

private:
    /// In the windows and by the code that variants are computed in, so that an effect is not the difference
    /// of two ways of computing.
    Result<void> computeReference(const std::string& reference, const RunContext& context) {
        const int64_t all = m_model.reach.tokens();
        const int64_t size = std::min(all, m_layers.tokensAtOnce());
        std::vector<TokenWindow> windows;
        for (int64_t first = 0; first < all; first += size)
            windows.push_back(tokenWindow(m_model.reach, reference, std::min(first, all - size), size));
        torch::Tensor tokens_TC = torch::empty({all, m_model.network.dim()}, m_layers.options());
        const int64_t share = std::max<int64_t>(1, size / tokensOfOneBase(m_model.reach));
        int64_t atOnce = std::max<int64_t>(1, m_windowsAtOnce / share);
        DS_TRY(
            computeWindows(windows, atOnce, context, [&](const TokenWindow& window, const torch::Tensor& t) {
                tokens_TC.narrow(0, window.firstToken, window.tokens).copy_(t);
            }));
        m_reference_TC = tokens_TC;
        if (m_model.network.blocks.size() > 1)
            m_firstBlock = m_layers.firstBlockBeside(tokens_TC);
        return {};
    }

    /// Calls done(window, its tokens [T, C]) for each. \param windows of one size
    template <class Done>
    Result<void> computeWindows(std::span<const TokenWindow> windows, int64_t& atOnce,
                                const RunContext& context, Done&& done) {
        return inHalvedBatches(
            static_cast<int64_t>(windows.size()), atOnce, [&](int64_t begin, int64_t size) -> Result<void> {
                DS_TRY(context.checkpoint());
                const auto some = windows.subspan(static_cast<size_t>(begin), static_cast<size_t>(size));
                DS_ASSIGN(const torch::Tensor tokens_NTC, m_layers.trunk(some, context));
                m_work += static_cast<double>(size) * trunkWork(m_model.network, some.front().tokens);
                for (int64_t i = 0; i < size; ++i)
                    done(some[static_cast<size_t>(i)], tokens_NTC[i]);
                return {};
            });
    }

    /// The reference's tokens, and where a sequence differs its own. \param changed which these are
    /// \return [N, T, C]
    Result<torch::Tensor> trunkOf(const std::string& reference, std::span<const std::string> inputs,
                                  const RunContext& context, std::vector<std::vector<int64_t>>& changed) {
        const auto count = static_cast<int64_t>(inputs.size());
        changed.assign(inputs.size(), {});
        torch::Tensor x_NTC = m_reference_TC.unsqueeze(0).repeat({count, 1, 1});
        const auto put = [&x_NTC](int64_t n, const TokenWindow& window, const torch::Tensor& tokens_TC) {
            x_NTC[n].narrow(0, window.firstToken, window.tokens).copy_(tokens_TC);
        };
        // New windows by their size, each with the sequences that have it.
        std::map<int64_t, std::vector<TokenWindow>> fresh;
        std::unordered_map<TokenWindow, std::vector<int64_t>, WindowHash> wanted;
        for (int64_t n = 0; n < count; ++n)
            for (TokenWindow& window :
                 changedWindows(m_model.reach, reference, inputs[static_cast<size_t>(n)], kChunk)) {
                for (int64_t t = 0; t < window.tokens; ++t)
                    changed[static_cast<size_t>(n)].push_back(window.firstToken + t);
                if (const torch::Tensor* kept = m_kept.find(window)) {
                    put(n, window, *kept);
                    continue;
                }
                std::vector<int64_t>& sequences = wanted[window];
                sequences.push_back(n);
                if (sequences.size() == 1)
                    fresh[window.tokens].push_back(std::move(window));
            }
        for (std::vector<int64_t>& tokens : changed) { // of windows that may overlap
            std::sort(tokens.begin(), tokens.end());
            tokens.erase(std::unique(tokens.begin(), tokens.end()), tokens.end());
        }
        for (const auto& [size, windows] : fresh)
            DS_TRY(computeWindows(windows, m_windowsAtOnce, context,
                                  [&](const TokenWindow& window, const torch::Tensor& tokens_TC) {
                                      for (const int64_t n : wanted.at(window))
                                          put(n, window, tokens_TC);
                                      const int64_t bytes = tokens_TC.numel() * tokens_TC.element_size() +
                                                            static_cast<int64_t>(2 * window.bases.size());
                                      m_kept.insert(window, tokens_TC.clone(), bytes);
                                  }));
        return x_NTC;
    }

    const TransformerModel& m_model;
    const TransformerLayers& m_layers;
    torch::Tensor m_reference_TC;              ///< made on first use
    std::unique_ptr<BlockBeside> m_firstBlock; ///< likewise; null where it is computed as the others
    int64_t m_sequencesAtOnce;
    int64_t m_windowsAtOnce;
    LruCache<TokenWindow, torch::Tensor, WindowHash> m_kept;
    double m_work = 0;
};

/// Exact predictions that compute the trunk only where a sequence's bases differ from the reference's and
/// were not met before, and the last block only for the chosen bins. Sequences are compared byte for byte, so
/// one path serves SNVs, indels, haplotypes and both strands.
class FastTransformerLocus final : public LocusPredictor, public TrunkWork {
public:
    FastTransformerLocus(std::shared_ptr<const TransformerModel> model, ReferenceWindow window,
                         OutputChoice output)
        : m_model(std::move(model))
        , m_window(std::move(window))
        , m_output(std::move(output))
        , m_reference(modelInput(m_window, {}))
        , m_kept(kKeptValueBytes) {
        for (const auto& layers : m_model->layers)
            m_devices.emplace_back(*m_model, *layers);
    }

    Result<Eigen::MatrixXd> predict(std::span<const EditList> sequences, const RunContext& context) override {
        DS_TRY(context.checkpoint());
        const auto columns = static_cast<int64_t>(m_output.bins.size() * m_output.tracks.size());
        Eigen::MatrixXd values(static_cast<int64_t>(sequences.size()), columns);
        // Equal sequences are computed once.
        std::vector<std::string> fresh;
        std::unordered_map<Digest, std::vector<int64_t>, DigestHash> rowsOfFresh;
        std::vector<Digest> digests;
        for (size_t i = 0; i < sequences.size(); ++i) {
            std::string input = modelInput(m_window, sequences[i]);
            const Digest digest = digestOf(input);
            const auto row = static_cast<int64_t>(i);
            if (const Eigen::RowVectorXd* kept = m_kept.find(digest)) {
                values.row(row) = *kept;
                continue;
            }
            std::vector<int64_t>& rows = rowsOfFresh[digest];
            rows.push_back(row);
            if (rows.size() == 1) {
                fresh.push_back(std::move(input));
                digests.push_back(digest);
            }
        }
        DS_ASSIGN(
            const Eigen::MatrixXd computed,
            onAllDevices(*m_model, fresh, columns, [&](size_t device, std::span<const std::string> inputs) {
                return m_devices[device].predict(m_reference, inputs, m_output, context);
            }));
        for (size_t i = 0; i < digests.size(); ++i) {
            const Eigen::RowVectorXd row = computed.row(static_cast<int64_t>(i));
            for (const int64_t target : rowsOfFresh.at(digests[i]))
                values.row(target) = row;
            m_kept.insert(digests[i], row, columns * static_cast<int64_t>(sizeof(double)) + 64);
        }
        return values;
    }

    int64_t batchSize() const override { return m_model->batchSize(); }

    double trunkPasses() const override {
        double work = 0;
        for (const LocusOnDevice& device : m_devices)
            work += device.work();
        return work / trunkWork(m_model->network, m_model->network.tokens());
    }

    double trunkPassesFor(std::span<const EditList> sequences) const override {
        double work = 0;
        std::unordered_set<TokenWindow, WindowHash> met;
        for (const EditList& edits : sequences)
            for (TokenWindow& window :
                 changedWindows(m_model->reach, m_reference, modelInput(m_window, edits), kChunk)) {
                const double own = trunkWork(m_model->network, window.tokens);
                if (met.insert(std::move(window)).second)
                    work += own;
            }
        return work / trunkWork(m_model->network, m_model->network.tokens());
    }

    Result<Eigen::MatrixXd> gradient(const RunContext& context) override {
        return moduleGradient(*m_model, m_window, m_output, context);
    }

private:
    std::shared_ptr<const TransformerModel> m_model;
    ReferenceWindow m_window;
    OutputChoice m_output;
    std::string m_reference; ///< as the model reads it
    std::vector<LocusOnDevice> m_devices;
    LruCache<Digest, Eigen::RowVectorXd, DigestHash> m_kept;
};

} // namespace

std::unique_ptr<LocusPredictor> makeFastTransformerLocus(std::shared_ptr<const TransformerModel> model,
                                                         ReferenceWindow window, OutputChoice output) {
    return std::make_unique<FastTransformerLocus>(std::move(model), std::move(window), std::move(output));
}

} // namespace diploscope
