// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"
#include "results/result_store.h"

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace diploscope {

/// A run as joined from several stores.
struct MergedRun {
    ResultRun run;      ///< with what is stored of it now
    int64_t stores = 0; ///< that had any of it, the one written to not counted
    int64_t listed = 0; ///< genes of the list that it is made of in shares; 0: it is of no shares
    std::vector<std::pair<std::string, int>> missing; ///< of these, by id, with the share that each falls to
    int shares = 0;                                   ///< of the list; 0: none
};

/// Joins the runs of all stores by their keys into `out`, which may be there already and is joined with them:
/// what comes of it does not depend on how often and in which order stores are joined. Genes stand in the
/// order of the list that they are a share of, else as they come. A finished gene stands for one that failed
/// elsewhere, PrediXcan's R for none. Sources are not changed; a kill at any moment leaves `out` as it was or
/// as it is to be.
/// \param partial  also where genes of a list are in none of the stores
/// \return those that the sources have, in the order of the sources
/// \error Mismatch: two stores have different numbers for one gene of one run, and nothing is written;
/// NotFound: genes are missing; Cancelled; what opening and reading the stores gives
[[nodiscard]] Result<std::vector<MergedRun>> mergeResults(const std::filesystem::path& out,
                                                          const std::vector<std::filesystem::path>& stores,
                                                          bool partial, const RunContext& context = {});

} // namespace diploscope
