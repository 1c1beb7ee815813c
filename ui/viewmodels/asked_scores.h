// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/score_request.h"

#include <map>
#include <optional>
#include <string>

namespace diploscope::ui {

/// What was asked in the window of each model's score: all of it, and what it leaves open is as model.json
/// says. Models of which nothing was are as their study file or model.json says.
class AskedScores {
public:
    /// \param model a folder or a name, as it was chosen
    [[nodiscard]] std::optional<ScoreRequest> of(const std::string& model) const {
        const auto asked = m_byModel.find(model);
        return asked == m_byModel.end() ? std::nullopt : std::optional(asked->second);
    }
    /// \param request empty: nothing is asked of it any more
    void set(const std::string& model, const std::optional<ScoreRequest>& request) {
        if (!request) {
            m_byModel.erase(model);
            return;
        }
        ScoreRequest& kept = m_byModel[model] = *request;
        kept.ownScore = false; // said for others alone: here it goes without saying
    }
    [[nodiscard]] const std::map<std::string, ScoreRequest>& byModel() const { return m_byModel; }

    friend bool operator==(const AskedScores&, const AskedScores&) = default;

private:
    std::map<std::string, ScoreRequest> m_byModel;
};

} // namespace diploscope::ui
