// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace diploscope {

/// A word as a shell reads it back; `~/` at its beginning stays the user's home.
[[nodiscard]] std::string shellWord(std::string_view word);

} // namespace diploscope
