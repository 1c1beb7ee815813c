// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "results/result_store.h"
#include "study/study_file.h"

#include <filesystem>
#include <map>
#include <optional>
#include <vector>

namespace diploscope {

/// Where a study's results lie. Whether its folder may be written to changes; what was stored does not go.
struct ResultPlaces {
    ResultPlaces() = default;
    ResultPlaces(std::filesystem::path store) : file(std::move(store)) {} // NOLINT: one store is its place

    std::filesystem::path file; ///< what is stored now goes here; it need not be there yet
    bool isAway = false;        ///< in the user's data folder, as the study's may not be written to
    /// Stores that hold results, too, each with what is added to the ids of its runs.
    std::vector<std::pair<std::filesystem::path, int64_t>> others;
    std::filesystem::path beside; ///< where the results would lie beside the study; empty: nobody knows
};

/// Its `published` store, else `NAME.results.sqlite` beside the study file (or beside what it is a link to,
/// where they are there), or in the user's data folder where that place may not be written to. Of these all
/// that are there are read.
[[nodiscard]] ResultPlaces resultPlacesOf(const StudyFile& study);
/// ResultPlaces::file
[[nodiscard]] std::filesystem::path resultStoreOf(const StudyFile& study);

/// Opens it to store in. Where the results that are there may not be written to, on a copy of them in the
/// user's data folder, which stands for them from then on. \error as ResultStore::open
[[nodiscard]] Result<ResultStore> openResultStore(const StudyFile& study);

/// Results beside the study that are of no study there, as a renamed study leaves them: their names, and what
/// to do. Nothing where there are none.
[[nodiscard]] std::optional<Error> strayResults(const ResultPlaces& places);

/// All stores of a study as one, to read from. Move-only; one thread at a time.
class HeldResults {
public:
    /// \error as ResultStore::openExisting of the first one; NotFound where there is none, with those of
    /// strayResults()
    [[nodiscard]] static Result<HeldResults> open(const ResultPlaces& places);

    /// Those of `file` last, as they were begun, and of the others what it lacks: a copy's runs are there
    /// once. Each has an id of its own, and says where it is held if not in `file`.
    [[nodiscard]] Result<std::vector<ResultRun>> runs();
    /// \param run of runs() \error as ResultStore::genes; NotFound where there is none of that id
    [[nodiscard]] Result<std::vector<GeneRow>> genes(int64_t run);
    /// Why one of the others could not be read.
    [[nodiscard]] const std::optional<Error>& unreadable() const { return m_unreadable; }

private:
    struct Opened {
        ResultStore store;
        std::filesystem::path elsewhere; ///< empty: `file`
        int64_t added = 0;
    };
    std::vector<Opened> m_stores;                         ///< `file` first
    std::map<int64_t, std::pair<size_t, int64_t>> m_runs; ///< id -> store, id in it
    std::optional<Error> m_unreadable;
};

} // namespace diploscope
