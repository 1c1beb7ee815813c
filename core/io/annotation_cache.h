// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"
#include "genome/annotation.h"

#include <filesystem>

namespace diploscope {

/// readAnnotation() of a file whose genes are remembered: a GENCODE release has three million lines, and
/// takes ten times as long to parse as what it says of genes to read. A file is known by the digest of its
/// bytes (rememberedDigestOfFile), whatever it is called. What is kept in `folder`/annotations is read only
/// if it is whole, of this program's version and of those bytes; otherwise, and where nothing can be kept,
/// the file is parsed. Those unused longest go. Any thread, and any number of programs at a time. \param
/// folder  the user's cache \param largeBytes  smaller files are parsed \error as readAnnotation; Cancelled;
/// Mismatch where the file is written to meanwhile
[[nodiscard]] Result<Annotation> readRememberedAnnotation(const std::filesystem::path& file,
                                                          const std::filesystem::path& folder,
                                                          const RunContext& context = {},
                                                          int64_t largeBytes = int64_t{1} << 16);

/// So many annotations are kept, of at most some 15 MB each.
inline constexpr size_t MostRememberedAnnotations = 8;

} // namespace diploscope
