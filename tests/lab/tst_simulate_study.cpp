// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/text_reader.h"
#include "lab/simulate/simulate_study.h"
#include "support.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

using namespace diploscope;
namespace fs = std::filesystem;

namespace {

using Row = std::map<std::string, std::string, std::less<>>;

/// Rows of a table by column name; `#` lines before the header are left out.
std::vector<Row> readTable(const fs::path& file) {
    auto reader = TextReader::open(file);
    std::vector<std::string> header;
    std::vector<Row> rows;
    std::string_view line;
    while (reader && *reader->next(line)) {
        if (line.starts_with("# "))
            continue;
        std::vector<std::string_view> fields;
        splitFields(line, '\t', fields);
        if (header.empty()) {
            header.assign(fields.begin(), fields.end());
            continue;
        }
        Row row;
        for (size_t i = 0; i < fields.size(); ++i)
            row[header[i]] = fields[i];
        rows.push_back(std::move(row));
    }
    return rows;
}

std::map<std::string, std::string> contents(const fs::path& folder) {
    std::map<std::string, std::string> all;
    for (const auto& entry : fs::directory_iterator(folder)) {
        std::ifstream stream(entry.path(), std::ios::binary);
        all[entry.path().filename().string()] = std::string(std::istreambuf_iterator<char>(stream), {});
    }
    return all;
}

struct Record {
    std::string ref;
    std::vector<std::string> alts;
    std::vector<int> alleles;
};

/// All records of a VCF by "contig:position" (1-based); nothing if a genotype is not phased and complete.
std::map<std::string, Record> readVcf(const fs::path& file) {
    std::map<std::string, Record> records;
    auto reader = TextReader::open(file);
    std::string_view line;
    std::vector<std::string_view> fields, alts;
    while (reader && *reader->next(line)) {
        if (line.starts_with("#"))
            continue;
        splitFields(line, '\t', fields);
        Record record;
        record.ref = fields[3];
        splitFields(fields[4], ',', alts);
        record.alts.assign(alts.begin(), alts.end());
        for (size_t i = 9; i < fields.size(); ++i) {
            if (fields[i].size() != 3 || fields[i][1] != '|')
                return {};
            record.alleles.push_back(fields[i][0] - '0');
            record.alleles.push_back(fields[i][2] - '0');
        }
        records[fmt::format("{}:{}", fields[0], fields[1])] = std::move(record);
    }
    return records;
}

/// Contigs of a FASTA, upper case.
std::map<std::string, std::string> readFasta(const fs::path& file) {
    std::map<std::string, std::string> contigs;
    auto reader = TextReader::open(file);
    std::string_view line;
    std::string* current = nullptr;
    while (reader && *reader->next(line)) {
        if (line.starts_with(">"))
            current = &contigs[std::string(line.substr(1))];
        else
            for (const char base : line)
                *current += char(std::toupper(base));
    }
    return contigs;
}

simulate::SimulationOptions small(const fs::path& folder) {
    simulate::SimulationOptions options;
    options.folder = folder;
    options.people = 60;
    options.genes = 25; // a second contig
    return options;
}

} // namespace

class TestSimulateStudy : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void sameOptionsSameBytes();
    void otherSeedOtherBytes();
    void trainingGenesLeaveTheCohortAlone();
    void genotypesAreWhole();
    void truthIsInTheGenotypes();
    void heritabilityIsAsAsked();
    void everyDesignOccurs();
    void cancelLeavesNothing();
    void replacesOnlyItsOwn();
    void refusesBadOptions_data();
    void refusesBadOptions();

private:
    test::TemporaryFolder m_folder;
};

void TestSimulateStudy::initTestCase() {
    DS_VERIFY(simulate::simulateStudy(small(m_folder / "a"), {}));
}

void TestSimulateStudy::sameOptionsSameBytes() {
    DS_VERIFY(simulate::simulateStudy(small(m_folder / "b"), {}));
    const auto first = contents(m_folder / "a");
    const auto second = contents(m_folder / "b");
    QVERIFY(first.contains("demo.study.json") && first.contains("genotypes.vcf.gz.tbi") &&
            first.contains("reference.fa.gz.gzi"));
    QCOMPARE(second.size(), first.size());
    for (const auto& [name, bytes] : first)
        QVERIFY2(second.at(name) == bytes, name.c_str());
}

