// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/rich_label.h"
#include "report/report_pdf.h"

#include <QFont>
#include <QSizeF>
#include <QString>

#include <memory>
#include <vector>

namespace diploscope::ui {

/// Of the document that is laid out and of the pages it is painted on, so many to a point: fonts are set in
/// whole units, whatever screen there is.
inline constexpr double reportUnit = 20;

[[nodiscard]] QFont reportFont(const QString& family, double pt, QFont::Weight weight = QFont::Normal);
/// A text of anybody's as one stretch of a paragraph: without what would begin another one, or stand for
/// something else.
[[nodiscard]] QString reportText(const QString& text);
/// The same characters, with the letters of r, p, n, q, R and K in italics where they stand by themselves or
/// before `_lin`, and the symbol where it is a word. \param symbol may be empty
[[nodiscard]] RichLabel reportLabel(const QString& text, const QString& symbol);

/// A report in pages of one size. Each page is a document by itself, of what of the report has room on it:
/// where QTextDocument makes pages, it parts rows, and draws lines at a page's end once more on the next
/// page, out of sight, for whoever searches the PDF to find. One thread.
class ReportPages {
public:
    /// \param body of every page, units \param report, draw outlive the pages \error Cancelled
    [[nodiscard]] static Result<std::unique_ptr<ReportPages>>
    layOut(const ReportDocument& report, const QSizeF& body, const QString& family, const FigureDrawer& draw,
           const RunContext& context);
    ReportPages(const ReportPages&) = delete;
    ReportPages& operator=(const ReportPages&) = delete;
    ~ReportPages();

    [[nodiscard]] int count() const;
    /// With the body's top left corner at the painter's origin. \error of drawing figures
    [[nodiscard]] Result<void> paint(QPainter& painter, int page) const;

private:
    struct Laid;
    struct Page {
        std::shared_ptr<Laid> laid;
        double top = 0; ///< of what of it is seen: not all of a piece that is higher than a page
    };
    explicit ReportPages(const QSizeF& body);
    QSizeF m_body;
    std::vector<Page> m_pages;
};

} // namespace diploscope::ui
