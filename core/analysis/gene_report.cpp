// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/gene_report.h"

#include <algorithm>
#include <span>
#include <utility>

namespace diploscope {

std::optional<size_t> GeneReport::find(const Variant& variant) const {
    const auto isBefore = [](const VariantResult& one, int64_t position) { return one.position < position; };
    for (auto at = std::lower_bound(variants.begin(), variants.end(), variant.position, isBefore);
         at != variants.end() && at->position == variant.position; ++at)
        if (*at == variant)
            return static_cast<size_t>(at - variants.begin());
    return std::nullopt;
}

std::optional<size_t> GeneReport::findPerson(std::string_view sample) const {
    const auto found = std::find_if(people.begin(), people.end(),
                                    [&](const PersonResult& person) { return person.sample == sample; });
    return found == people.end() ? std::nullopt : std::optional(static_cast<size_t>(found - people.begin()));
}

bool GeneReport::isGenotyped(size_t variant) const {
    return variants[variant].genotypes.people() == people.size() && !variants[variant].poorlyGenotyped;
}

Dosages GeneReport::dosages(const std::vector<size_t>& columns) const {
    std::vector<uint8_t> copies(people.size() * columns.size());
    for (size_t c = 0; c < columns.size(); ++c)
        variants[columns[c]].genotypes.readCopies(
            std::span(copies).subspan(c * people.size(), people.size()));
    return {static_cast<Eigen::Index>(people.size()), std::move(copies)};
}

Support GeneReport::support() const {
    Support support;
    for (const DriverResult& driver : drivers)
        support.add(driver.verdict, driver.doubt != Doubt::None, driver.driver.gain);
    return support;
}

bool GeneReport::answersGradients() const {
    return !gradientNote.empty() ||
           std::all_of(variants.begin(), variants.end(),
                       [](const VariantResult& one) { return !isSnv(one) || one.gradient.has_value(); });
}

} // namespace diploscope
