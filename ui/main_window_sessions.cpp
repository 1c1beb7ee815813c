// SPDX-License-Identifier: GPL-3.0-or-later
// MainWindow: studies and sessions, from the file to the document and back.
#include "main_window.h"

#include "base/log.h"
#include "document/session_file.h"
#include "viewmodels/gene_text.h"
#include "viewmodels/number_text.h"
#include "viewmodels/session_groups.h"
#include "views/export_places.h"
#include "views/message_stack.h"
#include "views/top_bar.h"
#include "views/welcome_page.h"
#include "views/window_actions.h"

#include <QAbstractButton>
#include <QMessageBox>
#include <QPushButton>

#include <set>
#include <utility>

namespace diploscope::ui {

namespace {

struct ReadSession {
    Document document;
    std::optional<Error> missing; ///< its study
};

struct LeftSession {
    std::filesystem::path file;
    Document document;
};

QStringList sessionFilters() {
    return {MainWindow::tr("Sessions (*.diploscope.json)"), MainWindow::tr("All files (*)")};
}

} // namespace

void MainWindow::openStudy(const QString& file, const QString& gene, const QString& model) {
    if (isSessionFile(file.toStdString()))
        return openSession(file, gene, model);
    m_wish = {.gene = gene};
    m_session.openStudy(file, model);
}

void MainWindow::openDocument(const Document& document, const QString& gene) {
    if (!gene.isEmpty())
        m_wish.gene = gene;
    m_wish.session = document;
    m_session.openStudy(QString::fromStdString(document.study.string()),
                        QString::fromStdString(document.model));
}

void MainWindow::openSession(const QString& file, const QString& gene, const QString& model) {
    m_wish = {.gene = gene};
    m_jobs.run<ReadSession>(
        tr("Opening %1").arg(file.section(QLatin1Char('/'), -1)), studyGroup, JobRunner::Priority::Seen,
        [path = std::filesystem::path(file.toStdString())](const RunContext&) -> Result<ReadSession> {
            DS_ASSIGN(Document document, readSession(path));
            std::optional<Error> missing = missingStudy(document, path);
            return ReadSession{std::move(document), std::move(missing)};
        },
        this,
        [this, model](Result<ReadSession> read) {
            if (!read) {
                m_wish = {};
                return m_messages->showError(read.error());
            }
            if (!model.isEmpty())
                read->document.model = model.toStdString();
            if (read->missing)
                return askWhereStudyIs(read->document, *read->missing);
            openDocument(read->document);
        });
}

void MainWindow::askWhereStudyIs(const Document& document, const Error& missing) {
    auto* box = new QMessageBox(QMessageBox::Warning, tr("Where is the study?"),
                                QString::fromStdString(missing.what), QMessageBox::Cancel, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setObjectName(QStringLiteral("movedStudy"));
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(
        tr("%1\n\nChoose the study where it is now: all else is as the session says. Its file stays as it is "
           "until you save it.")
            .arg(QString::fromStdString(missing.where)));
    const QAbstractButton* choose = box->addButton(tr("C&hoose the study…"), QMessageBox::AcceptRole);
    connect(box, &QMessageBox::buttonClicked, this, [this, choose, document](const QAbstractButton* clicked) {
        if (clicked != choose)
            return;
        QFileDialog* dialog = openFileDialog(this, tr("The session's study"), QFileDialog::ExistingFile);
        dialog->setNameFilters({tr("Studies (*.study.json)"), tr("All files (*)")});
        connect(dialog, &QFileDialog::fileSelected, this, [this, document](const QString& file) {
            Document found = document;
            found.study = file.toStdString();
            openDocument(found);
        });
    });
    box->open();
}

void MainWindow::askForSession() {
    QFileDialog* dialog = openFileDialog(this, tr("Open a session"), QFileDialog::ExistingFile);
    dialog->setNameFilters(sessionFilters());
    connect(dialog, &QFileDialog::fileSelected, this,
            [this](const QString& file) { openSession(file, {}, {}); });
}

void MainWindow::askToSaveSession() {
    if (!isOpen())
        return;
    const QString study = QString::fromStdString(m_documents.document().study.filename().string());
    const QString name = study.section(QLatin1Char('.'), 0, 0) + QStringLiteral(".diploscope.json");
    askForExport(m_jobs, this,
                 {.title = tr("Save the session"),
                  .proposal = name,
                  .suffix = QStringLiteral("diploscope.json"),
                  .filters = sessionFilters()},
                 m_session.study(), this, [this](const QString& file) { saveSession(file); });
}

void MainWindow::saveSession(const QString& file) {
    m_jobs.run<void>(
        tr("Saving %1").arg(file.section(QLatin1Char('/'), -1)), {}, JobRunner::Priority::Seen,
        [document = m_documents.shared(), path = std::filesystem::path(file.toStdString())](
            const RunContext&) { return writeSession(*document, path); },
        this,
        [this, file](const Result<void>& written) {
            if (written)
                m_messages->tell(tr("The session is saved"), file);
            else
                m_messages->showError(written.error());
        });
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
    const Wish wish = std::exchange(m_wish, {.allGenes = m_wish.allGenes});
    Document next = wish.session.value_or(freshDocument());
    next.study = m_session.study()->file().path;
    if (wish.session) {
        dropUnknown(next);
    } else {
        setModel(next, m_session.model().choice());
        next.filter = m_documents.document().filter;
        if (m_session.isPublished() && wish.gene.isEmpty())
            next.page = Document::Page::Genome;
    }
    const Gene* gene = nullptr;
    if (const Result<const Gene*> found = m_session.genes().find(wish.gene); found && !wish.gene.isEmpty())
        gene = *found;
    if (gene != nullptr)
        next = ofGene(std::move(next), gene->id);
    if (wish.edit)
        wish.edit(next, *m_session.study());
    m_variantsUnknown =
        wish.session && (!next.selected.variants.empty() || next.references != SnvReferences{});

    takeGenes();
    m_preferences.addRecentStudy(QString::fromStdString(next.study.string()));
    m_actions->setRecentStudies(m_preferences.recentStudies);
    m_welcome->setRecentStudies(m_preferences.recentStudies);
    showModels();
    lookForModels();
    m_documents.replace(std::move(next));
    if (gene == nullptr && !wish.gene.isEmpty())
        m_session.showGene(wish.gene); // which says why not
    showPage();
    showState();
    remember();
}

/// Of a session whose study is another one by now. Variants are known with the gene's report alone.
void MainWindow::dropUnknown(Document& document) {
    QStringList lost;
    const std::string model = m_session.model().choice().toStdString();
    if (document.model != model && !document.model.empty()) // a published one's
        lost << tr("model %1").arg(shownName(document.model));
    document.model = model;
    if (!document.against.empty() && !modelsOfStudy().contains(QString::fromStdString(document.against))) {
        lost << tr("model %1").arg(shownName(document.against));
        document.against.clear();
    }
    const Result<const Gene*> gene = m_session.genes().find(QString::fromStdString(document.gene));
    if (!gene && !document.gene.empty())
        lost << tr("gene %1, with what was selected in it").arg(shownName(document.gene));
    if (gene && !document.gene.empty())
        document.gene = (*gene)->id;
    else
        forgetGene(document);
    if (m_session.isPublished()) { // of which no runs are kept, and no random predictors told
        document.genome.run.reset();
        if (document.genome.null == NullChoice::Empirical)
            document.genome.null.reset();
    }
    qsizetype gone = 0;
    if (!document.genome.run) // which may be of genes that were of the study then
        gone = document.genome.genes.removeIf(
            [this](const QString& id) { return m_session.genes().findId(id.toStdString()) == nullptr; });
    if (gone > 0)
        lost << countedText(gone, tr("selected gene"), tr("selected genes"));
    const std::vector<std::string>& people = m_session.study()->people();
    const std::set<std::string> known(people.begin(), people.end());
    const size_t strangers = std::erase_if(
        document.selected.people, [&](const std::string& sample) { return !known.contains(sample); });
    if (strangers > 0)
        lost << countedText(static_cast<qsizetype>(strangers), tr("selected person"), tr("selected people"));
    if (!lost.isEmpty())
        m_messages->tell(tr("The study does not have all that the session shows"),
                         tr("Left out: %1. The rest is as it was.").arg(lost.join(QStringLiteral(", "))));
}

void MainWindow::dropUnknownVariants() {
    m_variantsUnknown = false;
    Document known = m_documents.document();
    std::optional<Variant>& given = known.references.given;
    const size_t all = known.selected.variants.size() + known.references.pinned.size() + (given ? 1 : 0);
    const auto isStranger = [report = m_session.shown().report()](const Variant& variant) {
        return !report->find(variant);
    };
    size_t strangers = std::erase_if(known.selected.variants, isStranger) +
                       std::erase_if(known.references.pinned, isStranger);
    if (given && isStranger(*given)) {
        given.reset();
        ++strangers;
    }
    if (strangers == 0)
        return;
    m_documents.amend(std::move(known));
    m_messages->tell(
        tr("The gene does not have all SNVs that were to be selected"),
        tr("Left out: %1 of %2.")
            .arg(countText(static_cast<int64_t>(strangers)), countText(static_cast<int64_t>(all))));
}

void MainWindow::takeReport() {
    const std::shared_ptr<const GeneReport> report = m_session.shown().report();
    if (!report || report->complete)
        showVariants();
    if (report && report->complete && m_variantsUnknown)
        dropUnknownVariants();
    if (m_wish.allGenes && report && report->complete) {
        m_wish.allGenes = false;
        analyseAll();
    }
    showState();
}

void MainWindow::closeStudy() {
    m_wish = {};
    m_session.closeStudy();
    m_jobs.clearFinished();
    remember();
}

/// The session's study is closed.
void MainWindow::dropStudy() {
    m_allGenesJob = 0;
    m_variantsUnknown = false;
    closeDialogsOfStudy();
    m_places.clear();
    m_topBar->setGenes({});
    m_documents.replace(freshDocument());
    showPage();
    showState();
}

void MainWindow::autosave() {
    if (m_closed)
        return;
    m_autosaver.keep([document = m_documents.shared()] {
        std::error_code ignored;
        if (document->study.empty())
            std::filesystem::remove(autosaveFile(), ignored);
        else if (const Result<void> written = writeSession(*document, autosaveFile()); !written)
            logError(written.error());
    });
}

/// There is nothing to come back to after a window that was closed.
void MainWindow::dropAutosave() {
    m_autosavePause.stop();
    if (!m_options.remember)
        return;
    m_autosaver.keep([left = m_leftAutosave] {
        std::error_code ignored;
        std::filesystem::remove(autosaveFile(), ignored);
        if (!left.empty())
            std::filesystem::remove(left, ignored);
    });
}

void MainWindow::lookForAutosave() {
    if (!m_options.remember)
        return;
    m_jobs.run<std::optional<LeftSession>>(
        {}, {}, JobRunner::Priority::Background,
        [](const RunContext&) -> Result<std::optional<LeftSession>> {
            const std::optional<std::filesystem::path> file = leftAutosave();
            if (!file)
                return std::optional<LeftSession>();
            DS_ASSIGN(Document document, readSession(*file));
            return std::optional(LeftSession{*file, std::move(document)});
        },
        this,
        [this](const Result<std::optional<LeftSession>>& found) {
            if (!found || !*found)
                return;
            const LeftSession& left = **found;
            m_leftAutosave = left.file;
            QStringList shown{QString::fromStdString(left.document.study.string())};
            if (!left.document.gene.empty())
                shown << shownName(left.document.gene);
            m_messages->tellWith(
                tr("The window ended before it was closed"),
                tr("It showed %1.").arg(shown.join(QStringLiteral(", "))), tr("Open it again"),
                [this, file = left.file] { openSession(QString::fromStdString(file.string()), {}, {}); });
        });
}

} // namespace diploscope::ui
