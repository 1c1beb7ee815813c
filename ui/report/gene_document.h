// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/report_material.h"

namespace diploscope::ui {

/// The report of one gene: what the statistics say in words, its drivers, its figures, methods and how it is
/// made again. \param material of a gene's complete report
[[nodiscard]] ReportDocument geneDocument(const ReportMaterial& material);

} // namespace diploscope::ui
