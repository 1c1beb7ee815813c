// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/demo_study.h"

#include "base/paths.h"
#include "lab/simulate/simulate_study.h"

#include <system_error>

namespace diploscope::ui {

Result<QString> makeDemoStudy(const std::filesystem::path& folder, const RunContext& context) {
    const std::filesystem::path study = folder / "demo.study.json";
    std::error_code error;
    // The simulation puts everything in place at its end, so what is there is whole.
    if (!std::filesystem::exists(study, error)) {
        std::filesystem::create_directories(folder.parent_path(), error);
        simulate::SimulationOptions options;
        options.folder = folder;
        DS_TRY(simulate::simulateStudy(options, context));
    }
    return QString::fromStdString(study.string());
}

std::filesystem::path demoFolder() {
    return userDataFolder() / "demo";
}

QString demoGene() {
    return QStringLiteral("NASZE4");
}

} // namespace diploscope::ui
