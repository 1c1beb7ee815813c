// SPDX-License-Identifier: GPL-3.0-or-later
// What whatif, person, ablate, saturation and audit refuse, what they call their columns, and Table S3 by
// command.
#include "experiment_demo.h"

#include <QJsonArray>
#include <QRegularExpression>

#include <algorithm>

using namespace diploscope::test;

class TestExperimentFaults : public QObject {
    Q_OBJECT

    using Row = ExperimentDemo::Row;

    ExperimentDemo m_demo;

    /// The window's first and last place.
    qint64 windowStart() const { return m_demo.report()["window_start"].toInteger(); }
    qint64 windowEnd() const { return m_demo.report()["window_end"].toInteger(); }

private Q_SLOTS:
    void initTestCase() {
        const QString fault = m_demo.make();
        QVERIFY2(fault.isEmpty(), qPrintable(fault));
        QCOMPARE(m_demo.people.size(), size_t{60});
    }

    void faultsHavePlaceAndRemedy() {
        const QString contig = QString::fromStdString(m_demo.driver.at("chrom"));
        const QString place = QString::fromStdString(m_demo.driver.at("pos"));
        const QString alt = QString::fromStdString(m_demo.driver.at("alt"));
        const QString wrongRef = m_demo.driverName().section(':', 2, 2) == "A" ? "G" : "A";
        const QString window = QString("%1:%2-%3").arg(contig).arg(windowStart()).arg(windowEnd());
        writeText(m_demo.folder / "unknown.txt", "# first\n" + contig.toStdString() + ":1:A:C\n");
        writeText(m_demo.folder / "nothing.txt", "# nothing\n");
        writeText(m_demo.folder / "contig.txt", "no:1:A:C\n");
        writeText(m_demo.folder / "words.txt", "rs1 and more\n");
        struct Fault {
            QString command;
            QStringList options;
            QStringList says;
        };
        const std::vector<Fault> faults{
            {"person", {"--sample", "DS0000"}, {"DS0000", "Did you mean"}},
            {"person", {"--sample", m_demo.sample(0), "--against", "nobody"}, {"nobody"}},
            {"whatif",
             {"--edit", contig + ":" + place + ":" + wrongRef + ":" + (alt == wrongRef ? "T" : alt)},
             {"The reference has", wrongRef, "1-based"}},
            {"whatif",
             {"--edit", QString("%1:%2:A:C").arg(contig).arg(windowStart() - 1)},
             {"outside", window}},
            {"whatif",
             {"--edit", QString("%1:%2:A:C").arg(contig).arg(windowEnd() + 1)},
             {"outside", window}},
            {"whatif",
             {"--edit", m_demo.driverName(), "--edit", m_demo.driverName()},
             {"same base", m_demo.driverName()}},
            {"whatif", {"--edit", "rs1"}, {"rs1", "22:120"}},
            {"whatif", {"--edit", "no:1:A:C"}, {"no contig"}},
            {"whatif", {"--edit", m_demo.driverName(), "--on", "DS00001"}, {"DS00001", "HG00096:1"}},
            {"whatif", {"--edit", m_demo.driverName(), "--on", "DS99999:1"}, {"DS99999"}},
            {"ablate", {"--variants", m_demo.path("unknown.txt")}, {"unknown.txt, line 2", window}},
            {"ablate", {"--variants", m_demo.path("nothing.txt")}, {"nothing.txt", "names no variant"}},
            {"ablate", {"--variants", m_demo.path("contig.txt")}, {"contig.txt, line 1", "no contig `no`"}},
            {"ablate",
             {"--variants", m_demo.path("words.txt")},
             {"words.txt, line 1", "rs1 and more", "nor the id"}},
            {"ablate", {"--variants", m_demo.path("absent.txt")}, {"absent.txt"}},
            {"saturation", {"--region", contig + ":1-10"}, {window}},
            {"saturation",
             {"--region", window.section('-', 0, 0) + "-" + QString::number(windowStart() + 6000)},
             {"5000"}},
            {"saturation", {"--region", "here"}, {"here", "first and last"}},
            {"saturation", {"--region", "no:1-10"}, {"no contig"}},
            {"saturation", {"--tss", "1500"}, {window}},
            {"saturation", {"--variant", "rs1", "5"}, {"rs1"}},
            {"saturation", {"--tss", "5", "--background", "nobody:1"}, {"nobody"}},
        };
        for (const Fault& fault : faults) {
            std::filesystem::remove(m_demo.folder / "refused.tsv");
            const Run refused = m_demo.run(fault.command, fault.options, "refused.tsv");
            const QString told = fault.command + " " + fault.options.join(' ') + "\n" + refused.err;
            QVERIFY2(refused.exitCode == 1, qPrintable(told));
            for (const QString& text : fault.says)
                QVERIFY2(refused.err.contains(text), qPrintable(text + " is not in\n" + told));
            QVERIFY2(refused.out.isEmpty(), qPrintable(refused.out)); // stdout is for JSON
            QVERIFY(!std::filesystem::exists(m_demo.folder / "refused.tsv"));
        }
        const Run gene = runProgram(m_demo.folder.path(),
                                    {"whatif", m_demo.study, "--gene", "NOSUCH", "--edit",
                                     m_demo.driverName(), "--out", m_demo.path("refused.tsv"), "--quiet"});
        QCOMPARE(gene.exitCode, 1);
        QVERIFY(gene.err.contains("NOSUCH"));
    }

