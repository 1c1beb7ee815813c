// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/selection.h"
#include "views/experiment_chart.h"

#include <memory>
#include <set>
#include <string>
#include <vector>

namespace diploscope::ui {

/// Everybody's prediction before and after an experiment. Pointing at a person tells both; a click, a
/// rectangle or a lasso selects, and who is selected anywhere is marked. GUI thread.
class MovesChart final : public ExperimentChart {
    Q_OBJECT

public:
    MovesChart(Session& session, Selection& selection, QWidget* parent = nullptr);

    const ReadyFigure& show(const ExperimentFigureSpec& spec, ChartView::Keep keep) override;
    void clear() override;

private:
    [[nodiscard]] std::set<std::string> peopleOf(const std::vector<size_t>& marks) const;
    void markSelected();

    Selection& m_selection;
    std::shared_ptr<const BeforeAfter> m_moves; ///< null: none are shown
};

} // namespace diploscope::ui
