// SPDX-License-Identifier: GPL-3.0-or-later
#include "lab/simulate/phenotype.h"

#include "lab/simulate/grammar.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <optional>

namespace diploscope::simulate {

namespace {

constexpr double kBaseline = 6;
constexpr double kGeneSpread = 0.45; ///< sd over genes of what the promoter does not explain
constexpr double kNoiseAlone = 0.35; ///< noise sd of genes without heritable variation
constexpr double kLeastTrueEffect = 0.05;
constexpr double kLeastVariance = 1e-4;

double mean(const std::vector<double>& values) {
    double sum = 0;
    for (const double value : values)
        sum += value;
    return sum / static_cast<double>(values.size());
}

double covariance(const std::vector<double>& x, const std::vector<double>& y) {
    const double meanX = mean(x);
    const double meanY = mean(y);
    double sum = 0;
    for (size_t i = 0; i < x.size(); ++i)
        sum += (x[i] - meanX) * (y[i] - meanY);
    return sum / static_cast<double>(x.size());
}

double variance(const std::vector<double>& values) {
    return covariance(values, values);
}

/// Mean over each person's two haplotypes.
std::vector<double> perPerson(const std::vector<double>& haplotypes) {
    std::vector<double> people(haplotypes.size() / 2);
    for (size_t i = 0; i < people.size(); ++i)
        people[i] = (haplotypes[2 * i] + haplotypes[2 * i + 1]) / 2;
    return people;
}

std::vector<double> carriers(const SimulatedSite& site, size_t allele) {
    std::vector<double> values(site.alleles.size());
    for (size_t i = 0; i < values.size(); ++i)
        values[i] = static_cast<size_t>(site.alleles[i]) == allele ? 1 : 0;
    return values;
}

/// \param allele 1-based
Edit editOf(const Locus& locus, const Site& site, int8_t allele) {
    return {site.position - locus.start, static_cast<int32_t>(site.ref.size()),
            site.alts[static_cast<size_t>(allele) - 1]};
}

/// Where in the reference's promoter a site of an edited one stands, on the gene strand, the TSS at kReach.
int64_t unmoved(const Locus& locus, const Edit& edit, int64_t offset) {
    const int64_t place = locus.start + edit.offset - locus.gene.tss();
    const bool isUpstream = (place < 0) == (locus.gene.strand == Strand::Forward);
    const int64_t at = kReach + (locus.gene.strand == Strand::Forward ? place : -place);
    if (isUpstream)
        return offset + edit.growth() < at ? offset + edit.growth() : offset;
    return offset - edit.growth() > at ? offset - edit.growth() : offset;
}

/// Grammar score of every haplotype; each distinct promoter is read once.
std::vector<double> haplotypeScores(const Locus& locus, const std::vector<SimulatedSite>& sites,
                                    size_t haplotypes) {
    std::vector<const SimulatedSite*> local;
    for (const SimulatedSite& site : sites)
        if (locus.inReach(site.site.position))
            local.push_back(&site);
    std::map<std::vector<int8_t>, double> known;
    std::vector<double> scores(haplotypes);
    std::vector<int8_t> pattern(local.size());
    for (size_t haplotype = 0; haplotype < haplotypes; ++haplotype) {
        for (size_t i = 0; i < local.size(); ++i)
            pattern[i] = local[i]->alleles[haplotype];
        const auto [entry, isNew] = known.try_emplace(pattern, 0.0);
        if (isNew) {
            EditList edits;
            for (size_t i = 0; i < local.size(); ++i)
                if (pattern[i] > 0)
                    edits.push_back(editOf(locus, local[i]->site, pattern[i]));
            entry->second = grammarScore(locus.promoter(std::move(edits)));
        }
        scores[haplotype] = entry->second;
    }
    return scores;
}

/// The site whose effect differs most between the reference's promoter and an edited one: what the variant
/// acts through.
void describeMechanism(const Locus& locus, const Edit& edit, const std::string& before,
                       const std::string& after, CausalVariant& variant) {
    std::map<std::pair<size_t, int64_t>, std::pair<double, double>> effects; // occupancy counts for partners
    const auto add = [&](const std::string& bases, double sign) {
        const std::vector<BoundSite> sites = findSites(bases);
        const std::vector<double> values = siteEffects(sites);
        for (size_t i = 0; i < sites.size(); ++i) {
            const int64_t offset = sign > 0 ? unmoved(locus, edit, sites[i].offset) : sites[i].offset;
            auto& [effect, occupancy] = effects[{sites[i].motif, offset}];
            effect += sign * values[i];
            occupancy += sign * sites[i].occupancy;
        }
    };
    add(before, -1);
    add(after, 1);
    // The site that the base lies in is the one whose occupancy moved; several only where motifs overlap.
    double largest = 0;
    const std::pair<const std::pair<size_t, int64_t>, std::pair<double, double>>* moved = nullptr;
    for (const auto& entry : effects) {
        const double weight = std::abs(entry.second.second) * (0.01 + std::abs(entry.second.first));
        const bool partner = motifs()[entry.first.first].role == MotifRole::Partner;
        if (std::abs(entry.second.second) > 1e-9 && (partner ? 0.01 : weight) > largest) {
            largest = partner ? 0.01 : weight;
            moved = &entry;
        }
    }
    if (moved == nullptr)
        return;
    const Motif& motif = motifs()[moved->first.first];
    variant.motif = motif.name;
    switch (motif.role) {
    case MotifRole::Activator:
        variant.mechanism = "activator";
        break;
    case MotifRole::Repressor:
        variant.mechanism = "repressor";
        break;
    case MotifRole::Partner:
        variant.mechanism = "partner";
        break;
    case MotifRole::Switch: {
        const bool acts =
            (moved->second.first > 0) == (moved->second.second > 0); // more of it, more expression
        variant.mechanism = acts == (motif.effect > 0) ? "switch-alone" : "switch-with-partner";
        break;
    }
    }
}

void addLocalCauses(const Locus& locus, const std::vector<SimulatedSite>& sites, double referenceScore,
                    double total, std::vector<CausalVariant>& causal) {
    const std::string reference = locus.promoter();
    for (const SimulatedSite& site : sites) {
        if (!locus.inReach(site.site.position))
            continue;
        for (size_t k = 0; k < site.site.alts.size(); ++k) {
            const Edit edit = editOf(locus, site.site, static_cast<int8_t>(k + 1));
            const std::string changed = locus.promoter({edit});
            const double effect = grammarScore(changed) - referenceScore;
            if (std::abs(effect) < kLeastTrueEffect)
                continue;
            CausalVariant variant{site.site.position,
                                  site.site.id,
                                  site.site.ref,
                                  site.site.alts[k],
                                  "activator",
                                  ".",
                                  effect,
                                  site.frequency(static_cast<int8_t>(k + 1)),
                                  0,
                                  site.planned};
            describeMechanism(locus, edit, reference, changed, variant);
            if (total > 0)
                variant.varianceShare = effect * effect * variance(perPerson(carriers(site, k + 1))) / total;
            causal.push_back(std::move(variant));
        }
    }
}

struct Distal {
    const SimulatedSite* site = nullptr;
    double effect = 0;
};

std::vector<const SimulatedSite*> distalCandidates(const Locus& locus,
                                                   const std::vector<SimulatedSite>& sites) {
    std::vector<const SimulatedSite*> candidates;
    for (const SimulatedSite& site : sites) {
        const int64_t distance = std::abs(site.site.position - locus.gene.tss());
        const double frequency = site.frequency(1);
        if (site.site.alts.size() == 1 && site.site.isSnv(1) && distance > kNearestDistal &&
            distance < kFarthestDistal && frequency > 0.08 && frequency < 0.92)
            candidates.push_back(&site);
    }
    return candidates;
}

std::vector<Distal> chooseDistal(const Locus& locus, const std::vector<SimulatedSite>& sites,
                                 const std::vector<double>& local, Random& random) {
    const std::vector<const SimulatedSite*> candidates = distalCandidates(locus, sites);
    if (candidates.empty())
        return {};
    const auto any = [&] {
        return candidates[static_cast<size_t>(random.below(static_cast<int64_t>(candidates.size())))];
    };
    const auto sign = [&] { return random.chance(0.5) ? 1.0 : -1.0; };
    const double localVariance = variance(local);
    switch (locus.design) {
    case Design::Direct:
    case Design::Switched:
        // A minor share of the variance, as most genes have several eQTLs.
        if (random.chance(0.5)) {
            const SimulatedSite* site = any();
            const double own = variance(perPerson(carriers(*site, 1)));
            return {{site, sign() * std::sqrt(random.uniform(0.05, 0.3) * localVariance / own)}};
        }
        return {};
    case Design::Opposed: {
        if (localVariance < kLeastVariance)
            return {};
        // The candidate in strongest LD with what the promoter does, and an effect that overturns it.
        const SimulatedSite* best = candidates.front();
        double bestCorrelation = 0;
        for (const SimulatedSite* site : candidates) {
            const std::vector<double> dosage = perPerson(carriers(*site, 1));
            const double r = covariance(dosage, local) / std::sqrt(variance(dosage) * localVariance);
            if (std::abs(r) > std::abs(bestCorrelation)) {
                bestCorrelation = r;
                best = site;
            }
        }
        if (bestCorrelation == 0)
            return {};
        const double own = variance(perPerson(carriers(*best, 1)));
        return {{best, -random.uniform(2.0, 2.6) / bestCorrelation * std::sqrt(localVariance / own)}};
    }
    case Design::Distal:
        return {{any(), sign() * random.uniform(0.5, 1.2)}};
    case Design::Unregulated:
        break;
    }
    return {};
}

void addNoise(Phenotype& phenotype, const std::vector<double>& genetic, double sd, Random& random) {
    const double offset = kBaseline + kGeneSpread * random.normal();
    phenotype.expression.clear();
    for (const double value : genetic)
        phenotype.expression.push_back(offset + value + sd * random.normal());
}

} // namespace

Phenotype makePhenotype(const Locus& locus, const std::vector<SimulatedSite>& sites, int64_t people,
                        double heritability, Random& random) {
    Phenotype phenotype;
    phenotype.referenceScore = grammarScore(locus.promoter());
    phenotype.haplotypes = haplotypeScores(locus, sites, static_cast<size_t>(2 * people));
    const std::vector<double> local = perPerson(phenotype.haplotypes);
    std::vector<double> genetic = local;
    const std::vector<Distal> distal = chooseDistal(locus, sites, local, random);
    for (const Distal& cause : distal) {
        const std::vector<double> dosage = perPerson(carriers(*cause.site, 1));
        for (size_t i = 0; i < genetic.size(); ++i)
            genetic[i] += cause.effect * dosage[i];
        const std::vector<double> carried = carriers(*cause.site, 1);
        for (size_t h = 0; h < carried.size(); ++h)
            phenotype.haplotypes[h] += cause.effect * carried[h];
    }
    const double total = variance(genetic);
    addLocalCauses(locus, sites, phenotype.referenceScore, total, phenotype.causal);
    for (const Distal& cause : distal) {
        const double own = variance(perPerson(carriers(*cause.site, 1)));
        phenotype.causal.push_back({cause.site->site.position, cause.site->site.id, cause.site->site.ref,
                                    cause.site->site.alts[0], "distal", ".", cause.effect,
                                    cause.site->frequency(1), cause.effect * cause.effect * own / total,
                                    false});
    }
    std::sort(phenotype.causal.begin(), phenotype.causal.end(),
              [](const CausalVariant& a, const CausalVariant& b) { return a.position < b.position; });

    double noise = kNoiseAlone;
    if (locus.design != Design::Unregulated && total > kLeastVariance) {
        phenotype.askedHeritability = std::clamp(heritability * random.uniform(0.6, 1.4), 0.01, 0.95);
        noise = std::sqrt(total * (1 - phenotype.askedHeritability) / phenotype.askedHeritability);
    }
    addNoise(phenotype, genetic, noise, random);
    phenotype.heritability = total / variance(phenotype.expression);
    phenotype.localShare = total > 0 ? variance(local) / total : 0;
    return phenotype;
}

Phenotype makeReferencePhenotype(const Locus& locus, int64_t people, Random& random) {
    Phenotype phenotype;
    phenotype.referenceScore = grammarScore(locus.promoter());
    addNoise(phenotype, std::vector<double>(static_cast<size_t>(people), phenotype.referenceScore),
             kNoiseAlone, random);
    return phenotype;
}

} // namespace diploscope::simulate
