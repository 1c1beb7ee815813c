// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/svg_writer.h"

#include "export/svg_marks.h"
#include "export/xml_text.h"

#include <QBuffer>
#include <QFontInfo>
#include <QImage>
#include <QLinearGradient>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>
#include <variant>
#include <vector>

namespace diploscope::ui {
namespace {

struct Group {
    QString id; ///< "panel-a/axis-x/labels"; those that have a beginning in common lie in one another
    QByteArray elements;
};

constexpr double degreesPerRadian = 57.29577951308232;
constexpr double hairline = 0.25; ///< of pens without a width

QByteArray colourAttributes(const char* what, const QColor& colour, double opacity) {
    QByteArray text = QByteArray(" ") + what + "=\"" + colour.name().toLatin1() + '"';
    const double alpha = static_cast<double>(colour.alphaF()) * opacity;
    if (alpha < 0.9995)
        text += QByteArray(" ") + what + "-opacity=\"" + QByteArray::number(std::round(alpha * 1000) / 1000) +
                '"';
    return text;
}

QByteArray pointText(const QPointF& point) {
    return svgNumber(point.x()) + ',' + svgNumber(point.y());
}

QByteArray polygonText(const QPolygonF& polygon, bool closed) {
    QByteArray text = "M";
    for (qsizetype i = 0; i < polygon.size(); ++i)
        text += (i > 0 ? "L" : "") + pointText(polygon[i]);
    return closed ? text + 'Z' : text;
}

QByteArray pathText(const QPainterPath& path) {
    QByteArray text;
    QPointF begin, last;
    bool drawn = false;
    const auto close = [&] {
        if (drawn && last == begin)
            text += 'Z';
    };
    for (int i = 0; i < path.elementCount(); ++i) {
        const QPainterPath::Element element = path.elementAt(i);
        switch (element.type) {
        case QPainterPath::MoveToElement:
            close();
            text += 'M' + pointText(element);
            begin = element;
            drawn = false;
            break;
        case QPainterPath::LineToElement:
            text += 'L' + pointText(element);
            drawn = true;
            break;
        case QPainterPath::CurveToElement:
            text += 'C' + pointText(element);
            drawn = true;
            break;
        case QPainterPath::CurveToDataElement:
            text += ' ' + pointText(element);
            break;
        }
        last = element;
    }
    close();
    return text;
}

double pixelSizeOf(const QFont& font) {
    return font.pixelSize() > 0 ? font.pixelSize() : QFontInfo(font).pixelSize();
}

QByteArray groupsText(const std::vector<Group>& groups) {
    QByteArray svg;
    QStringList open;
    for (const Group& group : groups) {
        const QStringList path = group.id.split(QLatin1Char('/'), Qt::SkipEmptyParts);
        qsizetype common = 0;
        while (common < std::min(open.size(), path.size()) && open[common] == path[common])
            ++common;
        for (; open.size() > common; open.removeLast())
            svg += "</g>\n";
        for (; open.size() < path.size();) {
            open << path[open.size()];
            svg += "<g id=\"" + xmlText(open.join(QLatin1Char('/'))) + "\">\n";
        }
        svg += group.elements;
    }
    for (; !open.isEmpty(); open.removeLast())
        svg += "</g>\n";
    return svg;
}

/// Groups in the order in which their outermost ones, then those within these, were begun: every one is
/// opened once.
std::vector<Group> nested(std::vector<Group> groups) {
    std::map<QString, size_t> first; // of every path, also those that hold others alone
    for (size_t i = 0; i < groups.size(); ++i)
        for (qsizetype end = 0; end >= 0;) {
            end = groups[i].id.indexOf(QLatin1Char('/'), end + 1);
            first.emplace(end < 0 ? groups[i].id : groups[i].id.left(end), i);
        }
    const auto keyOf = [&](const Group& group) {
        std::vector<size_t> key;
        for (qsizetype end = 0; end >= 0;) {
            end = group.id.indexOf(QLatin1Char('/'), end + 1);
            key.push_back(first.at(end < 0 ? group.id : group.id.left(end)));
        }
        return key;
    };
    std::stable_sort(groups.begin(), groups.end(),
                     [&](const auto& a, const auto& b) { return keyOf(a) < keyOf(b); });
    return groups;
}

/// Writes one step after the other into its group.
class SvgWriter {
public:
    explicit SvgWriter(const QString& family) : m_family(family) {}

    void take(const FigureRecord::Step& step) {
        m_step = &step;
        const auto [found, added] = m_numbers.emplace(step.part, m_groups.size());
        if (added)
            m_groups.push_back({step.part, {}});
        m_group = found->second;
        std::visit([this](const auto& shape) { (*this)(shape); }, step.shape);
    }
    [[nodiscard]] SvgBody body() const { return {m_definitions, groupsText(nested(m_groups))}; }

