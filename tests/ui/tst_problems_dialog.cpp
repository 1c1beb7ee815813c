// SPDX-License-Identifier: GPL-3.0-or-later
#include "support.h"
#include "viewmodels/problem_list_model.h"
#include "views/finding_list.h"
#include "views/problems_dialog.h"

#include <fmt/format.h>

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>

using namespace diploscope;
using namespace diploscope::ui;

namespace {

std::vector<Error> someProblems() {
    return {
        {ErrorKind::NotFound, "The file does not exist.", "/data/a <b> & c.fa", "Check the path."},
        {ErrorKind::Mismatch, "No person has both.", "", "Name a `sample_map`."},
        {ErrorKind::BadInput, fmt::format("{:x<400} is long.", ""), fmt::format("/data/{:y<300}", ""), ""}};
}

QPushButton* button(const QDialog& dialog, const QString& text) {
    for (QPushButton* candidate : dialog.findChildren<QPushButton*>())
        if (QString(candidate->text()).remove(QLatin1Char('&')) == text)
            return candidate;
    return nullptr;
}

} // namespace

class TestProblemsDialog : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void modelHoldsItsContract();
    void copyAll();
    void copySelected();
    void openAgain();
    void nothingIsClipped();
};

void TestProblemsDialog::modelHoldsItsContract() {
    ProblemListModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(model.rowCount(), 0);
    model.setFindings(someProblems(), {{"people", "316 matched.", {"HG1", "<HG2>"}}});
    QCOMPARE(model.rowCount(), 4);
    QCOMPARE(model.problemCount(), 3);
    const QModelIndex problem = model.index(0), note = model.index(3);
    QCOMPARE(problem.data().toString(), "The file does not exist.");
    QCOMPARE(problem.data(ProblemListModel::WhereRole).toString(), "/data/a <b> & c.fa");
    QCOMPARE(note.data(ProblemListModel::TopicRole).toString(), "people");
    QVERIFY(note.data(Qt::ToolTipRole).toString().contains("&lt;HG2&gt;"));
    model.setFindings({});
    QCOMPARE(model.rowCount(), 0);
}

void TestProblemsDialog::copyAll() {
    ProblemsDialog dialog(QStringLiteral("/data/my.study.json"), someProblems());
    button(dialog, QStringLiteral("Copy all"))->click();
    const QString text = QApplication::clipboard()->text();
    for (const char* part : {"/data/my.study.json", "1. The file does not exist.", "in  /data/a <b> & c.fa",
                             "do  Check the path.", "2. No person has both.", "3. xxx"})
        QVERIFY2(text.contains(QLatin1String(part)), part);
}

void TestProblemsDialog::copySelected() {
    ProblemsDialog dialog(QStringLiteral("/data/my.study.json"), someProblems());
    auto* list = dialog.findChild<FindingList*>();
    list->setCurrentIndex(list->model()->index(1, 0));
    QTest::keyClick(list, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QApplication::clipboard()->text(), "Problem: No person has both. Name a `sample_map`.");
}

void TestProblemsDialog::openAgain() {
    ProblemsDialog dialog(QStringLiteral("/data/my.study.json"), someProblems());
    QSignalSpy retried(&dialog, &ProblemsDialog::retry);
    dialog.show();
    QTest::keyClick(dialog.findChild<FindingList*>(), Qt::Key_Tab);
    button(dialog, QStringLiteral("Open again"))->click();
    QCOMPARE(retried.count(), 1);
    QVERIFY(!dialog.isVisible());
    dialog.show();
    QTest::keyClick(&dialog, Qt::Key_Escape);
    QVERIFY(!dialog.isVisible());
    QCOMPARE(retried.count(), 1);
}

void TestProblemsDialog::nothingIsClipped() {
    ProblemsDialog dialog(QStringLiteral("/data/my.study.json"), someProblems());
    dialog.show();
    auto* list = dialog.findChild<FindingList*>();
    const auto heightOf = [&](int row) { return list->visualRect(list->model()->index(row, 0)).height(); };
    dialog.resize(900, 600);
    QTRY_VERIFY(heightOf(2) > 4 * heightOf(1) / 2);
    const int wide = heightOf(2);
    dialog.resize(420, 600); // narrower: the same text needs more lines
    QTRY_VERIFY(heightOf(2) > wide);
    QVERIFY(list->visualRect(list->model()->index(2, 0)).width() <= list->viewport()->width());
}

QTEST_MAIN(TestProblemsDialog)
#include "tst_problems_dialog.moc"
