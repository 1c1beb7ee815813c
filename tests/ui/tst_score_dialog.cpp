// SPDX-License-Identifier: GPL-3.0-or-later
#include "support.h"
#include "views/score_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QRadioButton>
#include <QSpinBox>

using namespace diploscope;
using namespace diploscope::ui;

namespace {

ModelInfo enformerLike() {
    ModelInfo model;
    model.name = "enformer";
    model.binCount = 896;
    model.trackCount = 4;
    model.defaultOutput = {{447, 448, 449}, {1}, Aggregate::Sum};
    model.tracks = std::make_shared<const TrackList>(TrackList{{"E1", "DNASE:chorion"},
                                                               {"C1", "CAGE:brain, adult,"},
                                                               {"C2", "CAGE:brain, fetal,"},
                                                               {"C3", "CAGE:colon"}});
    return model;
}

} // namespace

class TestScoreDialog : public QObject {
    Q_OBJECT

private:
    JobRunner m_jobs;

    static QString summary(const ScoreDialog& dialog) {
        return dialog.findChild<QLabel*>(QStringLiteral("scoreSummary"))->text();
    }
    static QLineEdit* tracks(const ScoreDialog& dialog) {
        return dialog.findChild<QLineEdit*>(QStringLiteral("tracks"));
    }
    static bool accepts(const ScoreDialog& dialog) {
        return dialog.findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok)->isEnabled();
    }

private Q_SLOTS:
    void showsWhatIsAskedAndAsksForNothingElse() {
        const ModelInfo model = enformerLike();
        const ScoreRequest asked{
            .tracks = "CAGE:brain*", .bins = "448", .aggregate = "sum-log1p", .shifts = 3};
        const ScoreDialog dialog(model, asked, resolveScore(asked, model).value(), m_jobs);
        QVERIFY(dialog.request() == asked);
        QCOMPARE(summary(dialog),
                 QStringLiteral("CAGE:brain, adult and 1 more · bin 448 · sum-log1p · shifts ±3"));
        QVERIFY(accepts(dialog));

        const ScoreDialog untouched(model, {}, defaultScore(model), m_jobs);
        QVERIFY(untouched.request().empty());
        QCOMPARE(summary(untouched), QStringLiteral("CAGE:brain, adult · bins 447-449 · sum"));
    }

    void wordsAndListAreOne() {
        const ModelInfo model = enformerLike();
        ScoreDialog dialog(model, {}, defaultScore(model), m_jobs);
        auto* list = dialog.findChild<QListView*>();
        QCOMPARE(list->model()->rowCount(), 4);
        const auto checked = [&](int row) {
            return list->model()->index(row, 0).data(Qt::CheckStateRole).toInt() == Qt::Checked;
        };
        QVERIFY(checked(1) && !checked(2));
        tracks(dialog)->setText(QStringLiteral("CAGE:*"));
        QVERIFY(!checked(0) && checked(1) && checked(2) && checked(3));
        list->model()->setData(list->model()->index(1, 0), Qt::Unchecked, Qt::CheckStateRole);
        QCOMPARE(tracks(dialog)->text(), QStringLiteral("2,3"));
        QCOMPARE(dialog.request().tracks, std::string("2,3"));
    }

    void whatCannotBeIsSaidAndNotAccepted() {
        const ModelInfo model = enformerLike();
        ScoreDialog dialog(model, {}, defaultScore(model), m_jobs);
        tracks(dialog)->setText(QStringLiteral("DNASE:corion"));
        QVERIFY(!accepts(dialog));
        QVERIFY2(summary(dialog).contains(QStringLiteral("DNASE:chorion")), qPrintable(summary(dialog)));
        tracks(dialog)->setText(QStringLiteral("0"));
        QVERIFY(accepts(dialog));
        dialog.findChild<QLineEdit*>(QStringLiteral("bins"))->setText(QStringLiteral("900"));
        QVERIFY(!accepts(dialog));
    }

    void costIsToldInWords() {
        const ModelInfo model = enformerLike();
        ScoreDialog dialog(model, {}, defaultScore(model), m_jobs);
        dialog.findChild<QSpinBox*>()->setValue(3);
        dialog.findChild<QCheckBox*>()->setChecked(true);
        bool told = false;
        for (const QLabel* label : dialog.findChildren<QLabel*>())
            told = told || label->text().contains(QStringLiteral("14 times"));
        QVERIFY(told);
        QCOMPARE(*dialog.request().shifts, 3);
        QCOMPARE(*dialog.request().reverseComplement, true);
    }

    void headTakesTheTracksPlace() {
        const ModelInfo model = enformerLike();
        ScoreDialog dialog(model, {}, defaultScore(model), m_jobs);
        const auto radios = dialog.findChildren<QRadioButton*>();
        radios.last()->setChecked(true);
        QVERIFY(!accepts(dialog)); // no file yet
        QVERIFY(!tracks(dialog)->isEnabled());
        const ScoreRequest asked{.head = "/data/GTExWeights.csv"};
        ScoreDialog given(model, asked, defaultScore(model), m_jobs);
        QVERIFY(given.request() == asked);
        QVERIFY(accepts(given));
        QVERIFY2(summary(given).contains(QStringLiteral("GTExWeights")), qPrintable(summary(given)));
    }
};

QTEST_MAIN(TestScoreDialog)
#include "tst_score_dialog.moc"
