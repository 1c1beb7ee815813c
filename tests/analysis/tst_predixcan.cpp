// SPDX-License-Identifier: GPL-3.0-or-later
// PrediXcan databases: reading, matching of alleles, and what trained ones hold.
#include "analysis/haploid_study.h"
#include "analysis/predixcan.h"
#include "analysis/predixcan_training.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <cmath>

using namespace diploscope;
using namespace diploscope::test;

class TestPredixcan : public QObject {
    Q_OBJECT

    TemporaryFolder m_folder;
    std::shared_ptr<const Study> m_study;
    SmallStudy m_small;

    static constexpr const char* Tables =
        "CREATE TABLE weights(rsid TEXT, gene TEXT, weight REAL, ref_allele TEXT, eff_allele TEXT, varID "
        "TEXT);"
        "CREATE TABLE extra(gene TEXT, genename TEXT, \"n.snps.in.model\" INTEGER, \"pred.perf.R2\" REAL,"
        "\"pred.perf.pval\" REAL, \"pred.perf.qval\" REAL);";

    std::filesystem::path database(const std::string& sql, const std::string& name = "a.db") {
        std::filesystem::remove(m_folder / name);
        sqlite3* handle = nullptr;
        sqlite3_open((m_folder / name).c_str(), &handle);
        sqlite3_exec(handle, ("BEGIN;" + sql + ";COMMIT").c_str(), nullptr, nullptr, nullptr);
        sqlite3_close(handle);
        return m_folder / name;
    }
    static std::string weight(const std::string& gene, double value, const std::string& ref,
                              const std::string& eff, const std::string& varId,
                              const std::string& rsid = "rs1") {
        return "INSERT INTO weights VALUES ('" + rsid + "','" + gene + "'," + std::to_string(value) + ",'" +
               ref + "','" + eff + "','" + varId + "');";
    }

private Q_SLOTS:
    /// Everybody's genotypes are the same at every site: dosages 1 1 2 0 1 of HG2..HG6. ALT is A, or C where
    /// REF is A.
    void initTestCase() {
        const StudyCheck check = openStudy(m_small.write(m_folder));
        QVERIFY2(check.study != nullptr,
                 check.problems.empty() ? "" : check.problems.front().message().c_str());
        m_study = check.study;
    }

    void allelesAreMatched() {
        // A site whose REF is G: G>A; and one whose REF is T: T>A, which is its own complement.
        size_t plain = 0, ambiguous = 0;
        for (size_t position = 1000; position < m_small.bases.size(); position += 500) {
            const char ref = m_small.bases[position - 1];
            if (ref == 'G' && plain == 0)
                plain = position;
            if (ref == 'T' && ambiguous == 0)
                ambiguous = position;
        }
        const std::string at = "22_" + std::to_string(plain) + "_G_A",
                          odd = "22_" + std::to_string(ambiguous) + "_T_A";
        const auto file =
            database(std::string(Tables) + weight("ENSG01.2", 0.5, "G", "A", at) +
                     weight("SWAPPED", 0.5, "A", "G", at) + weight("FLIPPED", 0.5, "C", "T", at) +
                     weight("FLIPPED", 0.25, "T", "C", at) + weight("AMBIGUOUS", 2, "T", "A", odd) +
                     weight("AMBIGUOUS", 8, "A", "T", odd) + weight("ABSENT", 1, "G", "A", "22_7_G_A") +
                     weight("OTHER", 1, "G", "C", at) +
                     "INSERT INTO extra VALUES ('ENSG01.2', 'GENEA', 1, 0.25, 0.01, NULL)");
        const auto read = readPredixcan(file);
        DS_VERIFY(read);
        QVERIFY(read->hasPositions);
        const auto scores = applyPredixcan(*m_study, *read);
        DS_VERIFY(scores);
        const std::vector<double> dosage{1, 1, 2, 0, 1};
        std::map<std::string, size_t> column;
        for (size_t g = 0; g < scores->genes.size(); ++g)
            column[scores->genes[g].gene.id] = g;
        const auto value = [&](const char* gene, size_t person) {
            return scores->values(Eigen::Index(person), Eigen::Index(column[gene]));
        };
        const auto counts = [&](const char* gene) { return scores->genes[column[gene]].counts; };
        for (size_t p = 0; p < dosage.size(); ++p) {
            QCOMPARE(value("ENSG01.2", p), 0.5 * dosage[p]);
            QCOMPARE(value("SWAPPED", p), 0.5 * (2 - dosage[p]));
            QCOMPARE(value("FLIPPED", p), 0.5 * dosage[p] + 0.25 * (2 - dosage[p]));
            QCOMPARE(value("AMBIGUOUS", p), 2 * dosage[p]); // as listed; the swapped one is left out
            QVERIFY(std::isnan(value("ABSENT", p)) && std::isnan(value("OTHER", p)));
        }
        QCOMPARE(counts("SWAPPED").swapped, int64_t{1});
        QCOMPARE(counts("FLIPPED").flipped, int64_t{2});
        QCOMPARE(counts("AMBIGUOUS").ambiguous, int64_t{2});
        QCOMPARE(counts("AMBIGUOUS").ambiguousLeftOut, int64_t{1});
        QCOMPARE(counts("ABSENT").absent + counts("OTHER").absent, int64_t{2});
        const auto& known = scores->genes[column["ENSG01.2"]];
        QCOMPARE(known.gene.name, std::string("GENEA"));
        QCOMPARE(*known.gene.performanceR2, 0.25);
        QVERIFY(known.observed && known.observed->n == 5);
        QVERIFY(!scores->genes[column["SWAPPED"]].observed);
    }

