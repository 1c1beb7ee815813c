// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/predixcan.h"

#include "analysis/lift_by_chain.h"
#include "analysis/predixcan_alleles.h"
#include "analysis/reference_alleles.h"
#include "analysis/study_contigs.h"
#include "base/parallel.h"
#include "genome/builds.h"
#include "genome/contig_names.h"
#include "genome/variant_name.h"
#include "stats/centred.h"

#include <Eigen/SparseCore>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <unordered_map>

namespace diploscope {

namespace {

using Eigen::Index;

/// Variants further apart are read apart; no stretch is longer than this, which bounds memory.
constexpr int64_t LargestGap = 100'000;
constexpr int64_t LongestStretch = 1'000'000;
constexpr int64_t CisReach = 1'000'000; ///< of a gene's ends, where rsids are looked for

/// Where the variant of a varID stands once its alleles are trimmed.
int64_t positionOf(const PredixcanWeight& weight) {
    if (weight.varRef.empty() || weight.varAlt.empty())
        return weight.position;
    return trimAlleles(weight.position, weight.varRef, weight.varAlt).position;
}

/// A weight waits for its variant: where it may lie, in the genotypes' terms.
struct Stretch {
    Region region;
    std::vector<size_t> weights; ///< indices into the database
    bool byPosition = true;      ///< all of them; else all by what the genotypes call them
};

/// How each weight's variant is found: where it may be by position, by that.
bool isByPosition(const PredixcanWeight& weight, PredixcanMatch match) {
    return match != PredixcanMatch::Rsid && weight.position >= 0;
}

/// Stretches round the positions of varIDs, by contig and position.
std::vector<Stretch> stretchesByPosition(const Study& study, const PredixcanDatabase& database,
                                         const std::vector<bool>& wanted, PredixcanMatch match) {
    StudyContigs contigs(study);
    std::map<std::string, std::vector<size_t>> byContig;
    for (size_t w = 0; w < database.weights.size(); ++w)
        if (wanted[database.weights[w].gene] && isByPosition(database.weights[w], match))
            byContig[contigs.find(database.weights[w].contig).name].push_back(w);
    std::vector<Stretch> stretches;
    for (auto& [contig, weights] : byContig) {
        std::sort(weights.begin(), weights.end(), [&](size_t a, size_t b) {
            return positionOf(database.weights[a]) < positionOf(database.weights[b]);
        });
        for (const size_t w : weights) {
            const int64_t position = positionOf(database.weights[w]);
            const bool joins = !stretches.empty() && stretches.back().region.contig == contig &&
                               position < stretches.back().region.end + LargestGap &&
                               position < stretches.back().region.start + LongestStretch;
            if (!joins)
                stretches.push_back({{contig, position, position + 1}, {}, true});
            stretches.back().region.end = position + 1;
            stretches.back().weights.push_back(w);
        }
    }
    return stretches;
}

/// The gene of the study's annotation that a database means: by id, else by symbol; null where there is none.
const Gene* annotatedGene(const Study& study, const PredixcanGene& gene) {
    if (const Gene* found = study.loci().findId(gene.id))
        return found;
    for (const std::string* symbol : {&gene.id, &gene.name})
        if (const auto named = study.loci().withName(*symbol); named.size() == 1)
            return named.front();
    return nullptr;
}

/// One stretch a gene: its body with what counts as cis. Overlapping ones are joined.
std::vector<Stretch> stretchesByGene(const Study& study, const PredixcanDatabase& database,
                                     const std::vector<bool>& wanted, PredixcanMatch match) {
    std::vector<std::vector<size_t>> weightsOfGene(database.genes.size());
    for (size_t w = 0; w < database.weights.size(); ++w)
        if (!isByPosition(database.weights[w], match))
            weightsOfGene[database.weights[w].gene].push_back(w);
    std::vector<Stretch> stretches;
    for (size_t g = 0; g < database.genes.size(); ++g) {
        if (!wanted[g] || weightsOfGene[g].empty())
            continue;
        const Gene* gene = annotatedGene(study, database.genes[g]);
        if (gene == nullptr)
            continue; // its place is not known
        const Region region{canonicalContig(gene->region.contig),
                            std::max<int64_t>(0, gene->region.start - CisReach), gene->region.end + CisReach};
        stretches.push_back({region, weightsOfGene[g], false});
    }
    std::sort(stretches.begin(), stretches.end(), [](const Stretch& a, const Stretch& b) {
        return std::tie(a.region.contig, a.region.start) < std::tie(b.region.contig, b.region.start);
    });
    std::vector<Stretch> joined;
    for (Stretch& stretch : stretches) {
        const bool joins = !joined.empty() && joined.back().region.contig == stretch.region.contig &&
                           stretch.region.start < joined.back().region.end &&
                           stretch.region.end - joined.back().region.start <= 3 * CisReach;
        if (!joins) {
            joined.push_back(std::move(stretch));
            continue;
        }
        joined.back().region.end = std::max(joined.back().region.end, stretch.region.end);
        joined.back().weights.insert(joined.back().weights.end(), stretch.weights.begin(),
                                     stretch.weights.end());
    }
    return joined;
}

/// Applies weights, stretch after stretch.
class Application {
public:
    Application(const Study& study, const PredixcanDatabase& database)
        : m_study(study)
        , m_database(database)
        , counts(database.genes.size())
        , values(Eigen::MatrixXd::Zero(Index(study.people().size()), Index(database.genes.size()))) {}

