// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "figures/figure_origin.h"
#include "figures/figure_sources.h"
#include "viewmodels/session.h"

namespace diploscope::ui {

/// Where what is shown comes from. \param session of an open study
[[nodiscard]] FigureOrigin originOf(const Session& session);
/// How whoever reads it anew gets at what is open. \param session the same
[[nodiscard]] SourceSettings sourcesOf(const Session& session);

} // namespace diploscope::ui
