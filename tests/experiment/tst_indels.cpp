// SPDX-License-Identifier: GPL-3.0-or-later
// What must hold of experiments whatever people carry: SNVs, insertions and deletions that touch and overlap.
#include "experiment/experiment_locus.h"

#include "experiment/ablation.h"
#include "experiment/edits.h"
#include "experiment/waterfall.h"

#include <algorithm>

using namespace diploscope;
using namespace diploscope::test;

namespace {

constexpr int64_t Length = 300;

/// Every base of every place has a weight: different sequences have different scores.
std::shared_ptr<ToyPredictor> telltaleToy(std::mt19937_64& random) {
    auto toy = std::make_shared<ToyPredictor>(Length);
    for (int64_t i = 0; i < Length; ++i)
        for (const char base : {'A', 'C', 'G', 'T'})
            toy->weights[{i, base}] = double(random() % 100000) / 1000;
    return toy;
}

/// A record every one to five bases, carried by a third of all haplotypes.
MadeLocus crowdedLocus(std::mt19937_64& random, const InputShape& shape) {
    MadeLocus made(randomWindow(random, shape, false, 400), {"ANN", "BEN", "CLARA", "DAN"});
    for (int64_t offset = 10; offset < Length - 20; offset += 1 + static_cast<int64_t>(random() % 5)) {
        std::string genotypes;
        for (int h = 0; h < 8; ++h)
            genotypes += random() % 3 == 0 ? '1' : '0';
        const std::string anchor = made.bases(offset, 1);
        switch (random() % 4) {
        case 0:
            made.record(offset, anchor, {anchor + randomBases(random, 1 + int64_t(random() % 4))}, genotypes);
            break;
        case 1:
            made.record(offset, made.bases(offset, 2 + int64_t(random() % 4)), {anchor}, genotypes);
            break;
        default:
            made.snvOf(offset, genotypes);
        }
    }
    return made;
}

} // namespace

class TestIndels : public QObject {
    Q_OBJECT

    static void seeds() {
        QTest::addColumn<int>("seed");
        for (int seed = 1; seed <= 8; ++seed)
            QTest::addRow("%d", seed) << seed;
    }
    static bool isOneList(const EditList& edits) {
        for (size_t i = 1; i < edits.size(); ++i)
            if (edits[i].offset < edits[i - 1].end())
                return false;
        return true;
    }

private Q_SLOTS:
    void waterfallsEndAtHaplotypes_data() { seeds(); }
    void waterfallsEndAtHaplotypes() {
        QFETCH(const int, seed);
        std::mt19937_64 random(static_cast<uint64_t>(seed));
        const auto toy = telltaleToy(random);
        const MadeLocus made = crowdedLocus(random, toy->info().input);
        PreparedLocus locus = made.prepared(toy, nullptr, 0, VariantMode::SnvAndIndel);
        const auto scoreOf = [&](size_t haplotype) {
            return toy->scoreOf(modelInput(made.window, locus.haplotype(haplotype)));
        };
        std::vector<SequencePair> pairs;
        for (size_t h = 0; h < 8; ++h)
            pairs.push_back({{}, locus.haplotype(h)});
        pairs.push_back({locus.haplotype(1), locus.haplotype(6)});
        pairs.push_back({locus.haplotype(3), {}});
        const auto found = waterfalls(locus, pairs, {});
        DS_VERIFY(found);
        for (size_t h = 0; h < 8; ++h) {
            const Waterfall& waterfall = found->each[h];
            QCOMPARE(waterfall.to, scoreOf(h));
            QCOMPARE(waterfall.steps.size(), locus.haplotype(h).size());
            double sum = waterfall.from;
            for (const WaterfallStep& step : waterfall.steps)
                sum += step.change;
            QVERIFY(std::abs(sum - waterfall.to) < 1e-6);
        }
        QCOMPARE(found->each[8].from, scoreOf(1));
        QCOMPARE(found->each[8].to, scoreOf(6));
        QCOMPARE(found->each[9].from, scoreOf(3));
        QCOMPARE(found->each[9].to, found->each[0].from);
        // What goes the one way comes the other.
        for (const WaterfallStep& step : found->each[9].steps)
            QVERIFY(step.out && !step.in);
    }

