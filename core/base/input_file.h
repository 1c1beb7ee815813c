// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <cerrno>
#include <filesystem>

namespace diploscope {

/// Before a file of somebody's is opened: it is there, and is a file. A pipe would wait for whoever writes
/// into it, for ever and deaf to a stop; a device has no end. Links to files are files. \error NotFound,
/// BadInput; Io where the system does not let one look
[[nodiscard]] Result<void> checkRegularFile(const std::filesystem::path& file);

/// Why a file could not be opened, as the system has it: NotFound where it is not there, else Io.
/// \param error  `errno` right behind the call that failed
[[nodiscard]] Failure cannotOpen(const std::filesystem::path& file, int error = errno);

/// Whether `errno` tells of the machine or of rights, not of what the file holds: libraries that look into a
/// file while they open it fail in one way for both.
[[nodiscard]] bool isOpeningRefused(int error = errno);

} // namespace diploscope
