// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/locus_chart.h"
#include "charts/track_chart.h"
#include "viewmodels/gene_text.h"
#include "viewmodels/locus_tracks.h"
#include "views/gene_list_panel.h"
#include "views/locus_bar.h"
#include "views/locus_panel.h"
#include "views/message_stack.h"
#include "views/window_actions.h"
#include "window_test.h"

#include <QAction>
#include <QCompleter>
#include <QTextEdit>
#include <QToolButton>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;

/// Going to genes, SNVs and places, and back, in the window itself.
class TestPlaces : public WindowTest {
    Q_OBJECT

private:
    std::unique_ptr<MainWindow> m_window;

    LocusPanel& locus() { return m_window->findChild<GenePage*>()->locus(); }
    MessageStack& messages() { return *m_window->findChild<MessageStack*>(); }
    WindowActions& actions() { return *m_window->findChild<WindowActions*>(); }
    const Document& document() { return m_window->documents().document(); }
    const GeneReport& report() { return *m_window->session().shown().report(); }
    QString shown() { return QString::fromStdString(m_window->session().shown().gene()->name); }
    Region seen() {
        const AxisRange x = *locus().seen();
        return seenRegion(report().window.contig, x.lower, x.upper);
    }
    QString contig() { return QString::fromStdString(report().window.contig); }
    QString withoutChr() { return contig().remove(QStringLiteral("chr")); }
    QString placeText(int64_t place) { return QStringLiteral("%1:%2").arg(contig()).arg(place); }
    QString rangeText(int64_t first, int64_t last) {
        return QStringLiteral("%1-%2").arg(placeText(first)).arg(last);
    }
    bool says(const QString& text) {
        for (const QTextEdit* part : messages().findChildren<QTextEdit*>())
            if (part->toPlainText().contains(text))
                return true;
        return false;
    }
    QToolButton* button(const QString& text) {
        for (auto* one : locus().bar().findChildren<QToolButton*>())
            if (one->text() == text)
                return one;
        return nullptr;
    }
    /// Typed, or pasted where it has letters for which Qt Test knows no key.
    void go(const QString& text) {
        if (std::all_of(text.begin(), text.end(), [](QChar letter) { return letter.unicode() < 128; }))
            return typeGene(*m_window, text);
        auto* field = m_window->findChild<QLineEdit*>(QStringLiteral("geneSearch"));
        field->setText(text);
        QTest::keyClick(field, Qt::Key_Return);
    }
    /// The label, the view and the document agree.
    void isAt(const Region& region) {
        QCOMPARE(seen(), region);
        QVERIFY(locus().bar().field().text() == regionText(region));
        QVERIFY(document().region.has_value());
    }
    /// A variant of the middle of the gene's window, with an id.
    const VariantResult& someVariant() {
        const auto& variants = report().variants;
        for (size_t v = variants.size() / 2; v < variants.size(); ++v)
            if (!variants[v].id.empty() && variants[v].id != ".")
                return variants[v];
        return variants.front();
    }

private Q_SLOTS:
    void initTestCase() { makeHome(); }
    void init() {
        m_window = makeWindow();
        m_window->openStudy(m_home.study());
        QVERIFY(opened(*m_window));
        go(gene(*m_window, 0));
        QVERIFY(verdict(*m_window));
        QTRY_VERIFY(locus().seen().has_value());
    }
    void cleanup() {
        QVERIFY(closed(*m_window));
        m_window.reset();
    }
    void cleanupTestCase() { m_theme.reset(); }

    void theReportHoldsTheBasesOfItsWindow() {
        const auto& genes = m_window->session().study()->genes();
        const auto window = m_window->session().study()->window(
            genes[0].gene, m_window->session().model().predictor()->info().input);
        DS_VERIFY(window);
        QVERIFY(report().bases != nullptr);
        QCOMPARE(*report().bases, std::string(window->bases()));
        for (const VariantResult& variant : report().variants)
            QCOMPARE(report().bases->substr(size_t(variant.position - report().window.start), 1),
                     variant.ref);
    }

