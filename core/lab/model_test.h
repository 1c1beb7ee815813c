// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/predictor.h"

#include <string>
#include <vector>

namespace diploscope {

/// One thing that everything behind a model relies on, and whether it is so.
struct ModelCheck {
    enum class Outcome { Passed, Failed, Told };
    std::string name; ///< "determinism"
    Outcome outcome = Outcome::Told;
    std::string found;  ///< a clause: "4 sequences twice, the same to the last digit"
    std::string remedy; ///< of what failed
};

/// Asks a model for sequences that are made up and looks at what it gives: that it answers, the shape,
/// whether the same sequence always has the same values, whatever it stands beside; N; strands; single edits
/// of the reference; gradients; how fast it is. Values may differ by 1e-5 of the largest (rounding). Ends
/// with the first check without which the others cannot be made. \param output the score \error Cancelled;
/// Unsupported for a model that is a table
[[nodiscard]] Result<std::vector<ModelCheck>> testModel(const Predictor& model, const OutputChoice& output,
                                                        const RunContext& context);

} // namespace diploscope
