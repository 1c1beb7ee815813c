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
/// to read, as it was stored. It is closed when the study is; when another model, score or setting is chosen,
/// how it differs is found out again. Reads in jobs. Lives on the GUI thread.
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

    /// Opens a run to read, as a person wishes: chosen() and openedChanged() follow, or failed() and all
    /// stays as it was. The current one is what is shown when none is open.
    void open(int64_t id);
    /// Back to the current results, the same.
    void close();
    /// Shows what a document says, once it says something else: nobody has chosen that just now, and
    /// openedChanged() or failed() follows. \param run empty: the current results
    void follow(std::optional<int64_t> run);
    [[nodiscard]] const std::shared_ptr<const Opened>& opened() const { return m_opened; }
    [[nodiscard]] std::optional<int64_t> openedRun() const;

Q_SIGNALS:
    void listed();
    void chosen(); ///< by open() or close(); before openedChanged()
    void openedChanged();
    void failed(const diploscope::Error& error);
    void settled(); ///< nothing is on its way: what is open by now stays, whatever was asked for

private:
    enum class By { Person, Document, Settings };
    void forget();
    void reopen();
    void read(int64_t id, By by);
    void take(std::shared_ptr<const Opened> opened, By by);
    void tell(int64_t id, const Error& error);

    Session& m_session;
    std::vector<RunEntry> m_runs;
    std::optional<Error> m_problem;
    std::shared_ptr<const Opened> m_opened; ///< null: the current results are shown
    std::optional<int64_t> m_followed;      ///< what the document said last of this study
};

/// "Run 3 is shown, not the current results"
[[nodiscard]] QString openedTitle(const RunShelf::Opened& run);
/// What the run is of, how that differs from now, and what pages of single genes are of.
[[nodiscard]] QString openedText(const RunShelf::Opened& run);

} // namespace diploscope::ui
