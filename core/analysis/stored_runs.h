// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/genome_table.h"
#include "analysis/result_places.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace diploscope {

/// How a stored run stands to its study as it is now.
enum class RunStanding {
    Current,    ///< of these very contents
    OtherState, ///< of other contents: before a change, or of a study of the same name
    NotKnown,   ///< an older version of the program stored it, or the study's files cannot be read
};
[[nodiscard]] std::string_view toText(RunStanding standing); ///< "current", "other_state", "not_known"

struct StoredRun {
    ResultRun run;
    RunStanding standing = RunStanding::NotKnown;
    std::vector<std::string> differs; ///< of OtherState: what of the study, "expression"
};

/// \param identity studyIdentity() of the study now; empty: it could not be found out
[[nodiscard]] std::vector<StoredRun> compareRuns(std::vector<ResultRun> runs, std::string_view identity);

/// "2026-11-26 03:14 UTC". \param seconds since 1970
[[nodiscard]] std::string timeInWords(int64_t seconds);
/// In a person's words: "of the study as it is", "of another state of the study (expression differs)".
[[nodiscard]] std::string standingInWords(const StoredRun& run);
/// "run 3: demo-cnn, 60 genes, stored 2026-11-26 03:14 UTC, of the study as it is"; and where it is kept, if
/// not where the study's results go now.
[[nodiscard]] std::string runInWords(const StoredRun& run);
/// What a run of the same model has otherwise than another: "with other weights and `statistics.seed`"; empty
/// where nothing. Of their studies nothing is said.
[[nodiscard]] std::string otherwiseInWords(const ResultRun& run, const ResultRun& other);
/// What a run's options say of its score ("bins 8; tracks 2; mean, both strands") and of its null ("200
/// random predictors, seed 1"); empty where they do not.
[[nodiscard]] std::string scoreInWords(const ResultRun& run);
[[nodiscard]] std::string nullInWords(const ResultRun& run);

/// All runs of a study, as HeldResults::runs(); none where there is no store.
/// \param identity as compareRuns() \error as HeldResults::open
[[nodiscard]] Result<std::vector<StoredRun>> storedRuns(const ResultPlaces& places,
                                                        std::string_view identity);

/// Which run stands for each model, in the order in which the models were run first: a current one before one
/// of which nothing is known, of several the one with most genes, of equal ones the latest. A model of which
/// there are only runs of another state has none: those are to be asked for. \return indices into `runs`
[[nodiscard]] std::vector<size_t> runsToShow(const std::vector<StoredRun>& runs);

/// One run to show, and beside it the other models' runs of the same state of the study.
struct ChosenRuns {
    std::vector<StoredRun> all;      ///< as storedRuns()
    std::vector<size_t> indices;     ///< of those chosen, in `all`
    std::vector<ModelGenes> models;  ///< as `indices`
    size_t shown = 0;                ///< index into `models`
    std::optional<Error> unreadable; ///< why one of several stores could not be looked into

    [[nodiscard]] const StoredRun& run() const { return all[indices[shown]]; }
};

/// Provenance of a run of another state, or of one that is not known, says so under `stored_run`.
/// \param identity as compareRuns() \param model whose results, see findModel(); empty: the first with a
/// current run \param asked a run's id: this one, whatever it is of
/// \error as HeldResults::open and findModel; NotFound where there is no run, none of that id, or
/// none but of another state of the study: they are listed
[[nodiscard]] Result<ChosenRuns> chooseRuns(const ResultPlaces& places, std::string_view identity,
                                            std::string_view model = {},
                                            std::optional<int64_t> asked = std::nullopt);

/// What a study's stores have to show beside one run.
struct StoredResults {
    std::vector<GeneRow> genes;     ///< of the run itself, whichever stores hold them
    std::vector<ModelGenes> others; ///< of every other model a run of the same state of the study
    std::vector<StoredRun> kept;    ///< runs that are in neither
    std::optional<Error> stray;     ///< strayResults(), where there is no store
};
/// Nothing where there is no store, or nothing of this key in it. \error as HeldResults::open
[[nodiscard]] Result<StoredResults> readStoredResults(const ResultPlaces& places, const ResultRun& run);

} // namespace diploscope
