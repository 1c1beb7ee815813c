// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engines/program/program_spec.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace diploscope {

// What a program and this one say to each other (models/README.md): lines of JSON, each with as many bytes
// behind it as its "bytes" says.

inline constexpr int kProgramProtocol = 1;
/// A line that is longer is none of the protocol's.
inline constexpr size_t kLongestHead = size_t{1} << 20;
inline constexpr int64_t kLargestReply = int64_t{1} << 31;             ///< bytes
inline constexpr int64_t kMostOutputs = kLargestReply / sizeof(float); ///< bins x tracks

/// The program's first line, once it can be asked.
struct ProgramHello {
    std::string name; ///< may be empty
    std::string version;
    InputShape input; ///< without its strand, of which a program sees nothing
    int binCount = 1;
    int trackCount = 1;
    int batchSize = 1; ///< sequences of one request, at most
    BaseEncoding encoding = BaseEncoding::Ascii;
    ReplyType reply = ReplyType::Float32;
    bool chooses = false;  ///< it answers with the bins and tracks of a request, else with all of them
    bool gradient = false; ///< it can be asked for gradients
    bool cancels = false;  ///< it wants to be told that an answer is not needed any more
};

/// \param bins, \param tracks at most 2^24 each \error BadInput where they are more than kMostOutputs
[[nodiscard]] Result<void> checkOutputs(int64_t bins, int64_t tracks, const std::string& where);

/// \param line without its end \error BadInput, in words for whoever wrote the program; Unsupported for
/// another protocol
[[nodiscard]] Result<ProgramHello> parseHello(std::string_view line);

/// Whether the program is the one that model.json declares. \error Mismatch, naming what differs
[[nodiscard]] Result<void> checkHello(const ProgramHello& hello, const ProgramSpec& spec);

/// The line before an answer.
struct ReplyHead {
    int64_t id = 0;                   ///< of the request
    int64_t bytes = 0;                ///< that follow
    std::optional<std::string> error; ///< in the place of an answer
};

/// \error BadInput
[[nodiscard]] Result<ReplyHead> parseReplyHead(std::string_view line);

/// What is asked of a program about some sequences.
struct ProgramRequest {
    std::span<const std::string> inputs; ///< A/C/G/T/N as the model reads them, all of its length
    std::span<const int> bins, tracks;   ///< wanted
    /// Not empty: asked is the gradient of the one input, of the wanted outputs' sum with these weights,
    /// bin-major.
    std::span<const double> weights;
};

/// The bytes of a request.
[[nodiscard]] std::string requestBytes(int64_t id, const ProgramRequest& request, BaseEncoding encoding);
/// Of the answer to it.
[[nodiscard]] int64_t replySize(const ProgramRequest& request, const ProgramHello& hello);
/// That a request is not wanted any more.
[[nodiscard]] std::string cancelBytes(int64_t id);

/// An answer's numbers. \param bytes a multiple of a number's
[[nodiscard]] std::vector<double> numbersOf(std::string_view bytes, ReplyType type);

} // namespace diploscope
