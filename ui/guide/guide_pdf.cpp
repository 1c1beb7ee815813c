// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/provenance.h"
#include "charts/theme.h"
#include "export/pdf_file.h"
#include "guide/guide_document.h"
#include "guide/guide_export.h"
#include "guide/guide_pages.h"

#include <QAbstractTextDocumentLayout>
#include <QBuffer>
#include <QImage>
#include <QPageLayout>
#include <QPainter>
#include <QPdfWriter>
#include <QTextBlock>
#include <QTextDocument>
#include <QUrl>

#include <cmath>
#include <memory>
#include <vector>

namespace diploscope::ui {

namespace {

/// Pictures of the guide are sized for a screen: the page is laid out in its pixels, which are scaled to
/// paper.
constexpr double kPageWidePx = 700;
constexpr QSizeF kPageMm(210, 297);
constexpr double kMarginMm = 18;
constexpr double kPixelsPerMm = kPageWidePx / (kPageMm.width() - 2 * kMarginMm);
constexpr double kTextPx = 13;
constexpr double kFootPx = 10;

struct PaperPage {
    std::unique_ptr<QTextDocument> document;
    int pages = 0;
};

QSizeF bodySize() {
    return (kPageMm - QSizeF(2 * kMarginMm, 2 * kMarginMm)) * kPixelsPerMm;
}

PaperPage onPaper(std::unique_ptr<QTextDocument> document) {
    for (QTextBlock block = document->begin(); block.isValid(); block = block.next())
        for (QTextBlock::iterator i = block.begin(); !i.atEnd(); ++i)
            if (i.fragment().charFormat().isImageFormat()) {
                const QString name = i.fragment().charFormat().toImageFormat().name();
                document->addResource(QTextDocument::ImageResource, QUrl(name), QImage(guideFolder() + name));
            }
    document->setDocumentMargin(0);
    document->setPageSize(bodySize());
    const int pages = document->pageCount();
    return {std::move(document), pages};
}

/// The guide's title and its pages, with the numbers of the sheets that they begin on.
std::unique_ptr<QTextDocument> contentsOf(const std::vector<PaperPage>& pages, const QFont& font) {
    auto document = std::make_unique<QTextDocument>();
    document->setDefaultFont(font);
    QString rows;
    int sheet = 2; // behind this one
    for (const PaperPage& page : pages) {
        rows += QStringLiteral("<tr><td>%1</td><td align=\"right\">%2</td></tr>")
                    .arg(page.document->begin().text().toHtmlEscaped())
                    .arg(sheet);
        sheet += page.pages;
    }
    document->setHtml(QStringLiteral("<h1>Diploscope: the guide</h1><p>%1</p><table width=\"70%\" "
                                     "cellpadding=\"4\">%2</table>")
                          .arg(QString::fromStdString(programVersion()).toHtmlEscaped(), rows));
    return document;
}

void paintSheet(QPainter& painter, QTextDocument& document, int page, int sheet, const QFont& font) {
    const QSizeF body = bodySize();
    painter.save();
    painter.scale(painter.device()->logicalDpiX() / 25.4 / kPixelsPerMm,
                  painter.device()->logicalDpiY() / 25.4 / kPixelsPerMm);
    painter.translate(kMarginMm * kPixelsPerMm, kMarginMm * kPixelsPerMm);
    QFont small = font;
    small.setPixelSize(static_cast<int>(kFootPx));
    painter.setFont(small);
    painter.setPen(lightTheme().muted);
    painter.drawText(QRectF(0, body.height() + 2 * kFootPx, body.width(), 2 * kFootPx), Qt::AlignHCenter,
                     QString::number(sheet));
    painter.translate(0, -page * body.height());
    QAbstractTextDocumentLayout::PaintContext context;
    context.clip = QRectF(0, page * body.height(), body.width(), body.height());
    context.palette.setColor(QPalette::Text, lightTheme().text);
    painter.setClipRect(context.clip);
    document.documentLayout()->draw(&painter, context);
    painter.restore();
}

} // namespace

Result<QByteArray> guidePdf(const RunContext& context) {
    DS_ASSIGN(const QString family, chartFontFamily());
    QFont font(family);
    font.setPixelSize(static_cast<int>(kTextPx));
    std::vector<PaperPage> pages;
    for (const QString& page : guidePages()) {
        DS_TRY(context.checkpoint());
        pages.push_back(onPaper(guideDocument(page, font)));
    }
    pages.insert(pages.begin(), onPaper(contentsOf(pages, font)));

    QByteArray pdf;
    QBuffer buffer(&pdf);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setTitle(QStringLiteral("Diploscope: the guide"));
    writer.setCreator(QStringLiteral("Diploscope"));
    writer.setDocumentXmpMetadata(
        pdfMetadata(QStringLiteral("Diploscope: the guide"), QString::fromStdString(programVersion()), {}));
    writer.setPageLayout(QPageLayout(QPageSize(QPageSize::A4), QPageLayout::Portrait, QMarginsF()));
    QPainter painter;
    if (!painter.begin(&writer))
        return fail(ErrorKind::Internal, "Qt cannot draw PDF.");
    painter.setRenderHint(QPainter::LosslessImageRendering);
    int sheet = 0;
    for (const PaperPage& page : pages)
        for (int i = 0; i < page.pages; ++i) {
            DS_TRY(context.checkpoint());
            if (sheet++ > 0 && !writer.newPage())
                return fail(ErrorKind::Internal, "Qt cannot begin another page of PDF.");
            paintSheet(painter, *page.document, i, sheet, font);
        }
    if (!painter.end())
        return fail(ErrorKind::Internal, "Qt did not finish the PDF.");
    return settledPdf(pdf, kPageMm * (72.0 / 25.4));
}

} // namespace diploscope::ui
