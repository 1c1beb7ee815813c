// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QMenu;
class QTableView;

namespace diploscope::ui {

/// "Sort by" with the columns that a table shows: what a click on a heading does, for the menu key. The one
/// that leads is checked; chosen again it is turned round. \param table sorts; outlives the menu
void addSortMenu(QMenu& menu, QTableView& table);

} // namespace diploscope::ui
