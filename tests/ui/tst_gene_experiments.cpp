// SPDX-License-Identifier: GPL-3.0-or-later
// What is tried on a gene without a window: what is worked out when, and what is said of it.
#include "demo_home.h"
#include "viewmodels/audit_text.h"
#include "viewmodels/before_after.h"
#include "viewmodels/effect_text.h"
#include "viewmodels/experiments.h"
#include "views/experiment_panel.h"
#include "waiting.h"

#include <QSignalSpy>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;

class TestGeneExperiments : public QObject {
    Q_OBJECT

private:
    DemoHome m_home;
    std::unique_ptr<JobRunner> m_jobs;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<Experiments> m_experiments;

    bool calm() {
        return waitUntil([&] { return !m_jobs->isBusy(); });
    }
    bool showGene(size_t row) {
        m_session->showGene(QString::fromStdString(m_session->genes().all()[row].id));
        return waitUntil(
                   [&] { return m_session->shown().report() && m_session->shown().report()->complete; }) &&
               calm();
    }
    Variant snv(size_t index) const {
        const auto& all = m_session->shown().report()->variants;
        return all[all.size() / 2 + index];
    }
    static ExperimentRequests whatIfOf(const std::vector<Variant>& changes,
                                       const std::string& on = "reference") {
        ExperimentRequests requests;
        requests.whatIf = {changes, on};
        return requests;
    }

private Q_SLOTS:
    void initTestCase() { DS_VERIFY(m_home.makeDemo()); }
    void init() {
        m_jobs = std::make_unique<JobRunner>();
        m_session = std::make_unique<Session>(*m_jobs);
        m_experiments = std::make_unique<Experiments>(*m_session);
        m_session->openStudy(m_home.study());
        QVERIFY(waitUntil([&] { return m_session->model().predictor() != nullptr; }));
        QVERIFY(showGene(0));
    }
    void cleanup() {
        m_experiments.reset();
        m_session.reset();
        m_jobs.reset();
    }

    void nothingIsDoneUnlookedAt() {
        m_experiments->setRequests(whatIfOf({snv(0)}));
        QVERIFY(calm());
        QVERIFY(!m_experiments->locus() && !m_experiments->whatIf().outcome);
        m_experiments->setLookedAt(true);
        QVERIFY(calm());
        QVERIFY(m_experiments->locus() && m_experiments->whatIf().checked);
    }

    void theLastWishCounts() {
        m_experiments->setLookedAt(true);
        QVERIFY(waitUntil([&] { return m_experiments->locus() != nullptr; }));
        for (size_t i = 0; i < 6; ++i)
            m_experiments->setRequests(whatIfOf({snv(i)}, i % 2 == 0 ? "all" : "reference"));
        QVERIFY(calm());
        QVERIFY(m_experiments->whatIf().checked && !m_experiments->whatIf().running);
        QCOMPARE(m_experiments->whatIf().outcome->request.changes, std::vector<Variant>{snv(5)});
        // The same once more is not done again.
        const auto outcome = m_experiments->whatIf().outcome;
        QSignalSpy changed(m_experiments.get(), &Experiments::outcomeChanged);
        ExperimentRequests other = whatIfOf({snv(5)});
        other.centred = true;
        m_experiments->setRequests(other);
        QVERIFY(calm());
        QVERIFY(changed.isEmpty() && m_experiments->whatIf().outcome == outcome);
        m_experiments->setRequests(whatIfOf({}));
        QVERIFY(!m_experiments->whatIf().outcome);
    }

    void anErrorStandsUntilItIsMended() {
        m_experiments->setLookedAt(true);
        Variant wrong = snv(0);
        wrong.ref = wrong.ref == "A" ? "C" : "A";
        m_experiments->setRequests(whatIfOf({wrong}));
        QVERIFY(calm());
        QVERIFY(m_experiments->whatIf().error.has_value());
        QCOMPARE(m_experiments->whatIf().error->kind, ErrorKind::Mismatch);
        QVERIFY(!m_experiments->whatIf().outcome);
        m_experiments->setRequests(whatIfOf({snv(0)}, "NOBODY:1"));
        QVERIFY(calm());
        QCOMPARE(m_experiments->whatIf().error->kind, ErrorKind::NotFound);
        m_experiments->setRequests(whatIfOf({snv(0)}));
        QVERIFY(calm());
        QVERIFY(!m_experiments->whatIf().error && m_experiments->whatIf().checked);
    }