    void faultsOfFiles_data() {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<QString>("says");
        QTest::newRow("no weights") << "CREATE TABLE other(a)"
                                    << "no table `weights`";
        QTest::newRow("an endless view")
            << "CREATE VIEW weights AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
               "SELECT 'r' || i AS rsid, 'g' AS gene, 1.0 AS weight, 'A' AS ref_allele, 'C' AS eff_allele "
               "FROM n"
            << "no table `weights`";
        QTest::newRow("column missing") << "CREATE TABLE weights(rsid, gene, weight, ref_allele)"
                                        << "`eff_allele`";
        QTest::newRow("empty") << Tables << "no weight";
        QTest::newRow("weight is text")
            << QString(Tables) + "INSERT INTO weights VALUES ('r','g','much','A','C','22_1_A_C')"
            << "`much`";
        const QString one = QString(Tables) + "INSERT INTO weights VALUES ('r','g',1,'A','C','22_1_A_C');";
        QTest::newRow("R2 in percent") << one + "INSERT INTO extra VALUES ('g','A',1,31,0.1,0.1)"
                                       << "The R2 of the model's performance is 31";
        QTest::newRow("p above 1") << one + "INSERT INTO extra VALUES ('g','A',1,0.3,1.5,0.1)"
                                   << "The p of the model's performance is 1.5";
        QTest::newRow("q is infinite") << one + "INSERT INTO extra VALUES ('g','A',1,0.3,0.1,9e999)"
                                       << "The q of the model's performance is inf";
        QTest::newRow("odd varID") << QString(Tables) +
                                          "INSERT INTO weights VALUES ('r','g',1,'A','C','22-1')"
                                   << "`22-1`";
        QTest::newRow("two builds") << QString(Tables) +
                                           "INSERT INTO weights VALUES ('r','g',1,'A','C','22_1_A_C_b37'),"
                                           "('s','g',1,'A','C','22_2_A_C_b38')"
                                    << "more than one build";
    }
    void faultsOfFiles() {
        QFETCH(QString, sql);
        QFETCH(QString, says);
        const auto read = readPredixcan(database(sql.toStdString()));
        QVERIFY(!read);
        QCOMPARE(read.error().kind, ErrorKind::BadInput);
        QVERIFY2(QString::fromStdString(read.error().message()).contains(says),
                 read.error().message().c_str());
    }

