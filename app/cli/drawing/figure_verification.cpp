// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/drawing/figure_verification.h"

#include "base/atomic_file.h"
#include "cli/drawing/figures.h"
#include "cli/drawing/requested_design.h"
#include "cli/options/console.h"
#include "figure/figure_file.h"
#include "report/report_material.h"
#include "report/report_pdf.h"

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace diploscope::cli {

namespace fs = std::filesystem;

namespace {

/// With what to do where a study is not where the figure was made of it.
Failure notMade(Error error, const FigureDesign& design) {
    std::error_code ignored;
    for (const PanelDesign& panel : design.panels)
        if (const fs::path& study = design.studyOf(panel);
            error.kind == ErrorKind::NotFound && !fs::exists(study, ignored))
            error.remedy = "Say where the study is now, by --study.";
    return fail(std::move(error));
}

/// What the file would be today, and would say of itself.
struct MadeAgain {
    FigureProof proof;
    std::function<Result<QByteArray>()> draw;
};

Result<MadeAgain> figureAgain(const FigureProof& stored, const FigureDesign& design, ui::FigureFormat format,
                              ui::FigureSources& sources, const RunContext& context) {
    DS_ASSIGN(ui::DesignedFigure made, sources.read(design, context));
    made.asWritten = stored.figure;
    needApplication();
    FigureProof proof = proofOf(made, format);
    return MadeAgain{std::move(proof), [made = std::move(made), format]() -> Result<QByteArray> {
                         DS_ASSIGN(const ui::DrawnFigure drawn, drawDesign(made, format));
                         return drawn.bytes();
                     }};
}

/// Of the figures that reports have today: that there are others is told as what differs.
Result<MadeAgain> reportAgain(const FigureProof& stored, const FigureDesign& design,
                              ui::FigureSources& sources, const RunContext& context) {
    needApplication();
    const std::string null = design.panels.empty() ? std::string() : design.panels.front().null;
    DS_ASSIGN(ui::ReportDocument document,
              readReport(sources, ui::reportDesign(design, null), context, stored.figure));
    DS_ASSIGN(FigureProof proof, parseProof(document.info.proof));
    return MadeAgain{std::move(proof), [document = std::move(document), context] {
                         return reportPdf(document, ui::drawDesign, context);
                     }};
}

} // namespace

Result<int> verifyFigure(const FigureRequest& request) {
    const RunContext context = consoleContext(request.quiet);
    const fs::path& file = request.verified;
    DS_ASSIGN(const ui::FigureFormat format, ui::figureFormat(file));
    DS_ASSIGN(const std::string content, readWholeFile(file));
    DS_ASSIGN(const StoredProof found, storedProofIn(content, file));
    const FigureProof& stored = found.proof;
    DS_ASSIGN(const FigureDesign design, figureDesignOf(stored.figure, {}));
    DS_ASSIGN(ui::SourceSettings settings, sourceSettings(request));
    if (settings.studies.empty() && !request.study.empty())
        settings.studies = {request.study};
    const bool isElsewhere = !settings.studies.empty();
    ui::FigureSources sources(std::move(settings));
    const Result<MadeAgain> made = found.isReport ? reportAgain(stored, design, sources, context)
                                                  : figureAgain(stored, design, format, sources, context);
    finishProgress();
    if (!made)
        return isElsewhere ? fail(made.error()) : notMade(made.error(), design);
    const std::vector<std::string> differences = proofDifferences(stored, made->proof);
    const auto tell = [&] {
        for (const std::string& difference : differences)
            say("  {}\n", difference);
    };
    const Result<QByteArray> again = made->draw();
    finishProgress();
    if (!again) { // which the differences may be the reason of
        tell();
        return fail(again.error());
    }
    if (again->toStdString() == content) {
        say("{}: made again, the same bytes.\n", file.string());
        return 0;
    }
    say("{}: made again, it is another.\n", file.string());
    tell();
    if (differences.empty())
        say("  What it was made of is the same, and how: the file was changed since, or the libraries that "
            "draw it are others.\n");
    return 1;
}

} // namespace diploscope::cli
