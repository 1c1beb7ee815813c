// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/model_list_model.h"

namespace diploscope::ui {

/// What the window finds around it.
struct Surroundings {
    std::vector<ModelEntry> models; ///< the user's and the program's
    QString blas;                   ///< the matrix library: "OpenBLAS 0.3.21"
    QString blasWarning;            ///< why it is slow, and the remedy; empty where it is not
};

/// Reads files: for a worker.
[[nodiscard]] Surroundings lookAround();

} // namespace diploscope::ui
