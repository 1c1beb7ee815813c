// SPDX-License-Identifier: GPL-3.0-or-later
// Phenotypes that are no genes, from outside: a simulated study whose genes are written as peaks round their
// TSSs gives the numbers of the study of genes, byte for byte, and peaks that are moved give those of an
// annotation that is moved as far.
#include "io/text_reader.h"
#include "program.h"

#include <QDir>
#include <QJsonArray>
#include <QRegularExpression>

#include <sstream>

using namespace diploscope;
using namespace diploscope::test;
namespace fs = std::filesystem;

namespace {

std::vector<std::string> linesOf(const fs::path& file) {
    Result<TextReader> reader = TextReader::open(file);
    if (!reader)
        qFatal("%s", reader.error().message().c_str());
    std::vector<std::string> lines;
    for (std::string_view line; *reader->next(line);)
        lines.emplace_back(line);
    return lines;
}

std::vector<std::string> fieldsOf(const std::string& line) {
    std::vector<std::string> fields;
    std::istringstream text(line);
    for (std::string field; std::getline(text, field, '\t');)
        fields.push_back(field);
    return fields;
}

/// What files say besides how they were made: without provenance lines and what of a JSON names files.
QByteArray numbersOf(const fs::path& file) {
    QByteArray kept;
    for (const QByteArray& line : fileContent(file).split('\n'))
        if (!line.startsWith('#'))
            kept += line + '\n';
    return kept;
}

} // namespace

class TestPhenotypeStudy : public QObject {
    Q_OBJECT

    struct Placed {
        int64_t tss = 0; ///< 0-based
        char strand = '+';
    };

    TemporaryFolder m_folder;
    std::map<std::string, Placed> m_genes; ///< by id
    std::vector<std::string> m_gtf, m_bed;

