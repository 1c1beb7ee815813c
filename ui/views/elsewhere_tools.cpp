// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/elsewhere_tools.h"

#include "analysis/scores_elsewhere.h"
#include "viewmodels/counted_text.h"
#include "views/dialog_parts.h"
#include "views/export_places.h"
#include "views/message_stack.h"
#include "views/window_actions.h"

#include <QAction>
#include <QFileDialog>
#include <QInputDialog>

namespace diploscope::ui {

namespace {

namespace fs = std::filesystem;

const QString readingGroup = QStringLiteral("scores made elsewhere");

fs::path pathOf(const QString& text) {
    return {text.toStdString()};
}

} // namespace

ElsewhereTools::ElsewhereTools(Session& session, WindowActions& actions, MessageStack& messages,
                               QWidget* window)
    : QObject(window), m_session(session), m_actions(actions), m_messages(messages), m_window(window) {
    connect(actions.writeSequences, &QAction::triggered, this, &ElsewhereTools::askWhich);
    connect(actions.readScores, &QAction::triggered, this, &ElsewhereTools::askForScores);
    connect(&session, &Session::studyOpened, this, &ElsewhereTools::showState);
    connect(&session, &Session::modelChanged, this, &ElsewhereTools::showState);
    connect(&session, &Session::studyClosed, this, [this] {
        m_session.jobs().cancelGroup(readingGroup);
        showState();
    });
    showState();
}

void ElsewhereTools::showState() {
    const auto& model = m_session.model().predictor();
    const bool reads =
        m_session.study() && !m_session.isPublished() && model && model->info().scoresOf != ScoresOf::Listed;
    m_actions.writeSequences->setEnabled(reads);
    m_actions.readScores->setEnabled(reads);
}

void ElsewhereTools::askWhich() {
    const auto study = m_session.study();
    if (!study)
        return;
    const auto shown = m_session.shown().gene();
    const QString all =
        tr("All genes of the study: %1").arg(countedText(int64_t(study->genes().size()), counted::genes));
    if (!shown) {
        askWhere(true);
        return;
    }
    auto* dialog = new QInputDialog(m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Sequences to score elsewhere"));
    dialog->setLabelText(
        tr("Every sequence that these ask %1 for and that has no score yet is written once:\n"
           "people's haplotypes, and the reference with each variant.")
            .arg(QString::fromStdString(m_session.model().name())));
    dialog->setComboBoxItems(
        {tr("The gene that is shown: %1").arg(QString::fromStdString(shown->name)), all});
    dialog->setOkButtonText(tr("&Choose a folder…"));
    connect(dialog, &QInputDialog::textValueSelected, this,
            [this, all](const QString& text) { askWhere(text == all); });
    dialog->open();
}

void ElsewhereTools::askWhere(bool ofAllGenes) {
    askForExport(m_session.jobs(), m_window,
                 {tr("A new folder for the sequences"), QFileDialog::AnyFile, QStringLiteral("sequences")},
                 m_session.study(), this,
                 [this, ofAllGenes](const QString& folder) { writeSequences(ofAllGenes, pathOf(folder)); });
}

void ElsewhereTools::writeSequences(bool ofAllGenes, const fs::path& folder) {
    const std::shared_ptr<const Workspace> workspace = m_session.workspace();
    const auto shown = m_session.shown().gene();
    if (!workspace || !workspace->isReady() || (!ofAllGenes && !shown))
        return;
    ElsewhereModel model{m_session.model().choice().toStdString(), m_session.model().request(),
                         workspace->predictor, workspace->score()};
    m_session.jobs().run<SequencesWritten>(
        tr("Sequences to score elsewhere"), QString(), JobRunner::Priority::Background,
        [workspace, model, folder, gene = ofAllGenes ? std::string() : shown->id](
            const RunContext& context) -> Result<SequencesWritten> {
            std::vector<const StudyGene*> genes;
            if (gene.empty())
                for (const StudyGene& one : workspace->study()->genes())
                    genes.push_back(&one);
            else {
                DS_ASSIGN(const StudyGene* one, workspace->study()->findGene(gene));
                genes.push_back(one);
            }
            DS_ASSIGN(const auto cache, workspace->scores(context));
            return diploscope::writeSequences(*workspace->study(), genes, model, folder,
                                              {.known = cache.get(), .method = workspace->options.method},
                                              context);
        },
        this,
        [this, folder](const Result<SequencesWritten>& written) {
            if (!written) {
                m_messages.showError(written.error());
                return;
            }
            const QString genes = countedText(written->genes, counted::genes);
            const QString known =
                tr("%1 with a score here already").arg(countedText(written->known, counted::sequences));
            if (written->sequences == 0) {
                m_messages.tell(tr("Nothing of %1 is left to be scored, and nothing was written").arg(genes),
                                known);
                return;
            }
            QString place = QString::fromStdString(folder.string());
            if (written->known > 0)
                place += tr(" · left out: %1").arg(known);
            m_messages.tell(tr("Written: %1 of %2. Put scores.tsv beside them and read the scores")
                                .arg(countedText(written->sequences, counted::sequences), genes),
                            place);
        });
}

void ElsewhereTools::askForScores() {
    const QFileDialog* dialog = openFileDialog(
        m_window, tr("The folder of sequences that holds their scores"), QFileDialog::Directory);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this](const QString& folder) { readScores(pathOf(folder)); });
}

void ElsewhereTools::readScores(const fs::path& folder) {
    const std::shared_ptr<const Workspace> workspace = m_session.workspace();
    if (!workspace || !workspace->isReady())
        return;
    m_session.jobs().run<ScoresTaken>(
        tr("Scores made elsewhere"), readingGroup, JobRunner::Priority::Background,
        [workspace, folder](const RunContext& context) -> Result<ScoresTaken> {
            DS_ASSIGN(const SequenceFolder sequences, SequenceFolder::read(folder));
            DS_ASSIGN(const std::vector<fs::path> files, sequences.scoreFiles());
            DS_ASSIGN(const auto cache, workspace->scores(context));
            return importScores(*workspace->study(), sequences, files, workspace->predictor,
                                workspace->score(), workspace->options.method, *cache, context);
        },
        this,
        [this, workspace, folder](const Result<ScoresTaken>& taken) {
            if (!taken) {
                m_messages.showError(taken.error());
                return;
            }
            m_messages.tell(
                QString::fromStdString(inWords(*taken)),
                QString::fromStdString(taken->taken > 0 ? checksInWords(*taken) : folder.string()));
            if (m_session.workspace() == workspace)
                m_session.shown().askAgain();
        });
}

} // namespace diploscope::ui
