// SPDX-License-Identifier: GPL-3.0-or-later
// whatif, person, ablate, saturation and audit on the demo, held against what `analyze` says of the same
// gene.
#include "experiment_demo.h"
#include "io/fasta_reader.h"

#include <QJsonArray>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>

using namespace diploscope::test;

class TestExperimentCommands : public QObject {
    Q_OBJECT

    using Row = ExperimentDemo::Row;

    ExperimentDemo m_demo;

    static double number(const Row& row, const std::string& column) { return std::stod(row.at(column)); }
    static bool near(double a, double b) { return std::abs(a - b) <= 1e-9 * std::max(1.0, std::abs(b)); }

    /// Pearson's, by its formula.
    static double correlation(const std::vector<double>& x, const std::vector<double>& y) {
        double meanX = 0, meanY = 0, xx = 0, yy = 0, xy = 0;
        for (size_t i = 0; i < x.size(); ++i) {
            meanX += x[i] / double(x.size());
            meanY += y[i] / double(y.size());
        }
        for (size_t i = 0; i < x.size(); ++i) {
            xx += (x[i] - meanX) * (x[i] - meanX);
            yy += (y[i] - meanY) * (y[i] - meanY);
            xy += (x[i] - meanX) * (y[i] - meanY);
        }
        return xy / std::sqrt(xx * yy);
    }

private Q_SLOTS:
    void initTestCase() {
        const QString fault = m_demo.make();
        QVERIFY2(fault.isEmpty(), qPrintable(fault));
        QCOMPARE(m_demo.people.size(), size_t{60});
    }

    void whatIfIsIsmOnTheReference() {
        const Run found = m_demo.run("whatif", {"--edit", m_demo.driverName(), "--json"});
        QVERIFY2(found.exitCode == 0, qPrintable(found.err));
        const std::vector<Row> rows = m_demo.table();
        QCOMPARE(rows.size(), size_t{1});
        QCOMPARE(rows[0].at("sample"), std::string("reference"));
        QCOMPARE(rows[0].at("haplotype"), std::string("NA"));
        QVERIFY(near(number(rows[0], "difference"), number(m_demo.driver, "ism")));
        QVERIFY(near(number(rows[0], "before"), m_demo.report()["reference_score"].toDouble()));
        QVERIFY(near(jsonOf(found)["difference"].toDouble(), number(m_demo.driver, "ism")));
        QCOMPARE(jsonOf(found)["scores_computed"].toInt(-1), 0); // analyze has asked before
        const QByteArray text = fileContent(m_demo.folder / "out.tsv");
        for (const char* line : {"# gene: ", "# model_checksum: ", "# window: ", "# on: reference"})
            QVERIFY2(text.contains(line), line);
        QVERIFY(text.contains(("# edit: " + m_demo.driverName()).toUtf8()));
        QVERIFY(!text.contains("# null:")); // no statistics of it are here
    }

    void whatIfOnEverybody() {
        const Run all = m_demo.run("whatif", {"--edit", m_demo.driverName(), "--on", "all", "--json"});
        QVERIFY2(all.exitCode == 0, qPrintable(all.err));
        const std::vector<Row> rows = m_demo.table();
        QCOMPARE(rows.size(), size_t{120});
        for (size_t p = 0; p < m_demo.people.size(); ++p) {
            QCOMPARE(rows[2 * p].at("sample"), m_demo.people[p].at("sample"));
            QCOMPARE(rows[2 * p].at("before"), m_demo.people[p].at("hap1"));
            QCOMPARE(rows[2 * p + 1].at("before"), m_demo.people[p].at("hap2"));
            QCOMPARE(rows[2 * p + 1].at("haplotype"), std::string("2"));
        }
        QVERIFY(near(jsonOf(all)["r_before"].toDouble(), m_demo.report()["pearson_r"].toDouble()));
        // Of those who carry it already nothing changes.
        QVERIFY(std::any_of(rows.begin(), rows.end(),
                            [](const Row& row) { return number(row, "difference") == 0; }));
        QVERIFY(std::any_of(rows.begin(), rows.end(),
                            [](const Row& row) { return number(row, "difference") != 0; }));
        const std::string sample = m_demo.people[7].at("sample");
        const Run one = m_demo.run(
            "whatif", {"--edit", m_demo.driverName(), "--on", QString::fromStdString(sample + ":2")},
            "one.tsv");
        QVERIFY2(one.exitCode == 0, qPrintable(one.err));
        QVERIFY(one.out.contains("scores: 0 computed"));
        QCOMPARE(m_demo.table("one.tsv"), (std::vector<Row>{rows[15]}));
    }

