// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/checksum.h"
#include "sequence/reference_window.h"

namespace diploscope {

/// The digest by which a sequence of a window is known, without making its bases: of the window's own and of
/// what `edits` change of it, as the model reads both. Where the model reads the other strand it is the edits
/// that are mirrored, so equal contents have equal keys whichever strand they stand on.
///
/// Different contents have different keys. Equal contents of one window have equal keys where no edit changes
/// the length; where some do, one content may be written as two lists of edits with two keys, and is then
/// scored twice. What is drawn from beside the window counts by its bases, so a key does not depend on how
/// much was read there. \param reference digestOf(modelInput(window, {})), which is the unedited window's key
/// \param edits as materialize() takes them
[[nodiscard]] Digest sequenceKey(const ReferenceWindow& window, const Digest& reference,
                                 const EditList& edits);

} // namespace diploscope
