// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/report_writer.h"
#include "support.h"
#include "table_file.h"
#include "ui/report_fixture.h"
#include "viewmodels/driver_list_model.h"
#include "viewmodels/gene_text.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QSortFilterProxyModel>

using namespace diploscope;
using namespace diploscope::ui;
using namespace diploscope::test;

class TestDriverListModel : public QObject {
    Q_OBJECT

private:
    std::shared_ptr<const GeneReport> m_report = std::make_shared<const GeneReport>(inventReport());

    static QVariant at(const QAbstractItemModel& model, int row, int column, int role = Qt::DisplayRole) {
        return model.index(row, column).data(role);
    }

private Q_SLOTS:
    void behavesAsAModel() {
        DriverListModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(model.rowCount(), 0);
        model.setReport(m_report);
        QCOMPARE(model.rowCount(), 3);
        model.setReport(std::make_shared<const GeneReport>(*m_report));
        model.setReport(std::make_shared<const GeneReport>(inventReport({.drivers = 1})));
        QCOMPARE(model.rowCount(), 1);
        model.setReport(nullptr);
        QCOMPARE(model.rowCount(), 0);
    }

    void showsDriversByGain() {
        DriverListModel model;
        model.setReport(m_report);
        QCOMPARE(at(model, 0, DriverListModel::IsmColumn).toString(), QStringLiteral("−0.100"));
        QCOMPARE(at(model, 0, DriverListModel::SlopeColumn).toString(), QStringLiteral("0.420"));
        QCOMPARE(at(model, 0, DriverListModel::GainColumn).toString(), QStringLiteral("60 %"));
        QCOMPARE(at(model, 0, DriverListModel::VerdictColumn).toString(), QStringLiteral("unsupported"));
        QCOMPARE(at(model, 1, DriverListModel::VerdictColumn).toString(), QStringLiteral("supported"));
        // Undefined is a dash, and sorts as nothing rather than as 0.
        QCOMPARE(at(model, 2, DriverListModel::SlopeColumn).toString(), QStringLiteral("–"));
        QVERIFY(!at(model, 2, DriverListModel::SlopeColumn, DriverListModel::SortRole).isValid());
        const Variant variant = m_report->variants[m_report->drivers[1].variant];
        QVERIFY(at(model, 1, 0, DriverListModel::VariantRole).value<Variant>() == variant);
        QCOMPARE(model.rowOf(variant), 1);
        QCOMPARE(model.rowOf({variant.contig, variant.position, variant.ref, "C"}), -1);
    }

    void undecidableDriversAreShownAsSuch() {
        GeneReport report = *m_report;
        inventStatistics(report);
        DriverListModel model;
        model.setReport(std::make_shared<const GeneReport>(report));
        QCOMPARE(at(model, 1, DriverListModel::VerdictColumn).toString(), QStringLiteral("undecidable"));
        QCOMPARE(at(model, 1, 0, DriverListModel::StandingRole).toInt(),
                 static_cast<int>(Standing::Undecidable));
        QVERIFY(
            at(model, 1, 0, Qt::ToolTipRole).toString().contains(QStringLiteral("undecidable: the slope")));
        QCOMPARE(at(model, 0, DriverListModel::HeldColumn).toString(), QStringLiteral("97 %"));
        QCOMPARE(at(model, 2, DriverListModel::HeldColumn).toString(), QStringLiteral("–"));
        const QStringList lines = QString::fromUtf8(model.tsv({1, 2}, false)).split(QLatin1Char('\n'));
        const QStringList names = lines[0].split(QLatin1Char('\t'));
        const QStringList row = lines[1].split(QLatin1Char('\t'));
        QCOMPARE(row.size(), names.size());
        QCOMPARE(row[names.indexOf("verdict")], QStringLiteral("undecidable"));
        QCOMPARE(row[names.indexOf("supported")], QStringLiteral("true")); // by sign
        QCOMPARE(row[names.indexOf("undecidable")],
                 QString::fromLatin1(toText(Doubt::FlipsGivenLead).data()));
        QCOMPARE(row[names.indexOf("bootstrap_slope_high")].toDouble(), 0.5);
        QCOMPARE(lines[2].split(QLatin1Char('\t'))[names.indexOf("undecidable")], QStringLiteral("NA"));
        QCOMPARE(lines[2].split(QLatin1Char('\t'))[names.indexOf("verdict_share")], QStringLiteral("NA"));
    }

