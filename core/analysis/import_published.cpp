// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/import_published.h"

#include "analysis/provenance.h"
#include "base/atomic_file.h"
#include "base/checksum.h"
#include "base/paths.h"
#include "results/result_store.h"

#include <unistd.h>

namespace diploscope {

namespace fs = std::filesystem;

namespace {

using Lines = std::vector<std::pair<std::string, std::string>>;

/// Whether a file may be written to or made. Rights that let nobody write are meant for root too.
bool mayWrite(const fs::path& file) {
    constexpr auto anyWrite = fs::perms::owner_write | fs::perms::group_write | fs::perms::others_write;
    std::error_code error;
    for (const fs::path& place : {file.parent_path(), file}) {
        const auto rights = fs::status(place, error).permissions();
        if (place == file && !fs::exists(file, error))
            break;
        if (access(place.c_str(), W_OK) != 0 || (rights & anyWrite) == fs::perms::none)
            return false;
    }
    return true;
}

/// Beside the study file, or beside what it is a link to, where there are results.
fs::path besideStudy(const StudyFile& study) {
    fs::path beside = ResultStore::fileOf(study.path);
    std::error_code error;
    const fs::path real = fs::canonical(study.path, error);
    if (!error && !fs::exists(beside, error) && fs::exists(ResultStore::fileOf(real), error))
        return ResultStore::fileOf(real);
    return beside;
}

/// Wherever the study lies. Two of the same name share the file: their runs are told apart by content.
fs::path inUserFolder(const StudyFile& study) {
    const auto named = [](const std::string& key) {
        return userDataFolder() / "results" / (toHex(digestOf(key)) + ".results.sqlite");
    };
    std::error_code ignored;
    if (const fs::path byPath = named(study.path.string()); fs::exists(byPath, ignored))
        return byPath; // as earlier versions called it
    return named(ResultStore::fileOf(study.path).filename().string() + '\n' + study.name + '\n' +
                 study.build);
}

/// One transaction a model: the file appears only when all are stored.
Result<void> writeStore(const std::vector<PublishedModel>& models, const Lines& sources,
                        const fs::path& file) {
    DS_ASSIGN(ResultStore store, ResultStore::open(file));
    for (const PublishedModel& model : models) {
        ResultRun run;
        run.study = PublishedStudy;
        run.modelChecksum = model.name;
        run.model = model.name;
        run.provenance = sources;
        run.provenance.emplace_back("model", model.name);
        DS_ASSIGN(const int64_t id, store.beginRun(run));
        DS_TRY(store.store(id, model.genes));
    }
    return {};
}

} // namespace

fs::path resultStoreOf(const StudyFile& study) {
    if (study.published)
        return *study.published;
    const fs::path beside = besideStudy(study), own = inUserFolder(study);
    std::error_code ignored;
    if (mayWrite(beside))
        return beside;
    return fs::exists(own, ignored) || !fs::exists(beside, ignored) ? own : beside;
}

Result<ResultStore> openResultStore(const StudyFile& study) {
    const fs::path file = resultStoreOf(study);
    std::error_code ignored;
    if (!fs::exists(file, ignored) || mayWrite(file))
        return ResultStore::open(file);
    // What others stored of the study is where one's own results begin.
    const fs::path own = inUserFolder(study);
    DS_ASSIGN(AtomicFile copy, AtomicFile::create(own));
    {
        DS_ASSIGN(ResultStore theirs, ResultStore::openExisting(file));
        DS_TRY(theirs.copyTo(copy.temporaryPath()));
    }
    DS_TRY(copy.commit());
    return ResultStore::open(own);
}

Result<fs::path> importPublished(const PublishedTables& tables, const fs::path& folder,
                                 const RunContext& context) {
    DS_ASSIGN(const std::vector<PublishedModel> models, readPublishedTables(tables, context));
    Lines sources{{"program", programVersion()}};
    const auto addSource = [&](const char* name, const fs::path& file) -> Result<void> {
        DS_ASSIGN(const std::string digest, sha256OfFile(file));
        sources.emplace_back(name, file.filename().string() + ", sha256 " + digest);
        return {};
    };
    DS_TRY(addSource("genes", tables.genes));
    if (tables.drivers)
        DS_TRY(addSource("drivers", *tables.drivers));
    if (tables.means)
        DS_TRY(addSource("means", *tables.means));

    StudyFile study;
    study.path = resolvedPath({}, folder / "published.study.json");
    study.name = "Published tables: " + tables.genes.stem().string();
    study.build = "GRCh38";
    study.published = ResultStore::fileOf(study.path);
    DS_TRY(context.checkpoint());
    DS_ASSIGN(AtomicFile file, AtomicFile::create(*study.published));
    DS_TRY(writeStore(models, sources, file.temporaryPath()));
    DS_TRY(file.commit());
    DS_TRY(writeStudyFile(study, study.path));
    return study.path;
}

} // namespace diploscope