    /// Names that come from a view are no table's: they are left out, not waited for.
    void endlessViewBesideTheTable() {
        const auto read = readPredixcan(
            database(QString(Tables).replace("TABLE extra(", "TABLE elsewhere(").toStdString() +
                     weight("A", 2, "A", "C", "22_7_A_C") +
                     "CREATE VIEW extra AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
                     "SELECT 'g' || i AS gene FROM n"));
        DS_VERIFY(read);
        QCOMPARE(read->weights.size(), size_t(1));
    }

    /// What PredictDB and others have in the columns: symbols for ids, rsids in varID, varIDs in rsid, in
    /// some rows or in all; columns in any case, with dots or underscores.
    void variantsOfDatabases_data() {
        QTest::addColumn<QString>("varId");
        QTest::addColumn<QString>("rsid");
        QTest::addColumn<QString>("gene");
        QTest::addColumn<bool>("byPosition");
        QTest::addColumn<bool>("byRsid");
        const QString at = "22_%1_%2_%3";
        QTest::newRow("standard") << at << "rs%1"
                                  << "ENSG01.2" << true << false;
        QTest::newRow("symbol, no varID") << ""
                                          << "rs%1"
                                          << "GENEA" << false << true;
        QTest::newRow("rsid in varID") << "rs%1"
                                       << "rs%1"
                                       << "ENSG01.2" << false << true;
        QTest::newRow("rsid in varID, varID in rsid") << "rs%1" << at << "ENSG01.2" << true << false;
        QTest::newRow("varID in both") << at << at << "ENSG01.2" << true << false;
        QTest::newRow("varID in rsid") << "NA" << at << "GENEA" << true << false;
        QTest::newRow("colons and slash") << "chr22:%1:%2/%3"
                                          << "."
                                          << "ENSG01.9" << true << false;
        QTest::newRow("dashes") << "22-%1-%2-%3"
                                << "."
                                << "ENSG01.9" << true << false;
    }
    void variantsOfDatabases() {
        QFETCH(QString, varId);
        QFETCH(QString, rsid);
        QFETCH(QString, gene);
        QFETCH(bool, byPosition);
        QFETCH(bool, byRsid);
        SmallStudy small;
        std::istringstream lines(small.vcf());
        std::string named;
        for (std::string line; std::getline(lines, line);) { // ids: rs and the position
            const size_t at = line.find("\t.\t");
            if (!line.starts_with('#') && at != std::string::npos)
                line.replace(at, 3, "\trs" + line.substr(3, at - 3) + "\t");
            named += line + "\n";
        }
        small.genotypes = named;
        const TemporaryFolder folder;
        const StudyCheck check = openStudy(small.write(folder));
        QVERIFY2(check.study != nullptr,
                 check.problems.empty() ? "" : check.problems.front().message().c_str());
        std::string sql =
            "CREATE TABLE weights(RSID TEXT, gene TEXT, weight REAL, ref_allele TEXT, eff_allele TEXT, "
            "varID TEXT); CREATE TABLE extra(gene TEXT, gene_name TEXT, pred_perf_R2 REAL);";
        for (int i = 0; i < 5; ++i) {
            const int position = 20'000 + 500 * i;
            const std::string ref(1, small.bases[size_t(position) - 1]), alt = ref == "A" ? "C" : "A";
            const auto filled = [&](QString text) {
                return text.replace("%1", QString::number(position))
                    .replace("%2", QString::fromStdString(ref))
                    .replace("%3", QString::fromStdString(alt))
                    .toStdString();
            };
            sql += weight(gene.toStdString(), 1, ref, alt, filled(varId), filled(rsid));
        }
        sql += "INSERT INTO extra VALUES ('" + gene.toStdString() + "', 'GENEA', 0.25)";
        const auto read = readPredixcan(database(sql));
        DS_VERIFY(read);
        QCOMPARE(*read->genes.front().performanceR2, 0.25);
        DS_VERIFY(checkPredixcan(m_folder / "a.db"));
        const auto scores = applyPredixcan(*check.study, *read);
        DS_VERIFY(scores);
        QCOMPARE(scores->total().used, int64_t{5});
        QCOMPARE(scores->byPosition, byPosition);
        QCOMPARE(scores->byRsid, byRsid);
        QCOMPARE(scores->values(0, 0), 5.0);
        QVERIFY(scores->genes.front().observed.has_value());
        const auto one = applyPredixcan(*check.study, *read, {PredixcanMatch::Automatic, {"ENSG01"}});
        DS_VERIFY(one);
        QCOMPARE(one->total().used, int64_t{5});
    }

