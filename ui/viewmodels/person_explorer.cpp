// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/person_explorer.h"

#include "viewmodels/gene_text.h"

#include <QPointer>

#include <algorithm>

namespace diploscope::ui {
namespace {

const QString personGroup = QStringLiteral("person");

/// Those of the report, the lower prediction first; nobody where they are more than two.
std::vector<std::string> followed(const std::set<std::string>& selected, const GeneReport* report) {
    std::vector<std::pair<double, std::string>> known;
    for (const std::string& sample : selected) {
        if (known.size() > 2) // of a brush there are thousands
            break;
        if (const auto person = report != nullptr ? report->findPerson(sample) : std::nullopt)
            known.emplace_back(report->complete ? report->people[*person].predicted : 0, sample);
    }
    if (known.empty() || known.size() > 2)
        return {};
    std::sort(known.begin(), known.end());
    std::vector<std::string> people;
    for (const auto& [predicted, sample] : known)
        people.push_back(sample);
    return people;
}

} // namespace

PersonExplorer::PersonExplorer(Session& session, Selection& selection, QObject* parent)
    : QObject(parent), m_session(session), m_selection(selection) {
    connect(&selection, &Selection::peopleChanged, this, &PersonExplorer::refresh);
}

PersonExplorer::~PersonExplorer() {
    m_session.jobs().cancelGroup(personGroup);
}

void PersonExplorer::setReport(std::shared_ptr<const GeneReport> report) {
    m_report = std::move(report);
    if (!m_report) {
        m_locus.reset();
        m_workspace.reset();
    }
    refresh();
}

void PersonExplorer::refresh() {
    std::vector<std::string> people = followed(m_selection.people(), m_report.get());
    // That of the model before would give the steps another unit and other scores to begin with.
    const bool counts = !people.empty() && m_report->complete && m_session.shown().reportIsCurrent();
    const std::shared_ptr<const GeneReport> of = counts ? m_report : nullptr;
    if (people == m_people && of == m_of)
        return;
    // Gradients make another report of the same scores.
    const bool same = people == m_people && of && m_of && of->gene.id == m_of->gene.id &&
                      m_workspace == m_session.workspace();
    m_people = std::move(people);
    m_of = of;
    if (same)
        return;
    start();
}

void PersonExplorer::again() {
    if (m_of)
        start();
}

void PersonExplorer::start() {
    ++m_asked;
    m_session.jobs().cancelGroup(personGroup);
    m_told = {};
    m_error.reset();
    if (!m_of || m_session.shown().gene() == nullptr || m_session.shown().gene()->id != m_of->gene.id ||
        !m_session.workspace()->isReady()) {
        Q_EMIT changed();
        return;
    }
    m_workspace = m_session.workspace();
    if (!m_locus || !m_locus->isOf(m_workspace, m_of->gene.id))
        m_locus = m_session.shown().locus();
    const std::string sample = m_people.back();
    const std::string against = m_people.size() > 1 ? m_people.front() : std::string();
    const auto tell = [report = m_of](const PersonPaths& paths) {
        return std::make_shared<const PersonStory>(
            personStory(paths, report->gene, report->model.unit, report.get()));
    };
    const QPointer<PersonExplorer> self(this);
    // Through the runner, which outlives its workers; whether it still matters is decided here.
    const auto show = [runner = &m_session.jobs(), self, asked = m_asked](const Told& told) {
        runner->post([self, asked, told] {
            if (!self || self->m_asked != asked || self->m_error)
                return;
            self->m_told = told;
            Q_EMIT self->changed();
        });
    };
    const QString who =
        shownName(sample) + (against.empty() ? QString() : tr(" and %1").arg(shownName(against)));
    m_session.jobs().run<Told>(
        tr("%1 step by step").arg(who), personGroup, JobRunner::Priority::Seen,
        [locus = m_locus, sample, against, show, tell](const RunContext& context) -> Result<Told> {
            DS_ASSIGN(const std::shared_ptr<WarmLocus> warm, locus->get(context));
            DS_ASSIGN(const auto turn, turnOf(warm->turn, context));
            const PersonSink onPaths = [&](const PersonPaths& paths) {
                show({tell(paths), warm->provenance});
            };
            DS_ASSIGN(const PersonPaths paths, followPerson(warm->locus, sample, against, context, onPaths));
            return Told{tell(paths), warm->provenance};
        },
        this,
        [this, asked = m_asked](Result<Told> result) {
            if (m_asked != asked)
                return;
            if (result)
                m_told = std::move(*result);
            else
                m_error = result.error();
            // Scores that a check has refuted are not shown any more.
            if (m_error && m_error->kind != ErrorKind::Cancelled)
                m_told = {};
            Q_EMIT changed();
        });
    Q_EMIT changed();
}

} // namespace diploscope::ui