    void sortsNumbersAsNumbers() {
        GeneReport report = *m_report;
        report.variants[report.drivers[0].variant].ism = 1e-5; // "1.0×10⁻⁵" is the largest as text
        report.variants[report.drivers[1].variant].ism = -0.2;
        report.variants[report.drivers[2].variant].ism = 0.1;
        DriverListModel model;
        model.setReport(std::make_shared<const GeneReport>(report));
        QSortFilterProxyModel sorted;
        sorted.setSourceModel(&model);
        sorted.setSortRole(DriverListModel::SortRole);
        sorted.sort(DriverListModel::IsmColumn, Qt::AscendingOrder);
        QStringList shown;
        for (int row = 0; row < 3; ++row)
            shown << at(sorted, row, DriverListModel::IsmColumn).toString();
        QCOMPARE(shown, QStringList({"−0.200", "1.0×10⁻⁵", "0.100"}));
    }

    void sameDriversKeepTheirRows() {
        DriverListModel model;
        model.setReport(m_report);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.setReport(std::make_shared<const GeneReport>(*m_report));
        QCOMPARE(reset.count(), 0);
        QCOMPARE(changed.count(), 1);
        GeneReport moved = *m_report; // the same drivers elsewhere in the report
        moved.variants.insert(moved.variants.begin(), VariantResult());
        for (DriverResult& driver : moved.drivers)
            ++driver.variant;
        model.setReport(std::make_shared<const GeneReport>(moved));
        QCOMPARE(reset.count(), 0);
        moved.variants[moved.drivers[0].variant].position += 1; // another SNV in its stead
        model.setReport(std::make_shared<const GeneReport>(moved));
        QCOMPARE(reset.count(), 1);
    }

    /// What is copied from the window and what `analyze` writes can be put together.
    void tableIsThatOfTheFiles() {
        GeneReport report = *m_report;
        inventStatistics(report);
        DriverListModel model;
        model.setReport(std::make_shared<const GeneReport>(report));
        const TemporaryFolder folder;
        DS_VERIFY(writeGeneReport(report, folder.path(), "G"));
        const auto files = tableFile(folder / "G.drivers.tsv");
        writeText(folder / "window.tsv", model.tsv({0, 1, 2}, true).toStdString());
        auto window = tableFile(folder / "window.tsv");
        QCOMPARE(window.size(), files.size());
        for (size_t row = 0; row < files.size(); ++row) {
            QCOMPARE(window[row]["gene_id"], report.gene.id);
            QVERIFY(!window[row]["pip"].empty() && !window[row]["credible_set"].empty());
            for (const auto& [name, value] : files[row])
                QCOMPARE(window[row][name], value);
        }
    }

    void tableHasFullPrecision() {
        DriverListModel model;
        model.setReport(m_report);
        const QStringList lines = QString::fromUtf8(model.tsv({2, 0}, true)).split(QLatin1Char('\n'));
        QVERIFY(lines[0].startsWith(QStringLiteral("# program: diploscope")));
        const auto header = std::find_if(lines.begin(), lines.end(),
                                         [](const QString& line) { return line.startsWith("gene_id\t"); });
        QVERIFY(header != lines.end());
        const QStringList names = header->split(QLatin1Char('\t'));
        const QStringList first = (header + 1)->split(QLatin1Char('\t'));
        const QStringList second = (header + 2)->split(QLatin1Char('\t'));
        QCOMPARE(first.size(), names.size());
        QCOMPARE(first[names.indexOf("eqtl_slope")], QStringLiteral("NA"));
        const VariantResult& main = m_report->variants[m_report->drivers[0].variant];
        QCOMPARE(second[names.indexOf("pos")].toLongLong(), main.position + 1);
        QCOMPARE(second[names.indexOf("maf")].toDouble(), main.maf);
        QCOMPARE(second[names.indexOf("verdict")], QStringLiteral("unsupported"));
    }
};

QTEST_GUILESS_MAIN(TestDriverListModel)
#include "tst_driver_list_model.moc"
