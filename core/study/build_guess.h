// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace diploscope {

/// Which human genome build a file belongs to, as its comments or its name tell: "GRCh37" for hg19, b37,
/// hs37d5; "GRCh38" for hg38, hs38; "T2T-CHM13" for chm13. Empty when it names none, or more than one.
[[nodiscard]] std::string buildOfText(std::string_view text);

} // namespace diploscope
