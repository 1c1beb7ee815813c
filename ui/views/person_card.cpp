// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/person_card.h"

#include "analysis/file_stems.h"
#include "charts/chart_view.h"
#include "charts/haplotypes_chart.h"
#include "charts/waterfall_chart.h"
#include "figures/experiment_data.h"
#include "viewmodels/counted_text.h"
#include "viewmodels/gene_text.h"
#include "viewmodels/snv_details.h"
#include "views/card_scroll.h"
#include "views/export_places.h"
#include "views/figure_saver.h"

#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

namespace diploscope::ui {
namespace {

constexpr int heightOfHaplotype = 24;
constexpr int besideHaplotypes = 62; ///< legend, axis and its title
constexpr int heightOfStep = 16;
constexpr int besideSteps = 66;

/// An SNV as the report knows it: alleles and effects of both conventions.
QString tipOf(const PersonStory& story, size_t variant) {
    QStringList lines;
    for (size_t row = 0; row < story.rows.size(); ++row)
        for (size_t allele = 0; allele < story.rows[row].alleles.size(); ++allele)
            if (story.rows[row].alleles[allele].variant == variant)
                lines << story.rows[row].name + QStringLiteral(": ") + story.alleleText(row, allele);
    for (size_t path = 0; path < story.paths.size(); ++path)
        for (size_t step = 0; step < story.paths[path].steps.size(); ++step)
            if (story.paths[path].steps[step].variant == variant)
                lines << story.paths[path].end + QStringLiteral(", ") + story.stepText(path, step);
    return QStringLiteral("<p>") + lines.join(QLatin1Char('\n')).toHtmlEscaped().replace('\n', "<br>");
}

QString errorInLines(const Error& error) {
    QStringList lines;
    for (const std::string* part : {&error.what, &error.where, &error.remedy})
        if (!part->empty())
            lines << QString::fromStdString(*part);
    return lines.join(QLatin1Char('\n'));
}

/// For those who do not see the charts: of thousands of alleles those of largest effect, by place.
QString haplotypesInWords(const PersonStory& story) {
    constexpr size_t most = 20; // of a haplotype
    QStringList lines;
    for (size_t row = 0; row < story.rows.size(); ++row) {
        const std::vector<PersonStory::Allele>& all = story.rows[row].alleles;
        std::vector<size_t> told(all.size());
        std::iota(told.begin(), told.end(), size_t{0});
        if (all.size() > most) {
            const auto size = [&all](size_t allele) {
                return std::isfinite(all[allele].effect) ? std::abs(all[allele].effect) : 0;
            };
            std::stable_sort(told.begin(), told.end(),
                             [&size](size_t a, size_t b) { return size(a) > size(b); });
            told.resize(most);
            std::sort(told.begin(), told.end());
        }
        QStringList alleles;
        for (const size_t allele : told)
            alleles << story.alleleText(row, allele);
        if (all.size() > most)
            alleles << countedText(static_cast<int64_t>(all.size() - most), counted::others);
        lines << story.rows[row].name + QStringLiteral(": ") + alleles.join(QStringLiteral("; "));
    }
    return lines.join(QStringLiteral(". "));
}

QString stepsInWords(const PersonStory& story) {
    QStringList lines;
    for (size_t path = 0; path < story.paths.size(); ++path)
        for (size_t step = 0; step < story.paths[path].steps.size(); ++step)
            lines << story.paths[path].end + QStringLiteral(", ") + story.stepText(path, step);
    return lines.join(QStringLiteral(". "));
}

} // namespace

PersonCard::PersonCard(Session& session, Selection& selection, QWidget* parent)
    : PanelCard(tr("Person"), parent)
    , m_session(session)
    , m_selection(selection)
    , m_explorer(new PersonExplorer(session, selection, this))
    , m_words(new QLabel)
    , m_note(new QLabel)
    , m_again(new QPushButton(tr("Try again")))
    , m_largest(new QLabel)
    , m_scroll(new CardScroll(tr("Person")))
    , m_haplotypes(makePanel(PersonFigure::Haplotypes, tr("Haplotypes")))
    , m_waterfall(makePanel(PersonFigure::Waterfall, tr("Step by step"))) {
    explainBy(QStringLiteral("reading.md#person"));
    for (QLabel* label : {m_words, m_note, m_largest}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    QVBoxLayout& column = m_scroll->column();
    column.addWidget(m_words);
    column.addWidget(m_note);
    column.addWidget(m_again, 0, Qt::AlignLeft);
    m_scroll->addChart(m_haplotypes.view);
    column.addWidget(m_largest);
    m_scroll->addChart(m_waterfall.view);
    column.addStretch(1);
    content()->addWidget(m_scroll, 1);
    auto* close = new QToolButton;
    close->setText(QStringLiteral("×"));
    close->setObjectName(QStringLiteral("selectNobody"));
    close->setProperty("role", "tiny");
    close->setToolTip(tr("Select nobody: the drivers come back"));
    close->setAccessibleName(tr("Select nobody"));
    addToHeader(close);
    connect(close, &QToolButton::clicked, this, [this] { m_selection.selectPeople({}); });
    connect(m_again, &QPushButton::clicked, m_explorer, &PersonExplorer::again);
    connect(m_explorer, &PersonExplorer::changed, this, &PersonCard::refresh);
    connect(&selection, &Selection::variantsChanged, this, &PersonCard::markSelected);
    refresh();
}

PersonCard::Panel PersonCard::makePanel(PersonFigure figure, const QString& name) {
    const bool alongX = figure == PersonFigure::Haplotypes;
    auto* view = new ChartView(alongX ? ChartView::Zoom::AlongX : ChartView::Zoom::Plane);
    view->setAccessibleName(name);
    const FigureEntry* entry = &registered(figure);
    const auto subject = [this, alongX, entry]() -> FigureSaver::Subject {
        const PersonStory* story = m_explorer->story().get();
        if (!m_report || story == nullptr)
            return {};
        const QString gene = geneFileStem(m_session.study().get(), m_report->gene);
        const QString who = QString::fromStdString(
            fileStem(m_explorer->people().back() +
                     (m_explorer->people().size() > 1 ? "-" + m_explorer->people().front() : std::string())));
        return {entry, (alongX ? m_haplotypes : m_waterfall).shown,
                gene + QLatin1Char('.') + who + QLatin1Char('.') + QLatin1String(entry->name)};
    };
    auto* saver = new FigureSaver(*view, m_session, entry->offered, subject, this);
    view->setToolTipSource([this](size_t variant) {
        const PersonStory* story = m_explorer->story().get();
        return story != nullptr && variant < story->variants.size() ? tipOf(*story, variant) : QString();
    });
    connect(view, &ChartView::clicked, this, [this](int variant, bool toggles) {
        const PersonStory* story = m_explorer->story().get();
        std::set<Variant> hit;
        if (variant >= 0 && story != nullptr && static_cast<size_t>(variant) < story->variants.size())
            hit.insert(story->variants[static_cast<size_t>(variant)]);
        m_selection.selectVariants(hit, clickMode(hit, m_selection.variants(), toggles));
    });
    return {entry, view, saver};
}

void PersonCard::setReport(std::shared_ptr<const GeneReport> report) {
    m_report = report;
    m_explorer->setReport(std::move(report));
    refresh();
}

void PersonCard::setChartStyle(const ChartStyle& style) {
    PanelCard::setChartStyle(style);
    m_style = style;
    m_words->setFont(style.font(style.textSize, QFont::DemiBold));
    setTextColour(*m_words, style.theme.text);
    for (QLabel* label : {m_note, m_largest}) {
        label->setFont(style.smallFont());
        setTextColour(*label, style.theme.muted);
    }
    for (const Panel* panel : {&m_haplotypes, &m_waterfall})
        panel->view->setChartStyle(style);
}

void PersonCard::refresh() {
    const std::vector<std::string>& people = m_explorer->people();
    const PersonStory* story = m_explorer->story().get();
    QStringList names;
    for (const std::string& sample : people)
        names << shownName(sample);
    setTitle(names.isEmpty() ? tr("Person") : names.join(QStringLiteral(" → ")));
    setSummary(story != nullptr ? story->summary : QString());
    m_words->setText(story != nullptr ? story->words : QString());

    const bool same = people == m_shownPeople;
    m_shownPeople = people;
    if (m_explorer->story() != m_shownStory || story == nullptr) {
        m_shownStory = m_explorer->story();
        showFigure(m_haplotypes, same);
        showFigure(m_waterfall, same);
        m_haplotypes.view->setAccessibleDescription(story != nullptr ? haplotypesInWords(*story) : QString());
        m_waterfall.view->setAccessibleDescription(story != nullptr ? stepsInWords(*story) : QString());
    }
    // The same sequence twice has no step.
    m_largest->setText(story == nullptr || !story->complete ? QString()
                       : story->largest.isEmpty()           ? m_waterfall.shown.empty
                                                            : story->largest);

    const std::optional<Error>& error = m_explorer->error();
    QString note;
    if (error && error->kind == ErrorKind::Cancelled)
        note = tr("stopped · scores so far are kept");
    else if (error)
        note = breakable(errorInLines(*error));
    else if (!people.empty() && (story == nullptr || !story->complete))
        note = m_explorer->waitsForReport() ? tr("Once every SNV has its effect, the steps follow.")
               : story == nullptr           ? tr("reading genotypes…")
                                            : tr("predicting step by step…");
    m_note->setText(note);
    m_again->setVisible(error.has_value());
    for (QLabel* label : {m_words, m_note, m_largest})
        label->setVisible(!label->text().isEmpty());

    if (story != nullptr) {
        m_haplotypes.view->setFixedHeight(besideHaplotypes +
                                          heightOfHaplotype * static_cast<int>(story->rows.size()));
        size_t rows = 0;
        for (const PersonStory::Path& path : story->paths)
            rows += WaterfallChart::rowsOf(path);
        m_waterfall.view->setFixedHeight(besideSteps + heightOfStep * static_cast<int>(rows));
    }
    markSelected();
    if (!same)
        Q_EMIT peopleChanged();
}

void PersonCard::showFigure(Panel& panel, bool keepsZoom) {
    const std::shared_ptr<const PersonStory>& story = m_explorer->story();
    const std::vector<std::string>& people = m_explorer->people();
    if (story && m_report)
        panel.shown =
            panel.figure->make(figureSpecOf(story, m_report->gene.id, m_explorer->provenance(), people.back(),
                                            people.size() > 1 ? people.front() : std::string()));
    // Steps are told once their order is known.
    const bool any = story && m_report && panel.shown.empty.isEmpty();
    panel.view->setVisible(any);
    if (any)
        panel.view->setFigure(panel.shown.draw, keepsZoom ? ChartView::Keep::View : ChartView::Keep::Nothing);
    else
        panel.view->clearFigure();
}

void PersonCard::markSelected() {
    const PersonStory* story = m_explorer->story().get();
    std::vector<size_t> marks;
    if (story != nullptr && !m_selection.variants().empty())
        for (size_t variant = 0; variant < story->variants.size(); ++variant)
            if (m_selection.variants().contains(story->variants[variant]))
                marks.push_back(variant);
    for (const Panel* panel : {&m_haplotypes, &m_waterfall})
        panel->view->setSelected(marks);
}

} // namespace diploscope::ui
