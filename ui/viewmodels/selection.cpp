// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/selection.h"

namespace diploscope::ui {

void Selection::selectVariant(std::optional<size_t> variant) {
    if (m_variant == variant)
        return;
    m_variant = variant;
    Q_EMIT variantChanged();
}

void Selection::selectPerson(std::optional<size_t> person) {
    if (m_person == person)
        return;
    m_person = person;
    Q_EMIT personChanged();
}

void Selection::clear() {
    selectVariant(std::nullopt);
    selectPerson(std::nullopt);
}

} // namespace diploscope::ui
