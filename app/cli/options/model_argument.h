// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "study/study_file.h"
#include "workflow/scored_model.h"

#include <cstdio>
#include <string>

namespace CLI {
class App;
class Option;
} // namespace CLI

namespace diploscope::cli {

/// `--device`, checked when the command line is parsed. \param help where what runs
CLI::Option* addDeviceOption(CLI::App& command, std::string& device, const char* help);

/// `--trust`: see allowModel()
void addTrustOption(CLI::App& command, bool& trust);

/// The model that is meant where none is given: the study's first, also of one that is only read and not
/// opened. \error NotFound: it names none
[[nodiscard]] Result<std::string> firstModelOf(const StudyFile& study);

/// Before a model is opened: with --trust, allows what it would run as a program and remembers it; where that
/// cannot be written, says so and goes on. \error as trustModel
[[nodiscard]] Result<void> allowModel(bool trust, const std::string& folderOrName);

/// allowModel(), openScoredModel(), a line with the model's note, and one on stderr with its head's.
/// \param noteTo where the model's goes: stdout is left to the command where it may be JSON
[[nodiscard]] Result<ScoredModel> openAllowedModel(bool trust, const ModelRequest& request,
                                                   std::FILE* noteTo = stdout);

} // namespace diploscope::cli
