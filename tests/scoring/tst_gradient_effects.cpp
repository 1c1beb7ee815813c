// SPDX-License-Identifier: GPL-3.0-or-later
#include "scoring/gradient_effects.h"
#include "scoring/locus_scorer.h"
#include "support.h"

using namespace diploscope;

namespace {

/// Score = sum over positions of position x base + 1, so that the gradient is known and equals ISM.
double weightOf(int64_t position, char base) {
    return static_cast<double>(position * (static_cast<int64_t>(std::string_view("ACGT").find(base)) + 1));
}

class LinearLocus final : public LocusPredictor {
public:
    explicit LinearLocus(int64_t length) : m_length(length) {}
    Result<Eigen::MatrixXd> predict(std::span<const EditList>, const RunContext&) override {
        return fail(ErrorKind::Internal, "Nobody asks for a score here.");
    }
    int64_t batchSize() const override { return 1; }
    Result<Eigen::MatrixXd> gradient(const RunContext&) override {
        Eigen::MatrixXd all(m_length, 4);
        for (int64_t i = 0; i < m_length; ++i)
            for (int64_t base = 0; base < 4; ++base)
                all(i, base) = weightOf(i, "ACGT"[base]);
        return all;
    }

private:
    int64_t m_length;
};

/// Counts how often it is made ready; fails where it should not be.
class LinearPredictor final : public Predictor {
public:
    explicit LinearPredictor(bool works) : m_works(works) {
        m_info.checksum = "linear";
        m_info.input = {10, 5, StrandRule::Forward};
    }
    const ModelInfo& info() const override { return m_info; }
    void inputOf(const InputShape& shape) { m_info.input = shape; }
    Result<std::unique_ptr<LocusPredictor>> prepare(const ReferenceWindow& window, const OutputChoice&,
                                                    Method) const override {
        if (!m_works)
            return fail(ErrorKind::Unsupported, "This model has no gradients.");
        read = window.bases();
        return std::unique_ptr<LocusPredictor>(std::make_unique<LinearLocus>(window.length()));
    }
    std::string computation(Method) const override { return {}; }
    mutable std::string read; ///< what it was made ready for last

private:
    bool m_works;
    ModelInfo m_info;
};

ReferenceWindow windowOf(std::string bases) {
    const auto length = static_cast<int64_t>(bases.size());
    ReferenceWindow window = windowOverSequence(std::move(bases), {length, length / 2, StrandRule::Forward});
    window.region = {"1", 1000, 1000 + length};
    return window;
}

SnvPanel panelOf() {
    SnvPanel panel;
    for (const auto& [position, ref, alt] :
         {std::tuple{1001, 'C', 'T'}, {1005, 'A', 'G'}, {1006, 'N', 'G'}}) {
        Snv snv;
        snv.position = position;
        snv.ref = ref;
        snv.alt = alt;
        snv.alleleFrequency = 0.1;
        panel.snvs.push_back(snv);
    }
    return panel;
}

} // namespace

class TestGradientEffects : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void effects() {
        const ScoreMember member{std::make_shared<LinearPredictor>(true), {}};
        const auto found =
            gradientEffects(panelOf(), windowOf("ACGTAANACG"), member, Method::Fast, nullptr, {});
        DS_VERIFY(found);
        QCOMPARE(found->size(), Eigen::Index{3});
        QCOMPARE((*found)(0), weightOf(1, 'T') - weightOf(1, 'C'));
        QCOMPARE((*found)(1), weightOf(5, 'G') - weightOf(5, 'A'));
        QCOMPARE((*found)(2), 0.0); // no base to replace
    }

    void cachedGenesNeedNoModel() {
        test::TemporaryFolder folder;
        const auto cache = ScoreCache::open(folder / "scores.sqlite");
        DS_VERIFY(cache);
        const ScoreMember with{std::make_shared<LinearPredictor>(true), {}};
        ScoreMember without{std::make_shared<LinearPredictor>(false), {}};
        const auto ask = [&](const ReferenceWindow& asked, const ScoreMember& member) {
            return gradientEffects(panelOf(), asked, member, Method::Fast, *cache, {});
        };
        const ReferenceWindow window = windowOf("ACGTAANACG");
        QVERIFY(!ask(window, without));
        const auto first = ask(window, with);
        DS_VERIFY(first);
        const auto second = ask(window, without);
        DS_VERIFY(second);
        QCOMPARE(*second, *first);
        // Another reference under the same edited sequence is another gradient.
        QVERIFY(!ask(windowOf("ATGTAANACG"), without));
        // So is another output.
        without.output.aggregate = Aggregate::Log2OfSum;
        QVERIFY(!ask(window, without));
    }

    /// The gradient is that of the edited sequence, and its rows are those of the reference's places in it,
    /// in each member's own window.
    void atAnEditedSequence() {
        const auto model = std::make_shared<LinearPredictor>(true);
        ReferenceWindow wide = windowOf("TTTACGTAACCACGTTT"); // 3 more on both sides than the model reads
        wide.tssOffset = 8;
        model->inputOf({11, 5, StrandRule::Forward});
        const EditList edits{{9, 1, "CGG"}, {12, 1, "T"}}; // two more right of the TSS, and an SNV
        const std::vector<int64_t> offsets{8, 9, 10, 12, 2};
        for (const int shift : {0, 1}) {
            const ScoreMember member{model, {}, shift, false};
            const auto found = gradientAt(edits, offsets, wide, member, Method::Fast, {});
            DS_VERIFY(found);
            QCOMPARE(model->read, std::string(shift == 0 ? "ACGTAACGGCA" : "CGTAACGGCAT"));
            const int64_t at = 3 + shift; // of the member's window in the wide one
            const std::vector<int64_t> rows{8 - at, 9 - at, 10 + 2 - at, 12 + 2 - at};
            for (size_t i = 0; i < 4; ++i)
                for (Eigen::Index base = 0; base < 4; ++base)
                    QCOMPARE((*found)(static_cast<Eigen::Index>(i), base),
                             rows[i] < 11 ? weightOf(rows[i], "ACGT"[base]) : 0.0);
            QVERIFY(found->row(4).isZero(0)); // beside the window
        }
        const auto without = std::make_shared<LinearPredictor>(false);
        without->inputOf(model->info().input);
        QVERIFY(!gradientAt(edits, offsets, wide, {without, {}}, Method::Fast, {}));
    }

    /// A check that refutes a window's scores does not leave its gradient.
    void refutedWindowLosesItsGradient() {
        test::TemporaryFolder folder;
        const auto cache = ScoreCache::open(folder / "scores.sqlite");
        DS_VERIFY(cache);
        const ScoreMember with{std::make_shared<LinearPredictor>(true), {}};
        const ScoreMember without{std::make_shared<LinearPredictor>(false), {}};
        const ReferenceWindow window = windowOf("ACGTAANACG");
        DS_VERIFY(gradientEffects(panelOf(), window, with, Method::Fast, *cache, {}));
        DS_VERIFY(gradientEffects(panelOf(), window, without, Method::Fast, *cache, {}));
        const Digest trial = trialOf(scoreScope(with, Method::Fast), modelInput(window, {}));
        DS_VERIFY((*cache)->refute(trial, {}, {Digest{}, "wrong"}));
        QVERIFY(!gradientEffects(panelOf(), window, without, Method::Fast, *cache, {}));
    }
};

QTEST_APPLESS_MAIN(TestGradientEffects)
#include "tst_gradient_effects.moc"
