// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/kept_file.h"

#include "base/atomic_file.h"
#include "base/random_access_file.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace diploscope {

namespace fs = std::filesystem;

namespace {

constexpr int64_t LargestKeptFile = int64_t{1} << 30;

fs::path placeOf(const KeptKind& kind, const Digest& source) {
    return kind.folder / (toHex(source) + std::string(kind.ending));
}

std::string_view textOf(const Digest& digest) {
    return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

/// What stands before the body: head, the source's digest, the body's digest and length.
std::string frontOf(const KeptKind& kind, const Digest& source, std::string_view body) {
    std::string front(kind.head);
    front += textOf(source);
    front += textOf(digestOf(body));
    const uint64_t length = body.size();
    front.append(reinterpret_cast<const char*>(&length), sizeof length);
    return front;
}

void dropUnusedLongest(const KeptKind& kind) {
    removeAbandonedTemporaries(kind.folder);
    std::vector<std::pair<fs::file_time_type, fs::path>> files;
    std::error_code error;
    for (const fs::directory_entry& entry : fs::directory_iterator(kind.folder, error))
        if (entry.path().extension() == kind.ending && !entry.path().filename().string().starts_with('.'))
            files.emplace_back(entry.last_write_time(error), entry.path());
    std::sort(files.begin(), files.end());
    for (size_t i = 0; i + kind.most < files.size(); ++i)
        fs::remove(files[i].second, error);
}

} // namespace

std::optional<std::string> takeKept(const KeptKind& kind, const Digest& source) {
    const fs::path place = placeOf(kind, source);
    const Result<RandomAccessFile> file = RandomAccessFile::open(place);
    if (!file || file->size() > LargestKeptFile)
        return std::nullopt;
    std::string bytes(static_cast<size_t>(file->size()), '\0');
    const size_t front = kind.head.size() + 2 * source.size() + sizeof(uint64_t);
    if (!file->read(0, bytes) || bytes.size() < front)
        return std::nullopt;
    const std::string_view whole = bytes;
    if (whole.substr(0, front) != frontOf(kind, source, whole.substr(front)))
        return std::nullopt;
    std::error_code ignored;
    fs::last_write_time(place, fs::file_time_type::clock::now(), ignored);
    bytes.erase(0, front);
    return bytes;
}

void putKept(const KeptKind& kind, const Digest& source, std::string_view body) {
    std::string bytes = frontOf(kind, source, body);
    bytes += body;
    if (writeFileAtomically(placeOf(kind, source), bytes))
        dropUnusedLongest(kind);
}

} // namespace diploscope
