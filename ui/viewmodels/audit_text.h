// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/experiment_work.h"

#include <QString>

/// What an audit found, in words.
namespace diploscope::ui {

/// "r = 0.97 of predictions with the sum of effects; residuals of sd 0.012, the largest +0.034 (NA1)"
[[nodiscard]] QString additivityText(const Audit& found, const std::vector<std::string>& people);
/// "2 of 5 drivers turned: 22:120 A>G, 22:130 C>T. R of the sum −0.49 → 0.33; ..."
[[nodiscard]] QString signCourtText(const Audit& found);

} // namespace diploscope::ui
