// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/genome_page.h"

#include "viewmodels/counted_text.h"
#include "viewmodels/genome_text.h"
#include "viewmodels/number_text.h"
#include "views/flow_layout.h"
#include "views/genome_panel.h"
#include "views/guide_button.h"
#include "views/run_banner.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QResizeEvent>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QStandardItemModel>
#include <QVBoxLayout>

#include <algorithm>

namespace diploscope::ui {

namespace {

constexpr int gap = 14;
constexpr int leastWidth = 262; ///< of a figure
constexpr int leastHeight = 262;

constexpr GenomeFigure order[] = {
    GenomeFigure::NullR,         GenomeFigure::PredixcanR,        GenomeFigure::SupportedR,
    GenomeFigure::NullHistogram, GenomeFigure::DriverDistance,    GenomeFigure::DriverCount,
    GenomeFigure::LinearR,       GenomeFigure::ObservedPredicted, GenomeFigure::ModelModel};

QLabel* words(const QString& text, const char* role) {
    auto* label = new QLabel(text);
    label->setProperty("role", QString::fromLatin1(role));
    label->setTextFormat(Qt::PlainText);
    return label;
}

} // namespace

GenomePage::GenomePage(Session& session, Genome& genome, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_genome(genome)
    , m_headline(new FlowLayout(24, 4))
    , m_null(new QComboBox)
    , m_clear(new QPushButton)
    , m_runs(new QPushButton(tr("Stored runs…")))
    , m_pages(new QStackedWidget)
    , m_scroll(new QScrollArea)
    , m_board(new QWidget)
    , m_missing(words({}, "small")) {
    setGuidePlace(*this, QStringLiteral("all-genes.md"));
    for (const GenomeFigure figure : order) {
        auto* panel = new GenomePanel(figure, session, genome, m_board);
        panel->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Expanding); // columns of one width
        connect(panel, &GenomePanel::geneRequested, this, &GenomePage::geneRequested);
        connect(panel, &GenomePanel::emptyTextChanged, this, &GenomePage::arrange);
        m_panels.push_back(panel);
    }
    m_missing->setParent(m_board); // shown before it has a place, it would be a window of its own
    m_missing->setWordWrap(true);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidget(m_board);
    m_scroll->viewport()->setAutoFillBackground(false);
    m_board->setAutoFillBackground(false);
    m_pages->addWidget(makeEmpty());
    m_pages->addWidget(m_scroll);

    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(16, 10, 16, 14);
    all->setSpacing(10);
    all->addWidget(new RunBanner(genome, RunBanner::Form::Page, this));
    all->addLayout(makeTop());
    all->addWidget(m_pages, 1);

    connect(&genome, &Genome::tableChanged, this, &GenomePage::takeTable);
    connect(&genome, &Genome::focusChanged, this, &GenomePage::showFocus);
    for (const auto signal : {&Session::modelChanged, &Session::studyOpened, &Session::studyClosed})
        connect(&session, signal, this, &GenomePage::takeTable);
    if (const auto style = ChartStyle::screen(lightTheme()))
        setChartStyle(*style);
    takeTable();
}

QHBoxLayout* GenomePage::makeTop() {
    for (const NullChoice null : {NullChoice::Published, NullChoice::Calibrated, NullChoice::Empirical})
        m_null->addItem(tr("null: %1").arg(nullText(null)), static_cast<int>(null));
    m_null->setObjectName(QStringLiteral("nullChooser"));
    m_null->setAccessibleName(tr("Null"));
    m_null->setToolTip(
        tr("Which p against a gene's random predictors p and q are, on this page and in the gene list:<br>"
           "<b>as published</b>, by the paper's t over 50 predictors, too small with few people;<br>"
           "<b>calibrated</b>, by the t of one more draw;<br>"
           "<b>empirical</b>, by rank: uniform where nothing is predicted, never below 1 / (K + 1)"));
    connect(m_null, &QComboBox::activated, this,
            [this](int row) { m_genome.setNull(static_cast<NullChoice>(m_null->itemData(row).toInt())); });
    m_clear->setObjectName(QStringLiteral("clearSelection"));
    m_clear->setProperty("role", QStringLiteral("chip"));
    m_clear->setToolTip(tr("Show all genes again (Esc)"));
    connect(m_clear, &QPushButton::clicked, &m_genome, &Genome::clearSelection);
    m_runs->setObjectName(QStringLiteral("storedRuns"));
    m_runs->setProperty("role", QStringLiteral("chip"));
    m_runs->setToolTip(tr("Look at results of earlier files, other options or other models, which are kept"));
    connect(m_runs, &QPushButton::clicked, this, &GenomePage::runsRequested);
    auto* top = new QHBoxLayout;
    top->setSpacing(12);
    top->addLayout(m_headline, 1);
    top->addWidget(m_clear, 0, Qt::AlignTop);
    top->addWidget(m_runs, 0, Qt::AlignTop);
    top->addWidget(m_null, 0, Qt::AlignTop);
    return top;
}

QWidget* GenomePage::makeEmpty() {
    auto* page = new QWidget;
    m_emptyText = words({}, "lead");
    m_emptyText->setAlignment(Qt::AlignCenter);
    m_emptyText->setWordWrap(true);
    m_analyse = new QPushButton(tr("Analyse all genes"));
    m_analyse->setProperty("role", QStringLiteral("primary"));
    connect(m_analyse, &QPushButton::clicked, this, &GenomePage::analyseAllRequested);
    auto* column = new QVBoxLayout(page);
    column->setSpacing(14);
    column->addStretch(1);
    column->addWidget(m_emptyText);
    column->addWidget(m_analyse, 0, Qt::AlignHCenter);
    column->addStretch(2);
    return page;
}

GenomePanel& GenomePage::panel(GenomeFigure figure) const {
    return **std::find_if(m_panels.begin(), m_panels.end(), [figure](const GenomePanel* panel) {
        return &panel->figure() == &registered(figure);
    });
}

void GenomePage::setChartStyle(const ChartStyle& style) {
    for (GenomePanel* panel : m_panels)
        panel->setChartStyle(style);
    QPalette ground = palette();
    ground.setColor(QPalette::Window, style.theme.ground);
    setPalette(ground);
    setAutoFillBackground(true);
}

void GenomePage::setDrag(ChartView::Drag drag) {
    for (GenomePanel* panel : m_panels)
        panel->view().setDrag(drag == ChartView::Drag::Lasso ? drag : ChartView::Drag::Rectangle);
}

void GenomePage::takeTable() {
    while (QLayoutItem* item = m_headline->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const bool any = m_genome.table()->rowCount() > 0;
    if (any)
        for (const HeadlineNumber& number : headline(m_genome.summary())) {
            auto* figure = new QWidget;
            auto* column = new QVBoxLayout(figure);
            column->setContentsMargins(0, 0, 0, 0);
            column->setSpacing(0);
            column->addWidget(words(number.number, "title"));
            column->addWidget(words(number.caption, "small"));
            m_headline->addWidget(figure);
        }
    m_null->setVisible(any);
    // Published tables tell mean and sd of the random predictors, not the predictors.
    auto* items = static_cast<QStandardItemModel*>(m_null->model());
    items->item(m_null->findData(static_cast<int>(NullChoice::Empirical)))
        ->setEnabled(!m_session.isPublished());
    m_null->setCurrentIndex(m_null->findData(static_cast<int>(m_genome.null())));
    m_pages->setCurrentIndex(any ? 1 : 0);
    m_runs->setVisible(m_session.study() && !m_session.isPublished());
    m_analyse->setVisible(!m_session.isPublished() && !m_genome.shownRun());
    m_analyse->setEnabled(m_session.model().predictor() != nullptr);
    m_emptyText->setText(emptyText());
    showFocus();
}

QString GenomePage::emptyText() const {
    if (m_genome.shownRun())
        return tr("No gene of this run could be analysed.");
    if (!m_session.model().predictor())
        return tr("Open a model, then analyse the study's genes.");
    const auto kept = static_cast<int64_t>(m_session.results().keptRuns());
    if (kept == 0)
        return tr("No gene has been analysed yet.");
    return tr("No gene has been analysed with the study's files and the options as they are now. "
              "%1 kept: see Stored runs.")
        .arg(kept == 1 ? tr("One other run is") : tr("%1 other runs are").arg(countText(kept)));
}

void GenomePage::showFocus() {
    const qsizetype selected = m_genome.selected().size();
    m_clear->setVisible(selected > 0);
    m_clear->setText(tr("%1 selected  ✕").arg(countedText(selected, counted::genes)));
}

void GenomePage::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    arrange();
}

/// The figures that have something to show, in as many columns as they fit in; the first one takes the room
/// that the others leave.
void GenomePage::arrange() {
    std::vector<GenomePanel*> shown;
    QStringList missing;
    for (GenomePanel* panel : m_panels) {
        panel->setVisible(panel->emptyText().isEmpty());
        if (panel->emptyText().isEmpty())
            shown.push_back(panel);
        else
            missing << panel->emptyText();
    }
    const auto count = static_cast<int>(shown.size());
    const int columns = std::clamp((width() - 32 + gap) / (leastWidth + gap), 1, std::max(1, count));
    missing.removeDuplicates();
    m_missing->setText(missing.join(QLatin1Char('\n')));
    m_missing->setVisible(!missing.isEmpty());
    if (m_grid != nullptr && m_arranged == std::pair(shown, columns))
        return;
    m_arranged = {shown, columns};
    delete m_grid;
    m_grid = new QGridLayout(m_board);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(gap);
    const int rows = (count + columns - 1) / columns;
    int cell = 0;
    for (GenomePanel* panel : shown) {
        const int span = cell == 0 ? 1 + rows * columns - count : 1;
        m_grid->addWidget(panel, cell / columns, cell % columns, 1, span);
        cell += span;
    }
    for (int row = 0; row < rows; ++row) {
        m_grid->setRowMinimumHeight(row, leastHeight);
        m_grid->setRowStretch(row, 1);
    }
    for (int column = 0; column < columns; ++column)
        m_grid->setColumnStretch(column, 1);
    m_grid->addWidget(m_missing, rows, 0, 1, columns);
}

} // namespace diploscope::ui
