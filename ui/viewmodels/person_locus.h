// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "experiment/person_paths.h"
#include "jobs/job_runner.h"
#include "workflow/workspace.h"

#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace diploscope::ui {

/// The locus of one gene as jobs follow people through it: read by the first that asks, kept ready for the
/// next. Whoever lets go of it last on the GUI thread hands it to a job, as a score cache may write when it
/// is closed. Any thread; one person at a time.
class PersonLocus {
public:
    [[nodiscard]] static std::shared_ptr<PersonLocus> make(JobRunner& jobs,
                                                           std::shared_ptr<const Workspace> workspace,
                                                           std::shared_ptr<const Study> study, Gene gene);

    /// For a worker. \error as followPerson; of reading the locus; Cancelled also while another person's turn
    /// lasts
    [[nodiscard]] Result<PersonPaths> follow(const std::string& sample, const std::string& against,
                                             const RunContext& context, const PersonSink& onPaths);

private:
    PersonLocus(std::shared_ptr<const Workspace> workspace, std::shared_ptr<const Study> study, Gene gene);
    [[nodiscard]] Result<void> read(const RunContext& context);

    std::shared_ptr<const Workspace> m_workspace;
    std::shared_ptr<const Study> m_study;
    Gene m_gene;
    std::timed_mutex m_turn;
    std::optional<PreparedLocus> m_locus;
};

} // namespace diploscope::ui
