// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/predictor.h"

#include <nlohmann/json_fwd.hpp>

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace diploscope {

class ModelKind;
struct KindPart;

inline constexpr const char* ManifestFile = "model.json";

/// What a `model.json` says (FORMATS 11), or what follows from a plain Hugging Face folder: what all kinds of
/// models share, and the part that the model's kind has read. Weights are not touched.
struct ModelManifest {
    std::filesystem::path folder;
    std::string name;
    const ModelKind* kind = nullptr;      ///< never null in what readModelManifest() gives
    std::shared_ptr<const KindPart> part; ///< the kind's own; null where it has none
    std::string weightsFile;            ///< name within the folder; of a table, the table's; empty where the
                                        ///< kind has none
    std::vector<std::string> moreFiles; ///< what its kind reads beside that; they lie in the folder
    std::string sha256;                 ///< may be empty
    std::string licence;
    std::string source; ///< where missing weights can be had, for a person
    InputShape input;
    OutputChoice output;
    int binCount = 1;
    int trackCount = 1;
    std::string unit;
    /// Which output is asked for of phenotypes that are no genes, by their kind: "atac".
    std::map<std::string, KindOutput> outputs;
    std::map<std::string, std::string> kindHeads; ///< files of heads for them, by kind
    std::string targetsFile; ///< what the tracks are called; may be empty, and the file may be absent
    std::string headFile;    ///< of the default output; may be empty
    /// Of an ensemble, which has all else from the first of them; empty for other kinds.
    std::vector<ModelManifest> members;
    std::shared_ptr<const nlohmann::json> json; ///< the whole document

    /// Where the user's own files of this model are looked for, first where they belong: `models/NAME` of the
    /// user's data folder, for a model that is known by that name or names its weights' sha256. Others have
    /// `models/NAME-DIGEST` of what model.json says, so that no model gets the weights of a namesake; in
    /// `models/NAME` they are looked for only while no known model of other content has that name.
    [[nodiscard]] std::vector<std::filesystem::path> userFolders() const;
    /// The weights file where it exists: beside model.json, else in one of userFolders(). A model of a kind
    /// that Hugging Face keeps may have its weights under their other name too (model.safetensors,
    /// pytorch_model.bin). For an ensemble: its model.json, where all members' weights exist; for a
    /// kind without such a file, too, where its other files exist. \error
    /// NotFound, saying where to get them and both places to put them; BadInput where something else stands
    /// there: a pipe, a folder, Git LFS's pointer.
    [[nodiscard]] Result<std::filesystem::path> findWeights() const;
    /// Another file of the model, in the same places. \error NotFound, saying where it belongs.
    [[nodiscard]] Result<std::filesystem::path> findFile(const std::string& name) const;
};

/// Reads `model.json`; where there is none, a plain Hugging Face folder: the `config.json` of a kind that has
/// such a form (an Enformer) beside `model.safetensors` or `pytorch_model.bin`. Such a model has the folder's
/// name; its kind says what it reads and gives by default. \param inputLength bp, for such a folder only; 0:
/// the kind's own. \error NotFound, BadInput: unknown key (with the nearest known one), wrong type or value,
/// with the JSON path; Mismatch for sizes that contradict each other; Unsupported for other architectures.
[[nodiscard]] Result<ModelManifest> readModelManifest(const std::filesystem::path& folder,
                                                      int64_t inputLength = 0);

/// The same of one of the models that another is made of. \error also Unsupported where it must not be one
[[nodiscard]] Result<ModelManifest> readMemberManifest(const std::filesystem::path& folder);

/// Whether a folder holds a model by its files' names.
[[nodiscard]] bool isModelFolder(const std::filesystem::path& folder);

/// A folder as given, else `models/NAME` in the user's data folder and the program's own. \error NotFound,
/// listing known models.
[[nodiscard]] Result<std::filesystem::path> findModelFolder(const std::string& folderOrName);

/// Folders of all models in the user's data folder and the program's own, by name, first found wins.
[[nodiscard]] std::vector<std::filesystem::path> knownModelFolders();

} // namespace diploscope
