// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QFont>
#include <QString>

#include <string>

namespace diploscope::ui {

/// The family that window and figures are set in: Inter, whose faces are in the program. The first call makes
/// them the only Inter that there is for this process, whatever the machine has; it belongs to the GUI
/// thread, once there is an application. \error Internal where the program was built with faces that cannot
/// be read
[[nodiscard]] Result<QString> chartFontFamily();

/// A font of any family of whose text a PDF's reader gets every character: none is drawn by a glyph that
/// stands for no character, or for several. \param pixels scene units
[[nodiscard]] QFont plainFont(const QString& family, int pixels, QFont::Weight weight = QFont::Normal,
                              bool italic = false);

/// An OpenType face of which a PDF's reader gets every character: without the substitutions and the doubles
/// that plainFont() has to keep out. One that cannot be read stays as it is.
[[nodiscard]] QByteArray faceForPdf(QByteArray face);

/// Which version of a family is drawn with, eight hexadecimal digits: of our own a digest of all its faces,
/// of others of their `head` table, which has a sum over the face.
[[nodiscard]] std::string fontVersion(const QString& family);

/// What our family may be used and passed on under, with its copyright.
[[nodiscard]] QString ownFontLicence();

} // namespace diploscope::ui
