// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/gene_report.h"

#include <algorithm>

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

Support GeneReport::support() const {
    Support support;
    for (const DriverResult& driver : drivers)
        support.add(driver.verdict, driver.doubt != Doubt::None, driver.driver.gain);
    return support;
}

bool GeneReport::answersGradients() const {
    return !gradientNote.empty() || variants.empty() || variants.front().gradient.has_value();
}

} // namespace diploscope
