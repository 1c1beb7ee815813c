// SPDX-License-Identifier: GPL-3.0-or-later
// MainWindow: which page is shown, and what bars and actions say of the state.
#include "main_window.h"

#include "viewmodels/window_text.h"
#include "views/app_theme.h"
#include "views/experiments_page.h"
#include "views/figures_page.h"
#include "views/gene_facts_page.h"
#include "views/gene_list_panel.h"
#include "views/gene_page.h"
#include "views/genome_page.h"
#include "views/status_line.h"
#include "views/study_page.h"
#include "views/top_bar.h"
#include "views/welcome_page.h"
#include "views/window_actions.h"

#include <QAction>
#include <QStackedWidget>
#include <QThread>

namespace diploscope::ui {

void MainWindow::showPage() {
    using Page = Document::Page;
    const Page wanted = m_documents.document().page;
    m_genes->setVisible(isOpen());
    QWidget* page = m_welcome;
    if (isOpen() && wanted == Page::Genome)
        page = m_genomePage;
    else if (isOpen() && wanted == Page::Experiments)
        page = m_experimentsPage;
    else if (isOpen() && wanted == Page::Figures)
        page = m_figuresPage;
    else if (isOpen() && m_session.shown().gene() == nullptr)
        page = m_studyPage;
    else if (isOpen())
        page = m_session.isPublished() ? static_cast<QWidget*>(m_factsPage) : m_genePage;
    m_pages->setCurrentWidget(page);
    m_experiments.setLookedAt(page == m_experimentsPage);
    m_figuresPage->setLookedAt(page == m_figuresPage);
    for (const auto& [action, of] :
         {std::pair(m_actions->genePage, Page::Gene), std::pair(m_actions->genomePage, Page::Genome),
          std::pair(m_actions->experimentsPage, Page::Experiments),
          std::pair(m_actions->figuresPage, Page::Figures)}) {
        action->setEnabled(isOpen());
        action->setChecked(isOpen() && wanted == of);
    }
}

void MainWindow::showState() {
    const Gene* gene = isOpen() ? m_session.shown().gene() : nullptr;
    const bool analysing = m_session.results().isAnalyzing();
    m_actions->closeStudy->setEnabled(isOpen());
    m_actions->saveSession->setEnabled(isOpen());
    m_actions->region->setEnabled(gene != nullptr && !m_session.isPublished());
    m_actions->select->setEnabled(gene != nullptr && m_session.shown().report() &&
                                  m_session.shown().report()->complete);
    m_actions->previousGene->setEnabled(isOpen());
    m_actions->nextGene->setEnabled(isOpen());
    m_actions->analyseAll->setEnabled(isOpen() && m_session.model().predictor() && !analysing);
    m_actions->storedRuns->setEnabled(isOpen() && !m_session.isPublished());
    m_actions->currentRun->setEnabled(m_genome.runs().opened() != nullptr);
    m_actions->cancel->setEnabled(gene != nullptr &&
                                  !(m_session.shown().report() && m_session.shown().report()->complete));
    m_genes->setAnalysing(analysing);

    const StudyFile* study = isOpen() ? &m_session.study()->file() : nullptr;
    setWindowTitle(titleOfWindow(study, gene));
    m_status->setStudy(study != nullptr ? studyText(*study) : tr("No study is open"),
                       study != nullptr ? QString::fromStdString(study->path.string()) : QString());

    const QString device = QString::fromStdString(textOf(m_session.settings().devices));
    const int threads = m_session.settings().threads;
    const ChosenModel& model = m_session.model();
    const bool ready = model.predictor() && model.score();
    m_topBar->setScore(
        ready ? QString::fromStdString(describeScore(*model.score(), model.predictor()->info())) : QString(),
        ready);
    m_actions->score->setEnabled(ready);
    m_topBar->setDevice(device, model.predictor() != nullptr, m_theme.chartStyle());
    m_status->setMachine({device, threads > 0 ? threads : QThread::idealThreadCount(), m_surroundings.blas,
                          m_surroundings.blasWarning});
    m_status->setScores(m_session.shown().scoresFromCache(), m_session.shown().scoresComputed());
}

} // namespace diploscope::ui
