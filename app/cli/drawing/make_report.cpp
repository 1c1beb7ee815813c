// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/drawing/make_report.h"

#include "base/atomic_file.h"
#include "base/rate_meter.h"
#include "base/stage_clock.h"
#include "cli/drawing/figure_verification.h"
#include "cli/drawing/figures.h"
#include "cli/drawing/requested_design.h"
#include "cli/options/console.h"
#include "cli/requests/drawing_options.h"
#include "report/report_material.h"
#include "report/report_pdf.h"

#include <string>
#include <vector>

namespace diploscope::cli {

namespace fs = std::filesystem;

namespace {

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

} // namespace

Result<int> makeReport(const ReportRequest& request) {
    if (!request.verified.empty())
        return verifyFigure(request);
    DS_TRY(writeReports(request));
    return 0;
}

} // namespace diploscope::cli
