// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/htslib_files.h"

#include "base/atomic_file.h"
#include "base/checksum.h"
#include "base/input_file.h"
#include "base/paths.h"

#include <fmt/format.h>
#include <htslib/hts_log.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <system_error>

namespace diploscope {

namespace fs = std::filesystem;

namespace {

fs::path withSuffix(const fs::path& data, const std::string& suffix) {
    return data.string() + suffix;
}

/// Copying a data file and its index together may leave them some milliseconds apart in either order.
constexpr auto CopyingSlack = std::chrono::seconds(1);

bool isUsable(const fs::path& index, const fs::path& data) {
    std::error_code error;
    const auto indexTime = fs::last_write_time(index, error);
    if (error || fs::file_size(index, error) == 0 || error)
        return false;
    const auto dataTime = fs::last_write_time(data, error);
    return !error && indexTime + CopyingSlack >= dataTime;
}

IndexFiles besideData(const fs::path& data, const std::vector<std::string>& suffixes) {
    IndexFiles files;
    for (const std::string& suffix : suffixes)
        files.push_back(withSuffix(data, suffix));
    return files;
}

IndexFiles inCache(const fs::path& data, const std::vector<std::string>& suffixes) {
    std::error_code error;
    const fs::path absolute = fs::weakly_canonical(fs::absolute(data, error), error);
    const auto size = fs::file_size(data, error);
    const auto changed = fs::last_write_time(data, error).time_since_epoch().count();
    const std::string name = toHex(digestOf(fmt::format("{}\n{}\n{}", absolute.string(), size, changed)));
    IndexFiles files;
    for (const std::string& suffix : suffixes)
        files.push_back(userCacheFolder() / "indexes" / (name + suffix));
    return files;
}

bool mayPutBeside(const fs::path& data, const IndexFiles& files) {
    const fs::path folder = data.has_parent_path() ? data.parent_path() : fs::path(".");
    std::error_code ignored;
    const bool taken = std::any_of(files.begin(), files.end(),
                                   [&](const fs::path& file) { return fs::exists(file, ignored); });
    return !taken && access(folder.c_str(), W_OK) == 0;
}

Result<void> buildAs(const IndexFiles& targets, const std::function<Result<void>(const IndexFiles&)>& build) {
    std::vector<AtomicFile> files;
    IndexFiles temporaries;
    for (const fs::path& target : targets) {
        DS_ASSIGN(AtomicFile file, AtomicFile::create(target));
        temporaries.push_back(file.temporaryPath());
        files.push_back(std::move(file));
    }
    DS_TRY(build(temporaries));
    // The first one is what other programs look for: it comes last, when the rest is there.
    for (auto file = files.rbegin(); file != files.rend(); ++file)
        DS_TRY(file->commit());
    return {};
}

} // namespace

std::vector<std::string> takeNames(const char** names, int count) {
    const std::unique_ptr<const char*, decltype([](const char** list) { std::free(list); })> owner(names);
    std::vector<std::string> taken;
    for (int i = 0; names != nullptr && i < count; ++i)
        if (names[i] != nullptr)
            taken.emplace_back(names[i]);
    return taken;
}

BgzfPtr openBgzf(const fs::path& file) {
    std::error_code ignored;
    return BgzfPtr(bgzf_open(fs::absolute(file, ignored).c_str(), "r"));
}

Result<Compression> checkDataFile(const fs::path& file) {
    hts_set_log_level(HTS_LOG_OFF);
    DS_TRY(checkRegularFile(file));
    std::error_code error;
    if (fs::file_size(file, error) == 0)
        return fail(ErrorKind::BadInput, "The file is empty (0 bytes).", file.string(),
                    "Copy or make it again.");

    const BgzfPtr handle = openBgzf(file);
    if (!handle)
        return cannotOpen(file);
    switch (bgzf_compression(handle.get())) {
    case 0:
        return Compression::None;
    case 1:
        return Compression::Gzip;
    default:
        break;
    }
    if (bgzf_check_EOF(handle.get()) == 0)
        return fail(ErrorKind::BadInput,
                    "The file is cut off: it lacks the block that ends every bgzip file.", file.string(),
                    "Copy or download it again, and compare sizes or checksums.");
    return Compression::Bgzip;
}

std::optional<IndexFiles> findIndex(const fs::path& data, const std::vector<std::string>& suffixes,
                                    const IndexCheck& check) {
    for (IndexFiles files : {besideData(data, suffixes), inCache(data, suffixes)})
        if (std::all_of(files.begin(), files.end(),
                        [&](const fs::path& file) { return isUsable(file, data); }) &&
            check(files))
            return files;
    return std::nullopt;
}

IndexFiles indexesPassedOver(const fs::path& data, const std::vector<std::string>& suffixes,
                             const fs::path& used) {
    IndexFiles beside = besideData(data, suffixes);
    if (std::find(beside.begin(), beside.end(), used) != beside.end())
        return {};
    std::error_code ignored;
    std::erase_if(beside, [&](const fs::path& file) { return !fs::exists(file, ignored); });
    return beside;
}

Result<IndexFiles> buildIndex(const fs::path& data, const std::vector<std::string>& suffixes,
                              const std::function<Result<void>(const IndexFiles&)>& build) {
    const IndexFiles beside = besideData(data, suffixes);
    const IndexFiles targets = mayPutBeside(data, beside) ? beside : inCache(data, suffixes);
    DS_TRY(buildAs(targets, build));
    return targets;
}

} // namespace diploscope
