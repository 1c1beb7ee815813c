// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/destination.h"

#include "base/suggestion.h"
#include "base/words.h"
#include "genome/contig_names.h"
#include "genome/region_name.h"
#include "genome/variant_name.h"
#include "viewmodels/gene_text.h"
#include "viewmodels/session.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace diploscope::ui {

namespace {

constexpr size_t mostTold = 60; ///< bytes of a typed text that an error repeats

/// What the model reads of a gene; empty while no model is open.
std::optional<Region> windowOf(const Session& session, const Gene& gene) {
    if (const auto& report = session.shown().report(); report && report->gene.id == gene.id)
        return report->window;
    if (!session.model().predictor())
        return std::nullopt;
    return inputRegion(session.model().predictor()->info().input, gene.region.contig, gene.tss(),
                       gene.strand);
}

bool overlap(const Region& a, const Region& b) {
    return a.start < b.end && b.start < a.end;
}

/// \error NotFound: no such contig, or it ends before that
Result<Region> onReference(const PlaceName& place, const Session& session) {
    const std::shared_ptr<const Study> study = session.study();
    if (study->isPublished())
        return Region{place.contig, place.first - 1, place.last};
    const FastaReader& reference = study->reference();
    const std::optional<std::string> contig = matchingContig(place.contig, reference.contigs());
    if (!contig)
        return fail(ErrorKind::NotFound,
                    fmt::format("The reference has no contig `{}`, but {}.", place.contig.substr(0, mostTold),
                                listed(reference.contigs())),
                    "place");
    const int64_t length = reference.contigLength(*contig);
    if (place.last > length)
        return fail(ErrorKind::NotFound,
                    fmt::format("{}:{} lies beyond the end of {}.", *contig, place.last, *contig), "place",
                    fmt::format("{} has {} bp.", *contig, length));
    return Region{*contig, place.first - 1, place.last};
}

/// \error NotFound: no gene's window holds any of it
Result<const Gene*> geneHolding(const Region& place, const Session& session) {
    const auto holds = [&](const Gene& gene) {
        const std::optional<Region> window = windowOf(session, gene);
        return !window || overlap(*window, place);
    };
    const auto isOn = [&](const Gene& gene) {
        return canonicalContig(gene.region.contig) == canonicalContig(place.contig);
    };
    if (const Gene* shown = session.shown().gene();
        shown != nullptr && isOn(*shown) && windowOf(session, *shown) && holds(*shown))
        return shown;
    const Gene* nearest = nullptr;
    const Gene* nearestHolding = nullptr;
    const int64_t middle = place.start + place.length() / 2;
    const auto isNearer = [middle](const Gene& gene, const Gene* than) {
        return than == nullptr || std::abs(gene.tss() - middle) < std::abs(than->tss() - middle);
    };
    for (const Gene& gene : session.genes().all()) {
        if (!isOn(gene) || (!isNearer(gene, nearest) && !isNearer(gene, nearestHolding)))
            continue;
        if (isNearer(gene, nearest))
            nearest = &gene;
        if (isNearer(gene, nearestHolding) && holds(gene))
            nearestHolding = &gene;
    }
    if (nearestHolding != nullptr)
        return nearestHolding;
    return fail(ErrorKind::NotFound,
                fmt::format("{} lies in the window of no gene of the study.", toText(place)), "place",
                nearest == nullptr ? fmt::format("No gene of the study is on {}.", place.contig)
                                   : fmt::format("The nearest {} is {}, whose {} is at {}:{}.",
                                                 nearest->centre ? "phenotype" : "gene", nearest->name,
                                                 nearest->centre ? "centre" : "TSS", nearest->region.contig,
                                                 nearest->tss() + 1));
}

Region seenAround(int64_t position, std::optional<int64_t> seen, const std::string& contig) {
    const int64_t usual = 2 * SeenRound + 1;
    const int64_t length = std::max(LeastSeen, std::min(usual, seen.value_or(usual)));
    const int64_t start = position - length / 2;
    return {contig, start, start + length};
}

Result<Destination> toPlace(const PlaceName& typed, const Session& session, std::optional<int64_t> seen) {
    PlaceName place = typed;
    if (place.contig.empty())
        place.contig = session.shown().gene()->region.contig;
    DS_ASSIGN(Region region, onReference(place, session));
    DS_ASSIGN(const Gene* gene, geneHolding(region, session));
    Destination found{gene, {}, {}};
    const std::optional<Region> window = windowOf(session, *gene);
    if (!window)
        return found; // what is seen of it nobody knows yet
    if (!place.isRange) {
        found.region = seenAround(region.start, seen, region.contig);
        return found;
    }
    region.start = std::max(region.start, window->start);
    region.end = std::min(region.end, window->end);
    if (region.length() < LeastSeen) {
        region.start -= (LeastSeen - region.length()) / 2;
        region.end = region.start + LeastSeen;
    }
    found.region = region;
    return found;
}

Result<Destination> toVariant(const Variant& variant, const Session& session, std::optional<int64_t> seen) {
    const int64_t end = variant.position + static_cast<int64_t>(variant.ref.size());
    DS_ASSIGN(const Region place, onReference({variant.contig, variant.position + 1, end, true}, session));
    DS_ASSIGN(const Gene* gene, geneHolding(place, session));
    const auto& report = session.shown().report();
    if (gene == session.shown().gene() && report && !report->find(variant))
        return fail(ErrorKind::NotFound,
                    fmt::format("{} is none of the SNVs of {}.", toText(variant), gene->name), "place",
                    fmt::format("Type {}:{} for the place alone.", variant.contig, variant.position + 1));
    return Destination{gene, seenAround(variant.position, seen, variant.contig), variant};
}

/// An SNV of the gene shown by its id; null where none has it.
const VariantResult* variantOfId(const std::string& id, const Session& session) {
    const auto& report = session.shown().report();
    if (!report || id == ".")
        return nullptr;
    const std::string wanted = lowerCase(id);
    const auto found =
        std::find_if(report->variants.begin(), report->variants.end(), [&](const VariantResult& variant) {
            const std::vector<std::string_view> own = idsOf(variant.id);
            return std::any_of(own.begin(), own.end(), [&wanted](std::string_view one) {
                return one.size() == wanted.size() && lowerCase(one) == wanted;
            });
        });
    return found == report->variants.end() ? nullptr : &*found;
}

bool isRsid(const std::string& text) {
    return text.size() > 2 && lowerCase(text).starts_with("rs") &&
           text.find_first_not_of("0123456789", 2) == std::string::npos;
}

} // namespace

