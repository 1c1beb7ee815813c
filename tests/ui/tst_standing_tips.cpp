// SPDX-License-Identifier: GPL-3.0-or-later
// Tips stay as long as the pointer rests. Qt's own are taken away after ten seconds, so what is asked is who
// shows them: those of rows and headings are never left to Qt's views.
#include "views/standing_tips.h"

#include "support.h"
#include "waiting.h"

#include <QHeaderView>
#include <QHelpEvent>
#include <QLabel>
#include <QStandardItemModel>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QToolTip>

using namespace diploscope::ui;
using namespace diploscope::test;

namespace {

/// Notices when Qt's view shows a tip by itself.
class AskedDelegate final : public QStyledItemDelegate {
public:
    bool helpEvent(QHelpEvent*, QAbstractItemView*, const QStyleOptionViewItem&,
                   const QModelIndex&) override {
        asked = true;
        return true;
    }
    bool asked = false;
};

class AskedHeader final : public QHeaderView {
public:
    AskedHeader() : QHeaderView(Qt::Horizontal) {}
    bool asked = false;

protected:
    bool viewportEvent(QEvent* event) override {
        asked |= event->type() == QEvent::ToolTip;
        return QHeaderView::viewportEvent(event);
    }
};

void askAt(QWidget& widget, QPoint place) {
    QHelpEvent asked(QEvent::ToolTip, place, widget.mapToGlobal(place));
    QCoreApplication::sendEvent(&widget, &asked);
}

} // namespace

class TestStandingTips : public QObject {
    Q_OBJECT

private:
    StandingTips m_tips{this};

private Q_SLOTS:
    void widgetsKeepTheirTips() {
        static_assert(StandingTips::StayMs >= 600'000);
        QLabel label(QStringLiteral("r"));
        label.setToolTip(QStringLiteral("across people"));
        QCOMPARE(label.toolTipDuration(), StandingTips::StayMs);
    }

    void rowsAndHeadingsToo() {
        QStandardItemModel model(2, 2);
        model.setData(model.index(1, 1), QStringLiteral("a row"), Qt::ToolTipRole);
        model.setHeaderData(1, Qt::Horizontal, QStringLiteral("a heading"), Qt::ToolTipRole);
        QTableView view;
        auto* header = new AskedHeader;
        view.setHorizontalHeader(header);
        AskedDelegate delegate;
        view.setItemDelegate(&delegate);
        view.setModel(&model);
        view.resize(400, 200);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));

        askAt(*view.viewport(), view.visualRect(model.index(1, 1)).center());
        QCOMPARE(QToolTip::text(), QStringLiteral("a row"));
        QVERIFY(!delegate.asked);
        QToolTip::hideText();
        askAt(*header->viewport(), QPoint(header->sectionViewportPosition(1) + 5, 5));
        QVERIFY(waitUntil([] { return QToolTip::text() == QStringLiteral("a heading"); }));
        QVERIFY(!header->asked);
        // Where there is none, Qt may look for itself.
        askAt(*view.viewport(), view.visualRect(model.index(0, 0)).center());
        QVERIFY(delegate.asked);
    }
};

QTEST_MAIN(TestStandingTips)
#include "tst_standing_tips.moc"
