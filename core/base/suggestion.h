// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace diploscope {

/// Edits (insert, delete, replace, swap of neighbours) that turn one text into the other, upper and lower
/// case being equal. Stops counting beyond `limit` and then gives `limit + 1`.
[[nodiscard]] int editDistance(std::string_view a, std::string_view b, int limit);

/// The known names that a misspelt one was probably meant to be, nearest first, at most `most` of them.
/// Empty when nothing is near (more than a third of the letters, at least one, would have to change).
[[nodiscard]] std::vector<std::string> nearestNames(std::string_view name,
                                                    const std::vector<std::string>& known, size_t most = 3);

/// "`a`, `b` and 12 more": the first `most` of the items for a sentence.
[[nodiscard]] std::string listed(const std::vector<std::string>& items, size_t most = 5);

} // namespace diploscope
