// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/locus_tracks.h"

#include "genome/annotation.h"
#include "stats/eqtl.h"
#include "viewmodels/number_text.h"

#include <QObject>

#include <algorithm>
#include <cmath>
#include <limits>

namespace diploscope::ui {

std::vector<GeneModel> geneModels(const Annotation& annotation, const Gene& gene, const Region& region) {
    const Gene* own = annotation.findId(gene.id);
    if (own == nullptr)
        return {};
    const int64_t around = region.length();
    std::vector<GeneModel> models;
    for (const Gene* near :
         annotation.overlapping({own->region.contig, region.start - around, region.end + around})) {
        GeneModel model{geneText(*near),
                        static_cast<double>(near->region.start + 1),
                        static_cast<double>(near->region.end),
                        near->strand,
                        {},
                        near == own};
        for (const Region& exon : near->exons)
            model.exons.emplace_back(static_cast<double>(exon.start + 1), static_cast<double>(exon.end));
        models.push_back(std::move(model));
    }
    std::stable_sort(models.begin(), models.end(), [](const GeneModel& a, const GeneModel& b) {
        return a.analysed != b.analysed ? a.analysed : a.end - a.start > b.end - b.start;
    });
    return models;
}

Linkage linkageWith(const GeneReport& report, size_t reference) {
    Linkage linkage{report.variants[reference], std::vector<std::optional<double>>(report.variants.size())};
    std::vector<size_t> columns;
    for (size_t v = 0; v < report.variants.size(); ++v)
        if (report.isGenotyped(v))
            columns.push_back(v);
    const auto at = std::find(columns.begin(), columns.end(), reference);
    if (at == columns.end())
        return linkage;
    const Eigen::MatrixXd dosages = report.dosages(columns);
    const auto r = ldWith(dosages, at - columns.begin());
    for (size_t c = 0; c < columns.size(); ++c)
        if (r[c])
            linkage.r2[columns[c]] = *r[c] * *r[c];
    return linkage;
}

std::optional<size_t> leadVariant(const GeneReport& report) {
    if (report.lead)
        return report.lead;
    std::optional<size_t> lead;
    double best = std::numeric_limits<double>::infinity();
    double strongest = 0;
    for (size_t v = 0; v < report.variants.size(); ++v) {
        const EqtlEffect& effect = report.variants[v].eqtl;
        if (!effect.p || std::isnan(*effect.p) || report.variants[v].poorlyGenotyped)
            continue;
        // Several p may have underflowed to the same 0.
        const double r = std::abs(effect.r.value_or(0));
        if (*effect.p < best || (*effect.p == best && r > strongest)) {
            best = *effect.p;
            strongest = r;
            lead = v;
        }
    }
    return lead;
}

namespace {

/// Where only a number too small for doubles is known, it is drawn as the smallest.
double minusLog10(const PValue& p) {
    return std::isnan(p.log10()) ? -std::log10(std::numeric_limits<double>::denorm_min()) : -p.log10();
}

void addFineMapping(const GeneReport& report, LocusTracks& shown) {
    for (size_t v = 0; v < report.variants.size(); ++v)
        if (const VariantResult& variant = report.variants[v]; variant.prunedPip)
            shown.probabilities.push_back(
                {static_cast<double>(variant.position + 1), *variant.prunedPip, variant.credibleSet, v});
    if (report.fineMapping)
        shown.credibleSets = static_cast<int64_t>(report.fineMapping->sets.size());
}

void addMissing(const GeneReport& report, LocusTracks& shown) {
    const auto isLeftOut = [](const VariantResult& variant) { return variant.poorlyGenotyped; };
    if (std::none_of(report.variants.begin(), report.variants.end(), isLeftOut))
        return;
    const auto people = static_cast<double>(report.people.size());
    for (size_t v = 0; v < report.variants.size(); ++v)
        if (const VariantResult& variant = report.variants[v]; variant.missing > 0)
            shown.missing.push_back({static_cast<double>(variant.position + 1),
                                     static_cast<double>(variant.missing) / people, isLeftOut(variant), v});
}

void addImported(const GeneReport& report, LocusTracks& shown) {
    for (size_t v = 0; v < report.imported.size(); ++v) {
        const auto position = static_cast<double>(report.variants[v].position + 1);
        const ImportedEffect& imported = report.imported[v];
        if (imported.p && !std::isnan(*imported.p))
            shown.importedAssociations.push_back({position, minusLog10(*imported.p), std::nullopt, v});
        if (imported.pip)
            shown.importedProbabilities.push_back({position, *imported.pip, 0, v});
    }
}

} // namespace

std::vector<LocusTrack> tracksIn(const GeneReport& report) {
    const auto any = [&report](const auto& has) {
        return std::any_of(report.variants.begin(), report.variants.end(), has);
    };
    std::vector<LocusTrack> tracks{{"ism", QObject::tr("Model's effects")}, {"eqtl", QObject::tr("eQTL")}};
    if (any([](const VariantResult& variant) { return variant.prunedPip.has_value(); }) ||
        std::any_of(report.imported.begin(), report.imported.end(),
                    [](const ImportedEffect& imported) { return imported.pip.has_value(); }))
        tracks.push_back({"pip", QObject::tr("Fine mapping")});
    if (any([](const VariantResult& variant) { return variant.poorlyGenotyped; }))
        tracks.push_back({"missing", QObject::tr("Missing genotypes")});
    if (!report.people.empty() &&
        any([](const VariantResult& variant) { return !variant.haplotypes.empty(); })) {
        tracks.push_back({std::string(GenotypesTrack), QObject::tr("Genotypes"), false});
        tracks.push_back({std::string(LinkageTrack), QObject::tr("LD of pairs"), false});
    }
    return tracks;
}

Region seenRegion(const std::string& contig, double first, double last) {
    constexpr double rounding = 1e-6; // of ranges that were computed
    const auto start = std::max<int64_t>(0, static_cast<int64_t>(std::floor(first + 0.5 + rounding)) - 1);
    const auto end = static_cast<int64_t>(std::ceil(last - 0.5 - rounding));
    return {contig, start, std::max(start + 1, end)};
}

LocusTracks locusTracks(const GeneReport& report, std::vector<GeneModel> genes, const Linkage* linkage,
                        Attribution attribution, SnvColour colour) {
    LocusTracks shown;
    shown.ism = ismTrack(report, attribution, colour);
    shown.bases = report.bases;
    shown.genes = std::move(genes);
    std::vector<size_t> pointOf(report.variants.size(), notShown);
    shown.associations.reserve(report.variants.size());
    for (size_t v = 0; v < report.variants.size(); ++v) {
        const VariantResult& variant = report.variants[v];
        if (!variant.eqtl.p || std::isnan(*variant.eqtl.p) || variant.poorlyGenotyped)
            continue;
        pointOf[v] = shown.associations.size();
        shown.associations.push_back(
            {static_cast<double>(variant.position + 1), minusLog10(*variant.eqtl.p),
             linkage != nullptr && v < linkage->r2.size() ? linkage->r2[v] : std::nullopt, v});
    }
    shown.drivers = driverMarks(report, pointOf);
    addFineMapping(report, shown);
    addMissing(report, shown);
    addImported(report, shown);
    shown.tracks = tracksIn(report);
    if (report.lead && pointOf[*report.lead] != notShown)
        shown.leadPoint = pointOf[*report.lead];
    const auto reference = linkage != nullptr ? report.find(linkage->reference) : std::nullopt;
    if (reference) {
        shown.ldName = variantText(report.variants[*reference]);
        if (pointOf[*reference] != notShown)
            shown.ldPoint = pointOf[*reference];
    }
    return shown;
}

} // namespace diploscope::ui
