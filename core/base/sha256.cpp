// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/sha256.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>
#include <cstdint>

namespace diploscope {

std::string sha256Of(std::string_view bytes) {
    std::array<uint8_t, 32> digest{};
    EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr, EVP_sha256(), nullptr);
    std::string text;
    for (const uint8_t byte : digest)
        text += fmt::format("{:02x}", byte);
    return text;
}

} // namespace diploscope
