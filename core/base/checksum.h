// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace diploscope {

/// 128-bit content digest (XXH3): identifies sequences and models in the cache. Not cryptographic.
using Digest = std::array<uint8_t, 16>;

[[nodiscard]] Digest digestOf(std::string_view bytes);
[[nodiscard]] std::string toHex(const Digest& digest);

/// digestOf() bytes that come in pieces.
class DigestOfPieces {
public:
    DigestOfPieces();
    ~DigestOfPieces();
    DigestOfPieces(const DigestOfPieces&) = delete;
    DigestOfPieces& operator=(const DigestOfPieces&) = delete;

    void add(std::string_view bytes);
    [[nodiscard]] Digest digest() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// SHA-256 of a file, lower-case hex: the `sha256` of a model.json and of provenance records.
/// \error NotFound or Io when the file cannot be read.
[[nodiscard]] Result<std::string> sha256OfFile(const std::filesystem::path& file);

} // namespace diploscope
