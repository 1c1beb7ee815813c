// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/effect_background.h"

#include "analysis/gene_locus.h"
#include "base/words.h"
#include "scoring/locus_scorer.h"
#include "sequence/snv_panel.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

namespace diploscope {

namespace {

/// Variants of one gene in one bin, at most: those of one window see the same bases.
constexpr int64_t kMostOfAGene = 10;

/// An SNV of a gene's window.
struct ChosenVariant {
    Edit edit; ///< on the gene's window
    size_t bin = 0;
};
struct ChosenGene {
    const StudyGene* gene = nullptr;
    std::vector<ChosenVariant> variants;
};

int64_t below(std::mt19937_64& random, int64_t most) {
    // Of our own: the standard leaves its distributions to the library.
    return static_cast<int64_t>(random() % static_cast<uint64_t>(most));
}

template <class T>
void shuffle(std::vector<T>& items, std::mt19937_64& random) {
    for (size_t i = items.size(); i > 1; --i)
        std::swap(items[i - 1], items[static_cast<size_t>(below(random, static_cast<int64_t>(i)))]);
}

/// Chooses until each bin is full.
class VariantChoice {
public:
    VariantChoice(const Study& study, const InputShape& shape, const BackgroundRequest& request)
        : m_study(study), m_shape(shape), m_request(request), m_random(request.seed) {
        for (const StudyGene& gene : study.genes())
            m_genes.push_back({&gene, {}});
        shuffle(m_genes, m_random);
        const int64_t reach = std::max(shape.tssIndex, shape.length - 1 - shape.tssIndex);
        const size_t bins = EffectBackground::binOf(reach) + 1;
        m_quota.fill(0);
        for (size_t bin = 0; bin < bins; ++bin)
            m_quota[bin] = (request.variants + static_cast<int64_t>(bins) - 1) / static_cast<int64_t>(bins);
    }

    /// \return [bins] how many are random substitutions
    Result<std::array<int64_t, EffectBackground::Bins>> choose(const RunContext& context) {
        for (size_t g = 0; g < m_genes.size() && !isFull(); ++g) {
            DS_TRY(context.checkpoint());
            context.report("Choosing common variants", static_cast<int64_t>(g),
                           static_cast<int64_t>(m_genes.size()));
            DS_TRY(takeCommon(m_genes[g]));
        }
        std::array<int64_t, EffectBackground::Bins> substitutions{};
        // Wherever genes have windows: round after round, so that no gene has most of them.
        for (bool found = true; found && !isFull();) {
            found = false;
            DS_TRY(context.checkpoint());
            for (ChosenGene& gene : m_genes) {
                DS_ASSIGN(const bool some, takeSubstitutions(gene, substitutions));
                found = found || some;
                if (isFull())
                    break;
            }
        }
        return substitutions;
    }
    [[nodiscard]] std::vector<ChosenGene> take() {
        std::erase_if(m_genes, [](const ChosenGene& gene) { return gene.variants.empty(); });
        return std::move(m_genes);
    }

private:
    [[nodiscard]] bool isFull() const {
        return std::all_of(m_quota.begin(), m_quota.end(), [](int64_t left) { return left == 0; });
    }
    [[nodiscard]] static int64_t distance(const ReferenceWindow& window, int64_t offset) {
        return offset - window.tssOffset;
    }
    bool isChosen(const ChosenGene& gene, int64_t offset) const {
        return std::any_of(gene.variants.begin(), gene.variants.end(),
                           [offset](const ChosenVariant& variant) { return variant.edit.offset == offset; });
    }

