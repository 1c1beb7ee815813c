// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/gene_list_model.h"

#include "genome/contig_names.h"
#include "results/gene_columns.h"
#include "viewmodels/column_text.h"
#include "viewmodels/gene_text.h"
#include "viewmodels/genome_text.h"
#include "viewmodels/number_text.h"

#include <QCollator>
#include <QFont>
#include <QObject>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

namespace diploscope::ui {

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

/// The columns that the list shows, by name, in the order of GeneListModel::Column. The supported ones are a
/// bar of three numbers, which is the list's own.
constexpr std::array<std::string_view, GeneListModel::ColumnCount> listedColumns{
    "gene_name", "pearson_r", "pearson_p", "p_null", "q", "n_drivers", "", "predixcan_r"};

struct Shown {
    const ColumnText* text = nullptr;                 ///< null for the list's own
    std::optional<double> GeneRow::*member = nullptr; ///< null for texts and what is of all genes
};

const Shown& shownIn(int column) {
    static const auto all = [] {
        std::array<Shown, GeneListModel::ColumnCount> found;
        for (size_t i = 0; i < found.size(); ++i) {
            found[i].text = findGeneColumn(listedColumns[i]);
            for (const auto& number : geneColumns().numbers)
                if (number.name == listedColumns[i])
                    found[i].member = number.member;
        }
        return found;
    }();
    return all[static_cast<size_t>(column)];
}

QString toolTip(const Gene& gene, const GeneRow* known, const Support& support) {
    QStringList lines{QString::fromStdString(gene.id) + QStringLiteral(" · ") + regionText(gene.region) +
                      QStringLiteral(" (%1)").arg(QLatin1Char(strandSymbol(gene.strand)))};
    if (known == nullptr)
        return lines.front();
    if (!known->failure.empty()) {
        lines << QString::fromStdString(known->failure);
    } else if (const auto count = static_cast<int64_t>(known->driverCount.value_or(0)); count > 0) {
        lines << driverCountText(count, support);
        if (known->fractionSupported)
            lines << QObject::tr("by sign, undecidable ones included: %1 supported")
                         .arg(ratioText(known->fractionSupported));
    }
    if (known->nullTestable == 0.0)
        lines << QObject::tr("null not testable: all random predictors have the same |r|");
    return lines.join(QLatin1Char('\n'));
}

/// Whether a column is of the genome's table, which the gene's own row does not hold.
bool isOfTable(int column) {
    return column == GeneListModel::NullPColumn || column == GeneListModel::QColumn;
}

} // namespace

GeneListModel::GeneListModel(Session& session, Genome& genome, QObject* parent)
    : QAbstractTableModel(parent), m_session(session), m_genome(genome) {
    rebuild();
    for (const auto signal : {&Session::studyOpened, &Session::studyClosed, &Session::genesChanged})
        connect(&session, signal, this, &GeneListModel::rebuild);
    connect(&session.results(), &GeneResults::replaced, this, &GeneListModel::changeAll);
    connect(&genome, &Genome::tableChanged, this, &GeneListModel::changeAll);
    connect(&session.results(), &GeneResults::rowAdded, this, [this](const QString& id) {
        if (const int row = rowOf(id); row >= 0) {
            look(m_lines[static_cast<size_t>(row)]);
            Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
        }
    });
}

void GeneListModel::look(Line& line) const {
    const GenomeTable& table = *m_genome.table();
    const std::optional<size_t> row = m_genome.rowOf(line.id);
    line.tableRow = row;
    line.known = m_genome.known(line.id);
    line.support = line.known ? supportOf(line.known->drivers) : Support();
    line.nullP = row ? table.number(*row, m_genome.nullPColumn()) : unknown;
    line.q = row ? table.number(*row, m_genome.qColumn()) : unknown;
}

/// As another order: whoever sorts and filters does so once, and not row by row.
void GeneListModel::changeAll() {
    Q_EMIT layoutAboutToBeChanged();
    for (Line& line : m_lines)
        look(line);
    Q_EMIT layoutChanged();
}

