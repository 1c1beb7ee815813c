// SPDX-License-Identifier: GPL-3.0-or-later
#include "figure/label_markup.h"

#include <fmt/format.h>

namespace diploscope {

namespace {

constexpr std::string_view Special = "*^_{}\\";

Failure unended(std::string_view markup, std::string_view mark, std::string_view end) {
    return fail(ErrorKind::BadInput, fmt::format("`{}` begins what does not end in \"{}\".", mark, markup),
                {}, fmt::format("End it with `{}`, or write `\\{}` for the character.", end, mark[0]));
}

} // namespace

Result<std::vector<LabelRun>> parseLabel(std::string_view markup) {
    std::vector<LabelRun> runs;
    LabelRun run;
    const auto finish = [&] {
        if (!run.text.empty())
            runs.push_back(run);
        run.text.clear();
    };
    for (size_t i = 0; i < markup.size(); ++i) {
        const char letter = markup[i];
        const bool more = i + 1 < markup.size();
        if (letter == '\\' && more && Special.find(markup[i + 1]) != std::string_view::npos) {
            run.text += markup[++i];
        } else if (letter == '*') {
            finish();
            run.italic = !run.italic;
        } else if ((letter == '^' || letter == '_') && more && markup[i + 1] == '{') {
            if (run.script != LabelRun::Script::None)
                return fail(ErrorKind::BadInput,
                            fmt::format("A script stands within a script in \"{}\".", markup), {},
                            "End the first one with `}` before the second.");
            finish();
            run.script = letter == '^' ? LabelRun::Script::Above : LabelRun::Script::Below;
            ++i;
        } else if (letter == '}' && run.script != LabelRun::Script::None) {
            finish();
            run.script = LabelRun::Script::None;
        } else {
            run.text += letter;
        }
    }
    finish();
    if (run.script != LabelRun::Script::None)
        return unended(markup, run.script == LabelRun::Script::Above ? "^{" : "_{", "}");
    if (run.italic)
        return unended(markup, "*", "*");
    return runs;
}

std::string plainLabel(std::string_view markup) {
    const Result<std::vector<LabelRun>> runs = parseLabel(markup);
    if (!runs)
        return std::string(markup);
    std::string text;
    for (const LabelRun& run : *runs)
        text += run.text;
    return text;
}

std::string labelOf(std::string_view text) {
    std::string markup;
    for (size_t i = 0; i < text.size(); ++i) {
        const bool isScript = (text[i] == '^' || text[i] == '_') && i + 1 < text.size() && text[i + 1] == '{';
        const bool isEscape =
            text[i] == '\\' && i + 1 < text.size() && Special.find(text[i + 1]) != std::string_view::npos;
        if (text[i] == '*' || isScript || isEscape)
            markup += '\\';
        markup += text[i];
    }
    return markup;
}

} // namespace diploscope