    /// Nothing used is no result: one id of each side shows why.
    void nothingUsedIsAnError() {
        const auto read = readPredixcan(database(Tables + weight("ENSG01.2", 1, "A", "C", "", "rs99")));
        DS_VERIFY(read);
        const auto scores = applyPredixcan(*m_study, *read);
        QVERIFY(!scores && scores.error().kind == ErrorKind::Mismatch);
        QVERIFY2(scores.error().what.find("`rs99`") != std::string::npos, scores.error().what.c_str());
        QVERIFY2(scores.error().what.find("`.` (22:") != std::string::npos, scores.error().what.c_str());
        QVERIFY(!scores.error().remedy.empty());
    }

    void cases_data() {
        QTest::addColumn<QString>("name");
        for (const char* name :
             {"standard.db", "symbols_rsid_only.db", "varid_is_rsid.db", "underscore_columns.db"})
            QTest::newRow(name) << name;
    }
    void cases() {
        const std::filesystem::path folder = sharedData() / "../cases/15_predixcan";
        if (sharedData().empty() || !std::filesystem::is_directory(folder))
            QSKIP("skipped: no shared cases");
        QFETCH(QString, name);
        const StudyCheck check = openStudy(folder / "t.study.json");
        QVERIFY2(check.study != nullptr,
                 check.problems.empty() ? "" : check.problems.front().message().c_str());
        const auto read = readPredixcan(folder / name.toStdString());
        DS_VERIFY(read);
        QVERIFY(std::abs(*read->genes.front().performanceR2 - (name.startsWith("sym") ? 0.3 : 0.31)) < 1e-12);
        const auto scores = applyPredixcan(*check.study, *read);
        DS_VERIFY(scores);
        QCOMPARE(scores->total().used, int64_t{5});
        QVERIFY(scores->genes.front().observed.has_value());
    }

    void weightsInAnyOrder() {
        const auto read = readPredixcan(
            database(Tables + weight("B", 1, "A", "C", "22_9_A_C") + weight("A", 2, "A", "C", "22_7_A_C") +
                     weight("B", 3, "A", "C", "22_5_A_C") + "INSERT INTO extra VALUES ('C','c',0,1,1,1)"));
        DS_VERIFY(read);
        std::map<std::string, double> sum;
        for (const PredixcanWeight& weight : read->weights)
            sum[read->genes[weight.gene].id] += weight.weight;
        QCOMPARE(sum, (std::map<std::string, double>{{"A", 2}, {"B", 4}}));
    }

    void cutOffAndMissingFiles() {
        std::string many = Tables;
        for (int i = 0; i < 500; ++i)
            many += weight("g", 1, "A", "C", "22_" + std::to_string(i + 1) + "_A_C");
        const auto file = database(many);
        std::filesystem::resize_file(file, std::filesystem::file_size(file) / 2);
        const auto cut = readPredixcan(file);
        QVERIFY(!cut && cut.error().kind == ErrorKind::BadInput);
        writeText(m_folder / "empty.db", "");
        const auto empty = readPredixcan(m_folder / "empty.db");
        QVERIFY(!empty && empty.error().kind == ErrorKind::BadInput);
        const auto missing = readPredixcan(m_folder / "none.db");
        QVERIFY(!missing && missing.error().kind == ErrorKind::NotFound);
    }

