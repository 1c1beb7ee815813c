// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/report_material.h"

namespace diploscope::ui {

/// Genes at either end that a study's report lists.
inline constexpr size_t listedGenes = 10;

/// The report of all genes under one model: headline numbers, the genes that the model gets most wrong and
/// most right, figures, methods and how it is made again. \param material of all genes
[[nodiscard]] ReportDocument studyDocument(const ReportMaterial& material);

} // namespace diploscope::ui
