// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/figure_parts.h"

namespace diploscope::ui {

std::optional<FigureStop> FigureParts::firstStop(double, Way) const {
    return std::nullopt;
}

std::optional<FigureStop> FigureParts::nextStop(const FigureStop&, Way) const {
    return std::nullopt;
}

std::optional<QPointF> FigureParts::placeOf(const FigureStop&) const {
    return std::nullopt;
}

FigureArea FigureParts::areaOf(const FigureStop&) const {
    return {};
}

} // namespace diploscope::ui
