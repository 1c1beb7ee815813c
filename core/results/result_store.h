// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "results/gene_row.h"

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace diploscope {

/// ResultRun::study of tables of others, which are of no study's files.
inline constexpr std::string_view PublishedStudy = "published";

/// What all genes of one run share. The first three are its key: with equal ones a gene need not be computed
/// again.
struct ResultRun {
    std::string study; ///< studyIdentity(), or PublishedStudy
    std::string modelChecksum;
    std::string options; ///< everything else that changes a number, as canonical JSON

    std::string model; ///< its name, for people
    std::vector<std::pair<std::string, std::string>> provenance;

    int64_t id = 0;            ///< given by the store
    int64_t genes = 0;         ///< stored, failed ones not counted
    int64_t failed = 0;        ///< stored with a failure
    int64_t storedAt = 0;      ///< when it was begun last, seconds since 1970, for people; 0: not known
    bool identityKnown = true; ///< false: stored when keys were of paths and times, which tell no study apart
    std::filesystem::path heldIn{}; ///< the store it was read from, if results of its study now go elsewhere
};

/// Of a run that is made in shares, each with a store of its own: all of its genes in their order, and which
/// share each falls to. It stands in every share's store, so that who joins them has the genes in their order
/// and knows which are missing.
struct SharedList {
    int shares = 1;
    std::vector<std::pair<std::string, int>> genes; ///< id, share from 1

    friend bool operator==(const SharedList&, const SharedList&) = default;
};

/// All that a store has of one run.
struct RunContents {
    ResultRun run;
    std::vector<GeneRow> genes; ///< as ResultStore::genes()
    std::optional<SharedList> list;
};

/// A study's results in one SQLite file: runs, their genes, their genes' drivers. Every store() is one
/// transaction, so a killed run goes on where it stopped. No run is ever removed: those of other options, or
/// of what the study was before, stay beside the new ones. Move-only; one thread at a time, several programs.
class ResultStore {
public:
    /// Version of the tables. Columns of genes and drivers are no part of it: those that a file lacks are
    /// added by name, and those that it has beyond are left alone.
    static constexpr int SchemaVersion = 2;

    /// `NAME.results.sqlite` beside `NAME.study.json`.
    [[nodiscard]] static std::filesystem::path fileOf(const std::filesystem::path& studyFile);

    /// Opens or makes the file; an older schema's tables are brought up to date, their runs kept.
    /// \error Io; BadInput for a damaged file; Mismatch for another program's database or a newer version's.
    [[nodiscard]] static Result<ResultStore> open(const std::filesystem::path& file);
    /// Only to read from, of any schema up to this one's. Takes back what a killed program left half done; in
    /// a folder that may not be written to, on a copy. \error as open(); NotFound when there is no file.
    [[nodiscard]] static Result<ResultStore> openExisting(const std::filesystem::path& file);
    /// Only to read from, and neither the file nor what lies beside it is changed: what a killed program left
    /// half done is taken back on a copy. \error as openExisting()
    [[nodiscard]] static Result<ResultStore> openUntouched(const std::filesystem::path& file);
    ResultStore(ResultStore&&) noexcept;
    ResultStore& operator=(ResultStore&&) noexcept;
    ~ResultStore();

    /// The run of this key, made where there is none; the latest from now on. \return its id
    [[nodiscard]] Result<int64_t> beginRun(const ResultRun& run);
    /// Replaces what is stored of this gene.
    [[nodiscard]] Result<void> store(int64_t run, const GeneRow& gene);
    [[nodiscard]] Result<void> store(int64_t run, std::span<const GeneRow> genes);
    /// Writes PrediXcan's R (gene id -> R) to those stored genes of a run that have none.
    [[nodiscard]] Result<void> addPredixcanR(int64_t run, const std::map<std::string, double>& r);
    /// Ids of the genes that need not be computed again: stored without a failure.
    [[nodiscard]] Result<std::set<std::string>> finishedGenes(int64_t run);

    /// Says of which list this run's genes are a share, in place of what was said before.
    [[nodiscard]] Result<void> keepList(int64_t run, const SharedList& list);

    /// All runs and what there is of them, of one moment. \error as all; Mismatch where a newer version of
    /// the program stored columns that this one does not know
    [[nodiscard]] Result<std::vector<RunContents>> contents();
    /// Puts what `change` makes of contents() in its place, in one transaction: all of it, or nothing where
    /// it gives an error. Runs that it does not give stay as they are; new ones are begun in its order.
    [[nodiscard]] Result<void>
    update(const std::function<Result<std::vector<RunContents>>(std::vector<RunContents>)>& change);

    /// Writes a whole, recovered copy. \error Io
    [[nodiscard]] Result<void> copyTo(const std::filesystem::path& file);

    /// In the order in which they were begun last, the latest last.
    [[nodiscard]] Result<std::vector<ResultRun>> runs();
    /// All genes with their drivers, in the order in which they were stored. Of published tables that an
    /// earlier version stored, the loss without a driver is the fraction that it is.
    [[nodiscard]] Result<std::vector<GeneRow>> genes(int64_t run);

private:
    struct Impl;
    explicit ResultStore(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace diploscope
