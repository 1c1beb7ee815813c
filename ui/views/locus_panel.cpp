// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/locus_panel.h"

#include "viewmodels/destination.h"
#include "viewmodels/gene_text.h"
#include "viewmodels/number_text.h"
#include "views/locus_bar.h"
#include "views/references_button.h"
#include "views/track_grips.h"
#include "views/tracks_button.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QScopedValueRollback>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <utility>

namespace diploscope::ui {
namespace {

constexpr int64_t aroundTss = 1000; ///< bp on either side

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
    , m_bar(new LocusBar)
    , m_contents(new LocusContents(session.jobs(), this))
    , m_grips(new TrackGrips(view()))
    , m_tracksButton(new TracksButton)
    , m_referencesButton(new ReferencesButton([this] {
        return ReferencesButton::Now{this->report(), selectedVariant(), m_references};
    })) {
    explainBy(QStringLiteral("reading.md#locus"));
    view().setLeastSpan(static_cast<double>(LeastSeen));
    view().setToolTipSource([this](size_t variant) { return toolTipOf(variant); });
    joinVariantSelection();
    connect(&view(), &ChartView::rangesChanged, this, &LocusPanel::takeRegion);
    addColourChoice();
    addAttributionChoice();
    addTracks();
    addReferences();
    addBar();
    makeRoom();
}

void LocusPanel::addBar() {
    content()->insertWidget(0, m_bar);
    connect(m_bar, &LocusBar::placeTyped, this, &LocusPanel::placeTyped);
    connect(m_bar, &LocusBar::zoomed, this,
            [this](double factor) { view().zoomBy(factor, view().middle(), false); });
    connect(m_bar, &LocusBar::tssWanted, this, [this] {
        const Gene& gene = report()->gene;
        goRound(static_cast<double>(gene.tss() + 1), aroundTss,
                gene.centre ? tr("Centre ±1 kb") : tr("TSS ±1 kb"));
    });
    connect(m_bar, &LocusBar::snvWanted, this, &LocusPanel::goToSnv);
    connect(m_bar, &LocusBar::wholeWanted, this, &LocusPanel::goToWindow);
}

std::optional<AxisRange> LocusPanel::seen() const {
    return view().tracks().empty() ? std::nullopt : std::optional(view().tracks().front().chart->xRange());
}

void LocusPanel::goRound(double place, int64_t reach, const QString& name) {
    const double half = static_cast<double>(reach) + 0.5;
    setRegion(AxisRange{place - half, place + half});
    Q_EMIT placeChosen(name);
}

void LocusPanel::goToSnv() {
    const std::optional<AxisRange> now = seen();
    if (!now)
        return;
    const std::optional<size_t> selected = selectedVariant();
    const double place = selected ? static_cast<double>(report()->variants[*selected].position + 1)
                                  : std::round((now->lower + now->upper) / 2);
    goRound(place, SeenRound, selected ? variantText(report()->variants[*selected]) : tr("±100 bp"));
}

void LocusPanel::goToWindow() {
    setRegion(std::nullopt);
    view().showAll(); // the heights of tracks, too
    Q_EMIT placeChosen(tr("the whole window"));
}

void LocusPanel::setChartStyle(const ChartStyle& style) {
    m_grips->setChartStyle(style);
    ChartPanel::setChartStyle(style);
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
            return session().shown().showGradients(chosen ==
                                                   Attribution::Gradient); // again, where that was stopped
        setAttribution(chosen);
        Q_EMIT attributionChosen(chosen);
    });
}

void LocusPanel::setAttribution(Attribution attribution) {
    if (attribution == m_attribution)
        return;
    m_attribution = attribution;
    m_attributions->button(static_cast<int>(attribution))->setChecked(true);
    session().shown().showGradients(attribution == Attribution::Gradient);
    if (report())
        refresh(ChartView::Keep::View);
}

void LocusPanel::reportReplaced() {
    m_genes.clear();
    if (!report())
        m_bar->setRegion(std::nullopt);
    askForContents(); // what was worked out of another report goes before anything is drawn
    if (report())
        m_bar->setCentred(report()->gene.centre.has_value());
    if (report() && session().study())
        m_genes = geneModels(session().study()->annotation(), report()->gene, report()->window);
}

void LocusPanel::tellRegion() {
    const std::optional<Region> bases = seenBases();
    m_bar->setRegion(bases);
    setSummary(bases && m_attribution == Attribution::Gradient ? gradientText(*report()) : QString());
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

GeneFigureSpec LocusPanel::spec() const {
    return {.report = report(),
            .genes = m_genes,
            .linkages = m_contents->linkages(),
            .given = m_contents->given(),
            .attribution = m_attribution,
            .colour = m_colour,
            .layout = m_layout,
            .haplotypes = m_contents->haplotypes(),
            .triangle = m_contents->triangle(),
            .models = m_models,
            .files = m_contents->withData(shownFiles(studyTracks(), m_layout)),
            .regions = m_regions};
}

void LocusPanel::showContents(const std::string& track) {
    const bool isShownAlready =
        std::any_of(view().tracks().begin(), view().tracks().end(),
                    [&track](const FigureTrack& shown) { return shown.key == track; });
    // Signals that share a scale change with each other.
    if (!isShownAlready || m_layout.sharedScale)
        return refresh(ChartView::Keep::View);
    const QScopedValueRollback showing(m_showing, true);
    showTrack(track, spec());
    makeRoom();
}

void LocusPanel::refresh(ChartView::Keep keep) {
    {
        const QScopedValueRollback showing(m_showing, true);
        showFigure(spec(), keep);
        if (m_region) // through other models, scores and numbers of tracks
            showRegion();
        else if (!view().tracks().empty())
            m_seen = view().tracks().front().chart->xRange();
    }
    tellRegion();
    m_tracks = tracksIn(*report(), m_models, shownFiles(studyTracks(), m_layout));
    m_tracksButton->setTracks(m_tracks, m_layout);
    makeRoom();
    view().setSelected(selectedVariants());
    markPeople();
    askForContents();
}

ReadyFigure LocusPanel::toSave() const {
    GeneFigureSpec saved = spec();
    const std::vector<size_t> people = selectedPeople();
    saved.people = {people.begin(), people.end()};
    return registered(GeneFigure::Locus).make(saved);
}

void LocusPanel::markPeople() {
    const std::vector<size_t> people = selectedPeople();
    view().setMarkedPeople({people.begin(), people.end()});
}

} // namespace diploscope::ui