    /// A kind that is not shown waits, and what another one takes the place of is done when it is shown
    /// again.
    void oneKindAtATime() {
        m_experiments->setLookedAt(true);
        QVERIFY(waitUntil([&] { return m_experiments->locus() != nullptr; }));
        ExperimentRequests requests = whatIfOf({snv(0)}, "all");
        requests.saturation = SaturationWish{};
        requests.audit = true;
        requests.shown = ExperimentKind::Saturation;
        m_experiments->setRequests(requests);
        QVERIFY(m_experiments->saturation().running && !m_experiments->whatIf().running);
        requests.shown = ExperimentKind::WhatIf;
        m_experiments->setRequests(requests);
        QVERIFY(!m_experiments->saturation().running && m_experiments->whatIf().running);
        QVERIFY(calm());
        QVERIFY(m_experiments->whatIf().checked && !m_experiments->saturation().checked);
        requests.shown = ExperimentKind::Saturation;
        m_experiments->setRequests(requests);
        QVERIFY(calm());
        QVERIFY(m_experiments->saturation().checked && m_experiments->saturation().outcome->complete);
        QVERIFY(!m_experiments->audit().outcome);
    }

    /// R and everybody's moves are there before check and bootstrap are through, and are said to be.
    void anAblationIsShownBeforeItsInterval() {
        m_experiments->setLookedAt(true);
        QVERIFY(waitUntil([&] { return m_experiments->locus() != nullptr; }));
        std::vector<std::shared_ptr<const AblationOutcome>> seen;
        std::vector<bool> checked;
        const QObject here;
        connect(m_experiments.get(), &Experiments::outcomeChanged, &here, [&] {
            const auto& state = m_experiments->ablation();
            if (state.outcome && (seen.empty() || seen.back() != state.outcome)) {
                seen.push_back(state.outcome);
                checked.push_back(state.checked);
            }
        });
        ExperimentRequests requests;
        requests.shown = ExperimentKind::Ablation;
        requests.ablation = AblationWish{AblationWish::Of::Chosen, {snv(0), snv(1), snv(2)}, false};
        m_experiments->setRequests(requests);
        QVERIFY(calm());
        QVERIFY(seen.size() >= 2);
        QVERIFY(!seen.front()->complete && seen.back()->complete && !checked.front() && checked.back());
        QVERIFY(seen.front()->found.after == seen.back()->found.after);
        QCOMPARE(seen.front()->found.r.difference, seen.back()->found.r.difference);
        QVERIFY(seen.back()->found.r.difference.has_value());
        QVERIFY(!seen.front()->found.r.differenceInterval && seen.back()->found.r.differenceInterval);
    }

    void anotherGeneDropsAll() {
        m_experiments->setLookedAt(true);
        m_experiments->setRequests(whatIfOf({snv(0)}));
        QVERIFY(calm());
        const std::weak_ptr<const WarmLocus> first = m_experiments->locus();
        m_experiments->setRequests({});
        QVERIFY(showGene(1));
        QVERIFY(waitUntil([&] { return m_experiments->locus() != nullptr; }));
        QCOMPARE(m_experiments->locus()->gene.id, m_session->shown().gene()->id);
        QVERIFY(calm());
        QVERIFY(first.expired()); // and its memory is given back
        m_experiments->setLookedAt(false);
        Session::Settings settings = m_session->settings();
        settings.statistics.seed = 3;
        m_session->applySettings(settings);
        QVERIFY(!m_experiments->locus());
        QVERIFY(calm());
    }