    Result<void> takeCommon(ChosenGene& gene) {
        DS_ASSIGN(const ReferenceWindow window, m_study.window(gene.gene->gene, m_shape));
        DS_ASSIGN(const AlleleMatrix alleles, m_study.genotypes(window.region));
        SnvPanel panel = buildSnvPanel(alleles, window.region);
        std::erase_if(panel.snvs, [&](const Snv& snv) {
            return snv.maf() < m_request.leastMaf || snv.ref.size() != 1 || snv.alt.size() != 1 ||
                   isPoorlyGenotyped(snv);
        });
        shuffle(panel.snvs, m_random);
        std::array<int64_t, EffectBackground::Bins> own{};
        for (const Snv& snv : panel.snvs) {
            const int64_t offset = snv.position - window.region.start;
            const size_t bin = EffectBackground::binOf(distance(window, offset));
            const char there = window.bases()[static_cast<size_t>(offset)];
            // Of the study's REF, which the reference has: its effect is that of one base.
            if (m_quota[bin] == 0 || own[bin] == kMostOfAGene || snv.ref.front() != there ||
                isChosen(gene, offset))
                continue;
            ++own[bin];
            --m_quota[bin];
            gene.variants.push_back({{offset, 1, snv.alt}, bin});
        }
        return {};
    }

    /// One in each bin that still lacks some. \return whether there was any
    Result<bool> takeSubstitutions(ChosenGene& gene, std::array<int64_t, EffectBackground::Bins>& count) {
        DS_ASSIGN(const ReferenceWindow window, m_study.window(gene.gene->gene, m_shape));
        const std::string_view bases = window.bases();
        bool found = false;
        for (size_t bin = 0; bin < EffectBackground::Bins; ++bin) {
            if (m_quota[bin] == 0)
                continue;
            const int64_t from = bin == 0 ? 0 : EffectBackground::Edges[bin - 1] + 1;
            const int64_t to =
                bin < EffectBackground::Edges.size() ? EffectBackground::Edges[bin] : window.length();
            constexpr int tries = 20;
            for (int i = 0; i < tries; ++i) {
                const int64_t away = from + below(m_random, to - from + 1);
                const int64_t offset = window.tssOffset + (below(m_random, 2) == 0 ? away : -away);
                if (offset < 0 || offset >= window.length() || isChosen(gene, offset))
                    continue;
                const size_t base = std::string_view("ACGT").find(bases[static_cast<size_t>(offset)]);
                if (base == std::string_view::npos)
                    continue;
                const char other = "ACGT"[(base + 1 + static_cast<size_t>(below(m_random, 3))) % 4];
                gene.variants.push_back({{offset, 1, std::string(1, other)}, bin});
                --m_quota[bin];
                ++count[bin];
                found = true;
                break;
            }
        }
        return found;
    }

    const Study& m_study;
    InputShape m_shape;
    BackgroundRequest m_request;
    std::mt19937_64 m_random;
    std::vector<ChosenGene> m_genes;
    std::array<int64_t, EffectBackground::Bins> m_quota{}; ///< [bins] still wanted
};

/// [variants] |effect|, the mean of all members of the score.
Result<Eigen::VectorXd> effectsOf(const Study& study, const ChosenGene& gene,
                                  const std::shared_ptr<const Predictor>& predictor,
                                  const ScoreOptions& score, Method method,
                                  const std::shared_ptr<ScoreCache>& cache, const RunContext& context) {
    // As a gene's own analysis asks for it, so that scores are those that it has.
    DS_ASSIGN(const ReferenceWindow window,
              readLocusWindow(study, gene.gene->gene, predictor->info().input, score.shifts));
    std::vector<EditList> sequences{{}};
    for (const ChosenVariant& variant : gene.variants)
        sequences.push_back({Edit(variant.edit.offset + score.shifts, 1, variant.edit.alt)});
    const auto members = membersOf(predictor, score);
    Eigen::VectorXd sum = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(gene.variants.size()));
    for (const ScoreMember& member : members) {
        LocusScorer scorer({method, cache, kSelfCheckEvery}, member, window);
        Eigen::VectorXd scores =
            Eigen::VectorXd::Constant(static_cast<Eigen::Index>(sequences.size()), std::nan(""));
        DS_TRY(scorer.score(sequences, {scores.data(), sequences.size()}, "Predicting single variants",
                            context, [] {}));
        DS_TRY(scorer.selfCheck(scores[0], context));
        sum.array() += scores.tail(sum.size()).array() - scores[0];
    }
    return Eigen::VectorXd(sum.cwiseAbs() / static_cast<double>(members.size()));
}

} // namespace