void TestSimulateStudy::otherSeedOtherBytes() {
    auto options = small(m_folder / "c");
    options.seed = 2;
    DS_VERIFY(simulate::simulateStudy(options, {}));
    const auto first = contents(m_folder / "a");
    const auto second = contents(m_folder / "c");
    for (const char* name : {"reference.fa.gz", "genotypes.vcf.gz", "expression.bed.gz", "truth.tsv"})
        QVERIFY2(first.at(name) != second.at(name), name);
}

void TestSimulateStudy::trainingGenesLeaveTheCohortAlone() {
    auto options = small(m_folder / "d");
    options.trainingGenes = 12;
    DS_VERIFY(simulate::simulateStudy(options, {}));
    const auto first = contents(m_folder / "a");
    const auto second = contents(m_folder / "d");
    for (const char* name :
         {"expression.bed.gz", "genes.gtf.gz", "truth.tsv", "truth.genes.tsv", "demo.study.json"})
        QVERIFY2(first.at(name) == second.at(name), name);
    const auto genes = readTable(m_folder / "d/training.expression.bed.gz");
    QCOMPARE(genes.size(), size_t{12});
    QCOMPARE(genes[0].at("#chr"), std::string("chrT1"));
    QCOMPARE(genes[0].size(), size_t{4 + 60});
    QVERIFY(second.contains("training.study.json"));
}

void TestSimulateStudy::genotypesAreWhole() {
    const auto records = readVcf(m_folder / "a/genotypes.vcf.gz");
    QVERIFY2(records.size() > 3000, "no records, or an unphased genotype");
    const auto reference = readFasta(m_folder / "a/reference.fa.gz");
    QCOMPARE(reference.size(), size_t{2});
    int multiAllelic = 0, indels = 0;
    std::vector<int> spectrum(120, 0);
    for (const auto& [key, record] : records) {
        QCOMPARE(record.alleles.size(), size_t{120});
        const size_t colon = key.find(':');
        const auto start = std::stoull(key.substr(colon + 1)) - 1;
        QCOMPARE(reference.at(key.substr(0, colon)).substr(start, record.ref.size()), record.ref);
        multiAllelic += record.alts.size() > 1 ? 1 : 0;
        indels += record.ref.size() != record.alts[0].size() ? 1 : 0;
        for (size_t k = 1; k <= record.alts.size(); ++k) {
            const auto carried = std::count(record.alleles.begin(), record.alleles.end(), int(k));
            QVERIFY2(carried > 0, key.c_str());
            ++spectrum[static_cast<size_t>(carried)];
        }
    }
    QVERIFY(multiAllelic > 10);
    QVERIFY(indels > 50);
    // 1/f: as many alleles with one carrier as twice those with two, and as many with 8 to 15 as with 16
    // to 31.
    QVERIFY(spectrum[1] > 1.5 * spectrum[2] && spectrum[1] < 2.6 * spectrum[2]);
    const double low = std::accumulate(spectrum.begin() + 8, spectrum.begin() + 16, 0.0);
    const double high = std::accumulate(spectrum.begin() + 16, spectrum.begin() + 32, 0.0);
    QVERIFY2(low > 0.7 * high && low < 1.4 * high, qPrintable(QString("%1 %2").arg(low).arg(high)));
}

void TestSimulateStudy::truthIsInTheGenotypes() {
    const auto records = readVcf(m_folder / "a/genotypes.vcf.gz");
    const auto truth = readTable(m_folder / "a/truth.tsv");
    QVERIFY(truth.size() > 15);
    int planned = 0;
    for (const Row& row : truth) {
        const auto found = records.find(row.at("chrom") + ":" + row.at("pos"));
        QVERIFY2(found != records.end(), row.at("id").c_str());
        QCOMPARE(found->second.ref, row.at("ref"));
        const auto& alts = found->second.alts;
        const auto alt = std::find(alts.begin(), alts.end(), row.at("alt"));
        QVERIFY2(alt != alts.end(), row.at("id").c_str());
        const auto carried = std::count(found->second.alleles.begin(), found->second.alleles.end(),
                                        int(alt - alts.begin()) + 1);
        QVERIFY(std::abs(std::stod(row.at("allele_frequency")) - double(carried) / 120) < 1e-6);
        QVERIFY(std::abs(std::stod(row.at("effect"))) >= 0.05 || row.at("mechanism") == "distal");
        QVERIFY((row.at("mechanism") == "distal") == (row.at("motif") == "."));
        planned += row.at("planned") == "true" ? 1 : 0;
    }
    QVERIFY(planned > 10);
}

