// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QSizeF>

namespace diploscope::ui {

/// A PDF as Qt writes it, without the time at which that was, so that equal figures are equal files, and with
/// its page of exactly that size: Qt rounds to whole points. \param points width and height of the one page
/// \error Internal: it is no PDF of Qt's
[[nodiscard]] Result<QByteArray> settledPdf(const QByteArray& pdf, const QSizeF& points);

} // namespace diploscope::ui
