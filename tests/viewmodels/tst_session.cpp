// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/job_list_model.h"
#include "ui/demo_home.h"
#include "ui/waiting.h"
#include "viewmodels/gene_list_model.h"
#include "viewmodels/session.h"

#include <QAbstractItemModelTester>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTest>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;

/// The session on a small simulated study with the shipped demo model.
class TestSession : public QObject {
    Q_OBJECT

private:
    DemoHome m_home;

    static bool complete(const Session& session) {
        return session.shown().report() && session.shown().report()->complete;
    }
    static QString firstGene(const Session& session) {
        return QString::fromStdString(session.study()->genes().front().gene.id);
    }
    void open(Session& session) {
        QSignalSpy opened(&session, &Session::studyOpened);
        session.openStudy(m_home.study());
        QVERIFY(opened.isEmpty()); // opening never waits
        QVERIFY(waitUntil([&] { return session.model().predictor() != nullptr; }));
        QCOMPARE(opened.size(), 1);
    }

private Q_SLOTS:
    void initTestCase() { DS_VERIFY(m_home.makeDemo()); }

    void openingChoosesTheStudysModel() {
        JobRunner jobs;
        Session session(jobs);
        open(session);
        QCOMPARE(session.study()->genes().size(), size_t(DemoHome::genes));
        QCOMPARE(session.model().predictor()->info().name, std::string("demo-cnn"));
        QVERIFY(session.shown().gene() == nullptr);
    }

    void geneIsAnalysedAndTheSecondTimeNoModelRuns() {
        int64_t computed = 0;
        for (const bool again : {false, true}) {
            JobRunner jobs;
            Session session(jobs);
            open(session);
            QSignalSpy changed(&session.shown(), &ShownGene::geneChanged);
            session.showGene(firstGene(session));
            QCOMPARE(changed.size(), 1);
            QVERIFY(waitUntil([&] { return complete(session); }));
            QVERIFY(session.shown().report()->people.size() == size_t(DemoHome::people));
            if (again)
                QCOMPARE(session.shown().scoresComputed(), 0);
            else
                computed = session.shown().scoresComputed();
        }
        QVERIFY(computed > 0);
    }

    void anotherScoreAsksTheGeneAgain() {
        JobRunner jobs;
        Session session(jobs);
        open(session);
        session.showGene(firstGene(session));
        QVERIFY(waitUntil([&] { return complete(session); }));
        const auto before = session.shown().report();
        QVERIFY(!before->people.front().spread);
        QSignalSpy changed(&session, &Session::scoreChanged);
        session.model().ask({.shifts = 1, .reverseComplement = true});
        QVERIFY(waitUntil([&] { return changed.size() == 1 && complete(session); }));
        QCOMPARE(session.shown().report()->members.size(), size_t{6});
        QVERIFY(session.shown().report()->people.front().spread.has_value());
        QCOMPARE(session.model().asked().of(session.model().choice().toStdString())->shifts,
                 std::optional(1));

        QSignalSpy failed(&session, &Session::failed); // what cannot be had changes nothing
        session.model().ask({.tracks = "7"});
        QVERIFY(waitUntil([&] { return failed.size() == 1; }));
        QCOMPARE(session.shown().report()->members.size(), size_t{6});
        QCOMPARE(session.model().score()->shifts, 1);
    }

    void modelsThatAreProgramsAskFirst() {
        JobRunner jobs;
        Session session(jobs);
        open(session);
        const std::filesystem::path folder = m_home / "script";
        writeModel(folder, {{"schema", 1},
                            {"name", "script"},
                            {"kind", "torchscript"},
                            {"weights", "m.pt"},
                            {"input", {{"length", 61}, {"tss_index", 30}}}});
        std::filesystem::copy_file(fixture("engines/fixtures/scalar.pt"), folder / "m.pt");
        const QString model = QString::fromStdString(folder.string());
        QSignalSpy asked(&session.model(), &ChosenModel::trustAsked);
        QSignalSpy failed(&session, &Session::failed);
        session.chooseModel(model);
        QVERIFY(waitUntil([&] { return asked.size() == 1; }));
        QCOMPARE(asked[0][0].toString(), model);
        QVERIFY(failed.isEmpty());
        QVERIFY(session.model().predictor() == nullptr);
        const auto question = asked[0][1].value<TrustQuestion>();
        QCOMPARE(question.programs.size(), size_t{1});
        session.model().trust(model, question.programs);
        QVERIFY(waitUntil([&] { return session.model().predictor() != nullptr; }));
        QCOMPARE(session.model().predictor()->info().name, std::string("script"));
        session.chooseModel(QStringLiteral("demo-cnn"));
        QVERIFY(waitUntil([&] {
            return session.model().predictor() && session.model().predictor()->info().name == "demo-cnn";
        }));
        session.chooseModel(model); // the answer is kept
        QVERIFY(waitUntil([&] {
            return session.model().predictor() && session.model().predictor()->info().name == "script";
        }));
        QCOMPARE(asked.size(), 1);
    }

