// SPDX-License-Identifier: GPL-3.0-or-later
// `diploscope figure` on the demo: every kind of figure, made again from its own file, here and elsewhere.
#include "changed_genotype.h"
#include "experiment_demo.h"
#include "figure/embedded_proof.h"
#include "figure/figure_proof.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QStandardPaths>

#include <cmath>

using namespace diploscope::test;
namespace fs = std::filesystem;

class TestFigureCommand : public QObject {
    Q_OBJECT

    ExperimentDemo m_demo;

    [[nodiscard]] Run figure(const QStringList& options) const {
        return runProgram(m_demo.folder.path(), QStringList{"figure", "--quiet"} + options);
    }
    [[nodiscard]] Run drawn(const QStringList& options, const std::string& out) const {
        return figure(QStringList{m_demo.study, "--out", m_demo.path(out)} + options);
    }
    /// Under settings that are nobody's business: another language, clock, screen and folder.
    [[nodiscard]] Run verifiedElsewhere(const std::string& file, const QStringList& options = {}) const {
        QProcess process;
        QProcessEnvironment environment = programEnvironment(m_demo.folder.path());
        for (const auto& [name, value] :
             {std::pair("LC_ALL", "de_DE.UTF-8"), std::pair("TZ", "Pacific/Auckland"),
              std::pair("QT_SCALE_FACTOR", "2"), std::pair("QT_FONT_DPI", "144"),
              std::pair("XDG_CURRENT_DESKTOP", "KDE")})
            environment.insert(name, value);
        process.setProcessEnvironment(environment);
        process.setWorkingDirectory("/");
        process.start(DIPLOSCOPE_PROGRAM,
                      QStringList{"figure", "--verify", m_demo.path(file), "--quiet"} + options);
        process.waitForFinished(300000);
        return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
                QString::fromUtf8(process.readAllStandardError())};
    }
    [[nodiscard]] bool isThere(const std::string& name) const { return fs::exists(m_demo.folder / name); }
    static QByteArray outputOf(const QString& program, const QStringList& arguments) {
        QProcess process;
        process.start(program, arguments);
        process.waitForFinished();
        return process.readAllStandardOutput();
    }
    static bool has(const char* program) { return !QStandardPaths::findExecutable(program).isEmpty(); }

