// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QSizeF>
#include <QString>

namespace diploscope::ui {

/// A PDF as Qt writes it, without the time at which that was and (Qt 6.8) a number by chance, so that equal
/// figures are equal files, and with its pages of exactly that size: Qt rounds to whole points. \param points
/// width and height of every page \error Internal: it is no PDF of Qt's
[[nodiscard]] Result<QByteArray> settledPdf(const QByteArray& pdf, const QSizeF& points);

/// XMP, for QPdfWriter::setDocumentXmpMetadata(): without the dates that Qt's own has.
/// \param title, description printable() \param element more of it, as XML; may be empty
[[nodiscard]] QByteArray pdfMetadata(const QString& title, const QString& description,
                                     const QByteArray& element);

} // namespace diploscope::ui