    /// Safe to call from several threads.
    [[nodiscard]] Result<AlleleMatrix> read(const Stretch& stretch, const RunContext& context) const {
        if (!stretch.byPosition)
            return m_study.genotypes(stretch.region, context);
        std::vector<int64_t> positions; // ascending, as the weights of the stretch
        for (const size_t w : stretch.weights)
            positions.push_back(positionOf(m_database.weights[w]));
        return m_study.genotypesAt(stretch.region, positions, context);
    }

    /// \error of reading the reference
    [[nodiscard]] Result<void> add(const Stretch& stretch, const AlleleMatrix& matrix) {
        if (!matrix.sites.empty() && siteSeen.empty())
            siteSeen = nameOf(matrix.sites.front(), matrix.region.contig);
        const PredixcanSites sites(matrix, m_study.reference());
        // A variant that several genes use stands in the dosage matrix once.
        std::map<PredixcanFit, Index> columnOf;
        std::vector<Eigen::Triplet<double>> entries;
        for (const size_t w : stretch.weights) {
            const PredixcanWeight& weight = m_database.weights[w];
            DS_ASSIGN(const PredixcanFit fit,
                      sites.find(weight, stretch.byPosition ? positionOf(weight) : -1));
            PredixcanCounts& count = counts[weight.gene];
            if (!fit.found()) {
                ++count.absent;
                continue;
            }
            const bool ambiguous = isStrandAmbiguous(weight);
            count.ambiguous += ambiguous;
            // Swapped, or of the other strand? Nothing tells.
            if (ambiguous && fit.swapped) {
                ++count.ambiguousLeftOut;
                continue;
            }
            ++count.used;
            count.swapped += fit.swapped;
            count.flipped += fit.flipped;
            const PredixcanFit copies{fit.site, fit.allele, fit.swapped, false};
            const Index column = columnOf.emplace(copies, Index(columnOf.size())).first->second;
            entries.emplace_back(column, Index(weight.gene), weight.weight);
        }
        multiply(sites, columnOf, entries);
        return {};
    }

private:
    static std::string nameOf(const Site& site, const std::string& contig) {
        return fmt::format("`{}` ({}:{} {}>{})", site.id.empty() ? "." : site.id, contig, site.position + 1,
                           site.ref.substr(0, 20), site.alts.empty() ? "." : site.alts.front().substr(0, 20));
    }

    void multiply(const PredixcanSites& sites, const std::map<PredixcanFit, Index>& columnOf,
                  const std::vector<Eigen::Triplet<double>>& entries) {
        Eigen::MatrixXd dosages(values.rows(), Index(columnOf.size()));
        std::vector<int64_t> missing(columnOf.size());
        for (const auto& [fit, column] : columnOf)
            missing[size_t(column)] =
                sites.fillDosage(fit, m_study.file().options.haploidDosage, dosages.col(column));
        dosages = imputeMeans(dosages);
        for (const auto& entry : entries)
            counts[size_t(entry.col())].missingAlleles += missing[size_t(entry.row())];
        Eigen::SparseMatrix<double> weights(dosages.cols(), values.cols());
        weights.setFromTriplets(entries.begin(), entries.end());
        // Column by column of the sparse side: genes without a weight here cost nothing.
        for (Index g = 0; g < weights.outerSize(); ++g)
            for (Eigen::SparseMatrix<double>::InnerIterator it(weights, g); it; ++it)
                values.col(g) += it.value() * dosages.col(it.row());
    }

