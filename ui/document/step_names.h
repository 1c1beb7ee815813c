// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/genome_table.h"
#include "viewmodels/selection.h"

#include <QSet>
#include <QString>

namespace diploscope {
struct GeneReport;
}

/// What the Edit menu calls a step, where that takes more than a word. Names of files and people are fit to
/// be shown, and of no great length.
namespace diploscope::ui {

/// "Select rs123", "Select 3 SNVs", "Select 2 people", "Clear the selection": what has changed of it.
/// \param report where SNVs have names; may be null
[[nodiscard]] QString nameOfSelecting(const Selected& before, const Selected& now, const GeneReport* report);
/// The same of genes. \param genes by id \param table where they have names
[[nodiscard]] QString nameOfSelecting(const QSet<QString>& genes, const GenomeTable& table);

/// Of a model as it was chosen: its name, or the last part of its folder.
[[nodiscard]] QString shortModelName(const QString& model);
/// Of what somebody typed: the beginning, where it is long.
[[nodiscard]] QString shortened(const QString& typed);

} // namespace diploscope::ui
