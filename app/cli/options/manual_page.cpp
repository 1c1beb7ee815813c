// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/options/command_text.h"

#include <fmt/format.h>

namespace diploscope::cli {

namespace {

/// Roff's own letters taken for letters: `\`, `-` (else a hyphen that cannot be copied), a line that begins
/// with `.` or `'`.
std::string roff(const std::string& text) {
    std::string escaped;
    bool isAtStart = true;
    for (const char letter : text) {
        if (isAtStart && (letter == '.' || letter == '\''))
            escaped += "\\&";
        if (letter == '\\')
            escaped += "\\e";
        else if (letter == '-')
            escaped += "\\-";
        else
            escaped += letter;
        isAtStart = letter == '\n';
    }
    return escaped;
}

/// As a line of its own; without line breaks, which would begin another one.
std::string line(std::string text) {
    for (char& letter : text)
        if (letter == '\n')
            letter = ' ';
    return roff(text) + "\n";
}

std::string optionEntry(const OptionText& option) {
    std::string heading;
    for (const std::string& name : option.names)
        heading += (heading.empty() ? "\\fB" : ", \\fB") + roff(name) + "\\fR";
    if (option.takesValue && !option.isPositional)
        heading += " \\fI" + roff(option.value.empty() ? "VALUE" : option.value) + "\\fR";
    std::string text = option.description;
    if (!option.choices.empty() && text.find(option.choices.front()) == std::string::npos) {
        text += text.empty() ? "" : ": ";
        for (size_t i = 0; i < option.choices.size(); ++i)
            text += (i == 0 ? "" : ", ") + option.choices[i];
    }
    if (!option.defaultValue.empty() && text.find("default") == std::string::npos)
        text += " (default: " + option.defaultValue + ")";
    if (option.isRequired)
        text += " (required)";
    return ".TP\n" + heading + "\n" + line(text);
}

void addCommand(std::string& page, const CommandText& command, const std::string& path) {
    page += ".SS " + roff(path) + "\n" + line(command.description);
    for (const OptionText& option : command.options)
        if (option.names.empty() || option.names.front() != "--help")
            page += optionEntry(option);
    if (!command.footer.empty() && command.commands.empty())
        page += ".PP\n.nf\n" + roff(command.footer) + "\n.fi\n";
    for (const CommandText& below : command.commands)
        addCommand(page, below, path + " " + below.name);
}

} // namespace

std::string manualPage(const CommandText& program, const std::string& version) {
    std::string page =
        fmt::format(".TH DIPLOSCOPE 1 \"\" \"Diploscope {}\" \"User commands\"\n"
                    ".SH NAME\ndiploscope \\- sequence\\-to\\-expression models against people's genomes, "
                    "gene by gene\n"
                    ".SH SYNOPSIS\n.B diploscope\n[\\fISTUDY\\fR | \\fICOMMAND\\fR]\n[\\fIOPTION\\fR ...]\n"
                    ".SH DESCRIPTION\n",
                    roff(version)) +
        line(program.description) + ".PP\n" +
        line("What every number means, which files are read, and how to begin is told by the guide: "
             "`diploscope guide --out guide.html`, or F1 in the window.") +
        ".SH OPTIONS\n";
    for (const OptionText& option : program.options)
        page += optionEntry(option);
    page += ".SH COMMANDS\nEach has \\fB\\-\\-help\\fR.\n";
    for (const CommandText& command : program.commands)
        addCommand(page, command, command.name);
    return page + ".SH EXIT STATUS\n"
                  ".TP\n0\ndone\n.TP\n1\nfailed, or problems found\n.TP\n2\na mistake in the command line\n"
                  ".TP\n130\nstopped by Ctrl\\-C\n"
                  ".SH FILES\n"
                  ".TP\n\\fI~/.cache/diploscope/scores.sqlite\\fR\nscores by content; it may be deleted\n"
                  ".TP\n\\fI~/.local/share/diploscope/models\\fR\nmodels and weights of one's own\n"
                  ".TP\n\\fINAME.results.sqlite\\fR\nbeside NAME.study.json: results of its runs\n";
}

} // namespace diploscope::cli
