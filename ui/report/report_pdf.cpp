// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/report_pdf.h"

#include "analysis/provenance.h"
#include "base/atomic_file.h"
#include "charts/theme.h"
#include "export/pdf_file.h"
#include "export/xml_text.h"
#include "figure/embedded_proof.h"
#include "report/report_pages.h"

#include <QAbstractTextDocumentLayout>
#include <QBuffer>
#include <QFontMetricsF>
#include <QPageLayout>
#include <QPainter>
#include <QPdfWriter>
#include <QTextDocument>

#include <algorithm>
#include <memory>
#include <utility>

namespace diploscope::ui {
namespace {

constexpr double unitsPerMm = reportUnit * 72.0 / 25.4;
constexpr QSizeF pageMm(210, 297);
constexpr double marginMm = 17.5; // leaves room for two columns and their gap
constexpr double headGapMm = 5;   // below the head, above the foot
constexpr double headPt = 7.5;
constexpr int wrapped = Qt::TextWordWrap | Qt::TextWrapAnywhere | Qt::AlignTop | Qt::AlignAbsolute;

/// Where things lie on every page.
struct PageFrame {
    QFont font;
    QString subject, program;
    QRectF left, right; ///< of the head: its two texts
    QRectF body;
    QRectF foot;
};

PageFrame frameOf(const ReportDocument& report, const QString& family) {
    PageFrame frame;
    frame.font = reportFont(family, headPt);
    frame.subject = reportText(report.subject);
    frame.program = reportText(QString::fromStdString(programVersion()));
    const QRectF all(QPointF(), pageMm * unitsPerMm);
    const double margin = marginMm * unitsPerMm, gap = headGapMm * unitsPerMm;
    const QRectF within = all.adjusted(margin, margin * 0.7, -margin, -margin * 0.7);
    const QFontMetricsF metrics(frame.font);
    const QRectF room(0, 0, 0.72 * within.width(), within.height());
    const QRectF other(0, 0, 0.26 * within.width(), within.height());
    const double high =
        std::max(metrics.boundingRect(room, wrapped | Qt::AlignLeft, frame.subject).height(),
                 metrics.boundingRect(other, wrapped | Qt::AlignRight, frame.program).height());
    frame.left = QRectF(within.topLeft(), QSizeF(room.width(), high));
    frame.right = QRectF(within.right() - other.width(), within.top(), other.width(), high);
    const double line = metrics.height();
    frame.foot = QRectF(within.left(), within.bottom() - line, within.width(), line);
    frame.body = QRectF(QPointF(within.left(), within.top() + high + gap),
                        QPointF(within.right(), within.bottom() - line - gap));
    return frame;
}

void paintFrame(QPainter& painter, const PageFrame& frame, int page, int pages) {
    painter.setFont(frame.font);
    painter.setPen(lightTheme().muted);
    painter.drawText(frame.left, wrapped | Qt::AlignLeft, frame.subject);
    painter.drawText(frame.right, wrapped | Qt::AlignRight, frame.program);
    painter.drawText(frame.foot, wrapped | Qt::AlignHCenter,
                     QStringLiteral("Page %1 of %2").arg(page + 1).arg(pages));
}

void preparePdf(QPdfWriter& writer, const FigureInfo& info) {
    QString description;
    for (const auto& [key, value] : info.provenance)
        description +=
            QStringLiteral("%1: %2\n").arg(QString::fromStdString(key), QString::fromStdString(value));
    const QString proof = printable(QString::fromStdString(info.proof));
    writer.setTitle(printable(info.title));
    writer.setCreator(QStringLiteral("Diploscope"));
    writer.setDocumentXmpMetadata(pdfMetadata(
        printable(info.title), printable(description.trimmed()),
        proof.isEmpty() ? QByteArray() : QByteArray::fromStdString(reportElement(proof.toStdString()))));
    writer.setResolution(static_cast<int>(72 * reportUnit));
    writer.setPageLayout(QPageLayout(QPageSize(QPageSize::A4), QPageLayout::Portrait, QMarginsF()));
}

Result<void> paintPages(const ReportPages& pages, const PageFrame& frame, QPdfWriter& writer,
                        QPainter& painter, const RunContext& context) {
    const int count = pages.count();
    for (int page = 0; page < count; ++page) {
        DS_TRY(context.checkpoint());
        context.report("Drawing pages of the report", page, count);
        if (page > 0 && !writer.newPage())
            return fail(ErrorKind::Internal, "Qt cannot begin another page of PDF.");
        paintFrame(painter, frame, page, count);
        painter.save();
        painter.translate(frame.body.topLeft());
        Result<void> painted = pages.paint(painter, page);
        painter.restore();
        DS_TRY(std::move(painted));
    }
    context.report("Drawing pages of the report", count, count);
    return {};
}

} // namespace

Result<QByteArray> reportPdf(const ReportDocument& report, const FigureDrawer& draw,
                             const RunContext& context) {
    DS_ASSIGN(const QString family, chartFontFamily());
    const PageFrame frame = frameOf(report, family);
    DS_ASSIGN(const std::unique_ptr<ReportPages> pages,
              ReportPages::layOut(report, frame.body.size(), family, draw, context));
    QByteArray pdf;
    QBuffer buffer(&pdf);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    preparePdf(writer, report.info);
    QPainter painter;
    if (!painter.begin(&writer))
        return fail(ErrorKind::Internal, "Qt cannot draw PDF.");
    // Qt would otherwise turn colour bars into JPEGs.
    painter.setRenderHint(QPainter::LosslessImageRendering);
    DS_TRY(paintPages(*pages, frame, writer, painter, context));
    if (!painter.end())
        return fail(ErrorKind::Internal, "Qt did not finish the PDF.");
    return settledPdf(pdf, pageMm * (72.0 / 25.4));
}

Result<void> writeReport(const ReportDocument& report, const std::filesystem::path& file,
                         const FigureDrawer& draw, const RunContext& context) {
    DS_ASSIGN(const QByteArray pdf, reportPdf(report, draw, context));
    return writeFileAtomically(file, std::string_view(pdf.constData(), static_cast<size_t>(pdf.size())));
}

} // namespace diploscope::ui
