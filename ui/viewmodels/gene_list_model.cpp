// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/gene_list_model.h"

#include "viewmodels/gene_text.h"
#include "viewmodels/number_text.h"

#include <QFont>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>

namespace diploscope::ui {

namespace {

QVariant optionalNumber(const std::optional<double>& value) {
    return value ? QVariant(*value) : QVariant();
}

QString withoutChr(QString contig) {
    if (contig.startsWith(QLatin1String("chr"), Qt::CaseInsensitive))
        contig.remove(0, 3);
    return contig;
}

} // namespace

GeneListModel::GeneListModel(Session& session, QObject* parent)
    : QAbstractTableModel(parent), m_session(session) {
    rebuild();
    connect(&session, &Session::studyOpened, this, &GeneListModel::rebuild);
    connect(&session, &Session::resultsCleared, this, [this] {
        if (rowCount() > 0)
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    });
    connect(&session, &Session::resultAdded, this, [this](const QString& id) {
        if (const int row = rowOf(id); row >= 0)
            Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
    });
}

void GeneListModel::rebuild() {
    beginResetModel();
    m_study = m_session.study();
    m_rowOfId.clear();
    for (int row = 0; row < rowCount(); ++row)
        m_rowOfId.insert(QString::fromStdString(geneAt(row).gene.id), row);
    endResetModel();
}

const StudyGene& GeneListModel::geneAt(int row) const {
    return m_study->genes()[static_cast<size_t>(row)];
}

int GeneListModel::rowOf(const QString& geneId) const {
    return m_rowOfId.value(geneId, -1);
}

int GeneListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() || !m_study ? 0 : static_cast<int>(m_study->genes().size());
}

int GeneListModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant GeneListModel::raw(const StudyGene& gene, const GeneReport* report, int column) const {
    if (column == GeneColumn)
        return geneText(gene.gene);
    if (report == nullptr)
        return {};
    switch (column) {
    case RColumn:
        return optionalNumber(report->pearson.r);
    case PColumn:
        return optionalNumber(report->pearson.p);
    case DriversColumn:
        return static_cast<qint64>(report->drivers.size());
    case SupportedColumn:
        return optionalNumber(report->fractionSupported);
    default:
        return {};
    }
}

QVariant GeneListModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const StudyGene& gene = geneAt(index.row());
    const QString id = QString::fromStdString(gene.gene.id);
    const auto found = m_session.results().constFind(id);
    const GeneReport* report = found == m_session.results().constEnd() ? nullptr : found.value().get();
    const auto failure = m_session.failures().constFind(id);
    const bool failed = failure != m_session.failures().constEnd();

    switch (role) {
    case SortRole:
        return raw(gene, report, index.column());
    case GeneIdRole:
        return id;
    case SearchRole:
        return QString(QString::fromStdString(gene.gene.name).toLower() + QLatin1Char('\n') + id.toLower());
    case ContigRole:
        return QString::fromStdString(gene.gene.region.contig);
    case TssRole:
        return static_cast<qint64>(gene.gene.tss());
    case RRole:
        return raw(gene, report, RColumn);
    case FractionRole:
        return raw(gene, report, SupportedColumn);
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
    case Qt::ToolTipRole: {
        QString tip = id + QStringLiteral(" · ") + regionText(gene.gene.region) +
                      QStringLiteral(" (%1)").arg(QLatin1Char(strandSymbol(gene.gene.strand)));
        if (report != nullptr)
            tip += QLatin1Char('\n') + driversText(*report);
        if (failed)
            tip += QLatin1Char('\n') + QString::fromStdString(failure->message());
        return tip.toHtmlEscaped().replace(QLatin1Char('\n'), QStringLiteral("<br>"));
    }
    case Qt::DisplayRole:
        break;
    default:
        return {};
    }

    if (index.column() == GeneColumn)
        return geneText(gene.gene);
    if (failed)
        return index.column() == RColumn ? tr("failed") : QString();
    if (report == nullptr)
        return QString();
    switch (index.column()) {
    case RColumn:
        return ratioText(report->pearson.r);
    case PColumn:
        return report->pearson.p ? pText(report->pearson.p).remove(QStringLiteral("p = ")) : undefinedText();
    case DriversColumn:
        return countText(static_cast<int64_t>(report->drivers.size()));
    case SupportedColumn:
        return ratioText(report->fractionSupported);
    default:
        return {};
    }
}