    void rangesAreShownToTheBase() {
        const Region& window = report().window;
        const int64_t first = window.start + 301, last = window.start + 700;
        const Region wanted{window.contig, first - 1, last};
        const QStringList forms{rangeText(first, last),
                                QStringLiteral("%1..%2").arg(first).arg(last),
                                QStringLiteral("%1:%2–%3").arg(withoutChr()).arg(first).arg(last),
                                QStringLiteral(" CHR%1 : %2 - %3 bp").arg(withoutChr()).arg(first).arg(last),
                                regionText(wanted),
                                QStringLiteral("%1:%2k-%3k")
                                    .arg(contig())
                                    .arg(double(first) / 1000, 0, 'f', 3)
                                    .arg(double(last) / 1000, 0, 'f', 3)};
        for (const QString& form : forms) {
            go(form);
            isAt(wanted);
            QCOMPARE(shown(), gene(*m_window, 0));
            actions().undo->trigger();
            QVERIFY2(!document().region, qPrintable(form));
            QCOMPARE(seen(), window);
        }
        QCOMPARE(messages().count(), 0);
    }

    void aPlaceIsInTheMiddle() {
        const int64_t place = report().window.start + 900;
        go(placeText(place));
        isAt({report().window.contig, place - 101, place + 100});
        QVERIFY(actions().undo->text().contains(placeText(place)));
        QTest::keyClick(&locus().view(), Qt::Key_Plus);
        QTest::keyClick(&locus().view(), Qt::Key_Plus); // closer than that stays
        const double span = locus().seen()->span();
        go(QString::number(place + 50)); // of the contig shown
        QVERIFY(std::abs(locus().seen()->span() - span) <= 2);
        const Region now = seen();
        QVERIFY(std::abs((now.start + now.end) / 2 - (place + 49)) <= 1);
    }

    void anSnvIsSelectedInTheMiddle_data() {
        QTest::addColumn<int>("form");
        for (const int form : {0, 1, 2, 3, 4})
            QTest::newRow(qPrintable(QString::number(form))) << form;
    }
    void anSnvIsSelectedInTheMiddle() {
        QFETCH(const int, form);
        const VariantResult variant = someVariant();
        QVERIFY(!variant.id.empty());
        const QString id = QString::fromStdString(variant.id);
        const QString name = QString::fromStdString(toName(variant));
        const QString forms[] = {id, name, QString::fromStdString(toText(variant)), id.toUpper(),
                                 withoutChr() + name.mid(name.indexOf(u':')).toLower()};
        go(forms[form]);
        QVERIFY2(m_window->selection().variant() == Variant(variant), qPrintable(forms[form]));
        isAt({variant.contig, variant.position - 100, variant.position + 101});
        actions().undo->trigger();
        QVERIFY(!m_window->selection().variant());
        QCOMPARE(seen(), report().window);
    }

    void whatIsNowhereChangesNothing() {
        const VariantResult& variant = report().variants.front();
        std::string other = "A";
        for (const char base : {'C', 'G', 'T'})
            if (other == variant.ref || other == variant.alt)
                other = base;
        const int64_t length = m_window->session().study()->reference().contigLength(report().window.contig);
        const QString notCarried =
            QStringLiteral("%1:%2:%3")
                .arg(placeText(variant.position + 1), QString::fromStdString(variant.ref),
                     QString::fromStdString(other));
        const std::pair<QString, QString> nowhere[] = {
            {placeText(length + 1), QStringLiteral("beyond the end")},
            {rangeText(1000, length + 5), QStringLiteral("beyond the end")},
            {QStringLiteral("chr99:1000"), QStringLiteral("no contig")},
            {QStringLiteral("rs99999999999"), QStringLiteral("rs99999999999")},
            {notCarried, QStringLiteral("none of the SNVs")},
            {rangeText(2000, 1000), QStringLiteral("first place")},
            {QStringLiteral("%1:0").arg(contig()), QStringLiteral("from 1")},
            {QStringLiteral("%1:99999999999999999999999").arg(contig()), QStringLiteral("from 1")},
            {QStringLiteral("NOSUCHGENE"), QStringLiteral("NOSUCHGENE")},
        };
        const Document before = document();
        const int steps = m_window->documents().steps().count();
        for (const auto& [text, said] : nowhere) {
            messages().clear();
            go(text);
            QVERIFY2(messages().count() == 1 && says(said), qPrintable(text));
            QVERIFY2(document() == before, qPrintable(text));
            QVERIFY(m_window->documents().steps().count() == steps);
        }
    }

