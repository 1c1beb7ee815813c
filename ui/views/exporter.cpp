// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/exporter.h"

#include "analysis/genome_run.h"
#include "analysis/report_writer.h"
#include "base/atomic_file.h"
#include "viewmodels/gene_text.h"
#include "views/dialog_parts.h"
#include "views/effects_panel.h"
#include "views/gene_page.h"
#include "views/genome_page.h"
#include "views/genome_panel.h"
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
#include <QStackedWidget>

namespace diploscope::ui {

namespace {

Result<std::filesystem::path> writeBytes(const QByteArray& bytes, const std::filesystem::path& path) {
    DS_TRY(writeFileAtomically(path, std::string_view(bytes.constData(), static_cast<size_t>(bytes.size()))));
    return path;
}

} // namespace

Exporter::Exporter(Session& session, Genome& genome, WindowActions& actions, MessageStack& messages,
                   Pages pages)
    : QObject(pages.all)
    , m_session(session)
    , m_genome(genome)
    , m_actions(actions)
    , m_messages(messages)
    , m_pages(pages) {
    connect(actions.exportTables, &QAction::triggered, this, &Exporter::saveTables);
    connect(actions.exportSummary, &QAction::triggered, this, &Exporter::saveSummary);
    connect(actions.savePicture, &QAction::triggered, this, &Exporter::savePicture);
    connect(actions.copyPicture, &QAction::triggered, this, &Exporter::copyPicture);
    connectFigure(actions.saveScatter, pages.gene->scatter().saver());
    connectFigure(actions.saveEffects, pages.gene->effects().saver());
    connectFigure(actions.saveLocus, pages.gene->locus().saver());
    connect(actions.saveGenome, &QAction::triggered, this, &Exporter::saveGenomeFigures);
    for (GenomePanel* panel : pages.genome->panels())
        connectSaver(panel->saver());
    for (const auto signal : {&Session::reportChanged, &Session::geneChanged, &Session::studyOpened})
        connect(&session, signal, this, &Exporter::showState);
    for (const auto signal : {&Genome::tableChanged, &Genome::focusChanged})
        connect(&genome, signal, this, &Exporter::showState);
    connect(pages.all, &QStackedWidget::currentChanged, this, &Exporter::showState);
    showState();
}

void Exporter::connectFigure(QAction* action, FigureSaver& saver) {
    connect(action, &QAction::triggered, &saver, &FigureSaver::ask);
    connectSaver(saver);
}

void Exporter::connectSaver(FigureSaver& saver) {
    connect(&saver, &FigureSaver::saved, this, &Exporter::tellFigure);
    connect(&saver, &FigureSaver::failed, this, [this] { m_figuresLeft = 0; }); // it has told of it
}

void Exporter::tellFigure(const QString& file) {
    if (m_figuresLeft == 0)
        m_messages.tell(tr("Figure saved"), file);
    else if (--m_figuresLeft == 0)
        m_messages.tell(tr("Figures saved"), file.section(QLatin1Char('/'), 0, -2));
}

void Exporter::saveGenomeFigures() {
    QFileDialog* dialog =
        openFileDialog(page()->window(), tr("Folder for the figures of all genes"), QFileDialog::Directory);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& folder) {
        m_figuresLeft = 0;
        for (GenomePanel* panel : m_pages.genome->panels()) {
            if (!panel->emptyText().isEmpty() || !panel->view().hasFigure())
                continue;
            for (const char* ending : {".svg", ".pdf", ".png"}) {
                ++m_figuresLeft;
                panel->saver().saveTo(folder + QLatin1Char('/') + genomeFigureFile(panel->figure()) +
                                          QLatin1String(ending),
                                      {85, 75, 300});
            }
        }
    });
}

QWidget* Exporter::page() const {
    return m_pages.all->currentWidget();
}

void Exporter::showState() {
    const bool complete = m_session.report() && m_session.report()->complete;
    const bool onGenePage = page() == m_pages.gene;
    for (QAction* action : {m_actions.saveScatter, m_actions.saveEffects, m_actions.saveLocus})
        action->setEnabled(complete && onGenePage);
    m_actions.saveGenome->setEnabled(page() == m_pages.genome && m_genome.focusCount() > 0);
    m_actions.exportTables->setEnabled(complete);
    m_actions.exportSummary->setEnabled(m_genome.focusCount() > 0);
    m_actions.savePicture->setEnabled(m_session.study() != nullptr);
    m_actions.copyPicture->setEnabled(m_session.study() != nullptr);
}

void Exporter::write(const QString& title, const QString& told,
                     std::function<Result<std::filesystem::path>(const RunContext&)> work) {
    m_session.jobs().run<std::filesystem::path>(title, {}, JobRunner::Priority::Seen, std::move(work), this,
                                                [this, told](Result<std::filesystem::path> written) {
                                                    if (written)
                                                        m_messages.tell(
                                                            told, QString::fromStdString(written->string()));
                                                    else
                                                        m_messages.showError(written.error());
                                                });
}

void Exporter::saveTables() {
    const std::shared_ptr<const GeneReport> report = m_session.report();
    if (!report || !report->complete)
        return;
    QFileDialog* dialog =
        openFileDialog(page()->window(), tr("Folder for the tables of %1").arg(geneText(report->gene)),
                       QFileDialog::Directory);
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
    QFileDialog* dialog =
        openFileDialog(page()->window(), tr("Folder for genes.tsv and drivers.tsv"), QFileDialog::Directory);
    std::vector<std::string> focused;
    if (const auto focus = m_genome.focus())
        for (size_t row = 0; row < focus->size(); ++row)
            if ((*focus)[row])
                focused.push_back(m_genome.table()->genes()[row].geneId);
    connect(
        dialog, &QFileDialog::fileSelected, this,
        [this, focused, table = m_genome.table(), others = m_session.otherModels()](const QString& folder) {
            write(tr("Writing the tables of all genes"), tr("Tables written"),
                  [focused, table, others, path = std::filesystem::path(folder.toStdString())](
                      const RunContext&) -> Result<std::filesystem::path> {
                      std::vector<ModelGenes> models{{table->model(), table->genes(), table->provenance()}};
                      models.insert(models.end(), others->begin(), others->end());
                      DS_TRY(writeGenomeTables(models, table->null(), path, focused));
                      return path;
                  });
        });
}

void Exporter::savePicture() {
    const QImage picture = page()->grab().toImage();
    const Gene* gene = page() == m_pages.gene ? m_session.gene() : nullptr;
    const std::string subject =
        gene != nullptr ? geneText(*gene).toStdString() : m_session.study()->file().name;
    const QString name = QString::fromStdString(fileStem(subject));
    QFileDialog* dialog = openFileDialog(page()->window(), tr("Picture of this page"), QFileDialog::AnyFile,
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
    QGuiApplication::clipboard()->setPixmap(page()->grab());
    m_messages.tell(tr("Picture copied"));
}

} // namespace diploscope::ui
