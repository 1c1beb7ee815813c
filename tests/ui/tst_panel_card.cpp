// SPDX-License-Identifier: GPL-3.0-or-later
// Captions of cards are whole wherever the card has room for them, beside controls or in a line of their own.
#include "views/panel_card.h"

#include "support.h"

#include <QPushButton>

using namespace diploscope::ui;

namespace {

class CardWithControl final : public PanelCard {
public:
    CardWithControl(const QString& title, QWidget* control) : PanelCard(title) { addToHeader(control); }
};

/// The widget's label of that text.
const ElidedLabel* labelOf(const QWidget& card, const QString& text) {
    for (const ElidedLabel* label : card.findChildren<ElidedLabel*>())
        if (label->fullText() == text)
            return label;
    return nullptr;
}

} // namespace

class TestPanelCard : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void captionsAreWholeWhereThereIsRoom_data() {
        QTest::addColumn<QString>("summary");
        QTest::newRow("short") << QStringLiteral("r = 0.82");
        QTest::newRow("long") << QStringLiteral(
            "300 SNVs · 3 drivers · 1 supported · 1 unsupported · 1 undefined");
    }
    void captionsAreWholeWhereThereIsRoom() {
        QFETCH(QString, summary);
        const QString title = QStringLiteral("Observed and predicted");
        CardWithControl card(title, new QPushButton(QStringLiteral("LD")));
        card.setSummary(summary);
        card.show();
        for (int width = 260; width <= 1000; width += 20) {
            card.resize(width, 120);
            QCoreApplication::sendPostedEvents();
            QCoreApplication::processEvents();
            const int room = card.contentsRect().width() - 24; // the margins of what is in it
            for (const QString& text : {title, summary}) {
                const ElidedLabel* label = labelOf(card, text);
                QVERIFY(label != nullptr && label->isVisible());
                const int others = text == title ? 8 + card.findChild<QPushButton*>()->sizeHint().width() : 0;
                if (label->sizeHint().width() + others <= room)
                    QVERIFY2(label->width() >= label->sizeHint().width(),
                             qPrintable(QStringLiteral("%1 at %2: %3 of %4")
                                            .arg(text)
                                            .arg(width)
                                            .arg(label->width())
                                            .arg(label->sizeHint().width())));
                else // and where it is cut, the tip says it
                    QVERIFY(label->width() <= room);
            }
        }
    }
};

QTEST_MAIN(TestPanelCard)
#include "tst_panel_card.moc"
