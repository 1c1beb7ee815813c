// SPDX-License-Identifier: GPL-3.0-or-later
// LocusPanel: which tracks it shows, and what a person does with them.
#include "base/paths.h"
#include "charts/track_chart.h"
#include "io/motif_reader.h"
#include "viewmodels/gene_text.h"
#include "viewmodels/snv_details.h"
#include "views/locus_panel.h"
#include "views/references_button.h"
#include "views/track_grips.h"
#include "views/tracks_button.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace diploscope::ui {

void LocusPanel::addTracks() {
    addToHeader(m_tracksButton);
    content()->removeWidget(&view());
    auto* row = new QHBoxLayout;
    row->setSpacing(0);
    row->addWidget(m_grips);
    row->addWidget(&view(), 1);
    content()->addLayout(row, 1);
    connect(m_contents, &LocusContents::changed, this, [this](const std::string& track) {
        if (report())
            showContents(track);
    });
    connect(m_contents, &LocusContents::failed, this, [this](const Error& error) {
        if (error.kind != ErrorKind::Cancelled)
            Q_EMIT failed(error);
    });
    connect(&selection(), &Selection::variantsChanged, this, &LocusPanel::askForContents);
    connect(&selection(), &Selection::peopleChanged, this, &LocusPanel::markPeople);
    connect(&view(), &ChartView::personClicked, this,
            [this](size_t person, bool toggles) { takePerson(static_cast<int>(person), toggles); });
    connect(&view(), &ChartView::figureChanged, this, [this] {
        for (const FigureTrack& track : view().tracks())
            connect(track.chart, &QGraphicsWidget::geometryChanged, m_grips, &TrackGrips::placeSoon,
                    Qt::UniqueConnection);
        m_grips->place();
    });
    connect(m_tracksButton, &TracksButton::arranged, this, &LocusPanel::take);
    connect(m_tracksButton, &TracksButton::regionsWanted, this, &LocusPanel::regionsWanted);
    connect(m_tracksButton, &TracksButton::filesWanted, this, &LocusPanel::filesWanted);
    connect(m_tracksButton, &TracksButton::removeWanted, this, [this](const QString& key) {
        take(tr("Remove the track %1").arg(key.mid(5)),
             withoutFile(studyTracks(), m_layout, key.toStdString()));
    });
    const auto titleOfTrack = [this](const QString& key) {
        for (const FigureTrack& track : view().tracks())
            if (track.key == key.toStdString())
                return track.title;
        return key;
    };
    connect(m_grips, &TrackGrips::moved, this, [=, this](const QString& key, int to) {
        take(tr("Move the track %1").arg(titleOfTrack(key)),
             withMoved(m_tracks, m_layout, key.toStdString(), static_cast<size_t>(to)));
    });
    connect(m_grips, &TrackGrips::resized, this, [=, this](const QString& key, double factor) {
        for (const PlacedTrack& track : arranged(m_tracks, m_layout))
            if (track.key == key.toStdString())
                return take(tr("Resize the track %1").arg(titleOfTrack(key)),
                            withHeight(m_tracks, m_layout, track.key, factor * track.height));
    });
    connect(m_grips, &TrackGrips::hidden, this, [=, this](const QString& key) {
        if (view().tracks().size() > 1)
            take(tr("Hide the track %1").arg(titleOfTrack(key)),
                 withShown(m_tracks, m_layout, key.toStdString(), false));
    });
    connect(m_grips, &TrackGrips::menuWanted, this, [this](const QString& key, const QPoint& global) {
        m_tracksButton->openMenuOf(key.toStdString(), global);
    });
}

void LocusPanel::addReferences() {
    addToHeader(m_referencesButton);
    connect(m_referencesButton, &ReferencesButton::chosen, this,
            [this](const QString& step, const SnvReferences& references) {
                if (references == m_references)
                    return;
                setReferences(references);
                Q_EMIT referencesChosen(step);
            });
    connect(m_tracksButton, &TracksButton::menuBegun, this, [this](QMenu* menu, const QString& key) {
        if (key.toStdString() == EqtlTrack)
            m_referencesButton->fillGiven(*menu);
    });
    // Of the SNV under the pointer, or of the one that keys point at, else of the one selected.
    saver().setFirstEntries([this](QMenu& menu) {
        const std::optional<size_t> pointed = view().pointedAt();
        if (const std::optional<size_t> variant = pointed ? pointed : selectedVariant(); report() && variant)
            m_referencesButton->fillFor(menu, *variant);
    });
}

