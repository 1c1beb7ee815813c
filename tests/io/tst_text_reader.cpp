// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/utf8.h"
#include "io/files.h"
#include "io/text_reader.h"
#include "support.h"

#include <clocale>
#include <cmath>
#include <limits>

using namespace diploscope;
using namespace diploscope::test;

namespace {

/// Every line, or the error that reading ended with.
Result<std::vector<std::string>> linesOf(const std::filesystem::path& file) {
    DS_ASSIGN(TextReader reader, TextReader::open(file));
    std::vector<std::string> lines;
    for (std::string_view line;;) {
        DS_ASSIGN(const bool more, reader.next(line));
        if (!more)
            return lines;
        lines.emplace_back(line);
    }
}

std::string numberedLines(int count) {
    std::string text;
    for (int i = 0; i < count; ++i)
        text += "line " + std::to_string(i * 7919 % 100003) + " of the table\n";
    return text;
}

} // namespace

class TestTextReader : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void givesALineAgain() {
        const TemporaryFolder folder;
        writeText(folder / "t.txt", "one\nG\xC9\r\nlast");
        auto reader = TextReader::open(folder / "t.txt");
        DS_VERIFY(reader);
        std::string_view line;
        for (const char* expected : {"one", "G\xEF\xBF\xBD", "last"})
            for (int time = 0; time < 2; ++time) {
                QVERIFY(*reader->next(line));
                QCOMPARE(line, std::string_view(expected));
                if (time == 0)
                    reader->giveAgain();
            }
        QCOMPARE(reader->lineNumber(), int64_t(3));
        QVERIFY(!*reader->next(line));
    }

    void readsLines_data() {
        using Lines = std::vector<std::string>;
        QTest::addColumn<std::string>("text");
        QTest::addColumn<Lines>("expected");
        QTest::newRow("unix") << std::string("a\nb\n") << Lines{"a", "b"};
        QTest::newRow("no line end at the end") << std::string("a\nb") << Lines{"a", "b"};
        QTest::newRow("windows") << std::string("a\tb\r\nc\r\n") << Lines{"a\tb", "c"};
        QTest::newRow("windows, cut after CR") << std::string("a\r\nb\r") << Lines{"a", "b"};
        QTest::newRow("blank lines kept") << std::string("a\n\n\nb\n") << Lines{"a", "", "", "b"};
        QTest::newRow("only a line end") << std::string("\n") << Lines{""};
        QTest::newRow("byte order mark") << std::string("\xEF\xBB\xBFgene\tx\n") << Lines{"gene\tx"};
        QTest::newRow("carriage return inside") << std::string("a\rb\n") << Lines{"a\rb"};
        QTest::newRow("two carriage returns") << std::string("a\r\r\nb\r\n") << Lines{"a", "b"};
        QTest::newRow("Latin-1") << std::string("GEN\xC9\tx\nB\n") << Lines{"GEN\xEF\xBF\xBD\tx", "B"};
        QTest::newRow("UTF-8") << std::string("GEN\xC3\x89\n") << Lines{"GEN\xC3\x89"};
    }
    void readsLines() {
        QFETCH(std::string, text);
        QFETCH(std::vector<std::string>, expected);
        const TemporaryFolder folder;
        writeText(folder / "plain.txt", text);
        writeThrough("gzip", folder / "text.gz", text);
        writeThrough("bgzip", folder / "block.gz", text);
        for (const char* name : {"plain.txt", "text.gz", "block.gz"}) {
            const auto lines = linesOf(folder / name);
            DS_VERIFY(lines);
            QCOMPARE(*lines, expected);
        }
    }

    /// Lines that lie across the reader's chunks and across gzip members, and one much longer than a chunk.
    void readsAcrossChunks() {
        const TemporaryFolder folder;
        const std::string many = numberedLines(200000);
        const std::string text = many + std::string(3000000, 'x') + "\nlast";
        writeText(folder / "plain.txt", text);
        writeThrough("bgzip", folder / "block.gz", text);
        writeThrough("gzip", folder / "first.gz", many.substr(0, 1000003));
        writeThrough("gzip", folder / "second.gz", text.substr(1000003));
        writeText(folder / "members.gz", "");
        std::ofstream joined(folder / "members.gz", std::ios::binary);
        for (const char* name : {"first.gz", "second.gz"})
            joined << std::ifstream(folder / name, std::ios::binary).rdbuf();
        joined.close();
        for (const char* name : {"plain.txt", "block.gz", "members.gz"}) {
            const auto lines = linesOf(folder / name);
            DS_VERIFY(lines);
            QCOMPARE(lines->size(), size_t(200002));
            QCOMPARE(lines->at(199999), "line " + std::to_string(199999LL * 7919 % 100003) + " of the table");
            QCOMPARE(lines->at(200000).size(), size_t(3000000));
            QCOMPARE(lines->back(), std::string("last"));
        }
    }

    void countsLines() {
        const TemporaryFolder folder;
        writeText(folder / "t.txt", "a\n\nb\n");
        auto reader = TextReader::open(folder / "t.txt");
        DS_VERIFY(reader);
        QCOMPARE(reader->lineNumber(), int64_t(0));
        std::string_view line;
        for (int i = 0; i < 3; ++i)
            QVERIFY(*reader->next(line));
        QCOMPARE(reader->lineNumber(), int64_t(3));
        QCOMPARE(reader->where(), (folder / "t.txt").string() + ", line 3");
        QVERIFY(!*reader->next(line));
        QVERIFY(!*reader->next(line)); // asking again stays at the end
    }

    void refuses_data() {
        QTest::addColumn<QString>("make");
        QTest::addColumn<int>("kind");
        QTest::newRow("missing") << "missing" << int(ErrorKind::NotFound);
        QTest::newRow("folder") << "folder" << int(ErrorKind::BadInput);
        QTest::newRow("empty") << "empty" << int(ErrorKind::BadInput);
        QTest::newRow("gzip of nothing") << "empty gzip" << int(ErrorKind::BadInput);
        QTest::newRow("bgzip of nothing") << "empty bgzip" << int(ErrorKind::BadInput);
        QTest::newRow("gzip cut off") << "cut gzip" << int(ErrorKind::BadInput);
        QTest::newRow("gzip without its checksum") << "cut gzip tail" << int(ErrorKind::BadInput);
        QTest::newRow("bgzip cut in a block") << "cut bgzip" << int(ErrorKind::BadInput);
        QTest::newRow("bgzip cut between blocks") << "cut bgzip marker" << int(ErrorKind::BadInput);
        QTest::newRow("gzip with a flipped bit") << "flipped gzip" << int(ErrorKind::BadInput);
        QTest::newRow("bgzip with a flipped bit") << "flipped bgzip" << int(ErrorKind::BadInput);
        QTest::newRow("binary") << "binary" << int(ErrorKind::BadInput);
        QTest::newRow("UTF-16") << "utf16" << int(ErrorKind::BadInput);
        QTest::newRow("UTF-16 without its mark") << "utf16 bare" << int(ErrorKind::BadInput);
        QTest::newRow("lines end with CR alone") << "mac" << int(ErrorKind::BadInput);
    }
    void refuses() {
        QFETCH(QString, make);
        QFETCH(int, kind);
        const TemporaryFolder folder;
        const std::filesystem::path file = folder / "file.gz";
        const std::string text = numberedLines(30000);
        const auto flip = [&] {
            std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
            stream.seekp(static_cast<std::streamoff>(std::filesystem::file_size(file) / 2));
            stream.write("\x5A\x5A\x5A\x5A", 4);
        };
        if (make == "folder")
            std::filesystem::create_directory(file);
        else if (make == "empty")
            writeText(file, "");
        else if (make == "binary")
            writeText(file, std::string("PK\3\4\0\0xlsx", 10));
        else if (make == "utf16")
            writeText(file, std::string("\xFF\xFEg\0e\0n\0e\0\n\0", 12));
        else if (make == "utf16 bare")
            writeText(file, std::string("g\0e\0n\0e\0\n\0", 10));
        else if (make == "mac")
            writeText(file, "gene_id\tHG1\rA\t1\r");
        else if (make.endsWith("bgzip") || make.contains("bgzip "))
            writeThrough("bgzip", file, make.startsWith("empty") ? "" : text);
        else if (make.contains("gzip"))
            writeThrough("gzip", file, make.startsWith("empty") ? "" : text);
        if (make == "cut bgzip marker")
            cutTo(file, -28);
        else if (make == "cut gzip tail")
            cutTo(file, -4);
        else if (make.startsWith("cut"))
            cutTo(file, static_cast<std::intmax_t>(std::filesystem::file_size(file) / 2));
        if (make.startsWith("flipped"))
            flip();

        const auto lines = linesOf(file);
        QVERIFY(!lines);
        QCOMPARE(int(lines.error().kind), kind);
        QVERIFY(lines.error().where.find(file.string()) != std::string::npos);
        QVERIFY(!lines.error().what.empty());
        QVERIFY(!lines.error().remedy.empty());
        if (make.startsWith("utf16"))
            QVERIFY2(lines.error().what.find("UTF-16") != std::string::npos, lines.error().what.c_str());
    }

    /// As Unicode's table 3-7 has well-formed UTF-8; each other byte becomes one replacement character.
    void validatesUtf8_data() {
        QTest::addColumn<std::string>("bytes");
        QTest::addColumn<std::string>("expected");
        const std::string bad = "\xEF\xBF\xBD";
        QTest::newRow("ASCII") << std::string("a long enough ASCII text")
                               << std::string("a long enough ASCII text");
        QTest::newRow("two, three, four bytes") << std::string("\xC3\xA9\xE2\x82\xAC\xF0\x9F\xA7\xAC")
                                                << std::string("\xC3\xA9\xE2\x82\xAC\xF0\x9F\xA7\xAC");
        QTest::newRow("Latin-1 behind many letters")
            << std::string("0123456789Jos\xE9") << "0123456789Jos" + bad;
        QTest::newRow("cut within") << std::string("a\xE2\x82") << "a" + bad + bad;
        QTest::newRow("continuation alone") << std::string("\x80x") << bad + "x";
        QTest::newRow("overlong") << std::string("\xC0\xAF\xE0\x80\xAF") << bad + bad + bad + bad + bad;
        QTest::newRow("surrogate") << std::string("\xED\xA0\x80") << bad + bad + bad;
        QTest::newRow("beyond the last")
            << std::string("\xF4\x90\x80\x80\xFF") << bad + bad + bad + bad + bad;
        QTest::newRow("nothing") << std::string() << std::string();
    }
    void validatesUtf8() {
        QFETCH(std::string, bytes);
        QFETCH(std::string, expected);
        QCOMPARE(validUtf8(bytes), expected);
        QCOMPARE(isUtf8(bytes), bytes == expected);
        QVERIFY(isUtf8(expected));
        QCOMPARE(QString::fromUtf8(expected.data(), qsizetype(expected.size())).toStdString(), expected);
    }

    void readsFromMemory() {
        TextReader reader = TextReader::ofText("\xEF\xBB\xBF"
                                               "a\nb",
                                               "head.txt");
        std::string_view line;
        QVERIFY(*reader.next(line));
        QCOMPARE(std::string(line), std::string("a"));
        QVERIFY(*reader.next(line));
        QCOMPARE(reader.where(), std::string("head.txt, line 2"));
        QVERIFY(!*reader.next(line));
    }

    void splits_data() {
        using Parts = std::vector<std::string>;
        QTest::addColumn<std::string>("line");
        QTest::addColumn<char>("separator");
        QTest::addColumn<Parts>("expected");
        QTest::newRow("tabs") << std::string("a\tb\t\tc") << '\t' << Parts{"a", "b", "", "c"};
        QTest::newRow("empty ends") << std::string("\ta\t") << '\t' << Parts{"", "a", ""};
        QTest::newRow("nothing") << std::string() << '\t' << Parts{""};
        QTest::newRow("quotes kept in TSV") << std::string("\"a\"\tb") << '\t' << Parts{"\"a\"", "b"};
        QTest::newRow("quoted comma")
            << std::string("\"CAGE:brain, adult\",0.5") << ',' << Parts{"CAGE:brain, adult", "0.5"};
        QTest::newRow("quoted quote") << std::string("\"a\"\"b\",c") << ',' << Parts{"a\"\"b", "c"};
        QTest::newRow("quoted last") << std::string("1,\"x,y\"") << ',' << Parts{"1", "x,y"};
        QTest::newRow("empty CSV ends") << std::string(",a,") << ',' << Parts{"", "a", ""};
        QTest::newRow("spaces round fields") << std::string(" a \tb ") << '\t' << Parts{"a", "b"};
        QTest::newRow("spaces in CSV") << std::string("a, b ,\"c \", d") << ',' << Parts{"a", "b", "c ", "d"};
        QTest::newRow("quote never closed") << std::string("\"a,b") << ',' << Parts{"a,b"};
    }
    void splits() {
        QFETCH(std::string, line);
        QFETCH(char, separator);
        QFETCH(std::vector<std::string>, expected);
        std::vector<std::string_view> fields{"left over"};
        splitFields(line, separator, fields);
        QCOMPARE(std::vector<std::string>(fields.begin(), fields.end()), expected);
    }

    void rowsHaveAField() {
        std::vector<std::string_view> fields;
        for (const char separator : {' ', '\t', ','})
            for (const char* blank : {"", "\r", " \r "}) {
                splitRow(blank, separator, fields);
                QCOMPARE(fields, std::vector<std::string_view>{""});
            }
    }

    void parsesNumbers_data() {
        QTest::addColumn<std::string>("text");
        QTest::addColumn<bool>("isNumber");
        QTest::addColumn<double>("expected");
        const double missing = std::numeric_limits<double>::quiet_NaN();
        const double infinite = std::numeric_limits<double>::infinity();
        QTest::newRow("integer") << std::string("42") << true << 42.0;
        QTest::newRow("plus") << std::string("+1.5") << true << 1.5;
        QTest::newRow("exponent") << std::string("-2.5E-3") << true << -0.0025;
        QTest::newRow("all digits") << std::string("0.1000000000000000055511151231257827") << true << 0.1;
        QTest::newRow("denormal") << std::string("4.9e-324") << true << 4.9e-324;
        QTest::newRow("below the smallest") << std::string("1e-400") << true << 0.0;
        QTest::newRow("below, without exponent") << "0." + std::string(400, '0') + "1" << true << 0.0;
        QTest::newRow("above the largest") << std::string("-1e400") << true << -infinite;
        for (const char* text : {"", "NA", "NaN", "nan", "."})
            QTest::newRow(*text == '\0' ? "empty" : text) << std::string(text) << true << missing;
        for (const char* text :
             {"1,5", "abc", "1 ", " 1", "1x", "--1", "+", "+-1", "+NA", "0x10", "1e", "N/A"})
            QTest::newRow(text) << std::string(text) << false << 0.0;
    }
    void parsesNumbers() {
        QFETCH(std::string, text);
        QFETCH(bool, isNumber);
        QFETCH(double, expected);
        double value = 0;
        QCOMPARE(parseNumber(text, value), isNumber);
        if (isNumber)
            QVERIFY(std::isnan(expected) ? std::isnan(value) : value == expected);
    }

    void parsesIntegers() {
        int64_t value = 0;
        QVERIFY(parseInteger("-17", value));
        QCOMPARE(value, int64_t(-17));
        QVERIFY(parseInteger("+9007199254740993", value));
        QCOMPARE(value, int64_t(9007199254740993));
        for (const char* text : {"", "+", "+-1", "1.0", "1e3", "12a", "99999999999999999999", "NA"})
            QVERIFY2(!parseInteger(text, value), text);
    }
};

QTEST_GUILESS_MAIN(TestTextReader)
#include "tst_text_reader.moc"