    void otherBuildIsRefused() {
        SmallStudy small;
        small.build = "GRCh38";
        const TemporaryFolder folder;
        const StudyCheck check = openStudy(small.write(folder));
        QVERIFY2(check.study != nullptr,
                 check.problems.empty() ? "" : check.problems.front().message().c_str());
        const auto read = readPredixcan(database(Tables + weight("g", 1, "A", "C", "22_1_A_C_b37")));
        DS_VERIFY(read);
        const auto scores = applyPredixcan(*check.study, *read);
        QVERIFY(!scores && scores.error().kind == ErrorKind::Mismatch);
        const auto byRsid = applyPredixcan(*check.study, *read, {PredixcanMatch::Rsid, {}});
        QVERIFY(!byRsid && byRsid.error().what.find("None of the database's 1 weights") != std::string::npos);
    }

    /// No label tells the build, but the reference does: REF of the study's SNVs, and the same shifted.
    void otherBuildIsToldByAlleles() {
        std::string right = Tables, shifted = Tables;
        for (size_t position = 1000; position < 21'000; position += 500) {
            const char ref = m_small.bases[position - 1];
            const std::string alt = ref == 'A' ? "C" : "A";
            const auto add = [&](std::string& sql, size_t at) {
                sql += weight("g", 1, std::string(1, ref), alt,
                              "22_" + std::to_string(at) + "_" + std::string(1, ref) + "_" + alt);
            };
            add(right, position);
            add(shifted, position + 137);
        }
        const auto fits = readPredixcan(database(right));
        DS_VERIFY(fits);
        const auto scores = applyPredixcan(*m_study, *fits);
        DS_VERIFY(scores);
        QCOMPARE(scores->genes[0].counts.used, int64_t{40});
        const auto other = readPredixcan(database(shifted));
        DS_VERIFY(other);
        const auto refused = applyPredixcan(*m_study, *other);
        QVERIFY(!refused && refused.error().kind == ErrorKind::Mismatch);
        QVERIFY2(refused.error().what.find("of 40 places") != std::string::npos,
                 refused.error().what.c_str());
    }

    /// A wrong chain, under which REF is the reference's at 3 of 12 places, and then the right one: of two
    /// builds that lie 7 bases apart. METHODS 14.
    void theChainThatAgrees_data() {
        QTest::addColumn<QString>("chains");
        QTest::addColumn<int>("elsewhere"); // weights on a chromosome that the study lacks
        QTest::addColumn<bool>("lifted");
        QTest::newRow("the second one") << R"("wrong.chain", "right.chain")" << 0 << true;
        QTest::newRow("of one chromosome of many") << R"("wrong.chain", "right.chain")" << 5000 << true;
        QTest::newRow("none") << R"("wrong.chain")" << 0 << false;
    }
    void theChainThatAgrees() {
        QFETCH(QString, chains);
        QFETCH(int, elsewhere);
        QFETCH(bool, lifted);
        constexpr int64_t Apart = 7, Wrong = 293;
        SmallStudy small;
        small.build = "GRCh37";
        small.extra = ", \"chain\": [" + chains.toStdString() + "]";
        const TemporaryFolder folder;
        const auto chain = [](int64_t from, int64_t to) {
            std::string text;
            for (const char* contig : {"22", "1"})
                text += fmt::format("chain 1 {0} 100000 + {1} {2} {0} 100000 + {3} {4} 1\n90000\n\n", contig,
                                    from, from + 90'000, to, to + 90'000);
            return text;
        };
        writeText(folder / "wrong.chain", chain(0, Wrong));
        writeText(folder / "right.chain", chain(Apart, 0));

        PredixcanDatabase database;
        database.build = "b38";
        database.hasPositions = true;
        database.genes = {{"ENSG01.2", "GENEA", {}, {}, {}}, {"ENSG99", "FAR", {}, {}, {}}};
        const auto add = [&](size_t gene, const std::string& contig, int64_t position, char ref) {
            const std::string own(1, ref), effect = ref == 'A' ? "C" : "A";
            database.weights.push_back({gene, {}, own, effect, 1, contig, position, own, effect});
        };
        std::array<int, 2> taken{}; // of the study's SNVs: that disagree under the wrong chain, that agree
        for (int64_t at = 999; taken[0] + taken[1] < 12; at += 500) {
            const char ref = small.bases[size_t(at)];
            const bool agrees = small.bases[size_t(at + Apart + Wrong)] == ref;
            if (taken[agrees] == (agrees ? 3 : 9))
                continue;
            ++taken[agrees];
            add(0, "22", at + Apart, ref);
        }
        for (int i = 0; i < elsewhere; ++i)
            add(1, "1", 1000 + i, 'A');
        // Behind some of the others, as the first of all would be in any sample.
        if (elsewhere > 50)
            std::rotate(database.weights.begin(), database.weights.begin() + 12,
                        database.weights.begin() + 12 + 50);

        const StudyCheck check = openStudy(small.write(folder));
        QVERIFY2(check.study != nullptr,
                 check.problems.empty() ? "" : check.problems.front().message().c_str());
        const auto scores = applyPredixcan(*check.study, database);
        QCOMPARE(scores.has_value(), lifted);
        if (!lifted) {
            QCOMPARE(scores.error().kind, ErrorKind::Mismatch);
            QVERIFY2(scores.error().what.find("of GRCh38, the study's of GRCh37") != std::string::npos,
                     scores.error().what.c_str());
            return;
        }
        QCOMPARE(scores->lifted->lifted, int64_t{12 + elsewhere});
        QCOMPARE(scores->genes[0].counts.used, int64_t{12});
        QCOMPARE(scores->genes[0].counts.swapped, int64_t{0});
    }

