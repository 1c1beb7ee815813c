// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <cstddef>
#include <optional>

namespace diploscope::ui {

/// What is selected in the gene shown: one SNV, one person, either, or neither. One object, shared by every
/// panel, so that a thing selected anywhere is marked everywhere. Indices into the current GeneReport. GUI
/// thread.
class Selection : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    [[nodiscard]] std::optional<size_t> variant() const { return m_variant; }
    [[nodiscard]] std::optional<size_t> person() const { return m_person; }

    void selectVariant(std::optional<size_t> variant) {
        if (m_variant == variant)
            return;
        m_variant = variant;
        Q_EMIT variantChanged();
    }
    void selectPerson(std::optional<size_t> person) {
        if (m_person == person)
            return;
        m_person = person;
        Q_EMIT personChanged();
    }
    void clear() {
        selectVariant(std::nullopt);
        selectPerson(std::nullopt);
    }

Q_SIGNALS:
    void variantChanged();
    void personChanged();

private:
    std::optional<size_t> m_variant;
    std::optional<size_t> m_person;
};

} // namespace diploscope::ui
