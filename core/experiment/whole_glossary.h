// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/column_glossary.h"

#include <vector>

namespace diploscope {

/// Every table that the program writes and whose columns are fixed, with all of them: what `diploscope
/// columns` and the guide tell of.
[[nodiscard]] std::vector<GlossaryTable> wholeGlossary();

} // namespace diploscope
