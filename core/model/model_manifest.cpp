// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/model_manifest.h"

#include "base/json_fields.h"
#include "base/json_text.h"
#include "base/paths.h"
#include "model/hugging_face.h"
#include "model/model_kinds.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <system_error>

namespace diploscope {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

constexpr int kSchema = 1;

enum class ReadAs { Model, Member };

Result<InputShape> parseInput(const json& value) {
    DS_ASSIGN(const JsonFields fields, JsonFields::open(value, "input", {"length", "tss_index", "strand"}));
    InputShape input;
    DS_ASSIGN(input.length, fields.integer("length", 1, int64_t{1} << 26));
    DS_ASSIGN(input.tssIndex, fields.integer("tss_index", 0, input.length - 1));
    DS_ASSIGN(const size_t strand, fields.choice("strand", {"forward", "gene"}, 0));
    input.strand = strand == 0 ? StrandRule::Forward : StrandRule::Gene;
    return input;
}

/// Which output is meant. \param choice what stands where a key is missing \return the file of a head
Result<std::string> parseChoice(const JsonFields& fields, const ModelManifest& model, OutputChoice& choice) {
    DS_ASSIGN(choice.bins, fields.integers("bins", 0, model.binCount - 1, choice.bins));
    DS_ASSIGN(choice.tracks, fields.integers("tracks", 0, model.trackCount - 1, choice.tracks));
    DS_ASSIGN(const size_t aggregate,
              fields.choice("aggregate", aggregateWords(), static_cast<size_t>(choice.aggregate)));
    choice.aggregate = static_cast<Aggregate>(aggregate);
    DS_ASSIGN(std::string head, fields.text("head", ""));
    for (const char* key : {"tracks", "aggregate"})
        if (!head.empty() && fields.has(key))
            return fail(ErrorKind::BadInput, "A head says itself which tracks count and how.",
                        fields.pathOf(key), "Remove the key, or \"head\".");
    return head;
}

/// `output`, with the counts that the kind knows already, or that the model must declare.
Result<void> parseOutput(const json& value, ModelManifest& model) {
    DS_ASSIGN(const JsonFields fields, JsonFields::open(value, "output",
                                                        {"bins", "tracks", "aggregate", "head", "unit",
                                                         "bin_count", "track_count", "layout"}));
    DS_TRY(model.kind->parseOutput(fields, model));
    DS_ASSIGN(model.headFile, parseChoice(fields, model, model.output));
    DS_ASSIGN(model.unit, fields.text("unit", "prediction"));
    return {};
}

/// `outputs`: of phenotypes that are no genes, by their kind. Bins that are not named are those of `output`.
Result<void> parseKindOutputs(const json& value, ModelManifest& model) {
    if (!value.is_object())
        return fail(ErrorKind::BadInput, "Expected an object with a kind of phenotypes for each key.",
                    "outputs", R"(Write "outputs": {"atac": {"tracks": [12], "bins": [447, 448, 449]}}.)");
    for (const auto& [kind, meant] : value.items()) {
        if (kind == "gene")
            return fail(ErrorKind::BadInput, "The output for genes is \"output\".", "outputs.gene",
                        "Move the keys there, or name the kind of other phenotypes.");
        DS_ASSIGN(const JsonFields fields, JsonFields::open(meant, "outputs." + kind,
                                                            {"bins", "tracks", "aggregate", "head", "unit"}));
        KindOutput& output = model.outputs[kind];
        output.choice = model.output;
        DS_ASSIGN(const std::string head, parseChoice(fields, model, output.choice));
        if (!head.empty())
            model.kindHeads[kind] = head;
        DS_ASSIGN(output.unit, fields.text("unit", model.unit));
    }
    return {};
}

/// Keys that all kinds share, and those of each.
std::vector<std::string> knownKeys(const std::vector<const ModelKind*>& kinds) {
    std::vector<std::string> known{"schema",      "name",     "kind",   "weights", "sha256",
                                   "licence",     "source",   "input",  "output",  "outputs",
                                   "description", "training", "targets"};
    for (const ModelKind* kind : kinds)
        for (std::string& key : kind->keys())
            if (std::find(known.begin(), known.end(), key) == known.end())
                known.push_back(std::move(key));
    return known;
}

Result<const ModelKind*> kindOf(const JsonFields& fields, const std::vector<const ModelKind*>& kinds) {
    std::vector<std::string> names;
    for (const ModelKind* kind : kinds)
        names.push_back(kind->name());
    DS_ASSIGN(const size_t chosen, fields.choice("kind", names));
    return kinds[chosen];
}

Result<void> parseWeights(const JsonFields& fields, ModelManifest& model) {
    const std::string key = model.kind->fileKey();
    if (key != "weights" && fields.has("weights"))
        return fail(ErrorKind::BadInput, fmt::format("A {} model has no \"weights\".", model.kind->name()),
                    "weights",
                    key.empty() ? "Remove the key." : fmt::format("Name its file under \"{}\".", key));
    if (key.empty()) {
        if (fields.has("sha256"))
            return fail(
                ErrorKind::BadInput,
                fmt::format("A {} model has no one file whose \"sha256\" it could be.", model.kind->name()),
                "sha256", "Remove the key.");
        return {};
    }
    DS_ASSIGN(model.weightsFile, fields.text(key));
    if (fs::path(model.weightsFile).filename() != fs::path(model.weightsFile))
        return fail(ErrorKind::BadInput,
                    fmt::format("Expected the name of a file in the model's folder, found \"{}\".",
                                model.weightsFile),
                    key);
    DS_ASSIGN(model.sha256, fields.text("sha256", ""));
    if (!model.sha256.empty() && (model.sha256.size() != 64 ||
                                  model.sha256.find_first_not_of("0123456789abcdef") != std::string::npos))
        return fail(ErrorKind::BadInput, "Expected 64 lower-case hexadecimal digits.", "sha256");
    return {};
}

/// A key of another kind would be silently without effect.
Result<void> refuseKeysOfOtherKinds(const JsonFields& fields, const ModelKind& kind) {
    std::vector<std::string> others = keysOfOtherKinds(kind);
    std::sort(others.begin(), others.end());
    for (const std::string& key : others)
        if (fields.has(key))
            return fail(ErrorKind::BadInput, fmt::format("A {} model has no \"{}\".", kind.name(), key), key,
                        "Remove the key, or correct \"kind\".");
    return {};
}

Result<ModelManifest> parseManifest(std::shared_ptr<const json> document, const fs::path& folder,
                                    ReadAs readAs) {
    ModelManifest model;
    model.folder = folder;
    model.json = std::move(document);
    const std::vector<const ModelKind*> kinds = modelKinds();
    DS_ASSIGN(const JsonFields fields, JsonFields::open(*model.json, "", knownKeys(kinds)));
    DS_TRY(fields.integer("schema", kSchema, kSchema));
    DS_ASSIGN(model.name, fields.text("name"));
    if (model.name.find('/') != std::string::npos || model.name.front() == '.')
        return fail(ErrorKind::BadInput, fmt::format("\"{}\" cannot be a folder's name.", model.name),
                    "name");
    DS_ASSIGN(model.kind, kindOf(fields, kinds));
    DS_ASSIGN(model.licence, fields.text("licence", ""));
    DS_ASSIGN(model.source, fields.text("source", ""));
    DS_TRY(fields.text("description", ""));
    if (readAs == ReadAs::Member)
        DS_TRY(model.kind->mayBeMember());
    if (model.kind->isOfMembers()) {
        DS_TRY(model.kind->parse(fields, model));
        return model;
    }
    DS_ASSIGN(model.targetsFile, fields.text("targets", ""));
    DS_TRY(parseWeights(fields, model));
    DS_TRY(refuseKeysOfOtherKinds(fields, *model.kind));
    if (fields.has("input")) {
        DS_ASSIGN(model.input, parseInput(fields.at("input")));
    } else if (const std::optional<InputShape> input = model.kind->defaultInput()) {
        model.input = *input;
    } else {
        return fail(ErrorKind::BadInput,
                    "The key is missing; it must be an object with length and tss_index.", "input");
    }
    DS_TRY(model.kind->parse(fields, model));
    const json none = json::object();
    DS_TRY(parseOutput(fields.has("output") ? fields.at("output") : none, model));
    DS_TRY(parseKindOutputs(fields.has("outputs") ? fields.at("outputs") : none, model));
    return model;
}

Failure locate(const fs::path& file, Error error) {
    error.where = error.where.empty() ? file.string() : fmt::format("{}, {}", file.string(), error.where);
    return fail(std::move(error));
}

std::vector<fs::path> modelRoots() {
    std::vector<fs::path> roots{userDataFolder() / "models"};
    for (const fs::path& folder : programDataFolders())
        roots.push_back(folder / "models");
    return roots;
}

Result<ModelManifest> readManifest(const fs::path& folder, ReadAs readAs, int64_t inputLength) {
    const bool plain = isHuggingFaceFolder(folder);
    const fs::path file = folder / (plain ? HuggingFaceConfig : ManifestFile);
    DS_ASSIGN(json document, readJsonFile(file));
    if (plain) {
        Result<json> asModel = manifestOfConfig(folder, document, inputLength);
        if (!asModel)
            return locate(file, std::move(asModel).error());
        document = *std::move(asModel);
    }
    Result<ModelManifest> model =
        parseManifest(std::make_shared<const json>(std::move(document)), folder, readAs);
    if (!model)
        return locate(file, std::move(model).error());
    return model;
}

} // namespace

