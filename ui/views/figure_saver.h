// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/chart_view.h"
#include "export/figure_export.h"
#include "jobs/job_runner.h"
#include "study/study.h"

#include <QObject>

#include <functional>
#include <memory>
#include <utility>

class QMenu;

namespace diploscope::ui {

/// Draws a figure in a turn of the event loop of its own, as Qt Charts must on the GUI thread, and writes it
/// in a job. \param draw called once, on the GUI thread \param done is told the file, or what went wrong
void saveDrawn(JobRunner& jobs, QObject* receiver, const QString& file,
               std::function<Result<DrawnFigure>()> draw, std::function<void(const Result<QString>&)> done);

/// The context menu of a chart: save as SVG, PDF or PNG at a size in mm, copy to the clipboard, show all.
/// What is saved is the chart in its printed style at the zoom on screen.
///
/// What is saved is what was shown when it was asked for. Drawing happens on the GUI thread, because Qt
/// Charts must, one figure a turn of its event loop; scaling, compressing and writing are a job of the
/// JobRunner. Owned by its view's parent; GUI thread.
class FigureSaver : public QObject {
    Q_OBJECT

public:
    struct Subject {
        FigureInfo info;
        QString fileName;                   ///< offered, without ending: "GSTM3.locus"
        std::shared_ptr<const Study> study; ///< whose data nothing is saved among
    };
    /// \param size offered at first
    FigureSaver(ChartView& view, JobRunner& jobs, const FigureSize& size, std::function<Subject()> subject,
                QObject* parent);

    /// saved() or failed() follows. The file's ending chooses the format.
    void saveTo(const QString& file, const FigureSize& size);
    /// As a picture and as SVG; whoever pastes takes what it understands.
    void copy();
    /// What is shown is higher than what the size was offered for (ReadyFigure::taller).
    void setTaller(double taller);
    /// Asks for size and file.
    void ask();
    /// What the menu begins with, besides.
    void setFirstEntries(std::function<void(QMenu&)> fill) { m_fillFirst = std::move(fill); }
    /// Entries for the view as it is; the caller owns it.
    [[nodiscard]] QMenu* makeMenu(QWidget* parent);

Q_SIGNALS:
    void saved(const QString& file);
    void failed(const diploscope::Error& error);

private:
    /// Draws what is shown now when it is called, in a turn of its own.
    using Drawing = std::function<Result<DrawnFigure>()>;
    [[nodiscard]] Drawing drawing(const FigureSize& size, FigureFormat format) const;
    void encodeCopy(const DrawnFigure& svg, const DrawnFigure& png);
    void tell(const Error& error);

    ChartView& m_view;
    JobRunner& m_jobs;
    FigureSize m_size;
    double m_taller = 1;
    std::function<void(QMenu&)> m_fillFirst; ///< null: nothing
    std::function<Subject()> m_subject;
};

} // namespace diploscope::ui
