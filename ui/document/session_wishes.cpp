// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/session_wishes.h"

#include "viewmodels/session.h"

namespace diploscope::ui {

void askSession(Session& session, const Document& before, const Document& now) {
    if (now.scores != before.scores || now.model != before.model) {
        for (const auto& [model, request] : now.scores.byModel())
            session.model().askOf(model, request);
        if (!now.model.empty() && !now.scores.of(now.model))
            session.model().askOf(now.model, std::nullopt);
    }
    const QString model = QString::fromStdString(now.model);
    if (now.model != before.model && !model.isEmpty() && model != session.model().choice())
        session.chooseModel(model);
    const QString gene = QString::fromStdString(now.gene);
    if (gene.isEmpty())
        session.hideGene();
    else if (now.gene != session.shown().geneId() && session.genes().find(gene)) // a published model may not
        session.showGene(gene);
}

} // namespace diploscope::ui
