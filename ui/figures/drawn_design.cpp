// SPDX-License-Identifier: GPL-3.0-or-later
#include "figures/drawn_design.h"

#include "analysis/provenance.h"
#include "base/atomic_file.h"
#include "base/suggestion.h"
#include "figure/design_edits.h"
#include "figure/figure_command.h"
#include "figure/figure_file.h"
#include "figures/design_sheet.h"
#include "figures/figure_registry.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace diploscope::ui {
namespace {

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
