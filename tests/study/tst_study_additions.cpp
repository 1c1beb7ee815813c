// SPDX-License-Identifier: GPL-3.0-or-later
#include "small_study.h"
#include "study/study_additions.h"

#include <QTest>

#include <fstream>
#include <sstream>

using namespace diploscope;
using namespace diploscope::test;
namespace fs = std::filesystem;

class TestStudyAdditions : public QObject {
    Q_OBJECT

    TemporaryFolder m_folder;
    fs::path m_study;

    static std::string contentOf(const fs::path& file) {
        std::ostringstream text;
        text << std::ifstream(file).rdbuf();
        return text.str();
    }
    [[nodiscard]] Result<StudyAdditions> add(const std::vector<fs::path>& files) const {
        return addToStudy(m_study, files, {});
    }
    [[nodiscard]] StudyFile read() const {
        std::vector<Error> problems;
        return readStudyFile(m_study, problems).value_or(StudyFile{});
    }

private Q_SLOTS:
    void init() {
        SmallStudy study;
        study.extra = R"(, "tracks": ["not_there.bed"], "expression_unit": "TPM")";
        m_study = study.write(m_folder);
        writeText(m_folder / "lift.chain", "chain 10 22 100000 + 0 900 22 100000 + 50 950 1\n900\n\n");
        writeText(m_folder / "peaks.bed", "22\t100\t200\tone\t5\t+\n22\t300\t400\ttwo\t6\t-\n");
        writeText(m_folder / "counts.tsv", "name\tHG2\tHG3\nENSG01\t3|9\t12|0\n");
        writeText(m_folder / "notes.txt", "to be done\n");
    }

    void filesOfAllKindsAreNamed() {
        const auto done = add({m_folder / "lift.chain", m_folder / "peaks.bed", m_folder / "counts.tsv"});
        DS_VERIFY(done);
        QCOMPARE(done->added.size(), size_t{3});
        QVERIFY(done->known.empty() && done->refused.empty());
        const StudyFile study = read();
        QCOMPARE(study.chains, (std::vector<fs::path>{m_folder / "lift.chain"}));
        QCOMPARE(study.haplotypeCounts, (std::vector<fs::path>{m_folder / "counts.tsv"}));
        // What the study named before stays, be it there or not.
        QCOMPARE(study.tracks, (std::vector<fs::path>{m_folder / "not_there.bed", m_folder / "peaks.bed"}));
        QCOMPARE(study.expressionUnit, std::string("TPM"));
    }

    void whatIsNamedAlreadyStaysOnce() {
        DS_VERIFY(add({m_folder / "lift.chain"}));
        const std::string before = contentOf(m_study);
        fs::create_symlink("lift.chain", m_folder / "same.chain");
        const auto again = add({m_folder / "lift.chain", m_folder / "same.chain"});
        fs::remove(m_folder / "same.chain");
        DS_VERIFY(again);
        QVERIFY(again->added.empty());
        QCOMPARE(again->known.size(), size_t{2});
        QCOMPARE(contentOf(m_study), before);
    }

    /// One that is refused keeps the others out, too: a study file is not half of what was asked for.
    void othersAreRefused_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("says");
        QTest::newRow("a part that studies have once") << "reference.fa"
                                                       << "already";
        QTest::newRow("genotypes") << "genotypes.vcf.gz"
                                   << "already";
        QTest::newRow("a study") << "small.study.json"
                                 << "nothing that a study could name";
        QTest::newRow("anything") << "notes.txt"
                                  << "nothing that a study could name";
        QTest::newRow("not there") << "nowhere.bed"
                                   << "";
        QTest::newRow("damaged") << "cut.chain"
                                 << "";
    }
    void othersAreRefused() {
        QFETCH(const QString, file);
        QFETCH(const QString, says);
        writeText(m_folder / "cut.chain", "chain 10 22 100000 + 0\n");
        const std::string before = contentOf(m_study);
        const auto done = add({m_folder / "lift.chain", m_folder / file.toStdString()});
        DS_VERIFY(done);
        QCOMPARE(done->refused.size(), size_t{1});
        QVERIFY2(done->refused.front().what.find(says.toStdString()) != std::string::npos,
                 done->refused.front().what.c_str());
        QVERIFY(!done->refused.front().remedy.empty());
        QCOMPARE(contentOf(m_study), before);
    }

    void studiesThatCannotBe() {
        QCOMPARE(addToStudy(m_folder / "none.study.json", {m_folder / "lift.chain"}, {}).error().kind,
                 ErrorKind::NotFound);
        writeText(m_folder / "published.study.json",
                  R"({"schema": 1, "name": "p", "build": "GRCh37", "published": "results.sqlite"})");
        QCOMPARE(addToStudy(m_folder / "published.study.json", {m_folder / "lift.chain"}, {}).error().kind,
                 ErrorKind::Unsupported);
        std::stop_source stop;
        stop.request_stop();
        RunContext stopped;
        stopped.stop = stop.get_token();
        QCOMPARE(addToStudy(m_study, {m_folder / "lift.chain"}, stopped).error().kind, ErrorKind::Cancelled);
    }
};

QTEST_APPLESS_MAIN(TestStudyAdditions)
#include "tst_study_additions.moc"
