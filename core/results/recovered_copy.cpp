// SPDX-License-Identifier: GPL-3.0-or-later
#include "results/recovered_copy.h"

#include <string>
#include <system_error>

namespace diploscope {

namespace fs = std::filesystem;

bool RecoveredCopy::isNeeded(const fs::path& database) {
    std::error_code error;
    const auto bytes = fs::file_size(database.string() + "-journal", error);
    return !error && bytes > 0;
}

std::unique_ptr<RecoveredCopy> RecoveredCopy::of(const fs::path& database) {
    Result<ScratchFolder> folder = ScratchFolder::make("results");
    if (!folder)
        return nullptr;
    auto copy = std::unique_ptr<RecoveredCopy>(new RecoveredCopy(std::move(*folder)));
    std::error_code error;
    for (const char* ending : {"", "-journal"}) {
        const fs::path target = copy->file().string() + ending;
        fs::copy_file(database.string() + ending, target, error);
        if (!error)
            fs::permissions(target, fs::perms::owner_read | fs::perms::owner_write, error);
        if (error)
            return nullptr;
    }
    return copy;
}

} // namespace diploscope
