// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSize>
#include <QString>

#include <memory>

class QFont;
class QTextDocument;

namespace diploscope::ui {

/// A page of the guide as a document to be read: headings in sizes of a page of text, room above them and
/// between paragraphs, tables ruled, long lines of code broken, pictures at the size at which they are shown.
/// \param font of its text
[[nodiscard]] std::unique_ptr<QTextDocument> guideDocument(const QString& page, const QFont& font);

/// How large a picture of the guide is shown. \param pixels it has more than it is wide, for screens that do
[[nodiscard]] QSize guidePictureSize(QSize pixels);

} // namespace diploscope::ui
