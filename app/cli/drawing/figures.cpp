// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/drawing/figures.h"

#include "analysis/gene_report.h"
#include "charts/genome_figures.h"
#include "charts/ism_eqtl_chart.h"
#include "charts/ism_track_chart.h"
#include "charts/observed_predicted_chart.h"
#include "export/figure_export.h"
#include "gui/application.h"

#include <string>

namespace diploscope::cli {
namespace {

constexpr ui::FigureSize oneColumn{.widthMm = 85, .heightMm = 72};
constexpr ui::FigureSize genomeFigureSize{.widthMm = 85, .heightMm = 75};
constexpr ui::FigureSize twoColumns{.widthMm = 174, .heightMm = 68};

void needApplication() {
    if (QCoreApplication::instance() == nullptr)
        // Never deleted: it would go after objects that it needs, and the process is ending then anyway.
        (void)gui::makeApplication(true).release();
}

} // namespace

Result<std::vector<std::filesystem::path>> writeGeneFigures(const GeneReport& report,
                                                            const std::filesystem::path& folder,
                                                            const std::string& stem, ui::SnvColour colour) {
    needApplication();
    DS_ASSIGN(const ui::ChartStyle style, ui::ChartStyle::paper());
    std::vector<std::filesystem::path> written;
    const auto save = [&](QGraphicsWidget& figure, const ui::FigureSize& size, const char* kind,
                          const QString& title) -> Result<void> {
        for (const char* ending : {".svg", ".png"}) {
            const std::filesystem::path file = folder / (stem + "." + kind + ending);
            DS_TRY(ui::saveFigure(figure, size, {title, report.provenance}, file));
            written.push_back(file);
        }
        return {};
    };

    const ui::ObservedPredicted scatter = ui::observedPredicted(report);
    ui::ObservedPredictedChart scatterChart(scatter, style);
    DS_TRY(save(scatterChart, oneColumn, "observed-predicted",
                scatter.gene + QStringLiteral(": observed and predicted expression")));

    const ui::IsmTrack track = ui::ismTrack(report, ui::Attribution::Ism, colour);
    ui::IsmTrackChart trackChart(track, style);
    DS_TRY(save(trackChart, twoColumns, "ism",
                track.gene + QStringLiteral(": in-silico mutagenesis of the locus")));

    const ui::IsmVersusEqtl effects = ui::ismVersusEqtl(report, colour);
    if (!effects.snvs.empty()) {
        ui::IsmEqtlChart effectsChart(effects, style);
        DS_TRY(save(effectsChart, oneColumn, "ism-eqtl",
                    effects.gene + QStringLiteral(": model and eQTL effects")));
    }
    return written;
}

Result<GenomeFigureFiles> writeGenomeFigures(const std::shared_ptr<const GenomeTable>& table,
                                             const std::filesystem::path& folder) {
    needApplication();
    DS_ASSIGN(const ui::ChartStyle style, ui::ChartStyle::paper());
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    if (failed)
        return fail(ErrorKind::Io, "The folder cannot be made: " + failed.message() + ".", folder.string());
    GenomeFigureFiles files;
    for (const ui::GenomeFigure figure : ui::allGenomeFigures) {
        const std::string stem = ui::genomeFigureFile(figure).toStdString();
        const ui::GenomeFigureText text = ui::genomeFigureText(figure, *table);
        if (!text.empty.isEmpty()) {
            files.skipped.push_back(stem + (": " + text.empty.toStdString()));
            continue;
        }
        const ui::FigureMaker make = ui::genomeFigure(figure, table);
        ui::FigureInfo info{text.title, table->provenance()};
        info.provenance.emplace_back("null", std::string(toText(table->null())));
        for (const char* ending : {".svg", ".pdf", ".png"}) {
            const std::filesystem::path file = folder / (stem + ending);
            DS_TRY(ui::saveFigure(*make(style, ui::Medium::Paper).widget, genomeFigureSize, info, file));
            files.written.push_back(file);
        }
    }
    return files;
}

} // namespace diploscope::cli
