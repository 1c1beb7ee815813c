// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace diploscope::ui {

/// What a brush does with what was selected before: drag, with Shift, with Ctrl, with both.
enum class BrushMode { Replace, Add, Subtract, Intersect };

/// What is selected then. \param chosen  what was brushed. Set: std::set, QSet
template <class Set>
[[nodiscard]] Set joined(const Set& before, const Set& chosen, BrushMode mode) {
    if (mode == BrushMode::Replace)
        return chosen;
    Set after;
    for (const auto& one : before)
        if (mode == BrushMode::Add || chosen.contains(one) == (mode == BrushMode::Intersect))
            after.insert(one);
    if (mode == BrushMode::Add)
        for (const auto& one : chosen)
            after.insert(one);
    return after;
}

/// How a click joins what was selected: alone; with Ctrl what was hit joins it or leaves it, and nowhere is
/// nothing. \param hit what was clicked; empty: an empty place
template <class Set>
[[nodiscard]] BrushMode clickMode(const Set& hit, const Set& selected, bool toggles) {
    if (!toggles)
        return BrushMode::Replace;
    return !hit.empty() && selected.contains(*hit.begin()) ? BrushMode::Subtract : BrushMode::Add;
}

} // namespace diploscope::ui
