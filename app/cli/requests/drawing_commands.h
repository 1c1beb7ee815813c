// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace CLI {
class App;
}

namespace diploscope::cli {

/// As those of `cli/commands.h`, built only with the option DIPLOSCOPE_UI.
void addFigureCommand(CLI::App& program, int& exitCode);
void addReportCommand(CLI::App& program, int& exitCode);
void addSnapshotCommand(CLI::App& program, int& exitCode);
void addGuideCommand(CLI::App& program, int& exitCode);

} // namespace diploscope::cli
