// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "guarded_application.h"
#include "viewmodels/language.h"

#include <memory>
#include <string>

namespace diploscope::gui {

/// The application object with the program's names and icon. \param offscreen on no display; \param scale
/// pixels for each device-independent one, 1 or more
[[nodiscard]] std::unique_ptr<ui::GuardedApplication> makeApplication(bool offscreen, int scale = 1);

/// \param word of the command line; empty: `otherwise` \error BadInput: it names no language that is spoken
[[nodiscard]] Result<ui::Language> askedLanguage(const std::string& word, ui::Language otherwise);

} // namespace diploscope::gui
