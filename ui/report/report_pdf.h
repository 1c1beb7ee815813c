// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"
#include "jobs/job_runner.h"
#include "report/report_document.h"

#include <QByteArray>
#include <QRectF>

#include <filesystem>
#include <functional>

class QPainter;

namespace diploscope::ui {

/// Paints a figure into a place of a page, and has done so when it returns.
using ReportPainter = std::function<Result<void>(const DesignedFigure&, QPainter&, const QRectF& place)>;

/// For who is on the GUI thread himself, as commands are.
[[nodiscard]] ReportPainter paintsHere();
/// For a worker: each figure is painted on the GUI thread, as Qt Charts must, in a turn of its event loop,
/// while the worker waits and touches nothing. \param jobs outlives the painter \error also Cancelled
[[nodiscard]] ReportPainter paintsForJob(JobRunner& jobs, const RunContext& context);

/// The report on pages of A4, with margins, a head (subject and program version) and page numbers: text that
/// can be searched, in embedded fonts, figures of vectors. A row of a table lies on one page, and each page
/// repeats its head; a heading stays with what follows it, a figure with its caption. What is too long is
/// broken, nothing is cut. Equal reports are equal bytes.
/// \error those of the painter; Internal; Cancelled
[[nodiscard]] Result<QByteArray> reportPdf(const ReportDocument& report, const ReportPainter& paint,
                                           const RunContext& context);
/// All or nothing. \error as above; Io
[[nodiscard]] Result<void> writeReport(const ReportDocument& report, const std::filesystem::path& file,
                                       const ReportPainter& paint, const RunContext& context);

} // namespace diploscope::ui
