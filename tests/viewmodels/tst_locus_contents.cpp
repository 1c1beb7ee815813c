// SPDX-License-Identifier: GPL-3.0-or-later
// What jobs bring to the tracks of a locus, and when they are asked anew.
#include "study/small_study.h"
#include "study/study.h"
#include "support.h"
#include "ui/report_fixture.h"
#include "ui/waiting.h"
#include "viewmodels/locus_contents.h"

#include <QSignalSpy>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;

class TestLocusContents : public QObject {
    Q_OBJECT

private:
    static int sorts(const JobRunner& jobs) {
        int found = 0;
        for (const auto& job : jobs.jobs())
            found += job.title == QLatin1String("Sorting haplotypes");
        return found;
    }
    TemporaryFolder m_folder;

    static std::shared_ptr<GeneReport> someReport(bool complete = true) {
        auto report = std::make_shared<GeneReport>(inventReport({.people = 6, .snvs = 10, .drivers = 0}));
        report->complete = complete;
        return report;
    }
    static bool calm(JobRunner& jobs) {
        return waitUntil([&] { return !jobs.isBusy(); });
    }

private Q_SLOTS:
    /// Taken away and added again, or hidden and shown: what was wrong with it may be mended.
    void aFileThatIsMendedIsRead() {
        JobRunner jobs;
        LocusContents contents(jobs);
        QSignalSpy failed(&contents, &LocusContents::failed);
        const std::filesystem::path file = m_folder / "late.bed";
        LocusContents::Wish wish{.report = someReport(), .files = {{"file:late.bed", {}, file, nullptr}}};
        contents.want(wish);
        QVERIFY(calm(jobs));
        QCOMPARE(failed.size(), 1);
        contents.want(wish); // a pan asks for nothing new
        QVERIFY(calm(jobs));
        QCOMPARE(failed.size(), 1);

        writeText(file, wish.report->window.contig + "\t109700000\t109700010\n");
        LocusContents::Wish without = wish;
        without.files.clear();
        contents.want(without);
        contents.want(wish);
        QVERIFY(calm(jobs));
        QCOMPARE(failed.size(), 1);
        QVERIFY(contents.withData(wish.files).front().data != nullptr);

        LocusContents::Wish hidden = wish;
        hidden.layout.places = {{"file:late.bed", 1, false}};
        contents.want(hidden);
        QVERIFY(contents.withData(wish.files).front().data == nullptr);
    }

    /// Partial reports come four times a second, and sorting may take longer than that.
    void rowsAreSortedOnceWhileScoresCome() {
        JobRunner jobs;
        LocusContents contents(jobs);
        LocusContents::Wish wish{.report = someReport(false),
                                 .layout = {.places = {{std::string(GenotypesTrack)}}}};
        contents.want(wish);
        for (int i = 0; i < 3; ++i) {
            wish.report = someReport(false);
            contents.want(wish);
        }
        QCOMPARE(sorts(jobs), 1);
        QVERIFY(calm(jobs));
        QVERIFY(contents.haplotypes() != nullptr);
        wish.layout.rows = RowOrder::Prediction; // another wish is one
        contents.want(wish);
        QVERIFY(calm(jobs));
        QCOMPARE(contents.haplotypes()->order, RowOrder::Prediction);
        wish.report = someReport(true);
        contents.want(wish);
        QVERIFY(calm(jobs));
        QVERIFY(contents.haplotypes()->report == wish.report);
        QCOMPARE(sorts(jobs), 3);
    }

    /// Which haplotypes are alike takes a square of time, and hangs neither on the order that is asked for
    /// nor on scores: it is worked out once a gene.
    void similarityIsWorkedOutOnce() {
        JobRunner jobs;
        LocusContents contents(jobs);
        LocusContents::Wish wish{.report = someReport(false),
                                 .layout = {.places = {{std::string(GenotypesTrack)}}}};
        const auto rowsOf = [&] {
            contents.want(wish);
            return calm(jobs) ? contents.haplotypes() : nullptr;
        };
        const auto first = rowsOf();
        QVERIFY(first && first->similarity);
        wish.report = someReport(true);
        wish.variant = 3;
        for (const RowOrder order :
             {RowOrder::Prediction, RowOrder::Expression, RowOrder::SelectedSnv, RowOrder::Similarity}) {
            wish.layout.rows = order;
            const auto rows = rowsOf();
            QVERIFY(rows && rows->order == order);
            QVERIFY(rows->similarity == first->similarity);
            const auto fresh = *haplotypeRows(wish.report, order, wish.variant);
            QVERIFY(rows->alleles == fresh->alleles && rows->note == fresh->note);
        }
        LocusContents::Wish hidden = wish;
        hidden.layout.places = {{std::string(GenotypesTrack), 1, false}};
        contents.want(hidden);
        QVERIFY(!contents.haplotypes());
        QVERIFY(rowsOf()->similarity == first->similarity); // shown again
        auto other = std::make_shared<GeneReport>(*wish.report);
        other->gene.id = "ENSG00000000001"; // another gene
        wish.report = other;
        const auto theirs = rowsOf();
        QVERIFY(theirs->similarity != first->similarity);
        QVERIFY(theirs->alleles == (*haplotypeRows(other, RowOrder::Similarity, 3))->alleles);
    }

    /// The study is another one before the rows of the first are there: what they found is the first's.
    void similarityIsOfTheStudyThatWasAskedFor() {
        (void)SmallStudy().write(m_folder);
        const auto open = [&]() -> std::shared_ptr<const Study> {
            return openStudy(m_folder / "small.study.json").study;
        };
        JobRunner jobs;
        LocusContents contents(jobs);
        LocusContents::Wish wish{
            .report = someReport(), .study = open(), .layout = {.places = {{std::string(GenotypesTrack)}}}};
        const std::shared_ptr<const Study> other = open();
        QVERIFY(wish.study && other && wish.study != other);
        contents.want(wish);
        wish.study = other; // the job is at work
        contents.want(wish);
        QVERIFY(calm(jobs));
        const auto first = contents.haplotypes();
        QVERIFY(first && first->similarity);
        wish.layout.rows = RowOrder::Prediction;
        contents.want(wish);
        QVERIFY(calm(jobs));
        QCOMPARE(contents.haplotypes()->order, RowOrder::Prediction);
        QVERIFY(contents.haplotypes()->similarity != first->similarity);
    }
};

QTEST_MAIN(TestLocusContents)
#include "tst_locus_contents.moc"
