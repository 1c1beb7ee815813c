// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/motif_matches.h"
#include "jobs/job_runner.h"
#include "study/study.h"
#include "viewmodels/snv_details.h"

#include <QObject>

#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

namespace diploscope::ui {

/// What a variant does to motifs, as the inspector says it: "lost", "CEDAR 12.1 → 8.4 bits, p 1×10⁻⁶ →
/// 0.0004". At most MostMotifRows, the smallest p first; those beyond are counted.
inline constexpr size_t MostMotifRows = 8;
[[nodiscard]] std::vector<SnvDetails::Row> motifRows(const MotifSet& motifs,
                                                     const std::vector<MotifMatch>& matches);

/// Finds, by a job, which motifs of the user's files a variant gains or loses. Files are read and their
/// scores' distributions worked out once. GUI thread.
class MotifFinder : public QObject {
    Q_OBJECT

public:
    explicit MotifFinder(JobRunner& jobs, QObject* parent = nullptr);

    /// \param study null, \param variant empty or no file: nothing is looked for
    void want(const std::shared_ptr<const Study>& study, const std::optional<Variant>& variant,
              const std::vector<std::filesystem::path>& files);

Q_SIGNALS:
    /// Of the variant that was asked for last.
    void found(const diploscope::Variant& variant, const std::vector<diploscope::ui::SnvDetails::Row>& rows);
    void dropped(); ///< what was found counts no more: other files are asked, or another study
    void failed(const diploscope::Error& error);

private:
    JobRunner& m_jobs;
    std::weak_ptr<const Study> m_study; ///< that was asked last; not kept open
    std::optional<Variant> m_variant;
    std::vector<std::filesystem::path> m_files;
    std::shared_ptr<const MotifSet> m_motifs; ///< of m_files; null: not read yet
};

} // namespace diploscope::ui
