// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/demo_study.h"

#include "base/paths.h"
#include "lab/simulate/simulate_study.h"

#include <system_error>
#include <utility>

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

DemoMaker::DemoMaker(JobRunner& jobs, std::filesystem::path folder, QObject* parent)
    : QObject(parent), m_jobs(jobs), m_folder(std::move(folder)) {
    connect(&jobs, &JobRunner::jobChanged, this, [this](int row) {
        if (m_jobs.jobs()[static_cast<size_t>(row)].id == m_job)
            Q_EMIT changed();
    });
}

void DemoMaker::make() {
    m_job = m_jobs.run<QString>(
        tr("Demo study"), QStringLiteral("demo"), JobRunner::Priority::Seen,
        [folder = m_folder](const RunContext& context) { return makeDemoStudy(folder, context); }, this,
        [this](Result<QString> study) {
            m_job = 0;
            Q_EMIT changed();
            if (study)
                Q_EMIT made(*study);
            else if (study.error().kind != ErrorKind::Cancelled)
                Q_EMIT failed(study.error());
        });
    Q_EMIT changed();
}

std::filesystem::path demoFolder() {
    return userDataFolder() / "demo";
}

QString demoGene() {
    return QStringLiteral("NASZE4");
}

} // namespace diploscope::ui