    void commandLinesThatCannotBeMeant() {
        const QStringList study{m_demo.study, "--gene", m_demo.gene, "--out", m_demo.path("refused.tsv")};
        for (const QStringList& arguments :
             {QStringList{"saturation"} + study,
              QStringList{"saturation", "--tss", "5", "--region", "1:1-2"} + study,
              QStringList{"saturation", m_demo.study, "--tss", "5", "--out", m_demo.path("refused.tsv")},
              QStringList{"saturation", "--tss", "5", "--out", m_demo.path("refused.tsv")},
              QStringList{"saturation"} + study + QStringList{"--tss", "5", "--background", "variant"},
              QStringList{"saturation"} + study + QStringList{"--variant", m_demo.driverName(), "far"},
              QStringList{"saturation"} + study + QStringList{"--variant", m_demo.driverName()},
              QStringList{"saturation", "--published", m_demo.study, "--out", m_demo.path("refused.tsv")},
              QStringList{"saturation", "--published", m_demo.study, "--tss-stats", m_demo.study,
                          "--coherence", "--out", m_demo.path("refused.tsv")},
              QStringList{"saturation"} + study + QStringList{"--tss", "-5"}, QStringList{"whatif"} + study,
              QStringList{"person"} + study, QStringList{"ablate"} + study,
              QStringList{"audit"} + study + QStringList{"--top", "-1"}}) {
            const Run refused = runProgram(m_demo.folder.path(), arguments);
            QVERIFY2(refused.exitCode == 2,
                     qPrintable(arguments.join(' ') + "\n" + refused.err + refused.out));
        }
        for (const char* command : {"whatif", "person", "ablate", "saturation", "audit"}) {
            const Run help = runProgram(m_demo.folder.path(), {command, "--help"});
            QCOMPARE(help.exitCode, 0);
            QVERIFY2(help.out.contains("Example:"), command);
        }
    }

    void motifsOfTheStudy() {
        const auto run = [this](const std::string& study, const QString& variant) {
            return runProgram(m_demo.folder.path(), {"motifs", m_demo.path("demo/" + study), "--variant",
                                                     variant, "--out", m_demo.path("motifs.tsv")});
        };
        const Run found = run("demo.study.json", m_demo.driverName());
        QVERIFY2(found.exitCode == 0, qPrintable(found.err));
        const QByteArray text = fileContent(m_demo.folder / "motifs.tsv");
        QVERIFY(text.contains(("# variant: " + m_demo.driverName()).toUtf8()));
        const Run told = runProgram(m_demo.folder.path(), {"columns", "motifs.tsv", "--json"});
        QByteArray head;
        for (const QJsonValue& column : QJsonDocument::fromJson(told.out.toUtf8()).array())
            head += (head.isEmpty() ? "" : "\t") + column["column"].toString().toUtf8();
        QVERIFY2(text.contains("\n" + head + "\n"), head.constData());
        double last = 0;
        for (const ExperimentDemo::Row& row : m_demo.table("motifs.tsv")) {
            const double ref = std::stod(row.at("ref_p")), alt = std::stod(row.at("alt_p"));
            QVERIFY(std::min(ref, alt) <= 1e-3 && std::min(ref, alt) >= last); // the smallest first
            last = std::min(ref, alt);
            QCOMPARE(row.at("change") == "gained", ref > 1e-3);
            QCOMPARE(row.at("change") == "lost", alt > 1e-3);
            QVERIFY(std::abs(std::stoll(row.at("ref_position")) - std::stoll(m_demo.driver.at("pos"))) < 30);
        }
        const Run wrong = run("demo.study.json", m_demo.driverName() + "X");
        QVERIFY(wrong.exitCode != 0);

        // A file that is not there is named, rather than that the study has none.
        const QByteArray study = fileContent(m_demo.folder / "demo/demo.study.json");
        writeText(m_demo.folder / "demo/absent.study.json",
                  QByteArray(study).replace("motifs.meme", "absent.meme").toStdString());
        const Run absent = run("absent.study.json", m_demo.driverName());
        QVERIFY(absent.exitCode != 0);
        QVERIFY2(absent.err.contains("absent.meme"), qPrintable(absent.err));
        writeText(m_demo.folder / "demo/none.study.json",
                  QByteArray(study).replace("\"motifs.meme\"", "").toStdString());
        const Run none = run("none.study.json", m_demo.driverName());
        QVERIFY(none.exitCode != 0);
        QVERIFY2(none.err.contains("names no motifs"), qPrintable(none.err));
    }

