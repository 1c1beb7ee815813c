// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/locus_panel.h"

#include "viewmodels/gene_text.h"
#include "viewmodels/number_text.h"
#include "viewmodels/snv_details.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QToolButton>

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
    : ChartPanel(tr("Locus"), ChartView::Zoom::AlongX, GeneFigure::Locus, session, selection, parent) {
    view().setToolTipSource([this](size_t variant) { return snvToolTip(*report(), variant); });
    joinVariantSelection();
    connect(&selection, &Selection::variantsChanged, this, &LocusPanel::askForLinkage);
    connect(&view(), &ChartView::rangesChanged, this, &LocusPanel::showRegion);
    addColourChoice();
    addAttributionChoice();
}

void LocusPanel::addColourChoice() {
    m_carriers = new QToolButton;
    m_carriers->setText(tr("Carriers"));
    m_carriers->setToolTip(
        tr("Colour SNVs by the fraction of people, of those with a genotype, who carry any "
           "non-reference allele, as the paper does; otherwise by MAF"));
    m_carriers->setCheckable(true);
    m_carriers->setProperty("role", "tiny");
    connect(m_carriers, &QToolButton::clicked, this, [this](bool carriers) {
        setSnvColour(carriers ? SnvColour::CarrierFraction : SnvColour::Maf);
        Q_EMIT snvColourChosen(m_colour);
    });
    addToHeader(m_carriers);
}

void LocusPanel::setSnvColour(SnvColour colour) {
    m_colour = colour;
    m_carriers->setChecked(colour == SnvColour::CarrierFraction);
    if (report())
        refresh(ChartView::Keep::View);
}

void LocusPanel::addAttributionChoice() {
    auto* choice = new QWidget;
    auto* row = new QHBoxLayout(choice);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2);
    auto* group = new QButtonGroup(choice);
    const auto add = [&](Attribution attribution, const QString& name, const QString& tip) {
        auto* button = new QToolButton;
        button->setText(name);
        button->setToolTip(tip);
        button->setCheckable(true);
        button->setChecked(attribution == m_attribution);
        button->setProperty("role", "tiny");
        group->addButton(button);
        row->addWidget(button);
        connect(button, &QToolButton::clicked, this, [this, attribution] { chooseAttribution(attribution); });
    };
    add(Attribution::Ism, tr("ISM"), tr("What each SNV alone changes of the prediction"));
    add(Attribution::Gradient, tr("Gradient"),
        tr("What the gradient at the reference says of each SNV: one backward pass for the whole locus"));
    addToHeader(choice);
}

void LocusPanel::chooseAttribution(Attribution attribution) {
    m_attribution = attribution;
    session().showGradients(attribution == Attribution::Gradient);
    if (report())
        refresh(ChartView::Keep::View);
}

void LocusPanel::reportReplaced() {
    session().jobs().cancelGroup(linkageGroup);
    m_linkage.reset();
    m_asked.reset();
    m_genes.clear();
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

void LocusPanel::showRegion() {
    if (!report() || view().tracks().empty())
        return setSummary({});
    const AxisRange seen = view().tracks().front().chart->xRange();
    QStringList parts{seenText(report()->window.contig, seen.lower, seen.upper)};
    if (m_attribution == Attribution::Gradient)
        parts.prepend(gradientText(*report()));
    setSummary(parts.join(QStringLiteral(", ")));
}

std::optional<AxisRange> LocusPanel::zoomedTo() const {
    if (view().tracks().empty())
        return std::nullopt;
    const PlotChart& chart = *view().tracks().front().chart;
    return chart.xRange() == chart.fullX() ? std::nullopt : std::optional(chart.xRange());
}

void LocusPanel::refresh(ChartView::Keep keep) {
    const bool fits = m_linkage && m_linkage->r2.size() == report()->variants.size();
    const std::optional<AxisRange> zoomed = keep == ChartView::Keep::Nothing ? std::nullopt : zoomedTo();
    const size_t tracks = view().tracks().size();
    showFigure({.report = report(),
                .genes = m_genes,
                .linkage = fits ? m_linkage : nullptr,
                .attribution = m_attribution,
                .colour = m_colour},
               keep);
    // A view keeps the zoom of as many tracks as before; PIPs come with the last scores.
    if (zoomed && view().tracks().size() != tracks)
        for (const FigureTrack& track : view().tracks())
            track.chart->setRanges(*zoomed, track.chart->yRange());
    showRegion();
    view().setSelected(selectedVariant());
    askForLinkage();
}

} // namespace diploscope::ui
