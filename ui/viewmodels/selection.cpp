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
    return onlyOne(m_selected.variants);
}

std::optional<std::string> Selection::person() const {
    return onlyOne(m_selected.people);
}

std::optional<size_t> Selection::variantIn(const GeneReport& report) const {
    const std::optional<Variant> selected = variant();
    return selected ? report.find(*selected) : std::nullopt;
}

std::optional<size_t> Selection::personIn(const GeneReport& report) const {
    const std::optional<std::string> selected = person();
    return selected ? report.findPerson(*selected) : std::nullopt;
}

void Selection::select(Selected selected) {
    const bool otherVariants = selected.variants != m_selected.variants;
    const bool otherPeople = selected.people != m_selected.people;
    m_selected = std::move(selected);
    if (otherVariants)
        Q_EMIT variantsChanged();
    if (otherPeople)
        Q_EMIT peopleChanged();
}

void Selection::selectVariants(const std::set<Variant>& variants, BrushMode mode) {
    select({joined(m_selected.variants, variants, mode), m_selected.people});
}

void Selection::selectPeople(const std::set<std::string>& people, BrushMode mode) {
    select({m_selected.variants, joined(m_selected.people, people, mode)});
}

void Selection::selectVariant(const std::optional<Variant>& variant) {
    selectVariants(setOf(variant));
}

void Selection::selectPerson(const std::optional<std::string>& sample) {
    selectPeople(setOf(sample));
}

} // namespace diploscope::ui
