// SPDX-License-Identifier: GPL-3.0-or-later
// The window's state as a file: a session, and what is left of one that ended.
#include "base/atomic_file.h"
#include "document/session_file.h"
#include "support.h"
#include "whole_document.h"

#include <QProcess>

#include <fmt/format.h>

#include <unistd.h>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;
namespace fs = std::filesystem;

class TestSessionFile : public QObject {
    Q_OBJECT

    TemporaryFolder m_folder;
    fs::path m_file = m_folder / "work" / "mine.diploscope.json";

    Document whole() const { return wholeDocument(m_folder.path()); }
    std::string textOf(const fs::path& file) const { return readWholeFile(file).value(); }
    /// Of a session whose other keys are good.
    void writeWith(const std::string& more) const {
        writeText(m_file, "{\"session\": 1, \"study\": \"a.study.json\"" + more + "}");
    }

private Q_SLOTS:
    void aSessionIsReadAsItWasWritten() {
        const Document document = whole();
        DS_VERIFY(writeSession(document, m_file));
        const Result<Document> read = readSession(m_file);
        DS_VERIFY(read);
        QCOMPARE(read->study, document.study);
        QCOMPARE(read->model, document.model);
        QVERIFY(read->scores == document.scores);
        QVERIFY(read->tracks == document.tracks);
        QVERIFY(read->region == document.region); // to the last bit: the same picture
        QVERIFY(read->selected == document.selected);
        QVERIFY(*read == document);

        const std::string text = textOf(m_file); // sets have no order, files have one
        QVERIFY2(text.find("\"ENSG1.3\"") < text.find("\"ENSG2\""), text.c_str());

        Document least;
        least.study = m_folder / "my.study.json";
        DS_VERIFY(writeSession(least, m_file));
        QVERIFY(textOf(m_file).find("genome") == std::string::npos); // programs before read it
        const Result<Document> again = readSession(m_file);
        DS_VERIFY(again);
        QVERIFY(*again == least);
    }

    void itMovesWithItsData() {
        DS_VERIFY(writeSession(whole(), m_file));
        const std::string text = textOf(m_file);
        QVERIFY2(text.find("\"../data/my.study.json\"") != std::string::npos, text.c_str());
        QVERIFY2(text.find("\"./xpresso\"") != std::string::npos, text.c_str());
        QVERIFY2(text.find(m_folder.path().string()) == std::string::npos, text.c_str());
        const fs::path moved = m_folder / "elsewhere" / "deep" / "work" / "mine.diploscope.json";
        fs::create_directories(moved.parent_path());
        fs::copy_file(m_file, moved);
        const Result<Document> read = readSession(moved);
        DS_VERIFY(read);
        QCOMPARE(read->study, m_folder / "elsewhere" / "deep" / "data" / "my.study.json");
        QCOMPARE(read->model, (m_folder / "elsewhere" / "deep" / "work" / "xpresso").string());
        const std::optional<ScoreRequest> asked = read->scores.of("demo-cnn"); // a name is a name
        QVERIFY(asked);
        QCOMPARE(asked->head, m_folder / "elsewhere" / "deep" / "work" / "head.csv");
    }

    void aModelGivenFromTheCurrentFolderIsThatFolder() {
        const fs::path before = fs::current_path();
        fs::create_directories(m_folder / "here" / "models" / "net");
        fs::current_path(m_folder / "here");
        Document document = whole();
        document.model = "models/net";
        const Result<void> written = writeSession(document, m_file);
        fs::current_path(before);
        DS_VERIFY(written);
        QCOMPARE(readSession(m_file)->model, (m_folder / "here" / "models" / "net").string());
    }

