// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/table_writer.h"
#include "io/text_reader.h"
#include "support.h"

#include <algorithm>
#include <clocale>
#include <cmath>
#include <limits>
#include <random>

using namespace diploscope;
using namespace diploscope::test;

class TestTableWriter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void writesNumbers_data() {
        QTest::addColumn<double>("value");
        QTest::addColumn<std::string>("expected");
        QTest::newRow("whole") << 3.0 << std::string("3");
        QTest::newRow("tenth") << 0.1 << std::string("0.1");
        QTest::newRow("sum that is no tenth") << 0.1 + 0.2 << std::string("0.30000000000000004");
        QTest::newRow("small p") << 1e-300 << std::string("1e-300");
        QTest::newRow("missing") << std::nan("") << std::string("NA");
        QTest::newRow("infinite") << -std::numeric_limits<double>::infinity() << std::string("-inf");
    }
    void writesNumbers() {
        QFETCH(double, value);
        QFETCH(std::string, expected);
        QCOMPARE(numberText(value), expected);
    }

    /// Every double must come back as itself, in a locale with decimal commas too.
    void roundTrips() {
        const char* locale = std::setlocale(LC_ALL, "de_DE.UTF-8");
        if (locale == nullptr)
            qInfo("the locale de_DE.UTF-8 is not installed; checked in the default one");
        std::mt19937_64 random(7);
        for (int i = 0; i < 20000; ++i) {
            const uint64_t bits = random();
            double value = 0;
            static_assert(sizeof bits == sizeof value);
            std::memcpy(&value, &bits, sizeof value);
            if (!std::isfinite(value))
                continue;
            double back = 0;
            QVERIFY(parseNumber(numberText(value), back));
            QVERIFY(back == value);
        }
        std::setlocale(LC_ALL, "C");
    }

    /// What a spreadsheet would run stays text; numbers, strands and alleles are left alone.
    void formulasStayText_data() {
        QTest::addColumn<std::string>("text");
        QTest::addColumn<std::string>("expected");
        for (const char* text :
             {"=1+1", "=HYPERLINK(\"http://x\")", "+cmd|' /C calc'!A0", "-2+3+cmd", "@SUM(A1)"})
            QTest::newRow(text) << std::string(text) << "'" + std::string(text);
        for (const char* text :
             {"+", "-", "-9", "+1.5", "-1e-5", "GENE=A", "A-B", "", "<DEL>", "*", "=", "HLA-A"})
            QTest::newRow(*text == '\0' ? "empty" : text) << std::string(text) << std::string(text);
        QTest::newRow("behind a tab") << std::string("\t=1+1") << std::string("' =1+1");
        QTest::newRow("Latin-1") << std::string("G\xE9n") << std::string("G\xEF\xBF\xBDn");
        QTest::newRow("lines") << std::string("a\r\nb") << std::string("a  b");
    }
    void formulasStayText() {
        QFETCH(std::string, text);
        QFETCH(std::string, expected);
        TableWriter table({"x", text + "y"});
        table.row().cell(text).cell(-1.5);
        const std::string written = table.text();
        QVERIFY(written.ends_with("\n" + expected + "\t-1.5\n"));
        QCOMPARE(std::count(written.begin(), written.end(), '\n'), 2);
        QVERIFY(written.starts_with("x\t"));
        QVERIFY(std::string("=@").find(written[2]) == std::string::npos);
    }

    void writesTable() {
        TableWriter table({"gene", "r", "n", "main", "p"});
        table.comment("study", "a\tb\nc");
        table.row().cell("G1").cell(0.5).cell(12).cell(true).cell(std::optional<double>());
        table.row()
            .cell(std::string("G\t2"))
            .cell(std::nan(""))
            .cell(int64_t(-3))
            .cell(false)
            .cell(std::optional<double>(1e-9));
        const std::string expected = "# study: a b c\n"
                                     "gene\tr\tn\tmain\tp\n"
                                     "G1\t0.5\t12\ttrue\tNA\n"
                                     "G 2\tNA\t-3\tfalse\t1e-09\n";
        QCOMPARE(table.text(), expected);

        const TemporaryFolder folder;
        for (const char* name : {"deep/er/table.tsv", "deep/er/table.tsv.gz"}) {
            DS_VERIFY(table.writeTo(folder / name));
            auto reader = TextReader::open(folder / name); // which also checks the end marker of bgzip
            DS_VERIFY(reader);
            std::string text;
            for (std::string_view line; *reader->next(line);)
                text += std::string(line) + "\n";
            QCOMPARE(text, expected);
        }
        std::ifstream stream(folder / "deep/er/table.tsv.gz", std::ios::binary);
        QCOMPARE(stream.get(), 0x1f);
        QCOMPARE(std::distance(std::filesystem::directory_iterator(folder / "deep/er"), {}),
                 2); // no leftovers
    }

    void writesHeaderAlone() { QCOMPARE(TableWriter({"a", "b"}).text(), std::string("a\tb\n")); }

    void refusesUnwritable() {
        const TemporaryFolder folder;
        writeText(folder / "file", "x");
        for (const char* name : {"file/table.tsv", "file/table.tsv.gz"}) {
            const auto written = TableWriter({"a"}).writeTo(folder / name);
            QVERIFY(!written);
            QCOMPARE(written.error().kind, ErrorKind::Io);
            QVERIFY(!written.error().remedy.empty());
        }
    }
};

QTEST_GUILESS_MAIN(TestTableWriter)
#include "tst_table_writer.moc"
