// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "study/recognise.h"

#include <string_view>

namespace diploscope {

/// Recognises text in columns: annotation, expression, covariates, sample map, eQTL and fine-mapping tables,
/// tracks.
/// Fills kind, description and facts of `found`.
/// \param text complete lines from the beginning of the file. \param whole they are all there are
void recogniseTable(std::string_view text, bool whole, RecognisedFile& found);

} // namespace diploscope
