// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "results/gene_row.h"

#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace diploscope {

/// What all genes of one run share. A gene is computed anew when one of the three keys differs.
struct ResultRun {
    std::string studyDigest; ///< of the study file and what it names
    std::string modelChecksum;
    std::string options; ///< text of everything else that changes a number

    std::string model; ///< its name, for people
    std::vector<std::pair<std::string, std::string>> provenance;

    int64_t id = 0;     ///< given by the store
    int64_t genes = 0;  ///< stored, failed ones not counted
    int64_t failed = 0; ///< stored with a failure
};

/// A study's results in one SQLite file: runs, their genes, their genes' drivers. Every store() is one
/// transaction, so a killed run goes on where it stopped. Move-only; one thread at a time, several programs.
class ResultStore {
public:
    static constexpr int SchemaVersion = 1;

    /// `NAME.results.sqlite` beside `NAME.study.json`.
    [[nodiscard]] static std::filesystem::path fileOf(const std::filesystem::path& studyFile);

    /// Opens or makes the file; results of an older schema are removed (analyses write them anew).
    /// \error Io; BadInput for a damaged file; Mismatch for another program's database or a newer version's.
    [[nodiscard]] static Result<ResultStore> open(const std::filesystem::path& file);
    /// Only reads. \error as open(); NotFound when there is no file; Mismatch for another schema.
    [[nodiscard]] static Result<ResultStore> openExisting(const std::filesystem::path& file);
    ResultStore(ResultStore&&) noexcept;
    ResultStore& operator=(ResultStore&&) noexcept;
    ~ResultStore();

    /// The run of these keys, made where there is none. Runs of the same model and options on what the study
    /// was before are removed. \return its id
    [[nodiscard]] Result<int64_t> beginRun(const ResultRun& run);
    /// Replaces what is stored of this gene.
    [[nodiscard]] Result<void> store(int64_t run, const GeneRow& gene);
    [[nodiscard]] Result<void> store(int64_t run, std::span<const GeneRow> genes);
    /// Writes PrediXcan's R (gene id -> R) to those stored genes of a run that have none.
    [[nodiscard]] Result<void> addPredixcanR(int64_t run, const std::map<std::string, double>& r);
    /// Ids of the genes that need not be computed again: stored without a failure.
    [[nodiscard]] Result<std::set<std::string>> finishedGenes(int64_t run);

    /// In the order in which they were begun last, the latest last.
    [[nodiscard]] Result<std::vector<ResultRun>> runs();
    /// All genes with their drivers, in the order in which they were stored.
    [[nodiscard]] Result<std::vector<GeneRow>> genes(int64_t run);

private:
    struct Impl;
    explicit ResultStore(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace diploscope