Result<ModelManifest> readModelManifest(const fs::path& folder, int64_t inputLength) {
    return readManifest(folder, ReadAs::Model, inputLength);
}

Result<ModelManifest> readMemberManifest(const fs::path& folder) {
    return readManifest(folder, ReadAs::Member, 0);
}

bool isModelFolder(const fs::path& folder) {
    std::error_code ignored;
    return fs::is_regular_file(folder / ManifestFile, ignored) || isHuggingFaceFolder(folder);
}

Result<fs::path> findModelFolder(const std::string& folderOrName) {
    std::error_code ignored;
    if (isModelFolder(folderOrName))
        return fs::path(folderOrName);
    const bool isName = folderOrName.find('/') == std::string::npos && !folderOrName.empty();
    std::vector<std::string> names;
    for (const fs::path& folder : knownModelFolders()) {
        names.push_back(folder.filename().string());
        if (isName && names.back() == folderOrName)
            return folder;
    }
    if (fs::is_directory(folderOrName, ignored))
        return fail(
            ErrorKind::NotFound,
            "The folder holds neither a model.json nor a Hugging Face config.json, so it is no model.",
            folderOrName, "See `diploscope models` for those that are known.");
    return fail(ErrorKind::NotFound, "There is no such folder, and no known model of that name.",
                folderOrName,
                names.empty() ? std::string("No model is installed.") : suggestName(folderOrName, names));
}

std::vector<fs::path> knownModelFolders() {
    std::map<std::string, fs::path> byName;
    for (const fs::path& root : modelRoots()) {
        std::error_code error;
        for (fs::directory_iterator entry(root, error), end; !error && entry != end; entry.increment(error)) {
            if (isModelFolder(entry->path()))
                byName.emplace(entry->path().filename().string(), entry->path().lexically_normal());
        }
    }
    std::vector<fs::path> folders;
    for (const auto& [name, folder] : byName)
        folders.push_back(folder);
    return folders;
}

} // namespace diploscope
