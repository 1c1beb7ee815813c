// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/gene_locus.h"
#include "scoring/locus_scorer.h"
#include "sequence/sequence_source.h"
#include "stats/resolution.h"
#include "study/study.h"

#include <Eigen/Core>

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace diploscope {

/// A named set of edit lists on one locus: a what-if, an ablation for everybody, a saturated region, pairs of
/// variants, a person's own haplotype. All of them are this, and PreparedLocus::run() scores them.
struct Experiment {
    std::string name;                ///< for progress: "Predicting mutants of 22:120-160"
    std::vector<EditList> sequences; ///< on the prepared locus' window
};

/// What an experiment's sequences score, by member of the score (METHODS 3).
struct ExperimentScores {
    Eigen::RowVectorXd reference; ///< [members] of the unedited window
    Eigen::MatrixXd byMember;     ///< [sequences x members]; NaN: not yet
    int64_t computed = 0;         ///< by the model in this run, the reference included
    int64_t fromCache = 0;
    SelfCheck selfCheck;

    [[nodiscard]] double referenceScore() const { return reference.mean(); }
    [[nodiscard]] double score(Eigen::Index sequence) const { return byMember.row(sequence).mean(); }
    [[nodiscard]] Eigen::VectorXd scores() const { return byMember.rowwise().mean(); }
    /// Scores less the reference's.
    [[nodiscard]] Eigen::VectorXd effects() const { return scores().array() - referenceScore(); }
    void add(const ExperimentScores& other); ///< counts and checks, not scores
};

/// Shown before the self-check is through: scores as they come, which a check may still refute. Those of
/// members that are not through are NaN. Called on the run's thread, at most every 100 ms, and with all.
using ExperimentSink = std::function<void(const ExperimentScores&)>;

/// One gene's locus, ready for experiments under one score. Where a score is of a single prediction, the
/// reference's activations stay in memory from the first one on, so that one more edit costs what it touches;
/// release() gives them back. Scores are looked up and kept by content in the same cache, and checked by the
/// same rules, as a gene's report is. One run at a time; movable.
class PreparedLocus {
public:
    /// \param mode which alleles of the file are part of haplotypes \param members at least one, whose
    /// windows `locus.window` holds
    PreparedLocus(Locus locus, VariantMode mode, std::vector<ScoreMember> members,
                  const LocusScorer::Settings& settings);
    /// Reads a study's locus. \param leastFlank bases beside the window that experiments may draw on: as many
    /// as they delete \error as readLocus
    [[nodiscard]] static Result<PreparedLocus> read(const Study& study, const Gene& gene,
                                                    const std::shared_ptr<const Predictor>& predictor,
                                                    const ScoreOptions& score,
                                                    const LocusScorer::Settings& settings,
                                                    const RunContext& context, int64_t leastFlank = 0);

    [[nodiscard]] const Locus& locus() const { return m_locus; }
    [[nodiscard]] VariantMode mode() const { return m_mode; }
    /// How finely scores are known.
    [[nodiscard]] Resolution resolution() const { return m_resolution; }

    /// The people's ids, in the order of haplotypes.
    [[nodiscard]] const std::vector<std::string>& people() const { return m_locus.alleles.people; }
    /// \error NotFound with the nearest names; Unsupported: Locus::isLeftOut()
    [[nodiscard]] Result<size_t> person(std::string_view sample) const;
    /// Index of a haplotype as it is asked for, `SAMPLE:1` or `SAMPLE:2`. \error BadInput; as person()
    [[nodiscard]] Result<size_t> haplotypeNamed(std::string_view text) const;

    /// The edits of one haplotype (2 person + 0 or 1) that the window shows.
    [[nodiscard]] const EditList& haplotype(size_t index) const;
    /// The same with those beside the window, which deletions bring into it.
    [[nodiscard]] const EditList& wholeHaplotype(size_t index) const;
    /// What other alleles would make of haplotypes, cut to the window. \error Unsupported where deletions
    /// draw on bases beyond the flank
    [[nodiscard]] Result<Haplotypes> haplotypesOf(const AlleleMatrix& alleles) const;
    /// \param scores of `haplotypes.distinct` \return [people x 2] of everybody's haplotypes; NaN of who is
    /// left out
    [[nodiscard]] Eigen::MatrixXd byPerson(const Haplotypes& haplotypes, const Eigen::VectorXd& scores) const;
    /// \error Unsupported where one of the sequences draws on bases beyond the flank
    [[nodiscard]] Result<void> checkRoom(std::span<const EditList> sequences) const;
    [[nodiscard]] Result<void> checkRoom(const SequenceSource& sequences) const;

    /// Reference bases of a stretch, of the window and its flanks; N where neither reaches.
    [[nodiscard]] std::string referenceBases(int64_t start, int64_t length) const;
    /// Whether scores are a table's of listed alleles, whose effects add up (METHODS 14). Haplotypes are then
    /// of the alleles that it lists: others add nothing.
    [[nodiscard]] bool isListed() const;
    /// [variants] Which ones the model has an effect of: all where it reads bases. \error as
    /// Predictor::listedEffects
    [[nodiscard]] Result<std::vector<bool>> lists(std::span<const Variant> variants) const;
    /// \error Unsupported where it has none of one of them
    [[nodiscard]] Result<void> checkListed(std::span<const Variant> variants) const;

    /// A trimmed variant as reports name it, see leftAligned().
    [[nodiscard]] Variant aligned(Variant variant) const;
    /// What an edit is called.
    [[nodiscard]] Variant variantOf(const Edit& edit) const;
    [[nodiscard]] Edit editOf(const Variant& variant) const;

    /// Scores the reference and an experiment's sequences, each content once, then has some of what no check
    /// has spoken for computed whole. \param beforeBatches called once, where more than one batch is left to
    /// compute: with what the cache has. Its gradientAt() then is the first answer there is. \error as
    /// checkListed(); Cancelled, which leaves finished batches in the cache; what LocusScorer gives, Internal
    /// where a check fails: such scores are not to be shown any more
    [[nodiscard]] Result<ExperimentScores> run(const Experiment& experiment, const RunContext& context,
                                               const ExperimentSink& onScores = {},
                                               const ExperimentSink& beforeBatches = {});
    /// The same of sequences that are too many, or too long, to be held all at once.
    [[nodiscard]] Result<ExperimentScores> run(const std::string& name, const SequenceSource& sequences,
                                               const RunContext& context, const ExperimentSink& onScores = {},
                                               const ExperimentSink& beforeBatches = {});
    /// d score / d base of a sequence, the mean over the score's members; of each member a backward pass.
    /// \param offsets from the window's start, of bases that the sequence has \return [offsets x 4], columns
    /// A, C, G, T \error as diploscope::gradientAt
    [[nodiscard]] Result<Eigen::MatrixXd>
    gradientAt(const EditList& sequence, std::span<const int64_t> offsets, const RunContext& context) const;
    /// Gives back the memory that the model holds for this window.
    void release();

private:
    [[nodiscard]] Result<void> keepListed(Haplotypes& haplotypes) const;
    [[nodiscard]] Result<void> checkListed(const SequenceSource& sequences) const;
    [[nodiscard]] Result<void> checkPredicted(size_t person) const;

    Locus m_locus;
    VariantMode m_mode;
    Haplotypes m_whole; ///< not cut to the window
    Resolution m_resolution;
    Method m_method;
    std::vector<ScoreMember> m_members;
    std::vector<LocusScorer> m_scorers; ///< one a member
};

} // namespace diploscope