    void ablationOfAllIsTheReference_data() { seeds(); }
    void ablationOfAllIsTheReference() {
        QFETCH(const int, seed);
        std::mt19937_64 random(static_cast<uint64_t>(seed));
        const auto toy = telltaleToy(random);
        const MadeLocus made = crowdedLocus(random, toy->info().input);
        PreparedLocus locus = made.prepared(toy, nullptr, 0, VariantMode::SnvAndIndel);
        AblationRequest request;
        request.resamples = 0;
        for (const Site& site : made.alleles.sites)
            request.variants.push_back(site.change(1).variant(made.window.region.contig));
        const Eigen::Vector4d observed(1, 2, 3, 5);
        const auto none = ablate(locus, request, observed, {});
        DS_VERIFY(none);
        const double reference = toy->scoreOf(std::string(made.window.bases()));
        QVERIFY((none->after.array() == reference).all());
        QVERIFY(!none->r.after.r && !none->r.difference); // nothing varies any more
        request.keepOnly = true;
        const auto all = ablate(locus, request, observed, {});
        DS_VERIFY(all);
        QCOMPARE(all->after, all->before);
        // Of a few: as the records without them would have it.
        request.keepOnly = false;
        const size_t kept = request.variants.size() / 2;
        request.variants.resize(kept);
        const auto half = ablate(locus, request, observed, {});
        DS_VERIFY(half);
        MadeLocus without(made.window, made.alleles.people);
        for (size_t s = kept; s < made.alleles.sites.size(); ++s) {
            without.alleles.sites.push_back(made.alleles.sites[s]);
            for (size_t h = 0; h < 8; ++h)
                without.alleles.alleles.push_back(made.alleles.allele(s, h));
        }
        const PreparedLocus other = without.prepared(toy, nullptr, 0, VariantMode::SnvAndIndel);
        for (size_t h = 0; h < 8; ++h)
            QCOMPARE(half->after(Eigen::Index(h / 2), Eigen::Index(h % 2)),
                     toy->scoreOf(modelInput(made.window, other.haplotype(h))));
    }

    /// One base of a haplotype, changed in its edits and in its bases.
    void basesAreChangedInPlace_data() { seeds(); }
    void basesAreChangedInPlace() {
        QFETCH(const int, seed);
        std::mt19937_64 random(static_cast<uint64_t>(seed));
        const auto toy = telltaleToy(random);
        const MadeLocus made = crowdedLocus(random, toy->info().input);
        const PreparedLocus locus = made.prepared(toy, nullptr, 0, VariantMode::SnvAndIndel);
        int changed = 0;
        for (size_t h = 0; h < 8; ++h) {
            const EditList& own = locus.wholeHaplotype(h);
            const std::string bases = applyEdits(made.window.bases(), own);
            int64_t growth = 0;
            size_t next = 0;
            for (int64_t offset = 0; offset < Length; ++offset) {
                while (next < own.size() && own[next].end() <= offset)
                    growth += own[next++].growth();
                const char base = baseAt(locus, own, offset);
                if (base == '\0')
                    continue;
                const auto at = static_cast<size_t>(offset + growth);
                QCOMPARE(base, bases[at]);
                const char other = base == 'G' ? 'T' : 'G';
                const EditList edits = withBase(locus, own, offset, other);
                QVERIFY(isOneList(edits));
                std::string want = bases;
                want[at] = other;
                QCOMPARE(applyEdits(made.window.bases(), edits), want);
                ++changed;
            }
        }
        QVERIFY(changed > 1000);
    }

    /// Changes of everybody's: lists stay lists, and a change that stands alone is in the sequence.
    void changesFitIntoWhatIsThere_data() { seeds(); }
    void changesFitIntoWhatIsThere() {
        QFETCH(const int, seed);
        std::mt19937_64 random(static_cast<uint64_t>(seed));
        const auto toy = telltaleToy(random);
        const MadeLocus made = crowdedLocus(random, toy->info().input);
        const PreparedLocus locus = made.prepared(toy, nullptr, 0, VariantMode::SnvAndIndel);
        int alone = 0;
        for (int64_t offset = 12; offset < Length - 30; offset += 7) {
            const int64_t position = made.window.region.start + offset;
            const std::string anchor = made.bases(offset, 1);
            for (const Variant& change : {made.snv(offset), Variant{"1", position, anchor, anchor + "CCC"},
                                          Variant{"1", position, made.bases(offset, 4), anchor},
                                          Variant{"1", position, anchor, anchor}}) {
                const auto edits = checkedEdits(locus, {change});
                DS_VERIFY(edits);
                for (size_t h = 0; h < 8; ++h) {
                    const EditedHaplotype edited = withEdits(locus, locus.wholeHaplotype(h), *edits);
                    QVERIFY(isOneList(edited.edits));
                    const bool standsAlone = std::find(edited.edits.begin(), edited.edits.end(),
                                                       edits->front()) != edited.edits.end();
                    if (!standsAlone) // it is joined with a neighbour, or the reference
                        continue;
                    ++alone;
                    // Put in once more, nothing gives way and nothing changes.
                    const EditedHaplotype twice = withEdits(locus, edited.edits, *edits);
                    QCOMPARE(twice.edits, edited.edits);
                    QCOMPARE(twice.replaced, int64_t{0});
                }
            }
        }
        QVERIFY(alone > 100);
    }
};

QTEST_GUILESS_MAIN(TestIndels)
#include "tst_indels.moc"