    void operator()(const QPainterPath& path) {
        const QByteArray fill = fillText(), stroke = strokeText();
        if (path.isEmpty() || (fill.isEmpty() && stroke.isEmpty()))
            return;
        const QByteArray rule =
            path.fillRule() == Qt::OddEvenFill && !fill.isEmpty() && path.elementCount() > 16
                ? QByteArray(" fill-rule=\"evenodd\"")
                : QByteArray();
        write("<path d=\"" + pathText(m_step->toPoints.map(path)) + '"' + fill + rule + stroke + "/>");
    }
    void operator()(const FigureRecord::Polygon& polygon) {
        const bool closed = polygon.mode != QPaintEngine::PolylineMode;
        const QByteArray fill = closed ? fillText() : QByteArray(), stroke = strokeText();
        if (polygon.corners.size() > 1 && !(fill.isEmpty() && stroke.isEmpty()))
            write("<path d=\"" + polygonText(m_step->toPoints.map(polygon.corners), closed) + '"' + fill +
                  stroke + "/>");
    }
    void operator()(const std::vector<QLineF>& lines) {
        const QByteArray stroke = strokeText();
        if (stroke.isEmpty())
            return;
        QByteArray path;
        for (const QLineF& drawn : lines) {
            const QLineF line = m_step->toPoints.map(drawn);
            path += 'M' + pointText(line.p1()) + 'L' + pointText(line.p2());
        }
        write("<path d=\"" + path + '"' + stroke + "/>");
    }
    void operator()(const std::vector<QRectF>& boxes) {
        const QByteArray fill = fillText(), stroke = strokeText();
        if (fill.isEmpty() && stroke.isEmpty())
            return;
        for (const QRectF& drawn : boxes) {
            if (m_step->toPoints.type() > QTransform::TxScale) {
                write("<path d=\"" + polygonText(m_step->toPoints.map(QPolygonF(drawn)), true) + '"' + fill +
                      stroke + "/>");
                continue;
            }
            const QRectF box = m_step->toPoints.mapRect(drawn);
            write("<rect x=\"" + svgNumber(box.x()) + "\" y=\"" + svgNumber(box.y()) + "\" width=\"" +
                  svgNumber(box.width()) + "\" height=\"" + svgNumber(box.height()) + '"' + fill + stroke +
                  "/>");
        }
    }
    void operator()(const FigureRecord::Image& drawn) {
        const QRect part = drawn.source.toAlignedRect() & drawn.image.rect();
        QByteArray png;
        QBuffer buffer(&png);
        buffer.open(QIODevice::WriteOnly);
        if (part.isEmpty() || !drawn.image.copy(part).save(&buffer, "PNG"))
            return;
        const QRectF box = m_step->toPoints.mapRect(drawn.target);
        write("<image x=\"" + svgNumber(box.x()) + "\" y=\"" + svgNumber(box.y()) + "\" width=\"" +
              svgNumber(box.width()) + "\" height=\"" + svgNumber(box.height()) +
              "\" preserveAspectRatio=\"none\" xlink:href=\"data:image/png;base64," + png.toBase64() +
              "\"/>");
    }
    void operator()(const FigureRecord::Text& drawn) {
        if (drawn.text.plain().trimmed().isEmpty())
            return; // a title that Qt Charts keeps and nobody gave it, in whatever font the desktop has
        const QTransform& map = m_step->toPoints;
        const QFont& font = drawn.font;
        const QPointF place = map.map(drawn.at);
        const double zoom = scale();
        const double turn = std::atan2(map.m12(), map.m11()) * degreesPerRadian;
        const QString plain = drawn.text.plain();
        QByteArray element = "<text x=\"" + svgNumber(place.x()) + "\" y=\"" + svgNumber(place.y()) + '"';
        if (std::abs(turn) > 0.01)
            element += " transform=\"rotate(" + svgNumber(turn) + ' ' + svgNumber(place.x()) + ' ' +
                       svgNumber(place.y()) + ")\"";
        if (drawn.anchor != TextAnchor::Start)
            element +=
                drawn.anchor == TextAnchor::Middle ? " text-anchor=\"middle\"" : " text-anchor=\"end\"";
        if (!m_family.isEmpty() && font.family() != m_family)
            element += " font-family=\"" + fontFamilyText(font.family()) + '"';
        element += " font-size=\"" + svgNumber(pixelSizeOf(font) * zoom) + '"';
        if (font.weight() != QFont::Normal)
            element += " font-weight=\"" + QByteArray::number(static_cast<int>(font.weight())) + '"';
        if (font.italic())
            element += " font-style=\"italic\"";
        if (plain != plain.simplified() && plain.contains(QLatin1Char(' ')))
            element += " xml:space=\"preserve\"";
        element += colourAttributes("fill", drawn.colour, m_step->opacity) + '>';
        double shift = 0;
        for (const RichLabel::Run& run : drawn.text.runs()) {
            const double to = RichLabel::shiftOf(run, font);
            const bool isPlain = !run.italic && run.script == LabelRun::Script::None && to == shift;
            if (!isPlain) {
                element += "<tspan";
                if (to != shift)
                    element += " dy=\"" + svgNumber((to - shift) * zoom) + '"';
                if (run.italic)
                    element += " font-style=\"italic\"";
                if (run.script != LabelRun::Script::None)
                    element +=
                        " font-size=\"" + svgNumber(pixelSizeOf(RichLabel::fontOf(run, font)) * zoom) + '"';
                element += '>';
            }
            element += xmlText(run.text);
            if (!isPlain)
                element += "</tspan>";
            shift = to;
        }
        write(element + "</text>");
    }
    void operator()(const ShownMarks& marks) {
        m_groups[m_group].elements += svgMarks(marks, m_step->toPoints);
    }

private:
    void write(const QByteArray& element) { m_groups[m_group].elements += element + '\n'; }
    [[nodiscard]] double scale() const { return std::sqrt(std::abs(m_step->toPoints.determinant())); }
    [[nodiscard]] QByteArray gradientId(const QGradient& gradient) {
        const auto& linear = static_cast<const QLinearGradient&>(gradient);
        const QTransform& map = m_step->toPoints;
        const QPointF from = map.map(linear.start()), to = map.map(linear.finalStop());
        QByteArray content = " gradientUnits=\"userSpaceOnUse\" x1=\"" + svgNumber(from.x()) + "\" y1=\"" +
                             svgNumber(from.y()) + "\" x2=\"" + svgNumber(to.x()) + "\" y2=\"" +
                             svgNumber(to.y()) + "\">\n";
        for (const auto& [offset, colour] : gradient.stops())
            content += "<stop offset=\"" + QByteArray::number(offset) + "\"" +
                       colourAttributes("stop", colour, 1).replace("stop=", "stop-color=") + "/>\n";
        const auto [found, added] =
            m_gradients.emplace(content, "scale-" + QByteArray::number(m_gradients.size() + 1));
        if (added)
            m_definitions += "<linearGradient id=\"" + found->second + '"' + content + "</linearGradient>\n";
        return found->second;
    }
    [[nodiscard]] QByteArray fillText() {
        const QBrush& brush = m_step->brush;
        if (brush.style() == Qt::NoBrush)
            return {};
        if (brush.style() == Qt::LinearGradientPattern && brush.gradient() != nullptr)
            return " fill=\"url(#" + gradientId(*brush.gradient()) + ")\"";
        return colourAttributes("fill", brush.color(), m_step->opacity);
    }
    [[nodiscard]] QByteArray strokeText() const {
        const QPen& pen = m_step->pen;
        if (pen.style() == Qt::NoPen)
            return {};
        const double width = pen.widthF() > 0 ? pen.widthF() * scale() : hairline;
        QByteArray text = colourAttributes("stroke", pen.color(), m_step->opacity) + " stroke-width=\"" +
                          svgNumber(width) + '"';
        if (pen.capStyle() != Qt::FlatCap)
            text +=
                pen.capStyle() == Qt::RoundCap ? " stroke-linecap=\"round\"" : " stroke-linecap=\"square\"";
        if (pen.joinStyle() == Qt::RoundJoin)
            text += " stroke-linejoin=\"round\"";
        else if (pen.joinStyle() == Qt::BevelJoin)
            text += " stroke-linejoin=\"bevel\"";
        if (pen.style() != Qt::SolidLine) {
            QByteArray dashes;
            for (const double dash : pen.dashPattern())
                dashes += (dashes.isEmpty() ? "" : ",") + svgNumber(dash * width);
            text += " stroke-dasharray=\"" + dashes + '"';
        }
        return text;
    }

    const QString& m_family;
    const FigureRecord::Step* m_step = nullptr;   ///< that is being written
    std::vector<Group> m_groups{{}};              ///< in the order in which they were begun; nobody's first
    std::map<QString, size_t> m_numbers{{{}, 0}}; ///< by their names
    size_t m_group = 0;
    QByteArray m_definitions;
    std::map<QByteArray, QByteArray> m_gradients; ///< ids by content
};

} // namespace

QByteArray fontFamilyText(const QString& family) {
    const bool isPlain = std::all_of(family.begin(), family.end(), [](QChar letter) {
        return letter.isLetter() || letter == QLatin1Char(' ') || letter == QLatin1Char('-');
    });
    const QString name =
        isPlain ? family : QLatin1Char('\'') + QString(family).remove(QLatin1Char('\'')) + QLatin1Char('\'');
    return xmlText(name) + ", Arial, Helvetica, sans-serif";
}

SvgBody svgOf(const FigureRecord& record, const QString& family) {
    SvgWriter writer(family);
    for (const FigureRecord::Step& step : record.steps())
        writer.take(step);
    return writer.body();
}

} // namespace diploscope::ui
