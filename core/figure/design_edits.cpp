// SPDX-License-Identifier: GPL-3.0-or-later
#include "figure/design_edits.h"

#include <algorithm>
#include <initializer_list>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace diploscope {
namespace {

constexpr int usualColumns = 2;

bool covers(const PanelDesign& panel, int row, int column) {
    return row >= panel.row && row < panel.row + panel.rows && column >= panel.column &&
           column < panel.column + panel.columns;
}

/// Whether all its cells are its own.
bool isApart(const FigureDesign& design, size_t panel) {
    const PanelDesign& own = design.panels[panel];
    for (size_t i = 0; i < design.panels.size(); ++i)
        for (int row = own.row; i != panel && row < own.row + own.rows; ++row)
            for (int column = own.column; column < own.column + own.columns; ++column)
                if (covers(design.panels[i], row, column))
                    return false;
    return true;
}

/// Closes up rows, or columns, in which no panel is; their shares go, too.
void closeUp(FigureDesign& design, int PanelDesign::*from, int PanelDesign::*span,
             std::vector<double>& shares) {
    int last = 0;
    for (const PanelDesign& panel : design.panels)
        last = std::max(last, panel.*from + panel.*span - 1);
    for (int line = last; line >= 1; --line) {
        const bool isUsed =
            std::any_of(design.panels.begin(), design.panels.end(), [&](const PanelDesign& panel) {
                return panel.*from <= line && line < panel.*from + panel.*span;
            });
        if (isUsed)
            continue;
        for (PanelDesign& panel : design.panels)
            if (panel.*from > line)
                --(panel.*from);
        if (static_cast<size_t>(line) <= shares.size())
            shares.erase(shares.begin() + (line - 1));
        --last;
    }
    // A grid that somebody divided keeps its shares, and what is new takes as much as the last.
    if (!shares.empty())
        shares.resize(static_cast<size_t>(std::max(last, 1)), shares.back());
}

/// In the order in which they are read. \return where `panel` is then
size_t settle(FigureDesign& design, size_t panel) {
    closeUp(design, &PanelDesign::row, &PanelDesign::rows, design.rowHeights);
    closeUp(design, &PanelDesign::column, &PanelDesign::columns, design.columnWidths);
    const auto place = [&](size_t i) { return std::pair(design.panels[i].row, design.panels[i].column); };
    std::vector<size_t> order(design.panels.size());
    for (size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return place(a) < place(b); });
    std::vector<PanelDesign> sorted;
    size_t now = 0;
    for (size_t i = 0; i < order.size(); ++i) {
        if (order[i] == panel)
            now = i;
        sorted.push_back(std::move(design.panels[order[i]]));
    }
    design.panels = std::move(sorted);
    return now;
}

/// What one says of itself is said by the whole where all others have said so themselves, else by the panel.
template <class Value>
void say(FigureDesign& design, Value FigureDesign::*whole, PanelDesign& panel, Value PanelDesign::*own,
         const Value& word) {
    const bool isFree = (design.*whole).empty() &&
                        std::none_of(design.panels.begin(), design.panels.end(),
                                     [&](const PanelDesign& other) { return (other.*own).empty(); });
    if (isFree)
        design.*whole = word;
    else if (word != design.*whole)
        panel.*own = word;
}

} // namespace

std::optional<size_t> panelAt(const FigureDesign& design, int row, int column) {
    for (size_t i = 0; i < design.panels.size(); ++i)
        if (covers(design.panels[i], row, column))
            return i;
    return std::nullopt;
}

