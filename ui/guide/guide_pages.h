// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace diploscope::ui {

/// `resources/guide`, which the program holds, in the order in which it is read. A page has a name, by which
/// links find it: `methods` is what `methods.md` leads to. Any thread.
[[nodiscard]] const QStringList& guidePages();

/// Its Markdown; that of `columns` is made from the columns themselves. Empty for a name that is none, and in
/// a build without the guide.
[[nodiscard]] QString guideText(const QString& page);

/// Where pages name pictures from.
[[nodiscard]] QString guideFolder();

/// What a heading is called in links, as GitHub calls it: "## 8. Linear approximation" is
/// `8-linear-approximation`.
[[nodiscard]] QString guideAnchor(const QString& heading);

/// Where a link leads to.
struct GuidePlace {
    QString page;   ///< empty: nowhere in the guide
    QString anchor; ///< empty: the page's beginning
};
/// \param link as pages have it, `methods.md#8-linear-approximation`, `#anchor` within a page, or
/// `../../models/README.md` \param from the page that it stands in
[[nodiscard]] GuidePlace guidePlace(const QString& link, const QString& from = {});

} // namespace diploscope::ui