    void personEndsWhereAnalyzeDoes() {
        for (const size_t p : {size_t{0}, size_t{5}}) {
            const QString sample = m_demo.sample(p);
            const Run found = m_demo.run("person", {"--sample", sample, "--json"});
            QVERIFY2(found.exitCode == 0, qPrintable(found.err));
            std::map<std::string, std::vector<Row>> steps;
            for (const Row& row : m_demo.table())
                steps[row.at("haplotype")].push_back(row);
            QCOMPARE(steps.size(), size_t{2});
            for (const auto& [haplotype, rows] : steps) {
                QCOMPARE(rows.front().at("step"), std::string("0"));
                QVERIFY(near(number(rows.front(), "score"), m_demo.report()["reference_score"].toDouble()));
                QCOMPARE(rows.back().at("score"), m_demo.people[p].at("hap" + haplotype));
                for (size_t i = 1; i < rows.size(); ++i) {
                    QCOMPARE(rows[i].at("change"), std::string("in"));
                    QVERIFY(near(number(rows[i], "step_effect"),
                                 number(rows[i], "score") - number(rows[i - 1], "score")));
                    QVERIFY(near(number(rows[i], "leave_one_out"),
                                 number(rows.back(), "score") - number(rows[i], "score_without")));
                    const auto known =
                        std::find_if(m_demo.variants.begin(), m_demo.variants.end(), [&](const Row& variant) {
                            return variant.at("pos") == rows[i].at("pos") &&
                                   variant.at("alt") == rows[i].at("alt");
                        });
                    if (known == m_demo.variants.end())
                        continue; // the rarer of two alleles
                    QVERIFY(near(number(rows[i], "effect"), number(*known, "ism")));
                    QCOMPARE(rows[i].at("id"), known->at("id"));
                }
            }
            const Run again = m_demo.run("person", {"--sample", sample, "--json"});
            QCOMPARE(jsonOf(again)["scores_computed"].toInt(-1), 0);
            QCOMPARE(jsonOf(again)["self_checked"].toInt(-1), 0);
            QVERIFY(near(jsonOf(again)["to"].toDouble(), number(m_demo.people[p], "predicted")));
        }
    }

    /// What was found is told, and without --quiet where it is, too.
    void quietNamesNoFiles_data() {
        QTest::addColumn<QString>("command");
        QTest::addColumn<QStringList>("options");
        QTest::newRow("analyze") << "analyze" << QStringList();
        QTest::newRow("susie") << "susie" << QStringList();
        QTest::newRow("person") << "person" << QStringList{"--sample", m_demo.sample(0)};
        QTest::newRow("whatif") << "whatif" << QStringList{"--edit", m_demo.driverName()};
        QTest::newRow("saturation") << "saturation" << QStringList{"--variant", m_demo.driverName(), "3"};
    }
    void quietNamesNoFiles() {
        QFETCH(QString, command);
        QFETCH(QStringList, options);
        const QString file = m_demo.path("said-" + command.toStdString() + ".tsv"); // of analyze a folder
        const QStringList all =
            QStringList{command, m_demo.study, "--gene", m_demo.gene, "--out", file} + options;
        const Run loud = runProgram(m_demo.folder.path(), all);
        QVERIFY2(loud.exitCode == 0, qPrintable(loud.err));
        QVERIFY2(loud.out.contains("Written to " + file), qPrintable(loud.out));
        const Run quiet = runProgram(m_demo.folder.path(), all + QStringList{"--quiet"});
        QVERIFY2(quiet.exitCode == 0, qPrintable(quiet.err));
        QVERIFY2(quiet.out.contains(m_demo.gene) && !quiet.out.contains(file), qPrintable(quiet.out));
    }

