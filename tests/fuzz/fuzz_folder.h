// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/scratch_folder.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace diploscope::fuzz {

/// Where the targets put the bytes that they are given as files: in memory where that is to be had. One for
/// each process; the user's cache lies in it, too.
inline const std::filesystem::path& folder() {
    static const ScratchFolder instance = [] {
        const std::filesystem::path memory("/dev/shm");
        ScratchFolder made =
            ScratchFolder::make("fuzz", exists(memory) ? memory : std::filesystem::path()).value();
        setenv("XDG_CACHE_HOME", (made.path() / "cache").c_str(), 1);
        setenv("XDG_DATA_HOME", (made.path() / "data").c_str(), 1);
        return made;
    }();
    return instance.path();
}

/// The bytes as a file of that name, which replaces the one before.
inline std::filesystem::path fileOf(const std::string& name, std::string_view bytes) {
    const std::filesystem::path file = folder() / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    return file;
}

/// The input's parts, as several files made of one input stand behind each other.
inline std::string_view takePart(std::string_view& bytes) {
    constexpr std::string_view Mark = "\n%%%\n";
    const size_t at = bytes.find(Mark);
    const std::string_view part = bytes.substr(0, at);
    bytes.remove_prefix(at == std::string_view::npos ? bytes.size() : at + Mark.size());
    return part;
}

} // namespace diploscope::fuzz
