// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/gene_report.h"

#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace diploscope {
class Study;
}

namespace diploscope::ui {

/// SNVs of a gene that a person holds the others against. A value of the document.
struct SnvReferences {
    static constexpr size_t MostPinned = 20; ///< so many looks there are (Theme::credibleSet)

    std::vector<Variant> pinned = {};  ///< LD is with these; none: with the selected SNV, else the lead
    std::optional<Variant> given = {}; ///< eQTL effects are those left beside it; empty: of each SNV alone

    [[nodiscard]] bool isPinned(const Variant& variant) const;
    friend bool operator==(const SnvReferences&, const SnvReferences&) = default;
};

/// Pinned as the last one, or no more.
[[nodiscard]] SnvReferences withPinned(SnvReferences references, const Variant& variant, bool pinned);
[[nodiscard]] SnvReferences withGiven(SnvReferences references, const std::optional<Variant>& given);

/// LD of one SNV with all. It does not depend on scores: reports that are shown while these come have the
/// same.
struct Linkage {
    Variant reference;
    std::vector<std::optional<double>> r; ///< [variants] signed; empty where an SNV is constant among people

    [[nodiscard]] std::optional<double> r2(size_t variant) const;
};
/// With several SNVs, in the order in which they were pinned.
using Linkages = std::vector<Linkage>;

/// From the dosages of the report's people (METHODS 7). Time O(people x variants): for a worker.
/// \param reference index into the report's variants
[[nodiscard]] Linkage linkageWith(const GeneReport& report, size_t reference);

/// Which of several an SNV is most strongly linked with; of equals the first.
struct StrongestLinkage {
    size_t reference = 0; ///< index into the linkages
    double r2 = 0;
};
/// \return nothing where no r2 is known
[[nodiscard]] std::optional<StrongestLinkage> strongestLinkage(const Linkages& linkages, size_t variant);

/// What LD is with: those pinned that the report knows LD of, else the selected SNV, else the lead. \return
/// indices into its variants \param selected the same
[[nodiscard]] std::vector<size_t> linkageReferences(const GeneReport& report, const SnvReferences& references,
                                                    std::optional<size_t> selected);

/// What is left of each SNV's eQTL effect beside one of them.
struct EqtlGiven {
    Variant given;
    std::vector<EqtlEffect> effects; ///< [variants]
};

/// Whose effects are asked for: empty without, and where the report has no or too few genotypes of it.
[[nodiscard]] std::optional<size_t> givenVariant(const GeneReport& report, const SnvReferences& references);
/// effectsGiven() by the name of the SNV. For a worker. \param given of the report
[[nodiscard]] EqtlGiven eqtlGiven(const GeneReport& report, const Study& study, size_t given);

/// What a tip says of an SNV besides: r² and signed r with each reference, the effect that is left. Rich
/// text, escaped; empty where there is nothing to say. \param linkages, given of this report; may be null
[[nodiscard]] QString referencesToolTip(const GeneReport& report, size_t variant, const Linkages* linkages,
                                        const EqtlGiven* given);

} // namespace diploscope::ui
