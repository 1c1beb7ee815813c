// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json_fields.h"
#include "model/model_manifest.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace diploscope {

/// How a program is given bases: a byte a base, or [N x length x 4] floats in the order A, C, G, T.
enum class BaseEncoding { Ascii, OneHot };
/// What its numbers are, little-endian.
enum class ReplyType { Float32, Float64 };

/// A model that is a command, as its model.json has it: enough to open a study with it without starting
/// anything, and what the program's own words are held against.
struct ProgramSpec {
    std::vector<std::string> command; ///< not empty
    std::filesystem::path folder;     ///< in which it is started
    std::string name;                 ///< the model's
    std::string version;              ///< the program's, which it must say itself
    InputShape input;
    int binCount = 1;
    int trackCount = 1;
    ReplyType reply = ReplyType::Float32;
    int workers = 1;    ///< programs that run side by side
    int batchSize = 32; ///< sequences that one is given at most; it may want fewer
    std::chrono::milliseconds startTimeout{300'000};
    std::chrono::milliseconds replyTimeout{600'000};

    /// The command as a shell would be given it.
    [[nodiscard]] std::string commandLine() const;
};

/// Reads the keys of a program's model.json. Sets `moreFiles` to its files: those that the command names and
/// those under "files". \error BadInput, with the JSON path
[[nodiscard]] Result<ProgramSpec> parseProgram(const JsonFields& fields, ModelManifest& model);

/// SHA-256 of a program, as it lies there.
struct ProgramDigests {
    std::string contents; ///< of the names and contents of all files below its folder but model.json, and of
                          ///< those elsewhere that it names: what scores are kept by
    std::string allowed;  ///< of these, of model.json as it was read and as it is, and of the place: what is
                          ///< allowed to run
};

/// \error NotFound where a file is missing; BadInput for a folder that holds too much, links to folders or
/// what is no file; Io
[[nodiscard]] Result<ProgramDigests> digestsOf(const ModelManifest& model);

} // namespace diploscope
