// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/checksum.h"

#include "base/input_file.h"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <xxhash.h>

#include <fstream>
#include <memory>
#include <vector>

namespace diploscope {

namespace {
template <class Bytes>
std::string hex(const Bytes& bytes) {
    std::string text;
    for (const uint8_t byte : bytes)
        text += fmt::format("{:02x}", byte);
    return text;
}

Digest canonicalDigest(XXH128_hash_t hash) {
    XXH128_canonical_t canonical;
    XXH128_canonicalFromHash(&canonical, hash);
    Digest digest{};
    std::copy(std::begin(canonical.digest), std::end(canonical.digest), digest.begin());
    return digest;
}
} // namespace

Digest digestOf(std::string_view bytes) {
    return canonicalDigest(XXH3_128bits(bytes.data(), bytes.size()));
}

struct DigestOfPieces::State {
    std::unique_ptr<XXH3_state_t, decltype(&XXH3_freeState)> hash{XXH3_createState(), &XXH3_freeState};
};

DigestOfPieces::DigestOfPieces() : m_state(std::make_unique<State>()) {
    XXH3_128bits_reset(m_state->hash.get());
}

DigestOfPieces::~DigestOfPieces() = default;

void DigestOfPieces::add(std::string_view bytes) {
    XXH3_128bits_update(m_state->hash.get(), bytes.data(), bytes.size());
}

Digest DigestOfPieces::digest() const {
    return canonicalDigest(XXH3_128bits_digest(m_state->hash.get()));
}

std::string toHex(const Digest& digest) {
    return hex(digest);
}

Result<std::string> sha256OfFile(const std::filesystem::path& file) {
    DS_TRY(checkRegularFile(file));
    errno = 0;
    std::ifstream stream(file, std::ios::binary);
    if (!stream)
        return cannotOpen(file);
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr);
    std::vector<char> buffer(1 << 20);
    while (stream) {
        stream.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
        EVP_DigestUpdate(context.get(), buffer.data(), static_cast<size_t>(stream.gcount()));
    }
    if (stream.bad())
        return fail(ErrorKind::Io, "Reading the file failed before its end.", file.string());
    std::array<uint8_t, 32> digest{};
    EVP_DigestFinal_ex(context.get(), digest.data(), nullptr);
    return hex(digest);
}

} // namespace diploscope