    void placesOfOtherGenesOpenThem() {
        const auto& genes = m_window->session().genes().all();
        const Gene& other = genes[3];
        const auto tss = other.tss() + 1;
        const QString place =
            QStringLiteral("%1:%2").arg(QString::fromStdString(other.region.contig)).arg(tss + 200);
        go(place);
        QCOMPARE(shown(), gene(*m_window, 3));
        QVERIFY(verdict(*m_window));
        QTRY_VERIFY(locus().seen().has_value());
        isAt({report().window.contig, tss + 200 - 101, tss + 200 + 100});
        const VariantResult variant = someVariant();
        actions().undo->trigger();
        QCOMPARE(shown(), gene(*m_window, 0));
        QVERIFY(verdict(*m_window));

        // An SNV of another gene is there once its report is; one that is not carried is told then.
        messages().clear();
        go(QString::fromStdString(toName(variant)));
        QCOMPARE(shown(), gene(*m_window, 3));
        QVERIFY(verdict(*m_window));
        QVERIFY(m_window->selection().variant() == Variant(variant));
        QCOMPARE(messages().count(), 0);
        actions().undo->trigger();
        QVERIFY(verdict(*m_window));
        Variant stranger = variant;
        stranger.position += 1;
        go(QString::fromStdString(toName(stranger)));
        QVERIFY(verdict(*m_window));
        QTRY_VERIFY(!m_window->selection().variant());
        QVERIFY(says(QStringLiteral("1 of 1")));
    }

    void theRegionIsTyped() {
        QLineEdit& field = locus().bar().field();
        const Region window = report().window;
        QTest::keyClick(m_window.get(), Qt::Key_R, Qt::ControlModifier);
        QVERIFY(m_window->focusWidget() == &field);
        QTest::keyClicks(&field, rangeText(window.start + 11, window.start + 90));
        QTest::keyClick(&field, Qt::Key_Return);
        isAt({window.contig, window.start + 10, window.start + 90});
        field.selectAll();
        QTest::keyClicks(&field, QStringLiteral("nowhere"));
        QTest::keyClick(&field, Qt::Key_Return);
        QCOMPARE(messages().count(), 1);
        isAt({window.contig, window.start + 10, window.start + 90}); // what is typed is not where one is
        field.selectAll();
        QTest::keyClicks(&field, QStringLiteral("half a th"));
        QTest::keyClick(&field, Qt::Key_Escape);
        isAt({window.contig, window.start + 10, window.start + 90});
        QTest::keyClick(&locus().view(), Qt::Key_0);
        QCOMPARE(field.text(), regionText(window));
    }

    void buttonsGoWhereTheySay() {
        const Region window = report().window;
        const int64_t tss = report().gene.tss();
        QTest::mouseClick(button(QStringLiteral("TSS ±1 kb")), Qt::LeftButton);
        isAt({window.contig, tss - 1000, tss + 1001});
        QTest::mouseClick(button(QStringLiteral("±100 bp")), Qt::LeftButton); // of the middle
        isAt({window.contig, tss - 100, tss + 101});
        const VariantResult variant = someVariant();
        m_window->selection().selectVariant(variant);
        QTest::mouseClick(button(QStringLiteral("±100 bp")), Qt::LeftButton);
        isAt({window.contig, variant.position - 100, variant.position + 101});
        QTest::mouseClick(button(QStringLiteral("+")), Qt::LeftButton);
        QVERIFY(std::abs(seen().length() - 101) <= 1);
        QTest::mouseClick(button(QStringLiteral("−")), Qt::LeftButton);
        QVERIFY(std::abs(seen().length() - 201) <= 1);
        QTest::mouseClick(button(QStringLiteral("All")), Qt::LeftButton);
        QCOMPARE(seen(), window);
        QVERIFY(!document().region);
        QCOMPARE(actions().undo->text(), QStringLiteral("&Undo Go to the whole window"));
    }

    void zoomStopsAtTwentyBases() {
        for (int i = 0; i < 40; ++i)
            QTest::keyClick(&locus().view(), Qt::Key_Plus);
        QVERIFY(std::abs(locus().seen()->span() - 20) < 1e-6);
        QVERIFY(seen().length() >= 20 && seen().length() <= 21);
        go(placeText(report().window.start + 500));
        QVERIFY(seen().length() >= 20 && seen().length() <= 21); // closer than 201 bp stays
        go(rangeText(report().window.start + 500, report().window.start + 502));
        QCOMPARE(seen().length(), int64_t{20});
        const auto* chart =
            dynamic_cast<const LocusChart*>(locus().view().tracks().front().chart->parentItem());
        QVERIFY(chart != nullptr);
        const Region now = seen();
        QCOMPARE(
            QString::fromStdString(chart->bases().letters()),
            QString::fromStdString(report().bases->substr(size_t(now.start - report().window.start), 20)));
    }

