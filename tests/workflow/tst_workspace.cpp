// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/result_places.h"
#include "experiment/what_if.h"
#include "opened_study.h"
#include "workflow/experiment_locus.h"
#include "workflow/scored_model.h"

using namespace diploscope;
using namespace diploscope::test;
namespace fs = std::filesystem;

/// What commands, the window and its workers run genes with.
class TestWorkspace : public QObject {
    Q_OBJECT

    OpenedStudy m_opened;

    Workspace workspace(const std::string& cache = {}) const {
        const auto model =
            openScoredModel({.place = m_opened.modelFolder().string(), .study = &m_opened.study->file()});
        Workspace made;
        made.setStudy(m_opened.study);
        made.predictor = model.value().predictor;
        made.options.score = model.value().score;
        if (!cache.empty())
            made.cache = Workspace::cacheIn(m_opened / cache);
        return made;
    }
    fs::path store() const { return resultStoreOf(m_opened.study->file()); }
    std::vector<GeneRow> stored(int64_t run) const {
        return ResultStore::openExisting(store()).value().genes(run).value();
    }
    std::vector<ResultRun> runs() const { return ResultStore::openExisting(store()).value().runs().value(); }

private Q_SLOTS:
    void cleanup() { fs::remove(store()); }

    void nothingIsThereAtFirst() {
        const Workspace none;
        QVERIFY(!none.isReady());
        QVERIFY(none.study() == nullptr);
        const auto scores = none.scores({});
        DS_VERIFY(scores);
        QVERIFY(*scores == nullptr);
        QCOMPARE(none.cacheNote({}).value(), std::string());
        Workspace withStudy;
        withStudy.setStudy(m_opened.study);
        QVERIFY(!withStudy.isReady());
        QVERIFY(withStudy.study() == m_opened.study);
    }

    void scoreIsTheOptionsElseTheModels() {
        Workspace made = workspace();
        QCOMPARE(made.score().output.tracks, std::vector<int>{2});
        made.options.score.reset();
        QCOMPARE(made.score().output.tracks, std::vector<int>{0});
        QCOMPARE(made.score().shifts, 0);
    }

    /// A gene by itself and all genes leave equal rows under one run, and what is there is not computed anew.
    void oneGeneAndAllGenesLeaveTheSameRows() {
        const Workspace made = workspace("rows.sqlite");
        const StudyGene& gene = m_opened.gene("GENEA");
        const auto analysed = made.analyze(gene, false, {});
        DS_VERIFY(analysed);
        QVERIFY(!analysed->notStored);
        QCOMPARE(runs().size(), size_t{1});
        const std::vector<GeneRow> alone = stored(runs().front().id);
        QCOMPARE(alone.size(), size_t{1});
        QVERIFY(alone.front() == rowOf(*analysed->report));
        cleanup();

        const auto all = made.analyzeAll({&gene, &m_opened.gene("GENEC")}, {}, {});
        DS_VERIFY(all);
        QCOMPARE(all->computed, int64_t{2});
        QCOMPARE(runs().size(), size_t{1});
        QVERIFY(stored(all->run).front() == alone.front());
        const auto again = made.analyzeAll({&gene, &m_opened.gene("GENEB")}, {}, {});
        DS_VERIFY(again);
        QCOMPARE(again->stored, int64_t{1});
        QCOMPARE(again->computed, int64_t{1});
        const auto known = made.stored({});
        DS_VERIFY(known);
        QCOMPARE(known->genes.size(), size_t{3});
    }

    /// Another score is another workspace: its results do not count for the one before.
    void copyWithAChangeHasItsOwnResults() {
        const Workspace made = workspace("copies.sqlite");
        Workspace other = made;
        other.options.score->output.tracks = {1};
        DS_VERIFY(made.analyze(m_opened.gene("GENEA"), false, {}));
        QCOMPARE(made.stored({}).value().genes.size(), size_t{1});
        const auto ofOther = other.stored({});
        DS_VERIFY(ofOther);
        QVERIFY(ofOther->genes.empty());
        QCOMPARE(ofOther->kept.size() + ofOther->others.size(), size_t{1});
        QVERIFY(made.keys({}).value().options != other.keys({}).value().options);
        QVERIFY(made.provenance() != other.provenance());
        QVERIFY(made.scores({}).value() == other.scores({}).value()); // what was read is shared
    }

