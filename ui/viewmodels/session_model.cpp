// SPDX-License-Identifier: GPL-3.0-or-later
// Session: which model is open, whether it may run, and what is asked of it.
#include "engines/open_model.h"
#include "model/model_trust.h"
#include "viewmodels/gene_text.h"
#include "viewmodels/session.h"
#include "viewmodels/session_groups.h"

namespace diploscope::ui {

void Session::chooseModel(const QString& folderOrName) {
    if (isPublished()) {
        showPublished(folderOrName);
        return;
    }
    m_modelChoice = folderOrName;
    m_model =
        nullptr; // a gene chosen meanwhile waits for the new model instead of being asked of the old one
    m_jobs.cancelGroup(geneGroup);
    m_jobs.cancelGroup(allGenesGroup);
    PredictorOptions options;
    options.devices = m_settings.devices;
    options.threads = m_settings.threads;
    struct OpenedModel {
        std::shared_ptr<const Predictor> model;
        ScoreOptions score;
        std::optional<Error> scoreError; ///< what was asked of the model does not suit it: it has its own
    };
    m_score.reset();
    m_opensModel = true;
    const auto asks = std::make_shared<bool>(false); // refused because the user has not been asked yet
    m_jobs.run<OpenedModel>(
        tr("Opening model %1").arg(folderOrName.section(QLatin1Char('/'), -1)), modelGroup,
        JobRunner::Priority::Seen,
        [asks, folder = folderOrName.toStdString(), options,
         request = scoreRequest()](const RunContext&) -> Result<OpenedModel> {
            Result<std::shared_ptr<const Predictor>> model = openModel(folder, options);
            if (!model) {
                *asks = asksForTrust(folder);
                return fail(std::move(model).error());
            }
            Result<ScoreOptions> score = resolveScore(request, (*model)->info());
            OpenedModel opened{*model, score ? std::move(*score) : defaultScore((*model)->info()), {}};
            if (!score)
                opened.scoreError = score.error();
            return opened;
        },
        this,
        [this, asks](Result<OpenedModel> result) {
            m_opensModel = false;
            m_model = result ? std::move(result->model) : nullptr;
            m_score = result ? std::optional(std::move(result->score)) : std::nullopt;
            renew([this](Workspace& workspace) {
                workspace.predictor = m_model;
                workspace.options.score = m_score;
            });
            Q_EMIT modelChanged();
            if (result && result->scoreError)
                Q_EMIT failed(*result->scoreError);
            if (!m_model) {
                m_report.reset();
                m_geneError = result.error();
                Q_EMIT reportChanged();
                if (*asks)
                    Q_EMIT trustAsked(m_modelChoice, result.error());
                else
                    Q_EMIT failed(result.error());
                return;
            }
            analyzeShown();
        });
}

void Session::trustModel(const QString& folderOrName) {
    // In no group: another model that is being opened meanwhile goes on.
    m_jobs.run<void>(
        {}, {}, JobRunner::Priority::Seen,
        [folder = folderOrName.toStdString()](const RunContext&) { return diploscope::trustModel(folder); },
        this,
        [this, folderOrName](const Result<void>& kept) {
            if (!kept)
                Q_EMIT failed(kept.error());
            if (m_modelChoice == folderOrName)
                chooseModel(folderOrName);
        });
}

void Session::setAskedScores(AskedScores asked, ScoreRequest ofOthers) {
    m_asked = std::move(asked);
    m_askedOfOthers = std::move(ofOthers);
}

ScoreRequest Session::scoreRequestOf(const std::string& model) const {
    return m_asked.of(model).value_or(unaskedScore(model));
}

ScoreRequest Session::unaskedScore(const std::string& model) const {
    return m_askedOfOthers.orElse(m_check.study ? m_check.study->file().scoreOf(model) : ScoreRequest{});
}

void Session::chooseScore(const ScoreRequest& request) {
    if (m_model)
        askScore(request);
}

void Session::setScoreOf(const std::string& model, const std::optional<ScoreRequest>& request) {
    const bool isChosen = model == m_modelChoice.toStdString();
    const bool isOpen = isChosen && m_model != nullptr;
    if (m_asked.of(model) == request) {
        if (isOpen)
            m_jobs.cancelGroup(modelGroup); // another one is on its way, and not wanted any more
        return;
    }
    if (isOpen)
        return askScore(request);
    m_asked.set(model, request);
    if (isChosen && m_opensModel) // with what was asked before
        chooseModel(m_modelChoice);
}

/// Of the model that is open.
void Session::askScore(const std::optional<ScoreRequest>& request) {
    m_jobs.run<ScoreOptions>(
        tr("Score of %1").arg(shownName(m_model->info().name)), modelGroup, JobRunner::Priority::Seen,
        [meant = request.value_or(unaskedScore(m_modelChoice.toStdString())),
         model = m_model](const RunContext&) { return resolveScore(meant, model->info()); },
        this,
        [this, request](Result<ScoreOptions> result) {
            if (!result) {
                Q_EMIT scoreRefused();
                Q_EMIT failed(result.error());
                return;
            }
            m_asked.set(m_modelChoice.toStdString(), request);
            m_score = std::move(*result);
            m_jobs.cancelGroup(geneGroup);
            m_jobs.cancelGroup(allGenesGroup);
            m_report.reset();
            renew([this](Workspace& workspace) { workspace.options.score = m_score; });
            Q_EMIT scoreChanged();
            Q_EMIT reportChanged();
            analyzeShown();
        });
}

} // namespace diploscope::ui
