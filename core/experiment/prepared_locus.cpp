// SPDX-License-Identifier: GPL-3.0-or-later
#include "experiment/prepared_locus.h"

#include "base/suggestion.h"
#include "scoring/gradient_effects.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <set>
#include <utility>

namespace diploscope {

namespace {

/// An edit list as a haplotype, for what is asked of haplotypes.
Haplotypes asHaplotype(EditList sequence) {
    Haplotypes haplotypes;
    haplotypes.distinct.push_back(std::move(sequence));
    return haplotypes;
}

Resolution resolutionOf(const std::vector<ScoreMember>& members, Method method) {
    return precisionOf(*members.front().predictor, method) == Precision::Double ? DoubleScores : SingleScores;
}

} // namespace

void ExperimentScores::add(const ExperimentScores& other) {
    computed += other.computed;
    fromCache += other.fromCache;
    selfCheck.add(other.selfCheck);
}

PreparedLocus::PreparedLocus(Locus locus, VariantMode mode, std::vector<ScoreMember> members,
                             const LocusScorer::Settings& settings)
    : m_locus(std::move(locus))
    , m_mode(mode)
    , m_whole(buildHaplotypes(m_locus.alleles, m_locus.window.region.start, mode))
    , m_resolution(resolutionOf(members, settings.method))
    , m_method(settings.method)
    , m_members(std::move(members)) {
    m_locus.variants = mode;
    for (const ScoreMember& member : m_members)
        m_scorers.emplace_back(settings, member, m_locus.window);
}

Result<PreparedLocus> PreparedLocus::read(const Study& study, const Gene& gene,
                                          const std::shared_ptr<const Predictor>& predictor,
                                          const ScoreOptions& score, const LocusScorer::Settings& settings,
                                          const RunContext& context, int64_t leastFlank) {
    if (predictor->info().listsPeople)
        return fail(ErrorKind::Unsupported,
                    "The model is a table of predictions: it says nothing of any other sequence.",
                    predictor->info().name, "Choose a model that reads bases, or a table of effects alone.");
    context.report("Reading genotypes", 0, 0);
    DS_ASSIGN(Locus locus,
              readLocus(study, gene, predictor->info().input, score.shifts, context, leastFlank));
    PreparedLocus prepared(std::move(locus), study.file().options.variants, membersOf(predictor, score),
                           settings);
    const ReferenceWindow& window = prepared.m_locus.window;
    Haplotypes& haplotypes = prepared.m_locus.haplotypes;
    DS_TRY(prepared.keepListed(haplotypes));
    haplotypes = cutToWindow(haplotypes, window.length(), window.tssOffset); // joins those that are equal now
    DS_TRY(prepared.keepListed(prepared.m_whole));
    return prepared;
}

bool PreparedLocus::isListed() const {
    return m_members.front().predictor->info().scoresOf == ScoresOf::Listed;
}

Result<std::vector<bool>> PreparedLocus::lists(std::span<const Variant> variants) const {
    DS_ASSIGN(ListedEffects listed, m_members.front().predictor->listedEffects(m_locus.window, variants));
    return std::move(listed.has);
}

Result<void> PreparedLocus::checkListed(std::span<const Variant> variants) const {
    DS_ASSIGN(const std::vector<bool> has, lists(variants));
    const auto lacking = std::count(has.begin(), has.end(), false);
    if (lacking == 0)
        return {};
    const auto first = std::find(has.begin(), has.end(), false) - has.begin();
    return fail(ErrorKind::Unsupported,
                fmt::format("The model is a table of effects, which has none of {}{}.",
                            toText(withShortAlleles(variants[static_cast<size_t>(first)])),
                            lacking == 1 ? "" : fmt::format(" and {} more changes", lacking - 1)),
                m_members.front().name(),
                "Ask for alleles that it lists, or choose a model that reads bases.");
}

Result<void> PreparedLocus::checkListed(const SequenceSource& sequences) const {
    if (!isListed())
        return {};
    std::set<Variant> variants;
    for (size_t i = 0; i < sequences.count; ++i)
        for (const Edit& edit : sequences.at(i))
            variants.insert(variantOf(edit));
    return checkListed(std::vector<Variant>(variants.begin(), variants.end()));
}

Result<void> PreparedLocus::keepListed(Haplotypes& haplotypes) const {
    if (!isListed())
        return {};
    std::map<Variant, bool> isKnown;
    for (const EditList& edits : haplotypes.distinct)
        for (const Edit& edit : edits)
            isKnown.emplace(variantOf(edit), false);
    std::vector<Variant> variants;
    for (const auto& [variant, known] : isKnown)
        variants.push_back(variant);
    DS_ASSIGN(const std::vector<bool> has, lists(variants));
    for (size_t v = 0; v < variants.size(); ++v)
        isKnown[variants[v]] = has[v];
    for (EditList& edits : haplotypes.distinct)
        std::erase_if(edits, [&](const Edit& edit) { return !isKnown.at(variantOf(edit)); });
    return {};
}

Result<size_t> PreparedLocus::person(std::string_view sample) const {
    const auto found = std::find(people().begin(), people().end(), sample);
    if (found != people().end()) {
        const auto index = static_cast<size_t>(found - people().begin());
        DS_TRY(checkPredicted(index));
        return index;
    }
    const std::vector<std::string> near = nearestNames(sample, people());
    return fail(ErrorKind::NotFound,
                fmt::format("Nobody of the study's {} people with genotypes and expression is called `{}`.",
                            people().size(), sample),
                "sample",
                near.empty() ? "`diploscope check` lists whom genotypes and expression have in common."
                             : "Did you mean " + listed(near) + "?");
}

/// Nothing is said of whom the study leaves out. \param person index
Result<void> PreparedLocus::checkPredicted(size_t person) const {
    if (!m_locus.isLeftOut(person))
        return {};
    const std::vector<bool>& several = m_locus.alleles.severalPhaseSets;
    const bool byPhase = person < several.size() && several[person];
    return fail(
        ErrorKind::Unsupported,
        byPhase ? fmt::format("{} is heterozygous in several phase sets here, and the study leaves such "
                              "people out.",
                              people()[person])
                : fmt::format("{} has no copy of the gene.", people()[person]),
        toText(m_locus.region),
        byPhase ? "Choose another person, or set `options.phase_sets` of the study file to `as-listed`."
                : "Choose another person.");
}

Result<size_t> PreparedLocus::haplotypeNamed(std::string_view text) const {
    const size_t colon = text.rfind(':');
    const std::string_view which = colon == std::string_view::npos ? "" : text.substr(colon + 1);
    if (which != "1" && which != "2")
        return fail(ErrorKind::BadInput, fmt::format("`{}` names no haplotype.", text), "haplotype",
                    "Give a person and which of both, such as HG00096:1.");
    DS_ASSIGN(const size_t found, person(text.substr(0, colon)));
    return 2 * found + (which == "2" ? 1 : 0);
}

const EditList& PreparedLocus::haplotype(size_t index) const {
    const Haplotypes& all = m_locus.haplotypes;
    return all.distinct[static_cast<size_t>(all.indexOfHaplotype[index])];
}

const EditList& PreparedLocus::wholeHaplotype(size_t index) const {
    return m_whole.distinct[static_cast<size_t>(m_whole.indexOfHaplotype[index])];
}

Result<Haplotypes> PreparedLocus::haplotypesOf(const AlleleMatrix& alleles) const {
    const ReferenceWindow& window = m_locus.window;
    Haplotypes all = buildHaplotypes(alleles, window.region.start, m_mode);
    DS_TRY(checkRoom(all.distinct));
    DS_TRY(keepListed(all));
    return cutToWindow(all, window.length(), window.tssOffset);
}

Eigen::MatrixXd PreparedLocus::byPerson(const Haplotypes& haplotypes, const Eigen::VectorXd& scores) const {
    const auto people = static_cast<Eigen::Index>(haplotypes.indexOfHaplotype.size() / 2);
    Eigen::MatrixXd both = Eigen::MatrixXd::Constant(people, 2, std::nan(""));
    for (Eigen::Index p = 0; p < people; ++p)
        for (Eigen::Index h = 0; h < 2 && !m_locus.isLeftOut(static_cast<size_t>(p)); ++h)
            both(p, h) = scores[haplotypes.indexOfHaplotype[static_cast<size_t>(2 * p + h)]];
    return both;
}

Result<void> PreparedLocus::checkRoom(std::span<const EditList> sequences) const {
    return checkRoom(sourceOf(sequences));
}

Result<void> PreparedLocus::checkRoom(const SequenceSource& sequences) const {
    const ReferenceWindow& window = m_locus.window;
    int64_t needed = 0;
    for (size_t i = 0; i < sequences.count; ++i)
        needed =
            std::max(needed, requiredFlank(asHaplotype(sequences.at(i)), window.length(), window.tssOffset));
    // What it adds beyond the bases drawn is for deletions that only a wider reading would show.
    const int64_t drawn = std::max<int64_t>(0, needed - startingFlank(VariantMode::SnvAndIndel));
    if (drawn <= window.flank)
        return {};
    return fail(ErrorKind::Unsupported,
                fmt::format("Deletions draw {} bases from beside the window, where {} were read.", drawn,
                            window.flank),
                toText(m_locus.region), "Delete fewer bases.");
}

std::string PreparedLocus::referenceBases(int64_t start, int64_t length) const {
    const ReferenceWindow& window = m_locus.window;
    const int64_t first = window.region.start - window.flank;
    std::string bases(static_cast<size_t>(length), 'N');
    for (int64_t i = 0; i < length; ++i)
        if (const int64_t at = start + i - first; at >= 0 && at < static_cast<int64_t>(window.context.size()))
            bases[static_cast<size_t>(i)] = window.context[static_cast<size_t>(at)];
    return bases;
}

Variant PreparedLocus::variantOf(const Edit& edit) const {
    const int64_t position = m_locus.window.region.start + edit.offset;
    return aligned(trimmedVariant(m_locus.window.region.contig, position,
                                  referenceBases(position, edit.refLength), edit.alt));
}

Variant PreparedLocus::aligned(Variant variant) const {
    return leftAligned(std::move(variant), m_locus.reference());
}

Edit PreparedLocus::editOf(const Variant& variant) const {
    return {variant.position - m_locus.window.region.start, static_cast<int32_t>(variant.ref.size()),
            variant.alt};
}

Result<ExperimentScores> PreparedLocus::run(const Experiment& experiment, const RunContext& context,
                                            const ExperimentSink& onScores,
                                            const ExperimentSink& beforeBatches) {
    return run(experiment.name, sourceOf(experiment.sequences), context, onScores, beforeBatches);
}

Result<ExperimentScores> PreparedLocus::run(const std::string& name, const SequenceSource& sequences,
                                            const RunContext& context, const ExperimentSink& onScores,
                                            const ExperimentSink& beforeBatches) {
    DS_TRY(checkListed(sequences));
    // The reference runs in the same batches as what it is subtracted from.
    const SequenceSource withReference{sequences.count + 1, [&sequences](size_t index) {
                                           return index == 0 ? EditList{} : sequences.at(index - 1);
                                       }};
    const auto members = static_cast<Eigen::Index>(m_scorers.size());
    const auto rows = static_cast<Eigen::Index>(withReference.count);
    Eigen::MatrixXd all = Eigen::MatrixXd::Constant(rows, members, std::nan(""));

    ExperimentScores scores;
    const auto gather = [&] {
        scores.reference = all.row(0);
        scores.byMember = all.bottomRows(rows - 1);
    };
    auto lastShown = std::chrono::steady_clock::now();
    const auto show = [&] {
        const auto now = std::chrono::steady_clock::now();
        if (!onScores || now - lastShown < std::chrono::milliseconds(100))
            return;
        lastShown = now;
        gather();
        onScores(scores);
    };
    bool asked = false;
    const std::function<void()> tellOnce = [&] {
        if (std::exchange(asked, true))
            return;
        gather();
        beforeBatches(scores);
    };
    for (Eigen::Index m = 0; m < members; ++m) {
        LocusScorer& scorer = m_scorers[static_cast<size_t>(m)];
        const int64_t computedBefore = scorer.computed();
        const int64_t cachedBefore = scorer.fromCache();
        const std::string stage = members == 1 ? name : fmt::format("{}, {} of {}", name, m + 1, members);
        DS_TRY(scorer.score(withReference, {all.col(m).data(), withReference.count}, stage, context, show,
                            beforeBatches ? tellOnce : std::function<void()>()));
        if (members > 1)
            scorer.release(); // a window's activations a member would not fit into memory
        scores.computed += scorer.computed() - computedBefore;
        scores.fromCache += scorer.fromCache() - cachedBefore;
    }
    gather();
    if (onScores)
        onScores(scores);
    for (Eigen::Index m = 0; m < members; ++m) {
        DS_ASSIGN(const SelfCheck checked,
                  m_scorers[static_cast<size_t>(m)].selfCheck(scores.reference(m), context));
        scores.selfCheck.add(checked);
    }
    return scores;
}

Result<Eigen::MatrixXd> PreparedLocus::gradientAt(const EditList& sequence, std::span<const int64_t> offsets,
                                                  const RunContext& context) const {
    context.report("Computing the gradient", 0, 0);
    Eigen::MatrixXd sum = Eigen::MatrixXd::Zero(static_cast<Eigen::Index>(offsets.size()), 4);
    for (const ScoreMember& member : m_members) {
        DS_ASSIGN(const Eigen::MatrixXd own,
                  diploscope::gradientAt(sequence, offsets, m_locus.window, member, m_method, context));
        sum += own;
    }
    return Eigen::MatrixXd(sum / static_cast<double>(m_members.size()));
}

void PreparedLocus::release() {
    for (LocusScorer& scorer : m_scorers)
        scorer.release();
}

} // namespace diploscope
