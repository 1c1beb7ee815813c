// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/experiments.h"
#include "viewmodels/selection.h"
#include "views/panel_card.h"

#include <functional>

class QComboBox;

namespace diploscope::ui {

/// A card for one kind of experiment: shows what is asked for and what has come of it, and tells what a
/// person asks. GUI thread.
class ExperimentPanel : public PanelCard {
    Q_OBJECT

Q_SIGNALS:
    /// A step of the document. \param name as the Edit menu says it
    void asked(const QString& name, const diploscope::ui::ExperimentRequests& requests);
    /// Of a file that was to be read or written.
    void failed(const diploscope::Error& error);
    void saved(const QString& file);

protected:
    ExperimentPanel(const QString& title, Session& session, Experiments& experiments, Selection& selection,
                    QWidget* parent = nullptr);

    /// Shows requests and outcome anew.
    virtual void refresh() = 0;
    /// \param edit changes the requests that there are
    void ask(const QString& name, const std::function<void(ExperimentRequests&)>& edit);

    [[nodiscard]] Session& session() const { return m_session; }
    [[nodiscard]] Experiments& experiments() const { return m_experiments; }
    [[nodiscard]] Selection& selection() const { return m_selection; }

private:
    Session& m_session;
    Experiments& m_experiments;
    Selection& m_selection;
};

/// Whose sequence may be chosen: "NA1, haplotype 1" for `NA1:1`.
struct HaplotypeChoice {
    QString text;
    std::string name;
};
/// Makes a list of these and chooses one, else the first. One that holds them already is let alone: it may be
/// open. A row's data is its name.
void offer(QComboBox& box, const std::vector<HaplotypeChoice>& choices, const std::string& chosen);
/// Haplotypes of people who are selected. \param chosen as a request has it; it is in the list even where
/// nobody of that name is selected
[[nodiscard]] std::vector<HaplotypeChoice> haplotypeChoices(const Selection& selection,
                                                            const std::string& chosen);

} // namespace diploscope::ui
