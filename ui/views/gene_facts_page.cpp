// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/gene_facts_page.h"

#include "results/gene_columns.h"
#include "viewmodels/column_text.h"
#include "viewmodels/counted_text.h"
#include "viewmodels/gene_text.h"
#include "viewmodels/genome_text.h"
#include "viewmodels/number_text.h"
#include "views/genome_panel.h"

#include <QFormLayout>
#include <QHeaderView>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace diploscope::ui {

namespace {

/// What is shown of each driver between its name and its verdict.
constexpr std::array numbersShown{"distance_to_tss", "ism", "eqtl_slope", "gain", "carriers"};
constexpr int verdictColumn = static_cast<int>(numbersShown.size()) + 1;

const NumberColumn<DriverRow>& driverColumn(std::string_view name) {
    const auto& all = driverColumns().numbers;
    return *std::find_if(all.begin(), all.end(), [name](const auto& column) { return column.name == name; });
}

QString nameOf(const DriverRow& driver) {
    QString name = QStringLiteral("%1:%2").arg(QString::fromStdString(driver.chrom),
                                               countText(static_cast<int64_t>(driver.position.value_or(0))));
    if (!driver.ref.empty())
        name += QStringLiteral(" %1>%2").arg(QString::fromStdString(driver.ref),
                                             QString::fromStdString(driver.alt));
    return name;
}

QWidget* factList(const GeneFacts& facts) {
    auto* list = new QWidget;
    auto* form = new QFormLayout(list);
    form->setContentsMargins(0, 4, 0, 4);
    form->setHorizontalSpacing(18);
    form->setVerticalSpacing(6);
    for (const auto& [label, value] : facts.lines) {
        auto* name = new QLabel(label);
        name->setProperty("role", QStringLiteral("muted"));
        auto* number = new QLabel(value);
        number->setProperty("role", QStringLiteral("plain"));
        number->setTextInteractionFlags(Qt::TextSelectableByMouse);
        form->addRow(name, number);
    }
    return list;
}

} // namespace

