// SPDX-License-Identifier: GPL-3.0-or-later
// Every word stands out from what it stands on, 4.5 to 1 as WCAG 2 counts it, in both themes. What is
// disabled is left out. Boxes and dots to tick have an edge of 3 to 1, as it counts what is no word.
#include "drawn_text.h"
#include "views/app_theme.h"
#include "views/dialog_parts.h"
#include "views/gene_page.h"
#include "views/locus_panel.h"
#include "widget_check.h"
#include "window_walk.h"

#include <QApplication>
#include <QCheckBox>
#include <QImage>
#include <QListWidget>
#include <QRadioButton>
#include <QRegularExpression>
#include <QStyleOptionButton>
#include <QStyleOptionViewItem>

#include <map>
#include <set>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;

namespace {

constexpr double least = 4.5;

QString pairText(const QColor& words, const QColor& ground) {
    return QStringLiteral("%1 on %2: %3").arg(words.name(), ground.name()).arg(contrast(words, ground));
}

/// Words of a window that do not stand out, each pair of colours once.
QStringList faintWords(QWidget& window) {
    const QColor disabled = QApplication::palette().color(QPalette::Disabled, QPalette::Text);
    TextRecorder recorder(window.size());
    window.render(&recorder);
    std::set<std::pair<QRgb, QRgb>> told;
    QStringList faults;
    if (recorder.texts().empty())
        faults << QStringLiteral("no words were seen");
    for (const DrawnText& drawn : recorder.texts())
        if (drawn.colour.rgb() != disabled.rgb() && contrast(drawn.colour, drawn.ground) < least &&
            told.insert({drawn.colour.rgb(), drawn.ground.rgb()}).second)
            faults << QStringLiteral("\"%1\": %2")
                          .arg(drawn.text.left(40), pairText(drawn.colour, drawn.ground));
    return faults;
}

/// One rule of a style sheet that says a colour of words.
struct Rule {
    QString selector;
    QColor words;
    QColor ground; ///< invalid: whatever it stands on
};

std::vector<Rule> rulesOf(const QString& sheet) {
    static const QRegularExpression rule(QStringLiteral("([^{}]+)\\{([^{}]*)\\}"));
    std::vector<Rule> rules;
    for (auto found = rule.globalMatch(sheet); found.hasNext();) {
        const QRegularExpressionMatch match = found.next();
        std::map<QString, QString> said;
        for (const QString& line : match.captured(2).split(u';')) {
            const qsizetype colon = line.indexOf(u':');
            if (colon > 0)
                said[line.left(colon).trimmed()] = line.mid(colon + 1).trimmed();
        }
        const auto colourOf = [&said](const char* key) {
            const auto value = said.find(QLatin1String(key));
            return value != said.end() && value->second.startsWith(u'#') ? QColor(value->second) : QColor();
        };
        const QString selector = match.captured(1).simplified();
        if (const QColor words = colourOf("color"); words.isValid())
            rules.push_back({selector, words, colourOf("background")});
        if (const QColor chosen = colourOf("selection-color"); chosen.isValid())
            rules.push_back({selector, chosen, colourOf("selection-background-color")});
    }
    return rules;
}

constexpr double leastOfEdges = 3;

/// What is drawn of a box to tick, edge and all, in the colours that it has on screen.
QImage indicatorOf(QWidget& shown, const QRect& box) {
    return shown.grab(box).toImage();
}
QImage indicatorOf(QAbstractButton& button) {
    button.resize(button.sizeHint());
    QStyleOptionButton option;
    option.initFrom(&button);
    option.text = button.text();
    const bool isRadio = qobject_cast<QRadioButton*>(&button) != nullptr;
    return indicatorOf(button, button.style()->subElementRect(isRadio ? QStyle::SE_RadioButtonIndicator
                                                                      : QStyle::SE_CheckBoxIndicator,
                                                              &option, &button));
}
QImage indicatorOf(QListWidget& list, int row) {
    QStyleOptionViewItem option;
    option.initFrom(&list);
    option.widget = &list;
    option.rect = list.visualItemRect(list.item(row));
    option.features = QStyleOptionViewItem::HasCheckIndicator | QStyleOptionViewItem::HasDisplay;
    return indicatorOf(*list.viewport(),
                       list.style()->subElementRect(QStyle::SE_ItemViewItemCheckIndicator, &option, &list));
}

/// The strongest contrast with a colour of some pixel from `from` to `to` of the width, half way down.
double strongest(const QImage& picture, double from, double to, const QColor& ground) {
    double most = 0;
    for (int x = static_cast<int>(from * picture.width()); x < static_cast<int>(to * picture.width()); ++x)
        for (int y = picture.height() / 3; y < picture.height() * 2 / 3; ++y)
            most = std::max(most, contrast(picture.pixelColor(x, y), ground));
    return most;
}

} // namespace

