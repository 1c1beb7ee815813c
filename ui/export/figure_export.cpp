// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/figure_export.h"

#include "base/atomic_file.h"
#include "charts/mark_item.h"
#include "charts/theme.h"

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
#include <QRegularExpression>
#include <QSvgGenerator>

#include <cmath>

namespace diploscope::ui {
namespace {

constexpr double pointsPerMm = 72.0 / 25.4;
/// SVG is written in hundredths of a millimetre: QSvgGenerator takes whole numbers only.
constexpr int svgUnitsPerMm = 100;
constexpr int svgResolution = 2540;

/// A figure in a scene of its own for as long as it is drawn; afterwards it is the caller's again.
class Stage {
public:
    Stage(QGraphicsWidget& figure, const FigureSize& size)
        : m_figure(figure), m_area(0, 0, size.widthMm * pointsPerMm, size.heightMm * pointsPerMm) {
        m_scene.addItem(&figure);
        m_scene.setSceneRect(m_area);
        figure.setPos(0, 0);
        figure.resize(m_area.size());
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

    /// \param scale device units per point
    void paint(QPainter& painter, double scale) {
        painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
        const QRectF target(QPointF(), m_area.size() * scale);
        painter.fillRect(target, Qt::white);
        m_scene.render(&painter, target, m_area, Qt::IgnoreAspectRatio);
    }
    [[nodiscard]] QList<MarkItem*> markItems() const {
        QList<MarkItem*> found;
        for (QGraphicsItem* item : m_scene.items(Qt::AscendingOrder)) {
            if (auto* marks = dynamic_cast<MarkItem*>(item))
                found.push_back(marks);
        }
        return found;
    }

private:
    QGraphicsWidget& m_figure;
    QRectF m_area;
    QGraphicsScene m_scene;
};

/// Without what no XML may hold, not even escaped: names come from files, and a gene's may have anything in
/// it.
QString printable(const QString& text) {
    QString kept;
    kept.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar letter = text[i];
        const bool pair = letter.isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
        const bool control = letter.unicode() < 0x20 && letter != QLatin1Char('\n') &&
                             letter != QLatin1Char('\t') && letter != QLatin1Char('\r');
        if (pair)
            kept.append(letter).append(text[++i]);
        else if (!control && !letter.isSurrogate() && letter.unicode() < 0xFFFE)
            kept.append(letter);
    }
    return kept;
}

FigureInfo printable(const FigureInfo& info) {
    FigureInfo kept{printable(info.title), {}};
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

QByteArray placeholderOf(qsizetype layer) {
    return QByteArray("diploscope-marks-") + QByteArray::number(layer) + '-';
}

/// Items write a placeholder in place of their marks while this lives; compact elements go there once
/// QSvgGenerator is done (see svgMarks).
class SvgPlaceholders {
public:
    explicit SvgPlaceholders(QList<MarkItem*> items) : m_items(std::move(items)) {
        for (qsizetype i = 0; i < m_items.size(); ++i)
            m_items[i]->setSvgPlaceholder(QString::fromLatin1(placeholderOf(i)));
    }
    SvgPlaceholders(const SvgPlaceholders&) = delete;
    SvgPlaceholders& operator=(const SvgPlaceholders&) = delete;
    ~SvgPlaceholders() {
        for (MarkItem* item : m_items)
            item->setSvgPlaceholder({});
    }
    [[nodiscard]] std::vector<ShownMarks> marks() const {
        std::vector<ShownMarks> shown;
        for (const MarkItem* item : m_items)
            shown.push_back(ShownMarks::of(*item));
        return shown;
    }

private:
    QList<MarkItem*> m_items;
};

/// \return [items] what goes into the placeholders that the SVG has
Result<std::vector<ShownMarks>> drawSvg(Stage& stage, const FigureSize& size, const FigureInfo& info,
                                        QByteArray& svg) {
    const SvgPlaceholders placeholders(stage.markItems());
    QBuffer buffer(&svg);
    buffer.open(QIODevice::WriteOnly);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setResolution(svgResolution);
    const QSize units(static_cast<int>(std::lround(size.widthMm * svgUnitsPerMm)),
                      static_cast<int>(std::lround(size.heightMm * svgUnitsPerMm)));
    generator.setSize(units);
    generator.setViewBox(QRect(QPoint(), units));
    // Some versions of Qt escape both, others neither.
    const QString title = QStringLiteral("diploscope-title");
    const QString description = QStringLiteral("diploscope-description");
    generator.setTitle(title);
    generator.setDescription(description);
    QPainter painter;
    if (!painter.begin(&generator))
        return fail(ErrorKind::Internal, "Qt cannot draw SVG.");
    stage.paint(painter, svgUnitsPerMm / pointsPerMm);
    painter.end();
    svg.replace(title.toUtf8(), info.title.toHtmlEscaped().toUtf8());
    svg.replace(description.toUtf8(), provenanceText(info).toHtmlEscaped().toUtf8());
    return placeholders.marks();
}

Result<QByteArray> encodeSvg(QByteArray svg, const std::vector<ShownMarks>& layers) {
    for (size_t layer = 0; layer < layers.size(); ++layer) {
        if (layers[layer].marks.empty() || layers[layer].map.plot.isEmpty())
            continue;
        const qsizetype at = svg.indexOf(placeholderOf(static_cast<qsizetype>(layer)));
        const qsizetype from = svg.lastIndexOf("<text", at);
        const qsizetype end = svg.indexOf("</text>", at);
        if (at < 0 || from < 0 || end < 0)
            return fail(ErrorKind::Internal, "The marks' places were not found in the SVG.");
        svg.replace(from, end + 7 - from, svgMarks(layers[layer]));
    }
    return printable(QString::fromUtf8(svg)).toUtf8(); // names are drawn, too
}

/// How much larger a PNG is drawn before it is scaled down to its size. Qt draws glyphs below 64 pixels from
/// a cache that thickens their stems for screens, which turns print into bold; above, it draws their true
/// outlines.
int oversampling(const QSize& pixels, double scale) {
    constexpr double cachedBelow = 64;
    constexpr double smallestType = 7;
    constexpr double mostPixels = 120e6;
    int factor = std::max(1, static_cast<int>(std::ceil(cachedBelow / (smallestType * scale))));
    while (factor > 1 && static_cast<double>(pixels.width()) * pixels.height() * factor * factor > mostPixels)
        --factor;
    return factor;
}

QSize pixelsOf(const FigureSize& size) {
    return {static_cast<int>(std::lround(size.widthMm / 25.4 * size.dpi)),
            static_cast<int>(std::lround(size.heightMm / 25.4 * size.dpi))};
}

Result<QImage> drawPixels(Stage& stage, const FigureSize& size) {
    const QSize pixels = pixelsOf(size);
    const double scale = size.dpi / 72.0;
    const int factor = oversampling(pixels, scale);
    QImage image(pixels * factor, QImage::Format_RGB32);
    if (image.isNull())
        return fail(ErrorKind::Unsupported, "A picture of that many pixels does not fit into memory.", {},
                    "Choose a smaller size or a lower resolution.");
    image.fill(Qt::white);
    QPainter painter(&image);
    stage.paint(painter, scale * factor);
    return image;
}

Result<QByteArray> encodePng(const QImage& drawn, const FigureSize& size, const FigureInfo& info) {
    const QSize pixels = pixelsOf(size);
    QImage image = drawn.size() == pixels
                       ? drawn
                       : drawn.scaled(pixels, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
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
    return png;
}

QByteArray xmp(const FigureInfo& info) {
    const auto alternative = [](const QString& text) {
        return QStringLiteral("<rdf:Alt><rdf:li xml:lang=\"x-default\">%1</rdf:li></rdf:Alt>")
            .arg(text.toHtmlEscaped())
            .toUtf8();
    };
    return "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n<x:xmpmeta "
           "xmlns:x=\"adobe:ns:meta/\">"
           "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description "
           "rdf:about=\"\" "
           "xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>" +
           alternative(info.title) + "</dc:title><dc:description>" + alternative(provenanceText(info)) +
           "</dc:description></rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>\n";
}

Result<QByteArray> drawPdf(Stage& stage, const FigureSize& size, const FigureInfo& info) {
    QByteArray pdf;
    QBuffer buffer(&pdf);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setTitle(info.title);
    writer.setCreator(QStringLiteral("Diploscope"));
    writer.setDocumentXmpMetadata(xmp(info));
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
    stage.paint(painter, 1200 / 72.0);
    if (!painter.end())
        return fail(ErrorKind::Internal, "Qt did not finish the PDF.");
    return pdf;
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

Result<QByteArray> DrawnFigure::bytes() const {
    if (m_isSvg)
        return encodeSvg(m_bytes, m_marks);
    return m_image ? encodePng(*m_image, m_size, m_info) : m_bytes;
}

Result<void> DrawnFigure::writeTo(const std::filesystem::path& file) const {
    DS_ASSIGN(const QByteArray content, bytes());
    return writeFileAtomically(file,
                               std::string_view(content.constData(), static_cast<size_t>(content.size())));
}

Result<DrawnFigure> drawFigure(QGraphicsWidget& figure, const FigureSize& size, const FigureInfo& named,
                               FigureFormat format) {
    const auto sane = [](double mm) { return mm >= 10 && mm <= 2000; };
    if (!sane(size.widthMm) || !sane(size.heightMm) || size.dpi < 10 || size.dpi > 2400)
        return fail(ErrorKind::Unsupported,
                    QStringLiteral("A figure of %1 x %2 mm at %3 dpi cannot be drawn.")
                        .arg(size.widthMm)
                        .arg(size.heightMm)
                        .arg(size.dpi)
                        .toStdString(),
                    {}, "Choose 10 to 2000 mm a side and 10 to 2400 dpi.");
    DS_TRY(chartFontFamily());
    const FigureInfo info = printable(named);
    DrawnFigure drawn;
    drawn.m_size = size;
    drawn.m_info = info;
    Stage stage(figure, size);
    switch (format) {
    case FigureFormat::Svg: {
        DS_ASSIGN(drawn.m_marks, drawSvg(stage, size, info, drawn.m_bytes));
        drawn.m_isSvg = true;
        break;
    }
    case FigureFormat::Pdf: {
        DS_ASSIGN(drawn.m_bytes, drawPdf(stage, size, info));
        break;
    }
    case FigureFormat::Png: {
        DS_ASSIGN(drawn.m_image, drawPixels(stage, size));
        break;
    }
    }
    return drawn;
}

Result<void> saveFigure(QGraphicsWidget& figure, const FigureSize& size, const FigureInfo& info,
                        const std::filesystem::path& file) {
    DS_ASSIGN(const FigureFormat format, figureFormat(file));
    DS_ASSIGN(const DrawnFigure drawn, drawFigure(figure, size, info, format));
    return drawn.writeTo(file);
}

} // namespace diploscope::ui
