// SPDX-License-Identifier: GPL-3.0-or-later
// An SNV that effects are to be given is looked for before anything is computed.
#include "analysis/given_snv.h"

#include "made_study.h"

using namespace diploscope;
using namespace diploscope::test;

class TestGivenSnv : public QObject {
    Q_OBJECT

    Made m_made;
    Region m_window;

    Result<void> check(const std::string& name, std::vector<Region> windows = {}) const {
        if (windows.empty())
            windows = {m_window};
        return checkGivenSnv(*m_made.study, std::move(windows), name, {});
    }
    static std::string nameOf(int place, const Made& made) {
        const std::string ref = made.base(place);
        return "22:" + std::to_string(First + 20 * place + 1) + ":" + ref + ":" +
               Made::otherBase(ref.front());
    }

private Q_SLOTS:
    void initTestCase() {
        m_made.snv(0, 0, 0, 0, "rs1001").snv(1, 0, 0, 0, "rs1002;rs77").snv(2, 0, 0, 45, "rs5000");
        for (int place = 3; place < 12; ++place)
            m_made.snv(place);
        const auto report = m_made.analysed();
        DS_VERIFY(report);
        m_window = (*report)->window;
    }

    void whatIsThere() {
        for (const std::string name : {"rs1001", "RS1001", "rs1002", "rs77"})
            DS_VERIFY(check(name));
        DS_VERIFY(check(nameOf(5, m_made)));
        // In any of several windows is enough, however these lie on one another.
        DS_VERIFY(check("rs77", {{"22", 100, 200}, m_window, withFlank(m_window, 500), {"22", 0, 50}}));
    }

    void whatIsNotNamesTheNearest() {
        const auto byId = check("rs1003");
        QVERIFY(!byId);
        QCOMPARE(byId.error().kind, ErrorKind::NotFound);
        QVERIFY2(byId.error().what.find("`rs1003`") != std::string::npos, byId.error().what.c_str());
        QVERIFY2(byId.error().remedy.find("`rs1001`") != std::string::npos &&
                     byId.error().remedy.find("`rs1002`") != std::string::npos,
                 byId.error().remedy.c_str());
        // By place: another allele of an SNV's place is none, and the SNV is named first.
        std::string allele = nameOf(5, m_made);
        allele.back() = "ACGT"[(std::string("ACGT").find(allele.back()) + 1) % 4];
        if (allele.back() == m_made.base(5).front())
            allele.back() = "ACGT"[(std::string("ACGT").find(allele.back()) + 1) % 4];
        const auto byPlace = check(allele);
        QVERIFY(!byPlace);
        QVERIFY2(byPlace.error().remedy.find("The nearest are `" + nameOf(5, m_made) + "`") == 0,
                 byPlace.error().remedy.c_str());
        // Beside all windows, where an SNV may well be.
        const auto beside = check(nameOf(5, m_made), {{"22", 0, 1000}});
        QVERIFY(!beside);
        QCOMPARE(beside.error().kind, ErrorKind::NotFound);
        for (const std::string name : {"", "P0", "7:5:A:C"})
            QVERIFY(!check(name));
    }

    /// A list is refused for what of it is unknown, and for meaning several.
    void severalAreNotOne() {
        const auto some = check("rs1001,rs9");
        QVERIFY(!some);
        QCOMPARE(some.error().kind, ErrorKind::NotFound);
        QVERIFY2(some.error().what.find("`rs9`") != std::string::npos, some.error().what.c_str());
        const auto both = check("rs1001,rs77");
        QVERIFY(!both);
        QCOMPARE(both.error().kind, ErrorKind::BadInput);
        DS_VERIFY(check("rs1002;rs77")); // two names of one
    }

    /// Of an SNV with too few genotypes nothing would be given.
    void tooFewGenotypes() {
        const auto found = check("rs5000");
        QVERIFY(!found);
        QVERIFY2(found.error().what.find("Too few") != std::string::npos, found.error().what.c_str());
    }

    void itCanBeStopped() {
        std::stop_source stop;
        stop.request_stop();
        RunContext context;
        context.stop = stop.get_token();
        const auto stopped = checkGivenSnv(*m_made.study, {m_window}, "rs1", context);
        QVERIFY(!stopped && stopped.error().kind == ErrorKind::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestGivenSnv)
#include "tst_given_snv.moc"
