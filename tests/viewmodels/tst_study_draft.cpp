// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/side_files.h"
#include "support.h"
#include "ui/study_slots.h"

using namespace diploscope;
using namespace diploscope::test;
using namespace diploscope::ui;

namespace {

RecognisedFile made(FileKind kind, const std::string& path) {
    RecognisedFile file;
    file.kind = kind;
    file.path = path;
    file.description = path;
    return file;
}

} // namespace

/// Which file plays which part of a study, of those that were recognised.
class TestStudyDraft : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void bestFileTakesTheSlot();
    void chromosomesBecomeAPattern();
    void aFilePlaysOnePart();
    void buildsAreGuessedAndCompared();
    void tracksAndMotifsAreWritten();
    void peaksNeedNoAnnotation();
};

void TestStudyDraft::peaksNeedNoAnnotation() {
    StudyDraft draft;
    draft.build = "toy";
    draft.add({made(FileKind::Reference, "/d/r.fa"), made(FileKind::Genotypes, "/d/g.vcf.gz"),
               made(FileKind::Expression, "/d/peaks.bed")});
    QCOMPARE(draft.missing(), QStringList{"annotation"});
    QVERIFY(draft.isRequired(Slot::Annotation));
    QVERIFY(draft.studyFile().isOfGenes());
    draft.phenotypes = "atac";
    QVERIFY(!draft.isRequired(Slot::Annotation));
    QVERIFY(draft.missing().isEmpty());
    QCOMPARE(draft.studyFile().phenotypes, std::string("atac"));
    QVERIFY(draft.studyFile().annotation.empty());
    draft.add({made(FileKind::Annotation, "/d/genes.gtf")}); // to be drawn
    QCOMPARE(draft.studyFile().annotation.string(), std::string("/d/genes.gtf"));
}

void TestStudyDraft::bestFileTakesTheSlot() {
    StudyDraft draft;
    RecognisedFile unphased = made(FileKind::Genotypes, "/d/a.vcf.gz"),
                   phased = made(FileKind::Genotypes, "/d/b.vcf.gz");
    unphased.phased = false;
    phased.phased = true;
    RecognisedFile damaged = made(FileKind::Genotypes, "/d/c.vcf.gz");
    damaged.phased = true;
    damaged.problem = Error{ErrorKind::BadInput, "cut off", {}, {}};
    draft.add({unphased, phased, damaged, made(FileKind::Index, "/d/a.vcf.gz.tbi")});
    QCOMPARE(fileOf(draft, Slot::Genotypes), "b.vcf.gz");
    QCOMPARE(draft.candidatesFor(Slot::Genotypes).size(), 3U);
    QCOMPARE(draft.candidates().size(), 3U); // indexes find themselves
    QCOMPARE(draft.missing(), (QStringList{"reference", "annotation", "expression"}));
    // What is dropped later is meant.
    draft.add({made(FileKind::Genotypes, "/d/z.vcf.gz")});
    QCOMPARE(fileOf(draft, Slot::Genotypes), "z.vcf.gz");
    draft.add({made(FileKind::Genotypes, "/d/z.vcf.gz")});
    QCOMPARE(draft.candidates().size(), 4U);
}

void TestStudyDraft::chromosomesBecomeAPattern() {
    StudyDraft draft;
    std::vector<RecognisedFile> files;
    for (const std::string chrom : {"1", "2", "X"}) {
        files.push_back(made(FileKind::Genotypes, "/d/cohort.chr" + chrom + ".vcf.gz"));
        files.back().contigs = {"chr" + chrom};
        files.back().people = 40;
    }
    files.push_back(made(FileKind::Genotypes, "/d/other.vcf.gz"));
    draft.add(files);
    QCOMPARE(fileOf(draft, Slot::Genotypes), "cohort.chr{chrom}.vcf.gz");
    const auto& whole = draft.candidates()[size_t(draft.chosen(Slot::Genotypes))];
    QCOMPARE(whole.fileCount, 3);
    QCOMPARE(whole.file.contigs.size(), 3U);
    QCOMPARE(draft.studyFile().genotypes, std::string("/d/cohort.chr{chrom}.vcf.gz"));
    // A single file can still be chosen.
    draft.choose(Slot::Genotypes, draft.indexOf("/d/cohort.chr2.vcf.gz"));
    QCOMPARE(draft.studyFile().genotypes, std::string("/d/cohort.chr2.vcf.gz"));
}

