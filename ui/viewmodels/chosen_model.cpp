// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/chosen_model.h"

#include "viewmodels/gene_text.h"
#include "viewmodels/session_groups.h"
#include "workflow/scored_model.h"

#include <utility>

namespace diploscope::ui {

ChosenModel::ChosenModel(JobRunner& jobs, QObject* parent) : QObject(parent), m_jobs(jobs) {}

std::string ChosenModel::name() const {
    if (m_predictor)
        return m_predictor->info().name;
    return m_study && m_study->isPublished() ? m_choice.toStdString() : std::string();
}

void ChosenModel::forget(std::shared_ptr<const Study> study) {
    m_jobs.cancelGroup(modelGroup);
    m_study = std::move(study);
    m_choice.clear();
    m_opens = false;
    m_predictor = nullptr;
    m_score.reset();
}

/// What the model before was asked for, and the score before.
void ChosenModel::stopItsWork() {
    m_jobs.cancelGroup(geneGroup);
    m_jobs.cancelGroup(allGenesGroup);
}

void ChosenModel::open(const QString& folderOrName) {
    m_choice = folderOrName;
    m_predictor =
        nullptr; // a gene chosen meanwhile waits for the new model instead of being asked of the old one
    stopItsWork();
    m_score.reset();
    m_opens = true;
    const auto asks = std::make_shared<std::optional<TrustQuestion>>(); // refused as nobody has been asked
    m_jobs.run<ScoredModel>(
        tr("Opening model %1").arg(folderOrName.section(QLatin1Char('/'), -1)), modelGroup,
        JobRunner::Priority::Seen,
        [asks, wanted = ModelRequest{.place = folderOrName.toStdString(),
                                     .score = request(),
                                     .phenotypes = phenotypes(),
                                     .options = m_options}](const RunContext&) {
            Result<ScoredModel> model = openModelAnyhow(wanted);
            if (!model)
                *asks = trustQuestion(wanted.place);
            return model;
        },
        this,
        [this, asks](Result<ScoredModel> result) {
            m_opens = false;
            m_predictor = result ? std::move(result->predictor) : nullptr;
            m_score = result ? std::optional(std::move(result->score)) : std::nullopt;
            Q_EMIT opened(result ? std::nullopt : std::optional(result.error()));
            if (result && result->refused)
                Q_EMIT failed(*result->refused);
            if (!result && *asks)
                Q_EMIT trustAsked(m_choice, **asks);
            else if (!result)
                Q_EMIT failed(result.error());
        });
}

void ChosenModel::trust(const QString& folderOrName, const std::vector<ForeignProgram>& programs) {
    // In no group: another model that is being opened meanwhile goes on.
    m_jobs.run<void>(
        {}, {}, JobRunner::Priority::Seen, [programs](const RunContext&) { return trustPrograms(programs); },
        this,
        [this, folderOrName](const Result<void>& kept) {
            if (!kept)
                Q_EMIT failed(kept.error());
            if (m_choice == folderOrName)
                open(folderOrName);
        });
}

void ChosenModel::setAsked(AskedScores asked, ScoreRequest ofOthers) {
    m_asked = std::move(asked);
    m_askedOfOthers = std::move(ofOthers);
}

ScoreRequest ChosenModel::requestOf(const std::string& model) const {
    ScoreRequest request = m_asked.of(model).value_or(unasked(model));
    const ScoreRequest ofStudy = m_study ? m_study->file().scoreOf(model) : ScoreRequest();
    if (!ofStudy.empty() && request != ofStudy)
        request.ownScore = true; // or whoever reads it with the study would fill in what it leaves open
    return request;
}

ScoreRequest ChosenModel::unasked(const std::string& model) const {
    return scoreAskedOf(model, m_askedOfOthers, m_study ? &m_study->file() : nullptr);
}

std::string ChosenModel::phenotypes() const {
    return m_study ? m_study->file().phenotypes : GenePhenotypes;
}

ModelInfo ChosenModel::info() const {
    return infoFor(m_predictor->info(), phenotypes());
}

void ChosenModel::ask(const ScoreRequest& request) {
    if (m_predictor)
        resolve(request);
}

void ChosenModel::askOf(const std::string& model, const std::optional<ScoreRequest>& request) {
    const bool isChosen = model == m_choice.toStdString();
    const bool isOpen = isChosen && m_predictor != nullptr;
    if (m_asked.of(model) == request) {
        if (isOpen)
            m_jobs.cancelGroup(modelGroup); // another one is on its way, and not wanted any more
        return;
    }
    if (isOpen)
        return resolve(request);
    m_asked.set(model, request);
    if (isChosen && m_opens) // with what was asked before
        open(m_choice);
}

/// What it means for the model that is open.
void ChosenModel::resolve(const std::optional<ScoreRequest>& request) {
    m_jobs.run<ScoreOptions>(
        tr("Score of %1").arg(shownName(m_predictor->info().name)), modelGroup, JobRunner::Priority::Seen,
        [meant = request.value_or(unasked(m_choice.toStdString())), model = info()](const RunContext&) {
            return resolveScore(meant, model);
        },
        this,
        [this, request](Result<ScoreOptions> result) {
            if (!result) {
                Q_EMIT scoreRefused();
                Q_EMIT failed(result.error());
                return;
            }
            m_asked.set(m_choice.toStdString(), request);
            m_score = std::move(*result);
            stopItsWork();
            Q_EMIT scored();
        });
}

} // namespace diploscope::ui
