// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/run_context.h"

#include <QByteArray>

namespace diploscope::ui {

/// The whole guide as one page of HTML, with all pictures inside, links from page to page, and a list of
/// pages and sections in front. Needs nothing else, and asks nobody. Any thread. \error Cancelled
[[nodiscard]] Result<QByteArray> guideHtml(const RunContext& context);

/// The whole guide as a PDF of A4 pages: a list of its pages in front, each beginning on a page of its own.
/// One thread, with a QGuiApplication. \error Cancelled; Internal where Qt cannot write it
[[nodiscard]] Result<QByteArray> guidePdf(const RunContext& context);

} // namespace diploscope::ui
