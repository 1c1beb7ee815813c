// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace diploscope::cli {

/// What a command's definition says of one of its options, for man page and completions.
struct OptionText {
    std::vector<std::string> names; ///< "--gene", "-j"; of a positional its word alone, "STUDY"
    bool isPositional = false;
    bool takesValue = false;
    bool isRequired = false;
    std::string value;                ///< what stands for the value: "G", "FILE"; may be empty
    std::vector<std::string> choices; ///< the only values that there are; none: any
    std::string description;
    std::string defaultValue; ///< none where it hangs on the machine
};

/// And of a command, with those below it.
struct CommandText {
    std::string name;
    std::string description;
    std::string footer;
    std::vector<OptionText> options;
    std::vector<CommandText> commands;
};

/// Whoever is listed nowhere is left out.
[[nodiscard]] CommandText commandText(const CLI::App& command);

/// A page for `man`, section 1. The same text on every machine.
[[nodiscard]] std::string manualPage(const CommandText& program, const std::string& version);

/// What the shell offers at Tab: commands, options, values where only some are allowed, else files.
[[nodiscard]] std::string bashCompletions(const CommandText& program);
[[nodiscard]] std::string zshCompletions(const CommandText& program);
[[nodiscard]] std::string fishCompletions(const CommandText& program);

} // namespace diploscope::cli
