// SPDX-License-Identifier: GPL-3.0-or-later
// Every word stands out from what it stands on, 4.5 to 1 as WCAG 2 counts it, in both themes. What is
// disabled is left out.
#include "drawn_text.h"
#include "views/app_theme.h"
#include "views/gene_page.h"
#include "views/locus_panel.h"
#include "widget_check.h"
#include "window_walk.h"

#include <QApplication>
#include <QRegularExpression>

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
