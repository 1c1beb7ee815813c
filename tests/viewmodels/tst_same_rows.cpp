// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/result_places.h"
#include "base/atomic_file.h"
#include "integration/program.h"
#include "ui/demo_home.h"
#include "ui/waiting.h"
#include "viewmodels/genome.h"
#include "viewmodels/session.h"

#include <QTest>

#include <cmath>
#include <utility>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;
namespace fs = std::filesystem;

/// The window and `analyze` leave the same of a gene in the study's result store, under the same key, so that
/// each goes on with what the other computed.
class TestSameRows : public QObject {
    Q_OBJECT

    struct Left {
        ResultRun run;
        std::vector<GeneRow> genes;
    };
    DemoHome m_home;

    fs::path store() const { return ResultStore::fileOf(m_home.study().toStdString()); }
    Left left() const {
        auto opened = ResultStore::openExisting(store());
        if (!opened)
            qFatal("%s", opened.error().message().c_str());
        const std::vector<ResultRun> runs = opened->runs().value();
        if (runs.size() != 1)
            qFatal("%zu runs instead of one", runs.size());
        return {runs.front(), opened->genes(runs.front().id).value()};
    }
    Run analyze(const std::string& gene, const QStringList& more) const {
        return runProgram(m_home / "program", QStringList{"analyze", m_home.study(), "--quiet", "--gene",
                                                          QString::fromStdString(gene), "--out",
                                                          QString::fromStdString((m_home / "out").string())} +
                                                  more);
    }

private Q_SLOTS:
    void initTestCase() { DS_VERIFY(m_home.makeDemo()); }
    void init() { fs::remove(store()); }

    void windowAndProgramLeaveTheSame_data() {
        QTest::addColumn<bool>("averaged");
        QTest::addColumn<QStringList>("options");
        QTest::newRow("as the study says") << false << QStringList();
        QTest::newRow("a score that was asked for")
            << true << QStringList{"--shifts", "1", "--reverse-complement"};
    }
    void windowAndProgramLeaveTheSame() {
        QFETCH(bool, averaged);
        QFETCH(QStringList, options);
        JobRunner jobs;
        Session session(jobs);
        session.openStudy(m_home.study());
        QVERIFY(waitUntil([&] { return session.model().predictor() != nullptr; }));
        if (averaged) {
            session.model().ask({.shifts = 1, .reverseComplement = true});
            QVERIFY(waitUntil([&] { return session.model().score()->shifts == 1; }));
        }
        const std::string gene = session.study()->genes().front().gene.id;
        session.showGene(QString::fromStdString(gene));
        const auto isShown = [&] {
            return session.shown().report() && session.shown().report()->complete && !jobs.isBusy();
        };
        QVERIFY(waitUntil(isShown));
        QVERIFY(session.shown().scoresComputed() > 0);
        const Left ofWindow = left();
        fs::remove(store());

        const Run run = analyze(gene, options + QStringList{"--no-cache"});
        QVERIFY2(run.exitCode == 0, qPrintable(run.err));
        const Left ofProgram = left();
        QCOMPARE(ofProgram.run.study, ofWindow.run.study);
        QCOMPARE(ofProgram.run.modelChecksum, ofWindow.run.modelChecksum);
        QCOMPARE(ofProgram.run.options, ofWindow.run.options);
        QCOMPARE(ofProgram.run.model, ofWindow.run.model);
        QCOMPARE(ofProgram.run.provenance, ofWindow.run.provenance);
        QCOMPARE(ofProgram.genes.size(), size_t{1});
        QVERIFY(!ofProgram.genes.front().drivers.empty());
        QVERIFY(ofProgram.genes.front() == ofWindow.genes.front());

        // Each takes what is there for its own.
        const std::string next = session.study()->genes()[1].gene.id;
        session.showGene(QString::fromStdString(next));
        QVERIFY(waitUntil([&] { return isShown() && session.shown().report()->gene.id == next; }));
        QCOMPARE(left().genes.size(), size_t{2});
    }

    /// Where nobody chose: of the window's table, of genes.tsv and of what `summary` says.
    void theNullIsTheSame() {
        JobRunner jobs;
        Session session(jobs);
        Genome genome(session);
        session.openStudy(m_home.study());
        QVERIFY(waitUntil([&] { return session.model().predictor() != nullptr && !jobs.isBusy(); }));
        session.results().analyzeAll();
        QVERIFY(waitUntil([&] {
            return !jobs.isBusy() && !genome.takeWaiting() &&
                   genome.table()->rowCount() == size_t(DemoHome::genes);
        }));
        const fs::path out = m_home / "all";
        const Run written =
            runProgram(m_home / "program", {"analyze", m_home.study(), "--quiet", "--genes", "all", "--out",
                                            QString::fromStdString(out.string())});
        QVERIFY2(written.exitCode == 0, qPrintable(written.err));
        QStringList heads;
        size_t compared = 0;
        for (const QString& line :
             QString::fromStdString(readWholeFile(out / "genes.tsv").value()).split(QLatin1Char('\n'))) {
            const QStringList cells = line.split(QLatin1Char('\t'));
            if (cells.size() < 2)
                continue;
            if (heads.isEmpty()) {
                heads = cells;
                continue;
            }
            const auto row = genome.rowOf(cells[heads.indexOf(QStringLiteral("gene_id"))]);
            QVERIFY(row);
            for (const auto& [name, column] :
                 {std::pair("p_null", genome.nullPColumn()), std::pair("q", genome.qColumn())}) {
                const double shown = genome.table()->number(*row, column);
                const QString cell = cells[heads.indexOf(QLatin1String(name))];
                QVERIFY2(std::isnan(shown) ? cell == QStringLiteral("NA") : cell.toDouble() == shown,
                         qPrintable(line));
                compared += std::isnan(shown) ? 0 : 1;
            }
        }
        QVERIFY(compared > 2);
        const Run told = runProgram(m_home / "program", {"summary", m_home.study()});
        const QString null = QString::fromUtf8(toText(genome.null()).data());
        QVERIFY2(told.out.contains(null + QStringLiteral(" null")), qPrintable(told.out));
        QVERIFY(readWholeFile(out / "genes.tsv")->starts_with("# null: " + null.toStdString()));
    }
};

QTEST_MAIN(TestSameRows)
#include "tst_same_rows.moc"
