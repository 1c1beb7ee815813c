// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/scratch_folder.h"

#include <filesystem>
#include <memory>
#include <utility>

namespace diploscope {

/// A copy of a database and its journal in a folder of its own, where SQLite can take back what a killed
/// program left half done: for databases in folders that may not be written to. Gone with its owner.
class RecoveredCopy {
public:
    /// Whether there is a journal that may have to be played back.
    [[nodiscard]] static bool isNeeded(const std::filesystem::path& database);
    /// Null where no copy can be made.
    [[nodiscard]] static std::unique_ptr<RecoveredCopy> of(const std::filesystem::path& database);
    [[nodiscard]] std::filesystem::path file() const { return m_folder.path() / "results.sqlite"; }

private:
    explicit RecoveredCopy(ScratchFolder folder) : m_folder(std::move(folder)) {}
    ScratchFolder m_folder;
};

} // namespace diploscope