    void personIsDrawn() {
        if (!m_demo.run("person", {"--help"}).out.contains("--figures"))
            QSKIP("skipped: built without the drawing layer");
        const Run drawn =
            m_demo.run("person", {"--sample", m_demo.sample(0), "--figures", "--json"}, "drawn.tsv");
        QVERIFY2(drawn.exitCode == 0, qPrintable(drawn.err));
        QVERIFY(jsonOf(drawn).contains("haplotypes"));                               // stdout is still JSON's
        QVERIFY2(!drawn.err.contains("drawn.waterfall.svg"), qPrintable(drawn.err)); // --quiet
        for (const char* name : {"drawn.haplotypes", "drawn.waterfall"}) {
            const QByteArray svg = fileContent(m_demo.folder / (std::string(name) + ".svg"));
            QVERIFY2(svg.contains("<svg") && svg.contains(m_demo.sample(0).toUtf8()), name);
            QVERIFY(fileContent(m_demo.folder / (std::string(name) + ".png")).startsWith("\x89PNG"));
        }
        const Run one = m_demo.run(
            "person", {"--sample", m_demo.sample(0), "--figures", "--figure", "waterfall"}, "one.tsv");
        QVERIFY2(one.exitCode == 0, qPrintable(one.err));
        QVERIFY2(!one.out.contains("one."), qPrintable(one.out)); // --quiet
        QVERIFY(!std::filesystem::exists(m_demo.folder / "one.haplotypes.svg"));
        const Run unknown = m_demo.run(
            "person", {"--sample", m_demo.sample(0), "--figures", "--figure", "locus"}, "none.tsv");
        QCOMPARE(unknown.exitCode, 2);
        QVERIFY(unknown.err.contains("waterfall"));
    }

    void personAgainstAnother() {
        const Run found =
            m_demo.run("person", {"--sample", m_demo.sample(0), "--against", m_demo.sample(5), "--json"});
        QVERIFY2(found.exitCode == 0, qPrintable(found.err));
        QVERIFY(near(jsonOf(found)["from"].toDouble(), number(m_demo.people[5], "predicted")));
        QVERIFY(near(jsonOf(found)["to"].toDouble(), number(m_demo.people[0], "predicted")));
        const Run self = m_demo.run("person", {"--sample", m_demo.sample(0), "--against", m_demo.sample(0)});
        QVERIFY2(self.exitCode == 0, qPrintable(self.err));
        QCOMPARE(m_demo.table().size(), size_t{2}); // both where they begin
    }

    void ablationOfDrivers() {
        const Run found = m_demo.run("ablate", {"--variants", "unsupported"});
        QVERIFY2(found.exitCode == 0, qPrintable(found.err));
        const QJsonObject unsupported = jsonOf(found);
        QVERIFY(near(unsupported["r_before"].toDouble(), m_demo.report()["pearson_r"].toDouble()));
        QVERIFY(near(unsupported["r_before_interval"][0].toDouble(),
                     m_demo.report()["pearson_r_low"].toDouble()));
        QVERIFY(near(unsupported["r_before_interval"][1].toDouble(),
                     m_demo.report()["pearson_r_high"].toDouble()));
        QVERIFY(unsupported["variants"].toArray().contains(m_demo.driverName()));
        const double difference = unsupported["r_after"].toDouble() - unsupported["r_before"].toDouble();
        QVERIFY(near(unsupported["r_difference"].toDouble(), difference));
        QVERIFY(unsupported["interval"][0].toDouble() <= difference &&
                unsupported["interval"][1].toDouble() >= difference);
        const std::vector<Row> rows = m_demo.table();
        QCOMPARE(rows.size(), m_demo.people.size());
        for (size_t p = 0; p < rows.size(); ++p) {
            QCOMPARE(rows[p].at("hap1_before"), m_demo.people[p].at("hap1"));
            QVERIFY(near(number(rows[p], "before"), number(m_demo.people[p], "predicted")));
            QCOMPARE(rows[p].at("observed"), m_demo.people[p].at("observed"));
        }
        // The same by a file, by name and by id.
        for (const std::string& line : {m_demo.driverName().toStdString(),
                                        m_demo.driver.at("id") + "\n# a note\n\n" + m_demo.driver.at("id")}) {
            QString names;
            for (const QJsonValue& name : unsupported["variants"].toArray())
                names += name.toString() + "\n";
            writeText(m_demo.folder / "variants.txt", line + "\n" + names.toStdString());
            const Run byFile = m_demo.run("ablate", {"--variants", m_demo.path("variants.txt")}, "file.tsv");
            QVERIFY2(byFile.exitCode == 0, qPrintable(byFile.err));
            QCOMPARE(jsonOf(byFile)["r_after"].toDouble(), unsupported["r_after"].toDouble());
            QCOMPARE(jsonOf(byFile)["scores_computed"].toInt(-1), 0);
        }
    }

