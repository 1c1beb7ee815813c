// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/snv_inspector.h"

#include "charts/chart_view.h"
#include "viewmodels/effect_text.h"
#include "viewmodels/gene_text.h"
#include "viewmodels/number_text.h"
#include "views/card_scroll.h"
#include "views/export_places.h"
#include "views/figure_saver.h"

#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace diploscope::ui {
namespace {

constexpr int heightOfOne = 136;
constexpr int heightOfTwo = 168; ///< with a legend and the first SNV's name

/// Labels in the muted colour; only the values' lines break.
QString tableOf(const std::vector<SnvDetails::Row>& rows, const QColor& muted) {
    QString html = QStringLiteral("<table cellspacing='0' cellpadding='0'>");
    for (const SnvDetails::Row& row : rows)
        html += QStringLiteral("<tr><td style='padding-right: 8px; white-space: nowrap; color: %1'>%2</td>"
                               "<td>%3</td></tr>")
                    .arg(muted.name(), row.label.toHtmlEscaped(), row.value.toHtmlEscaped());
    return html + QStringLiteral("</table>");
}

/// Observed mean, predicted mean and people of each pair of genotypes; the first SNV's genotypes are columns.
QString tableOfPairs(const Carriers& carriers, const Theme& theme) {
    const auto cell = [](const QString& content) {
        return QStringLiteral("<td align='right' style='padding: 2px 0 4px 10px; white-space: nowrap'>") +
               content + QStringLiteral("</td>");
    };
    const auto three = [&theme](const QString& observed, const QString& predicted, const QString& people) {
        return QStringLiteral("%1<br><span style='color: %2'>%3</span><br><span style='color: %4'>%5</span>")
            .arg(observed.toHtmlEscaped(), theme.accent.name(), predicted.toHtmlEscaped(), theme.muted.name(),
                 people.toHtmlEscaped());
    };
    QString html = QStringLiteral("<table cellspacing='0' cellpadding='0'><tr>") +
                   cell(three(QObject::tr("observed"), QObject::tr("predicted"), QObject::tr("people")));
    for (const QString& genotype : carriers.genotypes)
        html += cell(QStringLiteral("<b>%1</b>").arg(shortGenotype(genotype).toHtmlEscaped()));
    html += QStringLiteral("</tr>");
    for (size_t b = 0; b < carriers.observed.series.size(); ++b) {
        html +=
            QStringLiteral("<tr>") +
            cell(QStringLiteral("<b>%1</b>").arg(shortGenotype(carriers.secondGenotypes[b]).toHtmlEscaped()));
        for (size_t a = 0; a < 3; ++a) {
            const GroupMean& observed = carriers.observed.series[b].means[a];
            html +=
                cell(three(effectText(observed.mean), effectText(carriers.predicted.series[b].means[a].mean),
                           countText(observed.n)));
        }
        html += QStringLiteral("</tr>");
    }
    return html + QStringLiteral("</table>");
}

QString groupsInWords(const Carriers& carriers) {
    QStringList lines;
    for (size_t series = 0; series < carriers.observed.series.size(); ++series)
        for (size_t copies = 0; copies < 3; ++copies)
            lines << carriers.groupText(copies, series);
    return lines.join(QStringLiteral(". "));
}

} // namespace

