// SPDX-License-Identifier: GPL-3.0-or-later
#include "lab/simulate/grammar.h"
#include "sequence/reference_window.h"
#include "support.h"

#include <cmath>

using namespace diploscope::simulate;

namespace {

size_t motifNamed(std::string_view name) {
    for (size_t i = 0; i < motifs().size(); ++i)
        if (motifs()[i].name == name)
            return i;
    return motifs().size();
}

/// No motif can match a run of one base.
std::string blank() {
    return std::string(2 * kReach, 'N');
}

/// The motif with its middle `fromTss` bp from the TSS.
void put(std::string& bases, std::string_view name, int64_t fromTss, bool opposite = false) {
    const std::string text = consensusBases(motifNamed(name), opposite);
    bases.replace(static_cast<size_t>(kReach + fromTss - int64_t(text.size()) / 2), text.size(), text);
}

} // namespace

class TestGrammar : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nothingGivesNothing();
    void bestPlaceGivesFullEffect();
    void effectFallsWithDistance();
    void mismatchesWeaken();
    void strandMatters();
    void partnerTurnsTheSwitch();
    void plantedSitesAreFound();
};

void TestGrammar::nothingGivesNothing() {
    QCOMPARE(grammarScore(blank()), 0.0);
}

void TestGrammar::bestPlaceGivesFullEffect() {
    for (const Motif& motif : motifs()) {
        std::string bases = blank();
        put(bases, motif.name, std::llround(motif.centre));
        QVERIFY2(std::abs(grammarScore(bases) - motif.effect) < 0.01, std::string(motif.name).c_str());
    }
}

void TestGrammar::effectFallsWithDistance() {
    const Motif& motif = motifs()[motifNamed("ALDER")];
    std::string bases = blank();
    put(bases, "ALDER", std::llround(motif.centre - motif.spread));
    QVERIFY(std::abs(grammarScore(bases) - motif.effect * std::exp(-0.5)) < 0.02);
}

void TestGrammar::mismatchesWeaken() {
    std::string bases = blank();
    put(bases, "ALDER", -120);
    const double whole = grammarScore(bases);
    const auto first = static_cast<size_t>(kReach - 125);
    std::string flank = bases;
    flank[first] = 'C';
    std::string core = bases;
    core[first + 4] = 'T';
    QVERIFY(grammarScore(core) < grammarScore(flank));
    QVERIFY(grammarScore(flank) < whole);
    QVERIFY(grammarScore(core) < 0.15 * whole);
}

void TestGrammar::strandMatters() {
    std::string bases = blank();
    put(bases, "JUNIPER", -150, true);
    QVERIFY(grammarScore(bases) > 1);
    bases = blank();
    put(bases, "CEDAR", -30, true);
    QCOMPARE(grammarScore(bases), 0.0);
}

void TestGrammar::partnerTurnsTheSwitch() {
    std::string bases = blank();
    put(bases, "FERN", -90);
    QVERIFY(grammarScore(bases) > 1);
    std::string beside = bases;
    put(beside, "GORSE", -60);
    QVERIFY(grammarScore(beside) < -1);
    std::string apart = bases;
    put(apart, "GORSE", -90 + kPartnerReach + 20);
    QCOMPARE(grammarScore(apart), grammarScore(bases));
}

void TestGrammar::plantedSitesAreFound() {
    Random random(11, "planting");
    const size_t hazel = motifNamed("HAZEL");
    for (int i = 0; i < 50; ++i) {
        std::string bases = blank();
        const std::vector<PlantedSite> planted = plantPromoter(bases, {hazel}, true, random);
        QVERIFY(!planted.empty() && planted[0].wanted && planted[0].motif == hazel && planted[0].hasPartner);
        const std::vector<BoundSite> found = findSites(bases);
        for (const PlantedSite& site : planted)
            QVERIFY(std::any_of(found.begin(), found.end(), [&](const BoundSite& other) {
                return other.motif == site.motif && other.offset == site.offset && other.occupancy > 0.3;
            }));
    }
}

QTEST_GUILESS_MAIN(TestGrammar)
#include "tst_grammar.moc"
