// SPDX-License-Identifier: GPL-3.0-or-later
// What follows from a list of stages (weights, sizes, reach, cost), against the state dict of the public
// Enformer port written out by hand, and against counting.
#include "support.h"

#include "model/enformer_config.h"

#include <fmt/format.h>

#include <map>

using namespace diploscope;
using namespace diploscope::test;

namespace {

using Shapes = std::vector<std::pair<std::string, std::vector<int64_t>>>;

/// The port's state dict in its own order, from its sizes.
Shapes stateDict(const EnformerConfig& c) {
    Shapes all;
    const auto add = [&all](const std::string& name, std::vector<int64_t> shape) {
        all.emplace_back(name, std::move(shape));
    };
    const auto batchNorm = [&](const std::string& name, int64_t size) {
        for (const char* part : {"weight", "bias", "running_mean", "running_var"})
            add(name + "." + part, {size});
    };
    const std::vector<int64_t> width = c.channels();
    for (int64_t i = 0; i < c.numDownsamples; ++i) {
        const int64_t out = width[static_cast<size_t>(i)];
        std::string stage = "stem.";
        if (i == 0) {
            add("stem.0.weight", {out, 4, 15});
            add("stem.0.bias", {out});
        } else {
            const int64_t in = width[static_cast<size_t>(i - 1)];
            stage = "conv_tower." + std::to_string(i - 1) + ".";
            batchNorm(stage + "0.0", in);
            add(stage + "0.2.weight", {out, in, 5});
            add(stage + "0.2.bias", {out});
        }
        batchNorm(stage + "1.fn.0", out);
        add(stage + "1.fn.2.weight", {out, out, 1});
        add(stage + "1.fn.2.bias", {out});
        add(stage + "2.to_attn_logits.weight", {out, out, 1, 1});
    }
    for (int64_t i = 0; i < c.depth; ++i) {
        const std::string block = "transformer." + std::to_string(i) + ".";
        const std::string attention = block + "0.fn.1.";
        add(block + "0.fn.0.weight", {c.dim});
        add(block + "0.fn.0.bias", {c.dim});
        add(attention + "to_q.weight", {c.heads * c.attnDimKey, c.dim});
        add(attention + "to_k.weight", {c.heads * c.attnDimKey, c.dim});
        add(attention + "to_v.weight", {c.dim, c.dim});
        add(attention + "to_out.weight", {c.dim, c.dim});
        add(attention + "to_out.bias", {c.dim});
        add(attention + "to_rel_k.weight", {c.heads * c.attnDimKey, c.dim / c.heads});
        add(attention + "rel_content_bias", {1, c.heads, 1, c.attnDimKey});
        add(attention + "rel_pos_bias", {1, c.heads, 1, c.attnDimKey});
        add(block + "1.fn.0.weight", {c.dim});
        add(block + "1.fn.0.bias", {c.dim});
        add(block + "1.fn.1.weight", {2 * c.dim, c.dim});
        add(block + "1.fn.1.bias", {2 * c.dim});
        add(block + "1.fn.4.weight", {c.dim, 2 * c.dim});
        add(block + "1.fn.4.bias", {c.dim});
    }
    batchNorm("final_pointwise.1.0", c.dim);
    add("final_pointwise.1.2.weight", {2 * c.dim, c.dim, 1});
    add("final_pointwise.1.2.bias", {2 * c.dim});
    for (const auto& [head, tracks] : c.outputHeads) {
        add("_heads." + head + ".0.weight", {tracks, 2 * c.dim});
        add("_heads." + head + ".0.bias", {tracks});
    }
    return all;
}

/// Twice the products of every layer, layer by layer.
double operationsOf(const EnformerConfig& c) {
    double products = 0;
    const auto layer = [&products](int64_t positions, int64_t in, int64_t out) {
        products += static_cast<double>(positions) * static_cast<double>(in * out);
    };
    const std::vector<int64_t> width = c.channels();
    int64_t positions = c.inputLength;
    for (size_t i = 0; i < width.size(); ++i) {
        layer(positions, i == 0 ? 4 * 15 : width[i - 1] * 5, width[i]);
        layer(positions, width[i], width[i]); // pointwise
        layer(positions, width[i], width[i]); // logits
        positions /= 2;
    }
    for (int64_t block = 0; block < c.depth; ++block) {
        const int64_t keys = c.heads * c.attnDimKey;
        layer(positions, c.dim, 2 * keys);               // queries and keys
        layer(positions, c.dim, c.dim);                  // values
        layer(positions, c.dim, c.dim);                  // out
        layer(2 * positions - 1, c.dim / c.heads, keys); // relative keys
        layer(positions, keys, positions);               // content logits
        layer(positions, keys, 2 * positions - 1);       // position logits
        layer(positions, c.dim, positions);              // weighted values
        layer(positions, c.dim, 2 * c.dim);              // MLP
        layer(positions, 2 * c.dim, c.dim);
    }
    layer(c.targetLength, c.dim, 2 * c.dim);
    for (const auto& head : c.outputHeads)
        layer(c.targetLength, 2 * c.dim, head.second);
    return 2 * products;
}

EnformerConfig sized(int64_t downsamples, int64_t tokens, int64_t heads, int64_t depth, int64_t divisor) {
    EnformerConfig config;
    config.numDownsamples = downsamples;
    config.inputLength = tokens << downsamples;
    config.heads = heads;
    config.dim = 24 * heads;
    config.dimDivisibleBy = divisor;
    config.attnDimKey = 7;
    config.depth = depth;
    config.targetLength = tokens - 3;
    config.outputHeads = {{"human", 6}, {"mouse", 3}, {"mouse.old", 2}};
    config.head = "mouse";
    return config;
}

void shapesOfEnformers() {
    QTest::addColumn<EnformerConfig>("config");
    QTest::newRow("published") << EnformerConfig{};
    QTest::newRow("three halvings, one block") << sized(3, 11, 1, 1, 12);
    QTest::newRow("three") << sized(3, 40, 2, 3, 6);
    QTest::newRow("six") << sized(6, 33, 4, 2, 8);
    QTest::newRow("nine") << sized(9, 5, 3, 5, 12);
}

ConvStep convolution(const std::string& name, int64_t in, int64_t out, int64_t width) {
    return {name, name + "_norm", in, out, width, false};
}

} // namespace

