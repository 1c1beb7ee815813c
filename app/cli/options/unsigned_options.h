// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace CLI {
class App;
class Option;
} // namespace CLI

namespace diploscope::cli {

/// `--seed`: a whole number from 0 to 2^64 - 1 in decimal digits, and nothing else: CLI11 takes -1 for
/// 18446744073709551615, 010 for 8, and every number that is too large for the largest one.
CLI::Option* addSeedOption(CLI::App& command, uint64_t& seed, const std::string& help);

/// A size in bytes, with a unit or without: 500M, 1G. No sign, and no more than a file can have.
CLI::Option* addSizeOption(CLI::App& command, const std::string& name, int64_t& bytes,
                           const std::string& help);

} // namespace diploscope::cli