    /// The report of the model before is shown until there is another: its drivers are not the new one's.
    void anotherModelWaitsForItsOwnDrivers() {
        m_experiments->setLookedAt(true);
        ExperimentRequests requests;
        requests.shown = ExperimentKind::Ablation;
        requests.ablation = AblationWish{};
        requests.ablation->of = AblationWish::Of::Drivers;
        m_experiments->setRequests(requests);
        QVERIFY(calm());
        m_session->chooseModel(m_home.makeSlowModel(1));
        bool early = false;
        const QObject here;
        connect(m_experiments.get(), &Experiments::outcomeChanged, &here, [&] {
            early = early ||
                    (m_experiments->ablation().running && m_session->shown().report()->model.name != "slow");
        });
        QVERIFY(waitUntil([&] { return m_experiments->locus() != nullptr; }));
        QVERIFY(waitUntil([&] {
            const auto& report = m_session->shown().report();
            return report && report->complete && report->model.name == "slow";
        }));
        QVERIFY(calm());
        QVERIFY(!early);
        std::vector<Variant> drivers;
        for (const DriverResult& driver : m_session->shown().report()->drivers)
            drivers.push_back(m_session->shown().report()->variants[driver.variant]);
        if (drivers.empty())
            QVERIFY(m_experiments->ablation().error.has_value());
        else
            QCOMPARE(m_experiments->ablation().outcome->variants, drivers);
    }

    void movesAreToldInWords() {
        ExperimentSubject subject;
        subject.gene.name = "GENE";
        subject.people = {"A", "B", "C"};
        subject.observed = Eigen::Vector3d(1, std::nan(""), 3);
        PairedR r;
        r.before.r = -0.5;
        r.before.n = 2;
        r.after.r = 0.25;
        QCOMPARE(pairedText(r), QStringLiteral("r = −0.50 → 0.25"));
        r.difference = 0.75;
        r.differenceInterval = Interval{0.5, 1.0};
        QVERIFY(pairedText(r).startsWith(QStringLiteral("r = −0.50 → 0.25, difference +0.75 ")));
        const BeforeAfter shown = beforeAfter(subject, QStringLiteral("t"),
                                              {Eigen::Vector3d(1, 2, 3), Eigen::Vector3d(4, 5, 6)}, r);
        QCOMPARE(shown.people.size(), size_t{2}); // B was not measured
        QCOMPARE(shown.people[1].sample, QStringLiteral("C"));
        QCOMPARE(shown.people[1].before, 3.0);
        QCOMPARE(shown.people[1].after, 6.0);
        QCOMPARE(changeText(0.5), QStringLiteral("+0.500"));
        QVERIFY(changeText(-0.5).startsWith(QStringLiteral("−")));
        QCOMPARE(changeText(0), QStringLiteral("0"));
    }

    void anAuditIsToldInWords() {
        Audit found;
        QVERIFY(signCourtText(found).contains(QStringLiteral("no driver")));
        found.drivers = {{"22", 99, "A", "G"}, {"22", 199, "C", "T"}};
        found.court.r = -0.5;
        QVERIFY(signCourtText(found).startsWith(QStringLiteral("No driver has to turn")));
        found.court.turned = {1};
        found.court.turnedR = 0.4;
        found.court.nullIsAll = true;
        found.court.nullSets = 2;
        found.court.nullMean = 0.1;
        found.court.nullLow = -0.2;
        found.court.nullHigh = 0.4;
        found.court.nullShare = 0.5;
        const QString text = signCourtText(found);
        for (const char* part : {"1 of 2 drivers turned: 22:200 C>T", "−0.50 → 0.40", "best of all subsets",
                                 "All 2 sets", "50 %"})
            QVERIFY2(text.contains(QString::fromUtf8(part)), qPrintable(text));
        found.additivity.r = 0.987654;
        found.additivity.residual = Eigen::Vector3d(0.1, -0.4, std::nan(""));
        const QString additivity = additivityText(found, {"A", "B", "C"});
        for (const char* part : {"r = 0.9877", "−0.400", "(B)"})
            QVERIFY2(additivity.contains(QString::fromUtf8(part)), qPrintable(additivity));
    }

    void haplotypesOfThoseSelectedCanBeChosen() {
        Selection selection;
        QVERIFY(haplotypeChoices(selection, "reference").empty());
        selection.selectPeople({"B", "A:1"});
        std::vector<std::string> names;
        for (const HaplotypeChoice& choice : haplotypeChoices(selection, "C:2"))
            names.push_back(choice.name);
        QCOMPARE(names, (std::vector<std::string>{"A:1:1", "A:1:2", "B:1", "B:2", "C:2"}));
        QCOMPARE(haplotypeChoices(selection, "B:2").size(), size_t{4});
    }
};

QTEST_MAIN(TestGeneExperiments)
#include "tst_gene_experiments.moc"
