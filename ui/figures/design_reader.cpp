// SPDX-License-Identifier: GPL-3.0-or-later
#include "figures/design_reader.h"

#include <chrono>
#include <condition_variable>
#include <optional>
#include <utility>

namespace diploscope::ui {
namespace {

const QString readingGroup = QStringLiteral("figure's data");

/// A panel as far as data hang on it: alike where the same data serve. The whole is what it says of itself.
FigureDesign dataOf(const FigureDesign& design, const PanelDesign& of) {
    const PanelDesign usual;
    FigureDesign data;
    data.study = design.studyOf(of);
    data.model = design.modelOf(of);
    data.gene = design.geneOf(of);
    data.scores = design.scores;
    data.statistics = design.statistics;
    PanelDesign panel = of;
    panel.study.clear();
    panel.model.clear();
    panel.gene.clear();
    panel.row = panel.column = panel.rows = panel.columns = 1;
    for (auto label : {&PanelDesign::title, &PanelDesign::xLabel, &PanelDesign::yLabel})
        (panel.*label).clear();
    for (auto part : {&PanelDesign::showsTitle, &PanelDesign::showsLegend, &PanelDesign::showsColourBar,
                      &PanelDesign::showsStatistics})
        panel.*part = usual.*part;
    panel.xLimits.reset();
    panel.yLimits.reset();
    panel.chartLimits.clear();
    data.panels.push_back(std::move(panel));
    return data;
}

} // namespace

Result<DesignedFigure> DesignReader::Shared::read(const FigureDesign& design, const RunContext& context) {
    const std::lock_guard lock(m_mutex);
    DS_TRY(context.checkpoint()); // another one was read meanwhile
    return m_sources.read(design, context);
}

Result<std::string> DesignReader::Shared::stemOf(const FigureDesign& design, const std::string& gene,
                                                 const RunContext& context) {
    const std::lock_guard lock(m_mutex);
    return m_sources.stemOf(design, gene, context);
}

DesignReader::DesignReader(JobRunner& jobs, std::function<SourceSettings()> settings, QObject* parent)
    : QObject(parent), m_jobs(jobs), m_settings(std::move(settings)) {}

std::shared_ptr<DesignReader::Shared> DesignReader::shared() {
    if (!m_shared)
        m_shared = std::make_shared<Shared>(m_settings());
    return m_shared;
}

void DesignReader::forget() {
    m_jobs.cancelGroup(readingGroup);
    m_shared.reset();
    m_last = {};
    setReading(false);
}

void DesignReader::setReading(bool reading) {
    if (std::exchange(m_reading, reading) != reading)
        Q_EMIT readingChanged();
}

bool DesignReader::takeKnown(const FigureDesign& design) {
    DesignedFigure figure{design, {}, m_last.studies};
    for (const PanelDesign& panel : design.panels) {
        const FigureDesign wanted = dataOf(design, panel);
        size_t known = 0;
        while (known < m_last.panels.size() && dataOf(m_last.design, m_last.design.panels[known]) != wanted)
            ++known;
        if (known == m_last.panels.size())
            return false;
        figure.panels.push_back(m_last.panels[known]);
    }
    m_last = std::move(figure);
    return true;
}

void DesignReader::read(const FigureDesign& design) {
    m_jobs.cancelGroup(readingGroup);
    if (takeKnown(design)) {
        setReading(false);
        Q_EMIT ready(m_last);
        return;
    }
    setReading(true);
    m_jobs.run<DesignedFigure>(
        tr("Reading what the figure shows"), readingGroup, JobRunner::Priority::Seen,
        [shared = shared(), design](const RunContext& context) { return shared->read(design, context); },
        this,
        [this](Result<DesignedFigure> figure) {
            setReading(false);
            if (!figure) {
                Q_EMIT failed(figure.error());
                return;
            }
            m_last = *std::move(figure);
            Q_EMIT ready(m_last);
        });
}

Result<DrawnFigure> drawForJob(JobRunner& jobs, const DesignedFigure& figure, FigureFormat format,
                               const RunContext& context) {
    struct Desk {
        std::mutex mutex;
        std::condition_variable done;
        std::optional<Result<DrawnFigure>> drawn;
    };
    auto desk = std::make_shared<Desk>();
    jobs.post([desk, figure, format] {
        Result<DrawnFigure> drawn = drawDesign(figure, format);
        const std::lock_guard lock(desk->mutex);
        desk->drawn = std::move(drawn);
        desk->done.notify_one();
    });
    constexpr std::chrono::milliseconds patience(20);
    std::unique_lock lock(desk->mutex);
    while (!desk->done.wait_for(lock, patience, [&] { return desk->drawn.has_value(); }))
        DS_TRY(context.checkpoint()); // nobody draws any more where the window is closing
    return *std::move(desk->drawn);
}

void fillPicture(JobRunner& jobs, const QString& group, const DesignPicture& picture, QObject* receiver,
                 std::function<void(Result<DesignPicture>)> done) {
    jobs.run<DesignPicture>(
        {}, group, JobRunner::Priority::Seen,
        [picture](const RunContext&) -> Result<DesignPicture> {
            DesignPicture filled = picture;
            DS_ASSIGN(filled.pixels, filled.drawn.picture());
            filled.drawn = {};
            return filled;
        },
        receiver, std::move(done));
}

} // namespace diploscope::ui
