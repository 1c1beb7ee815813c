// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/experiment_panel.h"

#include "viewmodels/gene_text.h"

#include <QComboBox>
#include <QSignalBlocker>

#include <algorithm>

namespace diploscope::ui {

ExperimentPanel::ExperimentPanel(const QString& title, Session& session, Experiments& experiments,
                                 Selection& selection, QWidget* parent)
    : PanelCard(title, parent), m_session(session), m_experiments(experiments), m_selection(selection) {
    for (const auto signal :
         {&Experiments::requestsChanged, &Experiments::outcomeChanged, &Experiments::locusChanged})
        connect(&experiments, signal, this, [this] { refresh(); });
    for (const auto signal : {&Selection::variantsChanged, &Selection::peopleChanged})
        connect(&selection, signal, this, [this] { refresh(); });
    connect(&session.shown(), &ShownGene::reportChanged, this, [this] { refresh(); });
}

void ExperimentPanel::ask(const QString& name, const std::function<void(ExperimentRequests&)>& edit) {
    ExperimentRequests next = m_experiments.requests();
    edit(next);
    if (next != m_experiments.requests())
        Q_EMIT asked(name, next);
}

void offer(QComboBox& box, const std::vector<HaplotypeChoice>& choices, const std::string& chosen) {
    const QSignalBlocker blocker(box);
    bool isThere = static_cast<size_t>(box.count()) == choices.size();
    for (int row = 0; isThere && row < box.count(); ++row) {
        const HaplotypeChoice& choice = choices[static_cast<size_t>(row)];
        isThere = box.itemText(row) == choice.text &&
                  box.itemData(row).toString() == QString::fromStdString(choice.name);
    }
    if (!isThere) {
        box.clear();
        for (const HaplotypeChoice& choice : choices)
            box.addItem(choice.text, QString::fromStdString(choice.name));
    }
    box.setCurrentIndex(std::max(0, box.findData(QString::fromStdString(chosen))));
}

std::vector<HaplotypeChoice> haplotypeChoices(const Selection& selection, const std::string& chosen) {
    constexpr size_t most = 8; // people; who selects a hundred means none of them
    std::vector<HaplotypeChoice> choices;
    const auto add = [&choices](const std::string& sample, char which) {
        choices.push_back(
            {QObject::tr("%1, haplotype %2").arg(shownName(sample), QString(QLatin1Char(which))),
             sample + ':' + which});
    };
    for (const std::string& sample : selection.people()) {
        if (choices.size() >= 2 * most)
            break;
        add(sample, '1');
        add(sample, '2');
    }
    const bool isHaplotype = chosen.size() > 2 && (chosen.ends_with(":1") || chosen.ends_with(":2"));
    const bool isThere = std::any_of(choices.begin(), choices.end(),
                                     [&](const HaplotypeChoice& one) { return one.name == chosen; });
    if (isHaplotype && !isThere)
        add(chosen.substr(0, chosen.size() - 2), chosen.back());
    return choices;
}

} // namespace diploscope::ui