    /// Heads of files are the columns that `diploscope columns` tells of.
    void columnsAreListed() {
        struct Written {
            const char* name;
            QString command;
            QStringList options;
        };
        for (const Written& written :
             {Written{"whatif.tsv", "whatif", {"--edit", m_demo.driverName(), "--shifts", "1"}},
              Written{"ablate.tsv", "ablate", {"--variants", "drivers"}},
              Written{"person.tsv", "person", {"--sample", m_demo.sample(0)}},
              Written{"saturation.tsv", "saturation", {"--tss", "1"}}, Written{"audit.tsv", "audit", {}}}) {
            const Run found = m_demo.run(written.command, written.options, written.name);
            QVERIFY2(found.exitCode == 0, qPrintable(found.err));
            QStringList told;
            const Run columns = runProgram(m_demo.folder.path(), {"columns", written.name, "--json"});
            for (const QJsonValue& column : QJsonDocument::fromJson(columns.out.toUtf8()).array()) {
                told.push_back(column["column"].toString());
                QVERIFY(!column["meaning"].toString().isEmpty() && column["methods"].toInt() > 0);
            }
            QString head;
            for (const QByteArray& line : fileContent(m_demo.folder / written.name).split('\n'))
                if (head.isEmpty() && !line.startsWith('#'))
                    head = QString::fromUtf8(line);
            QCOMPARE(head.split('\t'), told);
        }
    }

    void tableS3() {
        DS_SKIP_WITHOUT_SHARED_DATA();
        const std::filesystem::path data = sharedData() / "published";
        const auto file = [&](const char* name) { return QString::fromStdString((data / name).string()); };
        if (!std::filesystem::exists(data / "driver_saturation.half.tsv.gz"))
            QSKIP("skipped: no saturation of the paper's drivers in the shared data");
        const Run found =
            runProgram(m_demo.folder.path(),
                       {"saturation", "--published", file("driver_saturation.half.tsv.gz"), "--tss-stats",
                        file("tss_attribution_stats.txt"), "--out", m_demo.path("s3.tsv")});
        QVERIFY2(found.exitCode == 0, qPrintable(found.err));
        const auto fieldsOf = [](const QByteArray& line) {
            return QString::fromUtf8(line).split(QRegularExpression("\\s+"), Qt::SkipEmptyParts);
        };
        const QList<QByteArray> published = fileContent(data / "SupplementaryTable3.txt").split('\n');
        std::map<QString, QStringList> rows;
        QStringList head;
        for (const QByteArray& line : fileContent(m_demo.folder / "s3.tsv").split('\n')) {
            if (line.isEmpty() || line.startsWith('#'))
                continue;
            const QStringList fields = fieldsOf(line);
            if (head.isEmpty())
                head = fields;
            else
                rows[fields[0] + ":" + fields[1]] = fields;
        }
        QCOMPARE(head, fieldsOf(published.front()));
        QCOMPARE(rows.size(), size_t{241});
        int same = 0;
        for (const QByteArray& line : published.mid(1)) {
            const QStringList fields = fieldsOf(line);
            if (fields.size() < 2 || !rows.contains(fields[0] + ":" + fields[1]))
                continue;
            QCOMPARE(rows[fields[0] + ":" + fields[1]], fields);
            ++same;
        }
        QCOMPARE(same, 132);
        const auto unknown =
            std::count_if(rows.begin(), rows.end(), [](const auto& row) { return row.second[2] == "NA"; });
        QVERIFY2(found.out.contains(QString("%1 of them without").arg(unknown)), qPrintable(found.out));
    }
};

QTEST_GUILESS_MAIN(TestExperimentFaults)
#include "tst_experiment_faults.moc"