    [[nodiscard]] QString path(const std::string& name) const {
        return QString::fromStdString((m_folder / name).string());
    }
    /// The simulated study in a folder of its own, with these parts in place of its own.
    void writeStudy(const std::string& folder, const QJsonObject& changes) const {
        QJsonObject study = jsonFile(m_folder / "demo/demo.study.json");
        const auto inDemo = [&](const QJsonValue& name) {
            return QDir::cleanPath(path("demo") + "/" + name.toString());
        };
        for (const char* key : {"reference", "genotypes"})
            study[key] = inDemo(study[key]);
        for (const char* key : {"predixcan", "eqtl", "fine_mapping", "tracks", "motifs"}) {
            QJsonArray files;
            for (const QJsonValue name : study[key].toArray())
                files.append(inDemo(name));
            study[key] = files;
        }
        study.remove("annotation");
        study.remove("haplotype_counts"); // of genes
        for (auto change = changes.begin(); change != changes.end(); ++change)
            study[change.key()] = change.value();
        writeText(m_folder / folder / "demo.study.json", QJsonDocument(study).toJson().toStdString());
    }
    /// The study of genes, each under its id, their TSSs moved downstream on the contig by so many bases.
    void writeGenes(const std::string& folder, int64_t moved) const {
        std::string gtf;
        static const QRegularExpression names(QStringLiteral("gene_id \"([^\"]*)\"(.*)gene_name \"[^\"]*\""));
        for (const std::string& line : m_gtf) {
            std::vector<std::string> fields = fieldsOf(line);
            if (fields.size() < 9) {
                gtf += line + "\n";
                continue;
            }
            if (fields[2] == "gene")
                for (const size_t bound : {3U, 4U})
                    fields[bound] = std::to_string(std::stoll(fields[bound]) + moved);
            fields[8] = QString::fromStdString(fields[8])
                            .replace(names, QStringLiteral("gene_id \"\\1\"\\2gene_name \"\\1\""))
                            .toStdString();
            for (size_t i = 0; i < fields.size(); ++i)
                gtf += (i > 0 ? "\t" : "") + fields[i];
            gtf += "\n";
        }
        writeText(m_folder / folder / "genes.gtf", gtf);
        std::string bed;
        for (const std::string& line : m_bed)
            bed += line + "\n";
        writeText(m_folder / folder / "values.bed", bed);
        writeStudy(folder, {{"annotation", "genes.gtf"}, {"expression", "values.bed"}});
    }
    /// The same genes as peaks. \param before, behind  bases of a peak on both sides of its centre
    /// \param withStrands  else genes of the reverse strand are left out
    void writePeaks(const std::string& folder, int64_t moved, int64_t before, int64_t behind,
                    bool withStrands) const {
        std::string bed;
        for (size_t i = 0; i < m_bed.size(); ++i) {
            std::vector<std::string> fields = fieldsOf(m_bed[i]);
            std::string strand = "strand";
            if (i > 0) {
                const Placed& gene = m_genes.at(fields[3]);
                if (!withStrands && gene.strand == '-')
                    continue;
                fields[1] = std::to_string(gene.tss + moved - before);
                fields[2] = std::to_string(gene.tss + moved + behind);
                strand = gene.strand;
            }
            for (size_t k = 0; k < fields.size(); ++k) {
                bed += (k > 0 ? "\t" : "") + fields[k];
                if (k == 3 && withStrands)
                    bed += "\t" + strand;
            }
            bed += "\n";
        }
        writeText(m_folder / folder / "values.bed", bed);
        writeStudy(folder, {{"expression", "values.bed"}, {"phenotypes", "atac"}});
    }
    void analyse(const std::string& folder) const {
        const Run run = runProgram(m_folder.path(), {"analyze", path(folder + "/demo.study.json"), "--genes",
                                                     "all", "--null-predictors", "2000", "--bootstrap", "50",
                                                     "--out", path(folder + "/out"), "--quiet"});
        QVERIFY2(run.exitCode == 0, qPrintable(run.err));
    }
    /// All tables of one analysis as in another's; of genes that both have.
    void compare(const std::string& of, const std::string& with, int genes) const {
        int tables = 0;
        for (const auto& entry : fs::recursive_directory_iterator(m_folder / (of + "/out"))) {
            const bool isReport = entry.path().string().ends_with(".report.json");
            if (!entry.is_regular_file() || !(isReport || entry.path().extension() == ".tsv") ||
                entry.path().filename() == "genes.tsv")
                continue;
            const fs::path other =
                m_folder / (with + "/out") / fs::relative(entry.path(), m_folder / (of + "/out"));
            QVERIFY2(fs::exists(other), other.c_str());
            if (entry.path().filename() == "drivers.tsv") { // of all genes
                const QList<QByteArray> known = numbersOf(other).split('\n');
                for (const QByteArray& line : numbersOf(entry.path()).split('\n'))
                    QVERIFY2(known.contains(line), line.constData());
            } else if (isReport) {
                QJsonObject own = jsonFile(entry.path()), others = jsonFile(other);
                QVERIFY(own.size() > 20);
                QVERIFY(own["run_key"] != others["run_key"]); // numbers alone are the same
                for (const char* key : {"provenance", "run_key"}) {
                    own.remove(key);
                    others.remove(key);
                }
                for (const QString& key : own.keys())
                    QVERIFY2(own[key] == others[key], qPrintable(key));
                QCOMPARE(own.keys(), others.keys());
            } else {
                QVERIFY2(numbersOf(entry.path()) == numbersOf(other), entry.path().c_str());
            }
            ++tables;
        }
        QVERIFY2(tables >= 3 * genes, qPrintable(QString::number(tables)));
        const auto rows = tableFile(m_folder / (of + "/out/genes.tsv"));
        QCOMPARE(int(rows.size()), genes);
        auto others = tableFile(m_folder / (with + "/out/genes.tsv"));
        for (const auto& row : rows) {
            const auto same = std::find_if(others.begin(), others.end(), [&](const auto& other) {
                return other.at("gene_id") == row.at("gene_id");
            });
            QVERIFY(same != others.end());
            for (const auto& [column, value] : row)
                if (rows.size() == others.size() || (column != "q" && column != "bonferroni"))
                    QVERIFY2(
                        same->at(column) == value,
                        (row.at("gene_id") + " " + column + " " + value + " " + same->at(column)).c_str());
        }
    }

private Q_SLOTS:
    void initTestCase() {
        const Run run = runProgram(m_folder.path(), {"simulate", "--out", path("demo"), "--people", "120",
                                                     "--genes", "8", "--seed", "5"});
        QVERIFY2(run.exitCode == 0, qPrintable(run.err));
        const QJsonObject study = jsonFile(m_folder / "demo/demo.study.json");
        m_gtf = linesOf(m_folder / "demo" / study["annotation"].toString().toStdString());
        m_bed = linesOf(m_folder / "demo" / study["expression"].toString().toStdString());
        static const QRegularExpression id(QStringLiteral("gene_id \"([^\"]*)\""));
        for (const std::string& line : m_gtf) {
            const std::vector<std::string> fields = fieldsOf(line);
            if (fields.size() < 9 || fields[2] != "gene")
                continue;
            const char strand = fields[6].front();
            m_genes[id.match(QString::fromStdString(fields[8])).captured(1).toStdString()] = {
                std::stoll(fields[strand == '+' ? 3 : 4]) - 1, strand};
        }
        QCOMPARE(m_bed.size(), size_t(9));
        const auto reverse = std::count_if(m_genes.begin(), m_genes.end(),
                                           [](const auto& one) { return one.second.strand == '-'; });
        QVERIFY(reverse > 0 && reverse < 8); // both strands are asked of
        writeGenes("genes", 0);
        analyse("genes");
    }

