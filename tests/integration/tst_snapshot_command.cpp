// SPDX-License-Identifier: GPL-3.0-or-later
// `diploscope snapshot` ends, whatever it is given: with the picture, or with the reason why there is none.
#include "integration/analysed_study.h"

#include <QtEndian>

#include <map>

using namespace diploscope::test;
namespace fs = std::filesystem;

namespace {

/// As its head says; empty: no PNG.
std::pair<quint32, quint32> sizeOfPng(const fs::path& file) {
    const QByteArray bytes = fileContent(file);
    if (!bytes.startsWith("\x89PNG") || bytes.size() < 24)
        return {};
    return {qFromBigEndian<quint32>(bytes.constData() + 16), qFromBigEndian<quint32>(bytes.constData() + 20)};
}

} // namespace

class TestSnapshotCommand : public QObject {
    Q_OBJECT

    TemporaryFolder m_folder;
    TemporaryFolder m_plain; ///< a study that names no model
    const fs::path m_modelled = m_folder / "modelled";

    [[nodiscard]] Run snapshot(const QStringList& arguments, const QString& size = "1280x800") const {
        return runProgram(m_folder / "home",
                          QStringList{"snapshot"} + arguments +
                              QStringList{"--size", size, "--out", textOf(m_folder / "picture.png")});
    }

private Q_SLOTS:
    void initTestCase() {
        if (!runProgram(m_folder / "home", {"--help"}).out.contains("snapshot"))
            QSKIP("This build has no window.");
        (void)SmallStudy().write(m_plain);
        (void)writeStudyWithModel(m_modelled);
    }
    void init() { fs::remove(m_folder / "picture.png"); }

    void pictures_data() {
        QTest::addColumn<QStringList>("arguments");
        const QString plain = textOf(m_plain / "small.study.json");
        const QString modelled = textOf(m_modelled / "small.study.json");
        const QString model = textOf(m_modelled / "model");
        QTest::newRow("welcome") << QStringList{"--page", "welcome"};
        QTest::newRow("study without a model") << QStringList{plain};
        QTest::newRow("all genes' page without a model") << QStringList{plain, "--page", "genome"};
        QTest::newRow("gene, model given") << QStringList{plain, "--gene", "GENEA", "--model", model};
        QTest::newRow("gene, study's model") << QStringList{modelled, "--gene", "GENEA"};
        QTest::newRow("all genes") << QStringList{modelled, "--page", "genome", "--all"};
        for (const char* page : {"person", "what-if", "ablation", "saturation", "audit"})
            QTest::newRow(page) << QStringList{modelled, "--gene", "GENEA", "--page", page};
    }
    void pictures() {
        QFETCH(QStringList, arguments);
        const Run run = snapshot(arguments);
        QVERIFY2(run.exitCode == 0, qPrintable(run.err));
        QVERIFY(sizeOfPng(m_folder / "picture.png") == std::pair(1280u, 800u));
    }

    /// In place of the study, and what is said besides counts.
    void aSessionIsTheSamePicture() {
        const QString study = textOf(m_modelled / "small.study.json");
        const fs::path file = m_modelled / "mine.diploscope.json";
        writeText(file, R"({"session": 1, "study": "small.study.json", "gene": "GENEA"})");
        const auto pictureOf = [&](const QStringList& arguments) -> QByteArray {
            fs::remove(m_folder / "picture.png");
            const Run run = snapshot(arguments);
            return run.exitCode == 0 ? fileContent(m_folder / "picture.png") : run.err.toUtf8();
        };
        (void)pictureOf({study, "--gene", "GENEA"}); // scores come from the cache from now on
        const QByteArray gene = pictureOf({study, "--gene", "GENEA"});
        QVERIFY2(gene.startsWith("\x89PNG"), gene.constData());
        QVERIFY(pictureOf({textOf(file)}) == gene);
        const QByteArray genome = pictureOf({study, "--gene", "GENEA", "--page", "genome"});
        QVERIFY(genome.startsWith("\x89PNG") && genome != gene);
        QVERIFY(pictureOf({textOf(file), "--page", "genome"}) == genome);
        writeText(file, R"({"session": 1, "study": "small.study.json", "gene": "GENEA", "page": "genome"})");
        QVERIFY(pictureOf({textOf(file)}) == genome);
        QVERIFY(pictureOf({textOf(file), "--page", "gene"}) == gene);
        writeText(file, R"({"session": 1, "study": "small.study.json"})");
        QVERIFY(pictureOf({textOf(file), "--gene", "GENEA"}) == gene);
    }

