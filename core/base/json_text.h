// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <nlohmann/json.hpp>

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

/// The one place where JSON of others becomes values, and values text: no exception leaves it, and nothing
/// that it lets through is too deep to copy, print or destroy.
namespace diploscope {

struct JsonLimits {
    size_t bytes = size_t{16} << 20; ///< of text
    size_t values = size_t{4} << 20; ///< numbers, texts, lists and objects together; some 16 bytes each
    int depth = 64;                  ///< of lists and objects in each other
};

/// \param where the file's name, or whatever else holds the text.
/// \error BadInput with line and column (from 1): no JSON, a number beyond double's range, a key that stands
/// twice in one object (JSON lets one of them win silently), beyond the limits
[[nodiscard]] Result<nlohmann::json> parseJson(std::string_view text, const std::string& where,
                                               const JsonLimits& limits = {});

/// The same of a whole file, or of a shell's pipe as readNamedFile() takes it. \error NotFound, Io as well
[[nodiscard]] Result<nlohmann::json> readJsonFile(const std::filesystem::path& file,
                                                  const JsonLimits& limits = {});

/// A JSON value (of nlohmann's) as text. dump() by itself throws where a string is no UTF-8: names of files
/// can be anything, and a message cut to a length may end within a character. Here U+FFFD stands for such
/// bytes. Nothing else in the program calls dump() on what may hold text of others.
/// \param indent  spaces a level; -1: all on one line
template <class Json>
[[nodiscard]] std::string jsonText(const Json& value, int indent = -1) {
    return value.dump(indent, ' ', false, Json::error_handler_t::replace);
}

} // namespace diploscope
