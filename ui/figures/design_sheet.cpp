// SPDX-License-Identifier: GPL-3.0-or-later
#include "figures/design_sheet.h"

#include "charts/chart_text.h"
#include "charts/furniture.h"
#include "charts/text_lines.h"

#include <QFontMetricsF>
#include <QPainter>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <utility>

namespace diploscope::ui {
namespace {

/// A panel that has nothing to show: its title, where others have theirs, and why, in the middle of the rest.
class NotePanel final : public QGraphicsWidget {
public:
    NotePanel(const QString& title, QString words, const ChartStyle& style)
        : m_words(std::move(words))
        , m_style(style)
        , m_title(new HeaderItem({}, title, {}, {}, style, this)) {}
    void paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) override {
        constexpr double share = 0.8; // of the width, so that lines stand apart from the panels beside
        const QFont font = m_style.textFont();
        const QFontMetricsF metrics(font);
        const QStringList lines = brokenLines(m_words, font, share * size().width());
        const double middle = (m_title->rect().bottom() + size().height()) / 2;
        double baseline =
            middle - static_cast<double>(lines.size()) * metrics.height() / 2 + metrics.ascent();
        for (const QString& line : lines) {
            drawLabel(painter, {size().width() / 2, baseline}, line, font, m_style.theme.muted,
                      TextAnchor::Middle);
            baseline += metrics.height();
        }
    }

protected:
    void resizeEvent(QGraphicsSceneResizeEvent* event) override {
        QGraphicsWidget::resizeEvent(event);
        const double width = size().width() - 2 * m_style.gap;
        m_title->setRect({m_style.gap, m_style.gap, width, m_title->height(width)});
    }

private:
    QString m_words;
    ChartStyle m_style;
    HeaderItem* m_title;
};

/// A point of type and widths in scene units: fonts have whole sizes alone, so that others are drawn larger
/// or smaller as a whole.
double unitOf(const FigureDesign& design) {
    return design.fontPt / std::max(1.0, std::round(design.fontPt));
}

PrintedLook lookOf(const FigureDesign& design) {
    const double unit = unitOf(design);
    const auto inUnits = [unit](const std::optional<double>& points) {
        return points ? std::optional(*points / unit) : std::nullopt;
    };
    return {.family = QString::fromStdString(design.font),
            .pt = std::max(1.0, std::round(design.fontPt)),
            .leastPt = PrintedLook{}.leastPt / unit,
            .axisWidth = inUnits(design.lines.axis),
            .lineWidth = inUnits(design.lines.line),
            .ruleWidth = inUnits(design.lines.rule),
            .stemWidth = inUnits(design.lines.stem),
            .ringWidth = inUnits(design.lines.ring),
            .transparent = design.transparent};
}

std::optional<AxisRange> axisRange(const PanelDesign::Limits& limits) {
    return limits ? std::optional(AxisRange{limits->first, limits->second}) : std::nullopt;
}

ChartParts partsOf(const PanelDesign& panel, const ReadyFigure& ready) {
    const auto label = [](const std::string& markup) {
        return markup.empty() ? std::nullopt : std::optional(RichLabel::ofMarkup(markup));
    };
    ChartParts parts;
    parts.title = panel.showsTitle;
    parts.statistics = panel.showsStatistics;
    parts.legend = panel.showsLegend;
    parts.colourBar = panel.showsColourBar;
    parts.titleText = label(panel.title);
    parts.xLabel = label(panel.xLabel);
    parts.yLabel = label(panel.yLabel);
    parts.x = panel.xLimits ? axisRange(panel.xLimits) : ready.seen;
    parts.y = axisRange(panel.yLimits);
    return parts;
}

/// Shares of the design, else equal.
std::vector<double> columnsOf(const FigureDesign& design) {
    return design.columnWidths.empty() ? std::vector<double>(static_cast<size_t>(design.columnCount()), 1)
                                       : design.columnWidths;
}

/// A track's key as a part of an id.
QString partOf(const FigureTrack& track, size_t number) {
    QString name = QString::fromStdString(track.key);
    if (name.isEmpty())
        return QStringLiteral("chart-") + QString::number(number + 1);
    for (QChar& letter : name)
        if (!letter.isLetterOrNumber() && letter != QLatin1Char('.') && letter != QLatin1Char('_'))
            letter = QLatin1Char('-');
    return name;
}

Result<Figure> drawPanel(const DesignedFigure& figure, size_t i, ChartStyle style) {
    const PanelDesign& panel = figure.design.panels[i];
    const ReadyFigure& ready = figure.panels[i].ready;
    const std::string where = fmt::format("panel {} ({})", i + 1, panel.figure);
    if (!ready.empty.isEmpty() && figure.panels.size() == 1)
        return fail(ErrorKind::NotFound, ready.empty.toStdString(), panel.figure);
    if (!ready.empty.isEmpty()) {
        Figure note;
        style.parts = partsOf(panel, ready);
        note.widget = std::make_unique<NotePanel>(ready.info.title, ready.empty, style);
        return note;
    }
    if (panel.xLimits && ready.seen)
        return fail(ErrorKind::BadInput, "A region and limits of the x axis exclude each other.", where,
                    "Leave one of them out.");
    style.parts = partsOf(panel, ready);
    Figure drawn = ready.draw(style, Medium::Paper);
    if (drawn.tracks.size() > 1 && (!panel.yLabel.empty() || panel.yLimits))
        return fail(ErrorKind::BadInput,
                    fmt::format("{} has several y axes: they share neither label nor limits.", panel.figure),
                    where, "Leave y_label and y_limits out.");
    if (panel.chartLimits.size() > drawn.tracks.size())
        return fail(ErrorKind::BadInput,
                    fmt::format("There are limits for {} charts, and {} has {}.", panel.chartLimits.size(),
                                panel.figure, drawn.tracks.size()),
                    where, "Leave out those that are too many.");
    for (size_t chart = 0; chart < panel.chartLimits.size(); ++chart) {
        const PanelDesign::ChartLimits& limits = panel.chartLimits[chart];
        PlotChart& plot = *drawn.tracks[chart].chart;
        plot.setRanges(axisRange(limits.x).value_or(plot.xRange()),
                       axisRange(limits.y).value_or(plot.yRange()));
    }
    return drawn;
}

/// Of axes that say the same, unless the panel says what it shows.
void shareAxes(const FigureDesign& design, std::vector<FigureSheet::Panel>& panels) {
    if (design.sharedAxes == FigureDesign::SharedAxes::None)
        return;
    using Range = AxisRange;
    const bool sharesX = design.sharedAxes != FigureDesign::SharedAxes::Y;
    const bool sharesY = design.sharedAxes != FigureDesign::SharedAxes::X;
    const auto isFree = [](const AxisText& text) { return text.names.empty() && !text.title.isEmpty(); };
    std::map<std::pair<int, QString>, Range> columns, rows; // by what the axis says
    const auto grow = [](std::map<std::pair<int, QString>, Range>& all, int line, const QString& title,
                         const Range& range) {
        const auto [at, isNew] = all.try_emplace({line, title}, range);
        if (!isNew)
            at->second = {std::min(at->second.lower, range.lower), std::max(at->second.upper, range.upper)};
    };
    const auto eachChart = [&](auto&& see) {
        for (size_t i = 0; i < panels.size(); ++i)
            for (const FigureTrack& track : panels[i].figure.tracks)
                see(design.panels[i], *track.chart);
    };
    const auto takesX = [&](const PanelDesign& panel, const PlotChart& chart) {
        return sharesX && !panel.xLimits && panel.region.empty() && !panel.aroundTss && isFree(chart.xText());
    };
    const auto takesY = [&](const PanelDesign& panel, const PlotChart& chart) {
        return sharesY && !panel.yLimits && isFree(chart.yText());
    };
    eachChart([&](const PanelDesign& panel, const PlotChart& chart) {
        if (takesX(panel, chart))
            grow(columns, panel.column, chart.xText().title, chart.xRange());
        if (takesY(panel, chart))
            grow(rows, panel.row, chart.yText().title, chart.yRange());
    });
    eachChart([&](const PanelDesign& panel, PlotChart& chart) {
        const Range x =
            takesX(panel, chart) ? columns.at({panel.column, chart.xText().title}) : chart.xRange();
        const Range y = takesY(panel, chart) ? rows.at({panel.row, chart.yText().title}) : chart.yRange();
        chart.setRanges(x, y);
    });
}

} // namespace