size_t EffectBackground::binOf(int64_t distance) {
    const auto edge = std::lower_bound(Edges.begin(), Edges.end(), std::abs(distance));
    return static_cast<size_t>(edge - Edges.begin());
}

std::string EffectBackground::binName(size_t bin) {
    const auto length = [](int64_t bases) {
        return bases < 1000 ? fmt::format("{} bp", bases) : fmt::format("{} kb", bases / 1000);
    };
    return bin == Edges.size() ? "more than " + length(Edges.back())
           : bin == 0          ? "up to " + length(Edges[0])
                               : length(Edges[bin - 1]) + " to " + length(Edges[bin]);
}

std::optional<double> EffectBackground::shareBelow(double effect, int64_t distance) const {
    const std::vector<double>& known = bins[binOf(distance)].effects;
    if (known.empty() || !std::isfinite(effect))
        return std::nullopt;
    const auto reached = std::lower_bound(known.begin(), known.end(), std::abs(effect));
    return double(reached - known.begin()) / double(known.size());
}

int64_t EffectBackground::countAt(int64_t distance) const {
    return static_cast<int64_t>(bins[binOf(distance)].effects.size());
}

int64_t EffectBackground::count() const {
    return std::accumulate(bins.begin(), bins.end(), int64_t{0}, [](int64_t sum, const Bin& bin) {
        return sum + static_cast<int64_t>(bin.effects.size());
    });
}

Result<EffectBackground> measureBackground(const Study& study,
                                           const std::shared_ptr<const Predictor>& predictor,
                                           const ScoreOptions& score, Method method,
                                           const std::shared_ptr<ScoreCache>& cache,
                                           const BackgroundRequest& request, const RunContext& context) {
    if (predictor->info().scoresOf == ScoresOf::Listed)
        return fail(ErrorKind::Unsupported,
                    fmt::format("{} is a table: it says nothing of variants that it does not list.",
                                predictor->info().name),
                    {}, "Choose a model that reads bases.");
    if (predictor->info().scoresOf == ScoresOf::Elsewhere)
        return fail(
            ErrorKind::Unsupported,
            fmt::format("{} is run elsewhere: new variants cannot be scored here.", predictor->info().name),
            {}, "Choose a model that runs here.");
    if (study.genes().empty())
        return fail(ErrorKind::NotFound, "The study has no gene to take variants near.",
                    study.file().path.string(), "Open a study of people.");
    EffectBackground background;
    background.model = predictor->info().name;
    background.checksum = predictor->info().checksum;
    background.score = scoreText(score);
    background.study = study.file().name;
    background.seed = request.seed;
    DS_ASSIGN(background.inputs, backgroundInputs(study, context));
    VariantChoice choice(study, predictor->info().input, request);
    DS_ASSIGN(const auto substitutions, choice.choose(context));
    const std::vector<ChosenGene> genes = choice.take();
    background.genes = static_cast<int64_t>(genes.size());
    for (size_t g = 0; g < genes.size(); ++g) {
        const auto done = static_cast<int64_t>(g);
        Progress whole{"Effects of common variants", done, background.genes, 0, {}};
        RunContext own = context;
        own.onProgress = [&](const Progress& part) {
            whole.detail = fmt::format("{}: {} of {}", genes[g].gene->gene.name, part.done, part.total);
            if (context.onProgress)
                context.onProgress(whole);
        };
        DS_ASSIGN(const Eigen::VectorXd effects,
                  effectsOf(study, genes[g], predictor, score, method, cache, own));
        for (size_t v = 0; v < genes[g].variants.size(); ++v)
            background.bins[genes[g].variants[v].bin].effects.push_back(
                effects[static_cast<Eigen::Index>(v)]);
    }
    for (size_t bin = 0; bin < EffectBackground::Bins; ++bin) {
        std::sort(background.bins[bin].effects.begin(), background.bins[bin].effects.end());
        background.bins[bin].substitutions = substitutions[bin];
    }
    return background;
}

} // namespace diploscope
