// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/saturation_panel.h"

#include "figures/experiment_data.h"
#include "genome/region_name.h"
#include "viewmodels/gene_text.h"
#include "viewmodels/locus_tracks.h"
#include "viewmodels/number_text.h"
#include "views/dialog_parts.h"
#include "views/flow_layout.h"
#include "views/update_pacer.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QSpinBox>
#include <QTableWidget>
#include <QVBoxLayout>

#include <utility>

namespace diploscope::ui {
namespace {

using Where = SaturationWish::Where;

constexpr int usualReachOfVariant = 20;
constexpr int usualReachOfTss = 1000;
constexpr int drawnEveryMs = 250;

} // namespace

SaturationPanel::SaturationPanel(Session& session, Experiments& experiments, Selection& selection,
                                 QWidget* parent)
    : ExperimentPanel(tr("Every base to the three others"), session, experiments, selection, parent)
    , m_where(new QComboBox)
    , m_reach(new QSpinBox)
    , m_region(new QLineEdit)
    , m_on(new QComboBox)
    , m_logo(new QComboBox)
    , m_coherence(new QCheckBox(tr("coherence")))
    , m_run(new QPushButton(tr("Saturate")))
    , m_error(makeText({}, "warning", true))
    , m_note(makeText({}, "small", true))
    , m_chart(new ExperimentChart(tr("Saturation"), ExperimentFigure::Saturation, ChartView::Zoom::AlongX,
                                  session))
    , m_table(new QTableWidget)
    , m_pacer(new UpdatePacer(drawnEveryMs, this)) {
    explainBy(QStringLiteral("why-wrong.md#what-the-bases-mean"));
    build();
    connect(m_pacer, &UpdatePacer::due, this, &SaturationPanel::draw);
    connect(m_where, &QComboBox::activated, this, [this] {
        m_reach->setValue(m_where->currentData().toInt() == static_cast<int>(Where::Tss)
                              ? usualReachOfTss
                              : usualReachOfVariant);
        showFields();
    });
    connect(&session.shown(), &ShownGene::geneChanged, this, [this] {
        m_regionTyped = false;
        m_offered.reset();
        m_region->clear();
    });
    connect(m_region, &QLineEdit::textEdited, this, [this] { m_regionTyped = true; });
    connect(m_region, &QLineEdit::returnPressed, this, &SaturationPanel::askForRun);
    connect(m_run, &QPushButton::clicked, this, &SaturationPanel::askForRun);
    connect(m_logo, &QComboBox::activated, this, [this](int row) {
        ask(row == 1 ? tr("Centre the logo") : tr("Show the logo of effects"),
            [row](ExperimentRequests& next) { next.centred = row == 1; });
    });
    m_chart->view().setToolTipSource(
        [this](size_t cell) { return m_shown ? m_shown->cellText(cell).toHtmlEscaped() : QString(); });
    SaturationPanel::refresh();
}

void SaturationPanel::build() {
    m_where->setObjectName(QStringLiteral("saturationWhere"));
    for (QComboBox* choice : {m_where, m_on, m_logo}) // their words change with what is selected
        choice->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_where->setAccessibleName(tr("Where"));
    m_where->addItem(tr("round the TSS"), static_cast<int>(Where::Tss));
    m_where->addItem(tr("round the selected SNV"), static_cast<int>(Where::Variant));
    m_where->addItem(tr("a region"), static_cast<int>(Where::Region));
    m_reach->setAccessibleName(tr("Bases to both sides"));
    m_reach->setRange(0, static_cast<int>((LongestSaturation - 1) / 2));
    m_reach->setPrefix(QStringLiteral("±"));
    m_reach->setSuffix(tr(" bp"));
    m_reach->setLocale(QLocale(QLocale::English, QLocale::UnitedStates)); // as all numbers are written
    m_reach->setGroupSeparatorShown(true);
    m_reach->setValue(usualReachOfTss);
    m_region->setAccessibleName(tr("Region"));
    m_region->setPlaceholderText(tr("22:100-140"));
    m_region->setMinimumWidth(150);
    m_on->setAccessibleName(tr("Whose bases"));
    m_logo->setAccessibleName(tr("Logo"));
    m_logo->addItems({tr("logo: raw"), tr("logo: centred")});
    m_logo->setToolTip(
        tr("Raw: each letter as high as what its base does. Centred: less the mean of the four "
           "at its place."));
    m_coherence->setToolTip(
        tr("Also how far attributions round the SNV reach 5, 10, 20 and 50 % of the "
           "largest one within 1,000 bp of the TSS, as the paper's Table S3: that stretch "
           "is saturated, too"));
    m_run->setProperty("role", QStringLiteral("primary"));
    m_table->setAccessibleName(tr("Coherence"));
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_error->hide();
    auto* fields = new FlowLayout(6, 6);
    for (QWidget* field :
         std::initializer_list<QWidget*>{m_where, m_reach, m_region, m_on, m_coherence, m_run, m_logo})
        fields->addWidget(field);
    content()->setSpacing(SmallGap);
    content()->addLayout(fields);
    content()->addWidget(m_error);
    content()->addWidget(m_note);
    content()->addWidget(m_chart, 1);
    content()->addWidget(m_table);
    showCoherence(*m_table, {});
}

void SaturationPanel::setChartStyle(const ChartStyle& style) {
    PanelCard::setChartStyle(style);
    m_chart->setChartStyle(style);
}

QString SaturationPanel::errorText() const {
    return m_error->isHidden() ? QString() : m_error->text();
}

void SaturationPanel::offerRegion(const std::optional<AxisRange>& seen) {
    if (seen == m_offered) // or what was asked for would go with every step
        return;
    m_offered = seen;
    const Gene* gene = session().shown().gene();
    if (m_regionTyped || gene == nullptr)
        return;
    const Region region = seen ? seenRegion(gene->region.contig, seen->lower, seen->upper) : Region{};
    const bool fits = seen && region.length() <= LongestSaturation;
    m_region->setText(fits ? QString::fromStdString(toText(region)) : QString());
}

Result<SaturationWish> SaturationPanel::wish() const {
    const auto locus = experiments().locus();
    SaturationWish wish;
    wish.where = static_cast<Where>(m_where->currentData().toInt());
    wish.reach = m_reach->value();
    wish.on = m_on->currentData().toString().toStdString();
    if (wish.where == Where::Region) {
        DS_ASSIGN(wish.region, parseRegion(m_region->text().toStdString(), locus->contigs));
        wish.reach = SaturationWish{}.reach;
    } else if (wish.where == Where::Variant) {
        const auto& before = experiments().requests().saturation;
        wish.variant = selection().variant();
        if (!wish.variant && before)
            wish.variant = before->variant;
        if (!wish.variant)
            return fail(ErrorKind::BadInput, "No SNV is selected.", "saturation",
                        "Select one in any chart, or choose another stretch.");
        wish.coherence = m_coherence->isChecked();
    }
    return wish;
}

void SaturationPanel::askForRun() {
    if (!experiments().locus())
        return;
    const Result<SaturationWish> wanted = wish();
    m_error->setVisible(!wanted);
    if (!wanted)
        return m_error->setText(QString::fromStdString(wanted.error().what) + QLatin1Char(' ') +
                                QString::fromStdString(wanted.error().remedy));
    if (experiments().requests().saturation == *wanted)
        return experiments().again();
    ask(tr("Saturate %1")
            .arg(wanted->where == Where::Region ? regionText(wanted->region)
                 : wanted->where == Where::Tss  ? tr("the TSS")
                                                : shownName(toText(*wanted->variant))),
        [&wanted](ExperimentRequests& next) { next.saturation = *wanted; });
}

/// Those that count for the stretch chosen.
void SaturationPanel::showFields() {
    const auto where = static_cast<Where>(m_where->currentData().toInt());
    m_reach->setVisible(where != Where::Region);
    m_region->setVisible(where == Where::Region);
    m_coherence->setVisible(where == Where::Variant);
    std::vector<HaplotypeChoice> choices{{tr("on the reference"), "reference"}};
    if (where == Where::Variant)
        choices.push_back({tr("on reference and variant"), "variant"});
    const auto& asked = experiments().requests().saturation;
    for (HaplotypeChoice& choice : haplotypeChoices(selection(), asked ? asked->on : std::string()))
        choices.push_back(std::move(choice));
    offer(*m_on, choices, m_on->currentData().toString().toStdString());
}

void SaturationPanel::refresh() {
    const ExperimentRequests& requests = experiments().requests();
    if (requests.saturation != m_filled) {
        m_filled = requests.saturation;
        if (m_filled) {
            m_where->setCurrentIndex(m_where->findData(static_cast<int>(m_filled->where)));
            if (m_filled->where != Where::Region)
                m_reach->setValue(static_cast<int>(m_filled->reach));
            else
                m_region->setText(QString::fromStdString(toText(m_filled->region)));
            m_coherence->setChecked(m_filled->coherence);
        }
        showFields();
        if (m_filled)
            m_on->setCurrentIndex(std::max(0, m_on->findData(QString::fromStdString(m_filled->on))));
        m_error->hide();
    } else {
        showFields();
    }
    m_logo->setCurrentIndex(requests.centred ? 1 : 0);
    m_run->setEnabled(experiments().locus() != nullptr);
    showOutcome();
}

void SaturationPanel::showOutcome() {
    const auto outcome = experiments().saturation().outcome;
    const auto locus = experiments().locus();
    const bool centred = experiments().requests().centred;
    if (!outcome || !locus || !experiments().requests().saturation) {
        m_note->setText(experiments().saturation().running
                            ? tr("computing…")
                            : tr("Choose a stretch of up to %1 bp: what each base does there is predicted.")
                                  .arg(countText(LongestSaturation)));
        m_shownOutcome.reset();
        m_shown.reset();
        m_chart->clear();
        return showCoherence(*m_table, {});
    }
    if (outcome == m_shownOutcome && m_shown && m_shown->centred == centred)
        return;
    if (outcome->complete)
        m_pacer->now();
    else
        m_pacer->soon();
}

void SaturationPanel::draw() {
    const auto outcome = experiments().saturation().outcome;
    const auto locus = experiments().locus();
    if (!outcome || !locus)
        return;
    const bool centred = experiments().requests().centred;
    const bool isSame = m_shownOutcome && m_shownOutcome->request == outcome->request;
    m_shownOutcome = outcome;
    const ExperimentFigureSpec spec = figureSpecOf(*locus, *outcome, centred);
    m_shown = spec.saturation;
    m_chart->show(spec, isSame ? ChartView::Keep::View : ChartView::Keep::Nothing);
    QString note = m_shown->title + QStringLiteral(" · ") + m_shown->summary;
    if (!outcome->withoutGradient.empty())
        note += tr(" · no coarse answer: ") + QString::fromStdString(outcome->withoutGradient);
    m_note->setText(note);
    QStringList backgrounds;
    for (const SaturationShown::Row& row : m_shown->rows)
        backgrounds << row.background;
    showCoherence(*m_table, coherenceLines(backgrounds, outcome->coherence));
}

void showCoherence(QTableWidget& table, const std::vector<std::array<QString, 5>>& lines) {
    table.setVisible(!lines.empty());
    table.setColumnCount(5);
    table.setHorizontalHeaderLabels({QObject::tr("background"), QObject::tr("threshold"),
                                     QObject::tr("attribution"), QObject::tr("bases at locus"),
                                     QObject::tr("distance, bp")});
    table.setRowCount(static_cast<int>(lines.size()));
    for (size_t row = 0; row < lines.size(); ++row)
        for (size_t column = 0; column < 5; ++column) {
            auto* cell = new QTableWidgetItem(lines[row][column]);
            if (column > 0)
                cell->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
            table.setItem(static_cast<int>(row), static_cast<int>(column), cell);
        }
    table.horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    table.verticalHeader()->setDefaultSectionSize(22);
    table.setFixedHeight(lines.empty() ? 0 : 32 + 22 * static_cast<int>(std::min<size_t>(lines.size(), 8)));
}

} // namespace diploscope::ui