QVariant GeneListModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return section == GeneColumn ? QVariant(Qt::AlignLeft | Qt::AlignVCenter)
                                     : QVariant(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole) {
        switch (section) {
        case RColumn:
            return tr("Pearson correlation of predicted and observed expression over people");
        case PColumn:
            return tr("Its two-sided p");
        case DriversColumn:
            return tr("SNVs that the model's differences between people hang on");
        case SupportedColumn:
            return tr("Fraction of the drivers whose eQTL effect has the model's sign");
        default:
            return {};
        }
    }
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case GeneColumn:
        return tr("Gene");
    case RColumn:
        return tr("r");
    case PColumn:
        return tr("p");
    case DriversColumn:
        return tr("drivers");
    case SupportedColumn:
        return tr("supported");
    default:
        return {};
    }
}

GeneListFilter::GeneListFilter(QObject* parent) : QSortFilterProxyModel(parent) {
    setSortRole(GeneListModel::SortRole);
    setDynamicSortFilter(true);
}

std::optional<GeneListFilter::Range> GeneListFilter::parseRange(const QString& text) {
    static const QRegularExpression pattern(
        QStringLiteral("^\\s*(?:(?:chr)?([\\w.]+):)?([\\d.,]+)([kKmM]?)[bB]?(?:\\s*[-–]\\s*([\\d.,]+)([kKmM]?"
                       ")[bB]?)?\\s*$"));
    const QRegularExpressionMatch match = pattern.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    const auto position = [&](int digits, int unit) {
        const double number = match.captured(digits).remove(QLatin1Char(',')).toDouble();
        const QString letter = match.captured(unit).toLower();
        return static_cast<qint64>(std::llround(number * (letter == QLatin1String("m")   ? 1e6
                                                          : letter == QLatin1String("k") ? 1e3
                                                                                         : 1.0)));
    };
    Range range;
    range.contig = match.captured(1);
    const bool hasEnd = !match.captured(4).isEmpty();
    // A lone number without a contig is more likely part of a name ("419") than a place.
    if (!hasEnd && range.contig.isEmpty())
        return std::nullopt;
    constexpr qint64 around = 1'000'000;
    range.first = position(2, 3) - 1 - (hasEnd ? 0 : around);
    range.last = hasEnd ? position(4, 5) - 1 : position(2, 3) - 1 + around;
    return range;
}

void GeneListFilter::setSearch(const QString& text) {
    m_text = text.trimmed().toLower();
    m_range = parseRange(text);
    invalidateFilter();
}

bool GeneListFilter::filterAcceptsRow(int row, const QModelIndex& parent) const {
    if (m_text.isEmpty())
        return true;
    const QModelIndex index = sourceModel()->index(row, 0, parent);
    if (m_range) {
        const qint64 tss = index.data(GeneListModel::TssRole).toLongLong();
        const QString contig = withoutChr(index.data(GeneListModel::ContigRole).toString());
        return tss >= m_range->first && tss <= m_range->last &&
               (m_range->contig.isEmpty() || contig.compare(m_range->contig, Qt::CaseInsensitive) == 0);
    }
    return index.data(GeneListModel::SearchRole).toString().contains(m_text);
}

bool GeneListFilter::lessThan(const QModelIndex& left, const QModelIndex& right) const {
    const QVariant a = left.data(GeneListModel::SortRole);
    const QVariant b = right.data(GeneListModel::SortRole);
    if (a.isValid() != b.isValid()) // the unknown stand last, whichever way is up
        return a.isValid() == (sortOrder() == Qt::AscendingOrder);
    if (!a.isValid())
        return false;
    if (a.typeId() == QMetaType::QString)
        return QString::localeAwareCompare(a.toString(), b.toString()) < 0;
    return a.toDouble() < b.toDouble();
}

} // namespace diploscope::ui
