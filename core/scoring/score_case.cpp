// SPDX-License-Identifier: GPL-3.0-or-later
#include "scoring/score_case.h"

#include "base/atomic_file.h"
#include "base/json_fields.h"
#include "base/json_text.h"
#include "genome/bases.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace diploscope {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

/// Letters of IUPAC's nucleotide code, gaps excluded.
bool isBase(char letter) {
    return std::string_view("ACGTUNRYSWKMBDHV").find(static_cast<char>(std::toupper(letter))) !=
           std::string_view::npos;
}

Result<std::string> basesAt(const JsonFields& fields, const std::string& key) {
    DS_ASSIGN(std::string bases, fields.text(key));
    if (!std::all_of(bases.begin(), bases.end(), isBase))
        return fail(ErrorKind::BadInput, fmt::format("\"{}\" holds a letter that is no base.", bases),
                    fields.pathOf(key));
    normalizeBases(bases);
    return bases;
}

Result<EditList> parseEdit(const json& value, const std::string& path, std::string_view bases) {
    DS_ASSIGN(const JsonFields fields, JsonFields::open(value, path, {"offset", "ref", "alt"}));
    const auto length = static_cast<int64_t>(bases.size());
    DS_ASSIGN(const int64_t offset, fields.integer("offset", 0, length - 1));
    DS_ASSIGN(const std::string ref, basesAt(fields, "ref"));
    DS_ASSIGN(const std::string alt, basesAt(fields, "alt"));
    const std::string_view found = bases.substr(static_cast<size_t>(offset), ref.size());
    if (found != ref)
        return fail(ErrorKind::Mismatch,
                    fmt::format("ref is {}, but the sequence has {} at offset {}.", ref, found, offset), path,
                    "Offsets count from 0. Take the sequence that the case was made for.");
    if (alt == ref)
        return EditList{};
    return EditList{{offset, static_cast<int32_t>(ref.size()), alt}};
}

Result<ScoreCase> parseCase(const json& document, std::string_view bases, const ModelInfo& model) {
    if (!document.is_object())
        return fail(ErrorKind::BadInput,
                    fmt::format("Expected an object {{...}}, found {}.", shortJson(document)));
    // Cases carry notes of all kinds about how they were made; only these keys mean something here.
    json known = json::object();
    for (const char* key : {"edits", "bins", "tracks"})
        if (document.contains(key))
            known[key] = document[key];
    DS_ASSIGN(const JsonFields fields, JsonFields::open(known, "", {"edits", "bins", "tracks"}));
    ScoreCase request;
    request.output = model.defaultOutput;
    DS_ASSIGN(request.output.bins, fields.integers("bins", 0, model.binCount - 1, model.defaultOutput.bins));
    DS_ASSIGN(request.output.tracks,
              fields.integers("tracks", 0, model.trackCount - 1, model.defaultOutput.tracks));
    if (fields.has("tracks"))
        request.output.head.reset();
    if (!fields.has("edits") || !fields.at("edits").is_array())
        return fail(ErrorKind::BadInput, "There must be a list of edits.", "edits",
                    R"(Write "edits": [{"offset": 10, "ref": "A", "alt": "C"}].)");
    const json& edits = fields.at("edits");
    for (size_t i = 0; i < edits.size(); ++i) {
        DS_ASSIGN(EditList edit, parseEdit(edits[i], fmt::format("edits[{}]", i), bases));
        request.edits.push_back(std::move(edit));
    }
    return request;
}

} // namespace

Result<std::string> readSequenceFile(const fs::path& file) {
    constexpr size_t Longest = size_t{1} << 30; // no chromosome has so many bases
    DS_ASSIGN(const std::string text, readNamedFile(file, Longest));
    std::string bases;
    int64_t line = 1;
    bool header = false; // within a FASTA header's line
    int records = 0;
    bool lineStart = true;
    for (const char letter : text) {
        if (letter == '\n') {
            ++line;
            header = false;
            lineStart = true;
            continue;
        }
        const bool starts = std::exchange(lineStart, false);
        if (header || std::isspace(static_cast<unsigned char>(letter)) != 0)
            continue;
        const std::string where = fmt::format("{}, line {}", file.string(), line);
        if (starts && letter == '>') {
            if (++records > 1 || !bases.empty())
                return fail(ErrorKind::BadInput, "The file holds more than one sequence.", where,
                            "Give a file with one.");
            header = true;
            continue;
        }
        if (!isBase(letter))
            return fail(ErrorKind::BadInput, fmt::format("Found '{}', which is no base.", letter), where,
                        "Give FASTA or plain text of A, C, G, T and N.");
        bases += letter;
    }
    if (bases.empty())
        return fail(ErrorKind::BadInput, "The file holds no bases.", file.string());
    return bases;
}

Result<ScoreCase> readScoreCase(const fs::path& file, std::string_view bases, const ModelInfo& model) {
    DS_ASSIGN(const json document, readJsonFile(file));
    Result<ScoreCase> request = parseCase(document, bases, model);
    if (!request) {
        Error error = std::move(request).error();
        error.where = error.where.empty() ? file.string() : fmt::format("{}, {}", file.string(), error.where);
        return fail(std::move(error));
    }
    return request;
}

} // namespace diploscope
