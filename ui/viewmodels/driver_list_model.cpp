// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/driver_list_model.h"

#include "analysis/report_columns.h"
#include "io/table_writer.h"
#include "viewmodels/column_text.h"
#include "viewmodels/gene_text.h"
#include "viewmodels/snv_details.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace diploscope::ui {
namespace {

/// The columns that the list shows behind the SNV's name, in the order of DriverListModel::Column.
const ReportColumn& shownIn(int column) {
    static const std::array<const ReportColumn*, DriverListModel::ColumnCount - 1> all{
        &columnNamed(reportDriverColumns(), "ism"), &columnNamed(reportDriverColumns(), "eqtl_slope"),
        &columnNamed(reportDriverColumns(), "gain"), &columnNamed(reportDriverColumns(), "verdict_share"),
        &columnNamed(reportDriverColumns(), "verdict")};
    return *all[static_cast<size_t>(column - DriverListModel::IsmColumn)];
}

/// The verdict by sign, which a table states beside what is doubtful about it.
std::string_view signText(const DriverResult& driver) {
    return driver.verdict == Verdict::Undefined   ? "NA"
           : driver.verdict == Verdict::Supported ? "true"
                                                  : "false";
}

std::optional<double> endOf(const std::optional<Interval>& interval, double Interval::*end) {
    return interval ? std::optional((*interval).*end) : std::nullopt;
}

} // namespace

void DriverListModel::setReport(std::shared_ptr<const GeneReport> report) {
    const auto same = [&] {
        return m_report && report &&
               std::equal(m_report->drivers.begin(), m_report->drivers.end(), report->drivers.begin(),
                          report->drivers.end(), [](const DriverResult& a, const DriverResult& b) {
                              return a.variant == b.variant;
                          });
    };
    if (same()) {
        m_report = std::move(report);
        if (rowCount() > 0)
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        return;
    }
    beginResetModel();
    m_report = std::move(report);
    endResetModel();
}

int DriverListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() || !m_report ? 0 : static_cast<int>(m_report->drivers.size());
}

int DriverListModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

int DriverListModel::rowOf(size_t variant) const {
    for (int row = 0; row < rowCount(); ++row)
        if (m_report->drivers[static_cast<size_t>(row)].variant == variant)
            return row;
    return -1;
}

QVariant DriverListModel::raw(size_t driver, int column) const {
    const DriverResult& result = m_report->drivers[driver];
    if (column == SnvColumn)
        return variantText(m_report->variants[result.variant]);
    if (column == VerdictColumn)
        return static_cast<int>(result.standing());
    const std::optional<double> value = shownIn(column).value(*m_report, driver).number();
    return value && std::isfinite(*value) ? QVariant(*value) : QVariant();
}

QVariant DriverListModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const auto row = static_cast<size_t>(index.row());
    const DriverResult& driver = m_report->drivers[row];
    switch (role) {
    case SortRole:
        return raw(row, index.column());
    case StandingRole:
        return static_cast<int>(driver.standing());
    case VariantRole:
        return static_cast<qulonglong>(driver.variant);
    case Qt::TextAlignmentRole:
        return index.column() == SnvColumn ? QVariant(Qt::AlignLeft | Qt::AlignVCenter)
                                           : QVariant(Qt::AlignRight | Qt::AlignVCenter);
    case Qt::ToolTipRole:
        return snvToolTip(*m_report, driver.variant);
    case Qt::DisplayRole:
        break;
    default:
        return {};
    }
    if (index.column() == SnvColumn)
        return variantText(m_report->variants[driver.variant]);
    const ReportColumn& column = shownIn(index.column());
    return cellText(column.format, column.value(*m_report, row));
}

QVariant DriverListModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (section < 0 || section >= ColumnCount)
        return {};
    const bool isSnv = section == SnvColumn;
    // The verdict's column is as narrow as its icon.
    if (role == Qt::DisplayRole && section == VerdictColumn)
        return QString();
    if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole)
        return isSnv ? tr("SNV") : titleText(shownIn(section));
    if (role == Qt::ToolTipRole)
        return isSnv ? tr("Single-nucleotide variant that the model's differences between people hang on")
                     : meaningText(shownIn(section));
    if (role == Qt::TextAlignmentRole)
        return section == SnvColumn ? QVariant(Qt::AlignLeft | Qt::AlignVCenter)
                                    : QVariant(Qt::AlignRight | Qt::AlignVCenter);
    return {};
}

QByteArray DriverListModel::tsv(const QList<int>& rows, bool provenance) const {
    TableWriter table({"gene",
                       "snv",
                       "chrom",
                       "position",
                       "ref",
                       "alt",
                       "effect_allele",
                       "maf",
                       "ism",
                       "slope",
                       "se",
                       "p",
                       "gain",
                       "main",
                       "verdict",
                       "supported",
                       "undecidable",
                       "slope_low",
                       "slope_high",
                       "bootstrap_slope_low",
                       "bootstrap_slope_high",
                       "verdict_share",
                       "pip",
                       "pip_pruned",
                       "credible_set"});
    if (m_report && provenance)
        for (const auto& [key, value] : m_report->provenance)
            table.comment(key, value);
    for (const int row : rows) {
        if (row < 0 || row >= rowCount())
            continue;
        const DriverResult& driver = m_report->drivers[static_cast<size_t>(row)];
        const VariantResult& variant = m_report->variants[driver.variant];
        const auto interval = slopeInterval(variant.eqtl);
        table.row()
            .cell(m_report->gene.id)
            .cell(variantText(variant).toStdString())
            .cell(variant.chrom)
            .cell(variant.position + 1)
            .cell(variant.ref)
            .cell(variant.alt)
            .cell(variant.effectAllele)
            .cell(variant.maf)
            .cell(variant.ism)
            .cell(variant.eqtl.slope)
            .cell(variant.eqtl.se)
            .cell(textOf(variant.eqtl.p))
            .cell(driver.driver.gain)
            .cell(driver.driver.main)
            .cell(toText(driver.standing()))
            .cell(signText(driver))
            .cell(driver.verdict == Verdict::Undefined ? "NA" : toText(driver.doubt))
            .cell(endOf(interval, &Interval::low))
            .cell(endOf(interval, &Interval::high))
            .cell(endOf(driver.bootstrapInterval, &Interval::low))
            .cell(endOf(driver.bootstrapInterval, &Interval::high))
            .cell(driver.verdictShare)
            .cell(variant.pip)
            .cell(variant.prunedPip);
        if (variant.credibleSet > 0)
            table.cell(variant.credibleSet);
        else
            table.cell("NA");
    }
    return QByteArray::fromStdString(table.text());
}

} // namespace diploscope::ui
