// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/shell_word.h"

namespace diploscope {

std::string shellWord(std::string_view word) {
    const std::string_view home = word.starts_with("~/") ? word.substr(0, 2) : std::string_view();
    word.remove_prefix(home.size());
    constexpr std::string_view plain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.,:/=@%+";
    if ((!word.empty() || !home.empty()) && word.find_first_not_of(plain) == std::string_view::npos)
        return std::string(home).append(word);
    std::string quoted(home);
    quoted += '\'';
    for (const char letter : word)
        quoted += letter == '\'' ? std::string("'\\''") : std::string(1, letter);
    return quoted + "'";
}

} // namespace diploscope
