// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "experiment/waterfall.h"

#include <array>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace diploscope {

/// One of the two ways: where it begins, where it ends, and what the sequences carry.
struct PersonPath {
    std::string which;             ///< "1", or "BEN:1 to ANN:2"
    int fromCopy = 1, toCopy = 1;  ///< which haplotypes, 1 or 2
    std::vector<Variant> from, to; ///< alleles that the window shows, by place; `from` empty: the reference
};

/// How a person comes to their prediction: both haplotypes from the reference, or from another person's.
struct PersonPaths {
    std::string sample;
    std::string against; ///< empty: the reference
    Region window;       ///< in which alleles are told: the model's, as wide as its score's shifts need
    std::array<PersonPath, 2> paths;
    Waterfalls found;                    ///< as `paths`; `each` is empty as long as no effect is known
    std::map<Variant, std::string> idOf; ///< of those that the genotypes have an id for

    [[nodiscard]] bool isComplete() const;
    /// Mean of both haplotypes, which is a person's score (METHODS 3); NaN: not yet.
    [[nodiscard]] double from() const;
    [[nodiscard]] double to() const;
};

/// What is known so far: the alleles first, then as WaterfallSink. Called on the run's thread.
using PersonSink = std::function<void(const PersonPaths&)>;

/// \param against empty: the reference; else the haplotypes of this person, the first to the first and the
/// second to the second, or crosswise where fewer steps lead there that way
/// \error NotFound with the nearest names; of the run. Source: METHODS 12.
[[nodiscard]] Result<PersonPaths> followPerson(PreparedLocus& locus, std::string_view sample,
                                               std::string_view against, const RunContext& context,
                                               const PersonSink& onPaths = {});

} // namespace diploscope
