// SPDX-License-Identifier: GPL-3.0-or-later
// FiguresPage: what is opened and saved.
#include "views/figures_page.h"

#include "analysis/file_stems.h"
#include "base/atomic_file.h"
#include "base/paths.h"
#include "figure/design_edits.h"
#include "figure/embedded_proof.h"
#include "figure/figure_file.h"
#include "figure/figure_proof.h"
#include "figure/figure_templates.h"
#include "figures/figure_origin.h"
#include "figures/figure_registry.h"
#include "figures/figures_of_genes.h"
#include "viewmodels/counted_text.h"
#include "viewmodels/gene_text.h"
#include "views/dialog_parts.h"
#include "views/export_places.h"
#include "views/figure_genes_dialog.h"
#include "views/figure_saver.h"
#include "views/session_sources.h"

#include <QCheckBox>
#include <QFileInfo>
#include <QMenu>
#include <QToolButton>

#include <fmt/format.h>

#include <utility>

namespace diploscope::ui {
namespace {

namespace fs = std::filesystem;

const QString figureEnding = QStringLiteral(".figure.json");
const QString savingGroup = QStringLiteral("figures for several genes");

QString fileFilter(const char* ending) {
    return QStringLiteral("%1 (*%2)")
        .arg(QString::fromLatin1(ending).mid(1).toUpper(), QLatin1String(ending));
}

/// A template's, or what a figure's file says of itself.
Result<FigureDesign> designIn(const fs::path& file) {
    if (isFigureFile(file))
        return readFigureFile(file);
    DS_TRY(figureFormat(file));
    DS_ASSIGN(const std::string content, readWholeFile(file));
    DS_ASSIGN(const std::string text, embeddedProof(content));
    DS_ASSIGN(const FigureProof proof, parseProof(text));
    return figureDesignOf(proof.figure, {});
}

} // namespace

void FiguresPage::fillTemplates() {
    QMenu* menu = m_templates->menu();
    menu->clear();
    menu->addAction(tr("Open a template, or a figure…"), this, &FiguresPage::askForFile);
    menu->addAction(tr("Save as a template…"), this, &FiguresPage::askForTemplate)
        ->setEnabled(!m_design.panels.empty());
    menu->addSeparator();
    using Named = std::vector<std::pair<QString, QString>>; // words and file
    m_session.jobs().run<Named>(
        {}, {}, JobRunner::Priority::Seen,
        [](const RunContext&) -> Result<Named> {
            Named named;
            for (const FigureTemplate& each : figureTemplates()) {
                const Result<FigureDesign> design = readFigureFile(each.file);
                const QString name = QString::fromStdString(each.name);
                if (design)
                    named.emplace_back(
                        design->description.empty()
                            ? name
                            : QStringLiteral("%1: %2").arg(name, QString::fromStdString(design->description)),
                        QString::fromStdString(each.file.string()));
            }
            return named;
        },
        menu, [this](const Result<Named>& named) { offerTemplates(named ? *named : Named()); });
}

void FiguresPage::offerTemplates(const std::vector<std::pair<QString, QString>>& named) {
    QMenu* menu = m_templates->menu();
    for (const auto& [words, file] : named) {
        QString shown = words;
        menu->addAction(shown.replace(QLatin1Char('&'), QStringLiteral("&&")), this,
                        [this, file = file] { openFile(file.toStdString()); });
    }
}

void FiguresPage::openFile(const fs::path& file) {
    if (!m_session.study())
        return;
    struct Opened {
        FigureDesign design;
        FigureDesign fresh; ///< what study, model and gene shown are called
    };
    const Gene* gene = m_session.shown().gene();
    m_session.jobs().run<Opened>(
        {}, {}, JobRunner::Priority::Seen,
        [file, origin = originOf(m_session), id = gene != nullptr ? gene->id : std::string(),
         model = m_session.model().name()](const RunContext&) -> Result<Opened> {
            DS_ASSIGN(FigureDesign design, designIn(file));
            return Opened{std::move(design), freshDesign(origin, id, model)};
        },
        this,
        [this](const Result<Opened>& opened) {
            if (!opened)
                return tell(opened.error());
            FigureDesign next = opened->design;
            const FigureDesign& fresh = opened->fresh;
            if (next.study.empty()) { // a template; a figure keeps what it is of
                const std::string geneOf = next.gene.empty() ? fresh.gene : next.gene;
                next = applied(std::move(next), fresh.study, fresh.model, geneOf);
                next.description.clear();
                for (const auto& [model, score] : fresh.scores)
                    next.scores.emplace(model, score);
                if (next.statistics == FigureDesign::Statistics{})
                    next.statistics = fresh.statistics;
            }
            take(tr("Open a figure"), next, std::nullopt);
        });
}

void FiguresPage::saveTemplate(const fs::path& file) {
    const TemplateDesign made = templateOf(m_design);
    m_session.jobs().run<void>(
        tr("Saving a template"), {}, JobRunner::Priority::Seen,
        [file, design = made.design](const RunContext&) -> Result<void> {
            return writeFigureFile(design, file);
        },
        this,
        [this, file, left = made.leftOut](const Result<void>& written) {
            if (!written)
                return tell(written.error());
            Q_EMIT saved(left == 0 ? tr("Template saved")
                                   : tr("Template saved, without %1 of this gene alone")
                                         .arg(countedText(static_cast<qsizetype>(left), counted::choices)),
                         QString::fromStdString(file.string()));
        });
}

void FiguresPage::saveTo(const fs::path& file) {
    const Result<FigureFormat> format = figureFormat(file);
    if (!format)
        return tell(format.error());
    const bool withData = m_withData->isChecked();
    m_session.jobs().run<void>(
        tr("Saving %1").arg(QString::fromStdString(file.filename().string())), {}, JobRunner::Priority::Seen,
        [&jobs = m_session.jobs(), shared = m_reader->shared(), design = m_design, file, format = *format,
         withData](const RunContext& context) -> Result<void> {
            DS_ASSIGN(const DesignedFigure figure, shared->read(design, context));
            DS_ASSIGN(const DrawnFigure drawn, drawForJob(jobs, figure, format, context));
            DS_TRY(drawn.writeTo(file));
            return withData ? writeValues(figure, valuesFileOf(file)) : Result<void>();
        },
        this,
        [this, file](const Result<void>& written) {
            if (written)
                Q_EMIT saved(tr("Figure saved"), QString::fromStdString(file.string()));
            else if (written.error().kind != ErrorKind::Cancelled)
                tell(written.error());
        });
}

void FiguresPage::saveForGenes(const std::vector<std::string>& genes, const fs::path& folder,
                               FigureFormat format) {
    if (!m_session.study())
        return;
    const FiguresOfGenes figures{
        m_design, m_session.study(),      genes, folder, proposedName().toStdString(),
        format,   m_withData->isChecked()};
    m_session.jobs().run<FiguresMade>(
        tr("Figures of %1").arg(countedText(static_cast<qsizetype>(genes.size()), counted::genes)),
        savingGroup, JobRunner::Priority::Seen,
        [&jobs = m_session.jobs(), shared = m_reader->shared(),
         figures](const RunContext& context) -> Result<FiguresMade> {
            return ui::saveForGenes(
                figures,
                [&](const FigureDesign& design, const RunContext& one) { return shared->read(design, one); },
                [&](const DesignedFigure& figure, FigureFormat asked) {
                    return drawForJob(jobs, figure, asked, context);
                },
                context);
        },
        this,
        [this, folder](const Result<FiguresMade>& made) {
            if (!made)
                return made.error().kind == ErrorKind::Cancelled ? void() : tell(made.error());
            if (!made->failed.empty()) {
                Error first = made->failed.front();
                first.what = fmt::format("{} of {} genes have no figure. The first: {}", made->failed.size(),
                                         made->files + static_cast<int64_t>(made->failed.size()), first.what);
                tell(first);
            }
            Q_EMIT saved(tr("%1 saved").arg(countedText(made->files, counted::figures)),
                         QString::fromStdString(folder.string()));
        });
}

QString FiguresPage::proposedName() const {
    const std::string& name = m_design.name;
    return name.empty() ? QStringLiteral("figure") : QString::fromStdString(fileStem(name));
}

void FiguresPage::askToSave() {
    QString name = proposedName();
    const auto gene = m_session.study()->findGene(m_design.gene);
    if (gene)
        name = geneFileStem(m_session.study().get(), (*gene)->gene) + QLatin1Char('.') + name;
    m_session.jobs().run<ExportHabits>(
        {}, exportPlaceGroup, JobRunner::Priority::Seen,
        [study = m_session.study()](const RunContext&) -> Result<ExportHabits> {
            return exportHabits(study.get(), {});
        },
        this,
        [this, name](const Result<ExportHabits>& habits) {
            QStringList filters{fileFilter(".pdf"), fileFilter(".svg"), fileFilter(".png")};
            const QString ending = habits ? habits->ending : QStringLiteral("pdf");
            for (qsizetype i = 0; i < filters.size(); ++i)
                if (filters[i].contains(ending, Qt::CaseInsensitive))
                    filters.move(i, 0);
            const ExportQuestion question{tr("Save figure"), QFileDialog::AnyFile,
                                          name + QLatin1Char('.') + ending, ending, filters};
            askForExport(m_session.jobs(), window(), question, m_session.study(), this,
                         [this](const QString& file) {
                             m_session.jobs().run<void>(
                                 {}, {}, JobRunner::Priority::Seen,
                                 [study = m_session.study(), ending = QFileInfo(file).suffix(),
                                  withData = m_withData->isChecked()](const RunContext&) -> Result<void> {
                                     keepExportHabits(study.get(), {}, {ending, withData, {}});
                                     return {};
                                 },
                                 this, [](const Result<void>&) {});
                             saveTo(file.toStdString());
                         });
        });
}

void FiguresPage::askForFile() {
    QFileDialog* dialog =
        openFileDialog(window(), tr("Open a template, or a figure"), QFileDialog::ExistingFile);
    dialog->setNameFilters(
        {tr("Templates and figures (*%1 *.svg *.pdf *.png)").arg(figureEnding), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this,
            [this](const QString& file) { openFile(file.toStdString()); });
}

void FiguresPage::askForTemplate() {
    const fs::path folder = userDataFolder() / "figures"; // where the menu looks for them
    m_session.jobs().run<void>(
        {}, exportPlaceGroup, JobRunner::Priority::Seen,
        [folder](const RunContext&) -> Result<void> {
            std::error_code ignored; // the dialog then begins elsewhere
            fs::create_directories(folder, ignored);
            return {};
        },
        this,
        [this, folder](const Result<void>&) {
            QFileDialog* dialog =
                openFileDialog(window(), tr("Save as a template"), QFileDialog::AnyFile,
                               proposedName() + figureEnding, QString::fromStdString(folder.string()));
            dialog->setNameFilters({tr("Templates (*%1)").arg(figureEnding)});
            connect(dialog, &QFileDialog::fileSelected, this, [this](QString file) {
                if (!isFigureFile(file.toStdString()))
                    file += figureEnding;
                saveTemplate(file.toStdString());
            });
        });
}

void FiguresPage::askForGenes() {
    if (!m_session.study())
        return;
    auto* dialog = new FigureGenesDialog(m_session, m_genome, window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        const std::vector<std::string> genes = dialog->genes();
        const FigureFormat format = dialog->format();
        askForExport(m_session.jobs(), window(), {tr("Folder for the figures"), QFileDialog::Directory},
                     m_session.study(), this, [this, genes, format](const QString& folder) {
                         const GeneFileStems stems(m_session.study()->genes());
                         QStringList names;
                         for (const std::string& id : genes)
                             if (const auto gene = m_session.study()->findGene(id))
                                 names << QString::fromStdString(stems.of((*gene)->gene)) + QLatin1Char('.') +
                                              proposedName() + QLatin1String(endingOf(format));
                         askToWrite(m_session.jobs(), window(), folder, names, [this, genes, format, folder] {
                             saveForGenes(genes, folder.toStdString(), format);
                         });
                     });
    });
    dialog->open();
}

} // namespace diploscope::ui