class TestContrast : public QObject {
    Q_OBJECT

private:
    DemoHome m_home;

    static void twoThemes() {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }

private Q_SLOTS:
    void initTestCase() { DS_VERIFY(m_home.makeDemo()); }

    void contrastIsCountedAsWcagDoes() {
        QVERIFY(std::abs(contrast(Qt::white, Qt::black) - 21) < 1e-9);
        QVERIFY(std::abs(contrast(Qt::black, Qt::black) - 1) < 1e-9);
        QVERIFY(std::abs(contrast(QColor(0x767676), Qt::white) - 4.54) < 0.005); // the guidelines' own grey
    }

    /// The recorder itself: it finds words and the ground that they stand on.
    void faintWordsAreFound() {
        QLabel label(QStringLiteral("quiet"));
        label.setAutoFillBackground(true);
        QPalette palette;
        palette.setColor(QPalette::Window, QColor(0x205080));
        palette.setColor(QPalette::WindowText, QColor(0x305f90));
        label.setPalette(palette);
        label.resize(label.sizeHint());
        TextRecorder recorder(label.size());
        label.render(&recorder);
        QCOMPARE(recorder.texts().size(), size_t{1});
        QCOMPARE(recorder.texts().front().text, QStringLiteral("quiet"));
        QCOMPARE(recorder.texts().front().colour, QColor(0x305f90));
        QCOMPARE(recorder.texts().front().ground, QColor(0x205080));
        QCOMPARE(faintWords(label).size(), 1);
        palette.setColor(QPalette::WindowText, QColor(255, 255, 255, 128)); // half of it shows
        label.setPalette(palette);
        TextRecorder again(label.size());
        label.render(&again);
        QCOMPARE(again.texts().front().colour, QColor(0x90a8c0));
    }

    void wordsOfTheTheme_data() { twoThemes(); }
    void wordsOfTheTheme() {
        QFETCH(bool, dark);
        const Theme theme = dark ? darkTheme() : lightTheme();
        const auto tint = [&theme](const QColor& colour) {
            return blend(theme.card, colour, theme.tintOpacity);
        };
        const QColor supported = theme.supported.colour, unsupported = theme.unsupported.colour;
        const QColor grounds[] = {theme.card, theme.ground, tint(supported), tint(unsupported),
                                  tint(theme.threshold)};
        for (const QColor& words : {theme.text, theme.muted, theme.threshold})
            for (const QColor& ground : grounds)
                QVERIFY2(contrast(words, ground) >= least, qPrintable(pairText(words, ground)));
        for (const QColor& words : {supported, unsupported, theme.undecided.colour, theme.accent})
            QVERIFY2(contrast(words, theme.card) >= least, qPrintable(pairText(words, theme.card)));
        for (const QColor& words : {supported, unsupported}) // in the corners of a quadrant
            QVERIFY2(contrast(words, tint(words)) >= least, qPrintable(pairText(words, tint(words))));
    }

    void wordsOfTheStyleSheet_data() { twoThemes(); }
    void wordsOfTheStyleSheet() {
        QFETCH(bool, dark);
        const Theme theme = dark ? darkTheme() : lightTheme();
        const QColor disabled = paletteOf(theme).color(QPalette::Disabled, QPalette::Text);
        const std::vector<Rule> rules = rulesOf(styleSheetOf(theme, dark));
        QVERIFY(rules.size() > 20);
        for (const Rule& rule : rules) {
            const bool isDisabled = rule.selector.contains(QStringLiteral(":disabled"));
            QVERIFY2((rule.words == disabled) == isDisabled, qPrintable(rule.selector)); // for nothing else
            if (isDisabled)
                continue;
            const QList<QColor> grounds =
                rule.ground.isValid() ? QList{rule.ground} : QList{theme.card, theme.ground};
            for (const QColor& ground : grounds)
                QVERIFY2(contrast(rule.words, ground) >= least,
                         qPrintable(rule.selector + u' ' + pairText(rule.words, ground)));
        }
    }

