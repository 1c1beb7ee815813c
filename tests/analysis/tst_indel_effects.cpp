// SPDX-License-Identifier: GPL-3.0-or-later
// Effects of indels and MNVs of a report, under a model that reads bases by their places.
#include "analysis/made_study.h"
#include "analysis/report_columns.h"
#include "sequence/snv_panel.h"

using namespace diploscope;
using namespace diploscope::test;

namespace {

/// The sum of bases' numbers, each times that of its place; its gradient is exact.
class ByPlace : public Predictor {
public:
    ByPlace() {
        m_info.name = "ByPlace";
        m_info.checksum = "p";
        m_info.input = {2000, 1000, StrandRule::Forward};
    }
    static double score(std::string_view bases) {
        double sum = 0;
        for (size_t i = 0; i < bases.size(); ++i)
            sum += weight(i) * (bases[i] % 7);
        return sum;
    }
    static double weight(size_t place) { return std::cos(0.01 * double(place)) / 100; }
    const ModelInfo& info() const override { return m_info; }
    std::string computation(Method) const override { return {}; }
    Result<std::unique_ptr<LocusPredictor>> prepare(const ReferenceWindow& window, const OutputChoice&,
                                                    Method) const override {
        return std::unique_ptr<LocusPredictor>(std::make_unique<Locus>(window));
    }

private:
    class Locus : public LocusPredictor {
    public:
        explicit Locus(ReferenceWindow window) : m_window(std::move(window)) {}
        Result<Eigen::MatrixXd> predict(std::span<const EditList> sequences, const RunContext&) override {
            Eigen::MatrixXd scores(Eigen::Index(sequences.size()), 1);
            for (size_t i = 0; i < sequences.size(); ++i)
                scores(Eigen::Index(i), 0) = score(modelInput(m_window, sequences[i]));
            return scores;
        }
        Result<Eigen::MatrixXd> gradient(const RunContext&) override {
            Eigen::MatrixXd all(m_window.length(), 4);
            for (Eigen::Index i = 0; i < all.rows(); ++i)
                for (Eigen::Index b = 0; b < 4; ++b)
                    all(i, b) = weight(size_t(i)) * ("ACGT"[b] % 7);
            return all;
        }
        int64_t batchSize() const override { return 100; }

    private:
        ReferenceWindow m_window;
    };
    ModelInfo m_info;
};

std::string everyThird(int alleles) {
    std::string text;
    for (int p = 0; p < People; ++p)
        text += "\t" + std::to_string(p % 3 == 0 ? 1 + p % alleles : 0) + "|" + std::to_string(p % 5 == 0);
    return text;
}

class Genotypes : public Made {
public:
    explicit Genotypes(const std::string& variants, const std::string& allele = "alt") {
        option(R"({"variants": ")" + variants + R"(", "allele": ")" + allele + R"("})");
    }
};

} // namespace

class TestIndelEffects : public QObject {
    Q_OBJECT
private:
    TemporaryFolder m_cache;

    static Result<std::shared_ptr<const GeneReport>> reportOf(Made& made, Method method = Method::Fast) {
        DS_TRY(made.analysed());
        AnalysisOptions options;
        options.method = method;
        options.gradients = true;
        return analyzeGene(*made.study, made.study->genes().front(), std::make_shared<ByPlace>(), nullptr,
                           options, {});
    }

private Q_SLOTS:
    /// Wherever it lies, and on the TSS, too: once bases are taken from, or pushed to, the right end, once
    /// the left.
    void bothTrimsOfAnyPlace() {
        std::mt19937_64 random(5);
        const InputShape shape{60, 30, StrandRule::Forward};
        std::string context(100, 'A');
        for (char& base : context)
            base = "ACGT"[random() % 4];
        const ReferenceWindow window = makeWindow(shape, "1", 1030, Strand::Forward, 20, context);
        QCOMPARE(window.tssOffset, int64_t{30});
        int across = 0;
        for (int64_t offset = 1; offset < 50; ++offset)
            for (const auto& [replaced, alt] :
                 {std::pair(1, "+"), {1, "+++"}, {2, ""}, {5, ""}, {9, ""}, {6, "GA"}}) {
                Snv snv;
                snv.position = window.region.start + offset;
                snv.ref = context.substr(static_cast<size_t>(20 + offset), static_cast<size_t>(replaced));
                snv.alt = alt == std::string("GA")
                              ? "GA"
                              : snv.ref.substr(0, 1) + std::string(std::string(alt).size(), 'G');
                const std::vector<EditList> sequences = ismSequences({{snv}, 1}, window);
                QCOMPARE(sequences.size(), size_t{2});
                const std::string edited = context.substr(0, static_cast<size_t>(20 + offset)) + snv.alt +
                                           context.substr(static_cast<size_t>(20 + offset) + snv.ref.size());
                const std::string atRight = edited.substr(20, 60);
                const std::string atLeft = edited.substr(20 + snv.alt.size() - snv.ref.size(), 60);
                const std::string first = materialize(window, sequences[0]),
                                  second = materialize(window, sequences[1]);
                const std::string which = fmt::format("{} {}>{}", offset, snv.ref, snv.alt);
                QVERIFY2((first == atRight && second == atLeft) || (first == atLeft && second == atRight),
                         which.c_str());
                // The first keeps the TSS where it is (METHODS 2), but of what deletes bases on both sides of
                // it.
                const EditList plain{Edit(offset, static_cast<int32_t>(replaced), snv.alt)};
                across += first != materialize(window, plain);
            }
        QVERIFY(across > 0 && across < 30);
    }

