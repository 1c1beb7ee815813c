// SPDX-License-Identifier: GPL-3.0-or-later
// `diploscope report` on the demo: of a gene, of several and of the study, here and elsewhere.
#include "changed_genotype.h"
#include "experiment_demo.h"

#include <QRegularExpression>
#include <QStandardPaths>

using namespace diploscope::test;
namespace fs = std::filesystem;

class TestReportCommand : public QObject {
    Q_OBJECT

    ExperimentDemo m_demo;

    [[nodiscard]] Run report(const QStringList& options) const {
        return runProgram(m_demo.folder.path(), QStringList{"report", m_demo.study, "--quiet"} + options);
    }
    [[nodiscard]] bool isThere(const std::string& name) const { return fs::exists(m_demo.folder / name); }
    /// As text, without what lines make of it.
    [[nodiscard]] QString words(const std::string& name) const {
        QProcess process;
        process.start("pdftotext", {"-raw", m_demo.path(name), "-"});
        process.waitForFinished();
        return QString::fromUtf8(process.readAllStandardOutput()).simplified();
    }
    static bool has(const char* program) { return !QStandardPaths::findExecutable(program).isEmpty(); }

private Q_SLOTS:
    void initTestCase() {
        if (!runProgram(m_demo.folder.path(), {"--help"}).out.contains(" report "))
            QSKIP("skipped: built without the window");
        const QString fault = m_demo.make();
        QVERIFY2(fault.isEmpty(), qPrintable(fault));
    }

    void ofAGene() {
        const Run made = report({"--gene", m_demo.gene, "--out", m_demo.path("gene.pdf")});
        QVERIFY2(made.exitCode == 0, qPrintable(made.err));
        QVERIFY2(made.out.isEmpty(), qPrintable(made.out)); // --quiet
        const QByteArray pdf = fileContent(m_demo.folder / "gene.pdf");
        QVERIFY(pdf.startsWith("%PDF") && pdf.contains("diploscope:report"));
        QVERIFY(pdf.contains("diploscope report ") && pdf.contains("--gene " + m_demo.gene.toUtf8()));
        if (!has("pdftotext"))
            QSKIP("skipped: pdftotext is not installed");
        const QString text = words("gene.pdf");
        for (const QString& part :
             {m_demo.gene, QString("Drivers"), QString("unsupported"), QString("Figure 1"),
              QString("Methods"), QString("Sasse A"), QString("genotypes.vcf.gz"), QString("Page 1 of ")})
            QVERIFY2(text.contains(part), qPrintable(part));
        QVERIFY(!text.contains(QChar(0x2026)));
        // The numbers are the report's.
        const double r = m_demo.report()["pearson_r"].toDouble();
        const QString shown = QString::number(r, 'f', 2).replace('-', QChar(0x2212));
        QVERIFY2(r == 0 || text.contains("r = " + shown), qPrintable(text.left(800)));
    }

    void ofTheStudy() {
        const Run made = report({"--out", m_demo.path("study.pdf")});
        QVERIFY2(made.exitCode == 0, qPrintable(made.err));
        if (!has("pdftotext"))
            QSKIP("skipped: pdftotext is not installed");
        const QString text = words("study.pdf");
        for (const char* part : {"Headline numbers", "8 genes", "Worst genes", "Best genes", "Figure 1",
                                 "Benjamini", "empirical"})
            QVERIFY2(text.contains(part), part);
        const Run other = report({"--null", "calibrated", "--out", m_demo.path("other.pdf")});
        QVERIFY2(other.exitCode == 0, qPrintable(other.err));
        QVERIFY(words("other.pdf").contains("calibrated null"));
    }

    void severalGenes() {
        QStringList genes;
        for (const ExperimentDemo::Row& row : m_demo.table("all/genes.tsv"))
            if (genes.size() < 2)
                genes << QString::fromStdString(row.at("gene_name"));
        const Run made =
            report({"--gene", genes[0], "--gene", genes[1], "--out", m_demo.path("of {gene}.pdf")});
        QVERIFY2(made.exitCode == 0, qPrintable(made.err));
        for (const QString& gene : genes)
            QVERIFY2(isThere("of " + gene.toStdString() + ".pdf"), qPrintable(gene));
    }

