// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/effect_alleles.h"
#include "analysis/gene_analysis.h"
#include "analysis/gene_locus.h"
#include "sequence/snv_panel.h"

#include <Eigen/Core>

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace diploscope {

/// Who is asked, and what.
struct Question {
    std::shared_ptr<const Predictor> predictor;
    ScoreOptions score;
    std::vector<ScoreMember> members;
};

/// What of a gene's report does not follow from scores: found out once, before the first of them, and copied
/// into every report that is shown while they come. Observed expression, dosages and eQTL effects are here.
struct ReportFrame {
    GeneReport report;     ///< its scores, effects of the model and what follows from them are not there yet
    EffectAlleles alleles; ///< of report.variants
    Eigen::VectorXd observed; ///< [people] NaN: not measured, or nothing is said of them
};

/// [people] observed expression; NaN: not measured, or left out. \param locus of the gene \error as
/// Study::observed
[[nodiscard]] Result<Eigen::VectorXd> observedAt(const Study& study, const StudyGene& gene,
                                                 const Locus& locus);

/// Of what observedAt() gives, for axis titles: "log2(RPKM + 1)"; empty: not known.
[[nodiscard]] std::string observedUnit(const StudyFile& file);

/// Which of some variants a model whose scores are listed has an effect of, and what its rows are to all
/// alleles that sequences can carry there. \error as Predictor::listedEffects
[[nodiscard]] Result<ListedEffects> listedIn(const Predictor& predictor, const ReferenceWindow& window,
                                             const AlleleMatrix& alleles, VariantMode mode,
                                             std::span<const Variant> asked = {});

/// \error as Study::observed
[[nodiscard]] Result<ReportFrame> reportFrame(const Study& study, const StudyGene& gene,
                                              const Question& question, const Locus& locus,
                                              const SnvPanel& panel, const AnalysisOptions& options);

} // namespace diploscope
