// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <vector>

namespace diploscope {

/// `$XDG_DATA_HOME/diploscope` (default `~/.local/share/diploscope`): models that the user adds.
[[nodiscard]] std::filesystem::path userDataFolder();

/// `$XDG_CACHE_HOME/diploscope` (default `~/.cache/diploscope`): scores and built indexes.
[[nodiscard]] std::filesystem::path userCacheFolder();

/// `name` as seen from `folder`, absolute and without `.` and `..`. Unlike fs::path::lexically_normal(), `..`
/// behind a link to a folder is the parent of the folder that it leads to, as the system itself reads it.
/// Other links are kept: what lies beside a file is looked for beside its link.
[[nodiscard]] std::filesystem::path resolvedPath(const std::filesystem::path& folder,
                                                 const std::filesystem::path& name);

/// `path`, which is absolute, as a file in `folder` names it, so that both can move together: relative,
/// except where the way would lead up to the root, or through a linked folder to another place.
[[nodiscard]] std::filesystem::path pathFrom(const std::filesystem::path& folder,
                                             const std::filesystem::path& path);

/// The folder of the running program's file.
[[nodiscard]] std::filesystem::path programFolder();

/// Where the program's own data (models, resources) may lie, best first: `$DIPLOSCOPE_DATA`, and
/// `../share/diploscope` beside the program, installed or, in a build folder, linked to the source tree.
[[nodiscard]] std::vector<std::filesystem::path> programDataFolders();

} // namespace diploscope
