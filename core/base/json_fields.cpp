// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json_fields.h"

#include "base/json_text.h"
#include "base/suggestion.h"

#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

namespace diploscope {

using nlohmann::json;

std::string suggestName(std::string_view name, const std::vector<std::string>& candidates) {
    const std::vector<std::string> near = nearestNames(name, candidates, 1);
    if (!near.empty())
        return fmt::format("Did you mean \"{}\"?", near.front());
    return fmt::format("Known are: {}.", fmt::join(candidates, ", "));
}

std::string shortJson(const json& value) {
    std::string text = jsonText(value);
    if (text.size() > 60)
        text.replace(57, std::string::npos, "...");
    return text;
}

Result<void> refuseNewer(const json& content, const std::string& key, int known, std::string_view what) {
    if (!content.is_object())
        return {};
    const auto format = content.find(key);
    const bool isNewer = format != content.end() && format->is_number_unsigned() &&
                         format->get<uint64_t>() > static_cast<uint64_t>(known);
    if (!isNewer)
        return {};
    return fail(ErrorKind::Unsupported,
                fmt::format("{} has format {}; this program reads formats up to {}.", what,
                            shortJson(*format), known),
                key, "Open it with a newer version of the program.");
}

JsonFields::JsonFields(const json& value, std::string path) : m_value(&value), m_path(std::move(path)) {}

Result<JsonFields> JsonFields::open(const json& value, std::string path, std::vector<std::string> known) {
    if (!value.is_object())
        return fail(ErrorKind::BadInput,
                    fmt::format("Expected an object {{...}}, found {}.", shortJson(value)), std::move(path));
    for (const auto& [key, unused] : value.items())
        if (std::find(known.begin(), known.end(), key) == known.end())
            return fail(ErrorKind::BadInput, fmt::format("Unknown key \"{}\".", key), std::move(path),
                        suggestName(key, known));
    return JsonFields(value, std::move(path));
}

bool JsonFields::has(const std::string& key) const {
    const auto found = m_value->find(key);
    return found != m_value->end() && !found->is_null();
}

std::string JsonFields::pathOf(const std::string& key) const {
    return m_path.empty() ? key : m_path + "." + key;
}

Failure JsonFields::wrong(const std::string& key, const std::string& expected) const {
    if (!m_value->contains(key))
        return fail(ErrorKind::BadInput, fmt::format("The key is missing; it must be {}.", expected),
                    pathOf(key));
    return fail(ErrorKind::BadInput, fmt::format("Expected {}, found {}.", expected, shortJson(at(key))),
                pathOf(key));
}

Result<int64_t> JsonFields::integer(const std::string& key, int64_t least, int64_t most,
                                    std::optional<int64_t> byDefault) const {
    if (!has(key) && byDefault)
        return *byDefault;
    const auto expected = [&] {
        return most == std::numeric_limits<int64_t>::max()
                   ? fmt::format("a whole number, at least {}", least)
                   : fmt::format("a whole number from {} to {}", least, most);
    };
    if (!has(key) || !at(key).is_number_integer())
        return wrong(key, expected());
    // A number above int64 would wrap when read as one.
    if (at(key).is_number_unsigned() &&
        at(key).get<uint64_t>() > uint64_t{std::numeric_limits<int64_t>::max()})
        return wrong(key, expected());
    const auto value = at(key).get<int64_t>();
    if (value < least || value > most)
        return wrong(key, expected());
    return value;
}

Result<double> JsonFields::number(const std::string& key, std::optional<double> byDefault) const {
    if (!has(key) && byDefault)
        return *byDefault;
    if (!has(key) || !at(key).is_number() || !std::isfinite(at(key).get<double>()))
        return wrong(key, "a number");
    return at(key).get<double>();
}

Result<bool> JsonFields::boolean(const std::string& key, bool byDefault) const {
    if (!has(key))
        return byDefault;
    if (!at(key).is_boolean())
        return wrong(key, "true or false");
    return at(key).get<bool>();
}

Result<std::string> JsonFields::text(const std::string& key, std::optional<std::string> byDefault) const {
    // Null is no text, though elsewhere it counts as absent: whoever writes it means something else.
    if (!m_value->contains(key) && byDefault)
        return *byDefault;
    if (!has(key) || !at(key).is_string())
        return wrong(key, "a text");
    auto value = at(key).get<std::string>();
    if (value.empty() && !byDefault)
        return wrong(key, "a text that is not empty");
    return value;
}

Result<size_t> JsonFields::choice(const std::string& key, const std::vector<std::string>& allowed,
                                  std::optional<size_t> byDefault) const {
    if (!has(key) && byDefault)
        return *byDefault;
    if (has(key) && at(key).is_string()) {
        const auto found = std::find(allowed.begin(), allowed.end(), at(key).get<std::string>());
        if (found != allowed.end())
            return static_cast<size_t>(found - allowed.begin());
    }
    return wrong(key, fmt::format("one of \"{}\"", fmt::join(allowed, "\", \"")));
}

Result<std::vector<int>> JsonFields::integers(const std::string& key, int least, int most,
                                              std::optional<std::vector<int>> byDefault) const {
    if (!has(key) && byDefault)
        return *byDefault;
    const std::string expected = fmt::format("a list of whole numbers from {} to {}", least, most);
    if (!has(key) || !at(key).is_array() || at(key).empty())
        return wrong(key, expected);
    std::vector<int> values;
    for (const json& item : at(key)) {
        if (!item.is_number_integer() || item.get<int64_t>() < least || item.get<int64_t>() > most)
            return wrong(key, expected);
        values.push_back(item.get<int>());
    }
    return values;
}

} // namespace diploscope
