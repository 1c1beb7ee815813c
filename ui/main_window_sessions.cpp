// SPDX-License-Identifier: GPL-3.0-or-later
// MainWindow: studies and sessions, from the file to the document and back.
#include "main_window.h"

#include "document/session_file.h"
#include "viewmodels/gene_text.h"
#include "viewmodels/number_text.h"
#include "views/message_stack.h"
#include "views/session_files.h"
#include "views/top_bar.h"
#include "views/welcome_page.h"
#include "views/window_actions.h"

#include <utility>

namespace diploscope::ui {

void MainWindow::openStudy(const QString& file, const QString& gene, const QString& model) {
    if (isSessionFile(file.toStdString()))
        return m_sessions->open(file, gene, model);
    m_opening.want({.gene = gene});
    m_session.openStudy(file, model);
}

void MainWindow::openDocument(const Document& document, const QString& gene) {
    m_opening.wantSession(document, gene);
    m_session.openStudy(QString::fromStdString(document.study.string()),
                        QString::fromStdString(document.model));
}

Document MainWindow::freshDocument() const {
    Document fresh;
    fresh.attribution = m_documents.document().attribution;
    fresh.colour = m_preferences.snvColour;
    return fresh;
}

void MainWindow::takeStudy() {
    closeDialogsOfStudy();
    m_places.clear();
    Opening::Begun begun = m_opening.begin(m_session, m_documents.document(), freshDocument());
    if (!begun.lost.isEmpty())
        m_messages->tell(
            tr("The study does not have all that the session shows"),
            tr("Left out: %1. The rest is as it was.").arg(begun.lost.join(QStringLiteral(", "))));
    takeGenes();
    m_preferences.addRecentStudy(QString::fromStdString(begun.document.study.string()));
    m_actions->setRecentStudies(m_preferences.recentStudies);
    m_welcome->setRecentStudies(m_preferences.recentStudies);
    showModels();
    lookForModels();
    m_documents.replace(std::move(begun.document));
    if (begun.noSuchGene)
        m_session.showGene(*begun.noSuchGene); // which says why not
    showPage();
    showState();
    remember();
}

void MainWindow::settleVariants() {
    const std::optional<Opening::Known> known =
        m_opening.settle(m_documents.document(), m_session.shown().report().get());
    if (!known || known->lost == 0)
        return;
    m_documents.amend(known->document);
    m_messages->tell(
        tr("The gene does not have all SNVs that were to be selected"),
        tr("Left out: %1 of %2.")
            .arg(countText(static_cast<int64_t>(known->lost)), countText(static_cast<int64_t>(known->all))));
}

void MainWindow::turnToAllGenes() {
    if (m_opening.turnsToAllGenes(m_session))
        analyseAll();
}

void MainWindow::takeReport() {
    const std::shared_ptr<const GeneReport> report = m_session.shown().report();
    if (!report || report->complete)
        showVariants();
    settleVariants();
    turnToAllGenes();
    showState();
}

void MainWindow::closeStudy() {
    m_opening.forget();
    m_session.closeStudy();
    m_jobs.clearFinished();
    remember();
}

/// The session's study is closed.
void MainWindow::dropStudy() {
    closeDialogsOfStudy();
    m_places.clear();
    m_topBar->setGenes({});
    m_documents.replace(freshDocument());
    showPage();
    showState();
}

void MainWindow::offer(const std::filesystem::path& left, const Document& shown) {
    QStringList showed{QString::fromStdString(shown.study.string())};
    if (!shown.gene.empty())
        showed << shownName(shown.gene);
    m_messages->tellWith(tr("The window ended before it was closed"),
                         tr("It showed %1.").arg(showed.join(QStringLiteral(", "))), tr("Open it again"),
                         [this, left] { m_sessions->open(QString::fromStdString(left.string())); });
}

} // namespace diploscope::ui
