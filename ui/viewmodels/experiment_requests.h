// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "genome/region.h"
#include "genome/variant.h"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace diploscope::ui {

enum class ExperimentKind { WhatIf, Ablation, Saturation, Audit };

/// Changes of bases, and whose.
struct WhatIfRequest {
    std::vector<Variant> changes; ///< by place; empty: nothing is asked
    std::string on = "reference"; ///< as backgroundsOf() takes it
    friend bool operator==(const WhatIfRequest&, const WhatIfRequest&) = default;
};

/// Variants set to the reference in everybody.
struct AblationWish {
    enum class Of { Drivers, Unsupported, Chosen };
    Of of = Of::Unsupported;
    std::set<Variant> chosen; ///< where these are asked for
    bool keepOnly = false;    ///< all but these, in place of these
    friend bool operator==(const AblationWish&, const AblationWish&) = default;
};

/// A region whose bases are all changed in turn.
struct SaturationWish {
    enum class Where { Tss, Variant, Region };
    Where where = Where::Tss;
    int64_t reach = 1000;                       ///< bp to both sides of the TSS or the variant
    std::optional<diploscope::Variant> variant; ///< where it is one
    Region region;                              ///< where it is one
    /// `reference`, `variant` (the reference, and above each other with it the variant), or `SAMPLE:1`.
    std::string on = "reference";
    bool coherence = false; ///< also what Table S3 says, of a variant
    friend bool operator==(const SaturationWish&, const SaturationWish&) = default;
};

/// What is tried on the gene shown. Part of the window's document; what comes of it is not.
struct ExperimentRequests {
    ExperimentKind shown = ExperimentKind::WhatIf;
    WhatIfRequest whatIf;
    std::optional<AblationWish> ablation;     ///< empty: none is asked for
    std::optional<SaturationWish> saturation; ///< empty: none is asked for
    bool centred = false;                     ///< the logo of a saturation
    bool audit = false;                       ///< is asked for
    friend bool operator==(const ExperimentRequests&, const ExperimentRequests&) = default;
};

} // namespace diploscope::ui
