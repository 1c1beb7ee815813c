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
const ReportColumn& columnAt(int column) {
    static const std::array<const ReportColumn*, DriverListModel::ColumnCount - 1> all{
        &columnNamed(reportDriverColumns(), "ism"), &columnNamed(reportDriverColumns(), "eqtl_slope"),
        &columnNamed(reportDriverColumns(), "gain"), &columnNamed(reportDriverColumns(), "verdict_share"),
        &columnNamed(reportDriverColumns(), "verdict")};
    return *all[static_cast<size_t>(column - DriverListModel::IsmColumn)];
}

} // namespace

void DriverListModel::setReport(std::shared_ptr<const GeneReport> report) {
    const auto same = [&] {
        return m_report && report &&
               std::equal(m_report->drivers.begin(), m_report->drivers.end(), report->drivers.begin(),
                          report->drivers.end(), [&](const DriverResult& a, const DriverResult& b) {
                              return m_report->variants[a.variant] == report->variants[b.variant];
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

int DriverListModel::rowOf(const Variant& variant) const {
    for (int row = 0; row < rowCount(); ++row)
        if (m_report->variants[m_report->drivers[static_cast<size_t>(row)].variant] == variant)
            return row;
    return -1;
}

QVariant DriverListModel::raw(size_t driver, int column) const {
    const DriverResult& result = m_report->drivers[driver];
    if (column == SnvColumn)
        return variantText(m_report->variants[result.variant]);
    if (column == VerdictColumn)
        return static_cast<int>(result.standing());
    const std::optional<double> value = columnAt(column).value(*m_report, driver).number();
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
        return QVariant::fromValue<Variant>(m_report->variants[driver.variant]);
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
        return variantWithGrowth(m_report->variants[driver.variant]);
    const ReportColumn& column = columnAt(index.column());
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
        return isSnv ? tr("SNV") : titleText(columnAt(section));
    if (role == Qt::ToolTipRole)
        return isSnv ? tr("Single-nucleotide variant that the model's differences between people hang on")
                     : meaningText(columnAt(section));
    if (role == Qt::TextAlignmentRole)
        return section == SnvColumn ? QVariant(Qt::AlignLeft | Qt::AlignVCenter)
                                    : QVariant(Qt::AlignRight | Qt::AlignVCenter);
    return {};
}

QByteArray DriverListModel::tsv(const QList<int>& rows, bool provenance) const {
    // Copied rows stand without a file's name, so the gene is among them; what plots show of the SNV goes
    // along.
    std::vector<std::string> names{"gene_id"};
    for (const ReportColumn& column : reportDriverColumns())
        names.emplace_back(column.name);
    std::vector<const ReportColumn*> ofVariant;
    for (const char* name : {"pip", "pip_pruned", "credible_set"}) {
        names.emplace_back(name);
        ofVariant.push_back(&columnNamed(variantColumns(), name));
    }
    TableWriter table(std::move(names));
    if (m_report && provenance)
        for (const auto& [key, value] : m_report->provenance)
            table.comment(key, value);
    for (const int row : rows) {
        if (row < 0 || row >= rowCount())
            continue;
        const auto driver = static_cast<size_t>(row);
        table.row().cell(m_report->gene.id);
        for (const ReportColumn& column : reportDriverColumns())
            column.value(*m_report, driver).writeTo(table);
        for (const ReportColumn* column : ofVariant)
            column->value(*m_report, m_report->drivers[driver].variant).writeTo(table);
    }
    return QByteArray::fromStdString(table.text());
}

} // namespace diploscope::ui
