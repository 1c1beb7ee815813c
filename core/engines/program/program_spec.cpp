// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/program/program_spec.h"

#include "base/checksum.h"
#include "base/json_fields.h"
#include "base/json_text.h"
#include "base/sha256.h"
#include "base/shell_word.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <system_error>

namespace diploscope {

namespace fs = std::filesystem;

namespace {

/// A list of texts, none of them empty. \param byDefault an empty list where the key is absent
Result<std::vector<std::string>> wordsOf(const JsonFields& fields, const std::string& key, bool byDefault) {
    if (byDefault && !fields.has(key))
        return std::vector<std::string>();
    std::vector<std::string> words;
    const bool isList =
        fields.has(key) && fields.at(key).is_array() && (byDefault || !fields.at(key).empty());
    for (size_t i = 0; isList && i < fields.at(key).size(); ++i)
        if (const nlohmann::json& word = fields.at(key)[i];
            word.is_string() && !word.get_ref<const std::string&>().empty() &&
            word.get_ref<const std::string&>().find('\0') == std::string::npos)
            words.push_back(word.get<std::string>());
    if (!isList || words.size() != fields.at(key).size())
        return fail(ErrorKind::BadInput, "Expected a list of texts, none of them empty.", fields.pathOf(key),
                    R"(For example ["python3", "model.py"].)");
    return words;
}

Result<std::chrono::milliseconds> secondsOf(const JsonFields& fields, const char* key, double byDefault) {
    constexpr double most = 1e6;
    DS_ASSIGN(const double seconds, fields.number(key, byDefault));
    if (!(seconds > 0 && seconds <= most))
        return fail(ErrorKind::BadInput, fmt::format("Expected seconds up to {}, found {}.", most, seconds),
                    fields.pathOf(key));
    return std::chrono::milliseconds(static_cast<int64_t>(std::ceil(1000 * seconds)));
}

constexpr size_t kMostFiles = 10'000;
constexpr uintmax_t kMostBytes = uintmax_t{64} << 30;

Failure isNoModelsFile(const std::string& what, const fs::path& place) {
    return fail(
        ErrorKind::BadInput, what, place.string(),
        "All below a program's folder is part of what is allowed to run: keep its environment (venv), "
        "data and repository in another place.");
}

/// All files below a model's folder: whatever lies beside a script could be loaded by it. Relative names.
Result<std::set<std::string>> filesBelow(const fs::path& folder) {
    std::set<std::string> files;
    uintmax_t bytes = 0;
    std::error_code error;
    for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
        std::error_code broken;
        const fs::file_status status = at->status(broken); // of what a link leads to
        if (fs::is_directory(status) && !at->is_symlink())
            continue;
        if (!fs::is_regular_file(status))
            return isNoModelsFile("A program's folder holds files and folders only, and links to files.",
                                  at->path());
        files.insert(at->path().lexically_relative(folder).generic_string());
        bytes += at->file_size(broken);
        if (files.size() > kMostFiles || bytes > kMostBytes)
            return isNoModelsFile(fmt::format("The folder of a program holds more than {} files or {} GiB.",
                                              kMostFiles, kMostBytes >> 30),
                                  folder);
    }
    if (error)
        return fail(ErrorKind::Io, fmt::format("The folder cannot be read: {}.", error.message()),
                    folder.string());
    return files;
}

/// The words of a command that are files of the model: relative, and there. What it finds through PATH or by
/// its place in the system is the machine's.
std::vector<std::string> filesNamed(const std::vector<std::string>& command, const fs::path& folder) {
    std::vector<std::string> files;
    std::error_code ignored;
    for (const std::string& word : command)
        if (fs::path(word).is_relative() && fs::is_regular_file(folder / word, ignored))
            files.push_back(word);
    return files;
}

} // namespace

std::string ProgramSpec::commandLine() const {
    std::string line;
    for (const std::string& word : command)
        line += (line.empty() ? "" : " ") + shellWord(word);
    return line;
}

Result<ProgramSpec> parseProgram(const JsonFields& fields, ModelManifest& model) {
    ProgramSpec spec;
    spec.folder = model.folder;
    spec.name = model.name;
    spec.input = model.input;
    DS_ASSIGN(spec.command, wordsOf(fields, "command", false));
    DS_ASSIGN(spec.version, fields.text("version"));
    DS_ASSIGN(const size_t reply, fields.choice("reply", {"float32", "float64"}, 0));
    spec.reply = reply == 0 ? ReplyType::Float32 : ReplyType::Float64;
    DS_ASSIGN(const int64_t workers, fields.integer("workers", 1, 64, 1));
    spec.workers = static_cast<int>(workers);
    DS_ASSIGN(const int64_t batch, fields.integer("batch_size", 1, 1 << 16, spec.batchSize));
    spec.batchSize = static_cast<int>(batch);
    DS_ASSIGN(spec.startTimeout, secondsOf(fields, "start_timeout_s", 300));
    DS_ASSIGN(spec.replyTimeout, secondsOf(fields, "timeout_s", 600));
    DS_ASSIGN(std::vector<std::string> files, wordsOf(fields, "files", true));
    for (const std::string& file : files)
        if (fs::path(file).is_absolute() || fs::path(file).lexically_normal().string().starts_with(".."))
            return fail(ErrorKind::BadInput,
                        fmt::format("Expected files in the model's folder, found \"{}\".", file),
                        fields.pathOf("files"));
    const std::vector<std::string> named = filesNamed(spec.command, model.folder);
    files.insert(files.end(), named.begin(), named.end());
    std::sort(files.begin(), files.end());
    files.erase(std::unique(files.begin(), files.end()), files.end());
    model.moreFiles = std::move(files);
    return spec;
}

Result<ProgramDigests> digestsOf(const ModelManifest& model) {
    std::error_code error;
    const fs::path folder = fs::canonical(model.folder, error);
    if (error)
        return fail(ErrorKind::NotFound, "The model's folder cannot be found.", model.folder.string());
    DS_ASSIGN(std::set<std::string> files, filesBelow(folder));
    for (const std::string& name : model.moreFiles)
        files.insert(fs::path(name).lexically_normal().generic_string());
    files.erase(ManifestFile);
    std::string all;
    for (const std::string& name : files) {
        DS_ASSIGN(const std::string sha256, sha256OfFile(folder / name));
        all +=
            fmt::format("{} {}\n", sha256,
                        nlohmann::json(name).dump(-1, ' ', true, nlohmann::json::error_handler_t::replace));
    }
    ProgramDigests digests;
    digests.contents = sha256Of(all);
    DS_ASSIGN(const std::string manifest, sha256OfFile(folder / ManifestFile));
    // The file may have changed since it was read: what is started is what was read.
    digests.allowed = sha256Of(fmt::format("{}\n{}\n{}\n{}", digests.contents, manifest,
                                           sha256Of(jsonText(*model.json)), folder.string()));
    return digests;
}

} // namespace diploscope