    /// A database that calls X as PLINK does is of the same copies, of which men have one.
    void plinksX() {
        const TemporaryFolder folder;
        const StudyCheck check = openStudy(studyOnX(R"({"haploid_dosage": "0/1"})").write(folder));
        QVERIFY2(check.study != nullptr,
                 check.problems.empty() ? "" : check.problems.front().message().c_str());
        const auto valuesOf = [&](const std::string& contig) {
            PredixcanDatabase database;
            database.hasPositions = true;
            database.genes = {{"ENSG01", "GENEA", {}, {}, {}}};
            for (auto row : tableFile(fixture("reference/haploid_dosage.tsv"))) {
                const int64_t at = std::stoll(row["position"]) - 1;
                const std::string ref = check.study->reference().fetch({"X", at, at + 1}).value();
                const std::string alt(1, Made::otherBase(ref.front()));
                database.weights.push_back({0, {}, ref, alt, 1, contig, at, ref, alt});
            }
            return applyPredixcan(*check.study, database).value().values;
        };
        const Eigen::MatrixXd expected = valuesOf("X");
        QVERIFY(expected.allFinite());
        QCOMPARE((valuesOf("23") - expected).cwiseAbs().maxCoeff(), 0.0);
    }

    void writtenDatabaseReadsBack() {
        PredixcanDatabase made;
        made.build = "b37";
        made.genes = {{"G1.2", "A", 0.5, 1e-3, std::nullopt}};
        made.weights = {{0, "rs5", "A", "C", 0.1, "22", 99, "A", "C"}};
        DS_VERIFY(writePredixcan(made, m_folder / "w.db"));
        const auto read = readPredixcan(m_folder / "w.db");
        DS_VERIFY(read);
        QCOMPARE(read->weights.front().position, int64_t{99});
        QCOMPARE(read->weights.front().weight, 0.1);
        QCOMPARE(read->build, std::string("b37"));
        QCOMPARE(*read->genes.front().performanceR2, 0.5);
        QVERIFY(!read->genes.front().performanceQ);
    }

    void tooFewPeopleToTrainOn() {
        const auto trained = trainPredixcan(*m_study, {}, {}, {});
        QVERIFY(!trained && trained.error().kind == ErrorKind::BadInput);
        QVERIFY(trained.error().what.find("5 people") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestPredixcan)
#include "tst_predixcan.moc"
