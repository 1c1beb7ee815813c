// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/locus_chart.h"

#include "charts/eqtl_track_chart.h"
#include "charts/file_track_chart.h"
#include "charts/genotype_track_chart.h"
#include "charts/ism_track_chart.h"
#include "charts/linkage_track_chart.h"
#include "charts/missing_track_chart.h"
#include "charts/model_track_chart.h"
#include "charts/pip_track_chart.h"
#include "viewmodels/track_kinds.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <utility>

namespace diploscope::ui {
namespace {

constexpr int mostGeneRows = 3;
constexpr int mostGeneRowsOverThree = 2; ///< tracks or more, which must not get crowded

std::vector<LegendItem::Entry> importedLegend(const LocusTracks& shown, const Theme& theme) {
    QStringList what;
    if (!shown.importedAssociations.empty())
        what << QStringLiteral("eQTL");
    if (!shown.importedProbabilities.empty())
        what << QStringLiteral("PIP");
    if (what.isEmpty())
        return {};
    return {{QStringLiteral("imported ") + what.join(QStringLiteral(" and ")),
             {theme.text, MarkShape::Circle},
             LegendItem::Fill::Hollow}};
}

/// \return null for one whose data are not there yet
TrackChart* makeTrack(const std::string& key, const LocusTracks& shown, const ChartStyle& style,
                      QGraphicsItem* parent) {
    if (key == EffectsTrack)
        return new IsmTrackChart(shown.ism, style, parent, importedLegend(shown, style.theme));
    if (key == EqtlTrack)
        return new EqtlTrackChart(shown, style, parent);
    if (key == FineMappingTrack)
        return new PipTrackChart(shown, style, parent);
    if (key == MissingTrack)
        return new MissingTrackChart(shown, style, parent);
    if (key == GenotypesTrack)
        return shown.haplotypes ? new GenotypeTrackChart(shown, style, parent) : nullptr;
    if (key == LinkageTrack)
        return shown.triangle ? new LinkageTrackChart(shown, style, parent) : nullptr;
    for (const ModelTrack& model : shown.models)
        if (model.key == key)
            return new ModelTrackChart(shown, model, style, parent);
    for (const ShownFile& file : shown.files)
        if (file.key == key && file.data)
            return new FileTrackChart(shown, file, style, parent);
    return nullptr;
}

/// The tracks of a locus, top to bottom, at least one.
std::vector<TrackChart*> tracksOf(const LocusTracks& shown, const ChartStyle& style, QGraphicsItem* parent) {
    std::vector<TrackChart*> tracks;
    const std::vector<PlacedTrack> placed = arranged(shown.tracks, shown.layout);
    const auto add = [&](const PlacedTrack& place) {
        if (TrackChart* track = makeTrack(place.key, shown, style, parent)) {
            track->setPlace(place);
            tracks.push_back(track);
        }
    };
    for (const PlacedTrack& place : placed)
        if (place.shown)
            add(place);
    if (tracks.empty())
        add({{std::string(EffectsTrack), QObject::tr(findTrackKind(EffectsTrack)->title)}});
    return tracks;
}

} // namespace

LocusChart::LocusChart(const LocusTracks& shown, const ChartStyle& style, Medium medium)
    : m_style(style)
    , m_genes(new GeneTrackItem(shown.genes, shown.ism.tss, style, this))
    , m_tracks(tracksOf(shown, style, this))
    , m_bases(new BaseLettersItem(shown.bases, shown.ism.windowStart, style, this)) {
    if (medium == Medium::Paper)
        m_header =
            new HeaderItem(shown.ism.gene, QStringLiteral("locus"), shown.ism.summary, {}, style, this);
    if (m_header != nullptr && m_header->isEmpty()) {
        delete m_header;
        m_header = nullptr;
    }
    for (TrackChart* track : m_tracks)
        take(track, shown);
}

void LocusChart::take(TrackChart* track, const LocusTracks& shown) {
    track->hideHeader();
    track->markRegions(shown.regions, track == m_tracks.front());
    track->setBackgroundVisible(false); // the lowest may reach up behind the one above it
    if (track != m_tracks.back())
        track->hideXAxis();
    connect(track, &PlotChart::mapChanged, this, &LocusChart::lineUp);
}

TrackChart* LocusChart::redraw(const std::string& key, const LocusTracks& shown) {
    const auto found = std::find_if(m_tracks.begin(), m_tracks.end(),
                                    [&key](const TrackChart* track) { return track->place().key == key; });
    TrackChart* made = found == m_tracks.end() ? nullptr : makeTrack(key, shown, m_style, this);
    if (made == nullptr)
        return nullptr;
    made->setPlace((*found)->place());
    made->setRanges((*found)->xRange(), made->yRange()); // or all would line up with the whole window first
    delete std::exchange(*found, made);
    take(made, shown);
    layOut();
    return made;
}

void LocusChart::resizeEvent(QGraphicsSceneResizeEvent* event) {
    QGraphicsWidget::resizeEvent(event);
    layOut();
}

void LocusChart::layOut() {
    if (size().isEmpty())
        return;
    double top = 0;
    if (m_header != nullptr) {
        const double width = size().width() - 2 * m_style.gap;
        m_header->setRect(QRectF(m_style.gap, m_style.gap, width, m_header->height(width)));
        top = m_header->rect().bottom();
    }
    m_genesTop = top + m_style.gap / 2 + m_extraTop;
    // About the plot's width: the exact one follows from the charts, which are not laid out yet.
    const double width = std::max(size().width() - 14 * m_style.gap, 1.0);
    const int rows = std::min(m_genes->rowsFor(m_tracks.front()->fullX(), width),
                              m_tracks.size() >= 3 ? mostGeneRowsOverThree : mostGeneRows);
    m_genesHeight = rows * m_genes->rowHeight();
    top = std::ceil(m_genesTop + m_genesHeight);

    // Plots get their shares of the height that legends leave; the lowest track has the axis below it.
    const double axisRoom = PlotChart::axisRoom(m_style);
    m_basesHeight = m_bases->isShown(m_tracks.front()->xRange()) ? m_bases->heightFor(width) : 0;
    const double bottom = size().height() - m_basesHeight - m_extraBottom;
    const double free = bottom - top - axisRoom;
    const auto legendOf = [&](const TrackChart& track) {
        return std::min(track.legendRoom(size().width()), 0.15 * std::max(free, 0.0));
    };
    double legends = 0;
    double shares = 0;
    for (const TrackChart* track : m_tracks) {
        legends += legendOf(*track);
        shares += track->share() * track->place().height;
    }
    const double each = std::max((free - legends) / shares, 1.0);
    for (TrackChart* track : m_tracks) {
        const bool lowest = track == m_tracks.back();
        const double height =
            lowest ? std::max(bottom - top, 1.0)
                   : std::floor(each * track->share() * track->place().height + legendOf(*track));
        const double hidden =
            lowest ? std::ceil(std::max(0.0, axisRoom / PlotChart::mostOfAxes - height)) : 0.0;
        track->setTopRoom(hidden);
        track->setGeometry(QRectF(0, top - hidden, size().width(), height + hidden));
        top += height;
    }
    lineUp();
}

void LocusChart::lineUp() {
    if (m_liningUp || size().isEmpty())
        return;
    if (m_bases->isShown(m_tracks.front()->xRange()) != (m_basesHeight > 0))
        return layOut();
    m_liningUp = true;
    PlotChart::Sides most{m_least.left, m_least.right};
    for (const TrackChart* track : m_tracks) {
        most.left = std::max(most.left, track->neededSides().left);
        most.right = std::max(most.right, std::ceil(track->neededSides().right));
    }
    for (TrackChart* track : m_tracks)
        track->setLeastSides(most);
    const TrackChart& first = *m_tracks.front();
    const QRectF plot = first.plotArea();
    m_genes->setMap({QRectF(plot.left(), m_genesTop, plot.width(), m_genesHeight), first.xRange(), {}});
    m_bases->setMap(
        {QRectF(plot.left(), size().height() - m_basesHeight - m_extraBottom, plot.width(), m_basesHeight),
         first.xRange(),
         {}});
    m_liningUp = false;
}

PlotRoom LocusChart::neededRoom() const {
    PlotRoom room;
    for (const TrackChart* track : m_tracks) {
        room.left = std::max(room.left, track->neededSides().left);
        room.right = std::max(room.right, track->neededSides().right);
    }
    const QRectF plots = plotsArea();
    room.top = plots.top() - m_extraTop;
    room.bottom = size().height() - plots.bottom() - m_extraBottom;
    return room;
}

void LocusChart::setLeastRoom(const PlotRoom& room) {
    if (size().isEmpty())
        return;
    const PlotRoom needed = neededRoom();
    m_least = room;
    m_extraTop = std::max(0.0, room.top - needed.top);
    m_extraBottom = std::max(0.0, room.bottom - needed.bottom);
    layOut();
}

QRectF LocusChart::plotsArea() const {
    QRectF all;
    for (const TrackChart* track : m_tracks)
        all |= track->plotsArea().translated(track->pos());
    return all;
}

void LocusChart::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    if (!m_style.transparent)
        painter->fillRect(rect(), m_style.theme.card);
}

} // namespace diploscope::ui
