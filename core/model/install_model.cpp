// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/install_model.h"

#include "base/atomic_file.h"
#include "base/checksum.h"
#include "base/input_file.h"
#include "base/output_folder.h"
#include "base/paths.h"
#include "model/model_kind.h"
#include "model/model_manifest.h"
#include "weights/sharded_weights.h"
#include "weights/weights_file.h"

#include <fmt/format.h>

#include <fstream>
#include <optional>
#include <system_error>
#include <utility>
#include <vector>

namespace diploscope {

namespace fs = std::filesystem;

namespace {

constexpr size_t ChunkBytes = size_t(1) << 22;

Result<void> copyFile(const fs::path& from, const fs::path& to, const RunContext& context) {
    std::error_code error;
    const auto total = static_cast<int64_t>(fs::file_size(from, error));
    std::ifstream in(from, std::ios::binary);
    std::ofstream out(to, std::ios::binary);
    std::vector<char> chunk(ChunkBytes);
    int64_t done = 0;
    while (in && out) {
        DS_TRY(context.checkpoint());
        context.report("Copying " + from.filename().string(), done, total);
        in.read(chunk.data(), static_cast<std::streamsize>(chunk.size()));
        out.write(chunk.data(), in.gcount());
        done += in.gcount();
    }
    out.close();
    if (error || done != total || !out)
        return fail(ErrorKind::Io, fmt::format("Only {} of {} bytes could be copied.", done, total),
                    from.string(),
                    fmt::format("Check that {} may be read and that {} has room.", from.string(),
                                to.parent_path().parent_path().string()));
    return {};
}

Result<void> copyWhole(const fs::path& from, const fs::path& to, const RunContext& context) {
    DS_ASSIGN(AtomicFile made, AtomicFile::create(to));
    DS_TRY(copyFile(from, made.temporaryPath(), context));
    return made.commit();
}

Result<void> link(const fs::path& from, const fs::path& to) {
    std::error_code error;
    if (fs::is_symlink(to, error) && !fs::exists(to, error)) // to what is no longer there
        fs::remove(to, error);
    fs::create_symlink(fs::absolute(from), to, error);
    if (error)
        return fail(ErrorKind::Io, fmt::format("The link cannot be made: {}.", error.message()), to.string(),
                    "Copy the weights instead.");
    return {};
}

/// Whether the weights are the model's, before anything is done with them.
Result<void> checkBelongs(const ModelManifest& model, const fs::path& file) {
    DS_TRY(refusePointer(file)); // says more than that its checksum is another
    if (!model.sha256.empty()) {
        DS_ASSIGN(const std::string found, sha256OfFile(file));
        if (found != model.sha256)
            return fail(ErrorKind::Mismatch,
                        fmt::format("These are not the weights of \"{}\": the file's SHA-256 is {}, but "
                                    "model.json says {}.",
                                    model.name, found, model.sha256),
                        file.string(), model.source.empty() ? "" : "Where to get them: " + model.source);
    }
    const std::optional<WeightNeeds> needs = model.kind->needs(model);
    if (!needs) {
        DS_TRY(model.kind->checkFile(file));
        return model.kind->checkTable(model, file);
    }
    DS_ASSIGN(std::shared_ptr<const WeightsFile> weights, openWeights(file));
    DS_TRY(ModelWeights::match(std::move(weights), *needs));
    return {};
}

} // namespace

Result<fs::path> installModel(const fs::path& folder, InstallMode mode, const RunContext& context) {
    std::error_code error;
    const fs::path source = fs::weakly_canonical(folder, error);
    DS_ASSIGN(const ModelManifest model, readModelManifest(source));
    const fs::path target = userDataFolder() / "models" / model.name;
    if (fs::exists(fs::symlink_status(target, error)))
        return fail(ErrorKind::Mismatch,
                    fs::equivalent(target, source, error)
                        ? fmt::format("The model \"{}\" is known already: this is its folder.", model.name)
                        : fmt::format("A model named \"{}\" is known already.", model.name),
                    target.string(),
                    "Remove that folder first, or give the new one another \"name\" in its model.json.");
    if (mode == InstallMode::Link) {
        fs::create_directories(target.parent_path(), error);
        if (!error)
            fs::create_directory_symlink(source, target, error);
        if (error)
            return fail(ErrorKind::Io, fmt::format("The link cannot be made: {}.", error.message()),
                        target.string(), "Copy the model instead.");
        return target;
    }
    if (!model.members.empty())
        return fail(ErrorKind::Unsupported,
                    "An ensemble is a list of models elsewhere, which a copy would lose.", source.string(),
                    "Link it instead.");
    for (const std::string& name : model.moreFiles)
        if (fs::path(name).lexically_normal().string().starts_with(".."))
            return fail(ErrorKind::Unsupported,
                        fmt::format("The model uses {}, which is not in its folder.", name), source.string(),
                        "Link it instead.");
    std::vector<std::string> files{"model.json"};
    for (const std::string& name : {model.weightsFile, model.weightsFile + ".index.json"})
        if (fs::is_regular_file(source / name, error)) {
            files.push_back(name);
            if (!isShardIndex(name))
                continue;
            DS_ASSIGN(const std::vector<fs::path> parts, shardsOf(source / name));
            for (const fs::path& part : parts)
                files.push_back(part.filename().string());
        }
    files.insert(files.end(), model.moreFiles.begin(), model.moreFiles.end());
    DS_ASSIGN(OutputFolder made, OutputFolder::create(target, {files.begin(), files.end()}));
    for (const std::string& name : files) {
        const fs::path copy = made.path() / name;
        fs::create_directories(copy.parent_path(), error);
        DS_TRY(copyFile(source / name, copy, context));
        fs::permissions(copy, fs::status(source / name, error).permissions(), error); // some are programs
    }
    DS_TRY(made.commit());
    return target;
}

Result<fs::path> installWeights(const fs::path& folder, const fs::path& file, InstallMode mode,
                                const RunContext& context) {
    std::error_code error;
    DS_ASSIGN(const ModelManifest model, readModelManifest(folder));
    if (!model.members.empty())
        return fail(ErrorKind::Unsupported, "An ensemble has no weights of its own.", folder.string(),
                    "Give each of its models its weights.");
    if (model.weightsFile.empty())
        return fail(ErrorKind::Unsupported,
                    fmt::format("A model of kind {} has no file of weights.", model.kind->name()),
                    folder.string(), "Put the files that its model.json names into its folder.");
    if (const Result<fs::path> known = model.findWeights())
        return fail(ErrorKind::Mismatch, fmt::format("The model \"{}\" has its weights.", model.name),
                    known->string(), "Remove that file first if it is the wrong one.");
    if (fs::exists(file, error)) // what is not there, its reader tells
        DS_TRY(checkRegularFile(file));
    DS_TRY(context.checkpoint());
    context.report("Checking " + file.filename().string(), 0, 0);
    DS_TRY(checkBelongs(model, file));
    DS_TRY(context.checkpoint());

    const fs::path place = model.userFolders().front();
    std::vector<std::pair<fs::path, fs::path>> files{{file, place / model.weightsFile}};
    if (isShardIndex(file)) { // the parts first: with the index, the weights are there
        DS_ASSIGN(const std::vector<fs::path> parts, shardsOf(file));
        files = {{file, place / (model.weightsFile + ".index.json")}};
        for (const fs::path& part : parts)
            files.insert(files.end() - 1, {part, place / part.filename()});
    }
    fs::create_directories(place, error);
    std::vector<fs::path> made;
    for (const auto& [from, to] : files) {
        const Result<void> taken = mode == InstallMode::Link ? link(from, to) : copyWhole(from, to, context);
        if (!taken) {
            for (const fs::path& one : made)
                fs::remove(one, error);
            return fail(taken.error());
        }
        made.push_back(to);
    }
    return made.back();
}

} // namespace diploscope
