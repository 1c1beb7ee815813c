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
};

QTEST_GUILESS_MAIN(TestPlaceHistory)
#include "tst_place_history.moc"
