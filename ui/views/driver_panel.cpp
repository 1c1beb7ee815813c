// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/driver_panel.h"

#include "base/atomic_file.h"
#include "viewmodels/gene_text.h"
#include "views/export_places.h"
#include "views/sort_menu.h"
#include "views/verdict_delegate.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QMenu>
#include <QMessageBox>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace diploscope::ui {

/// Sorts on raw numbers and says in the header which column leads; styles draw their own arrow over the text
/// of a narrow column.
class SortedDrivers final : public QSortFilterProxyModel {
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    void sort(int column, Qt::SortOrder order) override {
        QSortFilterProxyModel::sort(column, order);
        Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
    }
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override {
        const QVariant said = QSortFilterProxyModel::headerData(section, orientation, role);
        if (role != Qt::DisplayRole || section != sortColumn() || said.toString().isEmpty())
            return said;
        return said.toString() +
               (sortOrder() == Qt::DescendingOrder ? QStringLiteral(" ↓") : QStringLiteral(" ↑"));
    }
};

DriverPanel::DriverPanel(Session& session, Selection& selection, QWidget* parent)
    : PanelCard(tr("Drivers"), parent)
    , m_session(session)
    , m_selection(selection)
    , m_model(new DriverListModel(this))
    , m_sorted(new SortedDrivers(this))
    , m_table(new QTableView)
    , m_delegate(new VerdictDelegate(this))
    , m_note(new QLabel)
    , m_support(new ElidedLabel) {
    explainBy(QStringLiteral("reading.md#drivers"));
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(DriverListModel::SortRole);
    m_table->setModel(m_sorted);
    m_table->setItemDelegateForColumn(DriverListModel::VerdictColumn, m_delegate);
    m_table->setAccessibleName(tr("Drivers"));
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setShowGrid(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(26);
    QHeaderView* header = m_table->horizontalHeader();
    header->setHighlightSections(false);
    header->setMinimumSectionSize(24);
    header->setSectionResizeMode(QHeaderView::Fixed);
    header->setSectionResizeMode(DriverListModel::SnvColumn, QHeaderView::Stretch);
    // The icon says it all; its column is led by the SNV's name, as in the charts' labels.
    header->moveSection(DriverListModel::VerdictColumn, 0);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(DriverListModel::GainColumn, Qt::DescendingOrder);
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    m_note->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    content()->addWidget(m_table, 1);
    content()->addWidget(m_note, 1);
    content()->addWidget(m_support);
    m_support->setExplanation({tr("Fraction supported, as the paper counts it: drivers whose eQTL slope has "
                                  "the sign of the model’s "
                                  "effect, undecidable ones included."),
                               tr("Of the gain: the same with each driver weighted by its gain.")});
    m_support->hide();
    m_table->hide();

    auto* copyAction = new QAction(tr("Copy"), m_table);
    copyAction->setShortcut(QKeySequence::Copy);
    copyAction->setShortcutContext(Qt::WidgetShortcut);
    connect(copyAction, &QAction::triggered, this, &DriverPanel::copy);
    m_table->addAction(copyAction);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_table, &QWidget::customContextMenuRequested, this, &DriverPanel::openMenu);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& current) {
                if (!m_following && current.isValid())
                    m_selection.selectVariant(current.data(DriverListModel::VariantRole).value<Variant>());
            });
    connect(&selection, &Selection::variantsChanged, this, &DriverPanel::showSelection);
}

void DriverPanel::setReport(std::shared_ptr<const GeneReport> report) {
    m_report = report;
    m_following = true; // a reset clears the table's row, not the selection
    m_model->setReport(std::move(report));
    m_following = false;
    fitColumns();
    const bool any = m_model->rowCount() > 0;
    m_table->setVisible(any);
    m_note->setVisible(!any);
    m_note->setText(!m_report             ? QString()
                    : !m_report->complete ? tr("Drivers are known once every SNV has its effect.")
                                          : driversText(*m_report));
    m_support->setFullText(any ? supportText(*m_report) : QString());
    m_support->setVisible(!m_support->fullText().isEmpty());
    setSummary(any ? driversText(*m_report).section(QStringLiteral(" · "), 1) : QString());
    showSelection();
}

void DriverPanel::setChartStyle(const ChartStyle& style) {
    PanelCard::setChartStyle(style);
    const Theme& theme = style.theme;
    m_delegate->setTheme(theme);
    m_note->setFont(style.textFont());
    setTextColour(*m_note, theme.muted);
    m_support->setFont(style.smallFont());
    setTextColour(*m_support, theme.muted);
    m_table->setFont(style.smallFont());
    m_table->horizontalHeader()->setFont(style.smallFont());
    fitColumns();
    QColor chosen = theme.accent;
    // Mixed, not transparent, so that the row looks the same under every style.
    constexpr double share = 0.18;
    const auto mixed = [&](int a, int b) { return static_cast<int>(share * a + (1 - share) * b); };
    chosen = QColor(mixed(chosen.red(), theme.card.red()), mixed(chosen.green(), theme.card.green()),
                    mixed(chosen.blue(), theme.card.blue()));
    // A style sheet of its own, because the window's would win over any palette. The arrow is in the text.
    const QString colours =
        QStringLiteral(
            "QTableView { background: %1; color: %2; border: none; selection-background-color: %4; "
            "selection-color: %2; }"
            "QTableView::item { padding: 0 3px; border: none; }"
            "QTableView::item:selected { background: %4; color: %2; }"
            "QHeaderView { background: %1; border: none; }"
            "QHeaderView::section { background: %1; color: %3; border: none; padding: 3px 3px; }"
            "QHeaderView::up-arrow, QHeaderView::down-arrow { image: none; width: 0; height: 0; }")
            .arg(theme.card.name(), theme.text.name(), theme.muted.name(), chosen.name());
    m_table->setStyleSheet(colours);
    m_table->viewport()->update();
}