    void backAndForwardThroughPlaces() {
        const int64_t start = report().window.start;
        const std::string contigName = report().window.contig;
        go(rangeText(start + 101, start + 400));
        const Region first{contigName, start + 100, start + 400};
        go(rangeText(start + 501, start + 900));
        const Region second{contigName, start + 500, start + 900};
        go(gene(*m_window, 1));
        QVERIFY(verdict(*m_window));
        QVERIFY(actions().back->isEnabled() && !actions().forward->isEnabled());

        QTest::keyClick(m_window.get(), Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(shown(), gene(*m_window, 0));
        QVERIFY(verdict(*m_window));
        QTRY_VERIFY(locus().seen().has_value());
        isAt(second);
        QVERIFY(actions().undo->text().startsWith(QStringLiteral("&Undo Back to ")));
        QTest::keyClick(m_window.get(), Qt::Key_Left, Qt::AltModifier);
        isAt(first);
        QTest::keyClick(m_window.get(), Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(seen(), report().window);
        QVERIFY(!actions().back->isEnabled());
        QTest::keyClick(m_window.get(), Qt::Key_Right, Qt::AltModifier);
        isAt(first);
        // Going back is a step as others are, and undoing it leads to where one was in the history, too.
        actions().undo->trigger();
        QCOMPARE(seen(), report().window);
        QVERIFY(!actions().back->isEnabled() && actions().forward->isEnabled());
        actions().redo->trigger();
        isAt(first);
        QVERIFY(actions().back->isEnabled());

        // A zoom is of the place one is at.
        QTest::keyClick(&locus().view(), Qt::Key_Plus);
        const Region zoomed = seen();
        QTest::keyClick(m_window.get(), Qt::Key_Right, Qt::AltModifier);
        isAt(second);
        QTest::keyClick(m_window.get(), Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(seen(), zoomed);
        go(rangeText(start + 1001, start + 1200));
        QVERIFY(!actions().forward->isEnabled()); // somewhere new
    }

    void genesAndSnvsAreCompleted() {
        auto* field = m_window->findChild<QLineEdit*>(QStringLiteral("geneSearch"));
        const auto offered = [&](const QString& text) {
            QCompleter* completer = field->completer();
            completer->setCompletionPrefix(text);
            QStringList found;
            for (int row = 0; row < completer->completionCount(); ++row) {
                completer->setCurrentRow(row);
                found << completer->currentCompletion();
            }
            return found;
        };
        const Gene& other = m_window->session().genes().all()[2];
        const QString variant = QString::fromStdString(someVariant().id);
        QVERIFY(offered(gene(*m_window, 2).toLower()).contains(gene(*m_window, 2)));
        QVERIFY(offered(QString::fromStdString(other.id)).contains(QString::fromStdString(other.id)));
        QVERIFY(offered(variant).contains(variant));
        go(QString::fromStdString(other.id));
        QCOMPARE(shown(), gene(*m_window, 2));
        QVERIFY(verdict(*m_window));
        const bool has =
            std::any_of(report().variants.begin(), report().variants.end(),
                        [&](const VariantResult& one) { return QString::fromStdString(one.id) == variant; });
        QCOMPARE(offered(variant).contains(variant), has);
    }

    void withoutAGeneAContigIsNeeded() {
        m_window->closeStudy();
        m_window->openStudy(m_home.study());
        QVERIFY(opened(*m_window));
        QVERIFY(m_window->session().shown().gene() == nullptr);
        go(QStringLiteral("1000..2000"));
        QVERIFY(says(QStringLiteral("no contig")));
        QVERIFY(m_window->session().shown().gene() == nullptr);
        const Gene& first = m_window->session().genes().all().front();
        go(QStringLiteral("%1:%2").arg(QString::fromStdString(first.region.contig)).arg(first.tss() + 1));
        QVERIFY(m_window->session().shown().gene() == &first);
        QVERIFY(verdict(*m_window));
        QTRY_VERIFY(locus().seen().has_value());
        isAt({report().window.contig, first.tss() - 100, first.tss() + 101});
    }
};

QTEST_MAIN(TestPlaces)
#include "tst_places.moc"
