// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/run_shelf.h"

#include "analysis/result_places.h"
#include "viewmodels/counted_text.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace diploscope::ui {

namespace {

const QString listGroup = QStringLiteral("stored runs: list");
const QString openGroup = QStringLiteral("stored runs: open");

/// What stored runs are compared with.
struct Now {
    ResultRun run;
    std::optional<Error> unknown; ///< why the study's files could not be read: its `study` is empty then
};

/// What is stored is there to see whether or not the study's files still are. \error Cancelled
Result<Now> findNow(const Workspace& workspace, const RunContext& context) {
    Now now;
    Result<ResultRun> run = workspace.keys(context);
    if (run)
        now.run = std::move(*run);
    else if (run.error().kind == ErrorKind::Cancelled)
        return fail(run.error());
    else
        now.unknown = run.error();
    return now;
}

struct Listing {
    std::vector<RunEntry> runs;
    std::optional<Error> problem;
};

Result<Listing> readList(const Study& study, const Workspace& workspace, const RunContext& context) {
    DS_ASSIGN(Now now, findNow(workspace, context));
    DS_ASSIGN(std::vector<StoredRun> runs, storedRuns(resultPlacesOf(study.file()), now.run.study));
    Listing listing;
    for (StoredRun& run : runs)
        listing.runs.push_back(entryOf(std::move(run), now.run));
    std::reverse(listing.runs.begin(), listing.runs.end());
    listing.problem = std::move(now.unknown);
    return listing;
}

Result<std::shared_ptr<RunShelf::Opened>> readRun(int64_t id, const Study& study, const Workspace& workspace,
                                                  const RunContext& context) {
    DS_ASSIGN(const Now now, findNow(workspace, context));
    DS_ASSIGN(ChosenRuns chosen, chooseRuns(resultPlacesOf(study.file()), now.run.study, {}, id));
    auto opened = std::make_shared<RunShelf::Opened>();
    opened->entry = entryOf(chosen.run(), now.run);
    opened->genes = std::move(chosen.models[chosen.shown]);
    chosen.models.erase(chosen.models.begin() + static_cast<std::ptrdiff_t>(chosen.shown));
    opened->others = std::make_shared<const std::vector<ModelGenes>>(std::move(chosen.models));
    std::unordered_set<std::string> known;
    for (const StudyGene& gene : study.genes())
        known.insert(gene.gene.id);
    for (const GeneRow& row : opened->genes.genes) {
        opened->rows.insert(QString::fromStdString(row.geneId), std::make_shared<const GeneRow>(row));
        opened->strangers += known.contains(row.geneId) ? 0 : 1;
    }
    return opened;
}

} // namespace

RunShelf::RunShelf(Session& session, QObject* parent) : QObject(parent), m_session(session) {
    for (const auto signal : {&Session::studyOpened, &Session::studyClosed})
        connect(&session, signal, this, &RunShelf::forget);
    for (const auto signal : {&Session::modelChanged, &Session::scoreChanged, &Session::settingsChanged})
        connect(&session, signal, this, &RunShelf::reopen);
}

/// Who shows a run hears of the study, too.
void RunShelf::forget() {
    for (const QString& group : {listGroup, openGroup})
        m_session.jobs().cancelGroup(group);
    m_runs.clear();
    m_problem.reset();
    m_opened.reset();
    m_followed.reset();
    Q_EMIT listed();
}

void RunShelf::list() {
    const std::shared_ptr<const Study> study = m_session.study();
    if (!study || m_session.isPublished())
        return;
    m_session.jobs().run<Listing>(
        tr("Stored runs"), listGroup, JobRunner::Priority::Seen,
        [study, workspace = m_session.workspace()](const RunContext& context) {
            return readList(*study, *workspace, context);
        },
        this,
        [this, workspace = m_session.workspace()](Result<Listing> listing) {
            if (m_session.workspace() != workspace)
                return list(); // compared with what is no more
            if (!listing && listing.error().kind == ErrorKind::Cancelled)
                return;
            m_runs = listing ? std::move(listing->runs) : std::vector<RunEntry>();
            m_problem = listing ? std::move(listing->problem) : std::optional(listing.error());
            Q_EMIT listed();
        });
}

std::optional<int64_t> RunShelf::openedRun() const {
    return m_opened ? std::optional(m_opened->id()) : std::nullopt;
}

void RunShelf::open(int64_t id) {
    read(id, By::Person);
}

void RunShelf::close() {
    m_session.jobs().cancelGroup(openGroup);
    if (m_opened)
        take(nullptr, By::Person);
    Q_EMIT settled();
}

void RunShelf::follow(std::optional<int64_t> run) {
    if (std::exchange(m_followed, run) == run)
        return; // perhaps a person's wish is on its way
    m_session.jobs().cancelGroup(openGroup);
    if (run == openedRun())
        return;
    if (run)
        read(*run, By::Document);
    else
        take(nullptr, By::Document);
}

/// What it is compared with has changed. Another one that is on its way is read anew anyhow.
void RunShelf::reopen() {
    if (m_opened && (!m_followed || m_followed == openedRun()))
        read(m_opened->id(), By::Settings);
}

void RunShelf::read(int64_t id, By by) {
    const std::shared_ptr<const Study> study = m_session.study();
    if (!study || m_session.isPublished())
        return;
    m_session.jobs().run<std::shared_ptr<Opened>>(
        tr("Stored run %1").arg(id), openGroup, JobRunner::Priority::Seen,
        [id, study, workspace = m_session.workspace()](const RunContext& context) {
            return readRun(id, *study, *workspace, context);
        },
        this,
        [this, id, by, workspace = m_session.workspace()](Result<std::shared_ptr<Opened>> opened) {
            if (m_session.workspace() != workspace)
                return read(id, by);
            if (opened)
                take((*opened)->entry.isCurrent ? nullptr : std::move(*opened), by);
            else
                tell(id, opened.error());
            Q_EMIT settled();
        });
}

void RunShelf::take(std::shared_ptr<const Opened> opened, By by) {
    m_opened = std::move(opened);
    if (by == By::Person)
        Q_EMIT chosen();
    Q_EMIT openedChanged();
}

void RunShelf::tell(int64_t id, const Error& error) {
    if (error.kind == ErrorKind::NotFound)
        Q_EMIT failed(
            {ErrorKind::NotFound, tr("Run %1 is no longer stored.").arg(id).toStdString(), error.where,
             tr("What is shown stays as it is. List the stored runs again: another program may have moved or "
                "replaced them.")
                 .toStdString()});
    else if (error.kind != ErrorKind::Cancelled)
        Q_EMIT failed(error);
}

QString openedTitle(const RunShelf::Opened& run) {
    return RunShelf::tr("Run %1 is shown, not the current results").arg(run.id());
}

QString openedText(const RunShelf::Opened& run) {
    QString text = runText(run.entry);
    text.replace(0, 1, text.at(0).toUpper());
    text += QLatin1Char('.');
    if (run.entry.modelOpen && !run.entry.sameModel)
        text += RunShelf::tr(" Its model is not the one that is open.");
    text +=
        RunShelf::tr(" Figures, the gene list and tables of all genes are of what was stored then; a gene "
                     "that you open is computed from the study's files and options as they are now.");
    if (run.strangers > 0)
        text += QLatin1Char(' ') + RunShelf::tr("No longer in the study, and so not to be opened: %1 of it.")
                                       .arg(countedText(run.strangers, counted::genes));
    return text;
}

} // namespace diploscope::ui
