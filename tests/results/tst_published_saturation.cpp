// SPDX-License-Identifier: GPL-3.0-or-later
// The real Enformer's saturation of the paper's drivers, and what the paper's Table S3 says of it.
#include "results/published_saturation.h"

#include "io/table_writer.h"
#include "stats/coherence.h"
#include "support.h"
#include "table_file.h"

#include <QRegularExpression>

using namespace diploscope;
using namespace diploscope::test;

namespace {

const std::string Header = "#gene_id\tposition\tbackground\tsequence\toffset\tA\tC\tG\tT\n";

/// A driver of which every effect is 1, but for the base that stands there, A.
std::string driver(const std::string& gene, int position) {
    std::string text;
    for (const char* background : {"reference", "variant"})
        for (int offset = -20; offset <= 20; ++offset)
            text += gene + "\t" + std::to_string(position) + "\t" + background + "\tA\t" +
                    std::to_string(offset) + "\t0.0\t1.0\t1\t1e0\n";
    return text;
}

std::string replaced(std::string text, const std::string& what, const std::string& with) {
    const size_t at = text.find(what);
    return at == std::string::npos ? "not there" : text.replace(at, what.size(), with);
}

} // namespace

class TestPublishedSaturation : public QObject {
    Q_OBJECT

    TemporaryFolder m_folder;

private Q_SLOTS:
    void driversAreRead() {
        writeText(m_folder / "good.tsv", Header + driver("G2", 7) + driver("G1", 5) + driver("G2", 9));
        const auto found = readDriverSaturation(m_folder / "good.tsv");
        DS_VERIFY(found);
        QCOMPARE(found->size(), size_t{3});
        QCOMPARE((*found)[0].gene, std::string("G2"));
        QCOMPARE((*found)[0].position, int64_t{6});
        QCOMPARE((*found)[1].gene, std::string("G1"));
        QCOMPARE((*found)[2].position, int64_t{8});
        QCOMPARE((*found)[1].variant.bases, std::string(41, 'A'));
        QCOMPARE((*found)[1].reference.effects.row(40), Eigen::RowVector4d(0, 1, 1, 1));
    }

    void faultsAreTold_data() {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("with");
        QTest::addColumn<QString>("says");
        QTest::newRow("column") << "background"
                                << "back"
                                << "background";
        QTest::newRow("background") << "\tvariant\t"
                                    << "\tmutant\t"
                                    << "`mutant`";
        QTest::newRow("base") << "variant\tA"
                              << "variant\tX"
                              << "`X`";
        QTest::newRow("offset") << "\t-20\t"
                                << "\t-21\t"
                                << "-21";
        QTest::newRow("no offset") << "\t-20\t"
                                   << "\tleft\t"
                                   << "left";
        QTest::newRow("position") << "G1\t5\t"
                                  << "G1\t-9223372036854775808\t"
                                  << "1-based";
        QTest::newRow("twice") << "\t-20\t"
                               << "\t-19\t"
                               << "-19";
        QTest::newRow("missing") << "G1\t5\tvariant\tA\t20\t0.0\t1.0\t1\t1e0\n"
                                 << ""
                                 << "20";
        QTest::newRow("no number") << "1e0"
                                   << "much"
                                   << "much";
        QTest::newRow("no effect") << "1e0"
                                   << "NA"
                                   << "effect";
        QTest::newRow("infinite") << "1e0"
                                  << "inf"
                                  << "";
        QTest::newRow("ragged") << "1e0"
                                << "1\t1"
                                << "";
    }
    void faultsAreTold() {
        QFETCH(const QString, what);
        QFETCH(const QString, with);
        QFETCH(const QString, says);
        writeText(m_folder / "bad.tsv",
                  replaced(Header + driver("G1", 5), what.toStdString(), with.toStdString()));
        const auto found = readDriverSaturation(m_folder / "bad.tsv");
        QVERIFY(!found);
        QCOMPARE(found.error().kind, ErrorKind::BadInput);
        QVERIFY2(found.error().message().find(says.toStdString()) != std::string::npos,
                 found.error().message().c_str());
        QVERIFY(found.error().where.find("bad.tsv") != std::string::npos);
    }