void DriverPanel::fitColumns() {
    // As wide as what they say; the SNV's name takes what is left.
    const QFontMetrics metrics(m_table->font());
    m_table->horizontalHeader()->resizeSection(DriverListModel::VerdictColumn, 24);
    for (const int column : {DriverListModel::IsmColumn, DriverListModel::SlopeColumn,
                             DriverListModel::GainColumn, DriverListModel::HeldColumn}) {
        const QString title = m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
        int width = metrics.horizontalAdvance(title + QStringLiteral(" ↓"));
        for (int row = 0; row < m_model->rowCount(); ++row)
            width = std::max(width, metrics.horizontalAdvance(m_model->index(row, column).data().toString()));
        m_table->horizontalHeader()->resizeSection(column, width + 14);
    }
}

void DriverPanel::resizeEvent(QResizeEvent* event) {
    PanelCard::resizeEvent(event);
    // Where the SNVs' names need the room, the tooltip and the inspector say how often a verdict held.
    constexpr int roomy = 350;
    m_table->setColumnHidden(DriverListModel::HeldColumn, width() < roomy);
}

void DriverPanel::showSelection() {
    m_following = true;
    const std::optional<Variant> selected = m_selection.variant();
    const int row = selected ? m_model->rowOf(*selected) : -1;
    if (row < 0) {
        m_table->clearSelection();
        m_table->setCurrentIndex({});
    } else {
        const QModelIndex index = m_sorted->mapFromSource(m_model->index(row, 0));
        m_table->setCurrentIndex(index);
        m_table->scrollTo(index);
    }
    m_following = false;
}

QList<int> DriverPanel::rows(bool selectedOnly) const {
    QList<int> rows;
    const bool some = selectedOnly && m_table->selectionModel()->hasSelection();
    for (int row = 0; row < m_sorted->rowCount(); ++row) {
        const QModelIndex index = m_sorted->index(row, 0);
        if (!some || m_table->selectionModel()->isRowSelected(row))
            rows << m_sorted->mapToSource(index).row();
    }
    return rows;
}

void DriverPanel::copy() {
    QGuiApplication::clipboard()->setText(QString::fromUtf8(m_model->tsv(rows(true), false)));
}

void DriverPanel::saveTo(const QString& file) {
    m_session.jobs().run<QString>(
        tr("Saving %1").arg(file.section(QLatin1Char('/'), -1)), {}, JobRunner::Priority::Seen,
        [table = m_model->tsv(rows(false), true), file](const RunContext&) -> Result<QString> {
            DS_TRY(writeFileAtomically(
                file.toStdString(), std::string_view(table.constData(), static_cast<size_t>(table.size()))));
            return file;
        },
        this,
        [this](const Result<QString>& result) {
            if (result) {
                Q_EMIT saved(*result);
                return;
            }
            Q_EMIT failed(result.error());
            auto* box =
                new QMessageBox(QMessageBox::Warning, tr("The table was not saved"),
                                QString::fromStdString(result.error().what), QMessageBox::Ok, window());
            box->setTextFormat(Qt::PlainText);
            box->setInformativeText(QString::fromStdString(result.error().remedy));
            box->setAttribute(Qt::WA_DeleteOnClose);
            box->open();
        });
}

void DriverPanel::askAndSave() {
    const QString proposal =
        m_report ? geneFileStem(m_session.study().get(), m_report->gene) + QLatin1String("_drivers.tsv")
                 : QString();
    askForExport(
        m_session.jobs(), window(),
        {tr("Save drivers"), QFileDialog::AnyFile, proposal, QStringLiteral("tsv"), {tr("Tables (*.tsv)")}},
        m_session.study(), this, [this](const QString& file) { saveTo(file); });
}

void DriverPanel::openMenu(const QPoint& at) {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    addSortMenu(*menu, *m_table);
    menu->addAction(tr("Copy row\tCtrl+C"), this, &DriverPanel::copy);
    menu->addAction(tr("Copy table"), this, [this] {
        QGuiApplication::clipboard()->setText(QString::fromUtf8(m_model->tsv(rows(false), false)));
    });
    menu->addAction(tr("Save as TSV…"), this, &DriverPanel::askAndSave);
    menu->popup(m_table->viewport()->mapToGlobal(at));
}

} // namespace diploscope::ui
