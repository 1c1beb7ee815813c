// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/status_line.h"

#include "jobs/job_list_model.h"
#include "viewmodels/counted_text.h"
#include "viewmodels/number_text.h"
#include "views/elided_button.h"
#include "views/panel_card.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QToolButton>

#include <algorithm>
#include <functional>

namespace diploscope::ui {

namespace {

/// What the middle shows: the newest that runs, else the newest that is paused or waits.
const JobStatus* mostTelling(const std::vector<JobStatus>& jobs) {
    const JobStatus* waiting = nullptr;
    for (auto job = jobs.rbegin(); job != jobs.rend(); ++job) {
        if (job->state == JobStatus::State::Running && !job->paused)
            return &*job;
        if (waiting == nullptr && job->isUnderway())
            waiting = &*job;
    }
    return waiting;
}

} // namespace

StatusLine::StatusLine(JobRunner& jobs, QWidget* parent)
    : QWidget(parent)
    , m_jobs(jobs)
    , m_study(new ElidedLabel(this))
    , m_text(new ElidedButton(this))
    , m_bar(new QProgressBar(this))
    , m_cancel(new QToolButton(this))
    , m_warning(new QLabel(this))
    , m_cache(new QLabel(this))
    , m_machine(new ElidedLabel(this)) {
    setProperty("role", QStringLiteral("bar"));
    setAttribute(Qt::WA_StyledBackground);
    setFixedHeight(30);
    for (QLabel* label : std::initializer_list<QLabel*>{m_study, m_cache, m_machine}) {
        label->setProperty("role", QStringLiteral("small"));
        label->setTextFormat(Qt::PlainText);
    }
    m_warning->setProperty("role", QStringLiteral("warning"));
    m_machine->setLeastWidth(60);
    m_text->setProperty("role", QStringLiteral("status"));
    m_text->setObjectName(QStringLiteral("statusText"));
    m_text->setFlat(true);
    m_text->setCursor(Qt::PointingHandCursor);
    m_bar->setTextVisible(false);
    m_bar->setFixedWidth(150);
    m_cancel->setObjectName(QStringLiteral("statusCancel"));
    m_cancel->setText(QStringLiteral("✕"));
    m_cancel->setAccessibleName(tr("Stop this job"));
    m_cancel->setToolTip(tr("Stop this job; what is finished stays"));
    m_cancel->setProperty("role", QStringLiteral("tiny"));
    connect(m_cancel, &QToolButton::clicked, this, [this] { m_jobs.cancel(m_shown); });
    connect(m_text, &QPushButton::clicked, this, &StatusLine::jobsClicked);

    auto* middle = new QHBoxLayout;
    middle->setSpacing(8);
    middle->addWidget(m_text);
    middle->addWidget(m_bar);
    middle->addWidget(m_cancel);
    auto* right = new QHBoxLayout;
    right->setSpacing(14);
    right->addStretch(1);
    right->addWidget(m_warning);
    right->addWidget(m_cache);
    right->addWidget(m_machine);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 0, 16, 0);
    layout->setSpacing(16);
    layout->addWidget(m_study, 1);
    layout->addLayout(middle);
    layout->addLayout(right, 1);

    connect(&jobs, &JobRunner::jobAdded, this, &StatusLine::showJob);
    connect(&jobs, &JobRunner::jobChanged, this, &StatusLine::showJob);
    connect(&jobs, &JobRunner::jobsReset, this, &StatusLine::showJob);
    setScores(0, 0);
    showJob();
}

void StatusLine::showJob() {
    const JobStatus* job = mostTelling(m_jobs.jobs());
    m_shown = job != nullptr ? job->id : 0;
    for (QWidget* part :
         {static_cast<QWidget*>(m_text), static_cast<QWidget*>(m_bar), static_cast<QWidget*>(m_cancel)})
        part->setVisible(job != nullptr);
    if (job == nullptr)
        return;
    const auto others =
        std::count_if(m_jobs.jobs().begin(), m_jobs.jobs().end(), std::mem_fn(&JobStatus::isUnderway)) - 1;
    const QString more = others > 0 ? tr("  (+%1)").arg(others) : QString();
    const QString text = job->title + QStringLiteral(" · ") + progressText(*job) + more;
    m_text->setText(text);
    m_text->setToolTip(
        QStringLiteral("<p>%1<br>%2").arg(text.toHtmlEscaped(), tr("Click to show all jobs (Ctrl+J)")));
    m_bar->setRange(0, job->total > 0 ? 1000 : 0);
    if (job->total > 0)
        m_bar->setValue(static_cast<int>(1000 * job->done / job->total));
}

void StatusLine::setStudy(const QString& text, const QString& toolTip) {
    m_study->setFullText(text);
    m_study->setExplanation(toolTip.isEmpty() ? QStringList() : QStringList{toolTip});
}

void StatusLine::setMachine(const MachineText& machine) {
    QStringList parts{machine.device, countedText(machine.threads, counted::threads)};
    if (!machine.blas.isEmpty())
        parts << machine.blas;
    m_machine->setFullText(parts.join(QStringLiteral(" · ")));
    m_warning->setText(machine.warning.isEmpty() ? QString() : tr("⚠ slow matrix library"));
    m_warning->setToolTip(machine.warning.toHtmlEscaped());
    m_warning->setVisible(!machine.warning.isEmpty());
}

void StatusLine::setScores(int64_t fromCache, int64_t computed) {
    const int64_t all = fromCache + computed;
    m_cache->setVisible(all > 0);
    if (all == 0)
        return;
    m_cache->setText(tr("cache %1 % hits").arg(100 * fromCache / all));
    m_cache->setToolTip(tr("%1 from the cache, %2 computed, since the study was opened")
                            .arg(countedText(fromCache, counted::scores), countText(computed)));
}

} // namespace diploscope::ui
