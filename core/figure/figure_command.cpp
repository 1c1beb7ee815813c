// SPDX-License-Identifier: GPL-3.0-or-later
#include "figure/figure_command.h"

#include "base/json_text.h"
#include "base/paths.h"
#include "base/shell_word.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <optional>
#include <set>

namespace diploscope {

using nlohmann::json;
using nlohmann::ordered_json;

namespace {

using Kind = PanelOption::Kind;

constexpr PanelOption Options[] = {
    {"--snv", "variants", Kind::List, "SNV",
     "Tells people apart by their genotype (an id, or 22:120:A:G); a second one beside it"},
    {"--people", "people", Kind::List, "SAMPLE", "Are marked in the rows of haplotypes"},
    {"--region", "region", Kind::Text, "C:A-B", "What is seen of the locus: 22:19.92M-19.94M"},
    {"--around-tss", "around_tss", Kind::Number, "BP", "The same, so many bp to both sides of the TSS"},
    {"--track", "tracks", Kind::Tracks, "NAME[=HEIGHT]",
     "A track of the locus, top to bottom; =1.5 makes it higher, =0 hides it: ism, eqtl, pip, missing, "
     "genotypes, ld, model:NAME"},
    {"--track-file", "files", Kind::Files, "FILE", "Shown as a track: BED, bedGraph, bigWig, VCF, GTF, GFF3"},
    {"--haplotype-order", "haplotype_order", Kind::Text, "HOW",
     "Of the rows of haplotypes: similarity, prediction, expression, snv"},
    {"--shared-scale", "shared_scale", Kind::Flag, "", "Tracks of signals have one y axis"},
    {"--attribution", "attribution", Kind::Text, "ism|gradient", "The model's effects"},
    {"--snv-colour", "colour", Kind::Text, "maf|carrier-fraction", "What SNVs are coloured by"},
    {"--ld-reference", "ld_references", Kind::List, "SNV", "LD is with this one, in place of the lead"},
    {"--eqtl-given", "eqtl_given", Kind::Text, "SNV", "eQTL effects are those left beside this one"},
    {"--other-model", "other_model", Kind::Text, "M", "What figures of two models hold the model against"},
    {"--null", "null", Kind::Text, "NULL", "Of all genes: published, calibrated or empirical"},
    {"--condition", "condition", Kind::Text, "TEXT",
     "Of all genes: those that stand out, q < 0.05 and r < 0"},
    {"--sample", "sample", Kind::Text, "S", "Of a person: whose haplotypes"},
    {"--against", "against", Kind::Text, "S", "Of a person: and from whose, in place of the reference"},
    {"--ablate", "ablate", Kind::List, "drivers|unsupported|SNV", "Of before-after: set to the reference"},
    {"--keep-only", "keep_only", Kind::Flag, "", "Of --ablate: all but these, in place of these"},
    {"--edit", "edits", Kind::List, "C:POS:REF:ALT", "Of before-after: put into everybody"},
    {"--saturate", "saturate", Kind::Text, "tss|SNV|C:A-B", "Of saturation: round what, or which region"},
    {"--bp", "saturate_bp", Kind::Number, "BP", "Of --saturate: so many to both sides of the TSS or SNV"},
    {"--background", "background", Kind::Text, "reference|variant|SAMPLE:1", "Of --saturate: whose bases"},
    {"--logo", "logo", Kind::Text, "raw|centred", "Of --saturate: letters as effects, or less their mean"},
    {"--title", "title", Kind::Text, "TEXT", "In place of the figure's own: *italics*, R^{2}, log_{10}"},
    {"--x-label", "x_label", Kind::Text, "TEXT", "The same of the x axis"},
    {"--y-label", "y_label", Kind::Text, "TEXT", "The same of the y axis"},
    {"--x-limits", "x_limits", Kind::Range, "A,B", "What the x axis shows"},
    {"--y-limits", "y_limits", Kind::Range, "A,B", "The same of the y axis"},
    {"--hide", "hide", Kind::List, "PART", "title, legend, colour_bar or statistics"}};

std::optional<double> numberOf(std::string_view text) {
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool isAll = error == std::errc() && end == text.data() + text.size() && std::isfinite(number);
    return isAll ? std::optional(number) : std::nullopt;
}

/// Of anybody's file: what is no text says nothing.
std::string textOf(const json& value) {
    return value.is_string() ? value.get<std::string>() : std::string();
}
std::string textIn(const json& object, const char* key) {
    return object.contains(key) ? textOf(object[key]) : std::string();
}

/// A JSON number as an option takes it.
std::string numberWord(const json& number) {
    return jsonText(number);
}

Failure wrongWord(const PanelOption& option, const std::string& word, const char* expected) {
    return fail(ErrorKind::BadInput, fmt::format("`{}` is not {}.", word, expected), option.flag);
}

ordered_json trackOf(const std::string& word) {
    const size_t sign = word.rfind('=');
    const std::optional<double> height =
        sign == std::string::npos ? std::nullopt : numberOf(std::string_view(word).substr(sign + 1));
    ordered_json track{{"track", height ? word.substr(0, sign) : word}};
    const double times = height.value_or(1);
    if (times == 0)
        track["shown"] = false;
    else if (times != 1)
        track["height"] = times;
    return track;
}

/// Empty where the option cannot say it: a track that is hidden and has a height.
std::optional<std::string> trackWord(const json& track) {
    std::string word = textIn(track, "track");
    const bool shown = !track.contains("shown") || track["shown"] != false;
    if (!shown && track.contains("height"))
        return std::nullopt;
    if (!shown)
        word += "=0";
    else if (track.contains("height"))
        word += fmt::format("={}", numberWord(track["height"]));
    else if (word.find('=') != std::string::npos)
        word += "=1";
    return word;
}

/// The words behind each flag; nothing where options cannot say it.
std::optional<std::vector<std::string>> wordsOf(const PanelOption& option, const json& value) {
    std::vector<std::string> words;
    switch (option.kind) {
    case Kind::Text:
        return std::vector{textOf(value)};
    case Kind::List:
    case Kind::Files:
        for (const json& item : value)
            words.push_back(textOf(item));
        return words;
    case Kind::Flag:
        return words;
    case Kind::Number:
        return std::vector{numberWord(value)};
    case Kind::Range:
        if (!value.is_array() || value.size() != 2)
            return std::nullopt;
        return std::vector{fmt::format("{},{}", numberWord(value[0]), numberWord(value[1]))};
    case Kind::Tracks:
        break;
    }
    for (const json& track : value) {
        std::optional<std::string> word = trackWord(track);
        if (!word)
            return std::nullopt;
        words.push_back(std::move(*word));
    }
    return words;
}

/// " --snv rs5 --hide legend"; nothing where options cannot say all of it.
std::optional<std::string> panelWords(const json& panel) {
    std::set<std::string> left;
    for (const auto& item : panel.items())
        left.insert(item.key());
    left.erase("figure");
    std::string text = fmt::format(" --figure {}", shellWord(textIn(panel, "figure")));
    for (const PanelOption& option : Options) {
        if (left.erase(option.key) == 0)
            continue;
        const auto words = wordsOf(option, panel[option.key]);
        if (!words)
            return std::nullopt;
        if (option.kind == Kind::Flag)
            text += fmt::format(" {}", option.flag);
        for (const std::string& word : *words) // a word that begins with a minus is no option
            text += word.starts_with("-") ? fmt::format(" {}={}", option.flag, shellWord(word))
                                          : fmt::format(" {} {}", option.flag, shellWord(word));
    }
    return left.empty() ? std::optional(text) : std::nullopt;
}

} // namespace

std::span<const PanelOption> panelOptions() {
    return Options;
}

Result<ordered_json> panelValue(const PanelOption& option, const std::vector<std::string>& words) {
    ordered_json list = ordered_json::array();
    const std::string first = words.empty() ? std::string() : words.front();
    switch (option.kind) {
    case Kind::Text:
        return ordered_json(first);
    case Kind::Flag:
        return ordered_json(true);
    case Kind::Number: {
        const std::optional<double> number = numberOf(first);
        if (!number || *number != std::floor(*number) || std::abs(*number) > 1e12)
            return wrongWord(option, first, "a whole number");
        return ordered_json(static_cast<int64_t>(*number));
    }
    case Kind::Range: {
        const size_t comma = first.find(',');
        const std::string_view text(first);
        const auto from = comma == std::string::npos ? std::nullopt : numberOf(text.substr(0, comma));
        const auto to = comma == std::string::npos ? std::nullopt : numberOf(text.substr(comma + 1));
        if (!from || !to || *from >= *to)
            return wrongWord(option, first, "two numbers such as 0,1, the smaller first");
        return ordered_json::array({*from, *to});
    }
    case Kind::List:
        for (const std::string& word : words)
            list.push_back(word);
        return list;
    case Kind::Files:
        for (const std::string& word : words)
            list.push_back(resolvedPath({}, word).string());
        return list;
    case Kind::Tracks:
        break;
    }
    for (const std::string& word : words)
        list.push_back(trackOf(word));
    return list;
}

std::string figureCommand(const json& figure, std::string_view ending) {
    const std::string again =
        fmt::format("diploscope figure --figure figure{} --out again{}", ending, ending);
    static const std::set<std::string> sayable{"schema",     "width_mm", "height_mm", "dpi",
                                               "background", "font",     "font_pt",   "study",
                                               "model",      "gene",     "panels"};
    for (const auto& item : figure.items())
        if (!sayable.contains(item.key()))
            return again;
    if (!figure.contains("panels") || !figure["panels"].is_array() || figure["panels"].size() != 1)
        return again;
    const json& panel = figure["panels"][0];
    const std::optional<std::string> ofPanel = panelWords(panel);
    if (!ofPanel)
        return again;
    std::string text = "diploscope figure";
    if (figure.contains("study"))
        text += fmt::format(" {}", shellWord(textIn(figure, "study")));
    text += *ofPanel;
    for (const auto& [key, flag] :
         {std::pair("gene", "--gene"), std::pair("model", "--model"), std::pair("font", "--font")})
        if (figure.contains(key))
            text += fmt::format(" {} {}", flag, shellWord(textIn(figure, key)));
    for (const auto& [key, flag] :
         {std::pair("width_mm", "--width-mm"), std::pair("height_mm", "--height-mm"),
          std::pair("font_pt", "--font-pt"), std::pair("dpi", "--dpi")})
        if (figure.contains(key))
            text += fmt::format(" {} {}", flag, numberWord(figure[key]));
    if (figure.contains("background"))
        text += " --transparent";
    const std::string gene = textIn(figure, "gene");
    return fmt::format(
        "{} --out {}", text,
        shellWord(fmt::format("{}{}{}{}", gene, gene.empty() ? "" : ".", textIn(panel, "figure"), ending)));
}

std::string reportCommand(const json& figure) {
    std::string text = "diploscope report";
    std::vector<std::string> unsaid;
    if (figure.contains("study"))
        text += fmt::format(" {}", shellWord(textIn(figure, "study")));
    for (const auto& [key, flag] : {std::pair("gene", "--gene"), std::pair("model", "--model")})
        if (figure.contains(key))
            text += fmt::format(" {} {}", flag, shellWord(textIn(figure, key)));
    if (figure.contains("panels") && figure["panels"].is_array() && !figure["panels"].empty())
        if (const std::string null = textIn(figure["panels"][0], "null"); !null.empty())
            text += fmt::format(" --null {}", shellWord(null));
    const auto say = [&](const std::string& key, const json& value) {
        static const std::map<std::string, const char*> flags{{"tracks", "--tracks"},
                                                              {"bins", "--bins"},
                                                              {"aggregate", "--aggregate"},
                                                              {"head", "--head"},
                                                              {"targets", "--targets"},
                                                              {"shifts", "--shifts"},
                                                              {"null_predictors", "--null-predictors"},
                                                              {"resamples", "--bootstrap"},
                                                              {"seed", "--seed"},
                                                              {"drivers", "--drivers"}};
        const auto flag = flags.find(key);
        if (key == "reverse_complement" && value == true)
            text += " --reverse-complement";
        else if (key == "own_score" && value == true)
            text += " --own-score";
        else if (key == "fine_mapping" && value == false)
            text += " --no-fine-mapping";
        else if (key == "fine_mapping" || key == "model") // what stands by itself, and whose score it is
            return;
        else if (flag == flags.end())
            unsaid.push_back(fmt::format("{} {}", key, value.is_string() ? textOf(value) : jsonText(value)));
        else
            text += fmt::format(" {} {}", flag->second,
                                shellWord(value.is_string() ? textOf(value) : jsonText(value)));
    };
    if (figure.contains("scores"))
        for (const json& score : figure["scores"])
            if (textIn(score, "model") == textIn(figure, "model"))
                for (const auto& item : score.items())
                    say(item.key(), item.value());
    if (figure.contains("statistics"))
        for (const auto& item : figure["statistics"].items())
            say(item.key(), item.value());
    const std::string gene = textIn(figure, "gene");
    text += fmt::format(" --out {}", shellWord(fmt::format("{}{}report.pdf", gene, gene.empty() ? "" : ".")));
    return unsaid.empty() ? text : fmt::format("{} # with {}", text, fmt::join(unsaid, ", "));
}

} // namespace diploscope
