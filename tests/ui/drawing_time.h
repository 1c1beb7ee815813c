// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/theme.h"

#include <QElapsedTimer>
#include <QPixmap>

#include <algorithm>
#include <limits>

namespace diploscope::test {

/// Milliseconds that this machine takes, at best, to make all figures of a page anew and to draw them: the
/// measure of how long the GUI thread may be busy, as it has to draw. \param page shown; its theme changes
template <class Page>
double drawingMs(Page& page) {
    double best = std::numeric_limits<double>::infinity();
    for (int i = 0; i < 6; ++i) {
        QElapsedTimer timer;
        timer.start();
        page.setChartStyle(*ui::ChartStyle::screen(i % 2 == 0 ? ui::darkTheme() : ui::lightTheme()));
        if (!page.grab().isNull())
            best = std::min(best, static_cast<double>(timer.nsecsElapsed()) / 1e6);
    }
    return best;
}

} // namespace diploscope::test
