// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/person_story.h"
#include "viewmodels/selection.h"
#include "viewmodels/session.h"

#include <QObject>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace diploscope::ui {

/// Follows whoever is selected in the gene shown: one person from the reference, two from the one with the
/// lower prediction to the other. A job once the gene's report is complete, cancelled when others are
/// selected; what is known is shown as it comes. GUI thread; never waits.
class PersonExplorer : public QObject {
    Q_OBJECT

public:
    PersonExplorer(Session& session, Selection& selection, QObject* parent = nullptr);
    ~PersonExplorer() override;

    /// The gene's, as its page shows it; null: none.
    void setReport(std::shared_ptr<const GeneReport> report);

    /// Who is told of: nobody, one, or two of the report's people.
    [[nodiscard]] const std::vector<std::string>& people() const { return m_people; }
    /// They are told of once the gene's report is complete, and of the model that is open.
    [[nodiscard]] bool waitsForReport() const { return !m_people.empty() && !m_of; }
    /// Null: nobody, or nothing is known yet.
    [[nodiscard]] const std::shared_ptr<const PersonStory>& story() const { return m_told.story; }
    /// Why there is none, or no more of it; Cancelled where it was stopped.
    [[nodiscard]] const std::optional<Error>& error() const { return m_error; }
    /// How scores of the gene's locus are made, for figures of the story.
    [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& provenance() const {
        return m_told.provenance;
    }
    /// Once more, after a failure or a stop.
    void again();

Q_SIGNALS:
    void changed();

private:
    struct Told {
        std::shared_ptr<const PersonStory> story;
        std::vector<std::pair<std::string, std::string>> provenance;
    };
    void refresh();
    void start();

    Session& m_session;
    Selection& m_selection;
    std::shared_ptr<const GeneReport> m_report;
    std::vector<std::string> m_people; ///< to be followed: the last from the first, or one from the reference
    std::shared_ptr<const GeneReport> m_of; ///< what they were asked of; null: not yet
    std::shared_ptr<SharedLocus> m_locus;
    std::shared_ptr<const Workspace> m_workspace; ///< that the locus is of
    int64_t m_asked = 0;                          ///< counts, so that what came late is not taken
    Told m_told;
    std::optional<Error> m_error;
};

} // namespace diploscope::ui
