// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "figures/drawn_design.h"
#include "jobs/job_runner.h"
#include "views/design_canvas.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QLabel;

namespace diploscope::ui {

class FigureForm;
class PanelForm;

/// Asks how a figure is saved, and shows it as it will be: at its true size, while it is asked.
class FigureDialog : public QDialog {
    Q_OBJECT

public:
    struct Habits {
        QString ending = QStringLiteral("svg"); ///< "svg", "pdf" or "png"
        bool withData = false;
    };
    FigureDialog(JobRunner& jobs, DesignedFigure figure, const Habits& habits, QWidget* parent);

    [[nodiscard]] const DesignedFigure& figure() const { return m_figure; }
    [[nodiscard]] Habits habits() const;
    [[nodiscard]] DesignCanvas& canvas() const { return *m_canvas; }

private:
    void take(const FigureDesign& design);
    void redraw();
    void showPicture(const Result<DesignPicture>& picture);
    void takeLabel(size_t panel, DesignCanvas::Label label, const QString& words);
    void tell(const QString& words);

    JobRunner& m_jobs;
    DesignedFigure m_figure;
    bool m_redrawing = false;
    DesignCanvas* m_canvas;
    FigureForm* m_figureForm;
    PanelForm* m_panelForm;
    QComboBox* m_format;
    QCheckBox* m_withData;
    QLabel* m_problem;
};

/// The words of a panel's label: what a person gave it, else what it says by itself, as markup.
[[nodiscard]] QString labelWords(const PanelDesign& panel, const PanelPlace& place,
                                 DesignCanvas::Label label);
/// Gives a panel its label; none where it is what the panel says by itself. \error BadInput: markup that
/// cannot be read
[[nodiscard]] Result<void> setLabel(PanelDesign& panel, const PanelPlace& place, DesignCanvas::Label label,
                                    const QString& words);

} // namespace diploscope::ui
