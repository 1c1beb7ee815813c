// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo_home.h"
#include "document/autosaver.h"
#include "document/session_file.h"
#include "waiting.h"

#include <QProcess>
#include <QSignalSpy>
#include <fmt/format.h>

#include <unistd.h>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;
namespace fs = std::filesystem;

/// What is written of a document as it goes; the window's crash itself is tst_document_window's.
class TestAutosaver : public QObject {
    Q_OBJECT

private:
    DemoHome m_home; // whose cache folder nobody else has

    Document documentOf(const char* gene) const {
        Document document;
        document.study = m_home / "my.study.json";
        document.gene = gene;
        return document;
    }
    static bool isKept(const Document& document) {
        return waitUntil([&] {
            const Result<Document> kept = readSession(autosaveFile());
            return kept && *kept == document;
        });
    }
    static bool isGone() {
        return waitUntil([] { return !fs::exists(autosaveFile()); });
    }
    /// As of a process that has ended.
    static fs::path leftFile() {
        QProcess ended;
        ended.start(QStringLiteral("true"), QStringList());
        if (!ended.waitForStarted())
            return {};
        const qint64 id = ended.processId();
        ended.waitForFinished();
        std::string name = autosaveFile().filename().string();
        const std::string own = fmt::format("-{}-", getpid());
        name.replace(name.rfind(own), own.size(), fmt::format("-{}-", id));
        return autosaveFile().parent_path() / name;
    }

private Q_SLOTS:
    void theLastDocumentIsKeptUntilTheEnd() {
        JobRunner jobs;
        DocumentStack documents;
        Autosaver autosaver(jobs, documents);
        documents.change(QStringLiteral("before"), documentOf("none"));
        QTest::qWait(700); // nothing is written of a window that is to remember nothing
        QVERIFY(!fs::exists(autosaveFile()));
        autosaver.begin();
        for (const char* gene : {"A", "B", "C"})
            documents.change(QStringLiteral("Show"), documentOf(gene));
        QVERIFY(isKept(documentOf("C")));
        documents.steps().undo();
        QVERIFY(isKept(documentOf("B")));
        documents.replace({}); // no study: nothing to come back to
        QVERIFY(isGone());
        documents.replace(documentOf("D"));
        QVERIFY(isKept(documentOf("D")));
        documents.change(QStringLiteral("Show"), documentOf("E")); // and closed before that is written
        autosaver.end();
        QVERIFY(isGone());
        documents.change(QStringLiteral("Show"), documentOf("F"));
        QTest::qWait(700);
        QVERIFY(waitUntil([&] { return !jobs.isBusy(); }));
        QVERIFY(!fs::exists(autosaveFile()));
    }

    void whatACrashLeftIsFoundAndRemovedAtTheEnd() {
        const fs::path left = leftFile();
        QVERIFY(!left.empty());
        DS_VERIFY(writeSession(documentOf("lost"), left));
        JobRunner jobs;
        const DocumentStack documents;
        Autosaver autosaver(jobs, documents);
        int found = 0;
        connect(&autosaver, &Autosaver::found, this, [&](const fs::path& file, const Document& shown) {
            ++found;
            QCOMPARE(file, left);
            QVERIFY(shown == documentOf("lost"));
        });
        autosaver.begin();
        QVERIFY(waitUntil([&] { return !jobs.isBusy(); }));
        QCOMPARE(found, 1);
        QVERIFY(fs::exists(left)); // until somebody has closed a window with it
        autosaver.end();
        QVERIFY(waitUntil([&] { return !jobs.isBusy(); }));
        QVERIFY(!fs::exists(left));
    }
};

QTEST_GUILESS_MAIN(TestAutosaver)
#include "tst_autosaver.moc"
