// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/import_published.h"

#include "analysis/provenance.h"
#include "base/atomic_file.h"
#include "base/checksum.h"
#include "base/paths.h"
#include "results/result_store.h"

namespace diploscope {

namespace fs = std::filesystem;

namespace {

using Lines = std::vector<std::pair<std::string, std::string>>;

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
