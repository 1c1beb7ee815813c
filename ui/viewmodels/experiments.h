// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/experiment_work.h"
#include "viewmodels/session.h"

#include <QObject>

#include <memory>
#include <optional>

namespace diploscope::ui {

/// What is tried on the session's gene, and what comes of it. While the experiments are looked at, the gene's
/// locus stays ready, and of what is asked for that which is shown is worked out: one job at a time, by the
/// one function that scores experiments; what is superseded is dropped, and what it has scored stays in the
/// cache. The locus goes with gene, model, score, settings or study. GUI thread; never waits.
class Experiments : public QObject {
    Q_OBJECT

public:
    /// What is known of one kind of experiment.
    template <class T>
    struct State {
        std::shared_ptr<const T> outcome; ///< null: none yet; stays until there is another
        std::optional<Error> error;       ///< of what was asked last; Cancelled where it was stopped
        bool running = false;
        bool checked = false; ///< what is shown is through with its self-check
    };

    explicit Experiments(Session& session, QObject* parent = nullptr);
    ~Experiments() override;

    /// What is asked for, from now on.
    void setRequests(const ExperimentRequests& requests);
    [[nodiscard]] const ExperimentRequests& requests() const { return m_requests; }
    /// Whether a person looks at them: nothing is read or computed before.
    void setLookedAt(bool lookedAt);

    /// Null until it is read.
    [[nodiscard]] std::shared_ptr<const WarmLocus> locus() const { return m_locus; }
    /// It is being read.
    [[nodiscard]] bool isPreparing() const { return m_preparing; }
    /// Why there is none.
    [[nodiscard]] const std::optional<Error>& locusError() const { return m_locusError; }
    [[nodiscard]] const State<WhatIfOutcome>& whatIf() const { return m_whatIf; }
    [[nodiscard]] const State<AblationOutcome>& ablation() const { return m_ablation; }
    [[nodiscard]] const State<SaturationOutcome>& saturation() const { return m_saturation; }
    [[nodiscard]] const State<AuditOutcome>& audit() const { return m_audit; }

    /// What is shown hangs on the gene's drivers, which are not known yet.
    [[nodiscard]] bool waitsForReport() const;

    /// Stops what runs; its error then is Cancelled.
    void cancel();
    /// Does what is shown once more, after a failure or a stop.
    void again();

Q_SIGNALS:
    void locusChanged(); ///< being read, read, failed to be, or dropped
    void requestsChanged();
    void outcomeChanged(); ///< of any kind

private:
    template <class T>
    using Work = std::function<Result<T>(const ExperimentBench&, const RunContext&, const OutcomeSink<T>&)>;

    void followSession();
    void drop();
    void refresh();
    void prepare();
    void runShown();
    /// \param done what was worked out, or is being, so that it is not again
    template <class T, class Request>
    void start(State<T> Experiments::*state, std::optional<Request>& done, const Request& request,
               const QString& title, Work<T> work);
    [[nodiscard]] bool wantsReport() const;

    Session& m_session;
    ExperimentRequests m_requests;
    bool m_lookedAt = false;
    std::shared_ptr<const Workspace> m_workspace; ///< that the locus is of
    std::string m_gene;
    std::shared_ptr<SharedLocus> m_shared;
    std::shared_ptr<WarmLocus> m_locus; ///< of it, once it is read
    std::optional<Error> m_locusError;
    bool m_preparing = false;
    int64_t m_run = 0; ///< counts, so that what an earlier run still tells is not taken
    State<WhatIfOutcome> m_whatIf;
    State<AblationOutcome> m_ablation;
    State<SaturationOutcome> m_saturation;
    State<AuditOutcome> m_audit;
    std::optional<WhatIfRequest> m_whatIfDone;
    std::optional<AblationWish> m_ablationDone;
    std::optional<SaturationWish> m_saturationDone;
    std::optional<bool> m_auditDone;
};

} // namespace diploscope::ui
