// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo_home.h"
#include "table_file.h"
#include "views/cluster_dialog.h"
#include "views/cluster_tools.h"
#include "views/message_stack.h"
#include "views/window_actions.h"
#include "waiting.h"
#include "workflow/cluster_run.h"

#include <QAction>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSpinBox>
#include <QTest>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;

class TestClusterDialog : public QObject {
    Q_OBJECT

private:
    DemoHome m_home;

    static ClusterDialog::Facts facts(bool sendsAll = true) {
        return {"/data/my.study.json", "xpresso", 6825, "/home/me/diploscope-jobs/my", sendsAll};
    }
    static ClusterRequest known() {
        ClusterRequest request;
        request.study = "/data/my.study.json";
        request.program = "/usr/bin/diploscope";
        request.models = {"xpresso"};
        request.options = {"--shifts", "1"};
        return request;
    }
    template <class T>
    static T* field(const ClusterDialog& dialog, const char* name) {
        return dialog.findChild<T*>(QString::fromLatin1(name));
    }

private Q_SLOTS:
    void proposesWhatTheSizeAsksFor() {
        const ClusterDialog dialog(facts(), known());
        const ClusterRequest request = dialog.request();
        QCOMPARE(request.shards, 137); // some 50 genes each
        QCOMPARE(request.folder, std::filesystem::path("/home/me/diploscope-jobs/my"));
        QCOMPARE(request.study, known().study);
        QCOMPARE(request.program, known().program);
        QVERIFY(request.models == known().models && request.options == known().options);
        QCOMPARE(request.device, std::string("cpu"));
        QVERIFY(request.gres.empty() && request.partition.empty());
        QVERIFY(!dialog.onlyWrites());
        const QString summary = field<QLabel>(dialog, "clusterSummary")->text();
        QVERIFY2(summary.contains("6,825 genes") && summary.contains("50 genes"), qPrintable(summary));
        QVERIFY(!summary.contains("preferences"));
        QVERIFY(field<QLabel>(ClusterDialog(facts(false), known()), "clusterSummary")
                    ->text()
                    .contains("preferences"));
    }

    void asksForWhatTheFieldsSay() {
        ClusterDialog dialog(facts(), known());
        field<QSpinBox>(dialog, "shards")->setValue(8);
        field<QSpinBox>(dialog, "threads")->setValue(2);
        field<QSpinBox>(dialog, "retries")->setValue(0);
        dialog.findChild<QComboBox*>()->setCurrentIndex(1);
        field<QLineEdit>(dialog, "time")->setText("2:00:00");
        field<QLineEdit>(dialog, "memory")->setText("3G");
        field<QLineEdit>(dialog, "partition")->setText("long");
        field<QPushButton>(dialog, "onlyWrite")->click();
        QVERIFY(dialog.onlyWrites());
        QCOMPARE(dialog.result(), int{QDialog::Accepted});
        const ClusterRequest request = dialog.request();
        QCOMPARE(request.shards, 8);
        QCOMPARE(request.threads, 2);
        QCOMPARE(request.retries, 0);
        QCOMPARE(request.device, std::string("cuda"));
        QCOMPARE(request.gres, std::string("gpu:1")); // or the job would find no card
        QCOMPARE(request.time, std::string("2:00:00"));
        QCOMPARE(request.memory, std::string("3G"));
        QCOMPARE(request.partition, std::string("long"));
    }

