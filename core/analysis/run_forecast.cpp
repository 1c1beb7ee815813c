// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/run_forecast.h"

#include "analysis/gene_locus.h"
#include "analysis/wanted_sequences.h"
#include "base/parallel.h"
#include "base/thread_share.h"
#include "scoring/cached_scores.h"
#include "scoring/locus_scorer.h"
#include "scoring/machine_room.h"

#include <malloc.h>
#include <sys/resource.h>

#include <algorithm>
#include <cmath>
#include <ctime>
#include <mutex>
#include <optional>
#include <utility>

namespace diploscope {

namespace {

/// Of what a gene takes. Where each has a thread of its own, that thread's
/// processor time: what else runs on the machine just now is no part of it.
/// Else time that passes, as a library's threads and a card are not seen.
class Stopwatch {
public:
    Stopwatch() : m_clock(isOneThread() ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC), m_begin(now()) {}
    [[nodiscard]] double seconds() const { return now() - m_begin; }

private:
    [[nodiscard]] double now() const {
        timespec time{};
        clock_gettime(m_clock, &time);
        return double(time.tv_sec) + 1e-9 * double(time.tv_nsec);
    }
    clockid_t m_clock;
    double m_begin;
};

/// Genes that time is measured by at most, of all sizes.
constexpr size_t MostMeasured = 16;
/// Bytes a score takes in the cache, its share of pages and indexes with it.
constexpr int64_t BytesPerScore = 34;

/// A gene's sequences, as an analysis asks for them.
struct GeneSequences {
    Locus locus;
    std::vector<EditList> ism; ///< the reference first
};

Result<GeneSequences> sequencesOf(const Study& study, const StudyGene& gene, const Predictor& predictor,
                                  int shifts, const RunContext& context) {
    GeneSequences sequences;
    DS_ASSIGN(sequences.locus, readLocus(study, gene.gene, predictor.info().input, shifts, context));
    sequences.ism = referenceAndIsm(panelOf(sequences.locus), sequences.locus.window);
    return sequences;
}

/// What of a gene is to be computed, over all members of the score.
struct GeneNeed {
    int64_t ism = 0, haplotypes = 0; ///< not in the cache; a haplotype of one SNV
                                     ///< is among the first
    int64_t cached = 0;
    double reading = 0; ///< seconds that finding this out took, as they are taken again
};

/// \param cache may be null
Result<GeneNeed> needOf(const GeneSequences& sequences, const std::vector<ScoreMember>& members,
                        Method method, ScoreCache* cache) {
    GeneNeed need;
    for (const ScoreMember& member : members) {
        const ScoreScope scope = scoreScope(member, method);
        const WantedSequences wanted =
            wantedOf(member, sequences.locus.window, sequences.ism, sequences.locus.haplotypes.distinct);
        std::vector<Digest> keys;
        for (const WantedSequence& sequence : wanted.sequences)
            keys.push_back(sequence.key);
        std::vector<std::optional<StoredScore>> found(keys.size());
        if (cache != nullptr) {
            DS_ASSIGN(found, findByEdits(*cache, scope, trialOf(scope, wanted.reference), keys, {}));
        }
        for (size_t i = 0; i < keys.size(); ++i) {
            const bool isSingle = wanted.sequences[i].index < sequences.ism.size();
            ++(found[i] ? need.cached : isSingle ? need.ism : need.haplotypes);
        }
    }
    return need;
}

/// Seconds that a model takes, by what some of a gene's sequences took.
struct Pace {
    double first = 0; ///< the window made ready and its reference scored
    double ism = 0;   ///< of one more
    double haplotype = 0;
    double wholePass = 0; ///< of the self-check
    double kinds = 0;     ///< how many of these it makes for the kinds of sequences,
                          ///< the reference among them
    double statistics = 0;
};

/// Scores sequences in growing pieces until they are all done or the time is up. \return seconds a sequence,
/// of the quickest piece, as what else runs on the machine only adds; 0 where there was none
Result<double> paceOf(LocusScorer& scorer, std::span<const EditList> sequences, std::span<double> scores,
                      double budget, const RunContext& context) {
    const Stopwatch whole;
    double each = 0;
    size_t done = 0;
    for (size_t piece = 4; done < sequences.size();) {
        const Stopwatch own;
        const size_t count = std::min(piece, sequences.size() - done);
        const int64_t before = scorer.computed();
        DS_TRY(scorer.score(sequences.subspan(done, count), scores.subspan(done, count), "Measuring", context,
                            [] {}));
        done += count;
        if (const auto computed = double(scorer.computed() - before); computed > 0)
            each = each > 0 ? std::min(each, own.seconds() / computed) : own.seconds() / computed;
        const double left = budget - whole.seconds();
        if (left < 0)
            break;
        piece = each * double(sequences.size() - done) <= left ? sequences.size() - done : piece * 4;
    }
    return each;
}

/// Statistics do not ask what scores are, only that they differ.
void fillUnknown(Eigen::MatrixXd& scores) {
    for (Eigen::Index i = 0; i < scores.size(); ++i)
        if (!std::isfinite(scores(i)))
            scores(i) = 1e-3 * double((i * 7919) % 1009);
}

/// How many whole passes the self-check of so many new scores makes: some for
/// the kinds, and one in so many.
double passesFor(int64_t scores, double kinds, const CheckSpacing& spacing) {
    if (scores == 0 || spacing.first == 0)
        return 0;
    const int64_t beyond = scores - spacing.first;
    return kinds + (beyond < 0 ? 0.0 : 1 + double(beyond) / double(spacing.every));
}

Result<Pace> measure(const Study& study, const StudyGene& gene, const GenomeRun& run,
                     const std::vector<ScoreMember>& members, double budget, const RunContext& context) {
    const int shifts = run.options.score ? run.options.score->shifts : 0;
    DS_ASSIGN(const GeneSequences sequences, sequencesOf(study, gene, *run.predictor, shifts, context));
    const auto memberCount = static_cast<Eigen::Index>(members.size());
    const std::vector<EditList>& haplotypes = sequences.locus.haplotypes.distinct;
    LocusScores scores{{}, {}};
    scores.ism.setConstant(Eigen::Index(sequences.ism.size()), memberCount, std::nan(""));
    scores.haplotypes.setConstant(Eigen::Index(haplotypes.size()), memberCount, std::nan(""));

    Pace pace;
    LocusScorer scorer({run.options.method, nullptr, run.options.selfCheckEvery}, members.front(),
                       sequences.locus.window);
    const std::span<const EditList> ism(sequences.ism);
    const std::span<double> ismScores(scores.ism.data(), sequences.ism.size());
    const Stopwatch passed;
    DS_TRY(scorer.score(ism.first(1), ismScores.first(1), "Measuring", context, [] {}));
    pace.first = passed.seconds();
    const double left = std::max(0.0, budget - pace.first);
    DS_ASSIGN(pace.ism, paceOf(scorer, ism.subspan(1), ismScores.subspan(1), left / 3, context));
    DS_ASSIGN(pace.haplotype,
              paceOf(scorer, haplotypes, {scores.haplotypes.data(), haplotypes.size()}, left / 3, context));
    if (canBeChecked(*members.front().predictor, run.options.method) && run.options.selfCheckEvery > 0) {
        pace.wholePass = pace.ism * members.front().predictor->editsPerWholePass();
        if (pace.wholePass * 6 < left / 3) { // else it would take longer than all of the rest
            const Stopwatch own;
            const bool isOfKindsAlone = !scorer.hasChosen();
            DS_ASSIGN(const SelfCheck check, scorer.selfCheck(scores.ism(0, 0), context));
            pace.wholePass = own.seconds() / double(check.checked + 1);
            pace.kinds = isOfKindsAlone ? double(check.checked + 1) : 0;
        }
    }
    scorer.release();

    fillUnknown(scores.ism);
    fillUnknown(scores.haplotypes);
    const Stopwatch own;
    DS_TRY(
        reportOfScores(study, gene, run.predictor, sequences.locus, std::move(scores), run.options, context));
    pace.statistics = own.seconds();
    return pace;
}

/// Seconds.
struct Work {
    double scoring = 0, rest = 0;
};
Work workAt(const Pace& pace, const GeneNeed& need, const std::vector<ScoreMember>& members,
            const CheckSpacing& spacing) {
    Work work{0, need.reading + pace.statistics};
    const int64_t scores = need.ism + need.haplotypes;
    if (scores == 0)
        return work;
    const auto count = static_cast<double>(members.size());
    work.scoring = count * pace.first + double(need.ism) * pace.ism +
                   double(need.haplotypes) * pace.haplotype +
                   count * pace.wholePass * passesFor(scores / int64_t(members.size()), pace.kinds, spacing);
    return work;
}

/// Evenly spread over the genes by what is to be computed of them.
std::vector<size_t> sampleOf(const std::vector<std::optional<GeneNeed>>& needs) {
    std::vector<size_t> order;
    for (size_t i = 0; i < needs.size(); ++i)
        if (needs[i])
            order.push_back(i);
    const auto sizeOf = [&](size_t i) { return needs[i]->ism + needs[i]->haplotypes; };
    std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return sizeOf(a) < sizeOf(b); });
    const size_t count = std::min(MostMeasured, order.size());
    std::vector<size_t> sample;
    for (size_t i = 0; i < count; ++i)
        sample.push_back(order[(2 * i + 1) * order.size() / (2 * count)]);
    std::vector<size_t> dealt; // where there is time for some only, these are of all sizes, too
    for (size_t step = count; step > 0; step /= 2)
        for (size_t i = step / 2; i < sample.size(); i += step)
            if (std::find(dealt.begin(), dealt.end(), sample[i]) == dealt.end())
                dealt.push_back(sample[i]);
    return dealt;
}

