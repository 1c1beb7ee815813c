// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/gene_text.h"
#include "viewmodels/snv_colour.h"

#include <QString>

#include <vector>

namespace diploscope::ui {

/// What a scatter of a gene's SNVs shows: the model's effect and the observed one (METHODS 7, 8; figure 2D),
/// or the effects of two models (METHODS 6). An immutable snapshot.
struct IsmVersusEqtl {
    struct Snv {
        double x = 0;       ///< the model's effect; the other model's
        double y = 0;       ///< the eQTL slope; the model's effect
        double shade = 0;   ///< 0 to 1 on the scale of `colour`
        size_t variant = 0; ///< index into the report's
    };

    QString gene;
    QString title;    ///< "model and eQTL effect"
    QString agree;    ///< what quadrants of one sign are called: "supported"
    QString disagree; ///< the others
    QString summary;  ///< "3 drivers · 1 supported · 2 unsupported"
    QString support;  ///< "by sign: 1 of 3 supported, 60 % of the gain"; empty where no driver has a sign
    QString xTitle;
    QString yTitle;
    SnvColour colour = SnvColour::Maf;
    std::vector<Snv> snvs;           ///< those with both effects
    std::vector<DriverMark> drivers; ///< by gain, largest first; `point` counts snvs
};

[[nodiscard]] IsmVersusEqtl ismVersusEqtl(const GeneReport& report, SnvColour colour = SnvColour::Maf);

/// The other model's effects instead of eQTL slopes, for SNVs that both windows hold; drivers are this
/// model's. \param other of the same gene and study
[[nodiscard]] IsmVersusEqtl effectsOfTwo(const GeneReport& report, const GeneReport& other,
                                         SnvColour colour = SnvColour::Maf);

} // namespace diploscope::ui
