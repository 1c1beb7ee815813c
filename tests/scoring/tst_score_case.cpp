// SPDX-License-Identifier: GPL-3.0-or-later
#include "scoring/score_case.h"
#include "support.h"

#include <sys/stat.h>

#include <unistd.h>

using namespace diploscope;
using namespace diploscope::test;

namespace {
ModelInfo model() {
    ModelInfo info;
    info.binCount = 3;
    info.trackCount = 5;
    info.defaultOutput = {{1}, {4}, Aggregate::Sum};
    return info;
}
} // namespace

class TestScoreCase : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsSequences_data();
    void readsSequences();
    void refusesSequences_data();
    void refusesSequences();
    void readsTheSequenceFromAPipeOfTheShell();
    void readsCases();
    void readsTheSharedCase();
    void refusesCases_data();
    void refusesCases();
};

void TestScoreCase::readsSequences_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("plain") << QByteArray("ACGTNACG");
    QTest::newRow("lines") << QByteArray("ACGT\nNACG\n");
    QTest::newRow("FASTA") << QByteArray(">chr1 any words\nACGT\nNACG\n");
    QTest::newRow("CRLF") << QByteArray(">chr1\r\nACGT\r\nNACG\r\n");
    QTest::newRow("spaces") << QByteArray("ACGT NACG");
}

void TestScoreCase::readsSequences() {
    QFETCH(QByteArray, text);
    TemporaryFolder folder;
    writeText(folder / "s.txt", text.toStdString());
    const auto bases = readSequenceFile(folder / "s.txt");
    DS_VERIFY(bases);
    QCOMPARE(*bases, std::string("ACGTNACG"));
}

void TestScoreCase::refusesSequences_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("says");
    QTest::newRow("empty") << QByteArray("") << "no bases";
    QTest::newRow("header alone") << QByteArray(">chr1\n") << "no bases";
    QTest::newRow("two records") << QByteArray(">a\nACGT\n>b\nACGT\n") << "line 3";
    QTest::newRow("record after bases") << QByteArray("ACGT\n>b\nACGT\n") << "line 2";
    QTest::newRow("no base") << QByteArray(">a\nACGT\nAC1T\n") << "line 3";
    QTest::newRow("binary") << QByteArray("\x1f\x8b\x08\x00", 4) << "no base";
}

void TestScoreCase::refusesSequences() {
    QFETCH(QByteArray, text);
    QFETCH(QString, says);
    TemporaryFolder folder;
    writeText(folder / "s.txt", text.toStdString());
    const auto bases = readSequenceFile(folder / "s.txt");
    QVERIFY(!bases);
    QCOMPARE(bases.error().kind, ErrorKind::BadInput);
    QVERIFY2(QString::fromStdString(bases.error().message()).contains(says), bases.error().message().c_str());
}

/// What becomes of `--sequence <(command)`; a pipe with a name need not have a writer, and is refused.
void TestScoreCase::readsTheSequenceFromAPipeOfTheShell() {
    int ends[2] = {};
    QCOMPARE(pipe(ends), 0);
    const std::string text = ">chr1\nACGT\nNACG\n";
    QCOMPARE(write(ends[1], text.data(), text.size()), ssize_t(text.size()));
    close(ends[1]);
    const auto bases = readSequenceFile("/dev/fd/" + std::to_string(ends[0]));
    close(ends[0]);
    DS_VERIFY(bases);
    QCOMPARE(*bases, std::string("ACGTNACG"));
    const TemporaryFolder folder;
    QCOMPARE(mkfifo((folder / "pipe").c_str(), 0600), 0);
    const auto refused = readSequenceFile(folder / "pipe");
    QVERIFY(!refused);
    QCOMPARE(refused.error().what, std::string("A file was expected, but this is a pipe."));
}

