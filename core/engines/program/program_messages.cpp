// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/program/program_messages.h"

#include "base/json_text.h"
#include "base/terminal_text.h"

#include <fmt/format.h>

#include <array>
#include <bit>
#include <cstring>

namespace diploscope {

using nlohmann::json;

static_assert(std::endian::native == std::endian::little, "the numbers of messages are little-endian");

namespace {

constexpr const char* OnStderr =
    "What a program prints for people belongs on its stderr; stdout is for messages.";

std::string start(std::string_view line) {
    return terminalText(line.substr(0, 80)) + (line.size() > 80 ? "..." : "");
}

Result<json> parseLine(std::string_view line, const char* what) {
    Result<json> value = parseJson(line, {});
    if (!value || !value->is_object())
        return fail(ErrorKind::BadInput,
                    fmt::format("Expected {}, a line of JSON, found: {}", what, start(line)), {}, OnStderr);
    return value;
}

Result<void> differs(const char* what, const std::string& said, const std::string& declared) {
    if (said == declared)
        return {};
    return fail(ErrorKind::Mismatch,
                fmt::format("The program says {} {}, but model.json says {}.", what, said, declared), {},
                "Correct model.json, or start the program that it is about.");
}

std::string typeName(ReplyType type) {
    return type == ReplyType::Float32 ? "float32" : "float64";
}

/// Four floats a base; N is all zeros.
void appendOneHot(const std::string& bases, std::string& bytes) {
    constexpr std::string_view letters = "ACGT";
    for (const char base : bases) {
        std::array<float, 4> row{};
        if (const size_t at = letters.find(base); at != std::string_view::npos)
            row[at] = 1;
        bytes.append(reinterpret_cast<const char*>(row.data()), sizeof row);
    }
}

} // namespace

Result<void> checkOutputs(int64_t bins, int64_t tracks, const std::string& where) {
    if (bins * tracks <= kMostOutputs)
        return {};
    return fail(
        ErrorKind::BadInput,
        fmt::format("{} bins x {} tracks are more than an answer may hold ({}).", bins, tracks, kMostOutputs),
        where, "Correct bin_count and track_count.");
}

Result<ProgramHello> parseHello(std::string_view line) {
    DS_ASSIGN(const json value, parseLine(line, "the program's hello"));
    DS_TRY(refuseNewer(value, "protocol", kProgramProtocol, "The program's hello"));
    DS_ASSIGN(const JsonFields fields, JsonFields::open(value, "hello",
                                                        {"protocol", "name", "version", "length", "tss_index",
                                                         "bin_count", "track_count", "batch_size", "encoding",
                                                         "reply", "chooses", "gradient", "cancels"}));
    constexpr int most = 1 << 24;
    ProgramHello hello;
    DS_TRY(fields.integer("protocol", kProgramProtocol, kProgramProtocol));
    DS_ASSIGN(hello.name, fields.text("name", ""));
    DS_ASSIGN(hello.version, fields.text("version"));
    DS_ASSIGN(hello.input.length, fields.integer("length", 1, int64_t{1} << 26));
    DS_ASSIGN(hello.input.tssIndex, fields.integer("tss_index", 0, hello.input.length - 1));
    DS_ASSIGN(const int64_t bins, fields.integer("bin_count", 1, most, 1));
    DS_ASSIGN(const int64_t tracks, fields.integer("track_count", 1, most, 1));
    DS_ASSIGN(const int64_t batch, fields.integer("batch_size", 1, 1 << 16, 1));
    DS_TRY(checkOutputs(bins, tracks, "hello"));
    hello.binCount = static_cast<int>(bins);
    hello.trackCount = static_cast<int>(tracks);
    hello.batchSize = static_cast<int>(batch);
    DS_ASSIGN(const size_t encoding, fields.choice("encoding", {"ascii", "onehot"}, 0));
    hello.encoding = encoding == 0 ? BaseEncoding::Ascii : BaseEncoding::OneHot;
    DS_ASSIGN(const size_t reply, fields.choice("reply", {"float32", "float64"}, 0));
    hello.reply = reply == 0 ? ReplyType::Float32 : ReplyType::Float64;
    DS_ASSIGN(hello.chooses, fields.boolean("chooses", false));
    DS_ASSIGN(hello.gradient, fields.boolean("gradient", false));
    DS_ASSIGN(hello.cancels, fields.boolean("cancels", false));
    return hello;
}

Result<void> checkHello(const ProgramHello& hello, const ProgramSpec& spec) {
    const auto text = [](int64_t number) { return std::to_string(number); };
    DS_TRY(
        differs("version", '"' + terminalText(hello.version) + '"', '"' + terminalText(spec.version) + '"'));
    DS_TRY(differs("length", text(hello.input.length), text(spec.input.length)));
    DS_TRY(differs("tss_index", text(hello.input.tssIndex), text(spec.input.tssIndex)));
    DS_TRY(differs("bin_count", text(hello.binCount), text(spec.binCount)));
    DS_TRY(differs("track_count", text(hello.trackCount), text(spec.trackCount)));
    return differs("reply", typeName(hello.reply), typeName(spec.reply));
}

Result<ReplyHead> parseReplyHead(std::string_view line) {
    DS_ASSIGN(const json value, parseLine(line, "an answer"));
    DS_ASSIGN(const JsonFields fields, JsonFields::open(value, "answer", {"id", "bytes", "error"}));
    ReplyHead head;
    constexpr int64_t most = int64_t{1} << 53;
    DS_ASSIGN(head.id, fields.integer("id", 0, most));
    DS_ASSIGN(head.bytes, fields.integer("bytes", 0, most, 0));
    if (fields.has("error")) {
        DS_ASSIGN(head.error, fields.text("error"));
        if (head.bytes != 0)
            return fail(ErrorKind::BadInput, "An error has no bytes behind it.", "answer");
    }
    return head;
}

std::string requestBytes(int64_t id, const ProgramRequest& request, BaseEncoding encoding) {
    const size_t bases = request.inputs.size() * request.inputs.front().size();
    const size_t bytes = bases * (encoding == BaseEncoding::Ascii ? 1 : 4 * sizeof(float));
    json head{{"ask", request.weights.empty() ? "scores" : "gradient"},
              {"id", id},
              {"count", request.inputs.size()},
              {"bins", std::vector<int>(request.bins.begin(), request.bins.end())},
              {"tracks", std::vector<int>(request.tracks.begin(), request.tracks.end())},
              {"bytes", bytes}};
    if (!request.weights.empty())
        head["weights"] = std::vector<double>(request.weights.begin(), request.weights.end());
    std::string message = jsonText(head) + "\n";
    message.reserve(message.size() + bytes);
    for (const std::string& input : request.inputs)
        if (encoding == BaseEncoding::Ascii)
            message += input;
        else
            appendOneHot(input, message);
    return message;
}

int64_t replySize(const ProgramRequest& request, const ProgramHello& hello) {
    const int64_t number = hello.reply == ReplyType::Float32 ? sizeof(float) : sizeof(double);
    if (!request.weights.empty())
        return number * hello.input.length * 4;
    const int64_t outputs = hello.chooses ? static_cast<int64_t>(request.bins.size() * request.tracks.size())
                                          : int64_t{hello.binCount} * hello.trackCount;
    return number * static_cast<int64_t>(request.inputs.size()) * outputs;
}

std::string cancelBytes(int64_t id) {
    return jsonText(json{{"ask", "cancel"}, {"id", id}, {"bytes", 0}}) + "\n";
}

std::vector<double> numbersOf(std::string_view bytes, ReplyType type) {
    if (type == ReplyType::Float64) {
        std::vector<double> numbers(bytes.size() / sizeof(double));
        if (!numbers.empty())
            std::memcpy(numbers.data(), bytes.data(), numbers.size() * sizeof(double));
        return numbers;
    }
    std::vector<double> numbers(bytes.size() / sizeof(float));
    for (size_t i = 0; i < numbers.size(); ++i) {
        float number = 0;
        std::memcpy(&number, bytes.data() + i * sizeof number, sizeof number);
        numbers[i] = number;
    }
    return numbers;
}

} // namespace diploscope
