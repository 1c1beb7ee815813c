// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/suggestion.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

namespace diploscope {

namespace {
// ASCII only and independent of the locale: gene symbols and keys are ASCII.
char lower(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}
} // namespace

int editDistance(std::string_view a, std::string_view b, int limit) {
    const int lengthA = static_cast<int>(a.size());
    const int lengthB = static_cast<int>(b.size());
    if (std::abs(lengthA - lengthB) > limit)
        return limit + 1;
    // Three rows of the optimal-string-alignment table: a swap of neighbours looks two rows back.
    std::vector<int> before(b.size() + 1), above(b.size() + 1), row(b.size() + 1);
    for (int j = 0; j <= lengthB; ++j)
        above[size_t(j)] = j;
    for (int i = 1; i <= lengthA; ++i) {
        row[0] = i;
        int best = i;
        for (int j = 1; j <= lengthB; ++j) {
            const char letterA = lower(a[size_t(i - 1)]);
            const char letterB = lower(b[size_t(j - 1)]);
            int cost = std::min({above[size_t(j)] + 1, row[size_t(j - 1)] + 1,
                                 above[size_t(j - 1)] + (letterA == letterB ? 0 : 1)});
            if (i > 1 && j > 1 && letterA == lower(b[size_t(j - 2)]) && lower(a[size_t(i - 2)]) == letterB)
                cost = std::min(cost, before[size_t(j - 2)] + 1);
            row[size_t(j)] = cost;
            best = std::min(best, cost);
        }
        if (best > limit)
            return limit + 1;
        std::swap(before, above);
        std::swap(above, row);
    }
    return std::min(above[b.size()], limit + 1);
}

std::vector<std::string> nearestNames(std::string_view name, const std::vector<std::string>& known,
                                      size_t most) {
    const int limit = std::max(1, static_cast<int>(name.size()) / 3);
    std::vector<std::pair<int, std::string>> near;
    for (const std::string& candidate : known) {
        const int distance = editDistance(name, candidate, limit);
        if (distance <= limit)
            near.emplace_back(distance, candidate);
    }
    std::sort(near.begin(), near.end());
    near.erase(std::unique(near.begin(), near.end()), near.end());
    std::vector<std::string> names;
    for (size_t i = 0; i < near.size() && i < most; ++i)
        names.push_back(std::move(near[i].second));
    return names;
}

std::string listed(const std::vector<std::string>& items, size_t most) {
    std::string text;
    const size_t shown = std::min(items.size(), most);
    for (size_t i = 0; i < shown; ++i) {
        const bool last = i + 1 == items.size();
        text += fmt::format("{}`{}`", i == 0 ? "" : last ? " and " : ", ", items[i]);
    }
    if (items.size() > shown)
        text += fmt::format(" and {} more", items.size() - shown);
    return text;
}

} // namespace diploscope