void TestSimulateStudy::heritabilityIsAsAsked() {
    auto options = small(m_folder / "h");
    options.people = 400;
    options.heritability = 0.4;
    DS_VERIFY(simulate::simulateStudy(options, {}));
    double mean = 0;
    int genes = 0;
    for (const Row& row : readTable(m_folder / "h/truth.genes.tsv")) {
        const double asked = std::stod(row.at("heritability_asked"));
        if (asked == 0)
            continue;
        const double got = std::stod(row.at("heritability"));
        QVERIFY2(std::abs(got - asked) < 0.15, row.at("gene_id").c_str());
        mean += got;
        ++genes;
    }
    QVERIFY(genes >= 20);
    QVERIFY(std::abs(mean / genes - 0.4) < 0.08);
}

void TestSimulateStudy::everyDesignOccurs() {
    std::map<std::string, int> designs;
    for (const Row& row : readTable(m_folder / "a/truth.genes.tsv"))
        ++designs[row.at("design")];
    for (const char* design : {"direct", "switched", "opposed", "distal", "unregulated"})
        QVERIFY2(designs[design] > 0, design);
    // Of a planted variant in a switch beside its partner the truth says so, and it acts against the motif's
    // mean effect.
    bool switched = false;
    for (const Row& row : readTable(m_folder / "a/truth.tsv"))
        switched = switched || row.at("mechanism") == "switch-with-partner";
    QVERIFY(switched);
}

void TestSimulateStudy::cancelLeavesNothing() {
    std::stop_source stop;
    RunContext context;
    context.stop = stop.get_token();
    context.onProgress = [&](const Progress& progress) {
        if (progress.done == 3)
            stop.request_stop();
    };
    const auto result = simulate::simulateStudy(small(m_folder / "x/y"), context);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::Cancelled);
    QVERIFY(fs::is_empty(m_folder / "x"));
}

void TestSimulateStudy::replacesOnlyItsOwn() {
    const fs::path folder = m_folder / "again";
    auto options = small(folder);
    options.genes = 2;
    options.trainingGenes = 2;
    DS_VERIFY(simulate::simulateStudy(options, {}));
    options.trainingGenes = 0;
    DS_VERIFY(simulate::simulateStudy(options, {}));
    QVERIFY(!fs::exists(folder / "training.study.json"));

    test::writeText(folder / "notes.txt", "mine");
    const auto before = contents(folder);
    const auto refused = simulate::simulateStudy(options, {});
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::Mismatch);
    QVERIFY(refused.error().what.find("notes.txt") != std::string::npos);
    QVERIFY(contents(folder) == before);
}

void TestSimulateStudy::refusesBadOptions_data() {
    QTest::addColumn<qlonglong>("people");
    QTest::addColumn<qlonglong>("genes");
    QTest::addColumn<double>("heritability");
    QTest::newRow("nobody") << 0LL << 5LL << 0.5;
    QTest::newRow("negative") << -4LL << 5LL << 0.5;
    QTest::newRow("no gene") << 10LL << 0LL << 0.5;
    QTest::newRow("too many") << 10LL << 1000000LL << 0.5;
    QTest::newRow("heritability 1") << 10LL << 5LL << 1.0;
    QTest::newRow("heritability nan") << 10LL << 5LL << std::nan("");
}

void TestSimulateStudy::refusesBadOptions() {
    QFETCH(qlonglong, people);
    QFETCH(qlonglong, genes);
    QFETCH(double, heritability);
    simulate::SimulationOptions options;
    options.folder = m_folder / "bad";
    options.people = people;
    options.genes = genes;
    options.heritability = heritability;
    const auto result = simulate::simulateStudy(options, {});
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::BadInput);
    QVERIFY(!fs::exists(m_folder / "bad"));
}

QTEST_GUILESS_MAIN(TestSimulateStudy)
#include "tst_simulate_study.moc"
