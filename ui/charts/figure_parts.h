// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <QRectF>
#include <QString>

#include <cstddef>
#include <optional>
#include <vector>

namespace diploscope::ui {

/// A part of a chart that is no mark: a cell of a picture, a stretch of a file's track.
struct FigureArea {
    QRectF rect;                  ///< framed while pointed at; chart coordinates
    QString tip;                  ///< rich text
    std::optional<size_t> person; ///< whom a click selects, an index into the report; empty: nobody
    std::vector<size_t> data =
        {}; ///< what a click selects where it is nobody: as FigureTrack::datum, ascending
    friend bool operator==(const FigureArea&, const FigureArea&) = default;
};

/// A part of a track as keys walk from one to the next. What its numbers count is the track's own business.
struct FigureStop {
    size_t across = 0;
    size_t up = 0;
    friend bool operator==(const FigureStop&, const FigureStop&) = default;
};

enum class Way { Left, Right, Up, Down };

/// Parts of a chart that are no marks: what is at a point, and how keys walk among them.
class FigureParts {
public:
    FigureParts() = default;
    FigureParts(const FigureParts&) = delete;
    FigureParts& operator=(const FigureParts&) = delete;
    virtual ~FigureParts() = default;

    /// What is at a point of the chart.
    [[nodiscard]] virtual std::optional<FigureArea> areaAt(QPointF) const { return std::nullopt; }
    /// Where keys begin. \param x near this place of the axis \param way in which they come \return empty:
    /// there is nothing to walk among
    [[nodiscard]] virtual std::optional<FigureStop> firstStop(double x, Way way) const;
    /// \return empty where that was the last one
    [[nodiscard]] virtual std::optional<FigureStop> nextStop(const FigureStop& from, Way way) const;
    /// The middle of one, data coordinates; empty where it is not there, as data became others.
    [[nodiscard]] virtual std::optional<QPointF> placeOf(const FigureStop& stop) const;
    /// \param stop that has a place
    [[nodiscard]] virtual FigureArea areaOf(const FigureStop& stop) const;
};

} // namespace diploscope::ui
