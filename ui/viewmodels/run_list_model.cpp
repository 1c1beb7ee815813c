// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/run_list_model.h"

#include "viewmodels/gene_text.h"
#include "viewmodels/number_text.h"

#include <QFont>

#include <algorithm>

namespace diploscope::ui {

namespace {

QString orUndefined(const std::string& text) {
    return text.empty() ? undefinedText() : shownName(text);
}

} // namespace

void RunListModel::setRuns(std::vector<RunEntry> runs, int64_t shown) {
    beginResetModel();
    m_runs = std::move(runs);
    m_shown = shown;
    endResetModel();
}

const RunEntry* RunListModel::run(int row) const {
    return row >= 0 && row < rowCount() ? &m_runs[static_cast<size_t>(row)] : nullptr;
}

int RunListModel::rowOf(int64_t id) const {
    const auto found = std::find_if(m_runs.begin(), m_runs.end(),
                                    [id](const RunEntry& entry) { return entry.stored.run.id == id; });
    return found == m_runs.end() ? -1 : static_cast<int>(found - m_runs.begin());
}

bool RunListModel::isShown(const RunEntry& run) const {
    return m_shown == 0 ? run.isCurrent : run.stored.run.id == m_shown;
}

int RunListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_runs.size());
}

int RunListModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QString RunListModel::textOf(const RunEntry& entry, int column) const {
    const ResultRun& run = entry.stored.run;
    switch (column) {
    case RunColumn:
        return isShown(entry) ? tr("%1, shown").arg(run.id) : QString::number(run.id);
    case ModelColumn:
        return orUndefined(run.model);
    case ScoreColumn:
        return orUndefined(scoreInWords(run));
    case NullColumn:
        return orUndefined(nullInWords(run));
    case StoredColumn:
        return run.storedAt > 0 ? QString::fromStdString(timeInWords(run.storedAt)) : undefinedText();
    case GenesColumn:
        return run.failed == 0 ? countText(run.genes)
                               : tr("%1, %2 failed").arg(countText(run.genes), countText(run.failed));
    case FilesColumn:
        return filesText(entry);
    case MarkColumn:
        return markText(entry);
    default:
        return {};
    }
}

QVariant RunListModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const RunEntry& entry = m_runs[static_cast<size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return textOf(entry, index.column());
    case Qt::ToolTipRole: // cells are cut where columns are narrow
        return QString(textOf(entry, index.column()).toHtmlEscaped() + QStringLiteral("<br>") +
                       runText(entry).toHtmlEscaped());
    case Qt::AccessibleTextRole:
        return index.column() == RunColumn
                   ? tr("%1; %2").arg(runText(entry), isShown(entry) ? tr("shown") : markText(entry))
                   : textOf(entry, index.column());
    case Qt::TextAlignmentRole:
        return index.column() == GenesColumn ? QVariant(Qt::AlignRight | Qt::AlignVCenter)
                                             : QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    case Qt::FontRole:
        if (isShown(entry)) {
            QFont font;
            font.setBold(true);
            return font;
        }
        return {};
    default:
        return {};
    }
}

QVariant RunListModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return section == GenesColumn ? QVariant(Qt::AlignRight | Qt::AlignVCenter)
                                      : QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && section == FilesColumn)
        return tr("Whether the study's files have the content now that they had then");
    if (role == Qt::ToolTipRole && section == MarkColumn)
        return tr("What the run has otherwise than the window's model and options");
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case RunColumn:
        return tr("Run");
    case ModelColumn:
        return tr("Model");
    case ScoreColumn:
        return tr("Score");
    case NullColumn:
        return tr("Null");
    case StoredColumn:
        return tr("Stored");
    case GenesColumn:
        return tr("Genes");
    case FilesColumn:
        return tr("Files");
    case MarkColumn:
        return tr("Marked");
    default:
        return {};
    }
}

} // namespace diploscope::ui
