// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/other_models.h"

#include "viewmodels/gene_text.h"
#include "workflow/scored_model.h"

#include <utility>

namespace diploscope::ui {
namespace {

QString otherModelGroup(const std::string& model) {
    return QStringLiteral("other model ") + QString::fromStdString(model);
}

} // namespace

OtherModels::OtherModels(Session& session, QObject* parent) : QObject(parent), m_session(session) {}

std::vector<ShownModel> OtherModels::models() const {
    if (!m_session.study() || m_session.isPublished())
        return {};
    std::vector<ShownModel> models =
        otherModelsOf(m_session.study()->file().models, m_session.model().choice().toStdString());
    for (ShownModel& model : models)
        if (const auto asked = m_asked.find(model.model); asked != m_asked.end()) {
            model.report = asked->second.answer.report;
            model.note = model.report                       ? QString()
                         : !asked->second.problem.isEmpty() ? asked->second.problem
                                                            : tr("computing…");
        }
    return models;
}

void OtherModels::want(const std::set<std::string>& wanted) {
    const std::string gene = m_session.shown().geneId();
    const bool otherWorkspace = m_workspace != m_session.workspace();
    if (otherWorkspace || gene != m_gene)
        for (auto& [model, asked] : m_asked) {
            m_session.jobs().cancelGroup(otherModelGroup(model));
            asked = {false, {otherWorkspace ? nullptr : asked.answer.predictor, nullptr}, {}};
        }
    m_workspace = m_session.workspace();
    m_gene = gene;
    std::set<std::string> others;
    for (const ShownModel& model : models())
        if (wanted.contains(model.model))
            others.insert(model.model);
    std::erase_if(m_asked, [&](const auto& asked) {
        if (others.contains(asked.first))
            return false;
        m_session.jobs().cancelGroup(otherModelGroup(asked.first));
        return true;
    });
    for (const std::string& model : others) {
        const Asked& asked = m_asked[model];
        const std::shared_ptr<const GeneReport> own = m_session.shown().report();
        if (!asked.running && !asked.answer.report && asked.problem.isEmpty() && own && own->complete)
            ask(model);
    }
}

void OtherModels::ask(const std::string& model) {
    Asked& asked = m_asked[model];
    asked.running = true;
    const QString name = QString::fromStdString(model);
    m_session.jobs().run<Answer>(
        geneText(*m_session.shown().gene()) + QStringLiteral(" · ") +
            shownName(name.section(QLatin1Char('/'), -1).toStdString()),
        otherModelGroup(model), JobRunner::Priority::Seen,
        [workspace = m_workspace, study = m_session.study(), gene = m_gene,
         request =
             ModelRequest{.place = model,
                          .score = m_session.model().requestOf(model),
                          .phenotypes = m_session.study()->file().phenotypes,
                          .options = m_session.settings().predictorOptions(),
                          .open = asked.answer.predictor}](const RunContext& context) -> Result<Answer> {
            DS_ASSIGN(const ScoredModel opened, openScoredModel(request));
            Workspace own(*workspace);
            own.predictor = opened.predictor;
            own.options.score = opened.score;
            DS_ASSIGN(const StudyGene* found, study->findGene(gene));
            // Where rows cannot be kept, the gene's own model has told of it.
            DS_ASSIGN(const Workspace::Analysed analysed, own.analyze(*found, false, context));
            return Answer{opened.predictor, analysed.report};
        },
        this,
        [this, model](Result<Answer> answer) {
            const auto found = m_asked.find(model);
            if (found == m_asked.end())
                return;
            found->second.running = false;
            if (answer)
                found->second.answer = std::move(*answer);
            else
                found->second.problem = answer.error().kind == ErrorKind::Cancelled
                                            ? tr("stopped")
                                            : QString::fromStdString(answer.error().what);
            Q_EMIT changed();
            if (!answer && answer.error().kind != ErrorKind::Cancelled)
                Q_EMIT failed(answer.error());
        });
}

} // namespace diploscope::ui
