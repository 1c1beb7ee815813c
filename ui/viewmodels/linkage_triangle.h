// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"
#include "viewmodels/locus_tracks.h"

#include <QString>

#include <memory>
#include <vector>

namespace diploscope::ui {

/// LD of all pairs of the SNVs of a stretch. An immutable snapshot.
struct LinkageTriangle {
    /// More are not computed: 300 are 45,000 pairs.
    static constexpr size_t MostSnvs = 300;

    std::shared_ptr<const GeneReport> report; ///< never null
    double first = 0, last = 0;               ///< the stretch, 1-based, closed
    std::vector<size_t> variants;             ///< indices into the report's, by position
    std::vector<double> positions;            ///< [SNVs] 1-based
    std::vector<float> r2;                    ///< [SNVs x SNVs]; NaN where one does not vary
    int64_t tooRare = 0;         ///< SNVs of the stretch that are left out as MostSnvs have a larger MAF
    int64_t poorlyGenotyped = 0; ///< left out as METHODS 17 has it
    QString title;               ///< "LD of 120 SNVs, 2,880 rarer ones left out"

    [[nodiscard]] float at(size_t a, size_t b) const { return r2[a * variants.size() + b]; }
};

/// For a worker. \param first, last of the stretch, 1-based, closed \error Cancelled
[[nodiscard]] Result<std::shared_ptr<const LinkageTriangle>>
linkageTriangle(const std::shared_ptr<const GeneReport>& report, double first, double last,
                const RunContext& context = {});

/// Rich text of a pair, escaped. \param a, b count `positions`
[[nodiscard]] QString linkageToolTip(const LinkageTriangle& shown, size_t a, size_t b);

} // namespace diploscope::ui
