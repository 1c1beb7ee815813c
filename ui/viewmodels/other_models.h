// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/model_track.h"
#include "viewmodels/session.h"

#include <QObject>

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace diploscope::ui {

/// What the study's other models say of the gene shown. Each is opened, and the gene analysed under it as
/// under the one that is open, by a job of its own once somebody wants to see it: with the same options and
/// the score that was asked of it. What one of them cannot is told of that one and stops no other. Nothing is
/// asked before the gene's own report is complete, which is looked at first. GUI thread.
class OtherModels : public QObject {
    Q_OBJECT

public:
    explicit OtherModels(Session& session, QObject* parent = nullptr);

    /// The study's models but the one that is open, each with its report, or why there is none; empty notes
    /// are of those that nobody wants.
    [[nodiscard]] std::vector<ShownModel> models() const;

    /// To be told of every change of what is wanted, and of the session's gene, model, settings and report.
    /// \param wanted as ShownModel::model; others are ignored
    void want(const std::set<std::string>& wanted);

Q_SIGNALS:
    void changed(); ///< models() are; never from within want()
    void failed(const diploscope::Error& error);

private:
    struct Answer {
        std::shared_ptr<const Predictor> predictor;
        std::shared_ptr<const GeneReport> report;
    };
    struct Asked {
        bool running = false;
        Answer answer;
        QString problem; ///< why there is no report
    };
    void ask(const std::string& model);

    Session& m_session;
    std::shared_ptr<const Workspace> m_workspace; ///< that answers are under, but for model and score
    std::string m_gene;                           ///< its id
    std::map<std::string, Asked> m_asked;
};

} // namespace diploscope::ui
