// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands.h"
#include "cli/options/command_text.h"
#include "cli/options/console.h"

#include <CLI/CLI.hpp>

#include <memory>
#include <string>

namespace diploscope::cli {

void addCompletionsCommand(CLI::App& program, int& exitCode) {
    auto shell = std::make_shared<std::string>();
    CLI::App* command = program.add_subcommand(
        "completions", "What a shell completes at Tab, from the commands' own definitions");
    command->add_option("SHELL", *shell, "bash, zsh or fish")
        ->required()
        ->check(CLI::IsMember({"bash", "zsh", "fish"}));
    command->footer("An installed program has them already. Else:\n"
                    "  diploscope completions bash > ~/.local/share/bash-completion/completions/diploscope\n"
                    "  diploscope completions zsh > ~/.zfunc/_diploscope\n"
                    "  diploscope completions fish > ~/.config/fish/completions/diploscope.fish");
    command->callback([shell, &program, &exitCode] {
        exitCode = runCommand([&]() -> Result<void> {
            const CommandText text = commandText(program);
            sayText(*shell == "bash"  ? bashCompletions(text)
                    : *shell == "zsh" ? zshCompletions(text)
                                      : fishCompletions(text));
            return {};
        });
    });
}

void addManualCommand(CLI::App& program, int& exitCode) {
    CLI::App* command =
        program.add_subcommand("manual", "The manual page of all commands and options, for `man`");
    command->footer("An installed program has it already: man diploscope. Else:\n"
                    "  diploscope manual > diploscope.1 && man ./diploscope.1");
    command->callback([&program, &exitCode] {
        exitCode = runCommand([&]() -> Result<void> {
            sayText(manualPage(commandText(program), DIPLOSCOPE_VERSION));
            return {};
        });
    });
}

} // namespace diploscope::cli