/// Of the model's parts the median, as what is made ready once in a program
/// would count for every gene; of statistics, which some genes have far more
/// of, the mean.
Pace typicalOf(const std::vector<Pace>& paces) {
    Pace typical;
    for (double Pace::*part : {&Pace::first, &Pace::ism, &Pace::haplotype, &Pace::wholePass, &Pace::kinds}) {
        std::vector<double> known;
        for (const Pace& pace : paces)
            if (pace.*part > 0)
                known.push_back(pace.*part);
        std::sort(known.begin(), known.end());
        typical.*part = known.empty() ? 0 : known[known.size() / 4];
    }
    for (const Pace& pace : paces)
        typical.statistics += pace.statistics / double(paces.size());
    // Where no gene has a haplotype of its own, or no SNV, the other's is the
    // best guess.
    typical.haplotype = typical.haplotype > 0 ? typical.haplotype : typical.ism;
    typical.ism = typical.ism > 0 ? typical.ism : typical.haplotype;
    typical.kinds = typical.kinds > 0 ? typical.kinds : 5;
    return typical;
}

/// How a run would go about its genes.
struct Hand {
    const Study& study;
    const std::vector<const StudyGene*>& genes;
    const GenomeRun& run;
    std::vector<ScoreMember> members;
    bool fits = false; ///< a gene a thread; else the model takes all of them for
                       ///< one gene at a time
    int threads = 1;
};

