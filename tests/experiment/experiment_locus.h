// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engines/open_model.h"
#include "experiment/prepared_locus.h"
#include "genome/bases.h"
#include "model/model_folder.h"

#include <cmath>
#include <functional>
#include <map>

/// Loci of a test's choice without a study, models to ask, and whole forward passes to hold experiments
/// against.
namespace diploscope::test {

/// 20 bases from place 101 of contig 22 on, ACGT five times, and 10 more on both sides.
inline ReferenceWindow smallWindow() {
    ReferenceWindow window;
    window.region = {"22", 100, 120};
    window.tssOffset = 10;
    window.flank = 10;
    window.context = "CCCCCCCCCC"
                     "ACGTACGTACGTACGTACGT"
                     "GGGGGGGGGG";
    return window;
}

/// A locus whose people carry what is put in. The window has a flank of random bases.
struct MadeLocus {
    ReferenceWindow window;
    AlleleMatrix alleles;

    explicit MadeLocus(ReferenceWindow itsWindow, std::vector<std::string> people = {"ANN", "BEN", "CLARA"})
        : window(std::move(itsWindow)) {
        alleles.region = withFlank(window.region, window.flank);
        alleles.people = std::move(people);
    }

    [[nodiscard]] std::string bases(int64_t offset, int64_t length) const {
        return window.context.substr(static_cast<size_t>(window.flank + offset), static_cast<size_t>(length));
    }
    [[nodiscard]] char base(int64_t offset) const { return bases(offset, 1).front(); }
    [[nodiscard]] char other(int64_t offset) const { return base(offset) == 'A' ? 'C' : 'A'; }
    [[nodiscard]] Variant snv(int64_t offset) const {
        return {window.region.contig, window.region.start + offset, std::string(1, base(offset)),
                std::string(1, other(offset))};
    }
    /// A record of everybody's alleles, both haplotypes of each person after each other: "01 10 11".
    MadeLocus& record(int64_t offset, const std::string& ref, std::vector<std::string> alts,
                      const std::string& genotypes, const std::string& id = {}) {
        alleles.sites.push_back({window.region.start + offset, id, ref, std::move(alts)});
        for (const char allele : genotypes)
            if (allele != ' ')
                alleles.alleles.push_back(static_cast<int8_t>(allele == '.' ? -1 : allele - '0'));
        return *this;
    }
    MadeLocus& snvOf(int64_t offset, const std::string& genotypes, const std::string& id = {}) {
        return record(offset, bases(offset, 1), {std::string(1, other(offset))}, genotypes, id);
    }

    [[nodiscard]] PreparedLocus prepared(const std::shared_ptr<const Predictor>& model,
                                         std::shared_ptr<ScoreCache> cache = nullptr, int selfCheck = 500,
                                         VariantMode mode = VariantMode::Snv) const {
        Locus locus;
        locus.window = window;
        locus.region = window.region;
        locus.alleles = alleles;
        locus.haplotypes = cutToWindow(buildHaplotypes(alleles, window.region.start, mode), window.length(),
                                       window.tssOffset);
        return {std::move(locus),
                mode,
                membersOf(model, defaultScore(model->info())),
                {Method::Fast, std::move(cache), selfCheck}};
    }
};

/// A score that is known without a model: a number for each base and place that the model reads, and one for
/// two bases that stand together.
class ToyPredictor final : public Predictor {
public:
    explicit ToyPredictor(int64_t length) {
        m_info.name = "toy";
        m_info.checksum = "toy";
        m_info.input = {length, length / 2, StrandRule::Forward};
    }
    std::map<std::pair<int64_t, char>, double> weights;
    struct Bond {
        int64_t first, second;
        char firstBase, secondBase;
        double weight;
    };
    std::vector<Bond> bonds;

