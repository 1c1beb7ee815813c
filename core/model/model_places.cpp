// SPDX-License-Identifier: GPL-3.0-or-later
// Where a model's files are looked for.
#include "base/checksum.h"
#include "base/input_file.h"
#include "base/json_text.h"
#include "base/paths.h"
#include "model/hugging_face.h"
#include "model/model_kind.h"
#include "model/model_manifest.h"
#include "weights/weights_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <system_error>

namespace diploscope {

namespace fs = std::filesystem;

namespace {

/// Another model that is called so, and would take what lies in the user's folder of that name for its own.
/// One that says just the same is the same model.
bool isNamesake(const fs::path& folder, const ModelManifest& model) {
    const bool isFolderOfThatName = folder.filename() == model.name;
    const Result<ModelManifest> other = readModelManifest(folder);
    return other ? (isFolderOfThatName || other->name == model.name) && *other->json != *model.json
                 : isFolderOfThatName;
}

std::vector<fs::path> foldersToSearch(const ModelManifest& model) {
    std::vector<fs::path> folders = model.userFolders();
    folders.insert(folders.begin(), model.folder);
    return folders;
}

std::string whereToPut(const char* what, const ModelManifest& model, const std::string& file) {
    const std::vector<fs::path> ofUser = model.userFolders();
    std::string text = fmt::format("Put {} at {} or at {}.", what, (ofUser.front() / file).string(),
                                   (model.folder / file).string());
    const fs::path named = userDataFolder() / "models" / model.name / file;
    std::error_code ignored;
    if (fs::exists(named, ignored) &&
        std::find(ofUser.begin(), ofUser.end(), named.parent_path()) == ofUser.end())
        text += fmt::format(" {} may be another model's of the same name: move it if it is this one's.",
                            named.string());
    return text;
}

} // namespace

std::vector<fs::path> ModelManifest::userFolders() const {
    const fs::path named = userDataFolder() / "models" / name;
    if (!sha256.empty()) // tells whose the weights are
        return {named};
    const fs::path own = fmt::format("{}-{:.12}", named.string(), toHex(digestOf(jsonText(*json))));
    std::error_code ignored;
    bool isKnown = false;
    for (const fs::path& known : knownModelFolders()) {
        if (fs::equivalent(known, folder, ignored))
            isKnown = isKnown || known.filename() == name;
        else if (isNamesake(known, *this))
            return {own};
    }
    return isKnown ? std::vector{named, own} : std::vector{own, named};
}

Result<fs::path> ModelManifest::findFile(const std::string& file) const {
    std::error_code ignored;
    for (const fs::path& place : foldersToSearch(*this))
        if (fs::is_regular_file(place / file, ignored))
            return place / file;
    return fail(ErrorKind::NotFound,
                fmt::format("The model \"{}\" names {}, which is not there.", name, file), folder.string(),
                whereToPut("it", *this, file));
}

Result<fs::path> ModelManifest::findWeights() const {
    for (const ModelManifest& member : members)
        DS_TRY(member.findWeights());
    std::error_code ignored;
    if (weightsFile.empty()) // then the others lie beside model.json
        for (const std::string& file : moreFiles)
            if (!fs::is_regular_file(folder / file, ignored))
                return fail(ErrorKind::NotFound,
                            fmt::format("The model \"{}\" names {}, which is not there.", name, file),
                            folder.string(), fmt::format("Put it at {}.", (folder / file).string()));
    if (!members.empty() || weightsFile.empty())
        return folder / ManifestFile;
    std::vector<std::string> names{weightsFile};
    if (kind->huggingFace() != nullptr && sha256.empty())
        names.insert(names.end(), std::begin(HuggingFaceWeights), std::end(HuggingFaceWeights));
    for (size_t i = 0, count = names.size(); i < count; ++i)
        names.push_back(names[i] + ".index.json");
    std::optional<Error> wrong; // what stands for weights, which may be at the next place
    for (const fs::path& place : foldersToSearch(*this))
        for (const std::string& file : names) {
            const fs::file_type type = fs::status(place / file, ignored).type();
            if (type == fs::file_type::not_found || type == fs::file_type::none)
                continue;
            const bool isFile = type == fs::file_type::regular;
            Result<void> usable = isFile ? refusePointer(place / file) : checkRegularFile(place / file);
            if (usable)
                return place / file;
            if (wrong)
                continue;
            wrong = std::move(usable).error();
            if (!isFile)
                wrong->what =
                    fmt::format("The weights of the model \"{}\" cannot be read. {}", name, wrong->what);
        }
    if (wrong)
        return fail(*wrong);
    std::string from = source;
    if (!from.empty() && from.back() != '.')
        from += '.';
    return fail(
        ErrorKind::NotFound,
        fmt::format("The weights of the model \"{}\" are not there: {}.", name, weightsFile), folder.string(),
        (from.empty() ? "" : fmt::format("Where from: {} ", from)) + whereToPut("them", *this, weightsFile));
}

} // namespace diploscope
