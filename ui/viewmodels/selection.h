// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "genome/variant.h"
#include "viewmodels/brush.h"

#include <QObject>

#include <cstddef>
#include <optional>
#include <set>
#include <string>

namespace diploscope {
struct GeneReport;
}

namespace diploscope::ui {

/// What is selected, as a value.
struct Selected {
    std::set<Variant> variants;
    std::set<std::string> people; ///< by sample

    [[nodiscard]] bool empty() const { return variants.empty() && people.empty(); }
    friend bool operator==(const Selected&, const Selected&) = default;
};

/// What is selected in the gene shown: SNVs by what they are and people by their sample's name, so that the
/// selection is the same in every panel and in every report of the gene, whatever its model and score. What a
/// report lacks stays selected for the next one. One object, shared by every panel. GUI thread.
class Selection : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    [[nodiscard]] const Selected& selected() const { return m_selected; }
    [[nodiscard]] const std::set<Variant>& variants() const { return m_selected.variants; }
    [[nodiscard]] const std::set<std::string>& people() const { return m_selected.people; }

    /// What panels that tell of one thing tell of: the one that is selected; empty where none or several are.
    [[nodiscard]] std::optional<Variant> variant() const;
    [[nodiscard]] std::optional<std::string> person() const;
    /// The same as an index into a report's variants or people; empty also where it has none such.
    [[nodiscard]] std::optional<size_t> variantIn(const GeneReport& report) const;
    [[nodiscard]] std::optional<size_t> personIn(const GeneReport& report) const;

    /// Both at once: who hears of one finds the other done.
    void select(Selected selected);
    void selectVariants(const std::set<Variant>& variants, BrushMode mode = BrushMode::Replace);
    void selectPeople(const std::set<std::string>& people, BrushMode mode = BrushMode::Replace);
    /// This one alone, or none.
    void selectVariant(const std::optional<Variant>& variant);
    void selectPerson(const std::optional<std::string>& sample);
    void clear() { select({}); }

Q_SIGNALS:
    void variantsChanged();
    void peopleChanged();

private:
    Selected m_selected;
};

} // namespace diploscope::ui
