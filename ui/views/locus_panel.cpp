// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/locus_panel.h"

#include "charts/locus_chart.h"
#include "viewmodels/gene_text.h"
#include "viewmodels/snv_details.h"

namespace diploscope::ui {
namespace {

const QString linkageGroup = QStringLiteral("linkage");

Figure makeFigure(const LocusTracks& shown, const ChartStyle& style, Medium medium) {
    auto locus = std::make_unique<LocusChart>(shown, style, medium);
    Figure figure;
    FigureTrack ism{&locus->ism(), {&locus->ism().snvs(), &locus->ism().drivers()}, {}};
    for (const auto& snv : shown.ism.snvs)
        ism.datum.push_back(snv.variant);
    FigureTrack eqtl{&locus->eqtl(), {&locus->eqtl().snvs(), &locus->eqtl().drivers()}, {}};
    for (const auto& snv : shown.associations)
        eqtl.datum.push_back(snv.variant);
    figure.tracks.push_back(std::move(ism));
    figure.tracks.push_back(std::move(eqtl));
    figure.widget = std::move(locus);
    return figure;
}

} // namespace

LocusPanel::LocusPanel(Session& session, Selection& selection, QWidget* parent)
    : ChartPanel(tr("Locus"), ChartView::Zoom::AlongX, {174, 110, 300}, QStringLiteral("locus"), session,
                 selection, parent) {
    view().setToolTipSource([this](size_t variant) { return snvToolTip(*report(), variant); });
    joinVariantSelection(view(), selection);
    connect(&selection, &Selection::variantChanged, this, &LocusPanel::askForLinkage);
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
    const std::optional<size_t> selected = selection().variant();
    const std::optional<size_t> wanted = selected ? selected : leadVariant(*report());
    if (!wanted || *wanted >= report()->variants.size() || wanted == m_asked)
        return;
    if (m_linkage && m_linkage->reference == *wanted) {
        session().jobs().cancelGroup(linkageGroup);
        m_asked.reset();
        return;
    }
    m_asked = wanted;
    session().jobs().run<Linkage>(
        tr("LD with %1").arg(variantText(report()->variants[*wanted])), linkageGroup,
        JobRunner::Priority::Seen,
        [report = report(), reference = *wanted](const RunContext& context) -> Result<Linkage> {
            DS_TRY(context.checkpoint());
            return linkageWith(*report, reference);
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

void LocusPanel::refresh(ChartView::Keep keep) {
    const bool fits = m_linkage && m_linkage->r2.size() == report()->variants.size();
    const auto shown = std::make_shared<const LocusTracks>(
        locusTracks(*report(), m_genes, fits ? m_linkage.get() : nullptr));
    setSummary(shown->region);
    view().setFigure(
        [shown](const ChartStyle& style, Medium medium) { return makeFigure(*shown, style, medium); }, keep);
    view().setSelected(selection().variant());
    askForLinkage();
}

} // namespace diploscope::ui
