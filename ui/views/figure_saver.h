// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/scratch_folder.h"
#include "charts/chart_view.h"
#include "export/figure_export.h"
#include "figures/figure_origin.h"
#include "figures/figure_sources.h"
#include "jobs/job_runner.h"
#include "study/study.h"
#include "viewmodels/session.h"
#include "views/export_places.h"

#include <QObject>
#include <QPoint>

#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

class QMenu;
class QMimeData;

namespace diploscope::ui {

/// The context menu of a chart: save as SVG, PDF or PNG at a size in mm, copy to the clipboard, show all; and
/// dragging it, with Alt, out of the window as a file.
/// What is saved is the chart in its printed style at the zoom on screen, specified so that it can be made
/// again.
///
/// What is saved is what was shown when it was asked for. Which files it was made of is looked up by a job.
/// Drawing happens on the GUI thread, because Qt Charts must, one figure a turn of its event loop; scaling,
/// compressing and writing are a job again. Owned by its view's parent; GUI thread.
class FigureSaver : public QObject {
    Q_OBJECT

public:
    struct Subject {
        const FigureEntry* figure = nullptr; ///< null: none is shown
        ReadyFigure ready;
        QString fileName; ///< offered, without ending: "GSTM3.locus"
    };
    /// \param size offered at first
    FigureSaver(ChartView& view, Session& session, const FigureSize& size, std::function<Subject()> subject,
                QObject* parent);

    /// What specifies the figure as it is shown now, for a job; null: there is none.
    [[nodiscard]] std::function<Result<DesignedFigure>(const RunContext&)>
    specification(const FigureSize& size) const;
    /// saved() or failed() follows. The file's ending chooses the format.
    void saveTo(const QString& file, const FigureSize& size);
    /// As a panel of a figure of several: composed() follows, or failed().
    void compose();
    /// Dragging this carries the figure out of the window, as a file in the format saved last, as dragging
    /// the chart itself does with Alt, which no other gesture of charts takes.
    void setHandle(QWidget* handle);
    /// What is carried: a file that is there while the program runs. \param done null: it could not be made
    void prepareDrag(std::function<void(std::unique_ptr<QMimeData>)> done);
    /// As a picture and as SVG; whoever pastes takes what it understands.
    void copy();
    /// What is shown is higher than what the size was offered for (ReadyFigure::taller).
    void setTaller(double taller);
    /// Shows the figure as it will be, and asks how and where to it is saved.
    void ask();
    /// What the menu begins with, besides.
    void setFirstEntries(std::function<void(QMenu&)> fill) { m_fillFirst = std::move(fill); }
    /// Entries for the view as it is; the caller owns it.
    [[nodiscard]] QMenu* makeMenu(QWidget* parent);

Q_SIGNALS:
    void saved(const QString& file);
    void failed(const diploscope::Error& error);
    /// Is wanted as a panel of a figure of several.
    void composed(const diploscope::FigureDesign& design);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    /// Specifies what is shown now when it is called. \param title of the job
    void specify(const QString& title, const FigureSize& size,
                 std::function<void(const DesignedFigure&)> then);
    void openDialog(const DesignedFigure& figure, const QString& fileName, const ExportHabits& habits);
    void carry(QWidget* from);
    void write(const QString& file, const DesignedFigure& figure, bool withData);
    void encodeCopy(const DrawnFigure& svg, const DrawnFigure& png);
    void tell(const Error& error);

    ChartView& m_view;
    Session& m_session;
    FigureSize m_size;
    bool m_sizeChosen = false; ///< since the program began
    QWidget* m_chart;
    QWidget* m_handle = nullptr;
    std::optional<QPoint> m_pressed; ///< in either; empty: it is not, or is being carried
    bool m_carries = false;          ///< what was pressed for it is held still
    std::vector<std::shared_ptr<ScratchFolder>> m_scratch; ///< of what was carried; one, but for haste
    double m_taller = 1;
    std::function<void(QMenu&)> m_fillFirst; ///< null: nothing
    std::function<Subject()> m_subject;
};

} // namespace diploscope::ui
