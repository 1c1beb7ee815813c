// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace diploscope {

/// Numbers texts that stand in many rows of a table: equal ones that go through it have one number. Adds to a
/// list that somebody else keeps, and may move what looks into it.
class TextIndex {
public:
    uint32_t add(std::vector<std::string>& texts, std::string text) {
        const auto [place, isNew] = m_numbers.emplace(std::move(text), static_cast<uint32_t>(texts.size()));
        if (isNew)
            texts.push_back(place->first);
        return place->second;
    }

private:
    std::unordered_map<std::string, uint32_t> m_numbers;
};

} // namespace diploscope
