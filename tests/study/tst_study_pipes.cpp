// SPDX-License-Identifier: GPL-3.0-or-later
// What is no file, and what the system does not let one open, under every key of a study.
#include "io/association_table.h"
#include "study/recognise.h"
#include "study/small_study.h"
#include "study/study.h"

#include <sys/resource.h>
#include <sys/stat.h>

#include <fcntl.h>
#include <unistd.h>

using namespace diploscope;
using namespace diploscope::test;
namespace fs = std::filesystem;

class TestStudyPipes : public QObject {
    Q_OBJECT
private:
    TemporaryFolder m_cache;

private Q_SLOTS:
    void initTestCase() { qputenv("XDG_CACHE_HOME", QByteArray::fromStdString(m_cache.path().string())); }

    void refusesPipes_data() {
        QTest::addColumn<QString>("file");
        for (const char* file : {"reference.fa", "genes.gtf", "genotypes.vcf.gz", "expression.bed",
                                 "covariates.tsv", "map.tsv", "weights.db", "eqtl.tsv", "sets.tsv"})
            QTest::newRow(file) << file;
    }
    /// A pipe that nobody writes into would keep the program for ever.
    void refusesPipes() {
        QFETCH(QString, file);
        const TemporaryFolder folder;
        SmallStudy small;
        small.covariates = "id\tHG2\tHG3\tHG4\tHG5\tHG6\nsex\t7\t6\t5\t4\t3\n";
        small.sampleMap = "HG2\tHG2\nHG3\tHG3\nHG4\tHG4\nHG5\tHG5\nHG6\tHG6\n";
        small.extra = R"(, "predixcan": ["weights.db"], "eqtl": ["eqtl.tsv"], "fine_mapping": ["sets.tsv"])";
        const fs::path study = small.write(folder);
        const fs::path pipe = folder / file.toStdString();
        fs::remove(pipe);
        QCOMPARE(mkfifo(pipe.c_str(), 0600), 0);
        const StudyCheck check = openStudy(study);
        std::vector<Error> faults = check.problems;
        faults.insert(faults.end(), check.leftOut.begin(), check.leftOut.end());
        QVERIFY(std::any_of(faults.begin(), faults.end(), [&](const Error& fault) {
            return fault.where.ends_with(file.toStdString()) &&
                   fault.what == "A file was expected, but this is a pipe.";
        }));
        const RecognisedFile recognised = recognise(pipe);
        QCOMPARE(recognised.kind, FileKind::Unknown);
        QVERIFY(recognised.problem.has_value());
    }

    void refusesAPipeAsTheStudy() {
        const TemporaryFolder folder;
        const fs::path pipe = folder / "a.study.json";
        QCOMPARE(mkfifo(pipe.c_str(), 0600), 0);
        const StudyCheck check = openStudy(pipe);
        QVERIFY(!check.study);
        QCOMPARE(check.problems.front().what, std::string("A file was expected, but this is a pipe."));
    }

    void linksToFilesAreFiles() {
        const TemporaryFolder folder;
        const fs::path study = SmallStudy().write(folder);
        for (const char* file : {"reference.fa", "genes.gtf", "genotypes.vcf.gz", "expression.bed"}) {
            fs::create_directories(folder / "elsewhere");
            fs::rename(folder / file, folder / "elsewhere" / file);
            fs::create_symlink(fs::path("elsewhere") / file, folder / file);
        }
        QVERIFY(openStudy(study).study);
    }

    /// The remedy is not "check that you may read it".
    void saysThatTooManyFilesAreOpen() {
        const TemporaryFolder folder;
        const fs::path study = SmallStudy().write(folder);
        QVERIFY(openStudy(study).study); // with indexes
        rlimit before{};
        QCOMPARE(getrlimit(RLIMIT_NOFILE, &before), 0);
        const int next = open("/dev/null", O_RDONLY | O_CLOEXEC);
        close(next);
        for (const int more : {1, 2}) { // for the reference, then the genotypes
            const rlimit now{rlim_t(next + more), before.rlim_max};
            QCOMPARE(setrlimit(RLIMIT_NOFILE, &now), 0);
            const StudyCheck check = openStudy(study);
            setrlimit(RLIMIT_NOFILE, &before);
            for (const Error& problem : check.problems)
                QVERIFY2(problem.message().find("Too many open files") != std::string::npos,
                         problem.message().c_str());
        }
    }
};

QTEST_GUILESS_MAIN(TestStudyPipes)
#include "tst_study_pipes.moc"