/// \return of each gene to compute what it needs; none of the others
Result<std::vector<std::optional<GeneNeed>>> countNeeds(const Hand& hand,
                                                        const std::function<bool(const StudyGene&)>& isKnown,
                                                        RunForecast& forecast, const RunContext& context) {
    const auto total = static_cast<int64_t>(hand.genes.size());
    const int shifts = hand.run.options.score ? hand.run.options.score->shifts : 0;
    std::vector<std::optional<GeneNeed>> needs(hand.genes.size());
    std::mutex mutex; // of what is told
    int64_t done = 0;
    parallelFor(total, hand.threads, [&](int64_t i) {
        const StudyGene& gene = *hand.genes[static_cast<size_t>(i)];
        if (context.cancelled())
            return;
        const bool known = isKnown(gene);
        Result<GeneNeed> need = GeneNeed();
        if (!known) {
            const OneThread alone;
            const Stopwatch passed;
            need = [&]() -> Result<GeneNeed> {
                DS_ASSIGN(const GeneSequences sequences,
                          sequencesOf(hand.study, gene, *hand.run.predictor, shifts, {context.stop, {}, {}}));
                return needOf(sequences, hand.members, hand.run.options.method, hand.run.cache.get());
            }();
            if (need)
                need->reading = passed.seconds();
        }
        const std::lock_guard lock(mutex);
        forecast.stored += known ? 1 : 0;
        forecast.failed += need ? 0 : 1;
        if (!known && need)
            needs[static_cast<size_t>(i)] = *need;
        context.report("Counting sequences", ++done, total);
    });
    DS_TRY(context.checkpoint());
    return needs;
}

