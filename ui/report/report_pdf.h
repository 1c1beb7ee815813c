// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"
#include "figures/drawn_design.h"
#include "report/report_document.h"

#include <QByteArray>

#include <filesystem>

namespace diploscope::ui {

/// The report on pages of A4, with margins, a head (subject and program version) and page numbers: text that
/// can be searched, in embedded fonts, figures of vectors. A row of a table lies on one page, and each page
/// repeats its head; a heading stays with what follows it, a figure with its caption. What is too long is
/// broken, nothing is cut. Equal reports are equal bytes.
/// \error those of the drawer; Internal; Cancelled
[[nodiscard]] Result<QByteArray> reportPdf(const ReportDocument& report, const FigureDrawer& draw,
                                           const RunContext& context);
/// All or nothing. \error as above; Io
[[nodiscard]] Result<void> writeReport(const ReportDocument& report, const std::filesystem::path& file,
                                       const FigureDrawer& draw, const RunContext& context);

} // namespace diploscope::ui
