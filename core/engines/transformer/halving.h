// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <algorithm>
#include <cstdint>
#include <exception>
#include <string_view>

namespace diploscope {

/// Whether the text of an exception, of whatever library, says that memory ran out.
[[nodiscard]] inline bool saysOutOfMemory(std::string_view text) {
    for (const std::string_view words : {"out of memory", "allocate memory", "bad_alloc"})
        if (text.find(words) != std::string_view::npos)
            return true;
    return false;
}

/// How much more was asked for, "2.00 GiB", as LibTorch says of a card; empty where the text does not tell.
[[nodiscard]] inline std::string_view memoryAskedFor(std::string_view text) {
    constexpr std::string_view before = "Tried to allocate ";
    const size_t at = text.find(before);
    if (at == std::string_view::npos)
        return {};
    text.remove_prefix(at + before.size());
    return text.substr(0, text.find(". "));
}

/// Calls `work(begin, size)`, which returns a Result<void>, for consecutive parts of [0, count) of at most
/// `batch`. Where it throws because memory runs out, `batch` is halved, for good, and the part is done again.
/// Throws on when one at a time is too much, and what else `work` throws. \error what `work` gives
template <class Work>
[[nodiscard]] Result<void> inHalvedBatches(int64_t count, int64_t& batch, Work&& work) {
    for (int64_t begin = 0; begin < count;) {
        const int64_t size = std::min(batch, count - begin);
        try {
            DS_TRY(work(begin, size));
            begin += size;
        } catch (const std::exception& error) {
            if (size <= 1 || !saysOutOfMemory(error.what()))
                throw;
            batch = size / 2;
        }
    }
    return {};
}

} // namespace diploscope
