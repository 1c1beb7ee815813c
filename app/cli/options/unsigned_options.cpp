// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/options/unsigned_options.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>

namespace diploscope::cli {

namespace {

/// \return what is wrong with the text; empty where nothing is, and then it is as CLI11 reads it
std::string plainNumber(std::string& text) {
    uint64_t number = 0;
    const char* const end = text.data() + text.size();
    const auto [stopped, code] = std::from_chars(text.data(), end, number);
    if (text.empty() || stopped != end || code != std::errc())
        return fmt::format("\"{}\" is no whole number from 0 to {}. Write digits alone.", text,
                           std::numeric_limits<uint64_t>::max());
    text = std::to_string(number);
    return {};
}

/// Before units are looked at: digits, then a unit or none.
std::string unsignedSize(std::string& text) {
    const size_t unit = std::min(text.find_first_not_of("0123456789"), text.size());
    uint64_t number = 0;
    const auto [stopped, code] = std::from_chars(text.data(), text.data() + unit, number);
    if (unit == 0 || code != std::errc())
        return fmt::format("\"{}\" is no size. Write a whole number, with a unit or without: 500M, 1G.",
                           text);
    text = std::to_string(number) + text.substr(unit);
    return {};
}

/// Once it is in bytes.
std::string sizeOfAFile(std::string& text) {
    constexpr int64_t Most = std::numeric_limits<int64_t>::max();
    int64_t bytes = 0;
    const auto [stopped, code] = std::from_chars(text.data(), text.data() + text.size(), bytes);
    return code == std::errc() ? std::string()
                               : fmt::format("{} bytes are more than any file can have: {}.", text, Most);
}

CLI::Validator silent(std::string (*change)(std::string&)) {
    return {[change](std::string& text) { return change(text); }, ""};
}

} // namespace

CLI::Option* addSeedOption(CLI::App& command, uint64_t& seed, const std::string& help) {
    return command.add_option("--seed", seed, help)->capture_default_str()->transform(silent(plainNumber));
}

CLI::Option* addSizeOption(CLI::App& command, const std::string& name, int64_t& bytes,
                           const std::string& help) {
    // The last that is added changes the text first.
    return command.add_option(name, bytes, help)
        ->transform(silent(sizeOfAFile))
        ->transform(CLI::Validator(CLI::AsSizeValue(false)).description(""))
        ->transform(silent(unsignedSize))
        ->type_name("SIZE");
}

} // namespace diploscope::cli
