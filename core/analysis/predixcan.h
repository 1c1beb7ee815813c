// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "genome/liftover.h"
#include "io/predixcan_database.h"
#include "results/column.h"
#include "stats/correlation.h"
#include "study/study.h"

#include <Eigen/Core>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace diploscope {

/// What became of a model's variants on the study's genotypes.
struct PredixcanCounts {
    int64_t weights = 0;
    int64_t used = 0;
    int64_t absent = 0;  ///< no such variant in the genotypes, or none with these alleles
    int64_t swapped = 0; ///< used, the effect allele being the study's REF, whose copies count
    int64_t flipped = 0; ///< used, alleles being of the other strand
    int64_t ambiguous =
        0; ///< A/T or C/G; used as they are listed, left out where they would have to be swapped
    int64_t ambiguousLeftOut = 0;
    int64_t missingAlleles = 0; ///< of the used variants; their people count the variant's mean dosage
};

/// How variants of the database are found in the genotypes.
enum class PredixcanMatch {
    Automatic, ///< Position for each weight that has one, else Rsid
    Position,  ///< position and alleles of the varID
    Rsid       ///< the genotypes' ids, within 1 Mb of the gene
};

struct PredixcanOptions {
    PredixcanMatch match = PredixcanMatch::Automatic;
    std::vector<std::string> genes; ///< ids with or without version; empty: all of the database
};

/// One gene of a database applied to the study.
struct PredixcanGeneScore {
    PredixcanGene gene;
    PredixcanCounts counts;
    /// x = observed, y = predicted; empty where the study has no expression of the gene, or nothing was used.
    std::optional<Correlation> observed;
};

/// Expression predicted from genotypes by linear models.
struct PredixcanScores {
    std::vector<std::string> people; ///< of the study
    std::vector<PredixcanGeneScore> genes;
    Eigen::MatrixXd values; ///< [people x genes]; NaN in the whole column of a gene with no variant in use,
                            ///< and of who has no copy of the gene
    bool byPosition = true; ///< some variants were matched so
    bool byRsid = false;    ///< and some so
    std::optional<LiftCounts> lifted; ///< of the varIDs, where the database is of another build

    [[nodiscard]] PredixcanCounts total() const;
};

/// The id of the study's gene that a database means by an id, with or without version, or a symbol; of no
/// gene of the annotation, the id itself without version.
[[nodiscard]] std::string predixcanGeneId(const Study& study, const PredixcanGene& gene);

/// Predictions of all people: sum of weight x copies of the effect allele, matched as PredixcanSites::find();
/// who has no genotype of a variant counts its mean (METHODS 17). Genotypes are read once, stretch by
/// stretch, and each stretch is one product of a dosage matrix and sparse weights. \error Mismatch when the
/// varIDs are of another build than the study, by its name or by their alleles (checkReferenceAlleles), or
/// when of a whole database not one weight could be used; Unsupported for Position without varIDs or a study
/// without genotypes; those of reading genotypes; Cancelled. Source: METHODS 9.
[[nodiscard]] Result<PredixcanScores> applyPredixcan(const Study& study, const PredixcanDatabase& database,
                                                     const PredixcanOptions& options = {},
                                                     const RunContext& context = {});

/// A gene's R under every database that the study names, the largest pred.perf.R2 (then the first) winning.
/// Empty where no database has the gene. \error of reading and applying.
[[nodiscard]] Result<std::optional<PredixcanGeneScore>> predixcanOf(const Study& study, const StudyGene& gene,
                                                                    const RunContext& context = {});

/// Sample x gene: header `sample`, then gene ids as in the database. \error Io
[[nodiscard]] Result<void> writePredixcanScores(const PredixcanScores& scores,
                                                const std::filesystem::path& file);
/// One line a gene: counts, R with what was observed. \error Io
[[nodiscard]] Result<void> writePredixcanReport(const PredixcanScores& scores,
                                                const std::filesystem::path& file);
/// Those of that table.
[[nodiscard]] std::vector<ColumnText> predixcanReportColumns();

} // namespace diploscope
