// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "experiment/prepared_locus.h"
#include "workflow/workspace.h"

#include <Eigen/Core>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace diploscope {

/// What an experiment is on, as far as tables, pictures and texts of it tell.
struct ExperimentSubject {
    Gene gene;                                                   ///< contig as in the reference
    std::string modelUnit;                                       ///< of scores; may be empty
    std::string observedUnit;                                    ///< may be empty
    std::vector<std::string> people;                             ///< in the order of haplotypes
    Eigen::VectorXd observed;                                    ///< [people] NaN: not measured, or left out
    std::vector<std::pair<std::string, std::string>> provenance; ///< of the scores and the locus
};

/// A gene's locus, ready for experiments under a workspace's model, score and cache.
struct ExperimentLocus {
    ExperimentSubject subject;
    PreparedLocus locus;
};

/// For commands, the window and figures: they experiment on the same. Waits for files. \param gene of the
/// workspace's study; there is a model, too \param leastFlank see PreparedLocus::read \error as
/// Workspace::scores, PreparedLocus::read
[[nodiscard]] Result<ExperimentLocus> readExperimentLocus(const Workspace& workspace, const StudyGene& gene,
                                                          const RunContext& context, int64_t leastFlank = 0);

} // namespace diploscope
