// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/run_context.h"
#include "genome/liftover.h"

#include <filesystem>

namespace diploscope {

/// Reads a UCSC chain file (`.chain`, `.chain.gz`, `.over.chain.gz`): from the build of its targets to that
/// of its queries. \error NotFound, Io; BadInput with the line: no chain, a number that is none, blocks that
/// do not come to the chain's ends or go beyond the contigs', a chain that is cut off, damaged data;
/// Cancelled
[[nodiscard]] Result<Liftover> readChain(const std::filesystem::path& file, const RunContext& context = {});

/// Whether it begins as one does. \error as readChain
[[nodiscard]] Result<void> checkChain(const std::filesystem::path& file);

} // namespace diploscope
