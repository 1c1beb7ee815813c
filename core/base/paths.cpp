// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/paths.h"

#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <system_error>

namespace diploscope {

namespace fs = std::filesystem;

namespace {
fs::path xdgFolder(const char* variable, const char* fallbackUnderHome) {
    if (const char* value = std::getenv(variable); value != nullptr && *value == '/')
        return fs::path(value) / "diploscope";
    const char* home = std::getenv("HOME");
    if (home == nullptr || *home != '/')
        if (const passwd* user = getpwuid(getuid()))
            home = user->pw_dir;
    // Never a folder that anybody may make: what lies there is trusted.
    return fs::path(home != nullptr ? home : "/") / fallbackUnderHome / "diploscope";
}
} // namespace

fs::path userDataFolder() {
    return xdgFolder("XDG_DATA_HOME", ".local/share");
}

fs::path userCacheFolder() {
    return xdgFolder("XDG_CACHE_HOME", ".cache");
}

fs::path resolvedPath(const fs::path& folder, const fs::path& name) {
    std::error_code ignored;
    fs::path resolved;
    for (const fs::path& part : fs::absolute(folder / name, ignored)) {
        if (part != "..") {
            if (part != "." && !part.empty())
                resolved /= part;
            continue;
        }
        if (fs::is_symlink(fs::symlink_status(resolved, ignored)))
            if (const fs::path real = fs::canonical(resolved, ignored); !real.empty())
                resolved = real;
        resolved = resolved.parent_path();
    }
    return resolved;
}

fs::path pathFrom(const fs::path& folder, const fs::path& path) {
    const fs::path shorter = path.lexically_relative(folder);
    // A way up to the root and down again moves with neither of the two, and one through a linked folder may
    // lead elsewhere.
    const bool leavesRoot = !shorter.empty() && resolvedPath(folder, shorter) != path.lexically_normal();
    const auto ups = std::count(shorter.begin(), shorter.end(), fs::path(".."));
    const auto depth = std::distance(folder.begin(), folder.end()) - 1;
    return shorter.empty() || leavesRoot || (ups > 0 && ups >= depth) ? path : shorter;
}

fs::path programFolder() {
    std::error_code error;
    const fs::path program = fs::read_symlink("/proc/self/exe", error);
    return error ? fs::current_path() : program.parent_path();
}

std::vector<fs::path> programDataFolders() {
    std::vector<fs::path> folders;
    if (const char* value = std::getenv("DIPLOSCOPE_DATA"); value != nullptr && *value != '\0')
        folders.emplace_back(value);
    folders.push_back(programFolder() / DIPLOSCOPE_BIN_TO_DATA / "diploscope");
    return folders;
}

} // namespace diploscope
