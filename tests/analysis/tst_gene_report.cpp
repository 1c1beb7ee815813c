// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/gene_report.h"
#include "support.h"

using namespace diploscope;

class TestGeneReport : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void variantsAreFoundByWhatTheyAre() {
        GeneReport report;
        QVERIFY(!report.find({"22", 0, "A", "G"}));
        // Of one place two records may tell.
        for (const Variant& variant : {Variant{"22", 5, "A", "G"}, Variant{"22", 8, "C", "T"},
                                       Variant{"22", 8, "C", "A"}, Variant{"22", 20, "G", "A"}}) {
            VariantResult result;
            static_cast<Variant&>(result) = variant;
            report.variants.push_back(result);
        }
        for (size_t v = 0; v < report.variants.size(); ++v)
            QCOMPARE(report.find(report.variants[v]), std::optional(v));
        QVERIFY(!report.find({"22", 8, "C", "G"}));
        QVERIFY(!report.find({"22", 9, "C", "T"}));
        QVERIFY(!report.find({"21", 8, "C", "T"}));
        QVERIFY(!report.find({"22", 21, "G", "A"}));
    }

    void peopleAreFoundByTheirSample() {
        GeneReport report;
        report.people.resize(2);
        report.people[0].sample = "HG1";
        report.people[1].sample = "HG2";
        QCOMPARE(report.findPerson("HG2"), std::optional(size_t{1}));
        QVERIFY(!report.findPerson("HG"));
    }
};

QTEST_GUILESS_MAIN(TestGeneReport)
#include "tst_gene_report.moc"
