// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/report_pdf.h"

#include <QFont>
#include <QSizeF>
#include <QString>

#include <memory>

namespace diploscope::ui {

/// Of the document that is laid out and of the pages it is painted on, so many to a point: fonts are set in
/// whole units, whatever screen there is.
inline constexpr double reportUnit = 20;

[[nodiscard]] QFont reportFont(const QString& family, double pt, QFont::Weight weight = QFont::Normal);
/// A text of anybody's as one stretch of a paragraph: without what would begin another one, or stand for
/// something else.
[[nodiscard]] QString reportText(const QString& text);

/// A report in pages of one size. QTextDocument breaks lines and fills pages; what must not be parted by a
/// page's end is looked up in what it made, moved to the next page, and laid out again. One thread.
class ReportPages {
public:
    /// \param body of every page, units \param report, paint outlive the pages \error Cancelled
    [[nodiscard]] static Result<std::unique_ptr<ReportPages>>
    layOut(const ReportDocument& report, const QSizeF& body, const QString& family,
           const ReportPainter& paint, const RunContext& context);
    ReportPages(const ReportPages&) = delete;
    ReportPages& operator=(const ReportPages&) = delete;
    ~ReportPages();

    [[nodiscard]] int count() const;
    /// \param seen of the document, whose pages lie below each other \error of painting figures
    [[nodiscard]] Result<void> paint(QPainter& painter, const QRectF& seen) const;

private:
    struct Laid;
    explicit ReportPages(std::unique_ptr<Laid> laid);
    std::unique_ptr<Laid> m_laid;
};

} // namespace diploscope::ui
