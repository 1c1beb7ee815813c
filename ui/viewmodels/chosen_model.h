// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/job_runner.h"
#include "model/model_trust.h"
#include "model/predictor.h"
#include "study/study.h"
#include "viewmodels/asked_scores.h"
#include "workflow/workspace.h"

#include <QObject>
#include <QString>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace diploscope::ui {

class Session;

/// The model that a session's results are of: which one was chosen, whether it may run, the open predictor,
/// and how its outputs become a score. Opens and resolves in jobs. Lives on the GUI thread.
class ChosenModel : public QObject {
    Q_OBJECT

public:
    explicit ChosenModel(JobRunner& jobs, QObject* parent = nullptr);

    /// A folder or a name, as it was chosen; of a published study the name of one of its models.
    [[nodiscard]] const QString& choice() const { return m_choice; }
    /// Null while it is being opened and where that failed.
    [[nodiscard]] std::shared_ptr<const Predictor> predictor() const { return m_predictor; }
    /// The name under which its results are stored; empty while none is open.
    [[nodiscard]] std::string name() const;
    /// Whether it is the one that `workspace` computes with, and there is a study.
    [[nodiscard]] bool runsIn(const Workspace& workspace) const { return m_predictor && workspace.isReady(); }
    /// The answer to trustAsked(): lets the programs run that were shown, remembers that, and opens the
    /// model, which asks again where it has changed meanwhile.
    void trust(const QString& folderOrName, const std::vector<ForeignProgram>& programs);

    /// What the open model says of itself for the study's phenotypes. Not while none is open.
    [[nodiscard]] ModelInfo info() const;
    /// What was asked for means for the open model; nothing while none is.
    [[nodiscard]] const std::optional<ScoreOptions>& score() const { return m_score; }
    [[nodiscard]] const AskedScores& asked() const { return m_asked; }
    /// Before a model is opened. \param ofOthers asked of all models of which nothing else is
    void setAsked(AskedScores asked, ScoreRequest ofOthers = {});
    /// What was asked for in the window, else in the study file; of any model, and of the one chosen. It
    /// means the same to whoever asks the study, too (scoreAskedOf()).
    [[nodiscard]] ScoreRequest requestOf(const std::string& model) const;
    [[nodiscard]] ScoreRequest request() const { return requestOf(m_choice.toStdString()); }
    /// Of the open model. Session::scoreChanged() follows, or scoreRefused() and all stays as it was.
    void ask(const ScoreRequest& request);
    /// The same of any model, for when it is opened where it is not; empty: as the study says. Of several
    /// asked for in a row the last one stands, also where it is what the model has.
    void askOf(const std::string& model, const std::optional<ScoreRequest>& request);

Q_SIGNALS:
    /// For the session, which tells everybody once its results are of the model, too. \param error why there
    /// is none
    void opened(const std::optional<diploscope::Error>& error);
    void scored(); ///< the same: the open model has the score that was asked for
    void
    scoreRefused(); ///< what was asked for does not suit the open model, which keeps its own; failed() too
    /// The chosen model would run as a program, or several, which the user has not allowed: the question says
    /// what that means. In place of failed().
    void trustAsked(const QString& folderOrName, const diploscope::TrustQuestion& question);
    void failed(const diploscope::Error& error);

private:
    friend class Session; // which alone says what is chosen, and of which study
    void setOptions(const PredictorOptions& options) { m_options = options; }
    /// None, in another study or in none.
    void forget(std::shared_ptr<const Study> study);
    /// Not opened.
    void choose(const QString& folderOrName) { m_choice = folderOrName; }
    void open(const QString& folderOrName);

    void resolve(const std::optional<ScoreRequest>& request);
    [[nodiscard]] std::string phenotypes() const;
    [[nodiscard]] ScoreRequest unasked(const std::string& model) const;
    void stopItsWork();

    JobRunner& m_jobs;
    PredictorOptions m_options;
    std::shared_ptr<const Study> m_study; ///< null: none is open
    QString m_choice;
    bool m_opens = false; ///< a job does
    std::shared_ptr<const Predictor> m_predictor;
    std::optional<ScoreOptions> m_score;
    AskedScores m_asked;
    ScoreRequest m_askedOfOthers;
};

} // namespace diploscope::ui