    void emptyAndAbsent() {
        writeText(m_folder / "empty.tsv", Header);
        QCOMPARE(readDriverSaturation(m_folder / "empty.tsv").error().kind, ErrorKind::BadInput);
        QCOMPARE(readDriverSaturation(m_folder / "nowhere.tsv").error().kind, ErrorKind::NotFound);
        QCOMPARE(readLargestAttributions(m_folder / "nowhere.txt").error().kind, ErrorKind::NotFound);
    }

    void largestAttributions() {
        writeText(m_folder / "stats.txt", "ENSG1.4 0.5 2.25 1e-3\nENSG2\t1\t3\t4\n\n");
        const auto found = readLargestAttributions(m_folder / "stats.txt");
        DS_VERIFY(found);
        QCOMPARE(found->size(), size_t{2});
        QCOMPARE(found->at("ENSG1"), 2.25);
        QCOMPARE(found->at("ENSG2"), 3.0);
        for (const char* bad : {"ENSG1 1\n", "ENSG1 1 0 1\n", "ENSG1 1 -2 1\n", "ENSG1 1 x 1\n",
                                "ENSG1 1 NA 1\n", "ENSG1 1 inf 1\n", "ENSG1 1 2 3\nENSG1 1 2 3\n"}) {
            writeText(m_folder / "bad.txt", bad);
            const auto refused = readLargestAttributions(m_folder / "bad.txt");
            QVERIFY2(!refused, bad);
            QCOMPARE(refused.error().kind, ErrorKind::BadInput);
            QVERIFY(refused.error().where.find("line") != std::string::npos);
        }
    }

    /// Every row that the half has in common with the table, on both backgrounds, as text: the table's
    /// numbers are the shortest that read back, as ours. Of its 251 rows 132 are of the half's drivers; none
    /// differs.
    ///
    /// Columns, in the table's order, for the reference and then for the variant: the driver's attribution;
    /// the run through it at 5, 10, 20 and 50 %; the distance to what reaches these; the attribution there,
    /// of two positions the larger in size.
    void tableS3DigitForDigit() {
        DS_SKIP_WITHOUT_SHARED_DATA();
        const std::filesystem::path data = sharedData() / "published";
        if (!std::filesystem::exists(data / "driver_saturation.half.tsv.gz"))
            QSKIP("skipped: no saturation of the paper's drivers in the shared data");
        const auto drivers = readDriverSaturation(data / "driver_saturation.half.tsv.gz");
        DS_VERIFY(drivers);
        QCOMPARE(drivers->size(), size_t{241});
        const auto largest = readLargestAttributions(data / "tss_attribution_stats.txt");
        DS_VERIFY(largest);
        QCOMPARE(largest->size(), size_t{324});

        std::map<std::pair<std::string, int64_t>, QStringList> table;
        const QStringList lines =
            QString::fromUtf8(fileContent(data / "SupplementaryTable3.txt")).split('\n', Qt::SkipEmptyParts);
        for (const QString& line : lines.mid(1)) {
            const QStringList fields = line.split(QRegularExpression("\\s+"), Qt::SkipEmptyParts);
            QCOMPARE(fields.size(), 28);
            table[{fields[0].toStdString(), fields[1].toLongLong()}] = fields.mid(2);
        }
        QCOMPARE(table.size(), size_t{251});

        int rows = 0;
        for (const DriverSaturation& driver : *drivers) {
            const auto published = table.find({driver.gene, driver.position + 1});
            if (published == table.end())
                continue;
            ++rows;
            QVERIFY(largest->contains(driver.gene));
            QStringList found;
            for (const auto* background : {&driver.reference, &driver.variant}) {
                const Coherence own =
                    coherenceOf(attributionsOf(background->effects, largest->at(driver.gene)));
                found.push_back(QString::fromStdString(numberText(own.attribution)));
                for (const int64_t bases : own.basesAtLocus)
                    found.push_back(QString::number(bases));
                for (const int64_t distance : own.distance)
                    found.push_back(QString::number(distance));
                for (const double there : own.attributionAtDistance)
                    found.push_back(QString::fromStdString(numberText(there)));
            }
            QCOMPARE(found, published->second);
        }
        QCOMPARE(rows, 132);
    }
};

QTEST_GUILESS_MAIN(TestPublishedSaturation)
#include "tst_published_saturation.moc"
