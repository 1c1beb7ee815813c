// SPDX-License-Identifier: GPL-3.0-or-later
#include "support.h"
#include "ui/pictures.h"
#include "ui/waiting.h"
#include "views/app_theme.h"
#include "views/jobs_panel.h"

#include <QApplication>
#include <QClipboard>
#include <QDialog>
#include <QLabel>
#include <QPushButton>
#include <QTableView>

#include <chrono>
#include <thread>

using namespace diploscope;
using namespace diploscope::ui;
using diploscope::test::waitUntil;

namespace {

QPushButton* button(const QWidget& widget, const QString& text) {
    for (QPushButton* candidate : widget.findChildren<QPushButton*>())
        if (QString(candidate->text()).remove(QLatin1Char('&')) == text)
            return candidate;
    return nullptr;
}

Result<int> twoStages(const RunContext& context) {
    {
        const StageTime time(context, Stage::Read);
        std::this_thread::sleep_for(std::chrono::milliseconds(30));
    }
    const StageTime time(context, Stage::Model);
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    return 1;
}

} // namespace

class TestJobsPanel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void finishedJobSaysWhereItsTimeWent_data() {
        QTest::addColumn<bool>("isDark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }
    void finishedJobSaysWhereItsTimeWent() {
        QFETCH(bool, isDark);
        AppTheme looks(ChartStyle::screen(lightTheme()).value());
        looks.choose(isDark ? Preferences::ThemeChoice::Dark : Preferences::ThemeChoice::Light);
        JobRunner runner;
        JobsPanel panel(runner, nullptr);
        panel.resize(1100, 180);
        panel.setMaximumHeight(180);
        panel.show();
        QPushButton* times = button(panel, QStringLiteral("Where did the time go?"));
        QVERIFY(times != nullptr);
        QVERIFY(!times->isEnabled());
        std::stop_source release;
        runner.run<int>(
            QStringLiteral("GSTM3 · xpresso"), {}, JobRunner::Priority::Seen,
            [stop = release.get_token()](const RunContext& context) -> Result<int> {
                while (!stop.stop_requested())
                    std::this_thread::sleep_for(std::chrono::milliseconds(1));
                return twoStages(context);
            },
            this, [](Result<int>) {});
        auto* table = panel.findChild<QTableView*>();
        table->setCurrentIndex(panel.model().index(0, 0));
        QVERIFY(!times->isEnabled()); // not while it runs
        release.request_stop();
        QVERIFY(waitUntil([&] { return !runner.isBusy(); }));
        QVERIFY(times->isEnabled());
        const StageTimes& told = runner.jobs().front().times;
        QVERIFY(told.of(Stage::Read).seconds >= 0.03);
        QVERIFY(told.of(Stage::Model).seconds >= 0.05);
        QVERIFY(told.whole.seconds >= told.of(Stage::Read).seconds + told.of(Stage::Model).seconds);

        times->click();
        auto* dialog = panel.findChild<QDialog*>();
        QVERIFY(dialog != nullptr);
        QTest::qWait(50);
        QStringList texts;
        for (const QLabel* label : dialog->findChildren<QLabel*>()) {
            texts << label->text();
            QVERIFY2(label->width() >= label->minimumSizeHint().width(), qPrintable(label->text()));
        }
        for (const char* text : {"GSTM3 · xpresso", "stage", "read", "model", "whole", "100.0 %"})
            QVERIFY2(texts.contains(QString::fromUtf8(text)), text);
        const QString theme = isDark ? QStringLiteral("dark") : QStringLiteral("light");
        test::keepPicture(panel, QStringLiteral("jobs-panel-") + theme);
        test::keepPicture(*dialog, QStringLiteral("job-times-") + theme);
        button(*dialog, QStringLiteral("Copy"))->click();
        const QString copied = QApplication::clipboard()->text();
        QVERIFY2(copied.startsWith(QStringLiteral("GSTM3 · xpresso\nstage\tseconds\tshare\t")),
                 qPrintable(copied));
        button(*dialog, QStringLiteral("Close"))->click();
        runner.clearFinished();
        QVERIFY(!times->isEnabled());
    }

    void stoppedAndFailedJobsSayItToo() {
        JobRunner runner;
        const JobId stopped = runner.run<int>(
            QStringLiteral("stopped"), {}, JobRunner::Priority::Seen,
            [](const RunContext& context) -> Result<int> {
                const StageTime time(context, Stage::Statistics);
                while (!context.cancelled())
                    std::this_thread::sleep_for(std::chrono::milliseconds(1));
                return fail(ErrorKind::Cancelled, "Stopped on request.");
            },
            this, [](Result<int>) {});
        runner.run<int>(
            QStringLiteral("failed"), {}, JobRunner::Priority::Seen,
            [](const RunContext& context) -> Result<int> {
                (void)twoStages(context);
                return fail(ErrorKind::Io, "No.");
            },
            this, [](Result<int>) {});
        QTest::qWait(20);
        runner.cancel(stopped);
        QVERIFY(waitUntil([&] { return !runner.isBusy(); }));
        QVERIFY(runner.jobs()[0].times.of(Stage::Statistics).seconds > 0);
        QVERIFY(runner.jobs()[1].times.of(Stage::Model).seconds >= 0.05);
    }
};

QTEST_MAIN(TestJobsPanel)
#include "tst_jobs_panel.moc"
