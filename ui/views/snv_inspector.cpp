// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/snv_inspector.h"

#include "views/carrier_bars.h"

#include <QVBoxLayout>

#include <algorithm>

namespace diploscope::ui {
namespace {

std::optional<size_t> mainDriver(const GeneReport& report) {
    for (const DriverResult& driver : report.drivers)
        if (driver.driver.main)
            return driver.variant;
    return std::nullopt;
}

} // namespace

SnvInspector::SnvInspector(Selection& selection, QWidget* parent)
    : PanelCard({}, parent)
    , m_selection(selection)
    , m_facts(new QLabel)
    , m_effects(new QLabel)
    , m_driver(new QLabel)
    , m_carriers(new QLabel(tr("Mean by genotype")))
    , m_bars(new CarrierBars)
    , m_verdict(new QLabel)
    , m_person(new ElidedLabel) {
    for (QLabel* label : {m_facts, m_effects, m_driver, m_carriers, m_verdict}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(label != m_carriers);
    }
    for (QLabel* label : {m_facts, m_effects, m_driver, m_verdict})
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    content()->setSpacing(6);
    content()->addWidget(m_facts);
    content()->addWidget(m_effects);
    content()->addWidget(m_driver);
    content()->addSpacing(6);
    content()->addWidget(m_carriers);
    content()->addWidget(m_bars);
    content()->addSpacing(4);
    content()->addWidget(m_verdict);
    content()->addStretch(1);
    content()->addWidget(m_person);
    connect(&selection, &Selection::variantChanged, this, &SnvInspector::refresh);
    connect(&selection, &Selection::personChanged, this, &SnvInspector::refresh);
    refresh();
}

void SnvInspector::setReport(std::shared_ptr<const GeneReport> report) {
    m_report = std::move(report);
    refresh();
}

void SnvInspector::setChartStyle(const ChartStyle& style) {
    PanelCard::setChartStyle(style);
    m_style = style;
    for (QLabel* label : {m_facts, m_effects, m_driver}) {
        label->setFont(style.smallFont());
        setTextColour(*label, style.theme.muted);
    }
    m_carriers->setFont(style.font(style.smallSize, QFont::DemiBold));
    setTextColour(*m_carriers, style.theme.text);
    m_verdict->setFont(style.font(style.textSize, QFont::DemiBold));
    setTextColour(*m_verdict, style.theme.verdict(m_sign).colour);
    m_person->setFont(style.smallFont());
    setTextColour(*m_person, style.theme.text);
    m_bars->setChartStyle(style);
}

void SnvInspector::refresh() {
    std::optional<size_t> shown = m_selection.variant();
    if (m_report && (!shown || *shown >= m_report->variants.size()))
        shown = mainDriver(*m_report);
    const bool any = m_report && shown;
    for (QWidget* part : std::initializer_list<QWidget*>{m_effects, m_driver, m_carriers, m_bars, m_verdict})
        part->setVisible(any);
    if (any) {
        const SnvDetails details = snvDetails(*m_report, *shown);
        setTitle(details.name);
        setSummary(details.place);
        m_facts->setText(details.facts);
        m_effects->setText(details.effects);
        m_driver->setText(details.driver);
        m_driver->setVisible(!details.driver.isEmpty());
        m_bars->setGroups(details.groups);
        m_verdict->setText(details.verdict);
        m_sign = details.sign;
    } else {
        setTitle(tr("SNV"));
        setSummary({});
        m_facts->setText(m_report ? tr("Click an SNV in a chart, or a row of the drivers.") : QString());
        m_verdict->clear();
        m_sign = Verdict::Undefined;
    }
    if (m_style)
        setTextColour(*m_verdict, m_style->theme.verdict(m_sign).colour);
    const auto person = m_selection.person();
    m_person->setFullText(m_report && person && *person < m_report->people.size()
                              ? personText(*m_report, *person, shown)
                              : QString());
}

} // namespace diploscope::ui
