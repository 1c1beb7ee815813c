// SPDX-License-Identifier: GPL-3.0-or-later
#include "figure/figure_design.h"

#include <algorithm>
#include <utility>

namespace diploscope {

int FigureDesign::columnCount() const {
    int count = std::max(1, static_cast<int>(columnWidths.size()));
    for (const PanelDesign& panel : panels)
        count = std::max(count, panel.column + panel.columns - 1);
    return count;
}

int FigureDesign::rowCount() const {
    int count = std::max(1, static_cast<int>(rowHeights.size()));
    for (const PanelDesign& panel : panels)
        count = std::max(count, panel.row + panel.rows - 1);
    return count;
}

std::string FigureDesign::letterOf(size_t panel) const {
    constexpr size_t alphabet = 26;
    if (letters == Letters::None || (letters == Letters::Automatic && panels.size() < 2))
        return {};
    const char first = letters == Letters::Upper ? 'A' : 'a';
    // As spreadsheets count columns: a, ..., z, aa, ab.
    std::string letter;
    for (size_t number = panel + static_cast<size_t>(firstLetter - 'a') + 1; number > 0;
         number = (number - 1) / alphabet)
        letter.insert(letter.begin(), static_cast<char>(first + static_cast<char>((number - 1) % alphabet)));
    return letter;
}

FigureDesign designOf(PanelDesign panel) {
    FigureDesign design;
    design.study = std::exchange(panel.study, {});
    design.model = std::exchange(panel.model, {});
    design.gene = std::exchange(panel.gene, {});
    design.panels.push_back(std::move(panel));
    return design;
}

} // namespace diploscope
