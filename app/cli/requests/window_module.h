// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/requests/drawn_experiment.h"
#include "cli/requests/drawn_figures.h"
#include "cli/requests/figure_request.h"
#include "cli/requests/snapshot_request.h"
#include "gui/run_window.h"
#include "lab/growth.h"

#include <filesystem>
#include <string>
#include <vector>

namespace diploscope::cli {

// What the program asks of Qt. Implemented in the module `libdiploscope_window.so`, which is opened on first
// use, and finds what commands have in common (`cli/options`, `cli/requests`) in the program.

/// Raised with every change of this interface and of what goes through it, so that a module of another build
/// is refused in words.
inline constexpr int kWindowInterfaceVersion = 1;

/// The window, and all that draws without one. To be called from the main thread: Qt lives there from the
/// first drawing on until the process ends.
class WindowModule {
public:
    virtual ~WindowModule() = default;

    [[nodiscard]] virtual std::string qtVersion() const = 0;
    [[nodiscard]] virtual Result<int> runWindow(const gui::WindowRequest& request) const = 0;
    /// What a page tries is what the session asks of it, else all drivers' ablation, the saturation round the
    /// TSS, the audit. The page of a person is of the study's first one where nobody is selected. Reads and
    /// writes nothing of the user's own settings. \error what the window would show; NotFound: no such
    /// person; Io
    [[nodiscard]] virtual Result<void> takeSnapshot(const SnapshotRequest& request) const = 0;
    /// `diploscope figure`. \return the exit code \error of reading, computing and writing
    [[nodiscard]] virtual Result<int> makeFigure(const FigureRequest& request) const = 0;
    /// `diploscope report`. As above.
    [[nodiscard]] virtual Result<int> makeReport(const ReportRequest& request) const = 0;

    /// Each draws figures beside a command's tables; those with nothing to show are left out. Needs no
    /// display. \error NotFound where a file of the study is not there any more; Cancelled, Io
    [[nodiscard]] virtual Result<FigureFiles> drawGene(const DrawnGene& gene,
                                                       const RunContext& context) const = 0;
    [[nodiscard]] virtual Result<FigureFiles> drawGenome(const DrawnGenome& genome,
                                                         const RunContext& context) const = 0;
    [[nodiscard]] virtual Result<FigureFiles> drawPerson(const DrawnPerson& person,
                                                         const RunContext& context) const = 0;
    /// Each draws one figure of the window's to a file. \error as above; Unsupported for another ending;
    /// NotFound where there is nothing to show
    [[nodiscard]] virtual Result<void> drawAblation(const DrawnExperiment& experiment,
                                                    const DrawnAblation& ablation) const = 0;
    [[nodiscard]] virtual Result<void> drawWhatIf(const DrawnExperiment& experiment,
                                                  const DrawnWhatIf& whatIf) const = 0;
    [[nodiscard]] virtual Result<void> drawSaturation(const DrawnExperiment& experiment,
                                                      const DrawnSaturation& saturation) const = 0;
    /// How steps grow with their size. \error Unsupported for another ending; Io
    [[nodiscard]] virtual Result<void> drawGrowth(const std::vector<GrowthCurve>& curves,
                                                  const std::filesystem::path& file) const = 0;
    /// The whole guide, `.html` or `.pdf`. \error Cancelled, Io
    [[nodiscard]] virtual Result<void> writeGuide(const std::filesystem::path& file,
                                                  const RunContext& context) const = 0;
};

/// Opens the module on the first call (Qt takes a hundredth of a second), then gives the same object. A
/// command that will draw calls it before its work. \error Unsupported, as openProgramModule()
[[nodiscard]] Result<const WindowModule*> windowModule();

} // namespace diploscope::cli
