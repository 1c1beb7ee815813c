// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/locus_tracks.h"

#include "genome/annotation.h"
#include "viewmodels/number_text.h"
#include "viewmodels/track_kinds.h"

#include <QObject>

#include <algorithm>
#include <cmath>
#include <limits>

namespace diploscope::ui {

std::vector<GeneModel> geneModels(const Annotation& annotation, const Gene& gene, const Region& region) {
    const Gene* own = gene.centre ? &gene : annotation.findId(gene.id);
    if (own == nullptr)
        return {};
    const int64_t around = region.length();
    std::vector<const Gene*> shown =
        annotation.overlapping({own->region.contig, region.start - around, region.end + around});
    if (gene.centre) // which is in no annotation
        shown.push_back(own);
    std::vector<GeneModel> models;
    for (const Gene* near : shown) {
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

/// \param pointOf [variants], among the associations
void addReferences(const GeneReport& report, const Linkages* linkages, const EqtlGiven* given,
                   const std::vector<size_t>& pointOf, LocusTracks& shown) {
    const auto referenceTo = [&](const Variant& variant) {
        LocusTracks::Reference reference;
        if (const std::optional<size_t> at = report.find(variant)) {
            reference.name = variantText(report.variants[*at]);
            reference.position = static_cast<double>(variant.position + 1);
            if (pointOf[*at] != notShown)
                reference.point = pointOf[*at];
        }
        return reference;
    };
    if (linkages != nullptr)
        for (const Linkage& linkage : *linkages)
            shown.references.push_back(referenceTo(linkage.reference));
    if (given != nullptr)
        shown.given = referenceTo(given->given);
}

} // namespace

std::vector<LocusTrack> tracksIn(const GeneReport& report, const std::vector<ShownModel>& models,
                                 const std::vector<ShownFile>& files) {
    std::vector<LocusTrack> tracks;
    for (const TrackKind& kind : trackKinds()) {
        if (kind.isIn(report))
            tracks.push_back({std::string(kind.key), QObject::tr(kind.title)});
        if (kind.key == EffectsTrack)
            for (const ShownModel& model : models)
                tracks.push_back({model.key, QObject::tr("Effects by %1").arg(model.title)});
    }
    for (const ShownFile& file : files)
        tracks.push_back({file.key, file.title});
    return tracks;
}

Region seenRegion(const std::string& contig, double first, double last) {
    constexpr double rounding = 1e-6; // of ranges that were computed
    const auto start = std::max<int64_t>(0, static_cast<int64_t>(std::floor(first + 0.5 + rounding)) - 1);
    const auto end = static_cast<int64_t>(std::ceil(last - 0.5 - rounding));
    return {contig, start, std::max(start + 1, end)};
}

LocusTracks locusTracks(const GeneReport& report, std::vector<GeneModel> genes, const Linkages* linkages,
                        Attribution attribution, SnvColour colour, const EqtlGiven* given) {
    LocusTracks shown;
    shown.ism = ismTrack(report, attribution, colour);
    shown.bases = report.bases;
    shown.genes = std::move(genes);
    std::vector<size_t> pointOf(report.variants.size(), notShown);
    shown.associations.reserve(report.variants.size());
    for (size_t v = 0; v < report.variants.size(); ++v) {
        const VariantResult& variant = report.variants[v];
        const std::optional<PValue>& p = given == nullptr ? variant.eqtl.p : given->effects[v].p;
        if (!p || std::isnan(*p) || variant.poorlyGenotyped)
            continue;
        pointOf[v] = shown.associations.size();
        LocusTracks::Association association{static_cast<double>(variant.position + 1), minusLog10(*p),
                                             std::nullopt, 0, v};
        if (const auto strongest = linkages == nullptr ? std::nullopt : strongestLinkage(*linkages, v)) {
            association.r2 = strongest->r2;
            association.reference = strongest->reference;
        }
        shown.associations.push_back(association);
    }
    shown.drivers = driverMarks(report, pointOf);
    addFineMapping(report, shown);
    addMissing(report, shown);
    addImported(report, shown);
    if (given != nullptr)
        shown.importedAssociations.clear(); // they are of each SNV alone
    shown.tracks = tracksIn(report);
    if (report.lead && pointOf[*report.lead] != notShown)
        shown.leadPoint = pointOf[*report.lead];
    addReferences(report, linkages, given, pointOf, shown);
    return shown;
}

} // namespace diploscope::ui
