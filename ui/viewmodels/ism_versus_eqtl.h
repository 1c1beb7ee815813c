// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/gene_text.h"
#include "viewmodels/snv_colour.h"

#include <QString>

#include <vector>

namespace diploscope::ui {

/// What the scatter of the model's effect against the observed one shows (METHODS 7, 8; figure 2D). An
/// immutable snapshot.
struct IsmVersusEqtl {
    struct Snv {
        double ism = 0;
        double slope = 0;
        double shade = 0;   ///< 0 to 1 on the scale of `colour`
        size_t variant = 0; ///< index into the report's
    };

    QString gene;
    QString summary; ///< "3 drivers · 1 supported · 2 unsupported"
    QString support; ///< "by sign: 1 of 3 supported, 60 % of the gain"; empty where no driver has a sign
    QString xTitle;
    QString yTitle;
    SnvColour colour = SnvColour::Maf;
    std::vector<Snv> snvs;           ///< those with both effects
    std::vector<DriverMark> drivers; ///< by gain, largest first; `point` counts snvs
};

[[nodiscard]] IsmVersusEqtl ismVersusEqtl(const GeneReport& report, SnvColour colour = SnvColour::Maf);

} // namespace diploscope::ui