int GeneListModel::nameRank(int row) const {
    if (m_nameRanks.empty()) {
        const QCollator collator;
        std::vector<std::pair<QCollatorSortKey, size_t>> keys;
        keys.reserve(m_lines.size());
        for (size_t i = 0; i < m_lines.size(); ++i)
            keys.emplace_back(collator.sortKey(geneText(geneAt(static_cast<int>(i)))), i);
        std::sort(keys.begin(), keys.end(),
                  [](const auto& a, const auto& b) { return a.first.compare(b.first) < 0; });
        m_nameRanks.resize(keys.size());
        int rank = 0;
        for (size_t i = 0; i < keys.size(); ++i) {
            if (i > 0 && keys[i - 1].first.compare(keys[i].first) != 0)
                ++rank;
            m_nameRanks[keys[i].second] = rank;
        }
    }
    return m_nameRanks[static_cast<size_t>(row)];
}

void GeneListModel::rebuild() {
    beginResetModel();
    m_rowOfId.clear();
    m_lines.clear();
    m_nameRanks.clear();
    for (const Gene& gene : m_session.genes().all()) {
        const QString id = QString::fromStdString(gene.id);
        const QString searched = QString::fromStdString(gene.name) + QLatin1Char('\n') + id;
        Line& line = m_lines.emplace_back(Line{id, searched.toLower(), {}, {}, {}, unknown, unknown});
        look(line);
        m_rowOfId.insert(line.id, static_cast<int>(m_lines.size()) - 1);
    }
    endResetModel();
}

const Gene& GeneListModel::geneAt(int row) const {
    return m_session.genes().all()[static_cast<size_t>(row)];
}

bool GeneListModel::isInFocus(int row) const {
    const std::optional<size_t>& tableRow = m_lines[static_cast<size_t>(row)].tableRow;
    return !m_genome.focus() || (tableRow && m_genome.isInFocus(*tableRow));
}

int GeneListModel::rowOf(const QString& geneId) const {
    return m_rowOfId.value(geneId, -1);
}

int GeneListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

int GeneListModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

double GeneListModel::number(int row, int column) const {
    const Line& line = m_lines[static_cast<size_t>(row)];
    if (!line.known)
        return unknown;
    if (const auto member = shownIn(column).member)
        return (line.known.get()->*member).value_or(unknown);
    switch (column) {
    case NullPColumn:
        return line.nullP;
    case QColumn:
        return line.q;
    case SupportedColumn: // the left part of its bar
        return line.support.withSign() == 0 ? unknown
                                            : static_cast<double>(line.support.supported) /
                                                  static_cast<double>(line.support.withSign());
    default:
        return unknown;
    }
}

QVariant GeneListModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Gene& gene = geneAt(index.row());
    const Line& line = m_lines[static_cast<size_t>(index.row())];
    const GeneRow* known = line.known.get();
    const auto numberIn = [&](int column) {
        const double value = number(index.row(), column);
        return std::isnan(value) ? QVariant() : QVariant(value);
    };
    const bool failed = known != nullptr && !known->failure.empty();

    switch (role) {
    case SortRole:
        return index.column() == GeneColumn ? QVariant(geneText(gene)) : numberIn(index.column());
    case GeneIdRole:
        return geneId(index.row());
    case ContigRole:
        return QString::fromStdString(gene.region.contig);
    case TssRole:
        return static_cast<qint64>(gene.tss());
    case RRole:
        return numberIn(RColumn);
    case SupportRole:
        if (line.support.withSign() == 0)
            return {};
        return QVariant::fromValue(QList<double>{static_cast<double>(line.support.supported),
                                                 static_cast<double>(line.support.unsupported),
                                                 static_cast<double>(line.support.undecidable)});
    case Qt::TextAlignmentRole:
        return index.column() == GeneColumn ? QVariant(Qt::AlignLeft | Qt::AlignVCenter)
                                            : QVariant(Qt::AlignRight | Qt::AlignVCenter);
    case Qt::FontRole:
        if (index.column() == GeneColumn) {
            QFont font;
            font.setItalic(true);
            return font;
        }
        return {};
    case Qt::ToolTipRole:
        return toolTip(gene, known, line.support)
            .toHtmlEscaped()
            .replace(QLatin1Char('\n'), QStringLiteral("<br>"));
    case Qt::DisplayRole:
        break;
    default:
        return {};
    }

    if (index.column() == GeneColumn)
        return geneText(gene);
    if (failed)
        return index.column() == RColumn ? tr("failed") : QString();
    if (known == nullptr)
        return QString();
    // A dash would say that there is none: the table of all genes is made a moment after a gene is known.
    if (!line.tableRow && isOfTable(index.column()))
        return QStringLiteral("\u2026");
    const ColumnText* text = shownIn(index.column()).text;
    return cellText(text == nullptr ? Format::Ratio : text->format, number(index.row(), index.column()));
}

