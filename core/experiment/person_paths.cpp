// SPDX-License-Identifier: GPL-3.0-or-later
#include "experiment/person_paths.h"

#include "experiment/carried_variants.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace diploscope {

namespace {

std::vector<Variant> variantsOf(const PreparedLocus& locus, const EditList& edits) {
    std::vector<Variant> variants;
    for (const Edit& edit : edits)
        variants.push_back(locus.variantOf(edit));
    return variants;
}

double meanOf(const std::vector<Waterfall>& each, double Waterfall::*score) {
    return each.size() == 2 ? 0.5 * (each[0].*score + each[1].*score) : std::nan("");
}

} // namespace

bool PersonPaths::isComplete() const {
    const auto isKnown = [](const WaterfallStep& step) {
        return std::isfinite(step.score) && std::isfinite(step.without);
    };
    return found.each.size() == 2 && std::all_of(found.each.begin(), found.each.end(), [&](const auto& one) {
               return std::isfinite(one.from) && std::isfinite(one.to) &&
                      std::all_of(one.steps.begin(), one.steps.end(), isKnown);
           });
}

double PersonPaths::from() const {
    return meanOf(found.each, &Waterfall::from);
}

double PersonPaths::to() const {
    return meanOf(found.each, &Waterfall::to);
}

Result<PersonPaths> followPerson(PreparedLocus& locus, std::string_view sample, std::string_view against,
                                 const RunContext& context, const PersonSink& onPaths) {
    DS_ASSIGN(const size_t person, locus.person(sample));
    PersonPairing pairing;
    if (against.empty()) {
        pairing.pairs = fromReference(locus, person);
    } else {
        DS_ASSIGN(const size_t other, locus.person(against));
        pairing = betweenPeople(locus, other, person);
    }
    PersonPaths known{std::string(sample), std::string(against), locus.locus().window.region, {}, {}, {}};
    const CarriedVariants carried(locus);
    for (size_t h = 0; h < 2; ++h) {
        PersonPath& path = known.paths[h];
        path.fromCopy = static_cast<int>(h) + 1;
        path.toCopy = pairing.crosswise ? 3 - path.fromCopy : path.fromCopy;
        path.which = against.empty()
                         ? fmt::format("{}", path.toCopy)
                         : fmt::format("{}:{} to {}:{}", against, path.fromCopy, sample, path.toCopy);
        path.from = variantsOf(locus, pairing.pairs[h].from);
        path.to = variantsOf(locus, pairing.pairs[h].to);
        for (const std::vector<Variant>* side : {&path.from, &path.to})
            for (const Variant& variant : *side)
                if (std::string id = carried.idOf(variant); !id.empty() && id != ".")
                    known.idOf.emplace(variant, std::move(id));
    }
    WaterfallSink onSteps;
    if (onPaths) {
        onPaths(known);
        onSteps = [&](const std::vector<Waterfall>& each) {
            known.found.each = each;
            onPaths(known);
        };
    }
    DS_ASSIGN(known.found, waterfalls(locus, pairing.pairs, context, onSteps));
    return known;
}

} // namespace diploscope