    void badFiles_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("said");
        const auto with = [](const char* more) {
            return QStringLiteral(R"({"session": 1, "study": "a.study.json", %1})")
                .arg(QString::fromLatin1(more));
        };
        QTest::newRow("empty") << QString() << QStringLiteral("line 1");
        QTest::newRow("no object") << QStringLiteral("[1]") << QStringLiteral("Expected an object");
        QTest::newRow("cut off") << QStringLiteral("{\"session\": 1, ") << QStringLiteral("line 1");
        QTest::newRow("deep") << QString(10000, QLatin1Char('[')) << QStringLiteral("mine.diploscope.json");
        QTest::newRow("no format") << QStringLiteral("{\"study\": \"a\"}") << QStringLiteral("`session`");
        QTest::newRow("newer") << QStringLiteral(R"({"session": 2, "study": 7, "hologram": {}})")
                               << QStringLiteral("newer version");
        QTest::newRow("far newer") << QStringLiteral(R"({"session": 18446744073709551615})")
                                   << QStringLiteral("newer version");
        QTest::newRow("older than any")
            << QStringLiteral(R"({"session": 0, "study": "a"})") << QStringLiteral("`session`");
        QTest::newRow("no study") << QStringLiteral("{\"session\": 1}") << QStringLiteral("`study`");
        QTest::newRow("empty study") << QStringLiteral(R"({"session": 1, "study": ""})")
                                     << QStringLiteral("`study`");
        QTest::newRow("unknown key") << with("\"gne\": \"x\"") << QStringLiteral("gene");
        QTest::newRow("twice") << with("\"gene\": \"a\", \"gene\": \"b\"") << QStringLiteral("`gene`");
        QTest::newRow("gene a list") << with("\"gene\": []") << QStringLiteral("`gene`");
        QTest::newRow("region reversed") << with("\"region\": [2, 1]") << QStringLiteral("`region`");
        QTest::newRow("region of one") << with("\"region\": [2]") << QStringLiteral("`region`");
        QTest::newRow("region empty") << with("\"region\": [2, 2]") << QStringLiteral("`region`");
        QTest::newRow("region endless") << with("\"region\": [-1e308, 1e308]") << QStringLiteral("`region`");
        QTest::newRow("region of words") << with("\"region\": [\"1\", \"2\"]") << QStringLiteral("`region`");
        for (const auto& [more, key] :
             {std::pair(R"("experiments": [])", "`experiments`"),
              std::pair(R"("experiments": {"shown": "magic"})", "`experiments.shown`"),
              std::pair(R"("experiments": {"what_if": {"edits": ["rs1"]}})", "`experiments.what_if.edits`"),
              std::pair(R"("experiments": {"what_if": {"edit": []}})", "edits"),
              std::pair(R"("experiments": {"ablation": {}})", "`experiments.ablation.of`"),
              std::pair(R"("experiments": {"saturation": {"where": "variant"}})",
                        "`experiments.saturation.where`"),
              std::pair(R"("experiments": {"saturation": {"where": "tss", "reach": 5001}})",
                        "`experiments.saturation.reach`"),
              std::pair(R"("experiments": {"saturation": {"where": "region", "region": ["22", 5, 4]}})",
                        "`experiments.saturation.region`"),
              std::pair(R"("experiments": {"logo": "high"})", "`experiments.logo`"),
              std::pair(R"("experiments": {"audit": 1})", "`experiments.audit`")})
            QTest::newRow(more) << with(more) << QString::fromLatin1(key);
        QTest::newRow("selected a list") << with("\"selected\": []") << QStringLiteral("`selected`");
        QTest::newRow("variant an index")
            << with("\"selected\": {\"variants\": [3]}") << QStringLiteral("`selected.variants`");
        for (const char* name : {"rs123", "22:0:A:G", "22:-5:A:G", "22:1e3:A:G", "22:10::G",
                                 "22:10:A:", ":10:A:G", "22:99999999999999999999:A:G"})
            QTest::addRow("variant %s", name)
                << with("\"selected\": {\"variants\": [\"%1\"]}").arg(QString::fromLatin1(name))
                << QStringLiteral("`selected.variants`");
        QTest::newRow("nobody") << with("\"selected\": {\"people\": [\"\"]}")
                                << QStringLiteral("`selected.people`");
        for (const auto& [more, key] : {std::pair(R"("genome": [])", "`genome`"),
                                        std::pair(R"("genome": {"null": "uniform"})", "`genome.null`"),
                                        std::pair(R"("genome": {"genes": [7]})", "`genome.genes`"),
                                        std::pair(R"("genome": {"genes": [""]})", "`genome.genes`"),
                                        std::pair(R"("genome": {"run": 0})", "`genome.run`"),
                                        std::pair(R"("genome": {"run": "3"})", "`genome.run`"),
                                        std::pair(R"("genome": {"runs": 3})", "run")})
            QTest::newRow(more) << with(more) << QString::fromLatin1(key);
        QTest::newRow("page") << with("\"page\": \"welcome\"") << QStringLiteral("`page`");
        QTest::newRow("colour") << with("\"colour\": \"red\"") << QStringLiteral("`colour`");
        QTest::newRow("attribution") << with("\"attribution\": 1") << QStringLiteral("`attribution`");
        QTest::newRow("score of none")
            << with("\"scores\": [{\"bins\": \"1\"}]") << QStringLiteral("`scores[0].model`");
        QTest::newRow("shifts") << with("\"scores\": [{\"model\": \"m\", \"shifts\": 1000000}]")
                                << QStringLiteral("`scores[0].shifts`");
    }
    void badFiles() {
        QFETCH(QString, text);
        QFETCH(QString, said);
        writeText(m_file, text.toStdString());
        const Result<Document> read = readSession(m_file);
        QVERIFY(!read);
        const QString message = QString::fromStdString(read.error().message());
        QVERIFY2(message.contains(said), qPrintable(message));
        QVERIFY2(message.contains(QStringLiteral("mine.diploscope.json")), qPrintable(message));
        QVERIFY(read.error().kind ==
                (said == QStringLiteral("newer version") ? ErrorKind::Unsupported : ErrorKind::BadInput));
    }

    /// Cut off anywhere, and with bytes of others in it: an error, or a document that can be written again.
    void damagedFilesAreReadOrRefused() {
        DS_VERIFY(writeSession(whole(), m_file));
        const std::string good = textOf(m_file);
        const fs::path again = m_folder / "work" / "again.diploscope.json";
        int read = 0;
        const auto tryOut = [&](const std::string& text) {
            writeText(m_file, text);
            const Result<Document> document = readSession(m_file);
            if (!document) {
                QVERIFY(!document.error().what.empty() && !document.error().where.empty());
                return;
            }
            if (++read % 10 != 0)
                return;
            DS_VERIFY(writeSession(*document, again));
            const Result<Document> same = readSession(again);
            DS_VERIFY(same);
            QVERIFY2(*same == *document, text.c_str());
        };
        for (size_t length = 0; length < good.size(); length += 3)
            tryOut(good.substr(0, length));
        for (size_t at = 0; at < good.size(); at += 2)
            for (const char byte : {'"', '/', '.', '0', '-', '\x80'}) {
                std::string text = good;
                text[at] = byte;
                tryOut(text);
                if (QTest::currentTestFailed())
                    return;
            }
        QVERIFY(read > 100);
    }

    void endlessFilesAreRefused() {
        writeText(m_file, std::string((size_t{16} << 20) + 1, ' '));
        QVERIFY(!readSession(m_file));
        std::string many = ", \"selected\": {\"people\": [";
        for (int i = 0; i < 1100000; ++i)
            many += i == 0 ? "\"a\"" : ",\"a\"";
        writeWith(many + "]}");
        QVERIFY(!readSession(m_file));
        QVERIFY(!readSession(m_folder / "absent.diploscope.json"));
    }

    void whatIsLeftOutIsAsOnTheFirstDay() {
        writeWith({});
        const Result<Document> read = readSession(m_file);
        DS_VERIFY(read);
        Document expected;
        expected.study = m_folder / "work" / "a.study.json";
        QVERIFY(*read == expected);
    }

    void aMovedStudyIsNamed() {
        writeWith({});
        const Result<Document> read = readSession(m_file);
        DS_VERIFY(read);
        const fs::path study = m_folder / "work" / "a.study.json";
        const std::optional<Error> missing = missingStudy(*read, m_file);
        QVERIFY(missing && missing->kind == ErrorKind::NotFound);
        QVERIFY(missing->what.find(study.string()) != std::string::npos);
        QCOMPARE(missing->where, m_file.string());
        writeText(study, "{}");
        QVERIFY(!missingStudy(*read, m_file));
    }

    void sessionsAreKnownByTheirNames() {
        QVERIFY(isSessionFile("/a/b.diploscope.json"));
        QVERIFY(!isSessionFile("/a/b.study.json"));
        QVERIFY(!isSessionFile("/a/b.diploscope.json.gz"));
        QVERIFY(!writeSession(whole(), m_folder / "work" / "mine.json"));
        QVERIFY(!fs::exists(m_folder / "work" / "mine.json"));
        Document oddStudy = whole(), oddHead = whole();
        oddStudy.study = m_folder / "\xff.study.json";
        oddHead.scores.set("demo-cnn", ScoreRequest{.head = m_folder / "\xff.csv"});
        for (const Document& odd : {oddStudy, oddHead}) {
            const Result<void> written = writeSession(odd, m_folder / "odd.diploscope.json");
            QVERIFY(!written && written.error().kind == ErrorKind::Unsupported);
            QVERIFY(!fs::exists(m_folder / "odd.diploscope.json"));
        }
    }

    void onlyWhatAnEndedProcessLeftIsOffered() {
        const QByteArray before = qgetenv("XDG_CACHE_HOME");
        qputenv("XDG_CACHE_HOME", QByteArray::fromStdString((m_folder / "cache").string()));
        const fs::path own = autosaveFile();
        QVERIFY(!leftAutosave());
        DS_VERIFY(writeSession(whole(), own));
        QVERIFY(!leftAutosave()); // of this one
        const auto ofProcess = [&](qint64 process) {
            std::string name = own.filename().string();
            const std::string number = fmt::format("-{}-", getpid());
            name.replace(name.rfind(number), number.size(), fmt::format("-{}-", process));
            return own.parent_path() / name;
        };
        const auto ended = [] {
            QProcess process;
            process.start(QStringLiteral("true"), QStringList());
            if (!process.waitForStarted())
                return qint64{0};
            const qint64 id = process.processId();
            process.waitForFinished();
            return id;
        };
        fs::copy_file(own, ofProcess(getppid())); // which runs
        fs::copy_file(own, own.parent_path() / "other-machine-1.diploscope.json");
        QVERIFY(!leftAutosave());
        const fs::path older = ofProcess(ended());
        const fs::path newer = ofProcess(ended());
        QVERIFY(older != newer);
        fs::copy_file(own, older);
        fs::copy_file(own, newer);
        fs::last_write_time(older, fs::last_write_time(newer) - std::chrono::hours(1));
        QCOMPARE(leftAutosave().value_or(fs::path()), newer);
        QVERIFY(fs::exists(older)); // its turn comes
        writeText(newer, "{");      // and no later for one that cannot be read
        QCOMPARE(leftAutosave().value_or(fs::path()), older);
        fs::remove(newer);
        QCOMPARE(leftAutosave().value_or(fs::path()), older);
        QVERIFY(fs::exists(own) && fs::exists(ofProcess(getppid())));
        fs::remove(older);
        std::string sameNumber = own.string(); // of a run in a container, say, which counts anew
        sameNumber.replace(sameNumber.rfind('-') + 1, 8, "notofit_");
        fs::copy_file(own, sameNumber);
        QCOMPARE(leftAutosave().value_or(fs::path()), fs::path(sameNumber));
        before.isNull() ? qunsetenv("XDG_CACHE_HOME") : qputenv("XDG_CACHE_HOME", before);
    }
};

QTEST_GUILESS_MAIN(TestSessionFile)
#include "tst_session_file.moc"
