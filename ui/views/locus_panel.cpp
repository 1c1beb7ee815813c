// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/locus_panel.h"

#include "charts/track_chart.h"
#include "viewmodels/gene_text.h"
#include "viewmodels/number_text.h"
#include "viewmodels/snv_details.h"
#include "views/track_grips.h"
#include "views/tracks_button.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QScopedValueRollback>
#include <QToolButton>

#include <algorithm>
#include <cmath>
#include <utility>

namespace diploscope::ui {
namespace {

const QString linkageGroup = QStringLiteral("linkage");

/// Beside the region while the gradient is asked for.
QString gradientText(const GeneReport& report) {
    if (!report.gradientNote.empty())
        return QString::fromStdString(report.gradientNote);
    if (!report.answersGradients())
        return QObject::tr("ISM, while the gradient is computed…");
    return QObject::tr("gradient against ISM: r = %1")
        .arg(report.gradientR ? fixedText(*report.gradientR, 3) : QStringLiteral("–"));
}

} // namespace

LocusPanel::LocusPanel(Session& session, Selection& selection, QWidget* parent)
    : ChartPanel(tr("Locus"), ChartView::Zoom::AlongX, GeneFigure::Locus, session, selection, parent)
    , m_contents(new LocusContents(session.jobs(), this))
    , m_grips(new TrackGrips(view()))
    , m_tracksButton(new TracksButton) {
    view().setToolTipSource([this](size_t variant) { return snvToolTip(*report(), variant); });
    joinVariantSelection();
    connect(&selection, &Selection::variantsChanged, this, &LocusPanel::askForLinkage);
    connect(&view(), &ChartView::rangesChanged, this, &LocusPanel::takeRegion);
    addColourChoice();
    addAttributionChoice();
    addTracks();
}

void LocusPanel::addTracks() {
    addToHeader(m_tracksButton);
    content()->removeWidget(&view());
    auto* row = new QHBoxLayout;
    row->setSpacing(0);
    row->addWidget(m_grips);
    row->addWidget(&view(), 1);
    content()->addLayout(row, 1);
    connect(m_contents, &LocusContents::changed, this, [this] {
        if (report())
            refresh(ChartView::Keep::View);
    });
    connect(m_contents, &LocusContents::failed, this, [this](const Error& error) {
        if (error.kind != ErrorKind::Cancelled)
            Q_EMIT failed(error);
    });
    connect(&selection(), &Selection::variantsChanged, this, &LocusPanel::askForContents);
    connect(&selection(), &Selection::peopleChanged, this, [this] {
        if (report() && m_contents->haplotypes())
            refresh(ChartView::Keep::View);
    });
    connect(&view(), &ChartView::personClicked, this, [this](size_t person) {
        if (report())
            selection().selectPerson(report()->people[person].sample);
    });
    connect(&view(), &ChartView::figureChanged, this, [this] {
        if (!view().tracks().empty()) // the lowest is laid out last
            connect(view().tracks().back().chart, &PlotChart::mapChanged, m_grips, &TrackGrips::place);
        m_grips->place();
    });
    connect(m_tracksButton, &TracksButton::arranged, this, &LocusPanel::take);
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

void LocusPanel::setChartStyle(const ChartStyle& style) {
    m_grips->setChartStyle(style);
    ChartPanel::setChartStyle(style);
}

std::set<size_t> LocusPanel::selectedPeople() const {
    std::set<size_t> people;
    for (const std::string& sample : selection().people())
        if (const std::optional<size_t> person = report()->findPerson(sample))
            people.insert(*person);
    return people;
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
}

void LocusPanel::askForContents() {
    LocusContents::Wish wish{.report = report(), .layout = m_layout, .variant = selectedVariant()};
    if (!view().tracks().empty()) {
        const AxisRange seen = view().tracks().front().chart->xRange();
        wish.first = seen.lower;
        wish.last = seen.upper;
    }
    m_contents->want(wish);
}

void LocusPanel::makeRoom() {
    constexpr int least = 290;  // for three tracks, genes and a ruler
    constexpr int others = 100; // genes, ruler, header
    constexpr double each = 62;
    double shares = 0;
    for (const FigureTrack& track : view().tracks()) {
        const auto* chart = qobject_cast<const TrackChart*>(track.chart);
        shares += chart == nullptr ? 0 : chart->share() * chart->place().height;
    }
    setMinimumHeight(std::max(least, others + static_cast<int>(std::lround(each * shares))));
}

QButtonGroup* LocusPanel::addChoice(const std::vector<Option>& options, int chosen) {
    auto* choice = new QWidget;
    auto* row = new QHBoxLayout(choice);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2);
    auto* group = new QButtonGroup(choice);
    for (const Option& option : options) {
        auto* button = new QToolButton;
        button->setText(option.name);
        button->setToolTip(option.tip);
        button->setCheckable(true);
        button->setChecked(option.value == chosen);
        button->setProperty("role", "tiny");
        group->addButton(button, option.value);
        row->addWidget(button);
    }
    addToHeader(choice);
    return group;
}

void LocusPanel::addColourChoice() {
    m_colours = addChoice(
        {{static_cast<int>(SnvColour::Maf), titleOf(SnvColour::Maf),
          tr("Colour SNVs by the frequency of ALT or of all else, whichever is rarer")},
         {static_cast<int>(SnvColour::CarrierFraction), titleOf(SnvColour::CarrierFraction),
          tr("Colour SNVs by the fraction of people, of those with a genotype, who carry any non-reference "
             "allele, as the paper does")}},
        static_cast<int>(m_colour));
    connect(m_colours, &QButtonGroup::idClicked, this, [this](int colour) {
        setSnvColour(static_cast<SnvColour>(colour));
        Q_EMIT snvColourChosen(m_colour);
    });
}

void LocusPanel::setSnvColour(SnvColour colour) {
    if (colour == m_colour)
        return;
    m_colour = colour;
    m_colours->button(static_cast<int>(colour))->setChecked(true);
    if (report())
        refresh(ChartView::Keep::View);
}

void LocusPanel::addAttributionChoice() {
    m_attributions = addChoice(
        {{static_cast<int>(Attribution::Ism), tr("ISM"), tr("What each SNV alone changes of the prediction")},
         {static_cast<int>(Attribution::Gradient), tr("Gradient"),
          tr("What the gradient at the reference says of each SNV: one backward pass for the whole locus")}},
        static_cast<int>(m_attribution));
    connect(m_attributions, &QButtonGroup::idClicked, this, [this](int attribution) {
        const auto chosen = static_cast<Attribution>(attribution);
        if (chosen == m_attribution)
            return session().showGradients(chosen == Attribution::Gradient); // again, where that was stopped
        setAttribution(chosen);
        Q_EMIT attributionChosen(chosen);
    });
}

void LocusPanel::setAttribution(Attribution attribution) {
    if (attribution == m_attribution)
        return;
    m_attribution = attribution;
    m_attributions->button(static_cast<int>(attribution))->setChecked(true);
    session().showGradients(attribution == Attribution::Gradient);
    if (report())
        refresh(ChartView::Keep::View);
}

void LocusPanel::reportReplaced() {
    session().jobs().cancelGroup(linkageGroup);
    m_linkage.reset();
    m_asked.reset();
    m_genes.clear();
    if (!report())
        m_contents->want({});
    if (report() && session().study())
        m_genes = geneModels(session().study()->annotation(), report()->gene, report()->window);
}

void LocusPanel::askForLinkage() {
    if (!report())
        return;
    const std::optional<size_t> selected = selectedVariant();
    const std::optional<size_t> wanted = selected ? selected : leadVariant(*report());
    if (!wanted)
        return;
    const VariantResult& reference = report()->variants[*wanted];
    if (m_asked == reference)
        return;
    if (m_linkage && m_linkage->reference == reference) {
        session().jobs().cancelGroup(linkageGroup);
        m_asked.reset();
        return;
    }
    m_asked = reference;
    session().jobs().run<Linkage>(
        tr("LD with %1").arg(variantText(reference)), linkageGroup, JobRunner::Priority::Seen,
        [report = report(), index = *wanted](const RunContext& context) -> Result<Linkage> {
            DS_TRY(context.checkpoint());
            return linkageWith(*report, index);
        },
        this,
        [this](Result<Linkage> linkage) {
            m_asked.reset();
            if (!linkage || !report() || linkage->r2.size() != report()->variants.size())
                return;
            m_linkage = std::make_shared<const Linkage>(std::move(*linkage));
            refresh(ChartView::Keep::View);
            Q_EMIT linkageShown();
        });
}

void LocusPanel::tellRegion() {
    if (!report() || view().tracks().empty())
        return setSummary({});
    const AxisRange seen = view().tracks().front().chart->xRange();
    QStringList parts{seenText(report()->window.contig, seen.lower, seen.upper)};
    if (m_attribution == Attribution::Gradient)
        parts.prepend(gradientText(*report()));
    setSummary(parts.join(QStringLiteral(", ")));
}

void LocusPanel::showRegion() {
    if (view().tracks().empty())
        return;
    const QScopedValueRollback showing(m_showing, true);
    view().showAlongX(m_region.value_or(view().tracks().front().chart->fullX()));
    m_seen = view().tracks().front().chart->xRange();
}

void LocusPanel::setRegion(const std::optional<AxisRange>& region) {
    if (region == m_region)
        return;
    m_region = region;
    showRegion();
    tellRegion();
}

void LocusPanel::takeRegion() {
    tellRegion();
    if (report())
        askForContents();
    if (m_showing || view().tracks().empty())
        return;
    const PlotChart& chart = *view().tracks().front().chart;
    if (std::exchange(m_seen, chart.xRange()) == chart.xRange())
        return; // another height, or the same figure in another style
    m_region = chart.xRange() == chart.fullX() ? std::nullopt : std::optional(chart.xRange());
    Q_EMIT regionChosen();
}

void LocusPanel::refresh(ChartView::Keep keep) {
    const bool fits = m_linkage && m_linkage->r2.size() == report()->variants.size();
    {
        const QScopedValueRollback showing(m_showing, true);
        showFigure({.report = report(),
                    .genes = m_genes,
                    .linkage = fits ? m_linkage : nullptr,
                    .attribution = m_attribution,
                    .colour = m_colour,
                    .layout = m_layout,
                    .haplotypes = m_contents->haplotypes(),
                    .triangle = m_contents->triangle(),
                    .people = selectedPeople()},
                   keep);
        if (m_region) // through other models, scores and numbers of tracks
            showRegion();
        else if (!view().tracks().empty())
            m_seen = view().tracks().front().chart->xRange();
    }
    tellRegion();
    m_tracks = tracksIn(*report());
    m_tracksButton->setTracks(m_tracks, m_layout);
    makeRoom();
    view().setSelected(selectedVariant());
    askForLinkage();
    askForContents();
}

} // namespace diploscope::ui
