// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/gene_report.h"

#include <QAbstractTableModel>
#include <QString>

#include <memory>

namespace diploscope::ui {

/// The drivers of the gene shown, largest gain first. GUI thread.
class DriverListModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { SnvColumn, IsmColumn, SlopeColumn, GainColumn, HeldColumn, VerdictColumn, ColumnCount };
    enum Role {
        SortRole = Qt::UserRole + 1, ///< raw number or text; invalid where undefined
        StandingRole,                ///< int of Standing, for whoever draws it
        VariantRole                  ///< Variant
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// Null shows none. Rows stay where the drivers are the same ones.
    void setReport(std::shared_ptr<const GeneReport> report);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// Row of a variant, -1 where it is no driver.
    [[nodiscard]] int rowOf(const Variant& variant) const;

    /// The rows as a table with full precision, a header, and how it was made: the gene, the columns of
    /// `GENE.drivers.tsv`, PIP and credible set. \param rows in the order wanted
    [[nodiscard]] QByteArray tsv(const QList<int>& rows, bool provenance) const;

private:
    [[nodiscard]] QVariant raw(size_t driver, int column) const;

    std::shared_ptr<const GeneReport> m_report;
};

} // namespace diploscope::ui