    /// Each page and each kind of what is tried is another picture, the same as of a session that shows it;
    /// who is named is selected.
    void everyPageIsAnother() {
        const QString study = textOf(m_modelled / "small.study.json");
        const auto pictureOf = [&](const QStringList& arguments) -> QByteArray {
            fs::remove(m_folder / "picture.png");
            const Run run = snapshot(arguments);
            return run.exitCode == 0 ? fileContent(m_folder / "picture.png") : run.err.toUtf8();
        };
        std::map<QString, QByteArray> pictures;
        for (const char* page : {"gene", "person", "what-if", "ablation", "saturation", "audit"}) {
            const QStringList arguments{study, "--gene", "GENEA", "--page", page};
            (void)pictureOf(arguments); // scores come from the cache from now on
            pictures[page] = pictureOf(arguments);
            QVERIFY2(pictures[page].startsWith("\x89PNG"), pictures[page].constData());
        }
        for (const auto& [page, picture] : pictures)
            for (const auto& [other, another] : pictures)
                QVERIFY2(page == other || picture != another, qPrintable(page + ' ' + other));
        QVERIFY(pictureOf({study, "--gene", "GENEA", "--person", "HG3"}) != pictures["gene"]);
        QVERIFY(pictureOf({study, "--gene", "GENEA", "--person", "HG3"}) !=
                pictureOf({study, "--gene", "GENEA", "--person", "HG4"}));
        const fs::path file = m_modelled / "tried.diploscope.json";
        writeText(file, R"({"session": 1, "study": "small.study.json", "gene": "GENEA", "page": "experiments",
                            "experiments": {"shown": "audit", "audit": true}})");
        QVERIFY(pictureOf({textOf(file)}) == pictures["audit"]);
        QVERIFY(pictureOf({textOf(file), "--page", "saturation"}) != pictures["audit"]);
    }

    /// A picture is English unless it is asked for otherwise, whatever the machine speaks.
    void languages() {
        const auto pictureOf = [&](const QStringList& language) {
            fs::remove(m_folder / "picture.png");
            const Run run = snapshot(QStringList{"--page", "welcome"} + language);
            return run.exitCode == 0 ? fileContent(m_folder / "picture.png") : run.err.toUtf8();
        };
        const QByteArray english = pictureOf({});
        QVERIFY2(english.startsWith("\x89PNG"), english.constData());
        QCOMPARE(pictureOf({"--language", "en"}), english);
        const QByteArray german = pictureOf({"--language", "de"});
        QVERIFY(german.startsWith("\x89PNG") && german != english);
        qputenv("LANGUAGE", "de"); // of the program that is run
        qputenv("LANG", "de_DE.UTF-8");
        QCOMPARE(pictureOf({}), english);
        QCOMPARE(pictureOf({"--language", "system"}), german);
        qunsetenv("LANGUAGE");
        qunsetenv("LANG");
    }

    /// Smaller than a person could make it, the window's parts would lie over each other.
    void leastSize() {
        const Run run = snapshot({textOf(m_plain / "small.study.json")}, "300x200");
        QVERIFY2(run.exitCode == 1 && run.err.contains("at least"), qPrintable(run.err));
        QVERIFY(!fs::exists(m_folder / "picture.png"));
    }

    void refusals_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("said");
        const QString plain = textOf(m_plain / "small.study.json");
        const QString modelled = textOf(m_modelled / "small.study.json");
        QTest::newRow("no such language")
            << QStringList{plain, "--language", "fr"} << "Name one of: system, en, de.";
        QTest::newRow("no model") << QStringList{plain, "--gene", "GENEA"} << "The study names no model.";
        QTest::newRow("no model for all") << QStringList{plain, "--all"} << "The study names no model.";
        QTest::newRow("no such model")
            << QStringList{plain, "--gene", "GENEA", "--model", "nowhere"} << "nowhere";
        QTest::newRow("no such person")
            << QStringList{modelled, "--gene", "GENEA", "--person", "NOBODY"} << "no person NOBODY";
        QTest::newRow("no such gene") << QStringList{modelled, "--gene", "NOGENE"} << "NOGENE";
        QTest::newRow("no such study") << QStringList{textOf(m_folder / "no.study.json")} << "no.study.json";
        QTest::newRow("a file of a study")
            << QStringList{textOf(m_plain / "genotypes.vcf.gz"), "--gene", "GENEA"}
            << "phased genotypes, 6 people";
        const auto session = [&](const std::string& name, const std::string& text) {
            const fs::path file = m_folder / (name + ".diploscope.json");
            writeText(file, text);
            return QStringList{textOf(file)};
        };
        QTest::newRow("no such session")
            << QStringList{textOf(m_folder / "no.diploscope.json")} << "no.diploscope.json";
        QTest::newRow("session of a study that has moved")
            << session("moved", R"({"session": 1, "study": "gone/my.study.json"})")
            << textOf(m_folder / "gone/my.study.json");
        QTest::newRow("newer session") << session("newer", R"({"session": 2})") << "newer version";
    }
    void refusals() {
        QFETCH(QStringList, arguments);
        QFETCH(QString, said);
        const Run run = snapshot(arguments);
        QVERIFY2(run.exitCode == 1 && run.err.contains(said), qPrintable(run.err));
        QVERIFY(!fs::exists(m_folder / "picture.png"));
    }
};

QTEST_GUILESS_MAIN(TestSnapshotCommand)
#include "tst_snapshot_command.moc"
