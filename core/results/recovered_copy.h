// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>

namespace diploscope {

/// A copy of a database and its journal in a folder of its own, where SQLite can take back what a killed
/// program left half done: for databases in folders that may not be written to. Gone with its owner.
class RecoveredCopy {
public:
    /// Whether there is a journal that may have to be played back.
    [[nodiscard]] static bool isNeeded(const std::filesystem::path& database);
    /// Null where no copy can be made.
    [[nodiscard]] static std::unique_ptr<RecoveredCopy> of(const std::filesystem::path& database);
    RecoveredCopy(const RecoveredCopy&) = delete;
    RecoveredCopy& operator=(const RecoveredCopy&) = delete;
    ~RecoveredCopy();

    [[nodiscard]] std::filesystem::path file() const { return m_folder / "results.sqlite"; }

private:
    explicit RecoveredCopy(std::filesystem::path folder) : m_folder(std::move(folder)) {}
    std::filesystem::path m_folder;
};

} // namespace diploscope
