// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/pip_track_chart.h"

#include "charts/chart_text.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace diploscope::ui {
namespace {

/// The credible sets' marks and numbers, as many as there is room for below one another.
class CredibleSetKey final : public FurnitureItem {
public:
    CredibleSetKey(int64_t sets, const ChartStyle& style, QGraphicsItem* parent)
        : FurnitureItem(parent), m_sets(sets), m_style(style) {}

    [[nodiscard]] const char* partName() const override { return "sets"; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) override {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const QFontMetricsF metrics(m_style.smallFont());
        const auto write = [&](double x, int64_t line, const QString& text) {
            const double top = rect().top() + static_cast<double>(line) * metrics.height();
            drawLabel(painter, {x, top + metrics.ascent()},
                      m_style.printed ? text : metrics.elidedText(text, Qt::ElideRight, rect().right() - x),
                      m_style.smallFont(), m_style.theme.text);
        };
        const auto lines = std::max<int64_t>(static_cast<int64_t>(rect().height() / metrics.height()) - 1, 0);
        // A heading with nothing below would say nothing.
        write(rect().left(), 0,
              lines > 0     ? QStringLiteral("sets")
              : m_sets == 1 ? QStringLiteral("1 set")
                            : QStringLiteral("%1 sets").arg(m_sets));
        // The last line counts those that find no room.
        const int64_t named = m_sets <= lines ? m_sets : std::max<int64_t>(lines - 1, 0);
        const double size = m_style.markSize * 1.15;
        for (int64_t set = 1; set <= named; ++set) {
            const MarkLook look = m_style.theme.credibleSet(set);
            const double middle = rect().top() + static_cast<double>(set) * metrics.height() +
                                  metrics.ascent() - metrics.capHeight() / 2;
            painter->setPen(Qt::NoPen);
            painter->setBrush(look.colour);
            painter->drawPath(markPath(look.shape, QPointF(rect().left() + size / 2, middle), size));
            write(rect().left() + size + m_style.gap / 2, set, QString::number(set));
        }
        if (named < m_sets && lines > 0)
            write(rect().left(), named + 1, QStringLiteral("+ %1").arg(m_sets - named));
        painter->restore();
    }

private:
    int64_t m_sets;
    ChartStyle m_style;
};

/// Steps of the palette: 0 for SNVs in no set, then set by set, the last for what was imported.
constexpr uint8_t importedStep = 255;

uint8_t setStep(int64_t set) {
    return static_cast<uint8_t>(std::min<int64_t>(set, importedStep - 1));
}

MarkLayerLook probabilityLook(const LocusTracks& shown, const ChartStyle& style) {
    MarkLayerLook look;
    look.palette[0] = style.theme.undecided.colour.rgb();
    for (int64_t set = 1; set <= shown.credibleSets; ++set)
        look.palette[setStep(set)] = style.theme.credibleSet(set).colour.rgb();
    look.palette[importedStep] = style.theme.text.rgb();
    look.size = style.markSize;
    look.stemWidth = style.stemWidth;
    look.ringWidth = style.axisWidth;
    return look;
}

std::vector<Mark> marksOf(const LocusTracks& shown, const ChartStyle& style) {
    std::vector<Mark> marks;
    for (size_t i = 0; i < shown.probabilities.size(); ++i) {
        const auto& snv = shown.probabilities[i];
        Mark mark{.x = snv.position, .y = snv.pip, .source = static_cast<uint32_t>(i)};
        if (snv.credibleSet > 0) {
            mark.colour = setStep(snv.credibleSet);
            mark.shape = style.theme.credibleSet(snv.credibleSet).shape;
            mark.size = static_cast<float>(style.markSize * 1.3);
        } else {
            mark.size = static_cast<float>(style.markSize * 0.6); // most of a locus, and next to 0
        }
        marks.push_back(mark);
    }
    return marks;
}

std::vector<Mark> importedMarksOf(const LocusTracks& shown) {
    std::vector<Mark> marks;
    for (size_t i = 0; i < shown.importedProbabilities.size(); ++i)
        marks.push_back({.x = shown.importedProbabilities[i].position,
                         .y = shown.importedProbabilities[i].pip,
                         .colour = importedStep,
                         .hollow = true,
                         .source = static_cast<uint32_t>(shown.probabilities.size() + i)});
    return marks;
}

} // namespace

PipTrackChart::PipTrackChart(const LocusTracks& shown, const ChartStyle& style, QGraphicsItem* parent)
    : TrackChart(style, shown.ism.xTitle, QStringLiteral("PIP"), parent)
    , m_imported(follow(new MarkItem(this)))
    , m_snvs(follow(new MarkItem(this))) {
    setPointedAt({m_snvs, m_imported}, variantsOf(shown.probabilities, shown.importedProbabilities));
    follow(new ReferenceLineItem(tssLine(shown.ism, style), style, this));
    MarkLayerLook look = probabilityLook(shown, style);
    m_snvs->setLook(look);
    m_snvs->setMarks(marksOf(shown, style));
    look.stemWidth = 0;
    look.size = style.markSize * 1.3;
    m_imported->setZValue(layer::drivers); // an outline hides nothing
    m_imported->setLook(look);
    m_imported->setMarks(importedMarksOf(shown));
    if (shown.credibleSets > 0 && style.parts.legend)
        m_key = new CredibleSetKey(shown.credibleSets, style, this);
    setHeader(shown.ism.gene, QStringLiteral("fine mapping, idle effects left out"), {});
    setFullRanges({shown.ism.windowStart, shown.ism.windowEnd}, {0, 1});
}

void PipTrackChart::mapWillChange(const PlotMap& map) {
    if (m_key == nullptr)
        return;
    const double left = map.plot.right() + 1.5 * chartStyle().gap;
    m_key->setRect(QRectF(QPointF(left, map.plot.top()),
                          QPointF(std::max(left, size().width() - chartStyle().gap), map.plot.bottom())));
}

} // namespace diploscope::ui
