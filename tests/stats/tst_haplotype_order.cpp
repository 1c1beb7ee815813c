// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats/haplotype_order.h"

#include "support.h"

#include <algorithm>
#include <numeric>
#include <random>

using namespace diploscope;

namespace {

/// \param haplotypes one text each, "0110": what it carries
HaplotypeOrder orderOf(const std::vector<std::string>& haplotypes) {
    const size_t snvs = haplotypes.empty() ? 0 : haplotypes.front().size();
    std::vector<std::vector<uint8_t>> columns(snvs);
    for (size_t v = 0; v < snvs; ++v)
        for (const std::string& haplotype : haplotypes)
            columns[v].push_back(static_cast<uint8_t>(haplotype[v] - '0'));
    const std::vector<std::span<const uint8_t>> carried(columns.begin(), columns.end());
    return similarityOrder(carried, haplotypes.size());
}

} // namespace

class TestHaplotypeOrder : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void likesStandTogether() {
        // Two families, mixed: 00001 and 11110 with one change each.
        const auto result = orderOf({"00000", "11110", "00001", "11111", "10000", "01110"});
        QVERIFY(result.clustered);
        std::vector<size_t> first(result.order.begin(), result.order.begin() + 3);
        std::sort(first.begin(), first.end());
        QCOMPARE(first, (std::vector<size_t>{0, 2, 4})); // those that carry less come first
        QCOMPARE(result.order.size(), size_t{6});
    }

    void equalOnesKeepTheirOrder() {
        QCOMPARE(orderOf({"1", "0", "1", "0"}).order, (std::vector<size_t>{1, 3, 0, 2}));
        QCOMPARE(orderOf({"", "", ""}).order, (std::vector<size_t>{0, 1, 2}));
        QVERIFY(orderOf({}).order.empty());
    }

    /// 2: another allele, 255: none. Neither is carried.
    void onlyOneIsCarried() { QCOMPARE(orderOf({"1", "2", "0"}).order, (std::vector<size_t>{1, 2, 0})); }

    /// UPGMA of distances 1 (0-1), 4 and 5 to the third: 0 and 1 are joined first, whichever begins.
    void averageLinkage() {
        const auto result = orderOf({"11111000", "11110000", "00000000", "11111111"});
        // d(0,1) = 1; d({0,1}, 3) = (3 + 4) / 2 = 3.5; d({0,1}, 2) = 4.5; so 3 joins them before 2 does.
        QCOMPARE(result.order.front(), size_t{2});
        QCOMPARE(result.order, (std::vector<size_t>{2, 1, 0, 3}));
    }

    void aPermutationWhateverComes() {
        std::mt19937 random(3);
        for (const size_t haplotypes : {1, 2, 7, 90}) {
            std::vector<std::string> texts(haplotypes, std::string(130, '0'));
            for (std::string& text : texts)
                for (char& allele : text)
                    allele = random() % 3 == 0 ? '1' : '0';
            std::vector<size_t> order = orderOf(texts).order;
            QCOMPARE(order, orderOf(texts).order);
            std::sort(order.begin(), order.end());
            std::vector<size_t> all(haplotypes);
            std::iota(all.begin(), all.end(), size_t{0});
            QCOMPARE(order, all);
        }
    }

    void tooManyAreSorted() {
        std::vector<std::string> texts;
        for (size_t h = 0; h < MostClustered + 1; ++h) {
            std::string text;
            for (int bit = 0; bit < 12; ++bit)
                text += (h >> bit & 1) != 0 ? '1' : '0';
            texts.push_back(text);
        }
        const auto result = orderOf(texts);
        QVERIFY(!result.clustered);
        QVERIFY(std::is_sorted(result.order.begin(), result.order.end(),
                               [&](size_t a, size_t b) { return texts[a] < texts[b]; }));
    }
};

QTEST_GUILESS_MAIN(TestHaplotypeOrder)
#include "tst_haplotype_order.moc"
