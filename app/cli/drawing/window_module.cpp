// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/requests/window_module.h"

#include "base/crash_note.h"
#include "base/log.h"
#include "cli/drawing/experiment_drawing.h"
#include "cli/drawing/figures.h"
#include "cli/drawing/growth_drawing.h"
#include "cli/drawing/make_figure.h"
#include "cli/drawing/make_guide.h"
#include "cli/drawing/make_report.h"
#include "cli/drawing/take_snapshot.h"

#include <QtGlobal>

#include <string_view>

namespace diploscope::cli {

namespace {

class Window final : public WindowModule {
public:
    Window() {
        addToCrashNote("Qt " + qtVersion());
        logLine("start", "Qt " + qtVersion());
    }

    std::string qtVersion() const override { return qVersion(); }
    Result<int> runWindow(const gui::WindowRequest& request) const override {
        return gui::runWindow(request);
    }
    Result<void> takeSnapshot(const SnapshotRequest& request) const override {
        return cli::takeSnapshot(request);
    }
    Result<int> makeFigure(const FigureRequest& request) const override { return cli::makeFigure(request); }
    Result<int> makeReport(const ReportRequest& request) const override { return cli::makeReport(request); }
    Result<FigureFiles> drawGene(const DrawnGene& gene, const RunContext& context) const override {
        return cli::drawGene(gene, context);
    }
    Result<FigureFiles> drawGenome(const DrawnGenome& genome, const RunContext& context) const override {
        return cli::drawGenome(genome, context);
    }
    Result<FigureFiles> drawPerson(const DrawnPerson& person, const RunContext& context) const override {
        return cli::drawPerson(person, context);
    }
    Result<void> drawAblation(const DrawnExperiment& experiment,
                              const DrawnAblation& ablation) const override {
        return cli::drawAblation(experiment, ablation);
    }
    Result<void> drawWhatIf(const DrawnExperiment& experiment, const DrawnWhatIf& whatIf) const override {
        return cli::drawWhatIf(experiment, whatIf);
    }
    Result<void> drawSaturation(const DrawnExperiment& experiment,
                                const DrawnSaturation& saturation) const override {
        return cli::drawSaturation(experiment, saturation);
    }
    Result<void> drawGrowth(const std::vector<GrowthCurve>& curves,
                            const std::filesystem::path& file) const override {
        return cli::drawGrowth(curves, file);
    }
    Result<void> writeGuide(const std::filesystem::path& file, const RunContext& context) const override {
        return cli::writeGuide(file, context);
    }
};

} // namespace

} // namespace diploscope::cli

/// The module's only entry. Null when the program was built against another version of the interface.
extern "C" __attribute__((visibility("default"))) const diploscope::cli::WindowModule*
diploscopeWindowModule(int interfaceVersion, const char* programVersion) {
    if (interfaceVersion != diploscope::cli::kWindowInterfaceVersion ||
        std::string_view(programVersion) != DIPLOSCOPE_VERSION)
        return nullptr;
    static const diploscope::cli::Window window;
    return &window;
}
