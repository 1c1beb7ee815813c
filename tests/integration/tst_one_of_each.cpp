// SPDX-License-Identifier: GPL-3.0-or-later
// What commands say where there is one of something.
#include "integration/program.h"
#include "study/small_study.h"

#include <QRegularExpression>

using namespace diploscope::test;

class TestOneOfEach : public QObject {
    Q_OBJECT

    TemporaryFolder m_folder;
    QString m_study;

    [[nodiscard]] QString path(const char* name) const {
        return QString::fromStdString((m_folder / name).string());
    }

private Q_SLOTS:
    /// One SNV, one gene, one missing allele.
    void initTestCase() {
        SmallStudy small;
        small.annotation = SmallStudy::gtf("ENSG01.2", "GENEA", "chr22", 20'001, 25'000, '+');
        small.expression = "#chr\tstart\tend\tphenotype_id\tHG2\tHG3\tHG4\tHG5\tHG6\n"
                           "22\t20000\t20001\tENSG01.2\t1\t2\t3\t4\tNA\n";
        small.genotypeRow = "0|0\t0|1\t1|0\t1|1\t.|0\t0|1";
        const std::string all = small.vcf();
        const size_t record = all.find("\n22\t20000\t") + 1;
        small.genotypes =
            all.substr(0, all.find("\n22\t") + 1) + all.substr(record, all.find('\n', record) + 1 - record);
        m_study = QString::fromStdString(small.write(m_folder).string());
    }

    void isSaidAsOne_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QStringList>("parts");
        QTest::newRow("check") << QStringList{"check", m_study}
                               << QStringList{"1 gene.", "1 gene x 5 people", "1 value missing",
                                              "1 record at 1 place sampled", "1 missing allele,"};
        QTest::newRow("analyze") << QStringList{"analyze", m_study,    "--gene", "GENEA",
                                                "--model", "demo-cnn", "--out",  path("out")}
                                 << QStringList{"  1 SNV  "};
        QTest::newRow("analyze all") << QStringList{"analyze", m_study,    "--genes", "all",
                                                    "--model", "demo-cnn", "--out",   path("all")}
                                     << QStringList{};
        QTest::newRow("what is stored")
            << QStringList{"analyze", m_study, "--genes", "all", "--model", "demo-cnn", "--out", path("all")}
            << QStringList{"1 of 1 gene was stored already"};
        QTest::newRow("susie") << QStringList{"susie", m_study, "--gene", "GENEA", "--out", path("s.tsv")}
                               << QStringList{"  1 SNV  4 people  "};
        QTest::newRow("saturation") << QStringList{"saturation", m_study,           "--gene", "GENEA",
                                                   "--model",    "demo-cnn",        "--out",  path("sat.tsv"),
                                                   "--region",   "22:20,001-20,001"}
                                    << QStringList{"1 position,"};
        QTest::newRow("summary") << QStringList{"summary", m_study} << QStringList{"of 0 genes with R > 0.2"};
    }
    void isSaidAsOne() {
        QFETCH(QStringList, arguments);
        QFETCH(QStringList, parts);
        const Run run = runProgram(m_folder.path(), arguments);
        QVERIFY2(run.exitCode == 0, qPrintable(run.out + run.err));
        for (const QString& part : parts)
            QVERIFY2(run.out.contains(part), qPrintable(part + QStringLiteral(": ") + run.out));
        static const QRegularExpression wrong(QStringLiteral(
            "\\b1 (genes|SNVs|people|sets|records|places|drivers|positions|missing alleles)\\b"));
        QVERIFY2(!(run.out + run.err).contains(wrong), qPrintable(run.out + run.err));
    }
};

QTEST_GUILESS_MAIN(TestOneOfEach)
#include "tst_one_of_each.moc"