    /// A row that cannot be kept takes nothing from the report.
    void reportIsGoodWhereItsRowCannotBeKept() {
        writeText(store(), "no database");
        const auto analysed = workspace().analyze(m_opened.gene("GENEA"), false, {});
        DS_VERIFY(analysed);
        QVERIFY(analysed->report != nullptr && analysed->report->complete);
        QVERIFY(analysed->notStored.has_value());
    }

    void gradientsAreThoseAskedFor() {
        const Workspace made = workspace();
        for (const bool asked : {false, true}) {
            const auto analysed = made.analyze(m_opened.gene("GENEA"), asked, {});
            DS_VERIFY(analysed);
            const auto& variants = analysed->report->variants;
            QVERIFY(!variants.empty());
            QCOMPARE(variants.front().gradient.has_value(), asked);
        }
    }

    void damagedCacheIsTold() {
        const fs::path file = m_opened / "damaged.sqlite";
        writeText(file, std::string(5000, 'x'));
        const Workspace made = workspace("damaged.sqlite");
        const auto note = made.cacheNote({});
        DS_VERIFY(note);
        QCOMPARE(*note, "The score cache was damaged; it was set aside as " + file.string() +
                            ".damaged-1 and begun anew.");
        QCOMPARE(workspace("damaged.sqlite").cacheNote({}).value(), std::string()); // once
    }

    /// Experiments are on what a report is of: the same people, scores and cache.
    void experimentsAreOnTheReportsLocus() {
        const Workspace made = workspace("locus.sqlite");
        const StudyGene& gene = m_opened.gene("GENEA");
        const auto analysed = made.analyze(gene, false, {});
        DS_VERIFY(analysed);
        const GeneReport& report = *analysed->report;
        auto read = readExperimentLocus(made, gene, {});
        DS_VERIFY(read);
        const ExperimentSubject& subject = read->subject;
        QCOMPARE(subject.gene.id, gene.gene.id);
        QCOMPARE(subject.observedUnit, report.observedUnit);
        QCOMPARE(subject.people.size(), report.people.size());
        for (size_t i = 0; i < report.people.size(); ++i) {
            QCOMPARE(subject.people[i], report.people[i].sample);
            const double observed = subject.observed[Eigen::Index(i)];
            QVERIFY(report.people[i].observed ? observed == *report.people[i].observed
                                              : std::isnan(observed));
        }
        QCOMPARE(subject.provenance.front(),
                 std::make_pair(std::string("gene"), gene.gene.id + " " + gene.gene.name));
        QCOMPARE(subject.provenance.back(),
                 std::make_pair(std::string("window"), toText(read->locus.locus().region)));

        const auto backgrounds = backgroundsOf(read->locus, "all");
        DS_VERIFY(backgrounds);
        const auto found = whatIf(read->locus, {}, *backgrounds, {});
        DS_VERIFY(found);
        QCOMPARE(found->counts.computed, int64_t{0}); // all of them are the report's
        QVERIFY(found->counts.fromCache > 0);
        for (size_t i = 0; i < report.people.size(); ++i)
            QCOMPARE(found->rows[2 * i].before, report.people[i].haplotype1);
    }

    void flankIsAsWideAsAsked() {
        const Workspace made = workspace();
        const auto narrow = readExperimentLocus(made, m_opened.gene("GENEA"), {});
        const auto wide = readExperimentLocus(made, m_opened.gene("GENEA"), {}, 5000);
        DS_VERIFY(narrow);
        DS_VERIFY(wide);
        QVERIFY(wide->locus.locus().window.flank >= 5000);
        QVERIFY(narrow->locus.locus().window.flank < 5000);
    }
};

QTEST_GUILESS_MAIN(TestWorkspace)
#include "tst_workspace.moc"
