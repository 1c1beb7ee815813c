// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <initializer_list>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace diploscope {

/// "Did you mean "stride"?" or "Known are: a, b.": the end of an error about an unknown name.
[[nodiscard]] std::string suggestName(std::string_view name, const std::vector<std::string>& candidates);

/// One JSON object, read strictly: every key must be known, every value of its type and within its range.
/// Errors are BadInput and carry the JSON path ("layers[3].conv1d.width") as `where`. Borrows the document.
class JsonFields {
public:
    /// \error BadInput when `value` is no object or holds a key outside `known` (with the nearest known one).
    [[nodiscard]] static Result<JsonFields> open(const nlohmann::json& value, std::string path,
                                                 std::vector<std::string> known);

    [[nodiscard]] bool has(const std::string& key) const;
    [[nodiscard]] const nlohmann::json& at(const std::string& key) const { return (*m_value)[key]; }
    /// "layers[3].conv1d.width"
    [[nodiscard]] std::string pathOf(const std::string& key) const;

    // Without a default the key is required.
    [[nodiscard]] Result<int64_t> integer(const std::string& key, int64_t least, int64_t most,
                                          std::optional<int64_t> byDefault = std::nullopt) const;
    [[nodiscard]] Result<double> number(const std::string& key,
                                        std::optional<double> byDefault = std::nullopt) const;
    [[nodiscard]] Result<bool> boolean(const std::string& key, bool byDefault) const;
    [[nodiscard]] Result<std::string> text(const std::string& key,
                                           std::optional<std::string> byDefault = std::nullopt) const;
    /// One of `allowed`; returns its index.
    [[nodiscard]] Result<size_t> choice(const std::string& key, const std::vector<std::string>& allowed,
                                        std::optional<size_t> byDefault = std::nullopt) const;
    /// A list of whole numbers in [least, most].
    [[nodiscard]] Result<std::vector<int>>
    integers(const std::string& key, int least, int most,
             std::optional<std::vector<int>> byDefault = std::nullopt) const;

private:
    JsonFields(const nlohmann::json& value, std::string path);
    [[nodiscard]] Failure wrong(const std::string& key, const std::string& expected) const;

    const nlohmann::json* m_value;
    std::string m_path;
};

/// Refuses a file of a format to come, before its keys are read, of which this program does not know those.
/// \param key that says the format, a whole number; whether it is there at all is another question
/// \param what of the file, in words: "The session" \error Unsupported
[[nodiscard]] Result<void> refuseNewer(const nlohmann::json& content, const std::string& key, int known,
                                       std::string_view what);

/// A JSON value as an error shows it: at most 60 characters.
[[nodiscard]] std::string shortJson(const nlohmann::json& value);

} // namespace diploscope
