// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace diploscope {

/// A stretch of a title or a label that is set in one way.
struct LabelRun {
    enum class Script { None, Below, Above };
    std::string text;
    bool italic = false;
    Script script = Script::None;

    friend bool operator==(const LabelRun&, const LabelRun&) = default;
};

/// Titles and labels as people write them: `*GSTM3*` in italics, `R^{2}` above and `log_{10}` below the line.
/// A backslash takes the meaning from one of `* ^ _ { } \`; `^` and `_` without a brace are themselves, as in
/// names of files. \error BadInput: what is begun and not ended, scripts in scripts
[[nodiscard]] Result<std::vector<LabelRun>> parseLabel(std::string_view markup);

/// Without the marks; what cannot be parsed as it is.
[[nodiscard]] std::string plainLabel(std::string_view markup);

/// Markup that stands for the text itself.
[[nodiscard]] std::string labelOf(std::string_view text);

} // namespace diploscope
