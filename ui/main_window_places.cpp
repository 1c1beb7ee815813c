// SPDX-License-Identifier: GPL-3.0-or-later
// MainWindow: where one looks, how one gets there and back, and what is selected by saying so.
#include "main_window.h"

#include "charts/track_chart.h"
#include "document/step_names.h"
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

namespace diploscope::ui {

void MainWindow::takeGenes() {
    m_topBar->setGenes(geneDestinations(m_session.genes().all()));
}

void MainWindow::showVariants() {
    const auto report = m_session.shown().report();
    m_topBar->setVariants(report ? variantDestinations(*report) : QStringList());
}

void MainWindow::openGene(const QString& text) {
    m_session.showGene(text);
    if (m_documents.document().page == Document::Page::Genome)
        turnTo(Document::Page::Gene);
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
    const auto goThere = [&](Document& next) {
        next = atPlace(std::move(next), {found->gene->id, axisOf(*found->region)});
        if (found->variant)
            next.selected.variants = {*found->variant};
    };
    change(tr("Go to %1").arg(shortened(text)), goThere, DocumentStack::Kind::Jump);
    if (found->variant)
        m_opening.doubtVariants();
    settleVariants();
}

void MainWindow::goToPlace(const Place& place, const QString& name) {
    const Result<const Gene*> gene = m_session.genes().find(QString::fromStdString(place.gene));
    if (!gene)
        return m_messages->showError(gene.error());
    change(name.arg(geneText(**gene)), [&](Document& next) { next = atPlace(std::move(next), place); });
    showPlaces(); // also where that is no step: one looks there already
}

void MainWindow::showPlaces() {
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
