// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/model_manifest.h"

#include "base/json_fields.h"
#include "base/json_text.h"
#include "base/paths.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <system_error>

namespace diploscope {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

constexpr int kSchema = 1;
constexpr const char* kConfigFile = "config.json"; ///< Hugging Face's
constexpr int kBrainTrack = 4980; ///< of Enformer's head for people: CAGE, adult brain (METHODS 3)

/// A member of an ensemble may not be one itself.
enum class ReadAs { Model, Member };
Result<ModelManifest> readManifest(const fs::path& folder, ReadAs readAs, int64_t inputLength = 0);

Result<InputShape> parseInput(const json& value) {
    DS_ASSIGN(const JsonFields fields, JsonFields::open(value, "input", {"length", "tss_index", "strand"}));
    InputShape input;
    DS_ASSIGN(input.length, fields.integer("length", 1, int64_t{1} << 26));
    DS_ASSIGN(input.tssIndex, fields.integer("tss_index", 0, input.length - 1));
    DS_ASSIGN(const size_t strand, fields.choice("strand", {"forward", "gene"}, 0));
    input.strand = strand == 0 ? StrandRule::Forward : StrandRule::Gene;
    return input;
}

/// `output`, with the counts that `model` already knows from its layers or configuration, or that it must
/// declare.
Result<void> parseOutput(const json& value, ModelManifest& model) {
    DS_ASSIGN(const JsonFields fields, JsonFields::open(value, "output",
                                                        {"bins", "tracks", "aggregate", "head", "unit",
                                                         "bin_count", "track_count", "layout"}));
    constexpr int most = 1 << 24;
    if (model.kind == "torchscript") {
        DS_ASSIGN(const int64_t binCount, fields.integer("bin_count", 1, most, 1));
        DS_ASSIGN(const int64_t trackCount, fields.integer("track_count", 1, most, 1));
        model.binCount = static_cast<int>(binCount);
        model.trackCount = static_cast<int>(trackCount);
        DS_TRY(fields.choice("layout", {"NTK", "NKT"}, 0));
    } else if (model.kind == "enformer") {
        // May be repeated for readers, but config decides.
        DS_TRY(fields.integer("bin_count", model.binCount, model.binCount, model.binCount));
        DS_TRY(fields.integer("track_count", model.trackCount, model.trackCount, model.trackCount));
    } else {
        for (const char* key : {"bin_count", "track_count", "layout"})
            if (fields.has(key))
                return fail(
                    ErrorKind::BadInput,
                    "A sequential model has one bin, and one track for each output of its last layer.",
                    fields.pathOf(key), "Remove the key.");
    }
    DS_ASSIGN(model.output.bins, fields.integers("bins", 0, model.binCount - 1, std::vector<int>{0}));
    DS_ASSIGN(model.output.tracks, fields.integers("tracks", 0, model.trackCount - 1, std::vector<int>{0}));
    DS_ASSIGN(const size_t aggregate, fields.choice("aggregate", aggregateWords(), 0));
    model.output.aggregate = static_cast<Aggregate>(aggregate);
    DS_ASSIGN(model.headFile, fields.text("head", ""));
    for (const char* key : {"tracks", "aggregate"})
        if (!model.headFile.empty() && fields.has(key))
            return fail(ErrorKind::BadInput, "A head says itself which tracks count and how.",
                        fields.pathOf(key), "Remove the key, or \"head\".");
    DS_ASSIGN(model.unit, fields.text("unit", "prediction"));
    return {};
}

/// The list `models` of an ensemble: folders beside its own, or names of known models.
Result<void> parseMembers(const JsonFields& fields, const fs::path& folder, ModelManifest& model) {
    const auto isText = [](const json& item) { return item.is_string(); };
    const json none;
    const json& list = fields.has("models") ? fields.at("models") : none;
    if (!list.is_array() || list.size() < 2 || !std::all_of(list.begin(), list.end(), isText))
        return fail(ErrorKind::BadInput, "An ensemble needs a list of at least two models' folders or names.",
                    "models", R"(Write "models": ["../first", "../second"].)");
    for (const json& item : list) {
        const std::string name = item.get<std::string>();
        const fs::path beside = folder / name;
        DS_ASSIGN(const fs::path found, findModelFolder(isModelFolder(beside) ? beside.string() : name));
        DS_ASSIGN(ModelManifest member, readManifest(found, ReadAs::Member));
        const ModelManifest& first = model.members.empty() ? member : model.members.front();
        if (member.input != first.input || member.binCount != first.binCount ||
            member.trackCount != first.trackCount || member.unit != first.unit)
            return fail(ErrorKind::Mismatch,
                        fmt::format("The models \"{}\" and \"{}\" differ in what they read or give: {} bp, "
                                    "TSS at {}, {} x {} of {} against {} bp, TSS at {}, {} x {} of {}.",
                                    first.name, member.name, first.input.length, first.input.tssIndex,
                                    first.binCount, first.trackCount, first.unit, member.input.length,
                                    member.input.tssIndex, member.binCount, member.trackCount, member.unit),
                        "models", "Only models of equal input and output can be averaged.");
        model.members.push_back(std::move(member));
    }
    const ModelManifest& first = model.members.front();
    model.input = first.input;
    model.output = first.output;
    model.binCount = first.binCount;
    model.trackCount = first.trackCount;
    model.unit = first.unit;
    return {};
}

Result<ModelManifest> parseManifest(std::shared_ptr<const json> document, const fs::path& folder,
                                    ReadAs readAs) {
    ModelManifest model;
    model.folder = folder;
    model.json = std::move(document);
    const std::vector<std::string> kinds{"sequential", "torchscript", "enformer", "ensemble"};
    std::vector<std::string> known{"schema", "name",   "kind",    "weights", "sha256",      "licence",
                                   "source", "input",  "output",  "layers",  "description", "training",
                                   "layout", "config", "targets", "models"};
    DS_ASSIGN(const JsonFields fields, JsonFields::open(*model.json, "", known));
    DS_TRY(fields.integer("schema", kSchema, kSchema));
    DS_ASSIGN(model.name, fields.text("name"));
    if (model.name.find('/') != std::string::npos || model.name.front() == '.')
        return fail(ErrorKind::BadInput, fmt::format("\"{}\" cannot be a folder's name.", model.name),
                    "name");
    DS_ASSIGN(const size_t kind, fields.choice("kind", kinds));
    model.kind = kinds[kind];
    DS_ASSIGN(model.licence, fields.text("licence", ""));
    DS_ASSIGN(model.source, fields.text("source", ""));
    DS_TRY(fields.text("description", ""));
    if (model.kind == "ensemble") {
        if (readAs == ReadAs::Member)
            return fail(ErrorKind::Unsupported, "An ensemble cannot be part of another one.", "kind",
                        "List its models instead.");
        for (const char* key :
             {"weights", "sha256", "input", "output", "layers", "layout", "config", "targets"})
            if (fields.has(key))
                return fail(ErrorKind::BadInput, fmt::format("An ensemble has no \"{}\".", key), key,
                            "Remove the key: all but the name comes from its models.");
        DS_TRY(parseMembers(fields, folder, model));
        return model;
    }
    DS_ASSIGN(model.targetsFile, fields.text("targets", ""));
    DS_ASSIGN(model.weightsFile, fields.text("weights"));
    if (fs::path(model.weightsFile).filename() != fs::path(model.weightsFile))
        return fail(ErrorKind::BadInput,
                    fmt::format("Expected the name of a file in the model's folder, found \"{}\".",
                                model.weightsFile),
                    "weights");
    DS_ASSIGN(model.sha256, fields.text("sha256", ""));
    if (!model.sha256.empty() && (model.sha256.size() != 64 ||
                                  model.sha256.find_first_not_of("0123456789abcdef") != std::string::npos))
        return fail(ErrorKind::BadInput, "Expected 64 lower-case hexadecimal digits.", "sha256");
    // Each kind has keys of its own; one of another kind would be silently without effect.
    const std::map<std::string, std::string> kindOfKey{
        {"layers", "sequential"}, {"layout", "torchscript"}, {"config", "enformer"}, {"models", "ensemble"}};
    for (const auto& [key, owner] : kindOfKey)
        if (fields.has(key) && owner != model.kind)
            return fail(ErrorKind::BadInput, fmt::format("A {} model has no \"{}\".", model.kind, key), key,
                        "Remove the key, or correct \"kind\".");
    if (!fields.has("input"))
        return fail(ErrorKind::BadInput,
                    "The key is missing; it must be an object with length and tss_index.", "input");
    DS_ASSIGN(model.input, parseInput(fields.at("input")));
    if (model.kind == "torchscript")
        DS_TRY(fields.choice("layout", {"NCL", "NLC"}, 0));
    if (model.kind == "sequential") {
        DS_ASSIGN(const NetworkSpec network, networkOf(model));
        model.trackCount = static_cast<int>(network.outputs());
    }
    if (model.kind == "enformer") {
        DS_ASSIGN(const EnformerConfig config, enformerConfigOf(model));
        model.binCount = static_cast<int>(config.targetLength);
        model.trackCount = static_cast<int>(config.trackCount());
    }
    const json none = json::object();
    DS_TRY(parseOutput(fields.has("output") ? fields.at("output") : none, model));
    return model;
}

Failure locate(const fs::path& file, Error error) {
    error.where = error.where.empty() ? file.string() : fmt::format("{}, {}", file.string(), error.where);
    return fail(std::move(error));
}

/// `config.json` and no `model.json`.
bool isHuggingFaceFolder(const fs::path& folder) {
    std::error_code ignored;
    return !fs::exists(folder / ManifestFile, ignored) && fs::is_regular_file(folder / kConfigFile, ignored);
}

/// The model.json that a plain Hugging Face folder stands for.
Result<json> manifestOfConfig(const fs::path& folder, const json& config, int64_t inputLength) {
    if (!config.is_object())
        return fail(ErrorKind::BadInput,
                    fmt::format("Expected an object {{...}}, found {}.", shortJson(config)));
    const auto type = config.find("model_type");
    if (type != config.end() ? *type != "enformer" : !(config.contains("dim") && config.contains("depth")))
        return fail(
            ErrorKind::Unsupported,
            type != config.end()
                ? fmt::format("This is a model of type {}, not an Enformer.", shortJson(*type))
                : std::string("This is no configuration of an Enformer: it has no \"dim\" and \"depth\"."),
            "model_type", "Of Hugging Face's models Enformers can be opened; others need a model.json.");
    const int64_t length = inputLength > 0 ? inputLength : EnformerConfig{}.inputLength;
    DS_ASSIGN(const EnformerConfig sizes, parseEnformerConfig(config, "", length));
    std::vector<int64_t> bins;
    for (int64_t bin = sizes.targetLength / 2 - 1; bin <= sizes.targetLength / 2 + 1; ++bin)
        if (bin >= 0 && bin < sizes.targetLength)
            bins.push_back(bin);
    std::error_code ignored;
    const bool safetensors = fs::is_regular_file(folder / HuggingFaceWeights[0], ignored);
    fs::path name = fs::weakly_canonical(folder, ignored).filename();
    return json{
        {"schema", 1},
        {"name", name.empty() ? "enformer" : name.string()},
        {"kind", "enformer"},
        {"weights", HuggingFaceWeights[safetensors ? 0 : 1]},
        {"input", {{"length", length}, {"tss_index", length / 2}}},
        {"output", {{"bins", bins}, {"tracks", {sizes.trackCount() > kBrainTrack ? kBrainTrack : 0}}}},
        {"config", config}};
}

std::vector<fs::path> modelRoots() {
    std::vector<fs::path> roots{userDataFolder() / "models"};
    for (const fs::path& folder : programDataFolders())
        roots.push_back(folder / "models");
    return roots;
}

} // namespace