Result<Destination> findDestination(const QString& text, const Session& session,
                                    std::optional<int64_t> seen) {
    QString typed = text.trimmed();
    typed.remove(QChar(0x2068)).remove(QChar(0x2069)); // see shownName()
    const std::string name = typed.toStdString();
    if (!session.study())
        return fail(ErrorKind::NotFound, "No study is open.", "place", "Open one.");
    if (const VariantResult* variant = variantOfId(name, session))
        return toVariant(*variant, session, seen);
    const std::vector<std::string> contigs =
        session.isPublished() ? std::vector<std::string>() : session.study()->reference().contigs();
    const Result<Variant> variant = parseVariant(name, contigs);
    if (variant && !session.isPublished())
        return toVariant(*variant, session, seen);
    // Names may look like places ("5B"); what has a colon is none.
    const bool hasColon = name.find(':') != std::string::npos;
    const Result<const Gene*> gene = hasColon ? Result<const Gene*>(nullptr) : session.genes().find(typed);
    if (gene && *gene != nullptr)
        return Destination{*gene, {}, {}};
    const Result<PlaceName> place = parsePlace(name);
    if (place && !(place->contig.empty() && session.shown().gene() == nullptr))
        return toPlace(*place, session, seen);
    if (place)
        return fail(ErrorKind::BadInput, "It says no contig, and no gene is shown.", "place",
                    "Write it as in 22:19930274.");
    if (!variant && variant.error().kind == ErrorKind::NotFound)
        return fail(variant.error()); // a variant of another genome
    if (isRsid(name))
        return fail(ErrorKind::NotFound,
                    session.shown().gene() == nullptr
                        ? fmt::format("Where {} lies is not known.", name.substr(0, mostTold))
                        : fmt::format("No SNV of {} is called {}.", session.shown().gene()->name,
                                      name.substr(0, mostTold)),
                    "place", "Show its gene first, or type its place, such as 22:19930274.");
    return hasColon ? Result<Destination>(fail(place.error())) : Result<Destination>(fail(gene.error()));
}

QStringList geneDestinations(const std::vector<Gene>& genes) {
    QStringList names;
    for (const Gene& gene : genes) {
        names << geneText(gene);
        if (gene.name != gene.id)
            names << QString::fromStdString(gene.id);
    }
    return names;
}

QStringList variantDestinations(const GeneReport& report) {
    QStringList ids;
    for (const VariantResult& variant : report.variants)
        if (!variant.id.empty() && variant.id != ".")
            ids << shownName(variant.id);
    return ids;
}

} // namespace diploscope::ui
