// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace diploscope::ui {

/// What somebody wants who drops files on the window.
enum class DropWish {
    Nothing,
    Tracks, ///< to see them along the locus
    Open,   ///< the study or the session that the one file is
    Study,  ///< to make a study of them
};

/// By names alone: files are looked into by jobs. \param onLocus where a gene's locus is shown
[[nodiscard]] inline DropWish wishOf(const QStringList& dropped, bool onLocus) {
    if (dropped.isEmpty())
        return DropWish::Nothing;
    const bool isDocument = dropped.front().endsWith(QLatin1String(".json"));
    if (onLocus && !isDocument)
        return DropWish::Tracks;
    return dropped.size() == 1 && isDocument ? DropWish::Open : DropWish::Study;
}

} // namespace diploscope::ui
