// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

/// Names of what MainWindow keeps between runs (QSettings).
namespace diploscope::ui::keys {

inline const QString geometry = QStringLiteral("window/geometry");
inline const QString splitter = QStringLiteral("window/splitter");
inline const QString columns = QStringLiteral("window/geneColumns");
inline const QString clusterRuns = QStringLiteral("cluster/watched");
inline const QString exports = QStringLiteral("export/folder");

} // namespace diploscope::ui::keys