    void theWindowSaysWhatItKnows() {
        DS_VERIFY(m_home.makeDemo());
        qputenv("HOME", QByteArray::fromStdString((m_home / "home").string()));
        JobRunner jobs;
        QWidget window;
        WindowActions actions(&window);
        MessageStack messages(&window);
        Session session(jobs);
        ClusterRuns runs(jobs);
        Genome genome(session);
        new ClusterTools(session, genome, runs, actions, messages, &window);
        QVERIFY(!actions.runOnCluster->isEnabled());
        QVERIFY(actions.watchCluster->isEnabled());
        session.openStudy(m_home.study());
        QVERIFY(waitUntil([&] { return session.model().predictor() != nullptr && !jobs.isBusy(); }));
        QVERIFY(actions.runOnCluster->isEnabled());
        actions.runOnCluster->trigger();
        auto* dialog = window.findChild<ClusterDialog*>();
        QVERIFY(dialog != nullptr);
        const ClusterRequest request = dialog->request();
        QCOMPARE(QString::fromStdString(request.study.string()), m_home.study());
        QCOMPARE(request.folder, m_home / "home/diploscope-jobs/demo-demo-cnn");
        QCOMPARE(request.program.filename(), std::filesystem::path("diploscope"));
        QCOMPARE(request.models, std::vector<std::string>{session.model().choice().toStdString()});
        QVERIFY(field<QLabel>(*dialog, "clusterSummary")->text().contains(m_home.study()));
        QVERIFY(field<QRadioButton>(*dialog, "focusedGenes") == nullptr); // nothing is left out
        delete dialog;

        session.results().analyzeAll();
        QVERIFY(waitUntil(
            [&] { return genome.table()->rowCount() == size_t{DemoHome::genes} && !jobs.isBusy(); }));
        const auto& genes = session.study()->genes();
        // As nobody selects them: the list is in genome order all the same.
        genome.setSelected(
            {QString::fromStdString(genes[4].gene.id), QString::fromStdString(genes[1].gene.id)});
        actions.runOnCluster->trigger();
        dialog = window.findChild<ClusterDialog*>();
        QVERIFY(dialog != nullptr && dialog->request().geneIds.empty()); // unless it is chosen
        field<QRadioButton>(*dialog, "focusedGenes")->setChecked(true);
        QCOMPARE(dialog->request().geneIds, std::vector<std::string>({genes[1].gene.id, genes[4].gene.id}));
        QCOMPARE(dialog->request().folder, m_home / "home/diploscope-jobs/demo-demo-cnn-focus");
        session.closeStudy();
        QVERIFY(!actions.runOnCluster->isEnabled());
    }

    void genesInFocusHaveShardsAndAFolderOfTheirOwn() {
        ClusterDialog::Facts some = facts();
        for (int i = 0; i < 120; ++i)
            some.focus.push_back("ENSG" + std::to_string(i));
        ClusterDialog dialog(some, known());
        auto* focused = field<QRadioButton>(dialog, "focusedGenes");
        QVERIFY(focused->text().contains("120 genes"));
        focused->setChecked(true);
        QCOMPARE(dialog.request().shards, 3);
        QCOMPARE(dialog.request().geneIds, some.focus);
        QCOMPARE(dialog.request().folder, std::filesystem::path("/home/me/diploscope-jobs/my-focus"));
        const QString summary = field<QLabel>(dialog, "clusterSummary")->text();
        QVERIFY2(summary.contains("120 genes") && summary.contains("40 genes"), qPrintable(summary));
        field<QLineEdit>(dialog, "folder")->setText("/home/me/mine"); // stays
        for (QRadioButton* other : dialog.findChildren<QRadioButton*>())
            if (other != focused)
                other->setChecked(true);
        QCOMPARE(dialog.request().shards, 137);
        QVERIFY(dialog.request().geneIds.empty());
        QCOMPARE(dialog.request().folder, std::filesystem::path("/home/me/mine"));
    }

    void aListOfGenesIsAFileOfTheRun() {
        namespace fs = std::filesystem;
        DS_VERIFY(m_home.makeDemo());
        ClusterRequest request = known();
        request.study = m_home.study().toStdString();
        request.folder = m_home / "a list";
        request.shards = 1;
        request.geneIds = {"ENSG2", "ENSG7"};
        DS_VERIFY(writeClusterRun(request, {}));
        const fs::path list = genesOf(request);
        QCOMPARE(list.parent_path(), request.folder);
        QCOMPARE(fileContent(list), QByteArray("ENSG2\nENSG7\n"));
        const QByteArray shard = fileContent(request.folder / "shard.sh");
        QVERIFY2(shard.contains("--genes '" + QByteArray::fromStdString(list.string()) + "'"),
                 shard.constData());
        DS_VERIFY(writeClusterRun(request, {})); // goes on
        request.geneIds.emplace_back("ENSG8");
        const auto other = writeClusterRun(request, {});
        QVERIFY(!other && other.error().kind == ErrorKind::Mismatch);
    }

    void wordsAreWordsAndNothingIsMissing() {
        const ClusterDialog dialog(facts(), known());
        auto* partition = field<QLineEdit>(dialog, "partition");
        QTest::keyClicks(partition, "a b\"'c");
        QCOMPARE(partition->text(), QString("abc"));
        const QPushButton* submit = dialog.findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok);
        QVERIFY(submit->isEnabled());
        field<QLineEdit>(dialog, "folder")->clear();
        QVERIFY(!submit->isEnabled());
    }
};

QTEST_MAIN(TestClusterDialog)
#include "tst_cluster_dialog.moc"