    /// Peaks of even and odd length, and single bases.
    void peaksRoundTheTss_data() {
        QTest::addColumn<int>("before");
        QTest::addColumn<int>("behind");
        QTest::newRow("501 bp") << 250 << 251;
        QTest::newRow("500 bp") << 250 << 250;
        QTest::newRow("1 bp") << 0 << 1;
    }
    void peaksRoundTheTss() {
        QFETCH(int, before);
        QFETCH(int, behind);
        const std::string folder = "peaks" + std::to_string(before + behind);
        writePeaks(folder, 0, before, behind, true);
        analyse(folder);
        compare(folder, "genes", 8);
    }

    /// Without a column of strands the forward one is read.
    void plusStrandAlone() {
        writePeaks("plus", 0, 100, 101, false);
        analyse("plus");
        const auto plus = std::count_if(m_genes.begin(), m_genes.end(),
                                        [](const auto& one) { return one.second.strand == '+'; });
        compare("plus", "genes", int(plus));
    }

    void movedPeaksAreMovedTsss() {
        writePeaks("peaks-moved", 7, 250, 251, true);
        analyse("peaks-moved");
        writeGenes("genes-moved", 7);
        analyse("genes-moved");
        compare("peaks-moved", "genes-moved", 8);
        // Seven bases are other numbers.
        const auto moved = tableFile(m_folder / "peaks-moved/out/genes.tsv");
        const auto still = tableFile(m_folder / "genes/out/genes.tsv");
        QVERIFY(moved.front().at("predicted_mean") != still.front().at("predicted_mean"));
    }

    void isToldAsWhatItIs() {
        writePeaks("told", 0, 250, 251, true);
        const Run check = runProgram(m_folder.path(), {"check", path("told/demo.study.json")});
        QVERIFY2(check.exitCode == 0, qPrintable(check.out + check.err));
        QVERIFY2(check.out.contains("Rows      8 (atac)"), qPrintable(check.out));
        QVERIFY2(check.out.contains("names no output for atac"), qPrintable(check.out));
        analyse("told");
        const Run summary = runProgram(m_folder.path(), {"summary", path("told/demo.study.json")});
        QVERIFY2(summary.exitCode == 0, qPrintable(summary.err));
        QVERIFY2(summary.out.contains("Phenotypes  8 (atac)"), qPrintable(summary.out));
        QVERIFY2(summary.out.contains("of the centre"), qPrintable(summary.out));
        QVERIFY2(!summary.out.contains("TSS"), qPrintable(summary.out));
        const QByteArray genes = fileContent(m_folder / "told/out/genes.tsv");
        QVERIFY(genes.contains("phenotypes"));
        // Rows of one kind are not another's: nothing of them is current any more.
        QJsonObject study = jsonFile(m_folder / "told/demo.study.json");
        study["phenotypes"] = "dnase";
        writeText(m_folder / "told/demo.study.json", QJsonDocument(study).toJson().toStdString());
        const Run other = runProgram(m_folder.path(), {"summary", path("told/demo.study.json")});
        QVERIFY2((other.out + other.err).contains("`phenotypes` differs"), qPrintable(other.out + other.err));
        const Run genesSummary = runProgram(m_folder.path(), {"summary", path("genes/demo.study.json")});
        QVERIFY2(genesSummary.out.contains("Genes       8,") && genesSummary.out.contains("of the TSS"),
                 qPrintable(genesSummary.out));
    }

    /// A row by its id, with characters that no file's name may have.
    void oddIds() {
        writePeaks("odd", 0, 250, 251, true);
        std::string bed = fileContent(m_folder / "odd/values.bed").toStdString();
        const std::string id = m_genes.begin()->first;
        bed.replace(bed.find(id), id.size(), "ENST1.2|A/B|chr1|-");
        writeText(m_folder / "odd/values.bed", bed);
        const Run run =
            runProgram(m_folder.path(), {"analyze", path("odd/demo.study.json"), "--gene",
                                         "ENST1.2|A/B|chr1|-", "--out", path("odd/out"), "--quiet"});
        QVERIFY2(run.exitCode == 0, qPrintable(run.err));
        const QJsonObject report = jsonFile(m_folder / "odd/out/ENST1.2_A_B_chr1_-.report.json");
        QCOMPARE(report["gene_id"].toString(), QStringLiteral("ENST1.2|A/B|chr1|-"));
    }
};

QTEST_GUILESS_MAIN(TestPhenotypeStudy)
#include "tst_phenotype_study.moc"