    void anAnswerOfTrustStopsNoOtherModel() {
        JobRunner jobs;
        Session session(jobs);
        open(session);
        session.chooseModel(QStringLiteral("demo-cnn"));
        session.model().trust(QStringLiteral("another"), {}); // a question from before, answered late
        QVERIFY(waitUntil([&] {
            return session.model().predictor() && session.model().predictor()->info().name == "demo-cnn";
        }));
        QVERIFY(waitUntil([&] { return !jobs.isBusy(); }));
    }

    void geneChosenWhileAnotherIsAnalysedWins() {
        JobRunner jobs;
        Session session(jobs);
        open(session);
        const auto& genes = session.study()->genes();
        for (const StudyGene& gene : genes)
            session.showGene(QString::fromStdString(gene.gene.id));
        QVERIFY(waitUntil([&] { return complete(session); }));
        QCOMPARE(session.shown().report()->gene.id, genes.back().gene.id);
        QVERIFY(waitUntil([&] { return !jobs.isBusy(); }));
        QCOMPARE(session.shown().report()->gene.id, genes.back().gene.id);
    }

    void positionFindsTheNearestGene() {
        JobRunner jobs;
        Session session(jobs);
        open(session);
        const StudyGene& wanted = session.study()->genes()[2];
        session.showGene(QString::fromStdString(wanted.gene.region.contig) +
                         QStringLiteral(":%1").arg(wanted.gene.tss() + 100));
        QCOMPARE(session.shown().gene()->id, wanted.gene.id);
    }

    void unknownGeneFailsAndNothingChanges() {
        JobRunner jobs;
        Session session(jobs);
        open(session);
        session.showGene(firstGene(session));
        const Gene* before = session.shown().gene();
        QSignalSpy failed(&session, &Session::failed);
        session.showGene(QStringLiteral("NOSUCHGENE"));
        QCOMPARE(failed.size(), 1);
        QCOMPARE(session.shown().gene(), before);
    }

