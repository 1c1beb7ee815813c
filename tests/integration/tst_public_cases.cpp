// SPDX-License-Identifier: GPL-3.0-or-later
// Inputs of public reports by name, through the program, with the values that their README calls right. Each
// of their faults has a test of its own, on made data; here it is asked whether the very files are right.
#include "program.h"

#include "io/fasta_reader.h"
#include "io/variant_reader.h"

#include <QElapsedTimer>
#include <QJsonArray>

#include <cmath>

using namespace diploscope;
using namespace diploscope::test;
namespace fs = std::filesystem;

namespace {

QString text(const fs::path& path) {
    return QString::fromStdString(path.string());
}

/// What gzip makes of a file, whatever its index says.
std::string unpacked(const fs::path& file) {
    QProcess process;
    process.start("gzip", {"-dc", text(file)});
    process.waitForFinished();
    return process.readAllStandardOutput().toStdString();
}

} // namespace

class TestPublicCases : public QObject {
    Q_OBJECT

    fs::path m_cases;
    TemporaryFolder m_home;

    Run run(const QStringList& arguments) const { return runProgram(m_home.path(), arguments); }
    [[nodiscard]] fs::path bytes(const char* name) const { return m_cases / "bytes" / name; }

    /// A copy that may be written beside, analysed under the linear model. \return the folder of results
    fs::path analysed(const std::string& name) {
        fs::create_directories(m_home / "cases");
        if (!fs::exists(m_home / "cases/probe"))
            fs::copy(m_cases / "probe", m_home / "cases/probe", fs::copy_options::recursive);
        const fs::path folder = m_home / ("cases/" + name);
        if (!fs::exists(folder))
            fs::copy(m_cases / name, folder, fs::copy_options::recursive);
        fs::permissions(folder, fs::perms::owner_all, fs::perm_options::add);
        const fs::path out = m_home / ("out/" + name);
        const Run done = run({"analyze", text(folder / "t.study.json"), "--genes", "all", "--model",
                              text(m_home / "cases/probe"), "--out", text(out)});
        if (done.exitCode != 0)
            qWarning("%s", qPrintable(done.err));
        return out;
    }
    /// One clear error, soon.
    void refuses(const QStringList& arguments, const QStringList& says) {
        QElapsedTimer timer;
        timer.start();
        const Run found = run(arguments);
        const QString all = found.out + found.err;
        QVERIFY2(found.exitCode == 1, qPrintable(all));
        for (const QString& part : says)
            QVERIFY2(all.contains(part), qPrintable(all));
        QVERIFY2(timer.elapsed() < 60'000, "an error takes seconds, on a busy machine too");
    }

private Q_SLOTS:
    void initTestCase() {
        m_cases = sharedData() / ".." / "cases";
        if (sharedData().empty() || !fs::is_directory(m_cases))
            QSKIP("skipped: no shared cases beside DIPLOSCOPE_SHARED_DATA");
        m_cases = fs::canonical(m_cases);
        // What is opened here goes where the program's own files do.
        qputenv("XDG_CACHE_HOME", QByteArray::fromStdString((m_home / "cache").string()));
    }

    void control() {
        const fs::path out = analysed("00_control");
        const QJsonObject report = jsonFile(out / "GENA.report.json");
        QCOMPARE(report["n_variants"].toInt(), 12);
        QCOMPARE(report["n_people"].toInt(), 24);
        QVERIFY(std::abs(report["pearson_r"].toDouble() + 0.031) < 5e-4);
        QVERIFY(std::abs(report["pearson_p"].toDouble() - 0.88) < 5e-3);
        QCOMPARE(tableFile(out / "GENA.variants.tsv").size(), size_t{12});
    }

    /// One gene of five has no strand; the others are the control's.
    void unstrandedGene() {
        const fs::path out = analysed("17_one_unstranded_gene");
        const fs::path control = analysed("00_control");
        auto genes = tableFile(out / "genes.tsv");
        auto expected = tableFile(control / "genes.tsv");
        QCOMPARE(genes.size(), size_t{4});
        for (size_t i = 0; i < genes.size(); ++i)
            for (const char* column : {"gene_id", "pearson_r", "n_drivers", "r_linear"})
                QCOMPARE(genes[i][column], expected[i][column]);
        const Run checked = run({"check", text(m_home / "cases/17_one_unstranded_gene/t.study.json")});
        QCOMPARE(checked.exitCode, 0);
        QVERIFY2(checked.out.contains("1 without a strand, so without a TSS, left out"),
                 qPrintable(checked.out));
    }

    /// Rows whose trait is an exon belong to the gene of their `gene_id`.
    void exonTraits() {
        const fs::path out = analysed("18_eqtl_catalogue_exon_trait");
        auto variants = tableFile(out / "GENA.variants.tsv");
        QCOMPARE(variants.size(), size_t{12});
        for (auto& variant : variants) {
            QCOMPARE(std::stod(variant["imported_pip"]), 0.3);
            QCOMPARE(variant["imported_credible_set"], std::string("x_L1"));
        }
        for (auto& variant : tableFile(out / "GENB.variants.tsv"))
            QCOMPARE(variant["imported_pip"], std::string("NA"));
        const Run checked = run({"check", text(m_home / "cases/18_eqtl_catalogue_exon_trait/t.study.json")});
        QVERIFY2(checked.out.contains("12 of 12 rows are of 1 of the study's genes"),
                 qPrintable(checked.out));
    }

    void checkpoints_data() {
        QTest::addColumn<QString>("folder");
        for (const char* name : {"checkpoint_with_loss_tensor", "dataparallel_module_prefix",
                                 "lightning_model_prefix", "torch_compile_orig_mod_prefix", "sharded_index"})
            QTest::newRow(name) << QString(name);
    }
    /// Weights and sequence added up by a few lines of Python: all are multiples of 1/512.
    void checkpoints() {
        QFETCH(QString, folder);
        const fs::path weights = m_cases / "16_weights";
        const TemporaryFolder out;
        const Run scored = run({"score", "--model", text(weights / folder.toStdString()), "--sequence",
                                text(weights / "s.txt"), "--case", text(weights / "c.json"), "--out",
                                text(out / "out.tsv")});
        QVERIFY2(scored.exitCode == 0, qPrintable(scored.err));
        auto rows = tableFile(out / "out.tsv");
        QCOMPARE(rows.size(), size_t{1});
        QCOMPARE(std::stod(rows[0]["value"]), -109.59375);
    }

    void brokenJson() {
        refuses({"check", text(bytes("01-number-overflow.study.json"))},
                {"1 problem:", "number overflow", "1e400", "line 1"});
        refuses({"check", text(bytes("02-deep.study.json"))}, {"1 problem:", "64 deep"});
        refuses({"models", "show", text(bytes("03-model-description-null"))},
                {"Expected a text, found null", "description"});
    }

    void endlessView() {
        const fs::path study = m_home / "view";
        fs::create_directories(study);
        for (const auto& entry : fs::directory_iterator(m_cases / "00_control"))
            fs::copy(entry.path(), study / entry.path().filename());
        QJsonObject told = jsonFile(study / "t.study.json");
        told.remove("models");
        told["predixcan"] = QJsonArray{text(bytes("predixcan-endless-view.db"))};
        fs::remove(study / "t.study.json");
        writeText(study / "t.study.json", QJsonDocument(told).toJson().toStdString());
        refuses({"check", text(study / "t.study.json")}, {"1 problem:", "predixcan-endless-view.db"});
    }

    /// Bases and records as the files have them, although their indexes are of others or cut.
    void indexesOfOthers() {
        const fs::path fasta = bytes("gzi_of_another_compression_of_the_same_FASTA-f.fa.gz");
        const auto reader = FastaReader::open(fasta);
        DS_VERIFY(reader);
        std::istringstream lines(unpacked(fasta));
        std::string name, bases;
        std::getline(lines, name);
        for (std::string line; std::getline(lines, line) && line.front() != '>';)
            bases += line;
        const std::string contig = reader->contigs().front();
        QVERIFY(name.starts_with(">" + contig));
        QCOMPARE(reader->contigLength(contig), int64_t(bases.size()));
        const auto fetched = reader->fetch({contig, 0, int64_t(bases.size())});
        DS_VERIFY(fetched);
        QVERIFY(QString::fromStdString(*fetched).toUpper() == QString::fromStdString(bases).toUpper());
        const int64_t late = int64_t(bases.size()) - 1000; // behind most blocks
        QVERIFY(reader->fetch({contig, late, late + 100}).value() == fetched->substr(size_t(late), 100));

        const fs::path vcf = bytes("tbi_cut_inside-v.vcf.gz");
        std::map<std::string, std::vector<int64_t>> places;
        std::istringstream records(unpacked(vcf));
        for (std::string line; std::getline(records, line);)
            if (!line.starts_with('#')) {
                const size_t tab = line.find('\t');
                places[line.substr(0, tab)].push_back(std::stoll(line.substr(tab + 1)) - 1);
            }
        const auto variants = VariantReader::open(vcf.string());
        DS_VERIFY(variants);
        QVERIFY(!places.empty());
        for (const auto& [chromosome, expected] : places) {
            const auto read =
                variants->read({chromosome, 0, 100'000'000}, variants->people(), UnphasedRule::AsListed, "");
            DS_VERIFY(read);
            std::vector<int64_t> found;
            for (const auto& site : read->sites)
                found.push_back(site.position);
            QVERIFY2(
                found == expected,
                qPrintable(QStringLiteral("%1 sites of %2 records").arg(found.size()).arg(expected.size())));
        }
    }

    /// The module writes a file where it is run: its folder is made, so that it could.
    void scriptThatWritesAFile() {
        const fs::path place = "/tmp/h-reliability/sec"; // the module's own words
        std::error_code error;
        fs::create_directories(place, error);
        if (error)
            QSKIP("skipped: the folder that the module writes to cannot be made");
        const fs::path model = m_home / "harmful";
        fs::copy(bytes("07-torchscript-writes-a-file"), model);
        writeText(m_home / "s.txt", std::string(2048, 'A'));
        writeText(m_home / "c.json", R"({"edits": []})");
        fs::remove(place / "PWNED_BY_MODEL");
        refuses({"score", "--model", text(model), "--sequence", text(m_home / "s.txt"), "--case",
                 text(m_home / "c.json"), "--out", text(m_home / "o.tsv")},
                {"TorchScript", "--trust"});
        refuses({"bench", "forward", "--model", text(model)}, {"--trust"});
        (void)run({"models", "show", text(model)});
        const bool written = fs::exists(place / "PWNED_BY_MODEL");
        fs::remove(place, error); // where it is empty
        fs::remove(place.parent_path(), error);
        QVERIFY(!written);
    }
};

QTEST_GUILESS_MAIN(TestPublicCases)
#include "tst_public_cases.moc"
