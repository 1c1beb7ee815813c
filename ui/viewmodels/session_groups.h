// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace diploscope::ui {

/// Groups of a Session's jobs: a newer one takes the place of the one before in its group.
inline const QString studyGroup = QStringLiteral("study");
inline const QString modelGroup = QStringLiteral("model");
inline const QString geneGroup = QStringLiteral("gene");
inline const QString allGenesGroup = QStringLiteral("all genes");
inline const QString resultsGroup = QStringLiteral("results");

} // namespace diploscope::ui