    /// With nothing but the drivers, predictions are those of haplotypes that whatif makes of the reference.
    void keepOnly() {
        writeText(m_demo.folder / "one.txt", m_demo.driverName().toStdString() + "\n");
        const Run kept =
            m_demo.run("ablate", {"--variants", m_demo.path("one.txt"), "--keep-only"}, "kept.tsv");
        QVERIFY2(kept.exitCode == 0, qPrintable(kept.err));
        const double without = m_demo.report()["reference_score"].toDouble();
        const double with = without + number(m_demo.driver, "ism");
        int carriers = 0;
        for (const Row& row : m_demo.table("kept.tsv"))
            for (const char* haplotype : {"hap1_after", "hap2_after"}) {
                const double score = number(row, haplotype);
                QVERIFY(near(score, without) || near(score, with));
                carriers += near(score, with);
            }
        QVERIFY(carriers > 0 && carriers < 120);
        QVERIFY(fileContent(m_demo.folder / "kept.tsv").contains("# kept: "));
    }

    /// As SVG, PDF and PNG, and refused before anything is computed where the name says none of them.
    void experimentsAreDrawn_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("what if") << QStringList{"whatif", "--edit", m_demo.driverName(), "--on", "all"};
        QTest::newRow("ablation") << QStringList{"ablate", "--variants", "drivers"};
        QTest::newRow("saturation, raw") << QStringList{"saturation", "--variant", m_demo.driverName(), "5"};
        QTest::newRow("saturation, centred, on the variant")
            << QStringList{"saturation", "--variant", m_demo.driverName(), "5", "--background", "variant",
                           "--logo",     "centred"};
    }
    void experimentsAreDrawn() {
        QFETCH(const QStringList, arguments);
        for (const char* ending : {"svg", "pdf", "png"}) {
            const std::filesystem::path file = m_demo.folder / (std::string("drawn.") + ending);
            std::filesystem::remove(file);
            const Run drawn =
                m_demo.run(arguments.front(),
                           arguments.mid(1) + QStringList{"--figure", QString::fromStdString(file.string())});
            if (drawn.err.contains("--figure") && drawn.exitCode != 0)
                QSKIP("skipped: built without the window");
            QVERIFY2(drawn.exitCode == 0, qPrintable(drawn.err));
            QVERIFY(!fileContent(file).isEmpty());
        }
        const QByteArray svg = fileContent(m_demo.folder / "drawn.svg");
        QVERIFY(svg.contains("model_checksum"));
        const Run odd =
            m_demo.run(arguments.front(), arguments.mid(1) + QStringList{"--figure", "drawn.gif"});
        QVERIFY(odd.exitCode != 0);
        QVERIFY2(odd.err.contains("drawn.gif"), qPrintable(odd.err));
    }

    void changesComeFromAVcf() {
        const Run typed = m_demo.run("whatif", {"--edit", m_demo.driverName(), "--json"});
        QVERIFY2(typed.exitCode == 0, qPrintable(typed.err));
        const QByteArray record =
            QString::fromStdString(m_demo.driver.at("chrom") + "\t" + m_demo.driver.at("pos") + "\t.\t" +
                                   m_demo.driver.at("ref") + "\t" + m_demo.driver.at("alt") + "\t.\t.\t.\n")
                .toUtf8();
        const std::filesystem::path file = m_demo.folder / "changes.vcf";
        writeText(file, "##fileformat=VCFv4.3\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n" +
                            record.toStdString());
        const Run read = m_demo.run("whatif", {"--edits", QString::fromStdString(file.string()), "--json"});
        QVERIFY2(read.exitCode == 0, qPrintable(read.err));
        QCOMPARE(jsonOf(read)["after"].toDouble(), jsonOf(typed)["after"].toDouble());
        QCOMPARE(jsonOf(read)["edits"].toArray().size(), qsizetype{1});
        QVERIFY(m_demo.run("whatif", {"--json"}).exitCode != 0);
    }

    /// The variant's attribution is what the table has, as a share of the largest one near the TSS.
    void coherenceIsOfTheTable() {
        const Run found =
            m_demo.run("saturation", {"--variant", m_demo.driverName(), "20", "--coherence", "--json"});
        QVERIFY2(found.exitCode == 0, qPrintable(found.err));
        const QJsonObject coherence = jsonOf(found)["coherence"].toObject();
        const double largest = coherence["largest_attribution"].toDouble();
        const double own = -number(m_demo.table()[20], "mean");
        QVERIFY(largest > 0);
        QVERIFY(near(coherence["attribution"].toDouble() * largest, own));
        QCOMPARE(coherence["thresholds"].toArray().size(), qsizetype{4});
        for (int t = 0; t < 4; ++t) {
            const bool reaches = std::abs(own) / largest >= coherence["thresholds"].toArray()[t].toDouble();
            QCOMPARE(coherence["bases_at_locus"].toArray()[t].toInt() > 0, reaches);
            QCOMPARE(coherence["distance"].toArray()[t].toInt() == 0, reaches);
        }
        const Run told = m_demo.run("saturation", {"--variant", m_demo.driverName(), "20", "--coherence"});
        QVERIFY2(told.out.contains(QString("5 % %1, %2;")
                                       .arg(coherence["bases_at_locus"].toArray()[0].toInt())
                                       .arg(coherence["distance"].toArray()[0].toInt())),
                 qPrintable(told.out));
        const Run tss = m_demo.run("saturation", {"--tss", "1000"});
        QVERIFY2(tss.exitCode == 0, qPrintable(tss.err));
        double most = 0;
        for (const Row& row : m_demo.table())
            if (row.at("mean") != "NA")
                most = std::max(most, std::abs(number(row, "mean")));
        QVERIFY(near(most, largest));
        QVERIFY(m_demo.run("saturation", {"--variant", m_demo.driverName(), "19", "--coherence"}).exitCode !=
                0);
        QVERIFY(m_demo.run("saturation", {"--tss", "20", "--coherence"}).exitCode != 0);
    }

    void saturationHoldsIsm() {
        const QString place = QString::fromStdString(m_demo.driver.at("pos"));
        for (const QStringList& region :
             {QStringList{"--variant", m_demo.driverName(), "3"},
              QStringList{"--variant", QString::fromStdString(m_demo.driver.at("id")), "3"},
              QStringList{"--region", QString("%1:%2-%3")
                                          .arg(QString::fromStdString(m_demo.driver.at("chrom")))
                                          .arg(place.toInt() - 3)
                                          .arg(place.toInt() + 3)}}) {
            const Run found = m_demo.run("saturation", region);
            QVERIFY2(found.exitCode == 0, qPrintable(found.err));
            const std::vector<Row> rows = m_demo.table();
            QCOMPARE(rows.size(), size_t{7});
            QCOMPARE(rows[3].at("position"), m_demo.driver.at("pos"));
            QCOMPARE(rows[3].at("base"), m_demo.driver.at("ref"));
            QVERIFY(near(number(rows[3], m_demo.driver.at("alt")), number(m_demo.driver, "ism")));
            for (const Row& row : rows) {
                QCOMPARE(row.at(row.at("base")), std::string("0"));
                QVERIFY(near(number(row, "mean") * 3,
                             number(row, "A") + number(row, "C") + number(row, "G") + number(row, "T")));
            }
        }
        const Run onVariant =
            m_demo.run("saturation", {"--variant", m_demo.driverName(), "3", "--background", "variant"});
        QVERIFY2(onVariant.exitCode == 0, qPrintable(onVariant.err));
        QCOMPARE(m_demo.table()[3].at("base"), m_demo.driver.at("alt"));
        QVERIFY(near(number(m_demo.table()[3], m_demo.driver.at("ref")), -number(m_demo.driver, "ism")));
        const QString haplotype = QString::fromStdString(m_demo.people[2].at("sample") + ":1");
        const Run onPerson = m_demo.run("saturation", {"--tss", "10", "--background", haplotype, "--json"});
        QVERIFY2(onPerson.exitCode == 0, qPrintable(onPerson.err));
        QCOMPARE(m_demo.table().size(), size_t{21});
        QVERIFY(near(jsonOf(onPerson)["background_score"].toDouble(), number(m_demo.people[2], "hap1")));
        QVERIFY(m_demo.run("saturation", {"--tss", "10", "--background", haplotype})
                    .out.contains("scores: 0 computed"));
    }

    /// A deletion that draws on more bases than loci are read with is no other background than a short one:
    /// its score and its mutants' are those that whatif predicts.
    void saturationOfALongDeletion() {
        QVERIFY(m_demo.run("saturation", {"--tss", "1"}).exitCode == 0);
        const QRegularExpression line("# window: ([^:\n]+):(\\d+)-(\\d+)");
        const auto window = line.match(QString::fromUtf8(fileContent(m_demo.folder / "out.tsv")));
        QVERIFY(window.hasMatch());
        const std::string contig = window.captured(1).toStdString();
        const int64_t start = window.captured(2).toLongLong() - 1; // the TSS is 1,023 or 1,024 on
        const auto reference = diploscope::FastaReader::open(m_demo.folder / "demo/reference.fa.gz");
        DS_VERIFY(reference);
        const auto bases = reference->fetch({contig, start, start + 1020});
        DS_VERIFY(bases);
        const auto nameOf = [&](int64_t offset, const std::string& ref, const std::string& alt) {
            return QString::fromStdString(contig + ":" + std::to_string(start + offset + 1) + ":" + ref +
                                          ":" + alt);
        };
        size_t length = 1013; // as far left as it can be written, so that it is named as here
        while (bases->at(5 + length - 1) == bases->at(5))
            --length;
        const QString deletion = nameOf(5, bases->substr(5, length), bases->substr(5, 1));
        const Run found =
            m_demo.run("saturation", {"--variant", deletion, "3", "--background", "variant", "--json"});
        QVERIFY2(found.exitCode == 0, qPrintable(found.err));
        const std::vector<Row> rows = m_demo.table();
        QCOMPARE(rows.size(), size_t{7});
        const Run deleted = m_demo.run("whatif", {"--edit", deletion, "--json"}, "deleted.tsv");
        QVERIFY2(deleted.exitCode == 0, qPrintable(deleted.err));
        const double score = jsonOf(deleted)["after"].toDouble();
        QVERIFY(near(jsonOf(found)["background_score"].toDouble(), score));
        QCOMPARE(rows[3].at("base"), bases->substr(5, 1)); // the anchor
        for (size_t i = 4; i < 7; ++i) {
            QCOMPARE(rows[i].at("base"), std::string("N"));
            QCOMPARE(rows[i].at("A"), std::string("NA"));
        }
        const std::string own = bases->substr(3, 1);
        QCOMPARE(rows[1].at("base"), own);
        const std::string other = own == "A" ? "C" : "A";
        const Run both =
            m_demo.run("whatif", {"--edit", deletion, "--edit", nameOf(3, own, other), "--json"}, "both.tsv");
        QVERIFY2(both.exitCode == 0, qPrintable(both.err));
        QVERIFY(near(number(rows[1], other), jsonOf(both)["after"].toDouble() - score));
        QVERIFY(number(rows[1], other) == number(rows[1], other)); // a number
    }

    void auditSaysWhatAddsUp() {
        const Run found = m_demo.run("audit", {"--pairs", m_demo.path("pairs.tsv")});
        QVERIFY2(found.exitCode == 0, qPrintable(found.err));
        const QJsonObject audit = jsonOf(found);
        QVERIFY(near(audit["additivity"]["r"].toDouble(), m_demo.report()["r_linear"].toDouble()));
        QVERIFY(audit["sign_court"]["r_turned"].toDouble() >= audit["sign_court"]["r"].toDouble());
        QCOMPARE(audit["sign_court"]["search"].toString(), QStringLiteral("all subsets"));
        const std::vector<Row> rows = m_demo.table();
        QCOMPARE(rows.size(), m_demo.people.size());
        std::vector<double> additive, predicted, measured, observed;
        for (size_t p = 0; p < rows.size(); ++p) {
            QCOMPARE(rows[p].at("sample"), m_demo.people[p].at("sample"));
            additive.push_back(number(rows[p], "additive"));
            predicted.push_back(number(rows[p], "predicted"));
            if (m_demo.people[p].at("observed") == "NA")
                continue;
            measured.push_back(additive.back());
            observed.push_back(number(m_demo.people[p], "observed"));
        }
        // What effects add up to, with expression and with predictions, from the tables alone.
        QVERIFY(std::abs(audit["sign_court"]["r"].toDouble() - correlation(measured, observed)) < 1e-6);
        QVERIFY(std::abs(audit["additivity"]["r"].toDouble() - correlation(additive, predicted)) < 1e-6);
        for (size_t p = 0; p < rows.size(); ++p) {
            QVERIFY(near(number(rows[p], "predicted"), number(m_demo.people[p], "predicted")));
            QVERIFY(near(number(rows[p], "residual"),
                         number(rows[p], "predicted") - number(rows[p], "additive")));
        }
        const auto drivers = m_demo.table("all/" + m_demo.gene.toStdString() + ".drivers.tsv").size();
        QCOMPARE(size_t(audit["interactions"].toArray().size()), drivers * (drivers - 1) / 2);
        QVERIFY(fileContent(m_demo.folder / "pairs.tsv")
                    .contains("variant_1\tvariant_2\teffect_1\teffect_2\tinteraction"));
    }

    void meansSayTheirSpread() {
        const Run found =
            m_demo.run("whatif", {"--edit", m_demo.driverName(), "--shifts", "1", "--reverse-complement"});
        QVERIFY2(found.exitCode == 0, qPrintable(found.err));
        QVERIFY(number(m_demo.table().at(0), "difference_sd") >= 0);
    }

    /// The drivers' scores are those of what is asked of them: nothing is computed twice.
    void withoutACacheScoresAreComputedOnce_data() {
        QTest::addColumn<QString>("command");
        QTest::addColumn<QStringList>("options");
        QTest::newRow("audit") << "audit" << QStringList();
        QTest::newRow("ablate") << "ablate" << QStringList{"--variants", "drivers"};
    }
    void withoutACacheScoresAreComputedOnce() {
        QFETCH(QString, command);
        QFETCH(QStringList, options);
        const Run cached = m_demo.run(
            command, options + QStringList{"--cache", m_demo.path(command.toStdString() + ".sqlite")},
            "cached.tsv");
        const Run alone = m_demo.run(command, options + QStringList{"--no-cache"}, "alone.tsv");
        QVERIFY2(cached.exitCode == 0 && alone.exitCode == 0, qPrintable(cached.err + alone.err));
        QVERIFY(jsonOf(alone)["scores_computed"].toInt() > 10);
        QCOMPARE(jsonOf(alone)["scores_computed"].toInt(), jsonOf(cached)["scores_computed"].toInt());
        QCOMPARE(jsonOf(alone)["scores_from_cache"].toInt(-1), 0);
        QCOMPARE(fileContent(m_demo.folder / "alone.tsv"), fileContent(m_demo.folder / "cached.tsv"));
    }

    void noCacheIsNone() {
        const Run found = m_demo.run("whatif", {"--edit", m_demo.driverName(), "--no-cache", "--json"});
        QVERIFY2(found.exitCode == 0, qPrintable(found.err));
        QCOMPARE(jsonOf(found)["scores_computed"].toInt(), 2);
        QVERIFY(jsonOf(found)["self_checked"].toInt() > 0);
    }
};

QTEST_GUILESS_MAIN(TestExperimentCommands)
#include "tst_experiment_commands.moc"
