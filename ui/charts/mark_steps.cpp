// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/mark_steps.h"

#include <tuple>

namespace diploscope::ui {

namespace {

template <class Use>
void forEachMark(const std::vector<FigureTrack>& tracks, const Use& use) {
    for (size_t t = 0; t < tracks.size(); ++t)
        for (const MarkItem* layer : tracks[t].layers)
            for (const Mark& mark : layer->marks())
                use(MarkStep{tracks[t].datum[mark.source], t, QPointF(mark.x, mark.y)});
}

} // namespace

std::optional<MarkStep> markOf(const std::vector<FigureTrack>& tracks, size_t datum) {
    std::optional<MarkStep> found;
    forEachMark(tracks, [&](const MarkStep& step) {
        if (!found && step.datum == datum)
            found = step;
    });
    return found;
}

std::optional<MarkStep> nextMark(const std::vector<FigureTrack>& tracks, const std::optional<size_t>& from,
                                 bool alongX, bool forward, const AxisRange& seen) {
    using Key = std::tuple<double, size_t>;
    const auto keyOf = [alongX](const MarkStep& step) {
        return Key(alongX ? step.at.x() : step.at.y(), step.datum);
    };
    const std::optional<MarkStep> start = from ? markOf(tracks, *from) : std::nullopt;
    const Key beyond = start ? keyOf(*start) : forward ? Key(seen.lower, 0) : Key(seen.upper, SIZE_MAX);
    std::optional<MarkStep> next;
    forEachMark(tracks, [&](const MarkStep& step) {
        if (start && step.datum == start->datum)
            return;
        const Key key = keyOf(step);
        const bool lies = forward ? key >= beyond : key <= beyond;
        if (lies && (!next || (forward ? key < keyOf(*next) : key > keyOf(*next))))
            next = step;
    });
    return next;
}

} // namespace diploscope::ui
