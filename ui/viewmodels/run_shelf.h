// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/run_entry.h"
#include "viewmodels/session.h"

#include <QObject>

#include <memory>
#include <optional>
#include <vector>

namespace diploscope::ui {

/// The runs that the study's result store keeps, and the one that is open in place of the current results:
/// to read, as it was stored. It is closed when the study is, or when another model or score is chosen; when
/// other settings are, how it differs is found out again. Reads in jobs. Lives on the GUI thread.
class RunShelf : public QObject {
    Q_OBJECT

public:
    /// A run that was read whole; immutable.
    struct Opened {
        RunEntry entry;
        ModelGenes genes;
        std::shared_ptr<const std::vector<ModelGenes>> others; ///< other models' runs of the same state
        GeneResults::Rows rows;                                ///< as `genes`, those that failed too
        int64_t strangers = 0;                                 ///< genes that the study of now does not have
        QString modelChoice;                                   ///< the session's, when it was opened

        [[nodiscard]] int64_t id() const { return entry.stored.run.id; }
    };

    explicit RunShelf(Session& session, QObject* parent = nullptr);

    /// Reads the list; listed() follows. Nothing without a study, or of published tables, whose runs are
    /// their models.
    void list();
    /// As of the last list(), the latest first.
    [[nodiscard]] const std::vector<RunEntry>& runs() const { return m_runs; }
    /// Why the runs could not be compared with the study's files, or not be read at all.
    [[nodiscard]] const std::optional<Error>& problem() const { return m_problem; }

    /// Opens a run to read: openedChanged() follows, or failed() and all stays as it was. The current one is
    /// what is shown when none is open.
    void open(int64_t id);
    /// Back to the current results.
    void close();
    [[nodiscard]] const std::shared_ptr<const Opened>& opened() const { return m_opened; }

Q_SIGNALS:
    void listed();
    void openedChanged();
    void failed(const diploscope::Error& error);

private:
    void forget();
    void reopen();
    void take(std::shared_ptr<const Opened> opened);

    Session& m_session;
    std::vector<RunEntry> m_runs;
    std::optional<Error> m_problem;
    std::shared_ptr<const Opened> m_opened; ///< null: the current results are shown
};

/// "Run 3 is shown, not the current results"
[[nodiscard]] QString openedTitle(const RunShelf::Opened& run);
/// What the run is of, how that differs from now, and what pages of single genes are of.
[[nodiscard]] QString openedText(const RunShelf::Opened& run);

} // namespace diploscope::ui
