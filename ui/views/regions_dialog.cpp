// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/regions_dialog.h"

#include "viewmodels/gene_text.h"
#include "views/dialog_parts.h"
#include "views/plain_item_delegate.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace diploscope::ui {
namespace {

enum RegionColumn { NameColumn, PlaceColumn, NoteColumn, RegionColumnCount };

} // namespace

RegionsDialog::RegionsDialog(QWidget* parent) : QDialog(parent), m_table(new QTableWidget) {
    setWindowTitle(tr("Regions of interest"));
    m_table->setObjectName(QStringLiteral("regionList"));
    m_table->setAccessibleName(windowTitle());
    m_table->setColumnCount(RegionColumnCount);
    m_table->setHorizontalHeaderLabels({tr("Name"), tr("Place"), tr("Note")});
    m_table->setItemDelegate(new PlainItemDelegate(m_table));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setSectionResizeMode(PlaceColumn, QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setStretchLastSection(true);
    connect(m_table, &QTableWidget::cellChanged, this, &RegionsDialog::take);
    connect(m_table, &QTableWidget::itemSelectionChanged, this, &RegionsDialog::showButtons);

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    const auto add = [buttons](const QString& text, const char* name) {
        QPushButton* button = buttons->addButton(text, QDialogButtonBox::ActionRole);
        button->setObjectName(QLatin1String(name));
        button->setAutoDefault(false);
        return button;
    };
    m_add = add(tr("&Add what is seen"), "addRegion");
    m_remove = add(tr("&Remove"), "removeRegion");
    m_show = add(tr("&Show"), "showRegion");
    m_export = add(tr("Save as &BED…"), "exportRegions");
    buttons->button(QDialogButtonBox::Close)->setAutoDefault(false);
    connect(m_add, &QPushButton::clicked, this, [this] {
        std::vector<RegionOfInterest> next = m_regions;
        next.push_back({*m_seen, tr("region %1").arg(next.size() + 1).toStdString(), {}});
        Q_EMIT changed(tr("Add a region of interest"), next);
    });
    connect(m_remove, &QPushButton::clicked, this, [this] {
        std::vector<RegionOfInterest> next = m_regions;
        next.erase(next.begin() + static_cast<std::ptrdiff_t>(*current()));
        Q_EMIT changed(tr("Remove a region of interest"), next);
    });
    connect(m_show, &QPushButton::clicked, this, [this] { Q_EMIT showWanted(m_regions[*current()].region); });
    connect(m_export, &QPushButton::clicked, this, &RegionsDialog::exportWanted);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* all = new QVBoxLayout(this);
    all->addWidget(m_table, 1);
    all->addWidget(buttons);
    resize(640, 320);
    showButtons();
}

std::optional<size_t> RegionsDialog::current() const {
    const int row = m_table->currentRow();
    return row < 0 || static_cast<size_t>(row) >= m_regions.size() ? std::nullopt
                                                                   : std::optional(static_cast<size_t>(row));
}

void RegionsDialog::setRegions(const std::vector<RegionOfInterest>& regions) {
    if (regions == m_regions && m_table->rowCount() == static_cast<int>(regions.size()))
        return;
    const QScopedValueRollback filling(m_filling, true);
    const int row = m_table->currentRow();
    m_regions = regions;
    m_table->setRowCount(static_cast<int>(regions.size()));
    for (int r = 0; r < m_table->rowCount(); ++r) {
        const RegionOfInterest& marked = m_regions[static_cast<size_t>(r)];
        write(r, NameColumn, QString::fromStdString(marked.name));
        write(r, PlaceColumn, regionText(marked.region));
        write(r, NoteColumn, QString::fromStdString(marked.note));
    }
    m_table->setCurrentCell(std::min(std::max(row, 0), m_table->rowCount() - 1), NameColumn);
    showButtons();
}

/// An item stays the same one: it may be the one that tells of its change.
void RegionsDialog::write(int row, int column, const QString& text) {
    QTableWidgetItem* item = m_table->item(row, column);
    if (item == nullptr) {
        item = new QTableWidgetItem;
        if (column == PlaceColumn)
            item->setFlags(item->flags() & ~Qt::ItemIsEditable);
        m_table->setItem(row, column, item);
    }
    if (item->text() != text)
        item->setText(text);
}

void RegionsDialog::setSeen(const std::optional<Region>& seen) {
    m_seen = seen;
    showButtons();
}

void RegionsDialog::take(int row, int column) {
    if (m_filling)
        return;
    std::vector<RegionOfInterest> next = m_regions;
    const std::string text = m_table->item(row, column)->text().toStdString();
    RegionOfInterest& marked = next.at(static_cast<size_t>(row));
    (column == NameColumn ? marked.name : marked.note) = text;
    if (next != m_regions)
        Q_EMIT changed(column == NameColumn ? tr("Name a region of interest")
                                            : tr("Note on a region of interest"),
                       next);
}

void RegionsDialog::showButtons() {
    m_add->setEnabled(m_seen.has_value());
    m_remove->setEnabled(current().has_value());
    m_show->setEnabled(current().has_value());
    m_export->setEnabled(!m_regions.empty());
}

} // namespace diploscope::ui
