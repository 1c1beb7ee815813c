// SPDX-License-Identifier: GPL-3.0-or-later
// MainWindow: where one looks, how one gets there and back, and what is selected by saying so.
#include "main_window.h"

#include "charts/track_chart.h"
#include "viewmodels/destination.h"
#include "viewmodels/gene_text.h"
#include "viewmodels/locus_tracks.h"
#include "views/experiments_page.h"
#include "views/gene_page.h"
#include "views/genome_page.h"
#include "views/locus_panel.h"
#include "views/message_stack.h"
#include "views/select_dialog.h"
#include "views/top_bar.h"
#include "views/window_actions.h"

#include <QAction>
#include <QScopedValueRollback>

namespace diploscope::ui {

namespace {

/// Of a step in the Edit menu, where what was typed may be of any length.
QString shortened(const QString& typed) {
    constexpr qsizetype most = 40;
    const QString shown = shownName(typed.trimmed().toStdString());
    return shown.size() <= most ? shown : shown.left(most) + QStringLiteral("…");
}

} // namespace

void MainWindow::takeGenes() {
    QStringList names;
    for (const Gene& gene : m_session.genes().all()) {
        names << geneText(gene);
        if (gene.name != gene.id)
            names << QString::fromStdString(gene.id);
    }
    m_topBar->setGenes(names);
}

/// They can be gone to by id.
void MainWindow::showVariants() {
    QStringList ids;
    if (const auto& report = m_session.shown().report())
        for (const VariantResult& variant : report->variants)
            if (!variant.id.empty() && variant.id != ".")
                ids << shownName(variant.id);
    m_topBar->setVariants(ids);
}

void MainWindow::openGene(const QString& text) {
    m_session.showGene(text);
    if (m_documents.document().page == Document::Page::Genome)
        showGenePage();
}

void MainWindow::goTo(const QString& text) {
    const std::optional<AxisRange> seen = m_genePage->locus().seen();
    const Gene* shown = m_session.shown().gene();
    const bool isSeen = seen && shown != nullptr;
    const Result<Destination> found = findDestination(
        text, m_session,
        isSeen ? std::optional(seenRegion({}, seen->lower, seen->upper).length()) : std::nullopt);
    if (!found)
        return m_messages->showError(found.error());
    if (!found->region && !found->variant)
        return openGene(QString::fromStdString(found->gene->id));
    {
        const QScopedValueRollback jumping(m_jumping, true);
        change(tr("Go to %1").arg(shortened(text)), [&](Document& next) {
            next = ofGene(std::move(next), found->gene->id);
            next.region = axisOf(*found->region);
            if (found->variant)
                next.selected.variants = {*found->variant};
            next.page = Document::Page::Gene;
        });
    }
    // Of a gene that is not shown yet the report will say whether it has that SNV.
    m_variantsUnknown = m_variantsUnknown || found->variant.has_value();
    if (m_variantsUnknown && m_session.shown().report() && m_session.shown().report()->complete)
        dropUnknownVariants();
}

void MainWindow::goToPlace(const Place& place, const QString& name) {
    const Result<const Gene*> gene = m_session.genes().find(QString::fromStdString(place.gene));
    if (!gene)
        return m_messages->showError(gene.error());
    change(name.arg(geneText(**gene)), [&](Document& next) {
        next = ofGene(std::move(next), place.gene);
        next.region = place.region;
        next.page = Document::Page::Gene;
    });
    takePlace(m_documents.document()); // also where that is no step: one looks there already
}

/// The document shows it already.
void MainWindow::takePlace(const Document& before) {
    const Document& now = m_documents.document();
    const Place here{now.gene, now.region};
    if (!now.gene.empty()) {
        if (m_undoing)
            m_places.returnTo(here);
        else if (m_jumping || now.gene != before.gene || now.study != before.study)
            m_places.visit(here);
        else
            m_places.settle(here);
    }
    m_actions->back->setEnabled(m_places.canGoBack());
    m_actions->forward->setEnabled(m_places.canGoForward());
}

void MainWindow::chooseDrag(const QAction* action) {
    const auto drag = static_cast<ChartView::Drag>(action->data().toInt());
    m_genePage->setDrag(drag);
    m_genomePage->setDrag(drag);
    m_experimentsPage->setDrag(drag);
}

void MainWindow::selectBy() {
    auto* dialog = findChild<SelectDialog*>(QString(), Qt::FindDirectChildrenOnly);
    if (dialog == nullptr) {
        dialog = new SelectDialog(m_session, m_selection, this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
    }
    dialog->show();
    dialog->raise();
    dialog->activateWindow();
}

} // namespace diploscope::ui