    void initTestCase() { qputenv("XDG_CACHE_HOME", QByteArray::fromStdString(m_cache.path().string())); }

    /// Each indel's ISM is the mean over both trims less the reference, and ISM and shift add up to what
    /// METHODS 2 gives. Wrong: one trim alone; a shift of the other sign; effects at trimmed, not applied,
    /// bases.
    void meanOverBothTrims() {
        Genotypes made("snv+indel");
        made.snv(2).snv(30).snv(40);
        const std::string bases = made.reference();
        const int64_t left = First + 101, right = First + 600;
        made.record(left, bases.substr(size_t(left), 4), bases.substr(size_t(left), 1), "GT", everyThird(1));
        made.record(right, bases.substr(size_t(right), 1), bases.substr(size_t(right), 1) + "GATTACA", "GT",
                    everyThird(1));
        const auto report = reportOf(made);
        DS_VERIFY(report);
        const GeneReport& found = **report;
        QCOMPARE(found.variants.size(), size_t{5});
        const std::string window = bases.substr(19'000, 2000); // the TSS is the genome's base 20,000
        const double reference = ByPlace::score(window);
        QVERIFY(std::abs(found.referenceScore - reference) < 1e-9);
        int indels = 0;
        for (size_t v = 0; v < found.variants.size(); ++v) {
            const VariantResult& variant = found.variants[v];
            QCOMPARE(variant.gradient.has_value(), isSnv(variant));
            QCOMPARE(variant.ismShift.has_value(), changesLength(variant));
            if (isSnv(variant)) {
                QVERIFY(std::abs(*variant.gradient - variant.ism) < 1e-9);
                continue;
            }
            ++indels;
            std::string edited = bases;
            edited.replace(size_t(variant.position), variant.ref.size(), variant.alt);
            const auto growth = int64_t(variant.alt.size()) - int64_t(variant.ref.size());
            const bool isLeft = variant.position < 20'000;
            const double leftFixed = ByPlace::score(std::string_view(edited).substr(19'000, 2000));
            const double rightFixed =
                ByPlace::score(std::string_view(edited).substr(size_t(19'000 + growth), 2000));
            const double tssFixed = (isLeft ? rightFixed : leftFixed) - reference;
            QVERIFY(std::abs(variant.ism - (0.5 * (leftFixed + rightFixed) - reference)) < 1e-9);
            QVERIFY(std::abs(variant.ism + *variant.ismShift - tssFixed) < 1e-9);
            QVERIFY(std::abs(*variant.ismShift) > 1e-4);
            QVERIFY(variant.eqtl.slope.has_value());
        }
        QCOMPARE(indels, 2);
        QVERIFY(found.gradientR.has_value());
        QVERIFY(found.answersGradients());
        const ReportColumn& column = columnNamed(variantColumns(), "ism_shift");
        QVERIFY(column.isIn(found));
    }

    /// Told by REF where that is the rarer one: ISM, shift and dosage turn together.
    void minorAllele() {
        std::vector<GeneReport> reports;
        for (const char* allele : {"alt", "minor"}) {
            Genotypes made("snv+indel", allele);
            const std::string bases = made.reference();
            std::string common;
            for (int p = 0; p < People; ++p)
                common += p % 4 == 0 ? "\t0|1" : "\t1|1";
            made.record(First + 101, bases.substr(First + 101, 4), bases.substr(First + 101, 1), "GT",
                        common);
            const auto report = reportOf(made);
            DS_VERIFY(report);
            reports.push_back(**report);
        }
        const VariantResult& alt = reports[0].variants.front();
        const VariantResult& minor = reports[1].variants.front();
        QCOMPARE(minor.effectAllele, minor.ref);
        QCOMPARE(minor.ism, -alt.ism);
        QCOMPARE(*minor.ismShift, -*alt.ismShift);
        QCOMPARE(int(minor.genotypes.copies(0)), 1);
        QCOMPARE(int(minor.genotypes.copies(1)), 0);
    }

    /// A study of SNVs knows none, and has no column of them.
    void snvsAlone() {
        Genotypes made("snv");
        made.snv(2);
        const std::string bases = made.reference();
        made.record(First + 101, bases.substr(First + 101, 4), bases.substr(First + 101, 1), "GT",
                    everyThird(1));
        const auto report = reportOf(made);
        DS_VERIFY(report);
        QCOMPARE((*report)->variants.size(), size_t{1});
        QVERIFY(!columnNamed(variantColumns(), "ism_shift").isIn(**report));
    }
};

QTEST_GUILESS_MAIN(TestIndelEffects)
#include "tst_indel_effects.moc"
