// SPDX-License-Identifier: GPL-3.0-or-later
#include "sequence/edit.h"

#include <algorithm>

namespace diploscope {

std::string applyEdits(std::string_view bases, const EditList& edits, int64_t origin) {
    std::string edited;
    edited.reserve(bases.size() + 64);
    const auto end = static_cast<int64_t>(bases.size());
    int64_t done = 0; // reference bases used up
    for (const Edit& edit : edits) {
        const int64_t start = edit.offset - origin;
        if (start < done || start >= end)
            continue;
        edited.append(bases, static_cast<size_t>(done), static_cast<size_t>(start - done));
        const int64_t available = end - start;
        if (edit.refLength > available)
            edited.append(edit.alt, 0, static_cast<size_t>(available));
        else
            edited.append(edit.alt);
        done = std::min(end, start + edit.refLength);
    }
    edited.append(bases.substr(static_cast<size_t>(done)));
    return edited;
}

} // namespace diploscope
