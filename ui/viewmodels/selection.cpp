// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/selection.h"

#include "analysis/gene_report.h"

#include <utility>

namespace diploscope::ui {

namespace {

template <class Name>
std::optional<Name> onlyOne(const std::set<Name>& names) {
    return names.size() == 1 ? std::optional(*names.begin()) : std::nullopt;
}

template <class Name>
std::set<Name> setOf(const std::optional<Name>& name) {
    return name ? std::set<Name>{*name} : std::set<Name>();
}

} // namespace

std::optional<Variant> Selection::variant() const {
    return onlyOne(m_variants);
}

std::optional<std::string> Selection::person() const {
    return onlyOne(m_people);
}

std::optional<size_t> Selection::variantIn(const GeneReport& report) const {
    const std::optional<Variant> selected = variant();
    return selected ? report.find(*selected) : std::nullopt;
}

std::optional<size_t> Selection::personIn(const GeneReport& report) const {
    const std::optional<std::string> selected = person();
    return selected ? report.findPerson(*selected) : std::nullopt;
}

void Selection::selectVariants(std::set<Variant> variants) {
    if (m_variants == variants)
        return;
    m_variants = std::move(variants);
    Q_EMIT variantsChanged();
}

void Selection::selectPeople(std::set<std::string> people) {
    if (m_people == people)
        return;
    m_people = std::move(people);
    Q_EMIT peopleChanged();
}

void Selection::selectVariant(const std::optional<Variant>& variant) {
    selectVariants(setOf(variant));
}

void Selection::selectPerson(const std::optional<std::string>& sample) {
    selectPeople(setOf(sample));
}

void Selection::clear() {
    selectVariants({});
    selectPeople({});
}

} // namespace diploscope::ui
