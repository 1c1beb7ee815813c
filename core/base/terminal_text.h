// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace diploscope {

/// A text from outside (a file's name, a gene, a person) as a terminal or a log may have it: control
/// characters of ASCII and Latin-1, which move cursors, rename windows and paste commands, and marks that
/// turn the direction of writing become `\u001b`, bytes that are no UTF-8 `\xe9`. JSON stays the same JSON.
/// \param keepLines  newlines and tabs stay, for texts of several lines
[[nodiscard]] std::string terminalText(std::string_view text, bool keepLines = false);

} // namespace diploscope