    const Study& m_study;
    const PredixcanDatabase& m_database;

public:
    std::vector<PredixcanCounts> counts;
    std::string siteSeen;   ///< the first variant of the genotypes that was met, for errors
    Eigen::MatrixXd values; ///< [people x genes]
};

/// Whether the positions of the database, where it has any that are to be used, are of the study's build.
Result<void> checkPositions(const Study& study, const PredixcanDatabase& database, PredixcanMatch match,
                            BuildEvidence needed) {
    if (match == PredixcanMatch::Position && !database.hasPositions)
        return fail(ErrorKind::Unsupported, "The database has no varIDs to match positions by.", {},
                    "Match by rsid.");
    std::vector<const PredixcanWeight*> placed;
    for (const PredixcanWeight& weight : database.weights)
        if (isByPosition(weight, match))
            placed.push_back(&weight);
    if (placed.empty())
        return {};
    const auto theirs = knownBuild(database.build);
    const auto ours = knownBuild(study.file().build);
    if (theirs && ours && *theirs != *ours)
        return fail(ErrorKind::Mismatch,
                    fmt::format("The database's positions are of {}, the study's of {}.", *theirs, *ours),
                    study.file().path.string(),
                    "Take the database of the study's build, or match by rsid (`--match rsid`).");
    // The label may be missing or wrong; the reference is neither. A study may be of one chromosome.
    StudyContigs contigs(study);
    std::erase_if(placed, [&](const PredixcanWeight* weight) {
        return weight->position >= contigs.find(weight->contig).length;
    });
    std::vector<VariantName> some;
    const size_t step = std::max<size_t>(1, placed.size() / AllelesToCheck);
    for (size_t w = 0; w < placed.size(); w += step)
        some.push_back({placed[w]->contig, placed[w]->position, placed[w]->varRef, placed[w]->varAlt, {}});
    return checkReferenceAlleles(study, some, needed, "the PrediXcan database", study.file().path);
}

/// Not one of all weights was used: an id of each side shows why.
Failure nothingUsed(const Study& study, const PredixcanDatabase& database, const std::string& siteSeen) {
    const PredixcanWeight& weight = database.weights.front();
    const PredixcanGene& gene = database.genes[weight.gene];
    std::string theirs = fmt::format("`{}`", weight.rsid);
    if (weight.position >= 0)
        theirs +=
            fmt::format(" ({}:{} {}>{})", weight.contig, weight.position + 1, weight.varRef, weight.varAlt);
    std::string remedy =
        "Take a database of the study's build and kind of ids; genotypes without rsids can be "
        "given them: bcftools annotate -a DBSNP -c ID.";
    if (siteSeen.empty() && annotatedGene(study, gene) == nullptr && weight.position < 0)
        remedy =
            fmt::format("Its genes are not found in the annotation either: `{}` is none of them.", gene.id);
    return fail(ErrorKind::Mismatch,
                fmt::format("None of the database's {} weights is of a variant that the genotypes have. The "
                            "database has {}, the genotypes have {} there.",
                            database.weights.size(), theirs, siteSeen.empty() ? "no variant" : siteSeen),
                study.file().genotypes, std::move(remedy));
}

/// \param people [people] of whom nothing is predicted; empty: nobody
void leaveOut(const std::vector<bool>& people, Eigen::Ref<Eigen::VectorXd> values) {
    for (size_t p = 0; p < people.size(); ++p)
        if (people[p])
            values[Index(p)] = std::numeric_limits<double>::quiet_NaN();
}

} // namespace

PredixcanCounts PredixcanScores::total() const {
    PredixcanCounts sum;
    for (const PredixcanGeneScore& gene : genes)
        for (const auto count :
             {&PredixcanCounts::weights, &PredixcanCounts::used, &PredixcanCounts::absent,
              &PredixcanCounts::swapped, &PredixcanCounts::flipped, &PredixcanCounts::ambiguous,
              &PredixcanCounts::ambiguousLeftOut, &PredixcanCounts::missingAlleles})
            sum.*count += gene.counts.*count;
    return sum;
}

std::string predixcanGeneId(const Study& study, const PredixcanGene& gene) {
    const Gene* found = annotatedGene(study, gene);
    return found != nullptr ? found->id : splitGeneId(gene.id).id;
}

Result<PredixcanScores> applyPredixcan(const Study& study, const PredixcanDatabase& given,
                                       const PredixcanOptions& options, const RunContext& context) {
    std::optional<Lifted<PredixcanDatabase>> lifted;
    if (const auto agrees = checkPositions(study, given, options.match, BuildEvidence::NotAgainst); !agrees) {
        const auto check = [&](const PredixcanDatabase& moved) {
            return checkPositions(study, moved, options.match, BuildEvidence::For);
        };
        DS_ASSIGN(lifted,
                  liftByChain<PredixcanDatabase>(study, given, agrees.error(), liftWeights, check, context));
    }
    const PredixcanDatabase& database = lifted ? lifted->table : given;
    std::set<std::string> asked;
    for (const std::string& gene : options.genes)
        asked.insert(predixcanGeneId(study, {gene, {}, {}, {}, {}}));
    std::vector<bool> wanted;
    for (const PredixcanGene& gene : database.genes)
        wanted.push_back(asked.empty() || asked.contains(predixcanGeneId(study, gene)));

    Application application(study, database);
    std::vector<Stretch> stretches = stretchesByPosition(study, database, wanted, options.match);
    const bool byPosition = !stretches.empty();
    for (Stretch& stretch : stretchesByGene(study, database, wanted, options.match))
        stretches.push_back(std::move(stretch));
    // Reading is most of the time: as many stretches at once as there are processors.
    RunContext quiet;
    quiet.stop = context.stop;
    const auto together = size_t(availableThreads());
    for (size_t first = 0; first < stretches.size(); first += together) {
        DS_TRY(context.checkpoint());
        context.report("Applying PrediXcan weights", int64_t(first), int64_t(stretches.size()));
        const size_t count = std::min(together, stretches.size() - first);
        std::vector<std::optional<Result<AlleleMatrix>>> matrices(count);
        parallelFor(int64_t(count), int(count), [&](int64_t i) {
            matrices[size_t(i)] = application.read(stretches[first + size_t(i)], quiet);
        });
        for (size_t i = 0; i < count; ++i) {
            DS_TRY(*matrices[i]);
            DS_TRY(application.add(stretches[first + i], **matrices[i]));
        }
    }
    context.report("Applying PrediXcan weights", int64_t(stretches.size()), int64_t(stretches.size()));
    for (const PredixcanWeight& weight : database.weights)
        ++application.counts[weight.gene].weights;

    PredixcanScores scores;
    if (lifted)
        scores.lifted = lifted->counts;
    scores.people = study.people();
    scores.byPosition = byPosition;
    scores.byRsid = !stretches.empty() && !stretches.back().byPosition;
    std::vector<Index> columns;
    for (size_t g = 0; g < database.genes.size(); ++g) {
        if (!wanted[g])
            continue;
        PredixcanGeneScore score{database.genes[g], application.counts[g], {}};
        // Variants of genes whose place is not known were not even looked for.
        score.counts.absent = score.counts.weights - score.counts.used - score.counts.ambiguousLeftOut;
        auto values = application.values.col(Index(g));
        if (const Gene* gene = annotatedGene(study, score.gene))
            leaveOut(study.withoutCopyOf(*gene), values);
        if (score.counts.used == 0)
            values.setConstant(std::numeric_limits<double>::quiet_NaN());
        else if (const auto gene = study.findGene(predixcanGeneId(study, score.gene))) {
            DS_ASSIGN(const Eigen::VectorXd observed, study.observed(**gene));
            score.observed = pearson(observed, values, DoubleScores);
        }
        scores.genes.push_back(std::move(score));
        columns.push_back(Index(g));
    }
    if (asked.empty() && scores.total().used == 0)
        return nothingUsed(study, database, application.siteSeen);
    scores.values = application.values(Eigen::all, columns);
    return scores;
}

Result<std::optional<PredixcanGeneScore>> predixcanOf(const Study& study, const StudyGene& gene,
                                                      const RunContext& context) {
    std::optional<PredixcanGeneScore> best;
    for (const std::filesystem::path& file : study.file().predixcan) {
        DS_ASSIGN(const PredixcanDatabase database, readPredixcan(file));
        DS_ASSIGN(PredixcanScores scores, applyPredixcan(study, database, {{}, {gene.gene.id}}, context));
        for (PredixcanGeneScore& score : scores.genes)
            if (!best || score.gene.performanceR2.value_or(0) > best->gene.performanceR2.value_or(0))
                best = std::move(score);
    }
    return best;
}

} // namespace diploscope
