// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/model_list_model.h"

namespace diploscope::ui {

/// What the window finds around it.
struct Surroundings {
    std::vector<ModelEntry> models; ///< the user's and the program's
    QString blas;                   ///< the matrix library: "OpenBLAS 0.3.21"
    QString blasWarning;            ///< why it is slow, and the remedy; empty where it is not
    QStringList crashNotes;         ///< that nobody was told of yet, the newest first
};

/// Reads files: for a worker. \param takeNotes  crash notes are told of once
[[nodiscard]] Surroundings lookAround(bool takeNotes);

} // namespace diploscope::ui
