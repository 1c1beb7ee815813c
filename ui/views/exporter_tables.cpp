// SPDX-License-Identifier: GPL-3.0-or-later
// Tables of a gene and of all genes, and AnnData.
#include "analysis/anndata_export.h"
#include "analysis/file_stems.h"
#include "analysis/genome_run.h"
#include "analysis/report_writer.h"
#include "viewmodels/gene_text.h"
#include "views/export_places.h"
#include "views/exporter.h"
#include "views/message_stack.h"

#include <QFileDialog>
#include <QStackedWidget>

namespace diploscope::ui {

namespace {

/// As writeGeneReport() names them.
QStringList reportFiles(const std::string& stem) {
    QStringList names;
    for (const char* ending : {".people.tsv", ".variants.tsv", ".drivers.tsv", ".report.json"})
        names << QString::fromStdString(stem + ending);
    return names;
}

} // namespace

void Exporter::saveTables() {
    const std::shared_ptr<const GeneReport> report = m_session.shown().report();
    if (!report || !report->complete)
        return;
    const std::string stem = geneFileStem(m_session.study().get(), report->gene).toStdString();
    askForFolder(tr("Folder for the tables of %1").arg(geneText(report->gene)),
                 [=, this](const QString& folder) {
                     askToWrite(m_session.jobs(), page()->window(), folder, reportFiles(stem), [=, this] {
                         write(tr("Writing tables of %1").arg(geneText(report->gene)), tr("Tables written"),
                               [report, stem, folder = std::filesystem::path(folder.toStdString())](
                                   const RunContext&) -> Result<std::filesystem::path> {
                                   DS_TRY(writeGeneReport(*report, folder, stem));
                                   return folder;
                               });
                     });
                 });
}

void Exporter::saveSummary() {
    std::vector<std::string> focused;
    if (const auto focus = m_genome.focus())
        for (size_t row = 0; row < focus->size(); ++row)
            if ((*focus)[row])
                focused.push_back(m_genome.table()->genes()[row].geneId);
    const auto table = m_genome.table();
    const auto others = m_genome.otherModels();
    askForFolder(tr("Folder for genes.tsv and drivers.tsv"), [=, this](const QString& folder) {
        askToWrite(
            m_session.jobs(), page()->window(), folder,
            {QStringLiteral("genes.tsv"), QStringLiteral("drivers.tsv")}, [=, this] {
                write(
                    tr("Writing the tables of all genes"), tr("Tables written"),
                    [focused, table, others, path = std::filesystem::path(folder.toStdString())](
                        const RunContext&) -> Result<std::filesystem::path> {
                        std::vector<ModelGenes> models{{table->model(), table->genes(), table->provenance()}};
                        models.insert(models.end(), others->begin(), others->end());
                        DS_TRY(writeGenomeTables(models, table->null(), path, focused));
                        return path;
                    });
            });
    });
}

/// As `export h5ad` does: all genes, or those in focus.
void Exporter::saveAnnData() {
    const std::shared_ptr<const GenomeTable> table = m_genome.table();
    std::vector<size_t> rows;
    const auto focus = m_genome.focus();
    for (size_t row = 0; row < table->rowCount(); ++row)
        if (!focus || (*focus)[row])
            rows.push_back(row);
    const ExportQuestion question{focus ? tr("AnnData of the genes in focus") : tr("AnnData of all genes"),
                                  QFileDialog::AnyFile,
                                  QString::fromStdString(fileStem(m_session.study()->file().name)) +
                                      QStringLiteral(".h5ad"),
                                  QStringLiteral("h5ad"),
                                  {tr("AnnData (*.h5ad)")}};
    using LeftOut = std::vector<Error>;
    const auto make = [workspace = m_session.workspace(), table, rows,
                       condition = m_genome.filter().toStdString()](
                          const std::filesystem::path& file, const RunContext& context) -> Result<LeftOut> {
        DS_ASSIGN(const AnnDataWriter* writer, annDataWriter());
        GenomeRun run{{}, workspace->predictor, nullptr, workspace->options, {}, workspace->threads};
        DS_ASSIGN(run.cache, workspace->scores(context));
        DS_ASSIGN(AnnDataExport made,
                  annDataOf(*workspace->study(), *table, rows, condition, std::move(run), context));
        DS_TRY(writer->write(made.data, file, context));
        return std::move(made.leftOut);
    };
    const auto tell = [this](const QString& file, const Result<LeftOut>& leftOut) {
        if (!leftOut)
            return m_messages.showError(leftOut.error());
        m_messages.tell(tr("AnnData written"), file);
        if (!leftOut->empty())
            m_messages.tell(tr("Left out, as they cannot be had again: %1").arg(leftOut->size()),
                            QString::fromStdString(leftOut->front().message()));
    };
    askForExport(m_session.jobs(), page()->window(), question, m_session.study(), this,
                 [this, make, tell](const QString& file) {
                     m_session.jobs().run<LeftOut>(
                         tr("Writing AnnData"), {}, JobRunner::Priority::Seen,
                         [make, path = std::filesystem::path(file.toStdString())](const RunContext& context) {
                             return make(path, context);
                         },
                         this, [tell, file](Result<LeftOut> leftOut) { tell(file, leftOut); });
                 });
}

} // namespace diploscope::ui
