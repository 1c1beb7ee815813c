// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo_home.h"
#include "document/opening.h"
#include "document/session_wishes.h"
#include "report_fixture.h"
#include "viewmodels/model_track.h"
#include "viewmodels/session.h"
#include "waiting.h"

#include <QSignalSpy>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;

/// From a wish to the document that a study begins with, and from a document to what the session is asked
/// for.
class TestOpening : public QObject {
    Q_OBJECT

private:
    DemoHome m_home;
    std::unique_ptr<JobRunner> m_jobs;
    std::unique_ptr<Session> m_session;

    bool calm() const {
        return waitUntil([&] { return !m_jobs->isBusy(); });
    }
    std::string gene(size_t row) const { return m_session->study()->genes()[row].gene.id; }
    QString symbol(size_t row) const {
        return QString::fromStdString(m_session->study()->genes()[row].gene.name);
    }
    /// Of this study, with what it has.
    Document known() const {
        Document document;
        document.study = "/elsewhere/demo.study.json";
        document.model = m_session->model().choice().toStdString();
        document.gene = gene(1);
        document.region = AxisRange{10, 20};
        document.selected.people = {m_session->study()->people().front()};
        document.genome.genes = {QString::fromStdString(gene(2))};
        document.page = Document::Page::Experiments;
        return document;
    }

private Q_SLOTS:
    void initTestCase() { DS_VERIFY(m_home.makeDemo()); }
    void init() {
        m_jobs = std::make_unique<JobRunner>();
        m_session = std::make_unique<Session>(*m_jobs);
        m_session->openStudy(m_home.study());
        QVERIFY(waitUntil([&] { return m_session->model().predictor() != nullptr; }) && calm());
    }
    void cleanup() {
        m_session.reset();
        m_jobs.reset();
    }

    void aStudyByItselfBeginsAfresh() {
        Document before = known();
        before.filter = "r > 0.2";
        Document fresh;
        fresh.colour = SnvColour::CarrierFraction;
        AskedScores asked;
        asked.set(before.model, ScoreRequest{.shifts = 1});
        m_session->model().setAsked(asked);
        Opening opening;
        opening.want({.gene = symbol(3)});
        const Opening::Begun begun = opening.begin(*m_session, before, fresh);
        Document expected = fresh;
        expected.study = m_session->study()->file().path;
        expected.model = before.model;
        expected.scores = asked;
        expected.gene = gene(3);
        expected.filter = before.filter; // what is typed there stays
        QVERIFY(begun.document == expected);
        QVERIFY(begun.lost.isEmpty() && !begun.noSuchGene);
        // A wish is of one study.
        QVERIFY(opening.begin(*m_session, before, fresh).document.gene.empty());
    }

    void aGeneThatIsNotThereIsToldOf() {
        Opening opening;
        opening.want({.gene = QStringLiteral("NOSUCHGENE")});
        opening.wantEdit([](Document& first, const Study&) { first.page = Document::Page::Genome; });
        const Opening::Begun begun = opening.begin(*m_session, {}, {});
        QCOMPARE(begun.noSuchGene.value_or(QString()), QStringLiteral("NOSUCHGENE"));
        QVERIFY(begun.document.gene.empty());
        QVERIFY(begun.document.page == Document::Page::Genome);
    }

    void aSessionIsShownAsItSays() {
        Opening opening;
        opening.wantSession(known(), {});
        Opening::Begun begun = opening.begin(*m_session, {}, {});
        Document expected = known();
        expected.study = m_session->study()->file().path; // where it is now
        QVERIFY(begun.document == expected);
        QVERIFY2(begun.lost.isEmpty(), qPrintable(begun.lost.join(u',')));
        opening.wantSession(known(), symbol(4)); // another gene of it
        begun = opening.begin(*m_session, {}, {});
        QCOMPARE(begun.document.gene, gene(4));
        QVERIFY(!begun.document.region && begun.document.selected.empty());
        QVERIFY(begun.document.genome == known().genome);
        opening.wantSession(known(), {});
        opening.forget();
        QVERIFY(opening.begin(*m_session, {}, {}).document.gene.empty());
    }

    void whatTheStudyDoesNotHaveIsLeftOutAndCounted() {
        Document odd = known();
        odd.against = "/no/such/model";
        odd.selected.people.insert({"stranger", "another"});
        odd.genome.genes.insert(QStringLiteral("ENSG99999"));
        QStringList lost = dropUnknown(odd, *m_session);
        QVERIFY(odd == known());
        QCOMPARE(lost, (QStringList{QStringLiteral("model /no/such/model"), QStringLiteral("1 selected gene"),
                                    QStringLiteral("2 selected people")}));

        odd = known();
        odd.against = AgainstReads; // a gene without them shows what is observed
        QVERIFY(dropUnknown(odd, *m_session).isEmpty());
        QCOMPARE(odd.against, std::string(AgainstReads));
        odd = known();

        odd.gene = "ENSG99999";
        lost = dropUnknown(odd, *m_session);
        QCOMPARE(lost.size(), 1);
        QVERIFY(lost.front().startsWith(QStringLiteral("gene ENSG99999")));
        QVERIFY(odd.gene.empty() && !odd.region && odd.selected.empty());

        // A stored run may be of genes that the study had then.
        odd = known();
        odd.genome.run = 3;
        odd.genome.genes.insert(QStringLiteral("ENSG99999"));
        const Document before = odd;
        QVERIFY(dropUnknown(odd, *m_session).isEmpty());
        QVERIFY(odd == before);
    }

