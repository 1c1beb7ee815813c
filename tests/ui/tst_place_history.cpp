// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/place_history.h"

#include "support.h"

using namespace diploscope::ui;

namespace {

Place placeAt(const char* gene, double lower = 0, double upper = 0) {
    return {gene, upper > lower ? std::optional(AxisRange{lower, upper}) : std::nullopt};
}

} // namespace

class TestPlaceHistory : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void goesBackAndForward() {
        PlaceHistory history;
        QVERIFY(!history.canGoBack() && !history.canGoForward());
        history.visit(placeAt("A"));
        history.visit(placeAt("A")); // is there
        QVERIFY(!history.canGoBack());
        history.visit(placeAt("A", 1, 2));
        history.visit(placeAt("B"));
        QVERIFY(history.back() == placeAt("A", 1, 2));
        QVERIFY(history.back() == placeAt("A"));
        QVERIFY(!history.canGoBack());
        QVERIFY(history.forward() == placeAt("A", 1, 2));
        history.visit(placeAt("C"));
        QVERIFY(!history.canGoForward()); // what lay ahead is forgotten
        QVERIFY(history.back() == placeAt("A", 1, 2));
        history.clear();
        QVERIFY(!history.canGoBack() && !history.canGoForward());
    }

    void zoomsAreOfThePlaceOneIsAt() {
        PlaceHistory history;
        history.settle(placeAt("A"));
        history.settle(placeAt("A", 3, 9));
        QVERIFY(!history.canGoBack());
        history.visit(placeAt("B"));
        QVERIFY(history.back() == placeAt("A", 3, 9));
        history.settle(placeAt("A", 4, 5));
        QVERIFY(history.forward() == placeAt("B"));
        QVERIFY(history.back() == placeAt("A", 4, 5));
    }

    void undoForgetsNothing() {
        PlaceHistory history;
        history.visit(placeAt("A"));
        history.visit(placeAt("B", 1, 2));
        history.returnTo(placeAt("A")); // undone
        QVERIFY(!history.canGoBack() && history.canGoForward());
        history.returnTo(placeAt("B", 1, 2)); // and done again
        QVERIFY(history.canGoBack() && !history.canGoForward());
        history.returnTo(placeAt("B", 5, 6)); // a zoom undone
        QVERIFY(history.back() == placeAt("A"));
        QVERIFY(history.forward() == placeAt("B", 5, 6));
        history.settle(placeAt("A"));   // as the one before is
        history.returnTo(placeAt("A")); // something else is undone here
        QVERIFY(history.canGoBack());
        history.settle(placeAt("B", 5, 6));
        history.returnTo(placeAt("C")); // farther back than it goes
        QVERIFY(history.canGoBack());
        QVERIFY(history.back() == placeAt("B", 5, 6));
    }

    /// Zooms settle, genes and jumps are new places, undo goes back to one: as the documents come.
    void documentsLeadThere() {
        using How = DocumentStack::How;
        PlaceHistory history;
        Document shown;
        const auto come = [&](const Place& place, How how) {
            Document next = atPlace(shown, place);
            history.follow(shown, next, how);
            shown = next;
        };
        history.follow({}, {}, How::Given); // no gene, no place
        QVERIFY(!history.canGoBack());
        come(placeAt("A"), How::Done);
        come(placeAt("A", 1, 5), How::Done); // a zoom
        QVERIFY(!history.canGoBack());
        come(placeAt("A", 7, 9), How::Jumped);
        QVERIFY(history.canGoBack());
        come(placeAt("B"), How::Done);
        come(placeAt("A", 7, 9), How::Returned); // undone
        QVERIFY(history.canGoForward());
        QVERIFY(history.forward() == placeAt("B"));
        QVERIFY(history.back() == placeAt("A", 7, 9));
        QVERIFY(history.back() == placeAt("A", 1, 5));
        Document other = shown;
        other.study = "/other.study.json";
        other.region.reset();
        history.follow(shown, other, How::Given); // another study, and by chance the same gene
        QVERIFY(history.canGoBack() && !history.canGoForward());
    }

    void lookingAtAPlaceShowsTheGene() {
        Document genome;
        genome.gene = std::string("A");
        genome.page = Document::Page::Genome;
        genome.selected.people = {"NA12878"};
        const Document zoomed = atPlace(genome, placeAt("A", 1, 5));
        QVERIFY(zoomed.page == Document::Page::Gene);
        QVERIFY(zoomed.region == (AxisRange{1, 5}));
        QVERIFY(zoomed.selected == genome.selected);
        QVERIFY(atPlace(genome, placeAt("B")).selected.empty()); // which was of the gene
    }
};

QTEST_GUILESS_MAIN(TestPlaceHistory)
#include "tst_place_history.moc"