void LocusPanel::setReferences(const SnvReferences& references) {
    if (references == m_references)
        return;
    m_references = references;
    askForContents(); // what is not wanted any more goes before anything is drawn
    if (report())
        refresh(ChartView::Keep::View);
}

QString LocusPanel::toolTipOf(size_t variant) const {
    return snvToolTip(*report(), variant) +
           referencesToolTip(*report(), variant, m_contents->linkages().get(), m_contents->given().get());
}

void LocusPanel::take(const QString& step, const LocusLayout& layout) {
    if (layout == m_layout)
        return;
    setArrangement(layout);
    Q_EMIT arrangementChosen(step);
}

void LocusPanel::setArrangement(const LocusLayout& layout) {
    if (layout == m_layout)
        return;
    m_layout = layout;
    if (report())
        refresh(ChartView::Keep::View);
    Q_EMIT arrangementChanged();
}

void LocusPanel::setModels(const std::vector<ShownModel>& models) {
    if (models == m_models)
        return;
    m_models = models;
    if (report())
        refresh(ChartView::Keep::View);
}

std::vector<std::filesystem::path> LocusPanel::studyTracks() const {
    return session().study() ? session().study()->file().tracks : std::vector<std::filesystem::path>();
}

void LocusPanel::addFiles(const QStringList& files) {
    struct Paths {
        std::vector<std::filesystem::path> tracks, motifs;
    };
    session().jobs().run<Paths>(
        tr("Looking at files for the locus"), {}, JobRunner::Priority::Seen,
        [files](const RunContext& context) -> Result<Paths> {
            Paths found;
            for (const QString& file : files) {
                DS_TRY(context.checkpoint());
                const std::filesystem::path path = resolvedPath({}, file.toStdString());
                if (isMotifFile(path)) {
                    DS_TRY(readMotifs(path));
                    found.motifs.push_back(path);
                    continue;
                }
                DS_TRY(trackFormat(path));
                found.tracks.push_back(path);
            }
            return found;
        },
        this,
        [this](const Result<Paths>& found) {
            if (!found)
                return Q_EMIT failed(found.error());
            LocusLayout next = m_layout;
            for (const std::filesystem::path& path : found->tracks) {
                std::erase(next.removed, path);
                const std::vector<ShownFile> shown = shownFiles(studyTracks(), next);
                if (std::none_of(shown.begin(), shown.end(),
                                 [&path](const ShownFile& file) { return file.file == path; }))
                    next.files.push_back(path);
            }
            for (const std::filesystem::path& path : found->motifs)
                if (std::find(next.motifs.begin(), next.motifs.end(), path) == next.motifs.end())
                    next.motifs.push_back(path);
            take(found->motifs.empty() && found->tracks.size() == 1
                     ? tr("Add the track %1").arg(shownName(found->tracks.front().filename().string()))
                 : found->tracks.empty() ? tr("Add motifs")
                                         : tr("Add files"),
                 next);
        });
}

void LocusPanel::setRegions(const std::vector<RegionOfInterest>& regions) {
    if (regions == m_regions)
        return;
    m_regions = regions;
    if (report())
        refresh(ChartView::Keep::View);
}

std::optional<Region> LocusPanel::seenBases() const {
    const std::optional<AxisRange> x = report() ? seen() : std::nullopt;
    return x ? std::optional(seenRegion(report()->window.contig, x->lower, x->upper)) : std::nullopt;
}

void LocusPanel::askForContents() {
    LocusContents::Wish wish{.report = report(),
                             .study = session().study(),
                             .layout = m_layout,
                             .references = m_references,
                             .variant = selectedVariant()};
    if (const std::optional<AxisRange> x = seen()) {
        wish.first = x->lower;
        wish.last = x->upper;
    }
    wish.files = shownFiles(studyTracks(), m_layout);
    m_contents->want(wish);
}

void LocusPanel::makeRoom() {
    constexpr int least = 270; // for three tracks, genes and a ruler
    constexpr int others = 84; // genes, ruler, header
    constexpr double each = 62;
    double shares = 0;
    for (const FigureTrack& track : view().tracks()) {
        const auto* chart = qobject_cast<const TrackChart*>(track.chart);
        shares += chart == nullptr ? 0 : chart->share() * chart->place().height;
    }
    setMinimumHeight(std::max(least, others + static_cast<int>(std::lround(each * shares))));
}

} // namespace diploscope::ui
