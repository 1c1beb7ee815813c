// SPDX-License-Identifier: GPL-3.0-or-later
// `diploscope susie` on real people against susieR 0.12.35 (tests/reference/susie_reference.R).
#include "program.h"

#include <algorithm>
#include <cmath>

using namespace diploscope::test;

class TestSusieRealStudy : public QObject {
    Q_OBJECT

private:
    TemporaryFolder m_folder;
    QString m_study;

    [[nodiscard]] QStringList susie(const std::string& gene, const QStringList& more) const {
        return QStringList{"susie",  m_study,
                           "--gene", QString::fromStdString(gene),
                           "--out",  QString::fromStdString((m_folder / (gene + ".tsv")).string()),
                           "--quiet"} +
               more;
    }

private Q_SLOTS:
    void initTestCase() {
        DS_SKIP_WITHOUT_SHARED_DATA();
        m_study = QString::fromStdString(writeRealStudy(m_folder.path()).string());
    }

    void equalsSusieR_data() {
        QTest::addColumn<int>("sets");
        std::map<std::string, int> sets;
        for (const auto& fit : tableFile(fixture("reference/susie_reference_fits.tsv")))
            if (fit.at("case").starts_with("ENSG"))
                sets[fit.at("case")] = 0;
        for (const auto& set : tableFile(fixture("reference/susie_reference_sets.tsv")))
            if (sets.contains(set.at("case")))
                ++sets[set.at("case")];
        for (const auto& [gene, count] : sets)
            QTest::newRow(gene.c_str()) << count;
    }
    void equalsSusieR() {
        QFETCH(int, sets);
        const std::string gene = QTest::currentDataTag();
        const Run run = runProgram(m_folder.path(), susie(gene, {"--window", "100000"}));
        QVERIFY2(run.exitCode == 0, qPrintable(run.err));

        std::map<std::string, std::map<std::string, std::string>> ours;
        std::map<std::string, int> members;
        for (auto& row : tableFile(m_folder / (gene + ".tsv"))) {
            ++members[row["credible_set"]];
            ours[row["pos"] + ":" + row["ref"] + ":" + row["alt"]] = row;
        }
        members.erase("NA");
        QCOMPARE(int(members.size()), sets);

        size_t compared = 0;
        for (const auto& expected : tableFile(fixture("reference/susie_reference.tsv"))) {
            if (expected.at("case") != gene)
                continue;
            const auto found = ours.find(expected.at("variant"));
            QVERIFY2(found != ours.end(), expected.at("variant").c_str());
            QVERIFY(std::abs(std::stod(found->second["pip"]) - std::stod(expected.at("pip"))) < 1e-6);
            QVERIFY(std::abs(std::stod(found->second["posterior_mean"]) - std::stod(expected.at("mean"))) <
                    1e-6);
            ++compared;
        }
        QCOMPARE(compared, ours.size());
        QVERIFY(compared >= 40);

        for (const auto& set : tableFile(fixture("reference/susie_reference_sets.tsv")))
            if (set.at("case") == gene)
                QVERIFY(std::any_of(ours.begin(), ours.end(), [&](auto& row) {
                    return row.second["credible_set"] != "NA" &&
                           std::abs(std::stod(row.second["set_min_abs_corr"]) -
                                    std::stod(set.at("minimum"))) < 1e-9;
                }));
    }

    void unknownGeneIsOneClearError() {
        const Run run = runProgram(m_folder.path(), susie("COMTT", {}));
        QCOMPARE(run.exitCode, 1);
        QVERIFY2(run.err.contains("COMT"), qPrintable(run.err));
        QVERIFY(!std::filesystem::exists(m_folder / "COMTT.tsv"));
    }
};

QTEST_GUILESS_MAIN(TestSusieRealStudy)
#include "tst_susie_real_study.moc"
