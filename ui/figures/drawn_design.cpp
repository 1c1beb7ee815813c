// SPDX-License-Identifier: GPL-3.0-or-later
#include "figures/drawn_design.h"

#include "analysis/provenance.h"
#include "base/atomic_file.h"
#include "base/suggestion.h"
#include "charts/chart_text.h"
#include "charts/figure_sheet.h"
#include "charts/furniture.h"
#include "charts/text_lines.h"
#include "figure/design_edits.h"
#include "figure/figure_command.h"
#include "figure/figure_file.h"
#include "figures/figure_registry.h"

#include <QFontMetricsF>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <numeric>

namespace diploscope::ui {
namespace {

constexpr double pointsPerMillimetre = 72.0 / 25.4;

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

/// How high each row would be by itself, mm: as high as the highest panel that it alone holds.
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

/// "panel-a": by its place, whatever letters are drawn.
QString panelName(size_t panel) {
    FigureDesign lettered;
    lettered.letters = FigureDesign::Letters::Lower;
    return QStringLiteral("panel-") + QString::fromStdString(lettered.letterOf(panel));
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

/// A figure with its panels in it, and how it lies on its page.
struct Sheet {
    std::unique_ptr<FigureSheet> widget;
    PageLook look;
};

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

QString titleOf(const DesignedFigure& figure) {
    if (!figure.design.name.empty())
        return QString::fromStdString(figure.design.name);
    QStringList titles;
    for (const DesignedFigure::Panel& panel : figure.panels)
        if (!titles.contains(panel.ready.info.title))
            titles << panel.ready.info.title;
    return titles.join(QStringLiteral("; "));
}

/// As people read it: of several panels what is alike once, and the rest with the panel's letter.
std::vector<std::pair<std::string, std::string>> provenanceOfAll(const DesignedFigure& figure) {
    std::vector<std::pair<std::string, std::string>> all;
    if (figure.panels.size() == 1)
        return figure.panels.front().ready.info.provenance;
    const auto isEverywhere = [&](const std::pair<std::string, std::string>& line) {
        return std::all_of(figure.panels.begin(), figure.panels.end(), [&](const auto& panel) {
            const auto& lines = panel.ready.info.provenance;
            return std::find(lines.begin(), lines.end(), line) != lines.end();
        });
    };
    for (const auto& line : figure.panels.front().ready.info.provenance)
        if (isEverywhere(line))
            all.push_back(line);
    for (size_t i = 0; i < figure.panels.size(); ++i)
        for (const auto& [key, value] : figure.panels[i].ready.info.provenance)
            if (!isEverywhere({key, value}))
                all.emplace_back(fmt::format("{}, {}", panelName(i).toStdString(), key), value);
    return all;
}

} // namespace

Result<const FigureEntry*> figureNamed(const std::string& name) {
    std::vector<std::string> known;
    for (const FigureKind kind : FigureKinds)
        for (const FigureEntry& entry : figuresOf(kind)) {
            if (name == entry.name)
                return &entry;
            known.emplace_back(entry.name);
        }
    const std::vector<std::string> near = nearestNames(name, known, 1);
    return fail(ErrorKind::NotFound, fmt::format("There is no figure `{}`.", name), "figure",
                near.empty() ? fmt::format("Choose one of {}.", listed(known, known.size()))
                             : fmt::format("Did you mean `{}`?", near.front()));
}

FigureSize sizeOf(const DesignedFigure& figure) {
    const FigureDesign& design = figure.design;
    FigureSize size;
    if (figure.panels.size() == 1) {
        size = figure.panels.front().ready.sized(figure.panels.front().entry->size);
    } else {
        const std::vector<double> rows = naturalRows(figure);
        size.widthMm = twoColumnsMm;
        const double letters = design.letterOf(0).empty() ? 0 : 1.3 * design.letterPt / pointsPerMillimetre;
        size.heightMm = std::accumulate(rows.begin(), rows.end(), 0.0) +
                        letters * static_cast<double>(rows.size()) +
                        design.gapMm * static_cast<double>(rows.size() - 1);
    }
    size.widthMm = design.widthMm.value_or(size.widthMm);
    size.heightMm = design.heightMm.value_or(size.heightMm);
    size.dpi = design.dpi;
    return size;
}

FigureProof proofOf(const DesignedFigure& figure, FigureFormat format) {
    FigureProof proof;
    proof.program = programVersion();
    const Result<QString> own = chartFontFamily();
    const QString family =
        figure.design.font.empty() && own ? *own : QString::fromStdString(figure.design.font);
    // Which version of the family, too: both decide bytes.
    proof.drawnWith = {{"qt", qVersion()},
                       {"font", fmt::format("{}, {}", family.toStdString(), fontVersion(family))}};
    proof.figure = figure.asWritten.value_or(nlohmann::json(figureJson(figure.design, {})));
    proof.command = figureCommand(proof.figure, endingOf(format));
    proof.studies = figure.studies;
    for (size_t i = 0; i < figure.panels.size(); ++i) {
        const DesignedFigure::Panel& panel = figure.panels[i];
        proof.panels.push_back({figure.design.letterOf(i), panel.entry->name, panel.ready.info.provenance});
        const FigureProof::Lines& made = panel.ready.info.provenance;
        for (size_t line = 0; line + 1 < made.size(); ++line) {
            const bool isModel = made[line].first == "model" || made[line].first == "other_model";
            const bool hasChecksum = made[line + 1].first == made[line].first + "_checksum";
            const FigureProof::UsedModel used{made[line].second, made[line + 1].second};
            if (isModel && hasChecksum &&
                std::find(proof.models.begin(), proof.models.end(), used) == proof.models.end())
                proof.models.push_back(used);
        }
    }
    return proof;
}

Result<DrawnFigure> drawDesign(const DesignedFigure& figure, FigureFormat format) {
    DS_ASSIGN(const Sheet sheet, sheetOf(figure));
    return drawFigure(*sheet.widget, sizeOf(figure),
                      {titleOf(figure), provenanceOfAll(figure), proofText(proofOf(figure, format))}, format,
                      sheet.look);
}

Result<DesignPicture> pictureOf(const DesignedFigure& figure, int dpi) {
    DS_ASSIGN(Sheet sheet, sheetOf(figure));
    sheet.look.draft = true;
    FigureSize size = sizeOf(figure);
    size.dpi = dpi;
    DesignPicture picture;
    DS_ASSIGN(picture.drawn, drawFigure(*sheet.widget, size, {}, FigureFormat::Png, sheet.look));
    picture.sizeMm = {size.widthMm, size.heightMm};
    const double millimetres = sheet.look.unitPt / pointsPerMillimetre; // of a scene unit
    const auto inMillimetres = [&](const QRectF& place) {
        return QRectF(place.topLeft() * millimetres, place.size() * millimetres);
    };
    for (size_t i = 0; i < figure.panels.size(); ++i) {
        const Figure& drawn = sheet.widget->panels()[i].figure;
        const PanelDesign& panel = figure.design.panels[i];
        PanelPlace place{
            panel.row,
            panel.column,
            panel.rows,
            panel.columns,
            inMillimetres(sheet.widget->cellAt(panel.row - 1, panel.column - 1, panel.rows, panel.columns)),
            {},
            {},
            {},
            {}};
        if (const auto* frame = dynamic_cast<const PlotFrame*>(drawn.widget.get()))
            place.plots = inMillimetres(frame->plotsArea().translated(sheet.widget->placeOf(i).topLeft()));
        if (!drawn.tracks.empty())
            place.title = figure.panels[i].ready.info.title;
        if (!drawn.tracks.empty())
            place.xLabel = drawn.tracks.back().chart->xText().title;
        if (drawn.tracks.size() == 1)
            place.yLabel = drawn.tracks.front().chart->yText().title;
        picture.places.push_back(std::move(place));
    }
    for (int row = 1; row <= figure.design.rowCount(); ++row)
        for (int column = 1; column <= figure.design.columnCount(); ++column)
            if (!panelAt(figure.design, row, column))
                picture.free.push_back(
                    {row, column, inMillimetres(sheet.widget->cellAt(row - 1, column - 1, 1, 1))});
    return picture;
}

std::string valuesOf(const DesignedFigure& figure) {
    std::string all;
    for (size_t i = 0; i < figure.panels.size(); ++i) {
        const ReadyFigure& ready = figure.panels[i].ready;
        if (!ready.values || !ready.empty.isEmpty())
            continue;
        TableWriter table = ready.values();
        for (const auto& [key, value] : ready.info.provenance)
            table.comment(key, value);
        if (!all.empty())
            all += '\n';
        if (figure.panels.size() > 1)
            all += fmt::format("# panel: {}, {}\n",
                               panelName(i).mid(static_cast<qsizetype>(qstrlen("panel-"))).toStdString(),
                               figure.panels[i].entry->name);
        all += table.text();
    }
    return all;
}

std::filesystem::path valuesFileOf(const std::filesystem::path& figure) {
    return std::filesystem::path(figure).replace_extension(".tsv");
}

Result<void> writeValues(const DesignedFigure& figure, const std::filesystem::path& file) {
    const std::string values = valuesOf(figure);
    return values.empty() ? Result<void>() : writeFileAtomically(file, values);
}

} // namespace diploscope::ui
