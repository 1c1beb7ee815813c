// SPDX-License-Identifier: GPL-3.0-or-later
// The window in another language: its words are others, its numbers and files the same.
#include "every_figure.h"
#include "viewmodels/column_text.h"
#include "viewmodels/counted_text.h"
#include "viewmodels/driver_list_model.h"
#include "viewmodels/gene_summary.h"
#include "viewmodels/language.h"
#include "viewmodels/number_text.h"
#include "viewmodels/snv_details.h"
#include "views/window_actions.h"
#include "window_test.h"

#include "results/gene_columns.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>

#include <set>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;

namespace {

Result<QByteArray> bytesOf(const FigureEntry& figure) {
    ReadyFigure ready = figure.make(specOf(figure.kind));
    FigureDesign design = designOf(ready.design);
    DS_ASSIGN(const DrawnFigure drawn,
              drawDesign({std::move(design), {{&figure, std::move(ready)}}, {}}, FigureFormat::Svg));
    return drawn.bytes();
}

QString bare(QString text) {
    return text.remove(u'&').section(u'\t', 0, 0);
}

/// Letters that two entries of one menu underline.
QStringList sharedKeys(const QMenu& menu) {
    std::set<QChar> keys;
    QStringList shared;
    for (const QAction* action : menu.actions()) {
        if (action->menu() != nullptr)
            shared += sharedKeys(*action->menu());
        const qsizetype at = action->text().indexOf(u'&');
        if (at >= 0 && !keys.insert(action->text().at(at + 1).toLower()).second)
            shared << action->text();
    }
    return shared;
}

} // namespace

class TestLanguage : public WindowTest {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { makeHome(); }

    void wordsNameLanguages() {
        for (const LanguageName& name : LanguageNames) {
            QVERIFY(languageOf(name.word) == name.language);
            QCOMPARE(wordOf(name.language), name.word);
        }
        QVERIFY(!languageOf("fr"));
        QVERIFY(!languageOf(""));
    }

    void theSystemsFirstKnownLanguageIsSpoken() {
        const auto of = [](const QStringList& wanted) { return spoken(Language::System, wanted); };
        QVERIFY(of({QStringLiteral("de-AT"), QStringLiteral("en-US")}) == Language::German);
        QVERIFY(of({QStringLiteral("fr-FR"), QStringLiteral("de")}) == Language::German);
        QVERIFY(of({QStringLiteral("en-GB"), QStringLiteral("de-DE")}) == Language::English);
        QVERIFY(of({QStringLiteral("fr-FR")}) == Language::English);
        QVERIFY(of({}) == Language::English);
        QVERIFY(spoken(Language::German, {QStringLiteral("en")}) == Language::German);
        QVERIFY(spoken(Language::English, {QStringLiteral("de")}) == Language::English);
    }

    void nounsAreCounted() {
        QCOMPARE(countedText(1, counted::genes), QStringLiteral("1 gene"));
        QCOMPARE(countedText(1204, counted::genes), QStringLiteral("1,204 genes"));
        QCOMPARE(countedText(1, counted::snvs), QStringLiteral("1 SNV"));
        const Translation german(Language::German);
        QCOMPARE(countedText(0, counted::genes), QStringLiteral("0 Gene"));
        QCOMPARE(countedText(1, counted::genes), QStringLiteral("1 Gen"));
        QCOMPARE(countedText(1204, counted::genes), QStringLiteral("1,204 Gene")); // numbers are as ever
        QCOMPARE(countedText(1, counted::snvs), QStringLiteral("1 SNV"));
        QCOMPARE(countedText(5'000'000'001, counted::people), QStringLiteral("5,000,000,001 Personen"));
    }

    void coreIsTranslatedAndComesBackInEnglish() {
        const ColumnText& q = *findGeneColumn("q");
        const QString english = meaningText(q);
        const QString pearson = titleText(*findGeneColumn("observed_mean"));
        QCOMPARE(pearson, QStringLiteral("observed, mean"));
        {
            const Translation german(Language::German);
            QVERIFY(meaningText(q) != english);
            QCOMPARE(titleText(*findGeneColumn("observed_mean")), QStringLiteral("beobachtet, Mittel"));
            QCOMPARE(translated("a file of this name"), QStringLiteral("a file of this name"));
            {
                const EnglishTexts inside;
                QCOMPARE(meaningText(q), english);
                QCOMPARE(countedText(2, counted::people), QStringLiteral("2 people"));
            }
            QVERIFY(meaningText(q) != english);
        }
        QCOMPARE(meaningText(q), english);
    }

    void figuresAreTheSameBytes_data() { eachFigure(); }
    void figuresAreTheSameBytes() {
        QFETCH(const FigureEntry*, figure);
        const Result<QByteArray> english = bytesOf(*figure);
        DS_VERIFY(english);
        const Translation german(Language::German);
        const Result<QByteArray> inGerman = bytesOf(*figure);
        DS_VERIFY(inGerman);
        QCOMPARE(*inGerman, *english);
    }

    void tablesAreTheSameBytes() {
        const auto report = geneSpec().report;
        const auto table = [&report] {
            DriverListModel model;
            model.setReport(report);
            QList<int> rows;
            for (int row = 0; row < model.rowCount(); ++row)
                rows << row;
            return model.tsv(rows, true);
        };
        const QByteArray english = table();
        QVERIFY(english.count('\n') > 2);
        const QString verdict = geneSummary(report->gene, report.get()).verdict;
        const Translation german(Language::German);
        QCOMPARE(table(), english);
        QVERIFY(geneSummary(report->gene, report.get()).verdict != verdict);
    }

    void theWindowSpeaksGerman() {
        QString title;
        {
            const auto english = makeWindow();
            title = english->windowTitle();
            QVERIFY(closed(*english));
        }
        const Translation german(Language::German);
        const auto window = windowWithAGene();
        QVERIFY(window);
        auto* actions = window->findChild<WindowActions*>();
        QCOMPARE(bare(actions->quit->text()), QStringLiteral("Beenden"));
        QCOMPARE(bare(actions->preferences->text()), QStringLiteral("Einstellungen…"));
        QCOMPARE(actions->genePage->iconText(), QStringLiteral("Gen"));
        QStringList menus;
        for (const QAction* menu : actions->menuBar->actions()) {
            menus << bare(menu->text());
            QCOMPARE(sharedKeys(*menu->menu()), QStringList());
        }
        QCOMPARE(sharedKeys(*actions->exportMenu), QStringList());
        QCOMPARE(menus,
                 QStringList({QStringLiteral("Datei"), QStringLiteral("Bearbeiten"),
                              QStringLiteral("Ansicht"), QStringLiteral("Gen"), QStringLiteral("Hilfe")}));
        const auto report = window->session().shown().report();
        const GeneSummary summary = geneSummary(report->gene, report.get());
        QVERIFY2(summary.facts.contains(QStringLiteral("Personen")), qPrintable(summary.facts));
        QVERIFY(summary.facts.contains(countText(static_cast<int64_t>(report->people.size()))));
        QVERIFY(closed(*window));
        QCOMPARE(title, QStringLiteral("Diploscope"));
    }
};

QTEST_MAIN(TestLanguage)
#include "tst_language.moc"
