// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace diploscope {

/// One weight of a gene's linear model: predicted expression per copy of `effectAllele`.
struct PredixcanWeight {
    size_t gene = 0;               ///< index into PredixcanDatabase::genes
    std::string rsid;              ///< what else the genotypes may call it, where it is no rsid
    std::string ref, effectAllele; ///< upper case
    double weight = 0;
    std::string contig;         ///< of the varID; empty where there is none
    int64_t position = -1;      ///< 0-based, of the varID; -1 where there is none
    std::string varRef, varAlt; ///< of the varID
};

struct PredixcanGene {
    std::string id; ///< as written, with its version
    std::string name;
    std::optional<double> performanceR2, performanceP, performanceQ; ///< of the training's cross-validation
};

/// What a PrediXcan database holds. Source: METHODS 9, FORMATS 6.
struct PredixcanDatabase {
    std::vector<PredixcanGene> genes;
    std::vector<PredixcanWeight> weights; ///< by gene
    bool hasPositions = false;            ///< every weight has a varID
    std::string build;                    ///< of the varIDs: "b37"; empty: they do not say
    /// peopleDigest() of the study that this program trained it on; empty: trained elsewhere. Predictions for
    /// those same people are no test of the models: what `extra` says of their cross-validation is.
    std::string trainedOn;
};

/// Reads `weights(rsid, gene, weight, ref_allele, eff_allele[, varID])` and, where there is one, `extra`.
/// Columns are found in any case, with dots or underscores. Which of `rsid` and `varID` holds an rsid and
/// which `chr_pos_ref_alt` is told by what they hold. \error NotFound; BadInput: no SQLite, damaged, a table
/// or column missing, a weight that is no number, a varID that is not `chr_pos_ref_alt[_build]`, no weight at
/// all, an R2 above 1, a p or q outside 0..1.
[[nodiscard]] Result<PredixcanDatabase> readPredixcan(const std::filesystem::path& file);

/// Whether a file is such a database, by its tables' columns and its first weight. \error as readPredixcan
[[nodiscard]] Result<void> checkPredixcan(const std::filesystem::path& file);

/// Writes such a database, with a table `diploscope(trained_on)` beside where trainedOn is known; appears
/// complete or not at all. `build` ends the varIDs: "b37". \error Io
[[nodiscard]] Result<void> writePredixcan(const PredixcanDatabase& database,
                                          const std::filesystem::path& file);

} // namespace diploscope
