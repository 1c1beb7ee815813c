// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/published_saturation_panel.h"

#include "viewmodels/gene_text.h"
#include "viewmodels/number_text.h"
#include "views/dialog_parts.h"
#include "views/flow_layout.h"
#include "views/saturation_panel.h"

#include <QComboBox>
#include <QSignalBlocker>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace diploscope::ui {

PublishedSaturationPanel::PublishedSaturationPanel(Session& session, Experiments& experiments,
                                                   PublishedSaturations& published, Selection& selection,
                                                   QWidget* parent)
    : ExperimentPanel(tr("Every base to the three others, round the published drivers"), session, experiments,
                      selection, parent)
    , m_published(published)
    , m_driver(new QComboBox)
    , m_logo(new QComboBox)
    , m_note(makeText({}, "small", true))
    , m_chart(new ExperimentChart(tr("Published saturation"), ExperimentFigure::Saturation,
                                  ChartView::Zoom::AlongX, session))
    , m_table(new QTableWidget) {
    explainBy(QStringLiteral("why-wrong.md#what-the-bases-mean"));
    m_driver->setAccessibleName(tr("Driver"));
    m_driver->setObjectName(QStringLiteral("publishedDriver"));
    m_driver->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_logo->setAccessibleName(tr("Logo"));
    m_logo->addItems({tr("logo: raw"), tr("logo: centred")});
    m_table->setAccessibleName(tr("Coherence"));
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setTabKeyNavigation(false);
    auto* fields = new FlowLayout(6, 6);
    fields->addWidget(m_driver);
    fields->addWidget(m_logo);
    content()->setSpacing(SmallGap);
    content()->addLayout(fields);
    content()->addWidget(m_note);
    content()->addWidget(m_chart, 1);
    content()->addWidget(m_table);
    showCoherence(*m_table, {});
    connect(&published, &PublishedSaturations::changed, this, &PublishedSaturationPanel::refresh);
    connect(m_driver, &QComboBox::activated, this, [this](int row) {
        const Gene* gene = this->session().shown().gene();
        if (gene == nullptr)
            return;
        const int64_t place = m_driver->itemData(row).toLongLong();
        SaturationWish wish;
        wish.where = SaturationWish::Where::Region;
        wish.region = around(gene->region.contig, place, CoherenceReach);
        ask(tr("Show the driver at %1").arg(countText(place + 1)),
            [&wish](ExperimentRequests& next) { next.saturation = wish; });
    });
    connect(m_logo, &QComboBox::activated, this, [this](int row) {
        ask(row == 1 ? tr("Centre the logo") : tr("Show the logo of effects"),
            [row](ExperimentRequests& next) { next.centred = row == 1; });
    });
    m_chart->view().setToolTipSource(
        [this](size_t cell) { return m_shown ? m_shown->cellText(cell).toHtmlEscaped() : QString(); });
    PublishedSaturationPanel::refresh();
}

void PublishedSaturationPanel::setChartStyle(const ChartStyle& style) {
    PanelCard::setChartStyle(style);
    m_chart->setChartStyle(style);
}

void PublishedSaturationPanel::refresh() {
    const std::vector<const DriverSaturation*> drivers = m_published.drivers();
    const auto& asked = experiments().requests().saturation;
    const DriverSaturation* chosen = drivers.empty() ? nullptr : drivers.front();
    if (asked && asked->where == SaturationWish::Where::Region)
        for (const DriverSaturation* driver : drivers)
            if (driver->position == asked->region.start + CoherenceReach)
                chosen = driver;
    const QSignalBlocker blocker(m_driver);
    m_driver->clear();
    for (const DriverSaturation* driver : drivers)
        m_driver->addItem(tr("driver at %1").arg(countText(driver->position + 1)),
                          QVariant::fromValue<qlonglong>(driver->position));
    if (chosen != nullptr)
        m_driver->setCurrentIndex(m_driver->findData(QVariant::fromValue<qlonglong>(chosen->position)));
    m_driver->setEnabled(!drivers.empty());
    m_logo->setCurrentIndex(experiments().requests().centred ? 1 : 0);
    showDriver(chosen);
}

void PublishedSaturationPanel::showDriver(const DriverSaturation* driver) {
    const Gene* gene = session().shown().gene();
    const bool centred = experiments().requests().centred;
    if (driver == nullptr || gene == nullptr) {
        m_note->clear();
        m_shown.reset();
        m_of = nullptr;
        m_chart->clear();
        return showCoherence(*m_table, {});
    }
    if (m_of == driver && m_shown && m_shown->centred == centred)
        return;
    m_of = driver;
    m_shown = std::make_shared<const SaturationShown>(publishedSaturation(*gene, *driver, centred));
    ExperimentFigureSpec spec{geneText(*gene), {}, {}, m_shown};
    spec.provenance.emplace_back("saturation", session().study()->file().saturation->filename().string());
    spec.provenance.emplace_back("driver", gene->region.contig + ":" + std::to_string(driver->position + 1));
    m_chart->show(spec, ChartView::Keep::Nothing);
    m_note->setText(m_shown->title + QStringLiteral(" · ") + m_shown->summary);
    showCoherence(*m_table, coherenceLines({m_shown->rows[0].background, m_shown->rows[1].background},
                                           publishedCoherence(*driver, m_published.largest())));
}

} // namespace diploscope::ui