void TestStudyDraft::aFilePlaysOnePart() {
    StudyDraft draft;
    RecognisedFile table = made(FileKind::Expression, "/d/table.tsv");
    table.otherKinds = {FileKind::Covariates};
    draft.add({table});
    QCOMPARE(fileOf(draft, Slot::Expression), "table.tsv");
    QCOMPARE(draft.candidatesFor(Slot::Covariates), draft.candidatesFor(Slot::Expression));
    QVERIFY(draft.candidatesFor(Slot::Reference).empty());
    draft.choose(Slot::Covariates, 0);
    QCOMPARE(fileOf(draft, Slot::Covariates), "table.tsv");
    QCOMPARE(draft.chosen(Slot::Expression), -1);
    draft.add({made(FileKind::Unknown, "/d/prose")});
    QCOMPARE(draft.leftOver(), std::vector<int>{1});
}

void TestStudyDraft::buildsAreGuessedAndCompared() {
    StudyDraft draft;
    RecognisedFile reference = made(FileKind::Reference, "/d/hg19.fa"),
                   genes = made(FileKind::Annotation, "/d/g.gtf");
    reference.build = "GRCh37";
    draft.add({reference, genes, made(FileKind::Genotypes, "/d/a.bcf"),
               made(FileKind::Expression, "/d/my rpkm.bed.gz")});
    QCOMPARE(draft.suggestedBuild(), "GRCh37");
    QVERIFY(draft.missing().isEmpty());
    QCOMPARE(draft.suggestedName(), "my rpkm");
    QCOMPARE(draft.suggestedFile(), "/d/my-rpkm.study.json");
    QCOMPARE(draft.studyFile().build, std::string("GRCh37"));
    genes.build = "GRCh38";
    draft.add({genes});
    QCOMPARE(draft.suggestedBuild(), QString());
    QCOMPARE(draft.buildConflict(), "reference: GRCh37 · annotation: GRCh38");
    QCOMPARE(draft.missing(), QStringList{"genome build"});
}

/// From files to a study file whose reader, and theirs, take them.
void TestStudyDraft::tracksAndMotifsAreWritten() {
    const TemporaryFolder folder;
    writeText(folder / "peaks.bed", "22\t1\t2\tpeak\n");
    writeText(folder / "signal.bedgraph", "chr22\t1\t2\t0.5\n");
    writeText(folder / "sites.vcf", "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
                                    "22\t10\t.\tA\tC\t.\t.\t.\n");
    writeText(folder / "one.pfm", ">MA1.1 A\n1 2\n3 4\n5 6\n7 8\n");
    StudyDraft draft;
    std::vector<RecognisedFile> files;
    for (const char* name : {"peaks.bed", "signal.bedgraph", "sites.vcf", "one.pfm"})
        files.push_back(recognise(folder / name));
    RecognisedFile genes = made(FileKind::Annotation, "/d/genes.gtf");
    RecognisedFile others = made(FileKind::Annotation, (folder / "others.gtf").string());
    genes.track = others.track = TrackFormat::Transcripts;
    draft.add(files);
    draft.add({others});
    draft.add({genes, made(FileKind::Annotation, "/d/tss.tsv")});
    QCOMPARE(fileOf(draft, Slot::Annotation), "genes.gtf");
    QVERIFY(draft.leftOver().empty());
    // All four are in; of annotations that play no part, the transcripts may be.
    const int other = draft.indexOf(others.path);
    QCOMPARE(draft.furtherFiles(), (std::vector<int>{0, 1, 2, 3, other}));
    QVERIFY(draft.furtherText(other).contains(QStringLiteral("transcripts")));
    StudyFile study = draft.studyFile();
    using Paths = std::vector<std::filesystem::path>;
    QCOMPARE(study.tracks, (Paths{folder / "peaks.bed", folder / "signal.bedgraph", folder / "sites.vcf"}));
    QCOMPARE(study.motifs, (Paths{folder / "one.pfm"}));
    QVERIFY(study.models.empty() && study.eqtl.empty() && study.predixcan.empty());
    draft.setChosen(other, true);
    QCOMPARE(draft.studyFile().tracks.size(), size_t{4});
    draft.choose(Slot::Annotation, other); // a file plays one part
    QCOMPARE(draft.studyFile().tracks.size(), size_t{3});
    draft.setChosen(0, false);
    QCOMPARE(draft.studyFile().tracks.size(), size_t{2});

    std::vector<Error> faults;
    dropUnusableSideFiles(study, faults);
    QVERIFY2(faults.empty(), faults.empty() ? "" : faults.front().message().c_str());
}

QTEST_GUILESS_MAIN(TestStudyDraft)
#include "tst_study_draft.moc"
