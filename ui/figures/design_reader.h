// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "figures/drawn_design.h"
#include "figures/figure_sources.h"
#include "jobs/job_runner.h"

#include <QObject>

#include <functional>
#include <memory>
#include <mutex>

namespace diploscope::ui {

/// What designs are drawn of, for a window in which they change: read by jobs, the newest that was asked for
/// alone, and not again where only labels, places or sizes are others. GUI thread.
class DesignReader : public QObject {
    Q_OBJECT

public:
    /// \param settings asked for when the first design is read, and again after forget()
    DesignReader(JobRunner& jobs, std::function<SourceSettings()> settings, QObject* parent);

    /// ready() or failed() follows, at once where nothing has to be read.
    void read(const FigureDesign& design);
    /// Files, results or settings are others: all is read anew when it is asked for.
    void forget();
    [[nodiscard]] bool isReading() const { return m_reading; }

    /// Opened studies and models, shared with whoever reads as a job; one at a time.
    class Shared {
    public:
        explicit Shared(SourceSettings settings) : m_sources(std::move(settings)) {}
        [[nodiscard]] Result<DesignedFigure> read(const FigureDesign& design, const RunContext& context);
        /// \error as FigureSources::stemOf
        [[nodiscard]] Result<std::string> stemOf(const FigureDesign& design, const std::string& gene,
                                                 const RunContext& context);

    private:
        std::mutex m_mutex;
        FigureSources m_sources;
    };
    [[nodiscard]] std::shared_ptr<Shared> shared();

Q_SIGNALS:
    void ready(const diploscope::ui::DesignedFigure& figure);
    /// \param design that cannot be drawn
    void failed(const diploscope::Error& error);
    void readingChanged();

private:
    [[nodiscard]] bool takeKnown(const FigureDesign& design);
    void setReading(bool reading);

    JobRunner& m_jobs;
    std::function<SourceSettings()> m_settings;
    std::shared_ptr<Shared> m_shared; ///< null: nothing was read yet
    DesignedFigure m_last;            ///< no panels: none
    bool m_reading = false;
};

/// Draws for a job: on the GUI thread, as Qt Charts must, in a turn of its event loop, while the worker
/// waits. \error as drawDesign; Cancelled
[[nodiscard]] Result<DrawnFigure> drawForJob(JobRunner& jobs, const DesignedFigure& figure,
                                             FigureFormat format, const RunContext& context);

/// Has a job make its pixels. \param group a newer picture of it takes the place of this one
/// \param done on the GUI thread
void fillPicture(JobRunner& jobs, const QString& group, const DesignPicture& picture, QObject* receiver,
                 std::function<void(Result<DesignPicture>)> done);

} // namespace diploscope::ui
