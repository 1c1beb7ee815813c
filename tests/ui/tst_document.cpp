// SPDX-License-Identifier: GPL-3.0-or-later
// The window's state as a value, and the way back through its changes.
#include "document/document_stack.h"
#include "support.h"
#include "whole_document.h"

#include <QSignalSpy>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;

class TestDocument : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// What is of the study, the window or all genes stays.
    void anotherGeneForgetsTheFirst() {
        const Document first = wholeDocument("/data");
        QVERIFY(ofGene(first, first.gene) == first);
        const Document other = ofGene(first, "ENSG2");
        Document left = first;
        left.gene = "ENSG2";
        left.region.reset();
        left.selected = {};
        left.references = {};
        left.experiments = {};
        left.experiments.shown = first.experiments.shown;
        QVERIFY(other == left);
        Document none = first;
        forgetGene(none);
        QVERIFY(none == ofGene(first, ""));
        QVERIFY(none.gene.empty() && !none.region);
    }

    /// Whoever asks for another model, or another score of the one shown, asks for its current results.
    void anotherModelOrScoreShowsNoStoredRun() {
        const Document first = wholeDocument("/data");
        QVERIFY(first.genome.run);
        Document next = first;
        chooseModel(next, first.model, {}); // is no other
        askScore(next, first.model, first.scores.of(first.model));
        QVERIFY(next == first);
        askScore(next, "demo-cnn", ScoreRequest{.shifts = 1}); // which is not shown
        QVERIFY(next.genome.run == first.genome.run);
        QCOMPARE(next.scores.of("demo-cnn")->shifts, std::optional(1));
        Document scored = next;
        askScore(scored, first.model, std::nullopt);
        QVERIFY(!scored.genome.run && !scored.scores.of(first.model));
        AskedScores asked;
        asked.set("demo-cnn", ScoreRequest{.shifts = 2});
        chooseModel(next, "demo-cnn", asked);
        QVERIFY(!next.genome.run);
        QCOMPARE(next.scores.of("demo-cnn")->shifts, std::optional(2));
        QVERIFY(next.genome.genes == first.genome.genes && next.genome.null == first.genome.null);
    }

    void stepsAreUndoneAndRedone() {
        DocumentStack stack;
        QSignalSpy changed(&stack, &DocumentStack::changed);
        const auto show = [&](const std::string& gene) {
            Document next = stack.document();
            next.gene = gene;
            stack.change(QString::fromStdString("Show " + gene), next);
        };
        show("A");
        show("A"); // is shown already
        QCOMPARE(changed.count(), 1);
        show("B");
        QCOMPARE(stack.steps().count(), 2);
        QCOMPARE(stack.steps().undoText(), QStringLiteral("Show B"));
        stack.steps().undo();
        QCOMPARE(stack.document().gene, std::string("A"));
        QCOMPARE(stack.steps().redoText(), QStringLiteral("Show B"));
        stack.steps().redo();
        QCOMPARE(stack.document().gene, std::string("B"));
        stack.steps().undo();
        show("C"); // forgets B
        QVERIFY(!stack.steps().canRedo());
        stack.replace({});
        QVERIFY(!stack.steps().canUndo());
        QVERIFY(stack.document() == Document());
    }

    void stepsOfAKindInARowAreOne() {
        DocumentStack stack;
        const auto zoom = [&](double upper) {
            Document next = stack.document();
            next.region = AxisRange{0, upper};
            stack.change(QStringLiteral("Zoom"), next, DocumentStack::Kind::Zoom);
        };
        const auto select = [&](const std::string& sample) {
            Document next = stack.document();
            next.selected.people = {sample};
            stack.change(QString::fromStdString("Select " + sample), next, DocumentStack::Kind::Selection);
        };
        zoom(100);
        zoom(50);
        zoom(20);
        QCOMPARE(stack.steps().count(), 1);
        select("a");
        select("b");
        QCOMPARE(stack.steps().count(), 2);
        QCOMPARE(stack.steps().undoText(), QStringLiteral("Select b"));
        zoom(10);
        QCOMPARE(stack.steps().count(), 3);
        stack.steps().undo();
        QVERIFY(stack.document().region == (AxisRange{0, 20}));
        stack.steps().undo();
        QVERIFY(stack.document().selected.empty());
        stack.steps().undo();
        QVERIFY(stack.document() == Document());
        stack.steps().redo();
        stack.steps().redo();
        QCOMPARE(stack.document().selected.people, std::set<std::string>{"b"});

        // Back where it began there is nothing to undo.
        Document none = stack.document();
        none.selected = {};
        stack.change(QStringLiteral("Clear the selection"), none, DocumentStack::Kind::Selection);
        QCOMPARE(stack.steps().undoText(), QStringLiteral("Zoom"));
    }

    /// Places go by it, and preferences, which no file changes.
    void whoFollowsHearsHowADocumentCame() {
        using How = DocumentStack::How;
        using Kind = DocumentStack::Kind;
        DocumentStack stack;
        std::vector<How> told;
        connect(&stack, &DocumentStack::changed, this,
                [&](const Document&, How how) { told.push_back(how); });
        const auto show = [&](const char* gene, Kind kind) {
            Document next = stack.document();
            next.gene = gene;
            stack.change(QString::fromLatin1(gene), next, kind);
        };
        show("A", Kind::Single);
        show("B", Kind::Jump);
        show("C", Kind::Jump); // jumps in a row are not one
        QCOMPARE(stack.steps().count(), 3);
        stack.steps().undo();
        stack.steps().redo();
        Document other;
        other.gene = "D";
        stack.amend(other);
        stack.replace({});
        QVERIFY(told == (std::vector{How::Done, How::Jumped, How::Jumped, How::Returned, How::Returned,
                                     How::Given, How::Given}));
        told.clear();
        for (const double upper : {3.0, 2.0}) { // the second becomes part of the first
            Document next = stack.document();
            next.region = AxisRange{1, upper};
            stack.change(QStringLiteral("Zoom"), next, Kind::Zoom);
        }
        stack.steps().undo();
        stack.steps().redo();
        QVERIFY(told == (std::vector{How::Done, How::Done, How::Returned, How::Returned}));
    }

    void whoFollowsMakesNoSteps() {
        DocumentStack stack;
        connect(&stack, &DocumentStack::changed, this, [&] {
            Document next = stack.document();
            next.filter += "x";
            stack.change(QStringLiteral("Filter"), next);
            stack.amend(next);
        });
        Document next;
        next.gene = "A";
        stack.change(QStringLiteral("Show A"), next);
        QVERIFY(stack.document() == next);
        QCOMPARE(stack.steps().count(), 1);
        Document known = next;
        known.selected.people = {"a"};
        stack.amend(known);
        QVERIFY(stack.document() == known);
        QCOMPARE(stack.steps().count(), 1);
    }
};

QTEST_GUILESS_MAIN(TestDocument)
#include "tst_document.moc"
