// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/exporter.h"

#include "analysis/file_stems.h"
#include "base/atomic_file.h"
#include "figures/design_reader.h"
#include "figures/figure_origin.h"
#include "figures/figure_registry.h"
#include "report/report_material.h"
#include "report/report_pdf.h"
#include "viewmodels/gene_text.h"
#include "views/effects_panel.h"
#include "views/export_places.h"
#include "views/figure_saver.h"
#include "views/gene_page.h"
#include "views/genome_page.h"
#include "views/genome_panel.h"
#include "views/locus_panel.h"
#include "views/message_stack.h"
#include "views/person_card.h"
#include "views/scatter_panel.h"
#include "views/session_sources.h"
#include "views/snv_inspector.h"
#include "views/window_actions.h"

#include <QAction>
#include <QBuffer>
#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QImage>
#include <QMimeData>
#include <QPixmap>
#include <QStackedWidget>

#include <array>
#include <utility>

namespace diploscope::ui {

namespace {

Result<std::filesystem::path> writeBytes(const QByteArray& bytes, const std::filesystem::path& path) {
    DS_TRY(writeFileAtomically(path, std::string_view(bytes.constData(), static_cast<size_t>(bytes.size()))));
    return path;
}

/// For a worker.
Result<QByteArray> pngOf(const QImage& picture) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    if (!buffer.open(QIODevice::WriteOnly) || !picture.save(&buffer, "PNG"))
        return fail(ErrorKind::Internal, "The picture could not be encoded as PNG.");
    return bytes;
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
    connect(actions.exportAnnData, &QAction::triggered, this, &Exporter::saveAnnData);
    connect(actions.reportGene, &QAction::triggered, this, &Exporter::reportGene);
    connect(actions.reportStudy, &QAction::triggered, this, &Exporter::reportStudy);
    connect(actions.savePicture, &QAction::triggered, this, &Exporter::savePicture);
    connect(actions.copyPicture, &QAction::triggered, this, &Exporter::copyPicture);
    connectFigure(actions.saveScatter, pages.gene->scatter().saver());
    connectFigure(actions.saveEffects, pages.gene->effects().saver());
    connectFigure(actions.saveLocus, pages.gene->locus().saver());
    connectSaver(pages.gene->inspector().saver());
    for (FigureSaver* saver : pages.gene->person().savers())
        connectSaver(*saver);
    connect(actions.saveGene, &QAction::triggered, this, &Exporter::saveGeneFigures);
    connect(actions.saveGenome, &QAction::triggered, this, &Exporter::saveGenomeFigures);
    for (GenomePanel* panel : pages.genome->panels())
        connectSaver(panel->saver());
    for (const auto signal : {&ShownGene::reportChanged, &ShownGene::geneChanged})
        connect(&session.shown(), signal, this, &Exporter::showState);
    for (const auto signal : {&Session::studyOpened, &Session::studyClosed})
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
    connect(&saver, &FigureSaver::saved, this,
            [this](const QString& file) { m_messages.tell(tr("Figure saved"), file); });
    connect(&saver, &FigureSaver::composed, this, &Exporter::composed);
}

/// As `analyze --figures` makes them, in the colours chosen here, with the tracks as they are arranged and
/// the regions marked. LD and what is drawn are worked out by a job.
void Exporter::saveGeneFigures() {
    const std::shared_ptr<const GeneReport> report = m_session.shown().report();
    if (!report || !report->complete)
        return;
    struct Made {
        std::vector<DesignedFigure> figures;
        std::vector<Error> leftOut; ///< tracks whose files could not be read
    };
    const LocusPanel& locus = m_pages.gene->locus();
    const auto make =
        [report, study = m_session.study(), colour = locus.snvColour(), references = locus.references(),
         models = locus.models(), against = m_pages.gene->against(), layout = locus.arrangement(),
         regions = locus.regions(), origin = originOf(m_session)](const RunContext& context) -> Result<Made> {
        GeneFigureSpec spec = geneFigureSpec(report, study->annotation());
        spec.models = models;
        spec.otherModel = against;
        if (references != SnvReferences{})
            DS_TRY(refer(spec, references, *study, context));
        spec.colour = colour;
        spec.regions = regions;
        DS_TRY(arrange(spec, layout, study->file().tracks, context));
        FiguresAtHand figures;
        for (const FigureEntry& figure : geneFigures()) {
            DS_TRY(context.checkpoint());
            if (ReadyFigure ready = figure.make(spec); ready.empty.isEmpty())
                figures.emplace_back(&figure, std::move(ready));
        }
        DS_ASSIGN(std::vector<DesignedFigure> designed, designedFigures(std::move(figures), origin, context));
        return Made{std::move(designed), spec.leftOut};
    };
    const QString name = geneText(report->gene);
    const QString stem = geneFileStem(m_session.study().get(), report->gene) + QLatin1Char('.');
    askForFolder(tr("Folder for the figures of %1").arg(name), [=, this](const QString& folder) {
        m_session.jobs().run<Made>(
            tr("Figures of %1").arg(name), {}, JobRunner::Priority::Seen, make, this,
            [=, this](const Result<Made>& made) {
                if (!made)
                    return m_messages.showError(made.error());
                for (const Error& missing : made->leftOut)
                    m_messages.showError(missing);
                std::vector<FigureToSave> figures;
                for (const DesignedFigure& figure : made->figures)
                    figures.push_back({stem + QLatin1String(figure.panels.front().entry->name),
                                       [figure](const RunContext&) { return figure; }});
                askToSaveFigures(tr("Saving figures of %1").arg(name), folder, figures);
            });
    });
}

void Exporter::saveGenomeFigures() {
    askForFolder(tr("Folder for the figures of all genes"), [this](const QString& folder) {
        std::vector<FigureToSave> figures;
        for (const GenomePanel* panel : m_pages.genome->panels())
            if (panel->emptyText().isEmpty())
                if (auto specify = panel->saver().specification(panel->figure().size))
                    figures.push_back({QLatin1String(panel->figure().name), std::move(specify)});
        askToSaveFigures(tr("Saving figures of all genes"), folder, figures);
    });
}

/// One after the other, by one job: it has a progress, is stopped as one, and holds one picture at a time.
void Exporter::askToSaveFigures(const QString& title, const QString& folder,
                                const std::vector<FigureToSave>& figures) {
    constexpr std::array formats{FigureFormat::Svg, FigureFormat::Pdf, FigureFormat::Png};
    QStringList names;
    for (const FigureToSave& figure : figures)
        for (const FigureFormat format : formats)
            names << figure.name + QLatin1String(endingOf(format));
    const auto save = [folder = std::filesystem::path(folder.toStdString()), figures, formats,
                       &jobs = m_session.jobs()](const RunContext& context) -> Result<std::filesystem::path> {
        int64_t done = 0;
        for (const FigureToSave& each : figures) {
            DS_ASSIGN(const DesignedFigure figure, each.specify(context));
            for (const FigureFormat format : formats) {
                context.report("Saving figures", done++,
                               static_cast<int64_t>(figures.size() * formats.size()));
                DS_ASSIGN(const DrawnFigure drawn, drawForJob(jobs, figure, format, context));
                DS_TRY(drawn.writeTo(folder / (each.name.toStdString() + endingOf(format))));
            }
        }
        return folder;
    };
    askToWrite(m_session.jobs(), page()->window(), folder, names,
               [this, title, save] { write(title, tr("Figures saved"), save); });
}

void Exporter::askForFolder(const QString& title, const std::function<void(const QString&)>& chosen) {
    askForExport(m_session.jobs(), page()->window(), {title, QFileDialog::Directory}, m_session.study(), this,
                 chosen);
}

QWidget* Exporter::page() const {
    return m_pages.all->currentWidget();
}

void Exporter::showState() {
    const bool complete = m_session.shown().report() && m_session.shown().report()->complete;
    const bool onGenePage = page() == m_pages.gene;
    for (QAction* action :
         {m_actions.saveScatter, m_actions.saveEffects, m_actions.saveLocus, m_actions.saveGene})
        action->setEnabled(complete && onGenePage);
    m_actions.saveGenome->setEnabled(page() == m_pages.genome && m_genome.focusCount() > 0);
    m_actions.exportTables->setEnabled(complete);
    m_actions.reportGene->setEnabled(complete);
    // Of a stored run that is open there is none: reports are of the study as it is.
    // Predictions are made again, with the model and the settings of now.
    m_actions.exportAnnData->setEnabled(m_session.workspace()->isReady() &&
                                        m_genome.table()->rowCount() > 0 && !m_session.isPublished() &&
                                        !m_genome.shownRun());
    m_actions.reportStudy->setEnabled(m_session.study() != nullptr && m_genome.table()->rowCount() > 0 &&
                                      !m_genome.shownRun());
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

void Exporter::reportGene() {
    const std::shared_ptr<const GeneReport> report = m_session.shown().report();
    if (!report || !report->complete)
        return;
    saveReport(geneText(report->gene), geneFileStem(m_session.study().get(), report->gene),
               figuresOf(FigureKind::Gene).front(), report->gene.id, m_session.model().name(), {});
}

void Exporter::reportStudy() {
    if (!m_session.study())
        return;
    const std::string& name = m_session.study()->file().name;
    const std::optional<NullChoice> null = m_genome.chosenNull();
    saveReport(shownName(name), QString::fromStdString(fileStem(name)), figuresOf(FigureKind::Genome).front(),
               {}, m_genome.table()->model(), null ? std::string(toText(*null)) : std::string());
}

void Exporter::saveReport(const QString& name, const QString& stem, const FigureEntry& entry,
                          const std::string& gene, const std::string& model, const std::string& null) {
    const ExportQuestion question{tr("Report of %1").arg(name),
                                  QFileDialog::AnyFile,
                                  stem + QStringLiteral(".report.pdf"),
                                  QStringLiteral("pdf"),
                                  {tr("PDF (*.pdf)")}};
    // As it is now, whatever happens while the question is there.
    const auto make = [&entry, gene, model, null, &jobs = m_session.jobs(), sources = sourcesOf(m_session),
                       origin = originOf(m_session)](const std::filesystem::path& file,
                                                     const RunContext& context) -> Result<void> {
        FigureSources reader(sources);
        const FigureDesign design = reportDesign(freshDesign(entry, origin, gene, model), null);
        DS_ASSIGN(const ReportDocument document, readReport(reader, design, context));
        const FigureDrawer draw = [&jobs, &context](const DesignedFigure& figure, FigureFormat format) {
            return drawForJob(jobs, figure, format, context);
        };
        return writeReport(document, file, draw, context);
    };
    askForExport(m_session.jobs(), page()->window(), question, m_session.study(), this,
                 [this, name, make](const QString& file) {
                     write(tr("Report of %1").arg(name), tr("Report written"),
                           [make, path = std::filesystem::path(file.toStdString())](
                               const RunContext& context) -> Result<std::filesystem::path> {
                               DS_TRY(make(path, context));
                               return path;
                           });
                 });
}

void Exporter::savePicture() {
    const QImage picture = page()->grab().toImage();
    const Gene* gene = page() == m_pages.gene ? m_session.shown().gene() : nullptr;
    const QString name = gene != nullptr ? geneFileStem(m_session.study().get(), *gene)
                                         : QString::fromStdString(fileStem(m_session.study()->file().name));
    const ExportQuestion question{tr("Picture of this page"), QFileDialog::AnyFile,
                                  name + QStringLiteral(".png"), QStringLiteral("png")};
    const auto save = [this, picture](const QString& file) {
        write(tr("Writing a picture"), tr("Picture written"),
              [picture, path = std::filesystem::path(file.toStdString())](
                  const RunContext&) -> Result<std::filesystem::path> {
                  DS_ASSIGN(const QByteArray bytes, pngOf(picture));
                  return writeBytes(bytes, path);
              });
    };
    askForExport(m_session.jobs(), page()->window(), question, m_session.study(), this, save);
}

void Exporter::copyPicture() {
    // Encoded now, by a worker: of a pixmap Qt would make the bytes when another program asks, here.
    m_session.jobs().run<QByteArray>(
        tr("Copying a picture"), {}, JobRunner::Priority::Seen,
        [picture = page()->grab().toImage()](const RunContext&) { return pngOf(picture); }, this,
        [this](const Result<QByteArray>& png) {
            if (!png)
                return m_messages.showError(png.error());
            auto* mime = new QMimeData;
            mime->setData(QStringLiteral("image/png"), *png);
            QGuiApplication::clipboard()->setMimeData(mime);
            m_messages.tell(tr("Picture copied"));
        });
}

} // namespace diploscope::ui