    void onlyTheReportKnowsTheVariants() {
        GeneReport report = inventReport({.people = 10, .snvs = 5, .drivers = 1});
        const Variant first = report.variants[0], second = report.variants[1];
        const Variant stranger{first.contig, first.position + 1'000'000, "G", "T"};
        Document document = known();
        document.selected.variants = {first, stranger};
        document.references.pinned = {stranger, second};
        document.references.given = stranger;
        Opening opening;
        QVERIFY(!opening.settle(document, &report)); // nobody doubts it
        opening.wantSession(document, {});
        (void)opening.begin(*m_session, {}, {});
        report.complete = false;
        QVERIFY(!opening.settle(document, nullptr) && !opening.settle(document, &report));
        report.complete = true;
        const auto settled = opening.settle(document, &report);
        QVERIFY(settled);
        QCOMPARE(settled->lost, size_t{3});
        QCOMPARE(settled->all, size_t{5});
        QCOMPARE(settled->document.selected.variants, std::set<Variant>{first});
        QCOMPARE(settled->document.references.pinned, std::vector<Variant>{second});
        QVERIFY(!settled->document.references.given);
        QVERIFY(settled->document.selected.people == document.selected.people);
        QVERIFY(!opening.settle(document, &report)); // known now: another model's report may lack more
        opening.doubtVariants();
        QVERIFY(opening.settle(document, &report));
    }

    void allGenesAreAnalysedOnceTheFirstIsDone() {
        Opening opening;
        QVERIFY(!opening.turnsToAllGenes(*m_session)); // nobody wants that
        m_session->showGene(symbol(0));
        opening.want({.gene = symbol(0)});
        opening.wantAllGenes();
        (void)opening.begin(*m_session, {}, {});       // the wish outlives the opening
        QVERIFY(!opening.turnsToAllGenes(*m_session)); // it is being analysed
        QVERIFY(waitUntil([&] { return m_session->shown().reportIsCurrent() && calm(); }));
        QVERIFY(opening.turnsToAllGenes(*m_session));
        QVERIFY(!opening.turnsToAllGenes(*m_session)); // once
        m_session->hideGene();
        opening.wantAllGenes();
        QVERIFY(opening.turnsToAllGenes(*m_session)); // there is none to wait for
        opening.wantAllGenes();
        opening.forget();
        QVERIFY(!opening.turnsToAllGenes(*m_session));
    }

    void aDocumentIsAskedOfTheSession() {
        Document before, now;
        now.gene = gene(2);
        askSession(*m_session, before, now);
        QCOMPARE(m_session->shown().geneId(), gene(2));
        Document odd = now;
        odd.gene = "ENSG99999"; // a published model's table may not have it
        QSignalSpy failed(m_session.get(), &Session::failed);
        askSession(*m_session, now, odd);
        QCOMPARE(m_session->shown().geneId(), gene(2));
        QVERIFY(failed.isEmpty());
        askSession(*m_session, now, before);
        QVERIFY(m_session->shown().gene() == nullptr);
        QVERIFY(calm());

        // What is asked for already, and on its way, is not asked for again.
        QSignalSpy models(m_session.get(), &Session::modelChanged);
        now.model = m_session->model().choice().toStdString();
        askSession(*m_session, now, now);
        askSession(*m_session, before, now); // and is open
        QVERIFY(calm());
        QVERIFY(models.isEmpty());
        QSignalSpy scores(m_session.get(), &Session::scoreChanged);
        Document scored = now;
        scored.scores.set(now.model, ScoreRequest{.reverseComplement = true});
        askSession(*m_session, now, scored);
        QVERIFY(calm());
        QCOMPARE(scores.size(), 1);
        askSession(*m_session, scored, now); // none any more
        QVERIFY(calm());
        QCOMPARE(scores.size(), 2);
        QVERIFY(!m_session->model().asked().of(now.model));
        Document slow = now;
        slow.model = m_home.makeSlowModel(1).toStdString();
        askSession(*m_session, now, slow);
        QCOMPARE(m_session->model().choice().toStdString(), slow.model);
        QVERIFY(calm());
        QCOMPARE(models.size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestOpening)
#include "tst_opening.moc"
