// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/exporter.h"

#include "analysis/report_writer.h"
#include "base/atomic_file.h"
#include "viewmodels/gene_text.h"
#include "views/effects_panel.h"
#include "views/gene_page.h"
#include "views/locus_panel.h"
#include "views/message_stack.h"
#include "views/scatter_panel.h"
#include "views/window_actions.h"

#include <QAction>
#include <QBuffer>
#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QImage>
#include <QPixmap>

#include <algorithm>

namespace diploscope::ui {

namespace {

/// Not exec(): the window stays alive behind it.
QFileDialog* openDialog(QWidget* parent, const QString& title, QFileDialog::FileMode mode,
                        const QString& proposal) {
    auto* dialog = new QFileDialog(parent, title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(mode == QFileDialog::Directory ? QFileDialog::AcceptOpen : QFileDialog::AcceptSave);
    dialog->setFileMode(mode);
    if (!proposal.isEmpty())
        dialog->selectFile(proposal);
    dialog->open();
    return dialog;
}

Result<std::filesystem::path> writeBytes(const QByteArray& bytes, const std::filesystem::path& path) {
    DS_TRY(writeFileAtomically(path, std::string_view(bytes.constData(), static_cast<size_t>(bytes.size()))));
    return path;
}

} // namespace

Exporter::Exporter(Session& session, JobRunner& jobs, WindowActions& actions, MessageStack& messages,
                   GenePage* page)
    : QObject(page)
    , m_session(session)
    , m_jobs(jobs)
    , m_actions(actions)
    , m_messages(messages)
    , m_page(page) {
    connect(actions.exportTables, &QAction::triggered, this, &Exporter::saveTables);
    connect(actions.exportSummary, &QAction::triggered, this, &Exporter::saveSummary);
    connect(actions.savePicture, &QAction::triggered, this, &Exporter::savePicture);
    connect(actions.copyPicture, &QAction::triggered, this, &Exporter::copyPicture);
    connectFigure(actions.saveScatter, page->scatter().saver());
    connectFigure(actions.saveEffects, page->effects().saver());
    connectFigure(actions.saveLocus, page->locus().saver());
    for (const auto signal : {&Session::reportChanged, &Session::geneChanged, &Session::resultsCleared})
        connect(&session, signal, this, &Exporter::showState);
    connect(&session, &Session::resultAdded, this, &Exporter::showState);
    showState();
}

void Exporter::connectFigure(QAction* action, FigureSaver& saver) {
    connect(action, &QAction::triggered, &saver, &FigureSaver::ask);
    connect(&saver, &FigureSaver::saved, this,
            [this](const QString& file) { m_messages.tell(tr("Figure saved"), file); });
}

void Exporter::showState() {
    const bool complete = m_session.report() && m_session.report()->complete;
    for (QAction* action :
         {m_actions.exportTables, m_actions.saveScatter, m_actions.saveEffects, m_actions.saveLocus})
        action->setEnabled(complete);
    m_actions.exportSummary->setEnabled(!m_session.results().isEmpty());
    m_actions.savePicture->setEnabled(m_session.gene() != nullptr);
    m_actions.copyPicture->setEnabled(m_session.gene() != nullptr);
}

void Exporter::write(const QString& title, const QString& told,
                     std::function<Result<std::filesystem::path>(const RunContext&)> work) {
    m_jobs.run<std::filesystem::path>(title, {}, JobRunner::Priority::Seen, std::move(work), this,
                                      [this, told](Result<std::filesystem::path> written) {
                                          if (written)
                                              m_messages.tell(told,
                                                              QString::fromStdString(written->string()));
                                          else
                                              m_messages.showError(written.error());
                                      });
}

void Exporter::saveTables() {
    const std::shared_ptr<const GeneReport> report = m_session.report();
    if (!report || !report->complete)
        return;
    QFileDialog* dialog =
        openDialog(m_page->window(), tr("Folder for the tables of %1").arg(geneText(report->gene)),
                   QFileDialog::Directory, {});
    connect(dialog, &QFileDialog::fileSelected, this, [this, report](const QString& folder) {
        write(tr("Writing tables of %1").arg(geneText(report->gene)), tr("Tables written"),
              [report, folder = std::filesystem::path(folder.toStdString())](
                  const RunContext&) -> Result<std::filesystem::path> {
                  const std::string name = report->gene.name.empty() ? report->gene.id : report->gene.name;
                  DS_TRY(writeGeneReport(*report, folder, fileStem(name)));
                  return folder;
              });
    });
}

void Exporter::saveSummary() {
    std::vector<std::shared_ptr<const GeneReport>> reports(m_session.results().cbegin(),
                                                           m_session.results().cend());
    std::sort(reports.begin(), reports.end(), [](const auto& a, const auto& b) {
        return std::pair(a->gene.region.contig, a->gene.tss()) <
               std::pair(b->gene.region.contig, b->gene.tss());
    });
    QFileDialog* dialog = openDialog(m_page->window(), tr("Table of all analysed genes"),
                                     QFileDialog::AnyFile, QStringLiteral("genes.tsv"));
    connect(dialog, &QFileDialog::fileSelected, this, [this, reports](const QString& file) {
        write(tr("Writing the table of genes"), tr("Table written"),
              [reports, path = std::filesystem::path(file.toStdString())](
                  const RunContext&) -> Result<std::filesystem::path> {
                  DS_TRY(writeGeneTable(reports, path));
                  return path;
              });
    });
}

void Exporter::savePicture() {
    const StudyGene* gene = m_session.gene();
    if (gene == nullptr)
        return;
    const QImage picture = m_page->grab().toImage();
    const QString name = QString::fromStdString(fileStem(geneText(gene->gene).toStdString()));
    QFileDialog* dialog = openDialog(m_page->window(), tr("Picture of this page"), QFileDialog::AnyFile,
                                     name + QStringLiteral(".png"));
    connect(dialog, &QFileDialog::fileSelected, this, [this, picture](const QString& file) {
        write(tr("Writing a picture"), tr("Picture written"),
              [picture, path = std::filesystem::path(file.toStdString())](
                  const RunContext&) -> Result<std::filesystem::path> {
                  QByteArray bytes;
                  QBuffer buffer(&bytes);
                  if (!buffer.open(QIODevice::WriteOnly) || !picture.save(&buffer, "PNG"))
                      return fail(ErrorKind::Internal, "The picture could not be encoded as PNG.");
                  return writeBytes(bytes, path);
              });
    });
}

void Exporter::copyPicture() {
    if (m_session.gene() == nullptr)
        return;
    QGuiApplication::clipboard()->setPixmap(m_page->grab());
    m_messages.tell(tr("Picture copied"));
}

} // namespace diploscope::ui