GeneFactsPage::GeneFactsPage(Session& session, Genome& genome, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_genome(genome)
    , m_header(new GeneHeader)
    , m_cards(new QHBoxLayout)
    , m_drivers(new QTableWidget(0, verdictColumn + 1)) {
    m_cards->setSpacing(14);
    QStringList heads{tr("SNV")};
    for (const char* name : numbersShown)
        heads << titleText(driverColumn(name));
    m_drivers->setHorizontalHeaderLabels(heads << titleText(columns::Verdict));
    for (int column = 1; column < m_drivers->columnCount(); ++column) {
        m_drivers->horizontalHeaderItem(column)->setToolTip(meaningText(
            column == verdictColumn ? columns::Verdict
                                    : driverColumn(numbersShown[static_cast<size_t>(column - 1)])));
    }
    m_drivers->setProperty("role", QStringLiteral("plain"));
    m_drivers->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_drivers->setTabKeyNavigation(false);
    m_drivers->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_drivers->setShowGrid(false);
    m_drivers->verticalHeader()->hide();
    for (int column = 0; column < m_drivers->columnCount(); ++column)
        m_drivers->horizontalHeaderItem(column)->setTextAlignment(
            (column == 0 || column == verdictColumn ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    m_drivers->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_drivers->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_drivers->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* card = new PanelCard(tr("Drivers"));
    card->explainBy(QStringLiteral("reading.md#drivers"));
    card->content()->addWidget(m_drivers, 1);
    m_driverCard = card;

    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(16, 10, 16, 14);
    all->setSpacing(14);
    all->addWidget(m_header);
    all->addLayout(m_cards);
    auto* figures = new QVBoxLayout;
    figures->setSpacing(14);
    for (const GenomeFigure figure : {GenomeFigure::NullR, GenomeFigure::PredixcanR}) {
        auto* panel = new GenomePanel(figure, session, genome, this);
        connect(panel, &GenomePanel::geneRequested, this, &GeneFactsPage::geneRequested);
        figures->addWidget(panel, 1);
        m_figures.push_back(panel);
    }
    auto* lower = new QHBoxLayout;
    lower->setSpacing(14);
    lower->addWidget(card, 6);
    lower->addLayout(figures, 5);
    all->addLayout(lower, 1);
    connect(&session.shown(), &ShownGene::geneChanged, this, &GeneFactsPage::showGene);
    connect(&genome, &Genome::tableChanged, this, &GeneFactsPage::showGene);
    if (const auto style = ChartStyle::screen(lightTheme()))
        setChartStyle(*style);
    showGene();
}

void GeneFactsPage::setChartStyle(const ChartStyle& style) {
    m_style = style;
    m_header->setChartStyle(style);
    m_driverCard->setChartStyle(style);
    for (GenomePanel* panel : m_figures)
        panel->setChartStyle(style);
    for (PanelCard* card : m_factCards)
        card->setChartStyle(style);
    QPalette ground = palette();
    ground.setColor(QPalette::Window, style.theme.ground);
    setPalette(ground);
    setAutoFillBackground(true);
}

void GeneFactsPage::showGene() {
    qDeleteAll(m_factCards);
    m_factCards.clear();
    const Gene* gene = m_session.isPublished() ? m_session.shown().gene() : nullptr;
    if (gene == nullptr) {
        m_header->show({});
        m_drivers->setRowCount(0);
        return;
    }
    GeneSummary summary = geneSummary(*gene, nullptr);
    const std::optional<size_t> row = m_genome.rowOf(QString::fromStdString(gene->id));
    if (row) {
        const GeneRow& known = m_genome.table()->genes()[*row];
        if (known.r && std::abs(*known.r) > strongR) {
            summary.verdict = *known.r > 0 ? tr("well predicted") : tr("anti-correlated");
            summary.tone = *known.r > 0 ? GeneSummary::Tone::Good : GeneSummary::Tone::Bad;
        }
        for (const GeneFacts& facts : geneFacts(*m_genome.table(), *row)) {
            auto* card = new PanelCard(facts.title);
            card->explainBy(QStringLiteral("reading.md#the-verdict"));
            card->content()->addWidget(factList(facts));
            card->content()->addStretch(1);
            if (m_style)
                card->setChartStyle(*m_style);
            m_cards->addWidget(card);
            m_factCards.push_back(card);
        }
        showDrivers(known.drivers);
    }
    m_header->show(summary);
}

void GeneFactsPage::showDrivers(const std::vector<DriverRow>& drivers) {
    m_driverCard->setSummary(drivers.empty()
                                 ? tr("none in the tables")
                                 : countedText(static_cast<int64_t>(drivers.size()), counted::drivers));
    m_drivers->setRowCount(static_cast<int>(drivers.size()));
    for (int row = 0; row < m_drivers->rowCount(); ++row) {
        const DriverRow& driver = drivers[static_cast<size_t>(row)];
        QStringList cells{nameOf(driver)};
        for (const char* name : numbersShown) {
            const auto& column = driverColumn(name);
            cells << cellText(column.format, cellOf(column, driver));
        }
        cells << standingText(driver.standing());
        for (int column = 0; column < cells.size(); ++column) {
            auto* item = new QTableWidgetItem(cells[column]);
            item->setTextAlignment((column == 0 || column == verdictColumn ? Qt::AlignLeft : Qt::AlignRight) |
                                   Qt::AlignVCenter);
            if (column == 0 && driver.main == 1.0) {
                QFont bold = m_drivers->font();
                bold.setBold(true);
                item->setFont(bold);
                item->setToolTip(tr("The main driver: the largest gain"));
            }
            const Standing standing = driver.standing();
            if (column == verdictColumn && m_style &&
                (standing == Standing::Supported || standing == Standing::Unsupported))
                item->setForeground(standing == Standing::Supported ? m_style->theme.supported.colour
                                                                    : m_style->theme.unsupported.colour);
            m_drivers->setItem(row, column, item);
        }
    }
}

QStringList GeneFactsPage::facts() const {
    QStringList lines;
    for (const PanelCard* card : m_factCards)
        for (const QFormLayout* form : card->findChildren<QFormLayout*>())
            for (int row = 0; row < form->rowCount(); ++row)
                lines
                    << static_cast<QLabel*>(form->itemAt(row, QFormLayout::LabelRole)->widget())->text() +
                           QStringLiteral(": ") +
                           static_cast<QLabel*>(form->itemAt(row, QFormLayout::FieldRole)->widget())->text();
    return lines;
}

} // namespace diploscope::ui
