// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/figure_export.h"

#include "base/atomic_file.h"
#include "charts/own_font.h"
#include "charts/theme.h"
#include "export/figure_record.h"
#include "export/pdf_file.h"
#include "export/points_device.h"
#include "export/svg_writer.h"
#include "export/xml_text.h"
#include "figure/embedded_proof.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QGraphicsLayout>
#include <QGraphicsScene>
#include <QGraphicsWidget>
#include <QImage>
#include <QImageWriter>
#include <QPageLayout>
#include <QPainter>
#include <QPdfWriter>

#include <cmath>

namespace diploscope::ui {
namespace {

constexpr double pointsPerMm = 72.0 / 25.4;

QSizeF pointsOf(const FigureSize& size) {
    return QSizeF(size.widthMm, size.heightMm) * pointsPerMm;
}

/// A figure in a scene of its own for as long as it is drawn; afterwards it is the caller's again.
class Stage {
public:
    Stage(QGraphicsWidget& figure, const FigureSize& size, double unit) : m_figure(figure) {
        const QRectF area(QPointF(), pointsOf(size) / unit);
        m_scene.addItem(&figure);
        m_scene.setSceneRect(area);
        figure.setPos(0, 0);
        figure.resize(area.size());
        // Layouts wait for events, and a command has no event loop: once for the new size, once for what it
        // changed.
        for (int pass = 0; pass < 2; ++pass) {
            QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
            if (figure.layout() != nullptr)
                figure.layout()->activate();
        }
    }
    Stage(const Stage&) = delete;
    Stage& operator=(const Stage&) = delete;
    ~Stage() { m_scene.removeItem(&m_figure); }

private:
    QGraphicsWidget& m_figure;
    QGraphicsScene m_scene;
};

FigureInfo printableInfo(const FigureInfo& info) {
    FigureInfo kept{printable(info.title), {}, printable(QString::fromStdString(info.proof)).toStdString()};
    for (const auto& [key, value] : info.provenance)
        kept.provenance.emplace_back(printable(QString::fromStdString(key)).toStdString(),
                                     printable(QString::fromStdString(value)).toStdString());
    return kept;
}

QString provenanceText(const FigureInfo& info) {
    QString text;
    for (const auto& [key, value] : info.provenance)
        text += QString::fromStdString(key) + QStringLiteral(": ") + QString::fromStdString(value) +
                QLatin1Char('\n');
    return text.trimmed();
}

/// A length that whoever reads it may multiply.
QByteArray lengthText(double value) {
    return QByteArray::number(value, 'g', 7);
}

QByteArray proofXml(const FigureInfo& info) {
    return info.proof.empty() ? QByteArray() : QByteArray::fromStdString(proofElement(info.proof));
}

Result<FigureRecord> recordOf(QGraphicsWidget& figure, const FigureSize& size, const PageLook& look) {
    FigureRecorder recorder;
    PointsDevice device(recorder, pointsOf(size));
    QPainter painter;
    if (!painter.begin(&device))
        return fail(ErrorKind::Internal, "Qt cannot draw into an engine of ours.");
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    const Stage stage(figure, size, look.unitPt);
    painter.scale(look.unitPt, look.unitPt);
    walkFigure(figure, look.names, painter, recorder);
    painter.end();
    return recorder.takeRecord();
}

/// \param scale device units a point
void drawPage(const FigureRecord& record, const FigureSize& size, const PageLook& look, QPainter& painter,
              double scale) {
    painter.save();
    if (!look.transparent)
        painter.fillRect(QRectF(QPointF(), pointsOf(size) * scale), Qt::white);
    painter.scale(scale, scale);
    record.drawInto(painter);
    painter.restore();
}

QByteArray encodeSvg(const FigureRecord& record, const FigureSize& size, const FigureInfo& info,
                     const PageLook& look) {
    const QSizeF points = pointsOf(size);
    const SvgBody body = svgOf(record, look.family);
    QByteArray svg = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                     "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" "
                     "version=\"1.1\" width=\"" +
                     lengthText(size.widthMm) + "mm\" height=\"" + lengthText(size.heightMm) +
                     "mm\" viewBox=\"0 0 " + lengthText(points.width()) + ' ' + lengthText(points.height()) +
                     "\" font-family=\"" + fontFamilyText(look.family) +
                     "\" fill=\"none\" stroke=\"none\">\n<title>" + xmlText(info.title) + "</title>\n<desc>" +
                     xmlText(provenanceText(info)) + "</desc>\n";
    if (!info.proof.empty())
        svg += "<metadata>" + proofXml(info) + "</metadata>\n";
    if (!body.definitions.isEmpty())
        svg += "<defs>\n" + body.definitions + "</defs>\n";
    if (!look.transparent)
        svg += "<rect id=\"ground\" width=\"" + lengthText(points.width()) + "\" height=\"" +
               lengthText(points.height()) + "\" fill=\"#ffffff\"/>\n";
    return svg + body.elements + "</svg>\n";
}

/// How much larger a PNG is drawn before it is scaled down to its size. Qt draws glyphs below 64 pixels from
/// a cache that thickens their stems for screens, which turns print into bold; above, it draws their true
/// outlines.
int oversampling(const QSize& pixels, double scale, bool draft) {
    constexpr int ofDrafts = 2;
    if (draft)
        return ofDrafts;
    constexpr double cachedBelow = 64;
    constexpr double smallestType = 7;
    constexpr double mostPixels = 120e6;
    int factor = std::max(1, static_cast<int>(std::ceil(cachedBelow / (smallestType * scale))));
    while (factor > 1 && static_cast<double>(pixels.width()) * pixels.height() * factor * factor > mostPixels)
        --factor;
    return factor;
}

/// Makes outlines of letters the same whatever was drawn before. Qt rounds them to 1/64 of a pixel of a small
/// face, after FreeType has moved them by what is left of the last letter's place within a pixel; it takes
/// that away only where the face's matrix is another, as it is behind a letter drawn by one that is new.
void forgetLastLetters(const QString& family) {
    thread_local int turn = 0; // as Qt's faces are
    QImage scrap(16, 16, QImage::Format_RGB32);
    QPainter painter(&scrap);
    for (const QFont::Weight weight : {QFont::Normal, QFont::DemiBold, QFont::Bold})
        for (const bool italic : {false, true}) {
            turn = (turn + 1) % 10'000;
            painter.setTransform(QTransform::fromScale(1.25 + turn / 16'384.0, 1));
            painter.setFont(plainFont(family, 8, weight, italic));
            painter.drawText(2, 12, QStringLiteral("x"));
        }
}

QSize pixelsOf(const FigureSize& size) {
    return {static_cast<int>(std::lround(size.widthMm / 25.4 * size.dpi)),
            static_cast<int>(std::lround(size.heightMm / 25.4 * size.dpi))};
}

/// Larger than asked for by a whole number.
Result<QImage> drawPixels(const FigureRecord& record, const FigureSize& size, const PageLook& look) {
    const QSize pixels = pixelsOf(size);
    const double scale = size.dpi / 72.0;
    const int factor = oversampling(pixels, scale, look.draft);
    QImage image(pixels * factor,
                 look.transparent ? QImage::Format_ARGB32_Premultiplied : QImage::Format_RGB32);
    if (image.isNull())
        return fail(ErrorKind::Unsupported, "A picture of that many pixels does not fit into memory.", {},
                    "Choose a smaller size or a lower resolution.");
    image.fill(look.transparent ? Qt::transparent : Qt::white);
    forgetLastLetters(look.family);
    QPainter painter(&image);
    drawPage(record, size, look, painter, scale * factor);
    return image;
}

QImage scaledTo(const QImage& drawn, const FigureSize& size) {
    const QSize pixels = pixelsOf(size);
    return drawn.size() == pixels ? drawn
                                  : drawn.scaled(pixels, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
}

Result<QByteArray> encodePng(const QImage& drawn, const FigureSize& size, const FigureInfo& info) {
    QImage image = scaledTo(drawn, size);
    const auto perMetre = static_cast<int>(std::lround(size.dpi / 0.0254));
    image.setDotsPerMeterX(perMetre);
    image.setDotsPerMeterY(perMetre);
    QByteArray png;
    QBuffer buffer(&png);
    buffer.open(QIODevice::WriteOnly);
    QImageWriter writer(&buffer, "png");
    writer.setText(QStringLiteral("Title"), info.title);
    writer.setText(QStringLiteral("Description"), provenanceText(info));
    if (!writer.write(image))
        return fail(ErrorKind::Internal,
                    "The picture cannot be encoded: " + writer.errorString().toStdString());
    if (info.proof.empty())
        return png;
    DS_ASSIGN(const std::string marked,
              withProofChunk({png.constData(), static_cast<size_t>(png.size())}, info.proof));
    return QByteArray::fromStdString(marked);
}

Result<QByteArray> encodePdf(const FigureRecord& record, const FigureSize& size, const FigureInfo& info,
                             const PageLook& look) {
    QByteArray pdf;
    QBuffer buffer(&pdf);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setTitle(info.title);
    writer.setCreator(QStringLiteral("Diploscope"));
    writer.setDocumentXmpMetadata(pdfMetadata(info.title, provenanceText(info), proofXml(info)));
    writer.setResolution(1200);
    // Exact, or sizes near one of the standard ones would become it.
    const QPageSize page(QSizeF(size.widthMm, size.heightMm), QPageSize::Millimeter, {},
                         QPageSize::ExactMatch);
    if (!writer.setPageLayout(QPageLayout(page, QPageLayout::Portrait, QMarginsF())))
        return fail(ErrorKind::Unsupported, "PDF has no page of that size.");
    QPainter painter;
    if (!painter.begin(&writer))
        return fail(ErrorKind::Internal, "Qt cannot draw PDF.");
    // Qt would otherwise turn the colour bar's gradient into a JPEG.
    painter.setRenderHint(QPainter::LosslessImageRendering);
    drawPage(record, size, look, painter, 1200 / 72.0);
    if (!painter.end())
        return fail(ErrorKind::Internal, "Qt did not finish the PDF.");
    return settledPdf(pdf, pointsOf(size));
}

/// \error Unsupported
Result<void> checkSize(const FigureSize& size) {
    const auto sane = [](double mm) { return mm >= 10 && mm <= 2000; };
    if (!sane(size.widthMm) || !sane(size.heightMm) || size.dpi < 10 || size.dpi > 2400)
        return fail(ErrorKind::Unsupported,
                    QStringLiteral("A figure of %1 x %2 mm at %3 dpi cannot be drawn.")
                        .arg(size.widthMm)
                        .arg(size.heightMm)
                        .arg(size.dpi)
                        .toStdString(),
                    {}, "Choose 10 to 2000 mm a side and 10 to 2400 dpi.");
    return {};
}

} // namespace

Result<FigureFormat> figureFormat(const std::filesystem::path& file) {
    const std::string ending = file.extension().string();
    if (ending == ".svg")
        return FigureFormat::Svg;
    if (ending == ".pdf")
        return FigureFormat::Pdf;
    if (ending == ".png")
        return FigureFormat::Png;
    return fail(ErrorKind::Unsupported, "Figures are written as .svg, .pdf or .png, not as '" + ending + "'.",
                file.string(), "Choose one of these endings.");
}

const char* endingOf(FigureFormat format) {
    return format == FigureFormat::Svg ? ".svg" : format == FigureFormat::Pdf ? ".pdf" : ".png";
}

Result<QByteArray> DrawnFigure::bytes() const {
    switch (m_format) {
    case FigureFormat::Svg:
        return encodeSvg(*m_record, m_size, m_info, m_look);
    case FigureFormat::Pdf:
        return encodePdf(*m_record, m_size, m_info, m_look);
    case FigureFormat::Png:
        break;
    }
    DS_ASSIGN(const QImage pixels, drawPixels(*m_record, m_size, m_look));
    return encodePng(pixels, m_size, m_info);
}

Result<QImage> DrawnFigure::picture() const {
    DS_ASSIGN(const QImage pixels, drawPixels(*m_record, m_size, m_look));
    return scaledTo(pixels, m_size);
}

void DrawnFigure::paint(QPainter& painter, const QRectF& place) const {
    painter.save();
    painter.translate(place.topLeft());
    drawPage(*m_record, m_size, m_look, painter, place.width() / pointsOf(m_size).width());
    painter.restore();
}

Result<void> DrawnFigure::writeTo(const std::filesystem::path& file) const {
    DS_ASSIGN(const QByteArray content, bytes());
    return writeFileAtomically(file,
                               std::string_view(content.constData(), static_cast<size_t>(content.size())));
}

Result<DrawnFigure> drawFigure(QGraphicsWidget& figure, const FigureSize& size, const FigureInfo& named,
                               FigureFormat format, const PageLook& asked) {
    DS_TRY(checkSize(size));
    DS_ASSIGN(const QString family, chartFontFamily());
    PageLook look = asked;
    if (look.family.isEmpty())
        look.family = family;
    DS_ASSIGN(FigureRecord record, recordOf(figure, size, look));
    look.names.clear(); // of items, which are the caller's
    DrawnFigure drawn;
    drawn.m_record = std::make_shared<const FigureRecord>(std::move(record));
    drawn.m_format = format;
    drawn.m_size = size;
    drawn.m_info = printableInfo(named);
    drawn.m_look = std::move(look);
    return drawn;
}

} // namespace diploscope::ui