    void rejectedStudyLeavesTheOpenOne() {
        JobRunner jobs;
        Session session(jobs);
        open(session);
        writeText(m_home / "broken.study.json",
                  R"({"schema": 1, "name": "broken", "build": "x", "reference": "no.fa",
                      "annotation": "no.gtf", "genotypes": "no.vcf.gz", "expression": "no.bed"})");
        QSignalSpy rejected(&session, &Session::studyRejected);
        session.openStudy(QString::fromStdString((m_home / "broken.study.json").string()));
        QVERIFY(waitUntil([&] { return !rejected.isEmpty(); }));
        const auto problems = rejected.front().at(1).value<std::vector<Error>>();
        QVERIFY2(problems.size() >= 4, qPrintable(QString::number(problems.size())));
        QVERIFY(session.study() != nullptr);
        QCOMPARE(session.study()->file().name, std::string("Simulated demo"));
    }

    /// A file of a study, opened as one: the window then opens the assistant with it.
    void partOfAStudyIsToldApart() {
        JobRunner jobs;
        Session session(jobs);
        const QString study = m_home.study();
        QString fasta;
        for (const auto& entry : std::filesystem::directory_iterator(QFileInfo(study).path().toStdString()))
            if (const std::string name = entry.path().string();
                name.ends_with(".fa") || name.ends_with(".fa.gz"))
                fasta = QString::fromStdString(name);
        QVERIFY(!fasta.isEmpty());
        QSignalSpy rejected(&session, &Session::studyRejected);
        QSignalSpy part(&session, &Session::partOpened);
        session.openStudy(fasta);
        QVERIFY(waitUntil([&] { return !part.isEmpty(); }));
        QVERIFY(rejected.isEmpty());
        QVERIFY(part.front().at(1).value<Error>().what.find("reference genome") != std::string::npos);
    }

    /// What stops no gene is told, and the study opens without it.
    void studyOpensWithoutABadSideTable() {
        JobRunner jobs;
        Session session(jobs);
        QFile study(m_home.study());
        QVERIFY(study.open(QIODevice::ReadOnly));
        QJsonObject document = QJsonDocument::fromJson(study.readAll()).object();
        document["eqtl"] = QJsonArray{"bad.tsv"};
        const std::filesystem::path folder = QFileInfo(m_home.study()).path().toStdString();
        writeText(folder / "bad.tsv", "<html>404</html>\n");
        writeText(folder / "side.study.json", QJsonDocument(document).toJson().toStdString());
        QSignalSpy failed(&session, &Session::failed);
        session.openStudy(QString::fromStdString((folder / "side.study.json").string()));
        QVERIFY(waitUntil([&] { return session.study() != nullptr; }));
        QCOMPARE(failed.size(), 1);
        QVERIFY(failed.front().at(0).value<Error>().remedy.find("analysed without it") != std::string::npos);
    }

    void missingModelIsToldAndAnotherCanBeChosen() {
        JobRunner jobs;
        Session session(jobs);
        open(session);
        QSignalSpy failed(&session, &Session::failed);
        session.chooseModel(QStringLiteral("no-such-model"));
        QVERIFY(waitUntil([&] { return !failed.isEmpty(); }));
        QVERIFY(session.model().predictor() == nullptr);
        session.showGene(firstGene(session));
        session.chooseModel(QStringLiteral("demo-cnn"));
        QVERIFY(waitUntil([&] { return complete(session); }));
    }

    void geneAskedForTwiceIsAnalysedOnce() { // choosing in the completer also presses return
        JobRunner jobs;
        Session session(jobs);
        open(session);
        const size_t before = jobs.jobs().size();
        QSignalSpy changed(&session.shown(), &ShownGene::geneChanged);
        session.showGene(firstGene(session));
        session.showGene(firstGene(session));
        QCOMPARE(jobs.jobs().size(), before + 1);
        QCOMPARE(changed.size(), 1);
        QVERIFY(waitUntil([&] { return complete(session); }));
        session.showGene(firstGene(session));
        QCOMPARE(jobs.jobs().size(), before + 1);
    }

    void openedGenePausesTheRestUntilItIsDone() {
        const QString slow = m_home.makeSlowModel();
        JobRunner jobs;
        Session session(jobs);
        open(session);
        session.chooseModel(slow);
        QVERIFY(waitUntil([&] { return session.model().predictor() != nullptr; }));
        session.results().analyzeAll();
        const auto row = jobs.jobs().size() - 1;
        QVERIFY(waitUntil([&] { return jobs.jobs()[row].detail.contains(QStringLiteral("Predicting")); }));
        session.showGene(QString::fromStdString(session.study()->genes().back().gene.id));
        QVERIFY(waitUntil([&] { return jobs.jobs()[row].paused; }));
        QCOMPARE(progressText(jobs.jobs()[row]), QStringLiteral("paused: what you look at goes first"));
        QVERIFY(waitUntil([&] { return jobs.jobs().back().done > 0; }));
        QVERIFY(jobs.jobs()[row].paused);
        session.shown().cancel();
        QVERIFY(waitUntil([&] { return !jobs.jobs()[row].paused; }));
        QCOMPARE(jobs.jobs()[row].state, JobStatus::State::Running);
        jobs.cancelAll();
        QVERIFY(waitUntil([&] { return !jobs.isBusy(); }));
    }

    void cancelledGeneSaysSo() {
        const QString slow = m_home.makeSlowModel();
        JobRunner jobs;
        Session session(jobs);
        open(session);
        session.chooseModel(slow);
        session.showGene(firstGene(session));
        QVERIFY(waitUntil([&] { return session.model().predictor() && jobs.isBusy(); }));
        QTest::qWait(50);
        QVERIFY2(!complete(session), "the slow model is too fast to be stopped");
        session.shown().cancel();
        QVERIFY(waitUntil([&] { return session.shown().error().has_value(); }));
        QCOMPARE(session.shown().error()->kind, ErrorKind::Cancelled);
        QVERIFY(session.results().rows().isEmpty()); // stopping is no failure
    }

    void allGenesFillTheListInTheBackground() {
        JobRunner jobs;
        Session session(jobs);
        Genome genome(session);
        GeneListModel model(session, genome);
        GeneListFilter filter(genome);
        filter.setSourceModel(&model);
        const QAbstractItemModelTester modelTester(&model,
                                                   QAbstractItemModelTester::FailureReportingMode::QtTest);
        const QAbstractItemModelTester filterTester(&filter,
                                                    QAbstractItemModelTester::FailureReportingMode::QtTest);
        filter.sort(GeneListModel::RColumn, Qt::DescendingOrder);
        open(session);
        QCOMPARE(filter.rowCount(), DemoHome::genes);
        session.results().analyzeAll();
        QVERIFY(waitUntil([&] { return session.results().rows().size() == DemoHome::genes; }));
        double last = 2;
        for (int row = 0; row < filter.rowCount(); ++row) {
            const QVariant r = filter.index(row, GeneListModel::RColumn).data(GeneListModel::SortRole);
            if (!r.isValid()) // the undefined stand last
                break;
            QVERIFY(r.toDouble() <= last);
            last = r.toDouble();
        }
        filter.setSearch(filter.index(0, 0).data(GeneListModel::GeneIdRole).toString());
        QCOMPARE(filter.rowCount(), 1);
        filter.setSearch({});
        QCOMPARE(filter.rowCount(), DemoHome::genes);
    }

    /// The parts hear of another model, score or study before anybody is told: whoever is told asks them at
    /// once, and found the new model with the results of the one before.
    void whoeverIsToldFindsAllPartsChanged() {
        JobRunner jobs;
        Session session(jobs);
        open(session);
        session.showGene(firstGene(session));
        QVERIFY(waitUntil([&] { return complete(session) && !jobs.isBusy(); }));
        QVERIFY(session.shown().reportIsCurrent());
        QVERIFY(!session.results().rows().isEmpty());
        QStringList told;
        connect(&session, &Session::modelChanged, &session, [&] {
            told << QStringLiteral("model");
            QVERIFY(session.workspace()->predictor == session.model().predictor());
            QVERIFY(session.results().rows().isEmpty());
            QVERIFY(!session.shown().reportIsCurrent()); // but there until there is another
            QCOMPARE(session.shown().report() != nullptr, session.study() != nullptr);
        });
        connect(&session, &Session::scoreChanged, &session, [&] {
            told << QStringLiteral("score");
            QCOMPARE(session.workspace()->options.score->shifts, session.model().score()->shifts);
            QVERIFY(session.results().rows().isEmpty());
            QVERIFY(session.shown().report() == nullptr); // in another unit
        });
        connect(&session, &Session::studyClosed, &session, [&] {
            told << QStringLiteral("closed");
            QVERIFY(session.study() == nullptr && !session.workspace()->isReady());
            QVERIFY(session.genes().all().empty() && session.shown().gene() == nullptr);
            QVERIFY(session.model().choice().isEmpty() && session.model().name().empty());
            QVERIFY(session.results().rows().isEmpty() && session.results().otherModels()->empty());
            QCOMPARE(session.shown().scoresComputed() + session.shown().scoresFromCache(), 0);
        });
        session.chooseModel(QStringLiteral("demo-cnn"));
        QVERIFY(waitUntil([&] { return session.shown().reportIsCurrent() && !jobs.isBusy(); }));
        session.model().ask({.shifts = 1});
        QVERIFY(waitUntil([&] { return session.shown().reportIsCurrent() && !jobs.isBusy(); }));
        session.closeStudy();
        QCOMPARE(told, QStringList({"model", "score", "closed", "model"}));
    }

    void changedThresholdsForgetWhatNoLongerCounts() {
        JobRunner jobs;
        Session session(jobs);
        open(session);
        session.showGene(firstGene(session));
        QVERIFY(waitUntil([&] { return complete(session); }));
        Session::Settings settings = session.settings();
        settings.thresholds.minimumLinearR = 0.99;
        QSignalSpy cleared(&session.results(), &GeneResults::replaced);
        session.applySettings(settings);
        QCOMPARE(cleared.size(), 1);
        QVERIFY(waitUntil([&] { return complete(session) && !jobs.isBusy(); }));
    }
};

QTEST_MAIN(TestSession)
#include "tst_session.moc"