class TestTransformerSpec : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void weights_data() { shapesOfEnformers(); }
    void weights() {
        QFETCH(const EnformerConfig, config);
        Shapes found;
        for (const TensorSpec& tensor : config.network().tensors())
            found.emplace_back(tensor.name, tensor.shape);
        const Shapes want = stateDict(config);
        QCOMPARE(found.size(), want.size());
        for (size_t i = 0; i < want.size(); ++i)
            QVERIFY2(found[i] == want[i],
                     fmt::format("{} {}, but wanted {} {}", found[i].first, shapeText(found[i].second),
                                 want[i].first, shapeText(want[i].second))
                         .c_str());
    }

    void headsAreApart() {
        const TransformerSpec network = sized(3, 40, 2, 1, 6).network();
        QCOMPARE(network.heads.size(), size_t{3});
        QCOMPARE(network.head().name, std::string("mouse"));
        QCOMPARE(network.head().layer, std::string("_heads.mouse.0"));
        QCOMPARE(network.head().tracks, int64_t{3});
        for (const TensorSpec& tensor : network.tensorsOfBody())
            QVERIFY2(!tensor.name.starts_with("_heads."), tensor.name.c_str());
        QCOMPARE(network.tensorsOfBody().size() + 6, network.tensors().size());
    }

    void sizes_data() { shapesOfEnformers(); }
    void sizes() {
        QFETCH(const EnformerConfig, config);
        const TransformerSpec network = config.network();
        QCOMPARE(network.basesPerToken(), config.basesPerToken());
        QCOMPARE(network.tokens(), config.tokens());
        QCOMPARE(network.crop(), config.crop());
        QCOMPARE(network.bins, config.targetLength);
        QCOMPARE(network.dim(), config.dim);
        QCOMPARE(network.head().tracks, config.trackCount());
        std::vector<int64_t> channels;
        for (const TrunkStage& stage : network.trunk)
            channels.push_back(stage.outChannels());
        QCOMPARE(channels, config.channels());
        // Each step takes what the one before gives.
        int64_t given = 4;
        for (const TrunkStep& step : network.steps()) {
            if (const auto* conv = std::get_if<ConvStep>(&step)) {
                QCOMPARE(conv->in, given);
                QVERIFY(conv->width % 2 == 1);
                QVERIFY(!conv->residual || conv->in == conv->out);
                given = conv->out;
            } else {
                QCOMPARE(std::get<PairPoolStep>(step).channels, given);
            }
        }
        QCOMPARE(given, network.blocks.front().dim);
        QCOMPARE(network.pointwise.in, given);
        QCOMPARE(network.head().in, network.pointwise.out);
    }

    void cost_data() { shapesOfEnformers(); }
    void cost() {
        QFETCH(const EnformerConfig, config);
        QVERIFY(config.network().operations() == operationsOf(config)); // whole numbers: no rounding
    }

    void reach() {
        const TransformerSpec network = EnformerConfig{}.network();
        QCOMPARE(network.trunk[0].reach(), (Reach{2, 7, 7}));
        QCOMPARE(network.trunk[1].reach(), (Reach{2, 2, 2}));
        QCOMPARE(network.trunk[6].reach(), (Reach{2, 2, 2}));
        // Several convolutions and pools in one stage.
        const TrunkStage many{{convolution("a", 4, 8, 11), PairPoolStep{"p", 8}, convolution("b", 8, 6, 3),
                               convolution("c", 6, 5, 7), PairPoolStep{"q", 5}}};
        QCOMPARE(many.reach(), (Reach{4, 5 + 2 * (1 + 3), 5 + 2 * (1 + 3)}));
        QCOMPARE(many.outChannels(), int64_t{5});
        // Lopsided ones: what two read in turn is what they read as one.
        for (const Reach& first : {Reach{1, 0, 4}, Reach{3, 2, -1}, Reach{2, 7, 7}})
            for (const Reach& second : {Reach{1, 3, 3}, Reach{5, 0, -2}, Reach{2, 1, 0}}) {
                const Reach both = first.then(second);
                for (int64_t output = -3; output < 4; ++output) {
                    const int64_t begin = output * second.stride - second.before;
                    const int64_t end = (output + 1) * second.stride + second.after;
                    QCOMPARE(output * both.stride - both.before, begin * first.stride - first.before);
                    QCOMPARE((output + 1) * both.stride + both.after, end * first.stride + first.after);
                }
            }
    }

    void anotherShape() {
        // Two convolutions before the first pool, none behind a stage's second, and a stage without any.
        TransformerSpec network;
        network.inputLength = 64;
        network.trunk = {{{ConvStep{"first", "", 4, 8, 7, false}, convolution("second", 8, 8, 3),
                           PairPoolStep{"pool0", 8}}},
                         {{convolution("third", 8, 6, 5), PairPoolStep{"pool1", 6}}},
                         {{PairPoolStep{"pool2", 6}}}};
        network.blocks = {{"an", "a", "mn", "h", "o", 6, 2, 3, 2, 12, 9}};
        network.bins = 4;
        network.pointwise = {"point", "point_norm", 6, 10, 1, false};
        network.heads = {{"all", "head", 10, 2}};
        QCOMPARE(network.basesPerToken(), int64_t{8});
        QCOMPARE(network.tokens(), int64_t{8});
        QCOMPARE(network.crop(), int64_t{2});
        QCOMPARE(network.dim(), int64_t{6});
        std::map<std::string, std::vector<int64_t>> shapes;
        for (const TensorSpec& tensor : network.tensors())
            QVERIFY2(shapes.emplace(tensor.name, tensor.shape).second, tensor.name.c_str());
        QVERIFY(!shapes.contains("first_norm.weight"));
        QCOMPARE(shapes.at("second_norm.running_var"), (std::vector<int64_t>{8}));
        QCOMPARE(shapes.at("third.weight"), (std::vector<int64_t>{6, 8, 5}));
        QCOMPARE(shapes.at("pool2.weight"), (std::vector<int64_t>{6, 6, 1, 1}));
        QCOMPARE(shapes.at("a.to_v.weight"), (std::vector<int64_t>{4, 6}));
        QCOMPARE(shapes.at("a.to_out.weight"), (std::vector<int64_t>{6, 4}));
        QCOMPARE(shapes.at("a.to_rel_k.weight"), (std::vector<int64_t>{6, 12}));
        QCOMPARE(shapes.at("o.weight"), (std::vector<int64_t>{6, 9}));
        QCOMPARE(shapes.size(), size_t{2 + 6 + 1 + 6 + 1 + 1 + 16 + 6 + 2});
        const double trunk =
            64 * 4 * 7 * 8 + 64 * 8 * 3 * 8 + 64 * 8 * 8 + 32 * 8 * 5 * 6 + 32 * 6 * 6 + 16 * 6 * 6;
        const double block =
            8 * 6 * (2 * 6 + 2 * 4) + 15 * 12 * 6 + 8 * 6 * 8 + 8 * 6 * 15 + 8 * 8 * 4 + 2 * 8 * 6 * 9;
        QCOMPARE(network.operations(), 2 * (trunk + block + 4 * (6 * 10 + 10 * 2)));
    }
};

QTEST_APPLESS_MAIN(TestTransformerSpec)
#include "tst_transformer_spec.moc"
