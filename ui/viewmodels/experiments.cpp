// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/experiments.h"

#include "viewmodels/gene_text.h"

#include <QPointer>

#include <utility>

namespace diploscope::ui {
namespace {

const QString experimentGroup = QStringLiteral("experiment");
const QString warmLocusGroup = QStringLiteral("warm locus");

} // namespace

Experiments::Experiments(Session& session, QObject* parent) : QObject(parent), m_session(session) {
    for (const auto signal : {&Session::modelChanged, &Session::scoreChanged, &Session::studyClosed})
        connect(&session, signal, this, &Experiments::followSession);
    for (const auto signal : {&ShownGene::geneChanged, &ShownGene::reportChanged})
        connect(&session.shown(), signal, this, &Experiments::followSession);
    connect(&session.results(), &GeneResults::replaced, this, &Experiments::followSession);
}

Experiments::~Experiments() {
    for (const QString& group : {experimentGroup, warmLocusGroup})
        m_session.jobs().cancelGroup(group);
}

void Experiments::setRequests(const ExperimentRequests& requests) {
    if (requests == m_requests)
        return;
    m_requests = requests;
    Q_EMIT requestsChanged();
    refresh();
}

void Experiments::setLookedAt(bool lookedAt) {
    if (lookedAt == m_lookedAt)
        return;
    m_lookedAt = lookedAt;
    refresh();
}

void Experiments::followSession() {
    const std::string gene = m_session.shown().geneId();
    if (m_workspace != m_session.workspace() || gene != m_gene)
        drop();
    refresh();
}

void Experiments::drop() {
    for (const QString& group : {experimentGroup, warmLocusGroup})
        m_session.jobs().cancelGroup(group);
    ++m_run;
    m_preparing = false;
    m_locus.reset();
    m_shared.reset();
    m_locusError.reset();
    m_workspace = m_session.workspace();
    m_gene = m_session.shown().geneId();
    m_whatIf = {};
    m_ablation = {};
    m_saturation = {};
    m_audit = {};
    m_whatIfDone.reset();
    m_ablationDone.reset();
    m_saturationDone.reset();
    m_auditDone.reset();
    Q_EMIT locusChanged();
    Q_EMIT outcomeChanged();
}

void Experiments::refresh() {
    if (!m_lookedAt || m_session.shown().gene() == nullptr || m_session.isPublished() ||
        !m_session.model().predictor() || m_workspace == nullptr || !m_workspace->isReady())
        return;
    if (m_locus)
        runShown();
    else if (!m_preparing && !m_locusError)
        prepare();
}

void Experiments::prepare() {
    m_preparing = true;
    m_shared = m_session.shown().locus();
    using Made = std::shared_ptr<WarmLocus>;
    m_session.jobs().run<Made>(
        tr("%1 · making ready").arg(geneText(*m_session.shown().gene())), warmLocusGroup,
        JobRunner::Priority::Seen,
        [shared = m_shared](const RunContext& context) { return shared->get(context); }, this,
        [this](Result<Made> made) {
            m_preparing = false;
            if (made)
                m_locus = std::move(*made);
            else
                m_locusError = made.error();
            Q_EMIT locusChanged();
            refresh();
        });
    Q_EMIT locusChanged();
}

bool Experiments::wantsReport() const {
    if (m_requests.shown == ExperimentKind::Audit)
        return m_requests.audit;
    return m_requests.shown == ExperimentKind::Ablation && m_requests.ablation &&
           m_requests.ablation->of != AblationWish::Of::Chosen;
}

bool Experiments::waitsForReport() const {
    return wantsReport() && !(m_session.shown().reportIsCurrent() && m_session.shown().report()->complete);
}

void Experiments::runShown() {
    if (waitsForReport())
        return;
    switch (m_requests.shown) {
    case ExperimentKind::WhatIf:
        if (m_requests.whatIf.changes.empty()) {
            if (m_whatIf.outcome || m_whatIf.error || m_whatIf.running) {
                if (m_whatIf.running) {
                    m_session.jobs().cancelGroup(experimentGroup);
                    ++m_run;
                }
                m_whatIf = {};
                m_whatIfDone.reset();
                Q_EMIT outcomeChanged();
            }
            return;
        }
        return start<WhatIfOutcome, WhatIfRequest>(
            &Experiments::m_whatIf, m_whatIfDone, m_requests.whatIf, tr("what if"),
            [request = m_requests.whatIf](const ExperimentBench& bench, const RunContext& context,
                                          const OutcomeSink<WhatIfOutcome>& shown) {
                return tryWhatIf(bench, request, context, shown);
            });
    case ExperimentKind::Ablation:
        if (m_requests.ablation)
            start<AblationOutcome, AblationWish>(
                &Experiments::m_ablation, m_ablationDone, *m_requests.ablation, tr("ablation"),
                [request = *m_requests.ablation](const ExperimentBench& bench, const RunContext& context,
                                                 const OutcomeSink<AblationOutcome>& shown) {
                    return tryAblation(bench, request, context, shown);
                });
        return;
    case ExperimentKind::Saturation:
        if (m_requests.saturation)
            start<SaturationOutcome, SaturationWish>(
                &Experiments::m_saturation, m_saturationDone, *m_requests.saturation, tr("saturation"),
                [request = *m_requests.saturation](const ExperimentBench& bench, const RunContext& context,
                                                   const OutcomeSink<SaturationOutcome>& shown) {
                    return trySaturation(bench, request, context, shown);
                });
        return;
    case ExperimentKind::Audit:
        if (m_requests.audit)
            start<AuditOutcome, bool>(
                &Experiments::m_audit, m_auditDone, true, tr("audit"),
                [](const ExperimentBench& bench, const RunContext& context,
                   const OutcomeSink<AuditOutcome>&) { return tryAudit(bench, context); });
        return;
    }
}

template <class T, class Request>
void Experiments::start(State<T> Experiments::*state, std::optional<Request>& done, const Request& request,
                        const QString& title, Work<T> work) {
    if (done == request)
        return;
    // What this takes the place of is asked for anew when it is looked at again.
    if (m_whatIf.running)
        m_whatIfDone.reset();
    if (m_ablation.running)
        m_ablationDone.reset();
    if (m_saturation.running)
        m_saturationDone.reset();
    if (m_audit.running)
        m_auditDone.reset();
    m_whatIf.running = m_ablation.running = m_saturation.running = m_audit.running = false;
    done = request;
    State<T>& own = this->*state;
    own.running = true;
    own.error.reset();
    own.checked = false;
    const int64_t run = ++m_run;
    const auto take = [this, state, run](std::shared_ptr<const T> outcome) {
        if (run != m_run)
            return false;
        (this->*state).outcome = std::move(outcome);
        return true;
    };
    const QPointer<Experiments> self(this);
    const OutcomeSink<T> shown = [runner = &m_session.jobs(), self,
                                  take](const std::shared_ptr<const T>& outcome) {
        runner->post([self, take, outcome] {
            if (self && take(outcome))
                Q_EMIT self->outcomeChanged();
        });
    };
    m_session.jobs().run<T>(
        Experiments::tr("%1 · %2").arg(geneText(m_locus->gene), title), experimentGroup,
        JobRunner::Priority::Seen,
        [bench = ExperimentBench{m_locus, m_session.shown().report()}, work = std::move(work),
         shown](const RunContext& context) { return work(bench, context, shown); },
        this,
        [this, state, run, take](Result<T> result) {
            if (run != m_run)
                return;
            State<T>& ended = this->*state;
            ended.running = false;
            if (result) {
                ended.checked = true;
                take(std::make_shared<const T>(std::move(*result)));
            } else {
                ended.error = result.error();
                if (ended.error->kind != ErrorKind::Cancelled)
                    ended.outcome.reset(); // what was shown of it may be what the check refuted
            }
            Q_EMIT outcomeChanged();
        });
    Q_EMIT outcomeChanged();
}

void Experiments::cancel() {
    m_session.jobs().stopGroup(experimentGroup);
    m_session.jobs().stopGroup(warmLocusGroup);
}

void Experiments::again() {
    if (m_locusError) {
        m_locusError.reset();
        Q_EMIT locusChanged();
        return refresh();
    }
    switch (m_requests.shown) {
    case ExperimentKind::WhatIf:
        m_whatIfDone.reset();
        break;
    case ExperimentKind::Ablation:
        m_ablationDone.reset();
        break;
    case ExperimentKind::Saturation:
        m_saturationDone.reset();
        break;
    case ExperimentKind::Audit:
        m_auditDone.reset();
        break;
    }
    refresh();
}

} // namespace diploscope::ui
