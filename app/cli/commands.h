// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace CLI {
class App;
}

namespace diploscope::cli {

/// Each adds one subcommand to `program`. Its callback runs the command and sets `exitCode`: 0 done, 1 failed
/// or problems found, 130 stopped by the user. What is wrong with the command line itself it throws as a
/// CLI::ParseError: exit code 2. Those that draw are in `cli/requests/drawing_commands.h`.
void addSimulateCommand(CLI::App& program, int& exitCode);
void addCheckCommand(CLI::App& program, int& exitCode);
void addAddCommand(CLI::App& program, int& exitCode);
void addAnalyzeCommand(CLI::App& program, int& exitCode);
void addPersonCommand(CLI::App& program, int& exitCode);
void addWhatIfCommand(CLI::App& program, int& exitCode);
void addAblateCommand(CLI::App& program, int& exitCode);
void addSaturationCommand(CLI::App& program, int& exitCode);
void addAuditCommand(CLI::App& program, int& exitCode);
void addScoreCommand(CLI::App& program, int& exitCode);
void addSusieCommand(CLI::App& program, int& exitCode);
void addMotifsCommand(CLI::App& program, int& exitCode);
void addTrainCommand(CLI::App& program, int& exitCode);
void addBenchCommand(CLI::App& program, int& exitCode);
void addSequencesCommand(CLI::App& program, int& exitCode);
void addCacheCommand(CLI::App& program, int& exitCode);
void addInfoCommand(CLI::App& program, int& exitCode);
void addModelsCommand(CLI::App& program, int& exitCode);
void addImportCommand(CLI::App& program, int& exitCode);
void addSummaryCommand(CLI::App& program, int& exitCode);
void addColumnsCommand(CLI::App& program, int& exitCode);
void addExportCommand(CLI::App& program, int& exitCode);
void addResultsCommand(CLI::App& program, int& exitCode);
void addSubmitCommand(CLI::App& program, int& exitCode);
void addJobsCommand(CLI::App& program, int& exitCode);
void addPredixcanCommand(CLI::App& program, int& exitCode);
void addHeadCommand(CLI::App& program, int& exitCode);
void addCompletionsCommand(CLI::App& program, int& exitCode);
void addManualCommand(CLI::App& program, int& exitCode);

} // namespace diploscope::cli
