// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/shell_word.h"
#include "cli/options/command_text.h"

#include "figure/figure_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

namespace diploscope::cli {

namespace {

/// For every command, the program first. \param path names of commands, " predixcan train"; of the program
/// nothing
void forEach(const CommandText& command, const std::string& path,
             const std::function<void(const CommandText&, const std::string&)>& tell) {
    tell(command, path);
    for (const CommandText& below : command.commands)
        forEach(below, path + " " + below.name, tell);
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : " ") + word;
    return text;
}

std::vector<std::string> wordsOf(const CommandText& command) {
    std::vector<std::string> words;
    for (const CommandText& below : command.commands)
        words.push_back(below.name);
    for (const OptionText& option : command.options)
        if (!option.isPositional)
            words.insert(words.end(), option.names.begin(), option.names.end());
    return words;
}

/// One word of any shell.
std::string word(std::string text) {
    std::replace(text.begin(), text.end(), '\n', ' ');
    return shellWord(text);
}

/// zsh's own letters in a description.
std::string forZsh(const std::string& text) {
    std::string escaped;
    for (const char letter : text) {
        if (letter == '[' || letter == ']' || letter == ':' || letter == '\\')
            escaped += '\\';
        escaped += letter;
    }
    return escaped;
}

} // namespace

std::string bashCompletions(const CommandText& program) {
    std::string commands, words, values;
    forEach(program, {}, [&](const CommandText& command, const std::string& path) {
        if (!path.empty())
            commands += (commands.empty() ? "" : "|") + word(path);
        words += fmt::format("    {}) words={} ;;\n", word(path), word(joined(wordsOf(command))));
        for (const OptionText& option : command.options)
            for (const std::string& name : option.names)
                if (option.takesValue && !option.isPositional)
                    values +=
                        option.choices.empty()
                            ? fmt::format("    {}) compopt -o default; return ;;\n", word(path + " " + name))
                            : fmt::format("    {}) COMPREPLY=($(compgen -W {} -- \"$current\")); "
                                          "return ;;\n",
                                          word(path + " " + name), word(joined(option.choices)));
    });
    return fmt::format("# bash completion of diploscope, made by `diploscope completions bash`\n"
                       "_diploscope() {{\n"
                       "  local current=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}}\n"
                       "  local path='' word words=''\n"
                       "  COMPREPLY=()\n"
                       "  for word in \"${{COMP_WORDS[@]:1:COMP_CWORD-1}}\"; do\n"
                       "    case \"$path $word\" in\n      {}) path=\"$path $word\" ;;\n    esac\n"
                       "  done\n"
                       "  case \"$path $before\" in\n{}  esac\n"
                       "  case \"$path\" in\n{}  esac\n"
                       "  COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
                       "  [ ${{#COMPREPLY[@]}} -gt 0 ] || compopt -o default\n"
                       "}}\n"
                       "complete -F _diploscope diploscope\n",
                       commands, values, words);
}

std::string zshCompletions(const CommandText& program) {
    std::string text = "#compdef diploscope\n# made by `diploscope completions zsh`\n";
    const auto functionOf = [](std::string path) {
        for (char& letter : path)
            if (letter == ' ' || letter == '-')
                letter = '_';
        return "_diploscope" + path;
    };
    forEach(program, {}, [&](const CommandText& command, const std::string& path) {
        std::string specs, cases;
        for (const OptionText& option : command.options) {
            const std::string what = forZsh(option.description);
            const std::string value =
                option.choices.empty() ? ":_files" : ":(" + joined(option.choices) + ")";
            if (option.isPositional) {
                if (command.commands.empty())
                    specs += " \\\n    " + word("*:" + forZsh(option.names.front()) + value);
                continue;
            }
            for (const std::string& name : option.names)
                specs += " \\\n    " +
                         word("*" + name + "[" + what + "]" +
                              (option.takesValue ? ":" + forZsh(option.value) + value : std::string()));
        }
        std::string below;
        for (const CommandText& one : command.commands) {
            below += " \\\n    " + word(one.name + ":" + forZsh(one.description));
            cases += fmt::format("    {}) {} ;;\n", one.name, functionOf(path + " " + one.name));
        }
        text += functionOf(path) + "() {\n";
        if (command.commands.empty()) {
            text += "  _arguments -s" + specs + "\n";
        } else {
            text += "  local -a commands=(" + below + ")\n  local state line curcontext=$curcontext\n" +
                    "  _arguments -C" + specs + " \\\n    '1: :->command' '*::: :->rest'\n" +
                    "  case $state in\n  command) _describe -t commands command commands; _files ;;\n" +
                    "  rest) case $line[1] in\n" + cases + "    *) _files ;;\n  esac ;;\n  esac\n";
        }
        text += "}\n";
    });
    return text + "_diploscope \"$@\"\n";
}

std::string fishCompletions(const CommandText& program) {
    std::string text = "# fish completion of diploscope, made by `diploscope completions fish`\n";
    forEach(program, {}, [&](const CommandText& command, const std::string& path) {
        // Where its command stands on the line, and none of those below it does.
        std::string where = "not __fish_seen_subcommand_from";
        for (const CommandText& below : command.commands)
            where += " " + below.name;
        if (command.commands.empty())
            where.clear();
        for (size_t start = 1; start < path.size();) {
            const size_t end = std::min(path.find(' ', start), path.size());
            where += (where.empty() ? "" : "; and ") +
                     ("__fish_seen_subcommand_from " + path.substr(start, end - start));
            start = end + 1;
        }
        const std::string begin = "complete -c diploscope -n " + word(where);
        for (const CommandText& below : command.commands)
            text += begin + " -a " + below.name + " -d " + word(below.description) + "\n";
        for (const OptionText& option : command.options) {
            if (option.isPositional)
                continue;
            std::string names;
            for (const std::string& name : option.names)
                names += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
            text += begin + names + (option.takesValue ? " -r" : "") +
                    (option.choices.empty() ? std::string() : " -f -a " + word(joined(option.choices))) +
                    " -d " + word(option.description) + "\n";
        }
    });
    return text;
}

} // namespace diploscope::cli
