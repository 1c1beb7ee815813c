// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/snv_inspector.h"

#include "views/carrier_bars.h"

#include <QFrame>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace diploscope::ui {
namespace {

std::optional<size_t> mainDriver(const GeneReport& report) {
    for (const DriverResult& driver : report.drivers)
        if (driver.driver.main)
            return driver.variant;
    return std::nullopt;
}

/// Labels in the muted colour; only the values' lines break.
QString tableOf(const std::vector<SnvDetails::Row>& rows, const QColor& muted) {
    QString html = QStringLiteral("<table cellspacing='0' cellpadding='0'>");
    for (const SnvDetails::Row& row : rows)
        html += QStringLiteral("<tr><td style='padding-right: 8px; white-space: nowrap; color: %1'>%2</td>"
                               "<td>%3</td></tr>")
                    .arg(muted.name(), row.label.toHtmlEscaped(), row.value.toHtmlEscaped());
    return html + QStringLiteral("</table>");
}

} // namespace

SnvInspector::SnvInspector(Selection& selection, QWidget* parent)
    : PanelCard({}, parent)
    , m_selection(selection)
    , m_facts(new QLabel)
    , m_values(new QLabel)
    , m_carriers(new QLabel)
    , m_bars(new CarrierBars)
    , m_verdict(new QLabel)
    , m_person(new ElidedLabel) {
    for (QLabel* label : {m_facts, m_values, m_carriers, m_verdict}) {
        label->setTextFormat(label == m_values ? Qt::RichText : Qt::PlainText);
        label->setWordWrap(label != m_carriers);
    }
    for (QLabel* label : {m_facts, m_values, m_verdict})
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    // The verdict is what is looked for: it stands first, with the bars that it is seen in, and what a low
    // window has no room for scrolls.
    auto* all = new QWidget;
    auto* column = new QVBoxLayout(all);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addWidget(m_verdict);
    column->addWidget(m_carriers);
    column->addWidget(m_bars);
    column->addSpacing(6);
    column->addWidget(m_facts);
    column->addWidget(m_values);
    column->addStretch(1);
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::StrongFocus); // arrows scroll it
    scroll->setAccessibleName(tr("SNV"));
    scroll->setWidget(all);
    scroll->viewport()->setAutoFillBackground(false);
    all->setAutoFillBackground(false);
    content()->addWidget(scroll, 1);
    content()->addWidget(m_person);
    connect(&selection, &Selection::variantsChanged, this, &SnvInspector::refresh);
    connect(&selection, &Selection::peopleChanged, this, &SnvInspector::refresh);
    refresh();
}

void SnvInspector::setReport(std::shared_ptr<const GeneReport> report) {
    m_report = std::move(report);
    refresh();
}

void SnvInspector::setMotifs(const Variant& variant, std::vector<SnvDetails::Row> rows) {
    m_motifsOf = variant;
    m_motifs = std::move(rows);
    refresh();
}

void SnvInspector::setChartStyle(const ChartStyle& style) {
    PanelCard::setChartStyle(style);
    m_style = style;
    m_facts->setFont(style.smallFont());
    setTextColour(*m_facts, style.theme.muted);
    m_values->setFont(style.smallFont());
    setTextColour(*m_values, style.theme.text);
    m_carriers->setFont(style.font(style.smallSize, QFont::DemiBold));
    setTextColour(*m_carriers, style.theme.text);
    m_verdict->setFont(style.font(style.textSize, QFont::DemiBold));
    setTextColour(*m_verdict, style.theme.verdict(m_sign).colour);
    m_person->setFont(style.smallFont());
    setTextColour(*m_person, style.theme.text);
    m_bars->setChartStyle(style);
    refresh(); // the table's colours are in its text
}

void SnvInspector::refresh() {
    std::optional<size_t> shown = m_report ? m_selection.variantIn(*m_report) : std::nullopt;
    if (m_report && !shown)
        shown = mainDriver(*m_report);
    const bool any = shown.has_value();
    for (QWidget* part : std::initializer_list<QWidget*>{m_values, m_carriers, m_bars, m_verdict})
        part->setVisible(any);
    if (any) {
        SnvDetails details = snvDetails(*m_report, *shown);
        if (m_motifsOf == m_report->variants[*shown])
            details.rows.insert(details.rows.end(), m_motifs.begin(), m_motifs.end());
        setTitle(details.name);
        setSummary(details.place);
        m_facts->setText(details.facts);
        m_values->setText(tableOf(details.rows, m_style ? m_style->theme.muted : QColor(Qt::gray)));
        m_carriers->setText(details.groupsTitle);
        m_bars->show(details);
        m_verdict->setText(details.verdict);
        m_sign = details.sign;
    } else {
        setTitle(tr("SNV"));
        setSummary({});
        m_facts->setText(m_report ? tr("Click an SNV in a chart, or a row of the drivers.") : QString());
        for (QLabel* label : {m_values, m_carriers, m_verdict})
            label->clear();
        m_sign = Verdict::Undefined;
    }
    if (m_style)
        setTextColour(*m_verdict, m_style->theme.verdict(m_sign).colour);
    const auto person = m_report ? m_selection.personIn(*m_report) : std::nullopt;
    m_person->setFullText(person ? personText(*m_report, *person, shown) : QString());
    std::optional<Variant> variant;
    if (any)
        variant = m_report->variants[*shown];
    if (std::exchange(m_variant, variant) != variant)
        Q_EMIT variantShown();
}

} // namespace diploscope::ui
