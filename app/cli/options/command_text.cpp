// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/options/command_text.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cctype>

namespace diploscope::cli {

namespace {

std::vector<std::string> partsOf(const std::string& text, char separator) {
    std::vector<std::string> parts;
    std::string part;
    for (const char letter : text) {
        if (letter != separator) {
            part += letter;
            continue;
        }
        parts.push_back(part);
        part.clear();
    }
    parts.push_back(part);
    return parts;
}

/// "light", "snv+indel": what may be typed, and no word that stands for something.
bool isLiteral(const std::string& word) {
    return !word.empty() && std::none_of(word.begin(), word.end(), [](unsigned char letter) {
        return std::isupper(letter) != 0 || std::isspace(letter) != 0 || letter == '<';
    });
}

/// What CLI11 says of a value: "TEXT:{light,dark}", "published|calibrated:value in {...} OR {...}",
/// "INT:NONNEGATIVE", "FILE".
void readType(const std::string& type, OptionText& option) {
    const size_t colon = type.find(':');
    option.value = type.substr(0, colon);
    const size_t open = type.find(":{"), close = type.find('}');
    std::vector<std::string> words;
    if (open != std::string::npos && close != std::string::npos)
        words = partsOf(type.substr(open + 2, close - open - 2), ',');
    else if (option.value.find('|') != std::string::npos)
        words = partsOf(option.value, '|');
    if (words.size() > 1 && std::all_of(words.begin(), words.end(), isLiteral))
        option.choices = words;
    if (option.value == "TEXT" || option.value == "INT" || option.value == "UINT" || option.value == "FLOAT")
        option.value = option.value == "TEXT" ? "TEXT" : "N";
}

OptionText optionText(const CLI::Option& option) {
    OptionText text;
    text.isPositional = option.get_positional();
    for (const std::string& name : option.get_lnames())
        text.names.push_back("--" + name);
    for (const std::string& name : option.get_snames())
        text.names.push_back("-" + name);
    if (text.isPositional)
        text.names = {option.get_name(true)};
    text.takesValue = option.get_items_expected_max() > 0;
    text.isRequired = option.get_required();
    if (text.takesValue)
        readType(option.get_type_name(), text);
    text.description = option.get_description();
    // A path is of whoever writes the page.
    if (const std::string value = option.get_default_str();
        text.takesValue && value.find('/') == std::string::npos)
        text.defaultValue = value;
    return text;
}

} // namespace

CommandText commandText(const CLI::App& command) {
    CommandText text{command.get_name(), command.get_description(), command.get_footer(), {}, {}};
    for (const CLI::Option* option : command.get_options())
        if (!option->get_group().empty()) // CLI11's way to list nothing of it
            text.options.push_back(optionText(*option));
    for (const CLI::App* below : command.get_subcommands([](const CLI::App*) { return true; })) {
        if (!below->get_name().empty()) {
            text.commands.push_back(commandText(*below));
            continue;
        }
        // A group of options with a heading of its own is an App without a name.
        CommandText group = commandText(*below);
        std::move(group.options.begin(), group.options.end(), std::back_inserter(text.options));
    }
    return text;
}

} // namespace diploscope::cli