    /// Settings that are nobody's business: another language, clock, screen, folder, number of threads.
    void theSameBytesElsewhere_data() {
        QTest::addColumn<QStringList>("options");
        QTest::newRow("gene") << QStringList{"--gene", m_demo.gene};
        QTest::newRow("study") << QStringList{};
    }
    void theSameBytesElsewhere() {
        QFETCH(QStringList, options);
        QCOMPARE(report(options + QStringList{"--out", m_demo.path("here.pdf")}).exitCode, 0);
        QProcess process;
        QProcessEnvironment environment = programEnvironment(m_demo.folder.path());
        for (const auto& [name, value] :
             {std::pair("LC_ALL", "de_DE.UTF-8"), std::pair("TZ", "Pacific/Auckland"),
              std::pair("QT_SCALE_FACTOR", "2"), std::pair("QT_FONT_DPI", "144"),
              std::pair("XDG_CURRENT_DESKTOP", "KDE")})
            environment.insert(name, value);
        process.setProcessEnvironment(environment);
        process.setWorkingDirectory("/");
        process.start(DIPLOSCOPE_PROGRAM, QStringList{"report", m_demo.study, "--quiet", "-j", "1", "--out",
                                                      m_demo.path("there.pdf")} +
                                              options);
        QVERIFY(process.waitForFinished(300000));
        QVERIFY2(process.exitCode() == 0, process.readAllStandardError());
        QVERIFY(fileContent(m_demo.folder / "here.pdf") == fileContent(m_demo.folder / "there.pdf"));
    }

    /// What the file says of itself makes it again.
    void theCommandInsideMakesTheFile() {
        const Run made = report({"--gene", m_demo.gene, "--bootstrap", "100", "--seed", "5",
                                 "--no-fine-mapping", "--out", m_demo.path("told.pdf")});
        QVERIFY2(made.exitCode == 0, qPrintable(made.err));
        const QString pdf = QString::fromLatin1(fileContent(m_demo.folder / "told.pdf"));
        static const QRegularExpression inside(
            QStringLiteral("&quot;command&quot;: ?&quot;diploscope (report .*?)&quot;"));
        const auto found = inside.match(pdf);
        QVERIFY(found.hasMatch());
        const QString command = found.captured(1);
        for (const char* option : {"--bootstrap 100", "--seed 5", "--no-fine-mapping"})
            QVERIFY2(command.contains(option), qPrintable(command));
        QProcess shell;
        shell.setProcessEnvironment(programEnvironment(m_demo.folder.path()));
        shell.setWorkingDirectory(QString::fromStdString(m_demo.folder.path().string()));
        shell.start("sh", {"-c", QString("'%1' %2").arg(DIPLOSCOPE_PROGRAM, command)});
        QVERIFY(shell.waitForFinished(300000));
        QVERIFY2(shell.exitCode() == 0, shell.readAllStandardError());
        QVERIFY(fileContent(m_demo.folder / command.section(' ', -1).toStdString()) ==
                fileContent(m_demo.folder / "told.pdf"));
    }

    void itIsMadeAgainAndCompared_data() {
        QTest::addColumn<QStringList>("options");
        QTest::newRow("gene") << QStringList{"--gene", m_demo.gene, "--seed", "3"};
        QTest::newRow("study") << QStringList{"--null", "calibrated"};
    }
    void itIsMadeAgainAndCompared() {
        QFETCH(QStringList, options);
        QCOMPARE(report(options + QStringList{"--out", m_demo.path("kept.pdf")}).exitCode, 0);
        const QStringList verify{"--quiet", "--verify", m_demo.path("kept.pdf")};
        for (const char* command : {"figure", "report"}) {
            const Run same = runProgram(m_demo.folder.path(), QStringList{command} + verify);
            QVERIFY2(same.exitCode == 0, qPrintable(same.out + same.err));
            QVERIFY2(same.out.contains("the same bytes"), qPrintable(same.out));
        }
        // Pages drawn over: what they were made of is the same.
        writeText(m_demo.folder / "kept.pdf",
                  fileContent(m_demo.folder / "kept.pdf").append("% drawn over\n").toStdString());
        const Run edited = runProgram(m_demo.folder.path(), QStringList{"report"} + verify);
        QCOMPARE(edited.exitCode, 1);
        QVERIFY2(edited.out.contains("was changed since"), qPrintable(edited.out + edited.err));
    }