/// \return the paces of as many genes as there was time for; at least one where
/// there is any
Result<std::vector<Pace>> measureSome(const Hand& hand, const std::vector<size_t>& sample, double budget,
                                      const RunContext& context) {
    std::vector<Pace> paces;
    std::optional<Error> refused;
    std::mutex mutex; // of both
    const int threads = hand.fits ? hand.threads : 1;
    const Stopwatch passed;
    const double each = budget * threads / double(std::max<size_t>(1, sample.size()));
    context.report("Measuring", 0, 0);
    parallelFor(static_cast<int64_t>(sample.size()), threads, [&](int64_t i) {
        if (context.cancelled() || (i > 0 && passed.seconds() > budget))
            return;
        std::optional<OneThread> alone;
        if (hand.fits)
            alone.emplace();
        const StudyGene& gene = *hand.genes[sample[static_cast<size_t>(i)]];
        const Result<Pace> pace =
            measure(hand.study, gene, hand.run, hand.members, each, {context.stop, {}, {}});
        const std::lock_guard lock(mutex);
        if (pace)
            paces.push_back(*pace);
        else
            refused = pace.error();
    });
    DS_TRY(context.checkpoint());
    if (paces.empty() && refused)
        return fail(*refused);
    return paces;
}

/// A run's memory stays with it from gene to gene, as what it stores lies above
/// it. Here nothing would, and each gene's would be given back to the system
/// and taken anew, which takes as long as a small model.
void keepMemory() {
#ifdef __GLIBC__
    constexpr int Most = 1 << 30;
    mallopt(M_TRIM_THRESHOLD, Most);
    mallopt(M_MMAP_THRESHOLD, Most);
#endif
}

int64_t peakBytes() {
    rusage use{};
    return getrusage(RUSAGE_SELF, &use) == 0 ? int64_t{use.ru_maxrss} * 1024 : 0;
}

} // namespace

Result<RunForecast> forecastRun(const Study& study, const std::vector<const StudyGene*>& genes,
                                const GenomeRun& run, const std::function<bool(const StudyGene&)>& isKnown,
                                double budgetSeconds, const RunContext& context) {
    const Hand hand{study,
                    genes,
                    run,
                    membersOf(run.predictor, run.options.score.value_or(defaultScore(
                                                 run.predictor->info(), study.file().phenotypes))),
                    fitsOneThread(*run.predictor, run.options.method),
                    run.threads > 0 ? run.threads : availableThreads()};
    keepMemory();
    RunForecast forecast;
    forecast.genes = static_cast<int64_t>(genes.size());
    DS_ASSIGN(const auto needs, countNeeds(hand, isKnown, forecast, context));
    DS_ASSIGN(const std::vector<Pace> paces, measureSome(hand, sampleOf(needs), budgetSeconds, context));

    const Pace pace = typicalOf(paces);
    const CheckSpacing spacing =
        checkSpacing(run.options.selfCheckEvery, hand.members.front().predictor->editsPerWholePass());
    Work whole;
    for (const auto& need : needs) {
        if (!need)
            continue;
        forecast.cached += need->cached;
        forecast.sequences += need->cached + need->ism + need->haplotypes;
        const Work own = workAt(pace, *need, hand.members, spacing);
        whole.scoring += own.scoring;
        whole.rest += own.rest;
    }
    const double shared = (whole.scoring + whole.rest) / hand.threads;
    // A model that takes the whole machine computes one gene at a time, the rest
    // beside it.
    forecast.seconds = hand.fits ? shared : std::max(whole.scoring, shared);
    forecast.cacheBytes = run.cache ? forecast.toCompute() * BytesPerScore : 0;
    forecast.peakBytes = peakBytes();
    forecast.measured = static_cast<int64_t>(paces.size());
    return forecast;
}

} // namespace diploscope