    [[nodiscard]] double scoreOf(const std::string& bases) const {
        double sum = 0;
        for (const auto& [place, weight] : weights)
            sum += bases[static_cast<size_t>(place.first)] == place.second ? weight : 0;
        for (const Bond& bond : bonds)
            sum += bases[static_cast<size_t>(bond.first)] == bond.firstBase &&
                           bases[static_cast<size_t>(bond.second)] == bond.secondBase
                       ? bond.weight
                       : 0;
        return sum;
    }
    const ModelInfo& info() const override { return m_info; }
    std::string computation(Method) const override { return {}; }
    Result<std::unique_ptr<LocusPredictor>> prepare(const ReferenceWindow& window, const OutputChoice&,
                                                    Method) const override {
        return std::unique_ptr<LocusPredictor>(std::make_unique<Locus>(*this, window));
    }

private:
    class Locus final : public LocusPredictor {
    public:
        Locus(const ToyPredictor& toy, ReferenceWindow window) : m_toy(toy), m_window(std::move(window)) {}
        Result<Eigen::MatrixXd> predict(std::span<const EditList> sequences, const RunContext&) override {
            Eigen::MatrixXd values(static_cast<Eigen::Index>(sequences.size()), 1);
            for (size_t i = 0; i < sequences.size(); ++i)
                values(static_cast<Eigen::Index>(i), 0) = m_toy.scoreOf(modelInput(m_window, sequences[i]));
            return values;
        }
        int64_t batchSize() const override { return 16; }

    private:
        const ToyPredictor& m_toy;
        ReferenceWindow m_window;
    };
    ModelInfo m_info;
};

/// The models that experiments are held against whole passes with, in fp64.
inline Result<std::shared_ptr<const Predictor>> modelOf(const std::string& kind,
                                                        const std::filesystem::path& folder) {
    const PredictorOptions options{{Device{}}, Precision::Double, 2, 0};
    if (kind == "demo-cnn")
        return openModel(
            (std::filesystem::path(DIPLOSCOPE_TEST_DATA) / ".." / "models" / "demo-cnn").string(), options);
    if (kind == "xpresso-like") {
        writeModel(folder, sequentialModel(
                               nlohmann::json::parse(
                                   R"([{"conv1d": {"name": "a", "out": 16, "width": 6, "padding": "same"}},
            "relu", {"maxpool": 30}, {"conv1d": {"name": "b", "out": 12, "width": 9, "padding": "same"}}, "relu",
            {"maxpool": 10}, {"flatten": "position"}, {"append": 6}, {"linear": {"name": "c", "out": 24}}, "relu",
            {"linear": {"name": "d", "out": 1}}])"),
                               10500, "gene"));
        return openModel(folder.string(), options, 4);
    }
    writeText(folder / "model.json", R"({"schema": 1, "name": "small-enformer", "kind": "enformer",
        "weights": "weights.safetensors", "input": {"length": 512, "tss_index": 256, "strand": "forward"},
        "config": {"dim": 24, "depth": 2, "heads": 2, "attn_dim_key": 8, "num_downsamples": 3,
                   "dim_divisible_by": 4, "target_length": 62, "output_heads": {"human": 2, "mouse": 1}},
        "output": {"bins": [30, 31, 32], "tracks": [1], "aggregate": "sum"}})");
    return openModel(folder.string(), options, 4);
}

/// A whole forward pass over bases, forward strand, that no edit was told of.
inline double wholeScore(const Predictor& model, const std::string& bases, bool reversed) {
    const ReferenceWindow window =
        windowOverSequence(reversed ? reverseComplement(bases) : bases, model.info().input);
    const OutputChoice& output = model.info().defaultOutput;
    const auto locus = model.prepare(window, output, Method::Plain);
    if (!locus) {
        qWarning("%s", locus.error().message().c_str());
        return std::nan("");
    }
    const auto values = (*locus)->predict(std::vector<EditList>{{}}, {});
    return values ? output.score(values->row(0)) : std::nan("");
}

/// 1e-6 of a score's size.
inline bool isNear(double value, double want, double size) {
    return std::abs(value - want) <= 1e-6 * std::abs(size);
}

} // namespace diploscope::test

/// Fails with both numbers.
#define DS_NEAR(value, want, size)                                                                           \
    QVERIFY2(diploscope::test::isNear(value, want, size),                                                    \
             qPrintable(QString("%1 instead of %2").arg(value, 0, 'g', 12).arg(want, 0, 'g', 12)))
