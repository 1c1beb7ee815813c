// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/figure.h"

namespace diploscope::ui {

Figure figureOf(std::unique_ptr<PlotChart> chart, std::vector<const MarkItem*> layers,
                std::vector<size_t> datum, Medium medium) {
    if (medium == Medium::Screen)
        chart->hideHeader();
    Figure figure;
    figure.tracks.push_back({chart.get(), std::move(layers), std::move(datum)});
    figure.widget = std::move(chart);
    return figure;
}

} // namespace diploscope::ui