private Q_SLOTS:
    void initTestCase() {
        if (!runProgram(m_demo.folder.path(), {"--help"}).out.contains(" figure "))
            QSKIP("skipped: built without the window");
        const QString fault = m_demo.make();
        QVERIFY2(fault.isEmpty(), qPrintable(fault));
        writeText(m_demo.folder / "plain.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    }

    void everyKindIsDrawnAndMadeAgain_data() {
        QTest::addColumn<QStringList>("options");
        const QStringList gene{"--gene", m_demo.gene};
        QTest::newRow("of a gene") << QStringList{"--figure", "ism-eqtl", "--font-pt", "6.5"} + gene;
        QTest::newRow("the locus") << QStringList{"--figure",        "locus",   "--track",
                                                  "ism=1.5",         "--track", "genotypes",
                                                  "--around-tss",    "2000",    "--snv-colour",
                                                  "carrier-fraction"} +
                                          gene;
        QTest::newRow("a template") << QStringList{"--figure", "gene-summary"} + gene;
        QTest::newRow("of all genes")
            << QStringList{"--figure", "figure_2A", "--null", "calibrated", "--transparent"};
        QTest::newRow("six panels") << QStringList{"--figure", "paper-2"} + gene;
        QTest::newRow("sums of effects") << QStringList{"--figure", "paper-S6"} + gene;
        QTest::newRow("how many drivers") << QStringList{"--figure", "paper-S7"};
        QTest::newRow("before and after") << QStringList{"--figure", "explore-ablation"} + gene;
        QTest::newRow("a logo") << QStringList{"--figure", "explore-saturation"} + gene;
        QTest::newRow("a waterfall") << QStringList{"--figure", "explore-waterfall", "--sample",
                                                    m_demo.sample(0)} +
                                            gene;
        QTest::newRow("of a person") << QStringList{"--figure", "waterfall", "--sample", m_demo.sample(0)} +
                                            gene;
        QTest::newRow("without drivers")
            << QStringList{"--figure", "before-after", "--ablate", "drivers", "--bootstrap", "100"} + gene;
        QTest::newRow("with a change")
            << QStringList{"--figure", "before-after", "--edit", m_demo.driverName()} + gene;
        QTest::newRow("saturated") << QStringList{"--figure", "saturation", "--saturate",
                                                  "tss",      "--bp",       "20"} +
                                          gene;
    }
    void everyKindIsDrawnAndMadeAgain() {
        QFETCH(QStringList, options);
        for (const char* ending : {".svg", ".pdf", ".png"}) {
            const std::string file = std::string("figure").append(ending);
            fs::remove(m_demo.folder / file);
            const Run made = drawn(options, file);
            QVERIFY2(made.exitCode == 0, qPrintable(made.err));
            QVERIFY2(made.out.isEmpty(), qPrintable(made.out)); // --quiet
            QVERIFY(isThere(file));
            const Run again = verifiedElsewhere(file);
            QVERIFY2(again.exitCode == 0, qPrintable(again.out + again.err));
            QVERIFY(again.out.contains("the same bytes"));
        }
        // Scores computed anew, by one thread.
        const Run alone = verifiedElsewhere("figure.svg", {"-j", "1", "--no-cache"});
        QVERIFY2(alone.exitCode == 0, qPrintable(alone.out + alone.err));
    }

    /// What other commands draw can be made again, too: there is one way.
    void figuresOfOtherCommandsAreMadeAgain_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("file");
        const QString gene = m_demo.gene, study = m_demo.study;
        const auto onGene = [&](const char* command, const QStringList& options) {
            return QStringList{command, study, "--gene", gene, "--quiet", "--out", m_demo.path("other.tsv")} +
                   options;
        };
        const auto picture = QStringList{"--figure", m_demo.path("other.svg")};
        QTest::newRow("analyze")
            << QStringList{"analyze",           study,       "--gene",        gene,        "--quiet",
                           "--gradients",       "--figures", "--locus-track", "genotypes", "--out",
                           m_demo.path("other")}
            << "other/" + gene + ".locus.svg";
        QTest::newRow("analyze, by carriers") << QStringList{"analyze",      study,
                                                             "--gene",       gene,
                                                             "--quiet",      "--figures",
                                                             "--figure",     "ism",
                                                             "--snv-colour", "carrier-fraction",
                                                             "--out",        m_demo.path("other")}
                                              << "other/" + gene + ".ism.png";
        QTest::newRow("summary") << QStringList{"summary", study, "--json", "--figures", m_demo.path("other")}
                                 << QString("other/figure_2E.pdf");
        QTest::newRow("person") << onGene("person", {"--sample", m_demo.sample(1), "--figures"})
                                << QString("other.haplotypes.svg");
        QTest::newRow("ablate") << onGene("ablate", QStringList{"--variants", "drivers"} + picture)
                                << QString("other.svg");
        QTest::newRow("whatif") << onGene("whatif",
                                          QStringList{"--edit", m_demo.driverName(), "--on", "all"} + picture)
                                << QString("other.svg");
        QTest::newRow("saturation") << onGene("saturation",
                                              QStringList{"--variant", m_demo.driverName(), "5",
                                                          "--background", "variant", "--logo", "centred"} +
                                                  picture)
                                    << QString("other.svg");
    }
    void figuresOfOtherCommandsAreMadeAgain() {
        QFETCH(QStringList, arguments);
        QFETCH(QString, file);
        const Run made = runProgram(m_demo.folder.path(), arguments);
        QVERIFY2(made.exitCode == 0, qPrintable(made.err));
        const Run again = verifiedElsewhere(file.toStdString());
        QVERIFY2(again.exitCode == 0, qPrintable(again.out + again.err));
    }

    void theCommandInsideMakesTheFile() {
        const Run made = drawn({"--figure", "observed-predicted", "--gene", m_demo.gene, "--width-mm", "70",
                                "--title", "it's *here*"},
                               "told.svg");
        QVERIFY2(made.exitCode == 0, qPrintable(made.err));
        const QByteArray svg = fileContent(m_demo.folder / "told.svg");
        const auto text = diploscope::embeddedProof(svg.toStdString());
        DS_VERIFY(text);
        const auto proof = diploscope::parseProof(*text);
        DS_VERIFY(proof);
        const QString command = QString::fromStdString(proof->command).section(' ', 1);
        QVERIFY2(command.contains("--width-mm 70"), qPrintable(command));
        const QString file = command.section(' ', -1);
        QProcess shell;
        shell.setProcessEnvironment(programEnvironment(m_demo.folder.path()));
        shell.setWorkingDirectory(QString::fromStdString(m_demo.folder.path().string()));
        shell.start("sh", {"-c", QString("'%1' %2").arg(DIPLOSCOPE_PROGRAM, command)});
        QVERIFY(shell.waitForFinished(300000));
        QVERIFY2(shell.exitCode() == 0, shell.readAllStandardError());
        QVERIFY(fileContent(m_demo.folder / file.toStdString()) == svg);
    }

    /// The study names an installed model by a word, and says which score is meant: by whatever path it is
    /// given.
    void modelsNamedByAWord() {
        QJsonObject words = jsonFile(m_demo.folder / "demo/demo.study.json");
        words["models"] = QJsonArray{QJsonObject{{"folder", "demo-cnn"}, {"shifts", 1}}};
        writeText(m_demo.folder / "demo/words.study.json", QJsonDocument(words).toJson().toStdString());
        const QString study = m_demo.path("demo/words.study.json");
        const Run analysed = runProgram(m_demo.folder.path(), {"analyze", study, "--gene", m_demo.gene,
                                                               "--out", m_demo.path("words"), "--quiet"});
        QVERIFY2(analysed.exitCode == 0, qPrintable(analysed.err));
        const Run made = figure({study, "--figure", "observed-predicted", "--gene", m_demo.gene, "--data",
                                 "--out", m_demo.path("words.svg")});
        QVERIFY2(made.exitCode == 0, qPrintable(made.err));
        const auto drawn = m_demo.table("words.tsv");
        const auto people = m_demo.table("words/" + m_demo.gene.toStdString() + ".people.tsv");
        QCOMPARE(drawn.size(), people.size());
        for (size_t p = 0; p < people.size(); ++p)
            QCOMPARE(drawn[p].at("y"), people[p].at("predicted"));
        QVERIFY(people.front().at("predicted") != m_demo.people.front().at("predicted")); // without shifts
        const Run snapshot = runProgram(m_demo.folder.path(), {"snapshot", study, "--gene", m_demo.gene,
                                                               "--trust", "--out", m_demo.path("words.png")});
        QVERIFY2(snapshot.exitCode == 0, qPrintable(snapshot.err));
    }

    void severalGenesAndTheirData() {
        std::vector<QString> genes;
        for (const ExperimentDemo::Row& row : m_demo.table("all/genes.tsv"))
            if (genes.size() < 2)
                genes.push_back(QString::fromStdString(row.at("gene_name")));
        const QStringList options{"--figure", "ism", "--gene", genes[0], "--gene", genes[1], "--data"};
        const Run made = drawn(options, "of {gene}.svg");
        QVERIFY2(made.exitCode == 0, qPrintable(made.err));
        for (const QString& gene : genes) {
            const std::string stem = "of " + gene.toStdString();
            QVERIFY(fileContent(m_demo.folder / (stem + ".svg")).contains(gene.toUtf8()));
            const auto rows = m_demo.table(stem + ".tsv");
            QCOMPARE(rows.size(), m_demo.table("all/" + gene.toStdString() + ".variants.tsv").size());
            QVERIFY(!rows.empty() && rows.front().contains("position"));
        }
        QCOMPARE(drawn(options, "one.svg").exitCode, 2); // for two genes
        const Run panels = drawn({"--figure", "gene-summary", "--gene", genes[0], "--data"}, "page.svg");
        QVERIFY2(panels.exitCode == 0, qPrintable(panels.err));
        const QByteArray values = fileContent(m_demo.folder / "page.tsv"); // one file, a section a panel
        QVERIFY(values.startsWith("# panel: a, ") && values.contains("\n\n# panel: b, "));
    }

    /// A figure's file is a specification, too.
    void aFigureIsMadeFromAFigure() {
        const QStringList options{"--figure",  "observed-predicted", "--gene",
                                  m_demo.gene, "--height-mm",        "60"};
        QCOMPARE(drawn(options, "first.png").exitCode, 0);
        const Run same = figure({"--figure", m_demo.path("first.png"), "--out", m_demo.path("second.png")});
        QVERIFY2(same.exitCode == 0, qPrintable(same.err));
        QVERIFY(fileContent(m_demo.folder / "second.png") == fileContent(m_demo.folder / "first.png"));
        std::string other;
        for (const ExperimentDemo::Row& row : m_demo.table("all/genes.tsv"))
            if (row.at("gene_name") != m_demo.gene.toStdString())
                other = row.at("gene_name");
        const Run changed = figure({"--figure", m_demo.path("first.png"), "--gene",
                                    QString::fromStdString(other), "--out", m_demo.path("third.svg")});
        QVERIFY2(changed.exitCode == 0, qPrintable(changed.err));
        const QByteArray svg = fileContent(m_demo.folder / "third.svg");
        QVERIFY(svg.contains(QByteArray::fromStdString(other)) && svg.contains("height=\"60mm\""));
    }

    void whatHasChangedIsNamed() {
        QCOMPARE(drawn({"--figure", "ism-eqtl", "--gene", m_demo.gene}, "kept.svg").exitCode, 0);
        const fs::path moved = m_demo.folder / "moved";
        fs::copy(m_demo.folder / "demo", moved, fs::copy_options::recursive);
        const QString study = QString::fromStdString((moved / "demo.study.json").string());
        const QStringList verify{"--verify", m_demo.path("kept.svg"), "--study", study};
        const Run same = figure(verify);
        QVERIFY2(same.exitCode == 0, qPrintable(same.out + same.err)); // of a copy: the same

        QVERIFY(changeOneGenotype(moved));
        const Run other = figure(verify);
        QCOMPARE(other.exitCode, 1);
        QVERIFY2(other.out.contains("genotypes.vcf.gz"), qPrintable(other.out + other.err));
        QVERIFY2(!other.out.contains("expression"), qPrintable(other.out));

        // The picture itself: what it was made of is the same.
        QByteArray svg = fileContent(m_demo.folder / "kept.svg");
        svg.replace("</svg>", "<!-- drawn over --></svg>");
        writeText(m_demo.folder / "kept.svg", svg.toStdString());
        const Run edited = figure({"--verify", m_demo.path("kept.svg")});
        QCOMPARE(edited.exitCode, 1);
        QVERIFY2(edited.out.contains("was changed since"), qPrintable(edited.out));

        // A study that is not there is told with what to do.
        fs::rename(m_demo.folder / "demo", m_demo.folder / "gone");
        const Run gone = figure({"--verify", m_demo.path("kept.svg")});
        fs::rename(m_demo.folder / "gone", m_demo.folder / "demo");
        QCOMPARE(gone.exitCode, 1);
        QVERIFY2(gone.err.contains("--study"), qPrintable(gone.err));
    }

    void otherProgramsReadThem() {
        QCOMPARE(
            drawn({"--figure", "gene-summary", "--gene", m_demo.gene, "--height-mm", "200.5"}, "read.pdf")
                .exitCode,
            0);
        QCOMPARE(
            drawn({"--figure", "gene-summary", "--gene", m_demo.gene, "--height-mm", "200.5"}, "read.svg")
                .exitCode,
            0);
        const QString pdf = m_demo.path("read.pdf");
        if (!has("pdfinfo") || !has("pdffonts") || !has("pdftotext") || !has("rsvg-convert"))
            QSKIP("skipped: poppler's tools or rsvg-convert are not installed");
        static const QRegularExpression size(QStringLiteral("Page size: +([0-9.]+) x ([0-9.]+) pts"));
        const auto page = size.match(QString::fromUtf8(outputOf("pdfinfo", {pdf})));
        QVERIFY(page.hasMatch());
        QVERIFY(std::abs(page.captured(1).toDouble() * 25.4 / 72 - 174) < 0.1);
        QVERIFY(std::abs(page.captured(2).toDouble() * 25.4 / 72 - 200.5) < 0.1);
        const QList<QByteArray> fonts = outputOf("pdffonts", {pdf}).trimmed().split('\n').mid(2);
        QVERIFY(!fonts.isEmpty());
        for (const QByteArray& font : fonts) // name, type, encoding, emb, sub, uni
            QVERIFY2(QRegularExpression(QStringLiteral(" yes (yes|no) ")).match(font).hasMatch(), font);
        const QString words = QString::fromUtf8(outputOf("pdftotext", {pdf, "-"}));
        QVERIFY2(words.contains(m_demo.gene), qPrintable(words));
        QVERIFY(!words.contains(QChar(0x2026)));
        QCOMPARE(
            QProcess::execute("rsvg-convert", {m_demo.path("read.svg"), "--output", m_demo.path("read.png")}),
            0);
        QVERIFY(fileContent(m_demo.folder / "read.png").startsWith("\x89PNG"));
    }

    void refusals_data() {
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<int>("exitCode");
        QTest::addColumn<QString>("told");
        const QStringList out{m_demo.study, "--out", m_demo.path("none.svg")};
        const auto row = [&](const char* name, const QStringList& options, int exitCode, const char* told) {
            QTest::newRow(name) << out + options << exitCode << QString(told);
        };
        row("no figure", {}, 2, "--figure");
        row("a misspelt one", {"--figure", "figure_2a"}, 1, "figure_2A");
        row("a misspelt template", {"--figure", "gene-sumary"}, 1, "gene-summary");
        row("of no gene", {"--figure", "ism"}, 1, "--gene");
        row("an unknown gene", {"--figure", "ism", "--gene", "NOSUCH"}, 1, "NOSUCH");
        row("an option of another", {"--figure", "ism", "--gene", m_demo.gene, "--sample", "S"}, 1, "sample");
        row("of six panels", {"--figure", "paper-2", "--gene", m_demo.gene, "--hide", "legend"}, 1, "--hide");
        row("too wide", {"--figure", "figure_2A", "--width-mm", "5000"}, 1, "width_mm");
        row("an unknown person", {"--figure", "waterfall", "--gene", m_demo.gene, "--sample", "NOBODY"}, 1,
            "NOBODY");
        row("a person's, of nobody", {"--figure", "explore-waterfall", "--gene", m_demo.gene}, 1, "sample");
        row("no name of a picture", {"--figure", "figure_2A", "--out", "a.gif"}, 2, "a.gif");
        QTest::newRow("a verified file and a gene")
            << QStringList{"--verify", m_demo.path("plain.svg"), "--gene", m_demo.gene} << 2
            << QString("--gene");
        QTest::newRow("a verified file and a width")
            << QStringList{"--verify", m_demo.path("plain.svg"), "--width-mm", "85"} << 2
            << QString("--width-mm");
        QTest::newRow("no proof") << QStringList{"--verify", m_demo.path("plain.svg")} << 1
                                  << QString("plain.svg");
    }
    void refusals() {
        QFETCH(QStringList, options);
        QFETCH(int, exitCode);
        QFETCH(QString, told);
        const Run refused = figure(options);
        QCOMPARE(refused.exitCode, exitCode);
        QVERIFY2(refused.err.contains(told), qPrintable(refused.err));
        QVERIFY(!isThere("none.svg"));
    }

    void whatThereIsIsListed() {
        const Run list = figure({"--list"});
        QCOMPARE(list.exitCode, 0);
        for (const char* name : {"locus", "figure_2F", "waterfall", "saturation", "paper-2", "gene-summary",
                                 "linear-r", "driver-count", "additivity", "paper-S5", "explore-ablation"})
            QVERIFY2(list.out.contains(QString("  %1 ").arg(name)), name);
    }
};

QTEST_GUILESS_MAIN(TestFigureCommand)
#include "tst_figure_command.moc"