std::vector<double> naturalRows(const DesignedFigure& figure) {
    constexpr double usual = 60;
    std::vector<double> rows(static_cast<size_t>(figure.design.rowCount()), 0);
    for (size_t i = 0; i < figure.panels.size(); ++i) {
        const PanelDesign& panel = figure.design.panels[i];
        const ReadyFigure& ready = figure.panels[i].ready;
        if (panel.rows == 1) {
            double& row = rows[static_cast<size_t>(panel.row - 1)];
            row = std::max(row, ready.sized(figure.panels[i].entry->size).heightMm);
        }
    }
    for (double& row : rows)
        row = row > 0 ? row : usual;
    return rows;
}

QString panelName(size_t panel) {
    FigureDesign lettered;
    lettered.letters = FigureDesign::Letters::Lower;
    return QStringLiteral("panel-") + QString::fromStdString(lettered.letterOf(panel));
}

Result<Sheet> sheetOf(const DesignedFigure& figure) {
    const FigureDesign& design = figure.design;
    DS_ASSIGN(const ChartStyle style, ChartStyle::paper(lookOf(design)));
    const double unit = unitOf(design);
    std::vector<FigureSheet::Panel> panels;
    for (size_t i = 0; i < figure.panels.size(); ++i) {
        const PanelDesign& panel = design.panels[i];
        DS_ASSIGN(Figure drawn, drawPanel(figure, i, style));
        panels.push_back({std::move(drawn), panel.row - 1, panel.column - 1, panel.rows, panel.columns,
                          QString::fromStdString(design.letterOf(i))});
    }
    shareAxes(design, panels);
    Sheet sheet{nullptr, {.unitPt = unit, .transparent = design.transparent, .family = style.fontFamily}};
    for (size_t i = 0; i < panels.size(); ++i) {
        const Figure& drawn = panels[i].figure;
        sheet.look.names[drawn.widget.get()] = panelName(i);
        if (drawn.tracks.size() > 1)
            for (size_t track = 0; track < drawn.tracks.size(); ++track)
                sheet.look.names[drawn.tracks[track].chart] = partOf(drawn.tracks[track], track);
    }
    sheet.widget = std::make_unique<FigureSheet>(
        std::move(panels),
        FigureSheet::Grid{columnsOf(design),
                          design.rowHeights.empty() ? naturalRows(figure) : design.rowHeights,
                          design.gapMm * pointsPerMillimetre / unit, design.letterPt / unit},
        style);
    for (size_t i = 0; i < figure.panels.size(); ++i)
        if (const QGraphicsItem* letter = sheet.widget->letterOf(i))
            sheet.look.names[letter] = panelName(i) + QStringLiteral("/letter");
    return sheet;
}

} // namespace diploscope::ui
