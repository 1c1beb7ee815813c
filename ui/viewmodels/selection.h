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

    void selectVariant(std::optional<size_t> variant);
    void selectPerson(std::optional<size_t> person);
    void clear();

Q_SIGNALS:
    void variantChanged();
    void personChanged();

private:
    std::optional<size_t> m_variant;
    std::optional<size_t> m_person;
};

} // namespace diploscope::ui
