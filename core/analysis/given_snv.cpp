// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/given_snv.h"

#include "analysis/report_table.h"
#include "base/suggestion.h"
#include "genome/variant_name.h"
#include "sequence/snv_panel.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <tuple>
#include <utility>

namespace diploscope {

namespace {

constexpr int64_t PieceBases = 2'000'000;   ///< whose genotypes are held at a time
constexpr int64_t NeighbourBases = 100'000; ///< round a place, where the nearest SNV is looked for
constexpr size_t MostNeighbours = 3;

/// Stretches of all windows, each base once.
std::vector<Region> joinedWindows(std::vector<Region> windows) {
    std::sort(windows.begin(), windows.end(), [](const Region& a, const Region& b) {
        return std::tie(a.contig, a.start) < std::tie(b.contig, b.start);
    });
    std::vector<Region> stretches;
    for (Region& window : windows) {
        const bool goesOn = !stretches.empty() && stretches.back().contig == window.contig &&
                            window.start <= stretches.back().end;
        if (goesOn)
            stretches.back().end = std::max(stretches.back().end, window.end);
        else
            stretches.push_back(std::move(window));
    }
    return stretches;
}

std::vector<Region> piecesOf(const std::vector<Region>& stretches) {
    std::vector<Region> pieces;
    for (const Region& stretch : stretches)
        for (int64_t start = stretch.start; start < stretch.end; start += PieceBases)
            pieces.push_back({stretch.contig, start, std::min(start + PieceBases, stretch.end)});
    return pieces;
}

/// What namedIn() looks names up in: SNVs and people, without a number of either.
GeneReport asReport(SnvPanel panel, const Region& region, const std::vector<std::string>& people) {
    GeneReport report;
    report.window = region;
    for (const std::string& person : people) {
        report.people.emplace_back();
        report.people.back().sample = person;
    }
    for (Snv& snv : panel.snvs) {
        VariantResult variant;
        variant.poorlyGenotyped = isPoorlyGenotyped(snv);
        variant.id = std::move(snv.id);
        variant.genotypes = std::move(snv.genotypes);
        static_cast<Variant&>(variant) = std::move(snv);
        report.variants.push_back(std::move(variant));
    }
    return report;
}

/// The SNVs nearest to a place, or of a like name.
std::vector<std::string> neighboursOf(const GeneReport& seen, const std::string& name,
                                      const std::optional<Variant>& place) {
    std::vector<std::string> names;
    if (!place) {
        for (const VariantResult& variant : seen.variants)
            for (const std::string_view id : idsOf(variant.id))
                names.emplace_back(id);
        return nearestNames(name, names, MostNeighbours);
    }
    std::vector<std::pair<int64_t, std::string>> byDistance;
    for (const VariantResult& variant : seen.variants)
        byDistance.emplace_back(std::abs(variant.position - place->position), toName(variant));
    std::stable_sort(byDistance.begin(), byDistance.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    byDistance.resize(std::min(byDistance.size(), MostNeighbours));
    for (auto& [distance, neighbour] : byDistance)
        names.push_back(std::move(neighbour));
    return names;
}

Failure unknownSnv(const std::string& name, std::vector<std::string> near, bool isPlace, size_t windows) {
    if (!isPlace)
        near = nearestNames(name, near, MostNeighbours);
    std::string remedy = "GENE.variants.tsv lists those there are.";
    if (!near.empty())
        remedy = isPlace ? "The nearest are " + listed(near) + "." : "Did you mean " + listed(near) + "?";
    return fail(ErrorKind::NotFound,
                fmt::format("`{}` is no SNV that somebody carries in {}.", name.substr(0, 60),
                            windows == 1 ? std::string("the gene's window")
                                         : fmt::format("any of the {} windows", windows)),
                "the SNV that effects are given", std::move(remedy));
}

} // namespace

Result<void> checkGivenSnv(const Study& study, std::vector<Region> windows, const std::string& name,
                           const RunContext& context) {
    const size_t count = windows.size();
    const VariantMode mode = study.file().options.variants;
    std::vector<Region> stretches = joinedWindows(std::move(windows));
    std::optional<Variant> place;
    if (Result<Variant> meant = parseVariant(name, study.reference().contigs())) {
        place = std::move(*meant);
        std::erase_if(stretches, [&](const Region& stretch) {
            return stretch.contig != place->contig || !stretch.contains(place->position);
        });
        for (Region& stretch : stretches)
            stretch = {stretch.contig, std::max(stretch.start, place->position - NeighbourBases),
                       std::min(stretch.end, place->position + NeighbourBases)};
    }
    const std::vector<Region> pieces = piecesOf(stretches);
    std::map<Variant, bool> found; ///< and whether enough people have a genotype
    std::vector<std::string> near;
    std::optional<std::vector<std::string>> unknown; ///< in every piece
    for (size_t i = 0; i < pieces.size(); ++i) {
        context.report(fmt::format("Looking for {}", name.substr(0, 60)), static_cast<int64_t>(i),
                       static_cast<int64_t>(pieces.size()));
        DS_TRY(context.checkpoint());
        const Region around = withFlank(pieces[i], startingFlank(mode));
        DS_ASSIGN(const AlleleMatrix alleles, study.genotypes(around, context));
        std::string bases;
        if (mode == VariantMode::SnvAndIndel) {
            DS_ASSIGN(bases, study.reference().fetch(around));
        }
        const GeneReport seen =
            asReport(buildPanel(alleles, pieces[i], mode, {bases, around.start}), pieces[i], study.people());
        NamedInReport named = namedIn(seen, name);
        for (const Variant& variant : named.variants)
            found[variant] = seen.isGenotyped(*seen.find(variant));
        if (unknown)
            std::erase_if(*unknown, [&named](const std::string& one) {
                return std::find(named.unknown.begin(), named.unknown.end(), one) == named.unknown.end();
            });
        else
            unknown = std::move(named.unknown);
        if (unknown->empty() && !found.empty())
            break;
        for (std::string& neighbour : neighboursOf(seen, unknown->empty() ? name : unknown->front(), place))
            near.push_back(std::move(neighbour));
    }
    const bool someUnknown = unknown && !unknown->empty();
    if (found.empty() || someUnknown)
        return unknownSnv(someUnknown ? unknown->front() : name, std::move(near), place.has_value(), count);
    if (found.size() > 1) {
        std::vector<std::string> names;
        for (const auto& [variant, isGenotyped] : found)
            names.push_back(toName(variant));
        return fail(ErrorKind::BadInput, fmt::format("`{}` means more than one SNV.", name.substr(0, 60)),
                    "the SNV that effects are given", "Give one of them: " + listed(names) + ".");
    }
    if (!found.begin()->second)
        return fail(ErrorKind::NotFound,
                    fmt::format("Too few people have a genotype of {}.", toName(found.begin()->first)),
                    "the SNV that effects are given", "Choose another one.");
    return {};
}

} // namespace diploscope
