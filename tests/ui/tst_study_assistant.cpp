// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/model_folder.h"
#include "model/model_manifest.h"
#include "study/small_study.h"
#include "study_slots.h"
#include "support.h"
#include "views/study_assistant.h"
#include "views/study_slot_row.h"
#include "views/weights_button.h"

#include <QComboBox>
#include <QDropEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMimeData>
#include <QSignalSpy>

#include <algorithm>

using namespace diploscope;
using namespace diploscope::test;
using namespace diploscope::ui;

namespace {

QString text(const std::filesystem::path& path) {
    return QString::fromStdString(path.string());
}

/// Of the files that SmallStudy writes.
QStringList smallFiles(const TemporaryFolder& folder) {
    QStringList files;
    for (const char* name : {"expression.bed", "genes.gtf", "genotypes.vcf.gz", "reference.fa"})
        files << text(folder / name);
    return files;
}

QStringList realFiles(const std::string& genotypes = "genotypes/merged316.chr22_1-22Mb.phased.vcf.gz") {
    const auto study = sharedData() / "geuvadis_chr22";
    return {text(study / "expression/geuvadis358.covariates.pc50.txt.gz"), text(study / genotypes),
            text(study / "annotation/gencode.v19.annotation.chr22.gtf.gz"),
            text(study / "reference/hg19.22.1-22000000.fa.gz"),
            text(study / "expression/geuvadis358.genes.RPKM.chr22.bed.gz")};
}

void drop(QWidget& target, const QStringList& files) {
    QMimeData data;
    QList<QUrl> urls;
    for (const QString& file : files)
        urls << QUrl::fromLocalFile(file);
    data.setUrls(urls);
    QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&target, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent event(QPointF(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&target, &event);
}

} // namespace

class TestStudyAssistant : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void smallStudyFromADroppedFolder();
    void newerChangesReplaceTheCheck();
    void faults_data();
    void faults();
    void peaksNeedNoAnnotation();
    void savingSaysWhatWentWrong();
    void realStudy();
    void realFaults_data();
    void realFaults();
    void closingWhileChecking();
    void aModelGetsItsWeightsFromAFile();

private:
    TemporaryFolder m_settings;
};

void TestStudyAssistant::initTestCase() {
    qputenv("XDG_DATA_HOME", QByteArray::fromStdString((m_settings / "data").string()));
    qputenv("XDG_CACHE_HOME", QByteArray::fromStdString((m_settings / "cache").string()));
}

void TestStudyAssistant::aModelGetsItsWeightsFromAFile() {
    const TemporaryFolder folder;
    writeModelWithWeights(folder / "net",
                          sequentialModel({"flatten", {{"linear", {{"name", "o"}, {"out", 1}}}}}, 64));
    std::filesystem::rename(folder / "net/weights.safetensors", folder / "downloaded");
    JobRunner jobs;
    StudyAssistant assistant(jobs);
    assistant.show();
    assistant.addFiles({text(folder / "net")});
    auto* list = assistant.findChild<QListWidget*>();
    auto* choose = assistant.findChild<WeightsButton*>();
    const auto row = [&] {
        for (int i = 0; i < list->count(); ++i)
            if (list->item(i)->toolTip() == text(folder / "net"))
                return i;
        return -1;
    };
    QTRY_VERIFY(row() >= 0);
    QVERIFY(list->item(row())->text().contains(QStringLiteral("weights missing")));
    list->setCurrentRow(row());
    QVERIFY(choose->isVisible());
    writeText(folder / "wrong", "no weights");
    choose->install(text(folder / "wrong"), InstallMode::Copy);
    const auto says = [&](const QString& part) {
        const auto labels = assistant.findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(), [&](const QLabel* label) {
            return label->isVisible() && label->text().contains(part);
        });
    };
    QTRY_VERIFY(says(text(folder / "wrong")));
    choose->install(text(folder / "downloaded"), InstallMode::Copy);
    QTRY_VERIFY(
        says(text(readModelManifest(folder / "net").value().userFolders().front() / "weights.safetensors")));
    QTRY_VERIFY(!list->item(row())->text().contains(QStringLiteral("weights missing")));
    QVERIFY(!choose->isVisible());
}