    void boxesToTick_data() { twoThemes(); }
    void boxesToTick() {
        QFETCH(bool, dark);
        AppTheme theme(ChartStyle::screen(lightTheme()).value());
        theme.choose(dark ? Preferences::ThemeChoice::Dark : Preferences::ThemeChoice::Light);
        const Theme colours = dark ? darkTheme() : lightTheme();
        // A fifth of the width holds the edge, and what is between holds the mark.
        const auto edge = [&](const QImage& box) {
            return std::min(strongest(box, 0, 0.2, colours.card), strongest(box, 0.8, 1, colours.card));
        };
        const auto mark = [](const QImage& box, const QColor& fill) {
            return strongest(box, 0.2, 0.8, fill);
        };
        QWidget panel;
        setRole(&panel, "card");
        QCheckBox box(QStringLiteral("Title"), &panel);
        QRadioButton dot(QStringLiteral("Tracks"), &panel);
        box.setTristate(true);
        QListWidget list(&panel);
        for (const Qt::CheckState state : {Qt::Unchecked, Qt::Checked, Qt::PartiallyChecked})
            (new QListWidgetItem(QStringLiteral("track"), &list))->setCheckState(state);
        panel.show();
        for (const bool enabled : {true, false}) {
            panel.setEnabled(enabled);
            const double least = enabled ? leastOfEdges : 2; // what is disabled is seen all the same
            const QColor fill = enabled ? colours.accent : blend(colours.card, colours.muted, 0.6);
            for (int state = 0; state < 3; ++state) {
                box.setCheckState(static_cast<Qt::CheckState>(state));
                dot.setAutoExclusive(false);
                dot.setChecked(state > 0);
                constexpr int rows[] = {0, 2, 1}; // by Qt's numbers: not, partly, checked
                const std::pair<const char*, QImage> drawn[] = {{"box", indicatorOf(box)},
                                                                {"dot", indicatorOf(dot)},
                                                                {"item", indicatorOf(list, rows[state])}};
                for (const auto& [what, picture] : drawn) {
                    const QString said = QStringLiteral("%1, enabled %2, state %3: edge %4, mark %5")
                                             .arg(QLatin1String(what))
                                             .arg(enabled)
                                             .arg(state)
                                             .arg(edge(picture))
                                             .arg(mark(picture, fill));
                    QVERIFY2(picture.width() >= 12 && picture.height() >= 12, qPrintable(said));
                    QVERIFY2(edge(picture) >= least, qPrintable(said));
                    if (state > 0)
                        QVERIFY2(mark(picture, fill) >= least, qPrintable(said));
                    else // nothing is in it
                        QVERIFY2(strongest(picture, 0.3, 0.7, colours.card) < 1.3, qPrintable(said));
                }
            }
        }
    }

    void wordsOfTheWindow_data() { twoThemes(); }
    void wordsOfTheWindow() {
        QFETCH(bool, dark);
        AppTheme theme(ChartStyle::screen(lightTheme()).value());
        theme.choose(dark ? Preferences::ThemeChoice::Dark : Preferences::ThemeChoice::Light);
        const auto window = freshWindow(theme, m_home, {1280, 800});
        const auto check = [](QWidget& shown, const QString& name) {
            const QStringList faults = faultsAtRest([&] { return faintWords(shown); });
            QVERIFY2(faults.isEmpty(), qPrintable(name + QStringLiteral(":\n") + faults.join(u'\n')));
        };
        const QString missing =
            walkThrough(*window, m_home.study(), [&](QWidget& shown, const QString& name) {
                check(shown, name);
                if (name != QStringLiteral("gene"))
                    return;
                LocusPanel& locus = window->findChild<GenePage*>()->locus();
                locus.setArrangement(
                    {.places = {{std::string(GenotypesTrack)}, {std::string(LinkageTrack)}}});
                QVERIFY(waitUntil([&] { return !window->jobs().isBusy(); }));
                check(shown, QStringLiteral("every track"));
                locus.setArrangement({});
            });
        QCOMPARE(missing, QString());
        QVERIFY(closedAtRest(*window));
    }
};

QTEST_MAIN(TestContrast)
#include "tst_contrast.moc"
