// SPDX-License-Identifier: GPL-3.0-or-later
// What `summary` prints of genes whose null has no spread (METHODS 5): they have an R and are no test.
#include "program.h"

#include "model/model_folder.h"
#include "study/small_study.h"

#include <sstream>

using namespace diploscope::test;

namespace {

const std::string GeneHeader =
    "# gene_name\tgene_id\tchr_hg38\tstart_hg38\tend_hg38\tstrand_hg38\ttss_hg38\tMeanObs\tStdObs\t"
    "PearsonRfineTuned\tPvalueRfineTuned\tMeanFineTuned\tStdFineTuned\tPearsonRCAGE,adult,brain\t"
    "PvalueRCAGE,adult,brain\tMeanCAGE,adult,brain\tStdCAGE,adult,brain\tRmeanRandom\tRstdrandom\t"
    "TstatCAGE,adult,brain\tLog10PvalueTstatCAGE,adult,brain\tLog10BHPvalueTstatCAGE,adult,"
    "brain\tPrediXcanR\t"
    "SuSieCausalBrainhg38\tSusieCausalCortexhg38\n";

/// A gene of the published table whose random predictors have |R| of 0.1 with this deviation.
std::string gene(const std::string& name, const char* r, const char* sd) {
    return name + "\tENSG_" + name + "\t20\t10\t99\t-\t99\t3.4\t0.2\t0.03\t0.4\t8.4\t0.02\t" + r +
           "\t0.04\t2.2\t0.01\t0.1\t" + sd + "\t9\t9\t8\tNaN\tNA\tNA\n";
}

} // namespace

class TestSummaryWords : public QObject {
    Q_OBJECT

    TemporaryFolder m_folder;

    QString path(const std::string& name) const { return QString::fromStdString((m_folder / name).string()); }
    /// The line of the text that begins so.
    QString line(const QString& study, const QString& begin, const QStringList& more = {}) const {
        const Run run = runProgram(m_folder.path(), QStringList{"summary", study} + more);
        for (const QString& each : run.out.split('\n'))
            if (each.startsWith(begin))
                return each;
        return run.out + run.err;
    }
    int counted(const QString& study) const {
        const Run run = runProgram(m_folder.path(), {"summary", study, "--json"});
        return QJsonDocument::fromJson(run.out.toUtf8()).object()["n_not_testable"].toInt(-1);
    }
    QString imported(const std::string& name, const std::string& genes) const {
        writeText(m_folder / (name + ".tsv"), GeneHeader + genes);
        const Run run =
            runProgram(m_folder.path(), {"import", "published", path(name + ".tsv"), "--out", path(name)});
        return run.exitCode == 0 ? path(name + "/published.study.json") : run.err;
    }

private Q_SLOTS:
    void ofAPublishedTable() {
        const std::string good = gene("GOOD", "0.6", "0.05") + gene("NONE", "nan", "0.05");
        const QString words = QStringLiteral(" not testable: all random predictors have the same |R|");
        const QString all = imported("all", good);
        QCOMPARE(line(all, "Genes "), QString("Genes       2, 1 with an R: mean 0.6000, 0.6000 to 0.6000"));
        QCOMPARE(line(all, "Significant "),
                 QString("Significant 1 at FDR 0.05 (published null), 0 of them with R < 0"));
        QCOMPARE(counted(all), 0);
        const QString two = imported("two", good + gene("FLAT", "0.4", "0.0") + gene("FLAT2", "-0.4", "0"));
        QCOMPARE(line(two, "Genes "), QString("Genes       4, 3 with an R: mean 0.2000, -0.4000 to 0.6000"));
        for (const char* null : {"published", "calibrated"})
            QCOMPARE(line(two, "Significant ", {"--null", null}),
                     QString("Significant 1 at FDR 0.05 (%1 null), 0 of them with R < 0; 2").arg(null) +
                         words);
        QCOMPARE(counted(two), 2);
    }

    /// Everybody's genotypes are the same at every SNV, but round one of three genes.
    void ofOwnGenes() {
        SmallStudy small;
        const std::string other = "1|0\t0|0\t0|1\t0|0\t1|1\t0|0";
        std::istringstream lines(small.vcf());
        for (std::string line; std::getline(lines, line); small.genotypes += line + "\n") {
            const size_t place = line.find('\t') + 1;
            const bool isGenotype = line[0] != '#';
            const int position = isGenotype ? std::stoi(line.substr(place)) : 0;
            if (position > 40'000 && position < 50'000 && position % 1000 == 0)
                line.replace(line.find("0|0"), std::string::npos, other);
        }
        small.expression.replace(small.expression.find("NA"), 2, "9");
        const QString study = QString::fromStdString(small.write(m_folder).string());
        writeModelWithWeights(m_folder / "model", sequentialModel(smallLayers(), 2048));
        const Run run = runProgram(m_folder.path(), {"analyze", study, "--genes", "all", "--model",
                                                     path("model"), "--tracks", "0", "--out", path("out")});
        QVERIFY2(run.exitCode == 0, qPrintable(run.err));
        const QString said = line(study, "Significant ");
        QVERIFY2(said.endsWith("; 2 not testable: all random predictors have the same |R|"),
                 qPrintable(said));
        QVERIFY2(line(study, "Genes ").startsWith("Genes       3, 3 with an R: "), qPrintable(said));
        QCOMPARE(counted(study), 2);
    }
};

QTEST_GUILESS_MAIN(TestSummaryWords)
#include "tst_summary_words.moc"
