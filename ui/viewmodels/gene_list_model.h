// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "genome/region_name.h"
#include "viewmodels/genome.h"

#include <QAbstractTableModel>
#include <QSortFilterProxyModel>

#include <optional>

namespace diploscope::ui {

/// All genes of the study that can be analysed, with what is known of each so far. GUI thread.
class GeneListModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column {
        GeneColumn,
        RColumn,
        PColumn,
        NullPColumn,
        QColumn,
        DriversColumn,
        SupportedColumn,
        PredixcanColumn,
        ColumnCount
    };
    enum Role {
        SortRole = Qt::UserRole + 1, ///< raw number or text; invalid while unknown or undefined
        GeneIdRole,                  ///< QString
        ContigRole,                  ///< QString
        TssRole,                     ///< qint64, 0-based
        RRole,                       ///< double; invalid while unknown or undefined
        SupportRole ///< QList<double>: drivers supported, unsupported, undecidable; invalid without any
    };

    GeneListModel(Session& session, Genome& genome, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// Row of a gene, -1 when it is not in the study.
    [[nodiscard]] int rowOf(const QString& geneId) const;

    /// What a number column sorts by; NaN while unknown or undefined. Without a detour: sorting 20,000 genes
    /// asks half a million times.
    [[nodiscard]] double number(int row, int column) const;
    [[nodiscard]] const QString& geneId(int row) const { return m_lines[static_cast<size_t>(row)].id; }
    [[nodiscard]] const Gene& geneAt(int row) const;
    /// Symbol and id in lower case, to be searched: as number(), without a detour.
    [[nodiscard]] const QString& searched(int row) const {
        return m_lines[static_cast<size_t>(row)].searched;
    }
    [[nodiscard]] bool isInFocus(int row) const;
    /// Of the gene's name among all, as the user's language sorts them; worked out when it is first asked
    /// for.
    [[nodiscard]] int nameRank(int row) const;

private:
    /// What data() looks up of a row.
    struct Line {
        QString id;
        QString searched;
        std::optional<size_t> tableRow;       ///< of the genome's table
        std::shared_ptr<const GeneRow> known; ///< null: not analysed
        Support support;                      ///< of its drivers; sorting asks too often to count them anew
        double nullP;                         ///< NaN: not in the table
        double q;
    };
    void rebuild();
    void changeAll();
    void look(Line& line) const;

    Session& m_session;
    Genome& m_genome;
    std::vector<Line> m_lines;            ///< [rows]
    mutable std::vector<int> m_nameRanks; ///< [rows]; empty: not asked for
    QHash<QString, int> m_rowOfId;
};

/// Search and sort over a GeneListModel: genes in the genome's focus whose name or place the search matches.
/// Text matches part of a symbol or id; `22:17,500,000` the genes round that position (1 Mb each side),
/// `34M-35M` or `22:17M-18M` those with their TSS in the range. Unknown values sort last either way.
class GeneListFilter : public QSortFilterProxyModel {
    Q_OBJECT

public:
    explicit GeneListFilter(Genome& genome, QObject* parent = nullptr);
    void setSearch(const QString& text);

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex& parent) const override;
    [[nodiscard]] bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

private:
    Genome& m_genome;
    QString m_text;
    std::optional<PlaceName> m_place;
};

} // namespace diploscope::ui
