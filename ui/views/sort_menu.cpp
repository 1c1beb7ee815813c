// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/sort_menu.h"

#include <QAction>
#include <QHeaderView>
#include <QMenu>
#include <QTableView>

namespace diploscope::ui {

void addSortMenu(QMenu& menu, QTableView& table) {
    QMenu* columns = menu.addMenu(QObject::tr("&Sort by"));
    const QHeaderView& header = *table.horizontalHeader();
    for (int place = 0; place < header.count(); ++place) {
        const int column = header.logicalIndex(place);
        const QString title = table.model()->headerData(column, Qt::Horizontal).toString();
        if (header.isSectionHidden(column) || title.isEmpty())
            continue;
        const bool leads = header.sortIndicatorSection() == column;
        const bool turns = leads && header.sortIndicatorOrder() == Qt::AscendingOrder;
        QAction* action = columns->addAction(title);
        action->setCheckable(true);
        action->setChecked(leads);
        QObject::connect(action, &QAction::triggered, &table, [&table, column, turns] {
            table.sortByColumn(column, turns ? Qt::DescendingOrder : Qt::AscendingOrder);
        });
    }
}

} // namespace diploscope::ui
