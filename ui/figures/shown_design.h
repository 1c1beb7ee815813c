// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "figures/figure_entry.h"

namespace diploscope::ui {

/// What a figure of these data would be specified as, as far as they say it: which choices were made of those
/// that change the picture (FigureChoices), of which gene under which model. Of no study: data do not say
/// where theirs is.
[[nodiscard]] PanelDesign shownDesign(const FigureEntry& entry, const FigureSpec& spec);

} // namespace diploscope::ui
