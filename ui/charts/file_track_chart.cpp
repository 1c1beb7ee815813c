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
        name = QStringLiteral("%1, means of %2 bp").arg(name, countText(track.binBases));
    if (!track.hasContig)
        return QStringLiteral("%1: nothing on this contig").arg(name);
    if (track.features.empty())
        return QStringLiteral("%1: nothing here").arg(name);
    if (track.hidden > 0)
        return QStringLiteral("%1: %2 more than there are rows").arg(name, countText(track.hidden));
    return name;
}

} // namespace

FileTrackChart::FileTrackChart(const LocusTracks& shown, const ShownFile& file, const ChartStyle& style,
                               QGraphicsItem* parent)
    : TrackChart(style, shown.ism.xTitle, isSignal(file.data->format) ? QStringLiteral("signal") : QString(),
                 parent)
    , m_track(file.data)
    , m_features(follow(new FileTrackItem(file.data, style, this)))
    , m_text(fileTrackText(file)) {
    follow(new ReferenceLineItem(tssLine(shown.ism, style), style, this));
    setHeader(shown.ism.gene, m_text, {});
    for (const IsmTrack::Snv& snv : shown.ism.snvs)
        m_snvs.emplace_back(snv.position, snv.variant);
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

std::vector<size_t> FileTrackChart::snvsIn(const TrackFeature& feature) const {
    std::vector<size_t> found;
    auto snv = std::lower_bound(m_snvs.begin(), m_snvs.end(),
                                std::pair(static_cast<double>(feature.start + 1), size_t{0}));
    for (; snv != m_snvs.end() && snv->first <= static_cast<double>(feature.end); ++snv)
        found.push_back(snv->second);
    std::sort(found.begin(), found.end());
    return found;
}

std::optional<FigureArea> FileTrackChart::areaAt(QPointF at) const {
    const auto found = m_features->featureAt(at);
    return found ? std::optional(areaOf({found->first, 0})) : std::nullopt;
}

std::optional<FigureStop> FileTrackChart::firstStop(double x, Way) const {
    const std::optional<size_t> nearest = m_features->nearestTo(x);
    return nearest ? std::optional(FigureStop{*nearest, 0}) : std::nullopt;
}

/// From start to start through all rows: upwards and downwards are other tracks.
std::optional<FigureStop> FileTrackChart::nextStop(const FigureStop& from, Way way) const {
    if (way == Way::Up || way == Way::Down)
        return std::nullopt;
    const std::optional<size_t> next = m_features->nextTo(from.across, way == Way::Right);
    return next ? std::optional(FigureStop{*next, 0}) : std::nullopt;
}

std::optional<QPointF> FileTrackChart::placeOf(const FigureStop& stop) const {
    return stop.across < m_track->features.size() ? std::optional(m_features->middleOf(stop.across))
                                                  : std::nullopt;
}

FigureArea FileTrackChart::areaOf(const FigureStop& stop) const {
    const TrackFeature& feature = m_track->features[stop.across];
    return FigureArea{m_features->rectOf(stop.across), featureToolTip(*m_track, feature), std::nullopt,
                      snvsIn(feature)};
}

} // namespace diploscope::ui
