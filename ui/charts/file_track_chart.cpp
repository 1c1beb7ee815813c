// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/file_track_chart.h"

#include "viewmodels/number_text.h"

#include <algorithm>

namespace diploscope::ui {
namespace {

QString fileTrackText(const ShownFile& file) {
    const LaidOutTrack& track = *file.data;
    QString name = QStringLiteral("%1, %2").arg(file.title, QString::fromUtf8(toText(track.format).data()));
    if (track.binBases > 0)
        name = QObject::tr("%1, means of %2 bp").arg(name, countText(track.binBases));
    if (!track.hasContig)
        return QObject::tr("%1: nothing on this contig").arg(name);
    if (track.features.empty())
        return QObject::tr("%1: nothing here").arg(name);
    if (track.hidden > 0)
        return QObject::tr("%1: %2 more than there are rows").arg(name, countText(track.hidden));
    return name;
}

} // namespace

FileTrackChart::FileTrackChart(const LocusTracks& shown, const ShownFile& file, const ChartStyle& style,
                               QGraphicsItem* parent)
    : TrackChart(style, shown.ism.xTitle, isSignal(file.data->format) ? QObject::tr("signal") : QString(),
                 parent)
    , m_track(file.data)
    , m_features(follow(new FileTrackItem(file.data, style, this)))
    , m_text(fileTrackText(file)) {
    follow(new ReferenceLineItem(tssLine(shown.ism, style), style, this));
    setHeader(shown.ism.gene, m_text, {});
    setLegend({}, {{m_text, {style.theme.accent, MarkShape::Square}}});
    const AxisRange window{shown.ism.windowStart, shown.ism.windowEnd};
    if (!isSignal(m_track->format)) {
        hideYLabels();
        setFullRanges(window, {0, static_cast<double>(m_track->rowCount)});
        return;
    }
    const auto range = signalRange(shown.layout.sharedScale ? shown.files : std::vector{file});
    AxisRange y{range ? range->first : 0, range ? range->second : 1};
    if (!(y.span() > 0))
        y.upper = y.lower + 1;
    y.upper += 0.06 * y.span();
    setFullRanges(window, y);
}

double FileTrackChart::share() const {
    return isSignal(m_track->format) ? 0.8 : std::clamp(0.14 * m_track->rowCount, 0.3, 1.2);
}

std::optional<FigureArea> FileTrackChart::areaAt(QPointF at) const {
    const auto found = m_features->featureAt(at);
    if (!found)
        return std::nullopt;
    const TrackFeature& feature = m_track->features[found->first];
    return FigureArea{found->second, featureToolTip(*m_track, feature), std::nullopt};
}

} // namespace diploscope::ui