Result<NetworkSpec> networkOf(const ModelManifest& manifest) {
    if (manifest.kind != "sequential")
        return fail(ErrorKind::Unsupported,
                    fmt::format("The model \"{}\" is of kind {}, which has no list of layers.", manifest.name,
                                manifest.kind),
                    {}, "Use a model of kind sequential.");
    const auto layers = manifest.json->find("layers");
    if (layers == manifest.json->end())
        return fail(ErrorKind::BadInput, "The key is missing; it must be a list of layers.", "layers");
    return parseNetwork(*layers, manifest.input.length);
}

Result<EnformerConfig> enformerConfigOf(const ModelManifest& manifest) {
    if (manifest.kind != "enformer")
        return fail(ErrorKind::Unsupported, fmt::format("The model \"{}\" is of kind {}, not an Enformer.",
                                                        manifest.name, manifest.kind));
    const auto config = manifest.json->find("config");
    if (config == manifest.json->end())
        return fail(ErrorKind::BadInput, "The key is missing; it must be an object of Enformer's sizes.",
                    "config");
    return parseEnformerConfig(*config, "config", manifest.input.length);
}

namespace {
Result<ModelManifest> readManifest(const fs::path& folder, ReadAs readAs, int64_t inputLength) {
    const bool plain = isHuggingFaceFolder(folder);
    const fs::path file = folder / (plain ? kConfigFile : ManifestFile);
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