void TestStudyAssistant::smallStudyFromADroppedFolder() {
    const TemporaryFolder folder;
    (void)SmallStudy().write(folder);
    JobRunner jobs;
    StudyAssistant assistant(jobs);
    assistant.show();
    QSignalSpy checked(&assistant, &StudyAssistant::checked);
    drop(assistant, {text(folder.path())});
    QTRY_COMPARE(fileOf(assistant.draft(), Slot::Expression), "expression.bed");
    QCOMPARE(fileOf(assistant.draft(), Slot::Reference), "reference.fa");
    QCOMPARE(fileOf(assistant.draft(), Slot::Annotation), "genes.gtf");
    QCOMPARE(fileOf(assistant.draft(), Slot::Genotypes), "genotypes.vcf.gz");
    QCOMPARE(assistant.draft().leftOver().size(), 1U); // its study file
    QVERIFY(!assistant.check());
    auto* build = assistant.findChildren<QComboBox*>().front();
    for (QComboBox* combo : assistant.findChildren<QComboBox*>())
        if (combo->isEditable())
            build = combo;
    build->setEditText(QStringLiteral("toy")); // no file tells
    QVERIFY(checked.wait(20'000));
    QVERIFY(assistant.check()->problems.empty());
    QCOMPARE(assistant.check()->headline(), "5 people · 3 genes · 1 contig");

    QSignalSpy saved(&assistant, &StudyAssistant::studySaved);
    const QString target = text(folder / "made");
    assistant.saveTo(target);
    QVERIFY(saved.wait());
    QCOMPARE(saved.front().front().toString(), target + ".study.json");
    const StudyCheck opened = openStudy((target + ".study.json").toStdString());
    QVERIFY(opened.study != nullptr);
    QCOMPARE(opened.study->file().build, std::string("toy"));
    QCOMPARE(opened.study->people().size(), 5U);
}

void TestStudyAssistant::newerChangesReplaceTheCheck() {
    const TemporaryFolder folder;
    (void)SmallStudy().write(folder);
    JobRunner jobs;
    StudyAssistant assistant(jobs);
    QSignalSpy checked(&assistant, &StudyAssistant::checked);
    assistant.addFiles(smallFiles(folder));
    QTRY_COMPARE(fileOf(assistant.draft(), Slot::Expression), "expression.bed");
    QComboBox* build = nullptr;
    for (QComboBox* combo : assistant.findChildren<QComboBox*>())
        if (combo->isEditable())
            build = combo;
    for (int i = 0; i < 20; ++i)
        build->setEditText(QStringLiteral("build %1").arg(i));
    QVERIFY(checked.wait(20'000));
    QTest::qWait(400);
    QCOMPARE(checked.count(), 1);
    QCOMPARE(assistant.draft().studyFile().build, std::string("build 19"));
}

void TestStudyAssistant::faults_data() {
    QTest::addColumn<QString>("fault");
    QTest::addColumn<QString>("says"); // part of a problem
    QTest::newRow("unphased") << "unphased"
                              << "phase";
    QTest::newRow("other build") << "build"
                                 << "reference";
    QTest::newRow("nobody in common") << "people"
                                      << "person";
    QTest::newRow("genes of another annotation") << "genes"
                                                 << "gene";
}

void TestStudyAssistant::faults() {
    QFETCH(QString, fault);
    QFETCH(QString, says);
    SmallStudy study;
    if (fault == "unphased") {
        study.genotypeRow = "0/0\t0/1\t1/0\t1/1\t0/0\t0/1";
    } else if (fault == "build") {
        study.genotypes = study.vcf();
        study.bases = SmallStudy::randomBases(100'000, 2);
    } else if (fault == "people") {
        study.people = "A1\tA2\tA3\tA4\tA5\tA6";
    } else {
        study.annotation = SmallStudy::gtf("ENSG77", "OTHER", "chr22", 20'001, 25'000, '+');
    }
    const TemporaryFolder folder;
    (void)study.write(folder);
    JobRunner jobs;
    StudyAssistant assistant(jobs);
    QSignalSpy checked(&assistant, &StudyAssistant::checked);
    assistant.addFiles(smallFiles(folder));
    QTRY_COMPARE(fileOf(assistant.draft(), Slot::Expression), "expression.bed");
    for (QComboBox* combo : assistant.findChildren<QComboBox*>())
        if (combo->isEditable())
            combo->setEditText(QStringLiteral("toy"));
    QVERIFY(checked.wait(20'000));
    QVERIFY(!assistant.check()->problems.empty());
    bool said = false;
    for (const Error& problem : assistant.check()->problems) {
        said = said || QString::fromStdString(problem.message()).contains(says, Qt::CaseInsensitive);
        QVERIFY2(!problem.remedy.empty(), problem.what.c_str());
        QVERIFY2(problem.message().find("draft.study.json") == std::string::npos, problem.message().c_str());
    }
    QVERIFY2(said, assistant.check()->problems.front().message().c_str());
}

/// Rows that are no genes: said what they are, they need no annotation, and the study that is saved opens.
void TestStudyAssistant::peaksNeedNoAnnotation() {
    const TemporaryFolder folder;
    (void)SmallStudy().write(folder);
    std::filesystem::remove(folder / "genes.gtf");
    JobRunner jobs;
    StudyAssistant assistant(jobs);
    QSignalSpy checked(&assistant, &StudyAssistant::checked);
    assistant.addFiles({text(folder.path())});
    QTRY_COMPARE(fileOf(assistant.draft(), Slot::Expression), "expression.bed");
    assistant.findChild<QComboBox*>("build")->setEditText(QStringLiteral("toy"));
    QCOMPARE(assistant.draft().missing(), QStringList{"annotation"});
    auto* kind = assistant.findChild<QComboBox*>("phenotypes");
    kind->setCurrentIndex(kind->findData(QStringLiteral("atac")));
    QVERIFY(checked.wait(20'000));
    QVERIFY2(assistant.check()->problems.empty(),
             assistant.check()->problems.empty() ? "" : assistant.check()->problems.front().what.c_str());
    QCOMPARE(assistant.check()->headline(), QStringLiteral("5 people · 4 phenotypes · 1 contig"));
    QSignalSpy saved(&assistant, &StudyAssistant::studySaved);
    assistant.saveTo(text(folder / "peaks.study.json"));
    QTRY_COMPARE(saved.count(), 1);
    const StudyCheck check = openStudy(folder / "peaks.study.json");
    QVERIFY(check.study);
    QCOMPARE(check.study->file().phenotypes, std::string("atac"));
    QCOMPARE(check.study->genes().size(), size_t(4));
}

void TestStudyAssistant::savingSaysWhatWentWrong() {
    const TemporaryFolder folder;
    (void)SmallStudy().write(folder);
    JobRunner jobs;
    StudyAssistant assistant(jobs);
    QSignalSpy saved(&assistant, &StudyAssistant::studySaved);
    writeText(folder / "file", "no folder");
    assistant.saveTo(text(folder / "file/under.study.json"));
    QTRY_VERIFY(!jobs.isBusy());
    QCOMPARE(saved.count(), 0);
}

void TestStudyAssistant::realStudy() {
    DS_SKIP_WITHOUT_SHARED_DATA();
    const TemporaryFolder folder;
    JobRunner jobs;
    StudyAssistant assistant(jobs);
    assistant.show();
    QSignalSpy checked(&assistant, &StudyAssistant::checked);
    drop(assistant, realFiles());
    QVERIFY(checked.wait(60'000));
    for (int slot = 0; slot < StudyDraft::SlotCount; ++slot)
        QCOMPARE(assistant.draft().chosen(Slot(slot)) >= 0, slot != Slot::SampleMap);
    QVERIFY(assistant.draft().leftOver().empty());
    QCOMPARE(assistant.draft().suggestedBuild(), "GRCh37");
    QVERIFY2(assistant.check()->problems.empty(),
             assistant.check()->problems.empty() ? ""
                                                 : assistant.check()->problems.front().message().c_str());
    QCOMPARE(assistant.check()->people, 316);
    QCOMPARE(assistant.check()->genes, 97);
    QCOMPARE(assistant.check()->contigs, 1);

    QSignalSpy saved(&assistant, &StudyAssistant::studySaved);
    assistant.saveTo(text(folder / "geuvadis.study.json"));
    QVERIFY(saved.wait());
    const StudyCheck opened = openStudy(folder / "geuvadis.study.json");
    QVERIFY(opened.study != nullptr);
    QCOMPARE(opened.study->people().size(), 316U);
    QCOMPARE(opened.study->genes().size(), 97U);
    QCOMPARE(opened.study->covariates().cols(), 53);
    QCOMPARE(opened.study->file().transform, ExpressionTransform::Log2Plus1);
}

void TestStudyAssistant::realFaults_data() {
    QTest::addColumn<QString>("fault");
    QTest::addColumn<QString>("says");
    QTest::newRow("unphased VCF") << "unphased"
                                  << "phase";
    QTest::newRow("annotation of another build") << "annotation"
                                                 << "build";
    QTest::newRow("disjoint people") << "people"
                                     << "person";
}

void TestStudyAssistant::realFaults() {
    DS_SKIP_WITHOUT_SHARED_DATA();
    QFETCH(QString, fault);
    QFETCH(QString, says);
    const TemporaryFolder folder;
    QStringList files = realFiles(fault == "unphased" ? "genotypes/ldref_eur343.chr22_1-22Mb.unphased.vcf.gz"
                                                      : "genotypes/merged316.chr22_1-22Mb.phased.vcf.gz");
    files.removeFirst(); // no covariates: one fault at a time
    const auto real = openStudy([&] {
        StudyFile file;
        file.name = "real";
        file.build = "GRCh37";
        file.genotypes = files[0].toStdString();
        file.annotation = files[1].toStdString();
        file.reference = files[2].toStdString();
        file.expression = files[3].toStdString();
        file.options.unphased = UnphasedRule::AsListed;
        (void)writeStudyFile(file, folder / "real.study.json");
        return folder / "real.study.json";
    }());
    QVERIFY(real.study != nullptr);
    if (fault == "annotation") {
        // The same genes where another build has them.
        std::string lines;
        for (const StudyGene& gene : real.study->genes())
            lines +=
                SmallStudy::gtf(gene.gene.id, gene.gene.name, "chr22", int(gene.gene.region.start) - 420'000,
                                int(gene.gene.region.end) - 420'000, strandSymbol(gene.gene.strand));
        writeText(folder / "genes.gtf", "##description: annotation of the human genome (GRCh38)\n" + lines);
        files[1] = text(folder / "genes.gtf");
    } else if (fault == "people") {
        std::string table = "gene_id\tX1\tX2\tX3\tX4\tX5\n";
        for (const StudyGene& gene : real.study->genes())
            table += gene.gene.id + "\t1\t2\t3\t4\t5\n";
        writeText(folder / "expression.tsv", table);
        files[3] = text(folder / "expression.tsv");
    }
    JobRunner jobs;
    StudyAssistant assistant(jobs);
    QSignalSpy checked(&assistant, &StudyAssistant::checked);
    assistant.addFiles(files);
    if (fault == "annotation") { // files disagree, so a person says which build is meant
        QTRY_VERIFY(!assistant.draft().buildConflict().isEmpty());
        for (QComboBox* combo : assistant.findChildren<QComboBox*>())
            if (combo->isEditable())
                combo->setEditText(QStringLiteral("GRCh37"));
    }
    QVERIFY(checked.wait(60'000));
    QVERIFY(!assistant.check()->problems.empty());
    QVERIFY(assistant.check()->headline().contains(QStringLiteral("problem")));
    bool said = false;
    for (const Error& problem : assistant.check()->problems)
        said = said || QString::fromStdString(problem.message()).contains(says, Qt::CaseInsensitive);
    QVERIFY2(said, assistant.check()->problems.front().message().c_str());
}

void TestStudyAssistant::closingWhileChecking() {
    const TemporaryFolder folder;
    (void)SmallStudy().write(folder);
    JobRunner jobs;
    {
        StudyAssistant assistant(jobs);
        assistant.addFiles(smallFiles(folder));
    }
    {
        StudyAssistant assistant(jobs);
        assistant.addFiles(smallFiles(folder));
        QTRY_VERIFY(assistant.draft().chosen(Slot::Expression) >= 0);
    }
    QTRY_VERIFY(!jobs.isBusy());
}

QTEST_MAIN(TestStudyAssistant)
#include "tst_study_assistant.moc"
