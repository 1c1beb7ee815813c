// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/genome_table.h"
#include "base/atomic_file.h"
#include "base/rate_meter.h"
#include "base/stage_clock.h"
#include "cli/drawing/drawing_commands.h"
#include "cli/drawing/drawing_options.h"
#include "cli/drawing/figure_verification.h"
#include "cli/drawing/figures.h"
#include "cli/options/console.h"
#include "cli/options/score_options.h"
#include "cli/options/statistics_options.h"
#include "report/report_material.h"
#include "report/report_pdf.h"

#include <CLI/CLI.hpp>

#include <memory>
#include <string>
#include <vector>

namespace diploscope::cli {

namespace fs = std::filesystem;

namespace {

struct ReportRequest : FigureRequest {
    std::string null; ///< of all genes; empty: the study's
    fs::path file;    ///< may hold `{gene}`
};

Result<void> writeReports(const ReportRequest& request) {
    const RunContext context = consoleContext(request.quiet);
    const StageTime time(context, Stage::Draw); // but for what is read and computed for it
    const std::vector<std::string> genes =
        request.genes.empty() ? std::vector<std::string>(1) : request.genes;
    const bool isNamed = namesGene(request.file);
    if (isNamed && request.genes.empty())
        return fail(ErrorKind::BadInput, "The name asks for a gene, and the report is of all.", "--out",
                    "Give --gene, or a name without {gene}.");
    FigureDesign subject = requestedSubject(request);
    DS_ASSIGN(ui::SourceSettings settings, sourceSettings(request));
    ui::FigureSources sources(std::move(settings));
    removeAbandonedTemporaries(request.file.has_parent_path() ? request.file.parent_path() : ".");
    needApplication();
    Progress whole{"Writing reports", 0, static_cast<int64_t>(genes.size()), 0, {}};
    for (const std::string& gene : genes) {
        subject.gene = gene;
        const FigureDesign design = ui::reportDesign(subject, request.null);
        const RunContext own = genes.size() == 1 ? context : contextOfItem(context, whole, gene);
        fs::path file = request.file;
        if (isNamed) {
            DS_ASSIGN(const std::string stem, sources.stemOf(design, gene, own));
            file = withGene(file, stem);
        }
        DS_ASSIGN(const ui::ReportDocument document, readReport(sources, design, own));
        DS_TRY(writeReport(document, file, ui::drawDesign, own));
        ++whole.done;
        finishProgress();
        sayWritten(file, request.quiet);
    }
    return {};
}

/// What makes no command line of its own.
void checkReportRequest(const ReportRequest& request) {
    if (!request.verified.empty())
        return;
    if (request.study.empty())
        throw CLI::RequiredError("STUDY or --verify");
    if (request.file.empty())
        throw CLI::RequiredError("--out");
    if (request.file.extension() != ".pdf")
        throw CLI::ValidationError("--out", "reports are written as .pdf");
    if (request.genes.size() > 1 && !namesGene(request.file))
        throw CLI::ValidationError("--out", "several genes need {gene} in the name: {gene}.report.pdf");
}

} // namespace

void addReportCommand(CLI::App& program, int& exitCode) {
    auto request = std::make_shared<ReportRequest>();
    CLI::App* command = program.add_subcommand(
        "report", "Write a PDF of one gene, or of all: figures, statistics in words, tables, methods");
    command->add_option("STUDY", request->study, "A *.study.json");
    command
        ->add_option("--gene", request->genes,
                     "Gene id or symbol; may be given several times; none: all genes")
        ->allow_extra_args(false)
        ->type_name("G");
    command->add_option("--model", request->model, "Model folder or name (default: the study's first model)")
        ->type_name("M");
    command
        ->add_option("--out", request->file,
                     "The file, whose ending is .pdf; {gene} in it is the gene's name")
        ->type_name("FILE");
    command
        ->add_option("--null", request->null,
                     "Of all genes: which p and q (default: empirical; of published tables, as published)")
        ->check(CLI::IsMember({std::string(toText(NullChoice::Published)),
                               std::string(toText(NullChoice::Calibrated)),
                               std::string(toText(NullChoice::Empirical))}));
    addScoreOptions(*command, request->score);
    addStatisticsOptions(*command, request->statistics);
    addVerifyOptions(*command, *request);
    addWorkOptions(*command, *request);
    command->footer(
        "Needs no display. Scores come from the cache, results of all genes from what `analyze --genes`\n"
        "has stored. The file holds what it was made of, and the command that makes it again.\n"
        "Example:  diploscope report demo/demo.study.json --gene PUKTI6 --out PUKTI6.report.pdf\n"
        "          diploscope report demo/demo.study.json --out demo.report.pdf\n"
        "          diploscope report --verify demo.report.pdf");
    command->callback([request, &exitCode] {
        checkReportRequest(*request);
        exitCode = runCommand([&]() -> Result<int> {
            if (!request->verified.empty())
                return verifyFigure(*request);
            const Result<void> written = writeReports(*request);
            return written ? Result<int>(0) : fail(written.error());
        });
    });
}

} // namespace diploscope::cli