QVariant GeneListModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return section == GeneColumn ? QVariant(Qt::AlignLeft | Qt::AlignVCenter)
                                     : QVariant(Qt::AlignRight | Qt::AlignVCenter);
    if (section < 0 || section >= ColumnCount)
        return {};
    const ColumnText* text = shownIn(section).text;
    if (role == Qt::DisplayRole)
        return text == nullptr ? tr("supported") : titleText(*text);
    if (role != Qt::ToolTipRole)
        return {};
    if (text == nullptr)
        return tr("Drivers whose eQTL effect has the model's sign, those with the other sign, and those "
                  "that these people cannot decide; sorts by the share of the first");
    if (!isOfTable(section))
        return meaningText(*text);
    QString meaning = tr("%1 (null: %2)").arg(meaningText(*text), nullText(m_genome.null()));
    const auto genes = static_cast<qsizetype>(m_session.genes().all().size());
    if (section == QColumn && m_genome.knownCount() < genes)
        meaning += tr(". So far %1 of %2 genes are known: q changes with each that is added")
                       .arg(countText(m_genome.knownCount()), countText(genes));
    return meaning;
}

GeneListFilter::GeneListFilter(Genome& genome, QObject* parent)
    : QSortFilterProxyModel(parent), m_genome(genome) {
    setSortRole(GeneListModel::SortRole);
    setDynamicSortFilter(true);
    // Anew: taking single rows out of thousands costs more than sorting the rest. The model itself tells of
    // another table.
    connect(&genome, &Genome::focusChanged, this, &GeneListFilter::invalidate);
}

void GeneListFilter::setSearch(const QString& text) {
    m_text = text.trimmed().toLower();
    m_place.reset();
    // A lone number without a contig is more likely part of a name ("419") than a place.
    if (Result<PlaceName> place = parsePlace(text.toStdString());
        place && (place->isRange || !place->contig.empty()))
        m_place = std::move(*place);
    invalidate();
}

bool GeneListFilter::filterAcceptsRow(int row, const QModelIndex&) const {
    const auto& model = static_cast<const GeneListModel&>(*sourceModel());
    if (!model.isInFocus(row))
        return false;
    if (m_text.isEmpty())
        return true;
    if (m_place) {
        constexpr int64_t around = 1'000'000;
        const int64_t more = m_place->isRange ? 0 : around;
        const Gene& gene = model.geneAt(row);
        const int64_t tss = gene.tss() + 1;
        return tss >= m_place->first - more && tss <= m_place->last + more &&
               (m_place->contig.empty() || matchingContig(m_place->contig, {gene.region.contig}).has_value());
    }
    return model.searched(row).contains(m_text);
}

bool GeneListFilter::lessThan(const QModelIndex& left, const QModelIndex& right) const {
    const auto& model = static_cast<const GeneListModel&>(*sourceModel());
    if (left.column() == GeneListModel::GeneColumn)
        return model.nameRank(left.row()) < model.nameRank(right.row());
    const double a = model.number(left.row(), left.column());
    const double b = model.number(right.row(), right.column());
    if (std::isnan(a) != std::isnan(b)) // the unknown stand last, whichever way is up
        return std::isnan(b) == (sortOrder() == Qt::AscendingOrder);
    return a < b;
}

} // namespace diploscope::ui