void TestScoreCase::readsCases() {
    TemporaryFolder folder;
    writeText(folder / "c.json",
              R"({"edits":[{"offset":1,"ref":"c","alt":"T"},{"offset":0,"ref":"A","alt":"A"},
        {"offset":4,"ref":"N","alt":"G"},{"offset":2,"ref":"GT","alt":"G"}],"tracks":[3,0],"a note":{"x":1}})");
    const auto request = readScoreCase(folder / "c.json", "ACGTNACG", model());
    DS_VERIFY(request);
    QCOMPARE(request->edits.size(), size_t{4});
    QVERIFY(request->edits[0] == (EditList{{1, 1, "T"}}));
    QVERIFY(request->edits[1].empty()); // alt is ref: the reference
    QVERIFY(request->edits[2] == (EditList{{4, 1, "G"}}));
    QVERIFY(request->edits[3] == (EditList{{2, 2, "G"}}));
    QCOMPARE(request->output.tracks, (std::vector<int>{3, 0}));
    QCOMPARE(request->output.bins, std::vector<int>{1}); // the model's default
}

void TestScoreCase::readsTheSharedCase() {
    DS_SKIP_WITHOUT_SHARED_DATA();
    const std::filesystem::path folder = sharedData() / "enformer_parity" / "small";
    const auto bases = readSequenceFile(folder / "sequence.txt");
    DS_VERIFY(bases);
    QCOMPARE(bases->size(), size_t{16384});
    ModelInfo info;
    info.binCount = 64;
    info.trackCount = 12;
    const auto request = readScoreCase(folder / "case.json", *bases, info);
    DS_VERIFY(request);
    QCOMPARE(request->edits.size(), size_t{7});
    QCOMPARE(request->output.text(), std::string("bins 31,32,33; tracks 0,3,7,11; sum"));
}

void TestScoreCase::refusesCases_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("says");
    QTest::newRow("no JSON") << QByteArray("{") << "not valid JSON";
    QTest::newRow("deep nesting") << QByteArray(200'000, '[') << "more than 64 deep";
    QTest::newRow("number beyond any") << QByteArray(R"({"edits":[{"offset":1e400}]})") << "1e400";
    QTest::newRow("a key twice") << QByteArray(R"({"edits":[],"edits":[]})") << "more than once";
    QTest::newRow("null for a list") << QByteArray(R"({"edits":null})") << "list of edits";
    QTest::newRow("null for a text") << QByteArray(R"({"edits":[{"offset":1,"ref":null,"alt":"T"}]})")
                                     << "Expected a text, found null";
    QTest::newRow("a list") << QByteArray("[]") << "Expected an object";
    QTest::newRow("no edits") << QByteArray("{}") << "list of edits";
    QTest::newRow("other ref") << QByteArray(R"({"edits":[{"offset":1,"ref":"A","alt":"T"}]})")
                               << "sequence has C at offset 1";
    QTest::newRow("ref beyond the end")
        << QByteArray(R"({"edits":[{"offset":7,"ref":"GA","alt":"T"}]})") << "edits[0]";
    QTest::newRow("offset beyond the end")
        << QByteArray(R"({"edits":[{"offset":8,"ref":"A","alt":"T"}]})") << "edits[0].offset";
    QTest::newRow("negative offset") << QByteArray(R"({"edits":[{"offset":-1,"ref":"A","alt":"T"}]})")
                                     << "-1";
    QTest::newRow("no alt") << QByteArray(R"({"edits":[{"offset":0,"ref":"A"}]})") << "edits[0].alt";
    QTest::newRow("symbolic alt") << QByteArray(R"({"edits":[{"offset":0,"ref":"A","alt":"<DEL>"}]})")
                                  << "<DEL>";
    QTest::newRow("misspelt key") << QByteArray(R"({"edits":[{"ofset":0,"ref":"A","alt":"C"}]})") << "offset";
    QTest::newRow("bin too many") << QByteArray(R"({"edits":[],"bins":[3]})") << "from 0 to 2";
}

void TestScoreCase::refusesCases() {
    QFETCH(QByteArray, text);
    QFETCH(QString, says);
    TemporaryFolder folder;
    writeText(folder / "c.json", text.toStdString());
    const auto request = readScoreCase(folder / "c.json", "ACGTNACG", model());
    QVERIFY(!request);
    QVERIFY(request.error().kind == ErrorKind::BadInput || request.error().kind == ErrorKind::Mismatch);
    QVERIFY2(QString::fromStdString(request.error().message()).contains(says),
             request.error().message().c_str());
    QVERIFY(request.error().where.find("c.json") != std::string::npos);
}

QTEST_GUILESS_MAIN(TestScoreCase)
#include "tst_score_case.moc"