SnvInspector::SnvInspector(Session& session, Selection& selection, QWidget* parent)
    : PanelCard({}, parent)
    , m_session(session)
    , m_selection(selection)
    , m_figure(&registered(GeneFigure::Carriers))
    , m_facts(new QLabel)
    , m_values(new QLabel)
    , m_carriers(new QLabel)
    , m_verdict(new QLabel)
    , m_person(new ElidedLabel)
    , m_scroll(new CardScroll(tr("SNV")))
    , m_view(new ChartView(ChartView::Zoom::Plane)) {
    explainBy(QStringLiteral("reading.md#snv"));
    for (QLabel* label : {m_facts, m_values, m_carriers, m_verdict}) {
        label->setTextFormat(label == m_values ? Qt::RichText : Qt::PlainText);
        label->setWordWrap(true);
    }
    for (QLabel* label : {m_facts, m_values, m_verdict})
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_view->setAccessibleName(tr("Means by genotype"));
    m_view->setToolTipSource([this](size_t mean) {
        return QStringLiteral("<p>") + m_carriersShown.groupText(mean % 3, mean / 3).toHtmlEscaped();
    });
    m_saver = new FigureSaver(
        *m_view, session, m_figure->offered,
        [this]() -> FigureSaver::Subject {
            if (!m_report)
                return {};
            const QString gene = geneFileStem(m_session.study().get(), m_report->gene);
            return {m_figure, m_shown, gene + QLatin1Char('.') + QLatin1String(m_figure->name)};
        },
        this);
    m_saver->setHandle(titleWidget());
    // The verdict is what is looked for: it stands first, with the lines that it is seen in, and what a low
    // window has no room for scrolls.
    QVBoxLayout& column = m_scroll->column();
    column.addWidget(m_verdict);
    column.addWidget(m_carriers);
    m_scroll->addChart(m_view);
    column.addSpacing(6);
    column.addWidget(m_facts);
    column.addWidget(m_values);
    column.addStretch(1);
    content()->addWidget(m_scroll, 1);
    content()->addWidget(m_person);
    connect(&selection, &Selection::variantsChanged, this, &SnvInspector::refresh);
    connect(&selection, &Selection::peopleChanged, this, &SnvInspector::showPerson);
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

void SnvInspector::dropMotifs() {
    m_motifs.clear();
    if (std::exchange(m_motifsOf, std::nullopt))
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
    m_person->setFont(style.smallFont());
    setTextColour(*m_person, style.theme.text);
    m_view->setChartStyle(style);
    refresh(); // the tables' colours are in their text
}

std::vector<size_t> SnvInspector::selectedTwo() const {
    std::vector<size_t> found;
    if (m_report && m_selection.variants().size() == 2)
        for (const Variant& variant : m_selection.variants())
            if (const std::optional<size_t> index = m_report->find(variant))
                found.push_back(*index);
    return found.size() == 2 ? found : std::vector<size_t>();
}

void SnvInspector::refresh() {
    const std::optional<size_t> shown = shownVariant();
    const std::vector<size_t> two = selectedTwo();
    if (!two.empty())
        showTwo(two[0], two[1]);
    else if (shown)
        showOne(*shown);
    else
        showNone();
    for (QLabel* label : {m_facts, m_values, m_carriers, m_verdict})
        label->setVisible(!label->text().isEmpty());
    if (m_style)
        setTextColour(*m_verdict, m_style->theme.verdict(m_sign).colour);
    showPerson();
    std::optional<Variant> variant;
    if (shown && two.empty())
        variant = m_report->variants[*shown];
    if (std::exchange(m_variant, variant) != variant)
        Q_EMIT variantShown();
}

void SnvInspector::showPerson() {
    const auto person = m_report ? m_selection.personIn(*m_report) : std::nullopt;
    m_person->setFullText(person ? personText(*m_report, *person, shownVariant()) : QString());
}

std::optional<size_t> SnvInspector::shownVariant() const {
    if (!m_report)
        return std::nullopt;
    const std::optional<size_t> selected = m_selection.variantIn(*m_report);
    return selected ? selected : mainDriver(*m_report);
}

void SnvInspector::showOne(size_t variant) {
    SnvDetails details = snvDetails(*m_report, variant);
    if (m_motifsOf == m_report->variants[variant])
        details.rows.insert(details.rows.end(), m_motifs.begin(), m_motifs.end());
    setTitle(details.name);
    setSummary(details.place);
    m_facts->setText(details.facts);
    m_values->setText(tableOf(details.rows, m_style ? m_style->theme.muted : QColor(Qt::gray)));
    m_verdict->setText(details.verdict);
    m_sign = details.sign;
    m_view->setFixedHeight(heightOfOne);
    showCarriers(carriers(*m_report, variant), GeneFigure::Carriers,
                 {.report = m_report, .variant = variant});
}

void SnvInspector::showTwo(size_t first, size_t second) {
    Carriers both = carriersOfTwo(*m_report, first, second);
    setTitle(
        tr("%1 and %2").arg(variantText(m_report->variants[first]), variantText(m_report->variants[second])));
    setSummary(both.summary);
    m_facts->setText(tr("Columns: %1. Rows: %2.").arg(both.variant, both.second));
    m_values->setText(m_style ? tableOfPairs(both, m_style->theme) : QString());
    m_verdict->clear();
    m_sign = Verdict::Undefined;
    m_view->setFixedHeight(heightOfTwo);
    showCarriers(std::move(both), GeneFigure::CarriersOfTwo,
                 {.report = m_report, .variant = first, .second = second});
}

void SnvInspector::showNone() {
    setTitle(tr("SNV"));
    setSummary({});
    m_facts->setText(m_report ? tr("Click an SNV in a chart, or a row of the drivers.") : QString());
    for (QLabel* label : {m_values, m_carriers, m_verdict})
        label->clear();
    m_sign = Verdict::Undefined;
    m_view->hide();
    m_view->clearFigure();
}

void SnvInspector::showCarriers(Carriers carriers, GeneFigure figure, const GeneFigureSpec& spec) {
    m_carriersShown = std::move(carriers);
    m_figure = &registered(figure);
    m_shown = m_figure->make(spec);
    const bool any = m_shown.empty.isEmpty();
    m_carriers->setText(any ? m_carriersShown.caption : m_shown.empty);
    m_view->setAccessibleDescription(any ? groupsInWords(m_carriersShown) : QString());
    m_view->setVisible(any);
    if (any)
        m_view->setFigure(m_shown.draw, ChartView::Keep::Nothing);
    else
        m_view->clearFigure();
}

} // namespace diploscope::ui