size_t addPanel(FigureDesign& design, const FigureDesign& single) {
    PanelDesign panel = single.panels.front();
    if (design.panels.empty()) {
        design.study.clear();
        design.model.clear();
        design.gene.clear();
        design.scores.clear();
    }
    say(design, &FigureDesign::study, panel, &PanelDesign::study, single.study);
    say(design, &FigureDesign::model, panel, &PanelDesign::model, single.model);
    if (design.gene.empty()) // of panels that are of all genes
        design.gene = single.gene;
    else if (single.gene != design.gene)
        panel.gene = single.gene;
    for (const auto& [model, request] : single.scores)
        design.scores[model] = request;
    if (single.statistics != FigureDesign::Statistics{})
        design.statistics = single.statistics;
    const int columns = std::max(usualColumns, design.columnCount());
    panel.rows = panel.columns = 1;
    for (int cell = 0;; ++cell) {
        panel.row = cell / columns + 1;
        panel.column = cell % columns + 1;
        if (!panelAt(design, panel.row, panel.column))
            break;
    }
    design.panels.push_back(std::move(panel));
    return settle(design, design.panels.size() - 1);
}

void removePanel(FigureDesign& design, size_t panel) {
    design.panels.erase(design.panels.begin() + static_cast<std::ptrdiff_t>(panel));
    settle(design, 0);
}

size_t movePanel(FigureDesign& design, size_t panel, int row, int column) {
    PanelDesign& own = design.panels[panel];
    row = std::clamp(row, 1, design.rowCount() + 1);
    column = std::clamp(column, 1, design.columnCount() + 1);
    const std::optional<size_t> there = panelAt(design, row, column);
    if (there == panel)
        return panel;
    if (there) {
        PanelDesign& other = design.panels[*there];
        std::swap(own.row, other.row);
        std::swap(own.column, other.column);
        std::swap(own.rows, other.rows);
        std::swap(own.columns, other.columns);
    } else {
        own.row = row;
        own.column = column;
        if (!isApart(design, panel))
            own.rows = own.columns = 1; // the cell itself is free
    }
    return settle(design, panel);
}

bool resizePanel(FigureDesign& design, size_t panel, int rows, int columns) {
    PanelDesign& own = design.panels[panel];
    const auto before = std::pair(own.rows, own.columns);
    std::tie(own.rows, own.columns) = std::pair(std::max(rows, 1), std::max(columns, 1));
    if (!isApart(design, panel)) {
        std::tie(own.rows, own.columns) = before;
        return false;
    }
    settle(design, panel);
    return true;
}

TemplateDesign templateOf(FigureDesign design) {
    TemplateDesign made;
    const auto leaveOut = [&](auto& choice) {
        const std::remove_reference_t<decltype(choice)> none{};
        if (choice != none) {
            choice = none;
            ++made.leftOut;
        }
    };
    design.study.clear();
    design.model.clear();
    design.gene.clear();
    design.scores.clear();
    const auto isWord = [](const std::string& text, std::initializer_list<const char*> words) {
        return std::any_of(words.begin(), words.end(), [&](const char* word) { return text == word; });
    };
    for (PanelDesign& panel : design.panels) {
        leaveOut(panel.variants);
        leaveOut(panel.people);
        leaveOut(panel.region);
        leaveOut(panel.marks);
        leaveOut(panel.ldReferences);
        leaveOut(panel.eqtlGiven);
        leaveOut(panel.edits);
        if (panel.ablate.size() != 1 || !isWord(panel.ablate.front(), {"drivers", "unsupported"}))
            leaveOut(panel.ablate);
        if (!isWord(panel.saturate, {"tss"}))
            leaveOut(panel.saturate);
        if (!isWord(panel.background, {"reference"}))
            leaveOut(panel.background);
        leaveOut(panel.xLimits);
        leaveOut(panel.yLimits);
        leaveOut(panel.chartLimits);
    }
    made.design = std::move(design);
    return made;
}

FigureDesign applied(FigureDesign design, const std::filesystem::path& study, const std::string& model,
                     const std::string& gene) {
    design.study = study;
    if (!model.empty())
        design.model = model;
    if (!gene.empty())
        design.gene = gene;
    return design;
}

} // namespace diploscope
