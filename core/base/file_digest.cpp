// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/file_digest.h"

#include "base/atomic_file.h"
#include "base/input_file.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <xxhash.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <memory>
#include <optional>
#include <vector>

namespace diploscope {

namespace fs = std::filesystem;

namespace {

/// Longer than the step of any file system's clock.
constexpr int64_t SettledNs = 3'000'000'000;

int64_t nanoseconds(const timespec& time) {
    return int64_t{time.tv_sec} * 1'000'000'000 + int64_t{time.tv_nsec};
}

/// A clock that was put back leaves files in the future: never settled, only read again.
bool isSettled(const FileState& state) {
    const auto now = std::chrono::duration_cast<std::chrono::nanoseconds>(
        std::chrono::system_clock::now().time_since_epoch());
    return int64_t{now.count()} - std::max(state.modified, state.changed) > SettledNs;
}

std::string stateText(const FileState& state) {
    return fmt::format("{} {} {}", state.size, state.modified, state.changed);
}

/// By device and inode, so that a file in a folder that was moved is known.
fs::path memoryOf(const FileState& state, const fs::path& memory) {
    return memory / fmt::format("{:x}-{:x}", state.device, state.inode);
}

std::optional<Digest> remembered(const FileState& state, const fs::path& memory) {
    const auto text = readWholeFile(memoryOf(state, memory));
    const std::string head = stateText(state) + " ";
    Digest digest{};
    if (!text || !text->starts_with(head) || text->size() != head.size() + 2 * digest.size() + 1)
        return std::nullopt;
    const std::string hex = text->substr(head.size());
    for (size_t i = 0; i < digest.size(); ++i) {
        const std::string byte = hex.substr(2 * i, 2);
        if (byte.find_first_not_of("0123456789abcdef") != std::string::npos)
            return std::nullopt;
        digest[i] = static_cast<uint8_t>(std::stoi(byte, nullptr, 16));
    }
    return digest;
}

} // namespace

Result<FileState> FileState::of(const fs::path& file) {
    struct stat found {};
    if (stat(file.c_str(), &found) != 0)
        return fail(ErrorKind::NotFound, "The file cannot be found.", file.string(),
                    "Check the name, and that you may read it.");
    return FileState{uint64_t{found.st_dev}, uint64_t{found.st_ino}, int64_t{found.st_size},
                     nanoseconds(found.st_mtim), nanoseconds(found.st_ctim)};
}

Result<Digest> digestOfFile(const fs::path& file, const RunContext& context) {
    DS_TRY(checkRegularFile(file));
    errno = 0;
    std::ifstream stream(file, std::ios::binary);
    if (!stream)
        return cannotOpen(file);
    std::error_code error;
    const auto size = fs::file_size(file, error);
    const std::string stage = "Reading " + file.filename().string();
    const std::unique_ptr<XXH3_state_t, decltype(&XXH3_freeState)> state(XXH3_createState(), &XXH3_freeState);
    XXH3_128bits_reset(state.get());
    std::vector<char> buffer(size_t{4} << 20);
    int64_t done = 0;
    while (stream) {
        DS_TRY(context.checkpoint());
        stream.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
        XXH3_128bits_update(state.get(), buffer.data(), static_cast<size_t>(stream.gcount()));
        done += stream.gcount();
        if (done > int64_t{64} << 20)
            context.report(stage, done >> 20, error ? 0 : static_cast<int64_t>(size >> 20));
    }
    if (stream.bad())
        return fail(ErrorKind::Io, "Reading the file failed before its end.", file.string());
    XXH128_canonical_t canonical;
    XXH128_canonicalFromHash(&canonical, XXH3_128bits_digest(state.get()));
    Digest digest{};
    std::copy(std::begin(canonical.digest), std::end(canonical.digest), digest.begin());
    return digest;
}

Result<Digest> rememberedDigestOfFile(const fs::path& file, const fs::path& memory, const RunContext& context,
                                      int64_t largeBytes) {
    DS_ASSIGN(const FileState before, FileState::of(file));
    const bool large = before.size >= largeBytes;
    if (large)
        if (const std::optional<Digest> known = remembered(before, memory))
            return *known;
    DS_ASSIGN(const Digest digest, digestOfFile(file, context));
    DS_ASSIGN(const FileState after, FileState::of(file));
    if (!after.sameContent(before))
        return fail(ErrorKind::Mismatch, "The file was written to while it was read.", file.string(),
                    "Wait until it is complete, and try again.");
    if (large && after == before && isSettled(after))
        // Where that is not possible, it is read again.
        (void)writeFileAtomically(memoryOf(after, memory), stateText(after) + " " + toHex(digest) + "\n");
    return digest;
}

} // namespace diploscope
