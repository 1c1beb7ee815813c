// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/genome.h"

#include <algorithm>

namespace diploscope::ui {

namespace {

constexpr int togetherMs = 700;
const QString tableGroup = QStringLiteral("genome table");

QString idOf(const GeneRow& gene) {
    return QString::fromStdString(gene.geneId);
}

} // namespace

Genome::Genome(Session& session, QObject* parent)
    : QObject(parent), m_session(session), m_runs(session), m_built(build({ModelGenes{}}, null())) {
    m_pause.setSingleShot(true);
    m_pause.setInterval(togetherMs);
    connect(&m_pause, &QTimer::timeout, this, &Genome::rebuild);
    connect(&session.results(), &GeneResults::replaced, this, &Genome::rebuild);
    connect(&m_runs, &RunShelf::openedChanged, this, &Genome::rebuild);
    connect(&session.results(), &GeneResults::rowAdded, &m_pause, [this] {
        if (!m_pause.isActive() && !m_runs.opened())
            m_pause.start();
    });
    for (const auto signal : {&Session::studyOpened, &Session::studyClosed})
        connect(&session, signal, this, [this] { // published results are there already
            m_selected.clear();
            m_null.reset();
            // At once: nothing of a closed study, or of another one's stored run, is offered any more.
            if (!m_session.study() || m_built.run) {
                m_built = build({ModelGenes{}}, null());
                refocus();
                Q_EMIT tableChanged();
            }
            rebuild();
        });
}

Genome::Built Genome::build(const std::vector<ModelGenes>& models, NullChoice null) {
    Built built;
    built.table = GenomeTable::make(models, 0, null);
    built.summary = summarise(*built.table);
    built.nullP = *built.table->findColumn("p_null");
    built.q = *built.table->findColumn("q");
    for (size_t row = 0; row < built.table->rowCount(); ++row)
        built.rowOfId.insert(idOf(built.table->genes()[row]), row);
    return built;
}

/// In the study's order; pointers here, copies in the job.
Genome::Builder Genome::buildOfResults() const {
    std::vector<std::shared_ptr<const GeneRow>> rows;
    for (const Gene& gene : m_session.genes().all())
        if (const auto row = m_session.results().rows().value(QString::fromStdString(gene.id)))
            rows.push_back(row);
    return [rows = std::move(rows), others = m_session.results().otherModels(),
            name = m_session.model().name(), provenance = m_session.results().provenance(),
            null = null()](const RunContext& context) -> Result<Built> {
        std::vector<ModelGenes> models{{name, {}, {}}};
        DS_ASSIGN(models.front().provenance, provenance->get(context));
        for (const auto& row : rows)
            models.front().genes.push_back(*row);
        models.insert(models.end(), others->begin(), others->end());
        return build(models, null);
    };
}

/// As it was stored, genes that the study does not have any more too.
Genome::Builder Genome::buildOfRun() const {
    return [run = m_runs.opened(), null = null()](const RunContext&) -> Result<Built> {
        std::vector<ModelGenes> models{run->genes};
        models.insert(models.end(), run->others->begin(), run->others->end());
        Built built = build(models, null);
        built.run = run;
        return built;
    };
}

void Genome::rebuild() {
    m_pause.stop();
    m_session.jobs().run<Built>({}, tableGroup, JobRunner::Priority::Seen,
                                m_runs.opened() ? buildOfRun() : buildOfResults(), this,
                                [this](Result<Built> built) {
                                    if (!built)
                                        return; // stopped, or logged: the table stays as it was
                                    m_built = std::move(*built);
                                    readFilter();
                                    refocus();
                                    Q_EMIT tableChanged();
                                });
}

bool Genome::takeWaiting() {
    if (!m_pause.isActive())
        return false;
    rebuild();
    return true;
}

std::shared_ptr<const GeneRow> Genome::known(const QString& geneId) const {
    return m_built.run ? m_built.run->rows.value(geneId) : m_session.results().rows().value(geneId);
}

qsizetype Genome::knownCount() const {
    return m_built.run ? m_built.run->rows.size() : m_session.results().rows().size();
}

std::shared_ptr<const std::vector<ModelGenes>> Genome::otherModels() const {
    return m_built.run ? m_built.run->others : m_session.results().otherModels();
}

std::optional<size_t> Genome::rowOf(const QString& geneId) const {
    const auto found = m_built.rowOfId.constFind(geneId);
    return found == m_built.rowOfId.constEnd() ? std::nullopt : std::optional(*found);
}

void Genome::setNull(std::optional<NullChoice> null) {
    const NullChoice before = this->null();
    m_null = null;
    if (this->null() == before)
        return;
    Q_EMIT nullChosen();
    rebuild();
}

void Genome::setFilter(const QString& expression) {
    if (expression == m_askedFilter)
        return;
    m_askedFilter = expression;
    readFilter();
    refocus();
    Q_EMIT focusChanged();
}

/// Against the table's columns, which come and go with other models.
void Genome::readFilter() {
    const auto parse = [this](const QString& text) {
        return Condition::parse(text.toStdString(), *m_built.table);
    };
    m_filterError.reset();
    Result<Condition> asked = parse(m_askedFilter);
    if (!asked)
        m_filterError = asked.error();
    else
        m_filter = m_askedFilter;
    Result<Condition> applied = asked ? std::move(asked) : parse(m_filter);
    if (!applied)
        m_filter.clear();
    m_condition = applied ? std::move(*applied) : Condition();
}

void Genome::select(const std::vector<size_t>& rows, BrushMode mode) {
    QSet<QString> brushed;
    for (const size_t row : rows)
        if (row < m_built.table->rowCount())
            brushed.insert(idOf(m_built.table->genes()[row]));
    setSelected(joined(m_selected, brushed, mode));
}

void Genome::setSelected(const QSet<QString>& genes) {
    if (genes == m_selected)
        return;
    m_selected = genes;
    refocus();
    Q_EMIT focusChanged();
    Q_EMIT selectionChanged();
}

void Genome::refocus() {
    m_focus.reset();
    if (m_filter.isEmpty() && m_selected.isEmpty())
        return;
    std::vector<bool> focus(m_built.table->rowCount(), false);
    for (const size_t row : m_condition.rows(*m_built.table))
        focus[row] = m_selected.isEmpty() || m_selected.contains(idOf(m_built.table->genes()[row]));
    m_focus = std::make_shared<const std::vector<bool>>(std::move(focus));
}

int64_t Genome::focusCount() const {
    return m_focus ? std::count(m_focus->begin(), m_focus->end(), true)
                   : static_cast<int64_t>(m_built.table->rowCount());
}

} // namespace diploscope::ui
