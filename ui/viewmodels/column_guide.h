// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace diploscope::ui {

/// The guide's page of what each column of the tables is, made from the lists that the tables themselves are
/// written by: Markdown, a section a table, a paragraph a column.
[[nodiscard]] QString columnGuide();

} // namespace diploscope::ui
