// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/atomic_file.h"
#include "base/paths.h"
#include "document/session_file.h"

#include <fmt/format.h>

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <functional>
#include <random>
#include <utility>
#include <vector>

namespace diploscope::ui {

namespace fs = std::filesystem;

namespace {

fs::path autosaveFolder() {
    return userCacheFolder() / "sessions";
}

/// Homes are shared by machines, which know nothing of each other's processes: "HOST-".
std::string machinePrefix() {
    char name[256] = {};
    (void)gethostname(name, sizeof name - 1);
    return fmt::format("{}-", name);
}

/// Processes' numbers come again, in a container at every start: "-1f2e3d4c.diploscope.json".
const std::string& endingOfThisRun() {
    static const std::string ending = fmt::format("-{:08x}.diploscope.json", std::random_device()());
    return ending;
}

} // namespace

fs::path autosaveFile() {
    return autosaveFolder() / fmt::format("{}{}{}", machinePrefix(), getpid(), endingOfThisRun());
}

std::optional<fs::path> leftAutosave() {
    const std::string prefix = machinePrefix();
    std::vector<std::pair<fs::file_time_type, fs::path>> left;
    std::error_code failed;
    for (fs::directory_iterator entry(autosaveFolder(), failed), end; !failed && entry != end;
         entry.increment(failed)) {
        const fs::path& file = entry->path();
        const std::string name = file.filename().string();
        if (!isSessionFile(file) || !name.starts_with(prefix))
            continue;
        int process = 0;
        const char* number = name.data() + prefix.size();
        const auto [rest, wrong] = std::from_chars(number, name.data() + name.size(), process);
        const bool isOfThisProcess = process == getpid();
        if (wrong != std::errc() || process <= 0 || (isOfThisProcess && rest == endingOfThisRun()) ||
            (!isOfThisProcess && isProgramRunning(process)))
            continue;
        std::error_code ignored;
        left.emplace_back(fs::last_write_time(file, ignored), file);
    }
    std::sort(left.begin(), left.end(), std::greater<>());
    // One that cannot be read must not stand before those that can.
    const auto found = std::find_if(left.begin(), left.end(),
                                    [](const auto& one) { return readSession(one.second).has_value(); });
    return found == left.end() ? std::nullopt : std::optional(found->second);
}

} // namespace diploscope::ui
