// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/report_table.h"

#include "base/utf8.h"
#include "support.h"

#include <cmath>

using namespace diploscope;
using namespace diploscope::test;

namespace {

VariantResult snv(int64_t position, const char* ref, const char* alt, const char* id, double maf,
                  std::optional<double> pip) {
    VariantResult variant;
    static_cast<Variant&>(variant) = {"chr22", position - 1, ref, alt};
    variant.id = id;
    variant.effectAllele = alt;
    variant.maf = maf;
    variant.pip = pip;
    return variant;
}

std::shared_ptr<const GeneReport> report() {
    auto made = std::make_shared<GeneReport>();
    made->window = {"chr22", 0, 1000};
    made->members = {"m"};
    made->variants = {snv(10, "A", "G", "rs1", 0.4, 0.9), snv(20, "C", "T", "rs2", 0.01, 0.5),
                      snv(30, "G", "A", "", 0.3, 0.05), snv(40, "T", "C", "rs4", 0.2, std::nullopt),
                      snv(40, "T", "G", "rs4", 0.2, 0.2)};
    made->lead = 2;
    for (const auto& [sample, observed] :
         {std::pair("HG1", std::optional(2.0)), std::pair("HG2", std::optional(-1.0)),
          std::pair("HG 3", std::optional<double>())}) {
        PersonResult person;
        person.sample = sample;
        person.observed = observed;
        person.predicted = 0.5;
        made->people.push_back(person);
    }
    return made;
}

QString rowsOf(ReportTable::Rows rows, const QString& condition) {
    const ReportTable table(report(), rows);
    const auto parsed = Condition::parse(condition.toStdString(), table);
    if (!parsed)
        return QString::fromStdString(parsed.error().message());
    QStringList found;
    for (const size_t row : parsed->rows(table))
        found << QString::number(row);
    return found.join(u' ');
}

} // namespace

class TestReportTable : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void conditionsOnSnvs_data() {
        QTest::addColumn<QString>("condition");
        QTest::addColumn<QString>("rows");
        const auto row = [](const char* condition, const char* rows) {
            QTest::newRow(condition) << condition << rows;
        };
        row("maf > 0.05 and pip > 0.1", "0 4");
        row("MAF>0.05 AND NOT PIP>0.1", "2 3"); // what is not known is not above
        row("pip missing", "3");
        row("id = RS4", "3 4");
        row("pos >= 30 and alt = c", "3");
        row("lead = 1", "2");
        row("driver = 1", "");
        row("chrom != chr22", "");
        row("", "0 1 2 3 4");
    }
    void conditionsOnSnvs() {
        QFETCH(const QString, condition);
        QFETCH(const QString, rows);
        QCOMPARE(rowsOf(ReportTable::Rows::Variants, condition), rows);
    }

    void conditionsOnPeople() {
        QCOMPARE(rowsOf(ReportTable::Rows::People, QStringLiteral("observed > predicted")),
                 QStringLiteral("0"));
        QCOMPARE(rowsOf(ReportTable::Rows::People, QStringLiteral("observed missing or sample = hg2")),
                 QStringLiteral("1 2"));
    }

    void faultsNameTheColumnsThereAre() {
        const QString said = rowsOf(ReportTable::Rows::Variants, QStringLiteral("maff > 1"));
        QVERIFY2(said.contains(QStringLiteral("`maf`")), qPrintable(said));
        const QString odd = rowsOf(ReportTable::Rows::Variants, QStringLiteral("maf 1"));
        QVERIFY2(odd.contains(QStringLiteral("maf > 0.05 and pip > 0.1")), qPrintable(odd));
        // Imported effects are no columns of a report that has none.
        QVERIFY(rowsOf(ReportTable::Rows::Variants, QStringLiteral("imported_p < 1"))
                    .contains(QStringLiteral("no column")));
        QVERIFY(rowsOf(ReportTable::Rows::People, QStringLiteral("maf > 1"))
                    .contains(QStringLiteral("no column")));
    }

    void listsOfNames() {
        const auto shown = report();
        const NamedInReport found =
            namedIn(*shown, "# mine\r\nrs1\nRS4 # both alleles\n22:20 C>T\nchr22:30:G:A\nHG1, HG2\nHG 3\n"
                            "rs9\nrs9;22:50 A>G\nhg1");
        QCOMPARE(found.variants.size(), size_t{5});
        QCOMPARE(found.people, (std::set<std::string>{"HG1", "HG2", "HG 3"}));
        QCOMPARE(found.unknown, (std::vector<std::string>{"rs9", "22:50 A>G", "hg1"}));
    }

    /// VCF gives one record several ids; either names it, and a dot is none.
    void eachIdOfARecordNamesIt() {
        GeneReport of = *report();
        of.variants[0].id = "rs7;esv8";
        of.variants[1].id = ".";
        for (const char* list : {"rs7", "ESV8", "rs7;esv8"}) {
            const NamedInReport found = namedIn(of, list);
            QCOMPARE(found.variants, (std::set<Variant>{of.variants[0]}));
            QVERIFY(found.unknown.empty());
        }
        QVERIFY(namedIn(of, ".").variants.empty());
    }

    void partsOfALineThatAreNotKnownAreTold() {
        const NamedInReport found = namedIn(*report(), "rs1 rs2 nobody\nno such\tHG1");
        QCOMPARE(found.variants.size(), size_t{2});
        QCOMPARE(found.people, (std::set<std::string>{"HG1"}));
        QCOMPARE(found.unknown, (std::vector<std::string>{"nobody", "no such"}));
    }

    /// A note begins behind a blank, not within a name.
    void namesMayHoldTheSignOfNotes() {
        auto made = std::make_shared<GeneReport>(*report());
        PersonResult person;
        person.sample = "HG#4";
        made->people.push_back(person);
        const NamedInReport found =
            namedIn(*made, "HG#4 # the fourth\nHG1,#HG2\n#HG2\nrs1\t# rs2\nrs4;#\nHG#5");
        QCOMPARE(found.people, (std::set<std::string>{"HG#4", "HG1"}));
        QCOMPARE(found.variants.size(), size_t{3});
        QCOMPARE(found.unknown, std::vector<std::string>{"HG#5"});
    }

    /// What was pasted is not repeated whole.
    void faultsAreShort() {
        const ReportTable table(report(), ReportTable::Rows::Variants);
        const std::string endless(1'000'000, 'x');
        for (const std::string& text :
             {endless + " > 1", "maf > " + endless, "maf " + endless, endless, "\"" + endless + "\" = 1",
              "maf > 0.1 " + endless, "maf > \"" + endless + "é\""}) {
            const auto parsed = Condition::parse(text, table);
            QVERIFY(!parsed);
            QVERIFY2(parsed.error().message().size() < 2000, parsed.error().what.substr(0, 200).c_str());
            QVERIFY(isUtf8(parsed.error().what));
        }
    }

    void hostileListsNameNothing() {
        const auto shown = report();
        for (const std::string& list :
             {std::string(), std::string("\0\0", 2), std::string(200'000, ','), std::string(200'000, 'x'),
              std::string("\xff\xfe\u202e"), std::string("22:99999999999999999999:A:G"),
              std::string("chr22:-10:A:G"), std::string("23:10:A:G")}) {
            const NamedInReport found = namedIn(*shown, list);
            QVERIFY(found.variants.empty() && found.people.empty());
        }
    }
};

QTEST_GUILESS_MAIN(TestReportTable)
#include "tst_report_table.moc"