    void whatHasChangedIsNamed() {
        for (const QStringList& options :
             {QStringList{"--gene", m_demo.gene, "--out", m_demo.path("kept.pdf")},
              QStringList{"--out", m_demo.path("all.pdf")}})
            QCOMPARE(report(options).exitCode, 0);
        const fs::path moved = m_demo.folder / "moved";
        fs::copy(m_demo.folder / "demo", moved, fs::copy_options::recursive);
        const auto verified = [&](const char* file) {
            return runProgram(m_demo.folder.path(),
                              {"report", "--quiet", "--verify", m_demo.path(file), "--study",
                               QString::fromStdString((moved / "demo.study.json").string())});
        };
        const Run same = verified("kept.pdf");
        QVERIFY2(same.exitCode == 0, qPrintable(same.out + same.err)); // of a copy: the same
        QVERIFY(changeOneGenotype(moved));
        // Of all genes there is nothing to compare with, until they are analysed again.
        const Run all = verified("all.pdf");
        QCOMPARE(all.exitCode, 1);
        QVERIFY2(all.err.contains("`genotypes` differs"), qPrintable(all.out + all.err));
        const Run other = verified("kept.pdf");
        QCOMPARE(other.exitCode, 1);
        QVERIFY2(other.out.contains("genotypes: genotypes.vcf.gz has other content"),
                 qPrintable(other.out + other.err));
        QVERIFY2(!other.out.contains("expression"), qPrintable(other.out));
    }

    /// Nor is it drawn as one.
    void aReportIsNoFigure() {
        QCOMPARE(report({"--gene", m_demo.gene, "--out", m_demo.path("gene.pdf")}).exitCode, 0);
        const Run drawn = runProgram(m_demo.folder.path(), {"figure", "--figure", m_demo.path("gene.pdf"),
                                                            "--out", m_demo.path("none.pdf")});
        QCOMPARE(drawn.exitCode, 1);
        QVERIFY2(drawn.err.contains("does not say how it was made"), qPrintable(drawn.err));
        QVERIFY(!isThere("none.pdf"));
    }

    void refusals_data() {
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<int>("exitCode");
        QTest::addColumn<QString>("told");
        const QString none = m_demo.path("none.pdf");
        QTest::newRow("no file") << QStringList{"--gene", m_demo.gene} << 2 << "--out";
        QTest::newRow("no PDF") << QStringList{"--out", m_demo.path("none.svg")} << 2 << ".pdf";
        QTest::newRow("an unknown gene") << QStringList{"--gene", "NOSUCH", "--out", none} << 1 << "NOSUCH";
        QTest::newRow("two genes, one file")
            << QStringList{"--gene", m_demo.gene, "--gene", "X", "--out", none} << 2 << "{gene}";
        QTest::newRow("a name of no gene")
            << QStringList{"--out", m_demo.path("{gene}.pdf")} << 1 << "--gene";
        QTest::newRow("an unknown model")
            << QStringList{"--gene", m_demo.gene, "--model", "nosuch", "--out", none} << 1 << "nosuch";
        QTest::newRow("an unknown null") << QStringList{"--null", "mine", "--out", none} << 2 << "mine";
        QTest::newRow("a verified file and another")
            << QStringList{"--verify", m_demo.path("gene.pdf"), "--out", none} << 2 << "--verify";
        QTest::newRow("a verified file and a gene")
            << QStringList{"--verify", m_demo.path("gene.pdf"), "--gene", m_demo.gene} << 2 << "--gene";
        QTest::newRow("a file for a folder")
            << QStringList{"--gene", m_demo.gene, "--out", m_demo.path("demo/demo.study.json/none.pdf")} << 1
            << "demo.study.json";
    }
    void refusals() {
        QFETCH(QStringList, options);
        QFETCH(int, exitCode);
        QFETCH(QString, told);
        const Run refused = report(options);
        QCOMPARE(refused.exitCode, exitCode);
        QVERIFY2(refused.err.contains(told), qPrintable(refused.err));
        QVERIFY(!isThere("none.pdf"));
    }

    void aStudyWithoutResultsSaysSo() {
        const fs::path moved = m_demo.folder / "fresh";
        const Run made = runProgram(m_demo.folder.path(), {"simulate", "--out", m_demo.path("fresh"),
                                                           "--people", "30", "--genes", "2", "--seed", "9"});
        QVERIFY2(made.exitCode == 0, qPrintable(made.err));
        const Run refused = runProgram(m_demo.folder.path(), {"report", m_demo.path("fresh/demo.study.json"),
                                                              "--out", m_demo.path("none.pdf")});
        QCOMPARE(refused.exitCode, 1);
        QVERIFY2(refused.err.contains("analyze"), qPrintable(refused.err));
        QVERIFY(!isThere("none.pdf") && fs::exists(moved));
    }
};

QTEST_GUILESS_MAIN(TestReportCommand)
#include "tst_report_command.moc"
