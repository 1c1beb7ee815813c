// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/import_published.h"

#include "analysis/provenance.h"
#include "base/atomic_file.h"
#include "base/checksum.h"
#include "base/paths.h"
#include "results/published_saturation.h"
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

/// Onto itself too.
Result<void> copyFile(const fs::path& from, const fs::path& to) {
    std::error_code failed;
    if (fs::equivalent(from, to, failed))
        return {};
    DS_ASSIGN(AtomicFile file, AtomicFile::create(to));
    fs::copy_file(from, file.temporaryPath(), fs::copy_options::overwrite_existing, failed);
    if (failed)
        return fail(ErrorKind::Io, "The table cannot be copied: " + failed.message() + ".", from.string());
    return file.commit();
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

    if (tables.saturation) {
        DS_TRY(readDriverSaturation(*tables.saturation, context));
        DS_TRY(addSource("saturation", *tables.saturation));
    }
    if (tables.tssStatistics) {
        DS_TRY(readLargestAttributions(*tables.tssStatistics));
        DS_TRY(addSource("tss_statistics", *tables.tssStatistics));
    }

    StudyFile study;
    study.path = resolvedPath({}, folder / "published.study.json");
    study.name = "Published tables: " + tables.genes.stem().string();
    study.build = "GRCh38";
    study.published = ResultStore::fileOf(study.path);
    DS_TRY(context.checkpoint());
    DS_ASSIGN(AtomicFile file, AtomicFile::create(*study.published));
    DS_TRY(writeStore(models, sources, file.temporaryPath()));
    // Copies, as the results are: the study then needs nothing that lies elsewhere.
    const auto keep = [&](const std::optional<fs::path>& table, const char* name,
                          std::optional<fs::path>& kept) -> Result<void> {
        if (!table)
            return {};
        kept = resolvedPath({}, folder / name);
        if (table->extension() == ".gz")
            *kept += ".gz";
        return copyFile(*table, *kept);
    };
    DS_TRY(keep(tables.saturation, "published.saturation.tsv", study.saturation));
    DS_TRY(keep(tables.tssStatistics, "published.tss_statistics.txt", study.tssStatistics));
    DS_TRY(file.commit());
    DS_TRY(writeStudyFile(study, study.path));
    return study.path;
}

} // namespace diploscope
