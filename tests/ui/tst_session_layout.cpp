// SPDX-License-Identifier: GPL-3.0-or-later
// How tracks are arranged and which regions are marked, in a session's file.
#include "document/session_file.h"
#include "support.h"

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;
namespace fs = std::filesystem;

class TestSessionLayout : public QObject {
    Q_OBJECT

private:
    TemporaryFolder m_folder;
    fs::path m_file = m_folder / "mine.diploscope.json";

private Q_SLOTS:
    void defaultsAreLeftOut() {
        writeText(m_file, R"({"session": 1, "study": "a", "tracks": {"order": [{"track": "ism"}]},
                              "regions": [{"contig": "1", "first": 5, "last": 5}]})");
        const auto read = readSession(m_file);
        DS_VERIFY(read);
        QVERIFY((read->tracks.places == std::vector<LocusLayout::Place>{{"ism", 1, true}}));
        QVERIFY(read->regions.front().region == (Region{"1", 4, 5}));
        writeText(m_file, R"({"session": 1, "study": "a"})");
        QVERIFY(readSession(m_file)->tracks == LocusLayout{});
    }

    void filesMoveWithTheSession() {
        Document document;
        document.study = m_folder / "a.study.json";
        document.tracks.files = {m_folder / "sub" / "peaks.bed"};
        document.tracks.motifs = {m_folder / "m.meme"};
        DS_VERIFY(writeSession(document, m_file));
        fs::create_directories(m_folder / "other");
        fs::copy_file(m_file, m_folder / "other" / "mine.diploscope.json");
        const auto read = readSession(m_folder / "other" / "mine.diploscope.json");
        DS_VERIFY(read);
        QVERIFY((read->tracks.files == std::vector<fs::path>{m_folder / "other" / "sub" / "peaks.bed"}));
        QVERIFY((read->tracks.motifs == std::vector<fs::path>{m_folder / "other" / "m.meme"}));
    }

    /// Which JSON cannot hold: another file would be named.
    void oddNamesAreRefused() {
        Document document;
        document.study = m_folder / "a.study.json";
        document.tracks.files = {m_folder / "\xff.bed"};
        const auto written = writeSession(document, m_folder / "odd.diploscope.json");
        QVERIFY(!written && written.error().kind == ErrorKind::Unsupported);
        QVERIFY(!fs::exists(m_folder / "odd.diploscope.json"));
    }

    void badFiles_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("said");
        const auto with = [](const char* more) {
            return QStringLiteral(R"({"session": 1, "study": "a.study.json", %1})")
                .arg(QString::fromLatin1(more));
        };
        QTest::newRow("tracks a list") << with("\"tracks\": []") << QStringLiteral("`tracks`");
        QTest::newRow("tracks' order")
            << with("\"tracks\": {\"order\": {}}") << QStringLiteral("`tracks.order`");
        QTest::newRow("a track without name") << with("\"tracks\": {\"order\": [{\"height\": 1}]}")
                                              << QStringLiteral("`tracks.order[0].track`");
        for (const char* height : {"0", "-1", "1e9", "\"high\""})
            QTest::addRow("height %s", height)
                << with("\"tracks\": {\"order\": [{\"track\": \"ism\", \"height\": %1}]}")
                       .arg(QString::fromLatin1(height))
                << QStringLiteral("`tracks.order[0].height`");
        QTest::newRow("haplotypes' order")
            << with("\"tracks\": {\"haplotypes\": \"size\"}") << QStringLiteral("`tracks.haplotypes`");
        QTest::newRow("tracks' files")
            << with("\"tracks\": {\"files\": [\"\"]}") << QStringLiteral("`tracks.files`");
        QTest::newRow("regions an object") << with("\"regions\": {}") << QStringLiteral("`regions`");
        QTest::newRow("a region backwards")
            << with("\"regions\": [{\"contig\": \"1\", \"first\": 5, \"last\": 4}]")
            << QStringLiteral("`regions[0].last`");
        QTest::newRow("references a list") << with("\"references\": []") << QStringLiteral("`references`");
        QTest::newRow("a reference of none")
            << with("\"references\": {\"ld\": [\"rs1\"]}") << QStringLiteral("`references.ld`");
        QTest::newRow("given several")
            << with("\"references\": {\"given\": [\"22:120:A:G\"]}") << QStringLiteral("`references.given`");
        QStringList many;
        for (int i = 1; i <= 21; ++i)
            many << QStringLiteral("\"22:%1:A:G\"").arg(i);
        QTest::newRow("more references than looks")
            << with(qPrintable(
                   QStringLiteral("\"references\": {\"ld\": [%1]}").arg(many.join(QLatin1Char(',')))))
            << QStringLiteral("`references.ld`");
        QTest::newRow("a region nowhere")
            << with("\"regions\": [{\"first\": 5, \"last\": 9}]") << QStringLiteral("`regions[0].contig`");
    }
    void badFiles() {
        QFETCH(QString, text);
        QFETCH(QString, said);
        writeText(m_file, text.toStdString());
        const auto read = readSession(m_file);
        QVERIFY(!read);
        QCOMPARE(read.error().kind, ErrorKind::BadInput);
        const QString where = QString::fromStdString(read.error().where);
        QVERIFY2(where.contains(said), qPrintable(where));
    }
};

QTEST_GUILESS_MAIN(TestSessionLayout)
#include "tst_session_layout.moc"
