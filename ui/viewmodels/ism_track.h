// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/gene_text.h"
#include "viewmodels/snv_colour.h"

#include <QString>

#include <vector>

namespace diploscope::ui {

/// Which of the model's two answers about an SNV: the difference that it makes, or what the gradient at the
/// reference says of it (METHODS 6).
enum class Attribution { Ism, Gradient };

/// What the track of the model's effects along the locus shows (METHODS 6). An immutable snapshot.
struct IsmTrack {
    struct Snv {
        double position = 0; ///< 1-based, as people count
        double lastBase = 0; ///< the last one that it replaces: of a deletion the last that is lost
        double effect = 0;
        double shade = 0;   ///< 0 to 1 on the scale of `colour`
        size_t variant = 0; ///< index into the report's
    };

    QString gene;
    QString method;  ///< "in-silico mutagenesis", "gradient at the reference"
    QString summary; ///< "706 SNVs · 3 drivers · 1 supported · 2 unsupported"
    QString contig;
    QString xTitle; ///< "Position on chr1"; the axis adds Mb, kb or bp
    QString yTitle;
    double windowStart = 0; ///< 1-based position of the window's first base
    double windowEnd = 0;   ///< 1-based position of its last
    double tss = 0;         ///< 1-based
    Strand strand = Strand::Forward;
    bool isCentre = false; ///< `tss` is the middle of what is no gene
    SnvColour colour = SnvColour::Maf;
    std::vector<Snv> snvs;           ///< by position; those with a finite effect
    std::vector<DriverMark> drivers; ///< by gain, largest first; `point` counts snvs
};

/// ISM where the report has no gradients.
[[nodiscard]] IsmTrack ismTrack(const GeneReport& report, Attribution attribution = Attribution::Ism,
                                SnvColour colour = SnvColour::Maf);

} // namespace diploscope::ui
