// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/what_if_panel.h"

#include "experiment/typed_edits.h"
#include "figures/experiment_data.h"
#include "viewmodels/before_after.h"
#include "viewmodels/counted_text.h"
#include "viewmodels/effect_text.h"
#include "viewmodels/gene_text.h"
#include "viewmodels/number_text.h"
#include "views/base_strip.h"
#include "views/dialog_parts.h"
#include "views/flow_layout.h"

#include <QComboBox>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QShortcut>
#include <QVBoxLayout>

#include <cmath>

namespace diploscope::ui {
namespace {

QPushButton* smallButton(const QString& text, const QString& tip) {
    auto* button = new QPushButton(text);
    button->setProperty("role", QStringLiteral("small"));
    button->setToolTip(tip);
    return button;
}

/// As the list calls a change.
QString changeName(const Variant& change) {
    if (change.ref == change.alt)
        return QObject::tr("%1 as in the reference").arg(shownName(toText(change)));
    if (change.ref.size() + change.alt.size() <= 40)
        return shownName(toText(change));
    return QObject::tr("%1:%2, %3 bases for %4")
        .arg(shownName(change.contig), countText(change.position + 1),
             countText(static_cast<int64_t>(change.alt.size())),
             countText(static_cast<int64_t>(change.ref.size())));
}

/// Below the result.
QString whatIfNotes(const WhatIf& found, bool isOfEverybody) {
    QStringList notes;
    double sum = 0;
    int64_t replaced = 0;
    for (const WhatIfRow& row : found.rows) {
        sum += row.after - row.before;
        replaced += row.replaced;
    }
    if (isOfEverybody)
        notes << QObject::tr("mean difference of %1 haplotypes: %2")
                     .arg(countText(static_cast<int64_t>(found.rows.size())),
                          changeText(sum / static_cast<double>(found.rows.size())));
    else if (const auto& spread = found.rows.front().differenceSpread)
        notes << QObject::tr("sd of the difference %1").arg(effectText(*spread));
    if (replaced > 0)
        notes << QObject::tr("%1 gave way").arg(countedText(replaced, counted::ownAlleles));
    return notes.join(QStringLiteral(" · "));
}

} // namespace

WhatIfPanel::WhatIfPanel(Session& session, Experiments& experiments, Selection& selection, QWidget* parent)
    : ExperimentPanel(tr("What if these bases were others?"), session, experiments, selection, parent)
    , m_strip(new BaseStrip)
    , m_field(new QLineEdit)
    , m_add(new QPushButton(tr("Put in")))
    , m_on(new QComboBox)
    , m_list(new QListWidget)
    , m_remove(smallButton(tr("Take back"), tr("Take the chosen changes back (Delete)")))
    , m_clear(smallButton(tr("All back"), tr("Take all changes back")))
    , m_selected(smallButton(tr("Selected SNVs"), tr("Put in the SNVs that are selected in any chart")))
    , m_import(smallButton(tr("Import VCF…"), tr("Put in the changes that a VCF's records are")))
    , m_export(smallButton(tr("Export VCF…"), tr("Write the changes as a VCF")))
    , m_error(makeText({}, "warning", true))
    , m_result(makeText({}, "title", true))
    , m_note(makeText({}, "small"))
    , m_chart(new MovesChart(session, selection)) {
    explainBy(QStringLiteral("why-wrong.md#what-if"));
    build();
    connect(m_strip, &BaseStrip::baseChosen, this, &WhatIfPanel::putBase);
    connect(m_strip, &BaseStrip::deletionChosen, this, [this](int64_t place) {
        if (const auto locus = this->experiments().locus()) {
            const Result<Variant> change = deletion(locus->locus, place, 1);
            showError(change ? std::nullopt : std::optional(change.error()));
            if (change)
                put(*change);
        }
    });
    connect(m_field, &QLineEdit::returnPressed, this, &WhatIfPanel::typed);
    connect(m_add, &QPushButton::clicked, this, &WhatIfPanel::typed);
    connect(m_on, &QComboBox::activated, this, [this](int row) {
        const std::string on = m_on->itemData(row).toString().toStdString();
        ask(tr("Try on %1").arg(m_on->itemText(row)),
            [&on](ExperimentRequests& next) { next.whatIf.on = on; });
    });
    connect(m_remove, &QPushButton::clicked, this, &WhatIfPanel::removeChosen);
    auto* remove = new QShortcut(QKeySequence::Delete, m_list);
    remove->setContext(Qt::WidgetShortcut);
    connect(remove, &QShortcut::activated, this, &WhatIfPanel::removeChosen);
    connect(m_clear, &QPushButton::clicked, this, [this] { setChanges(tr("Take all changes back"), {}); });
    connect(m_selected, &QPushButton::clicked, this, &WhatIfPanel::takeSelected);
    connect(m_import, &QPushButton::clicked, this, &WhatIfPanel::askToImport);
    connect(m_export, &QPushButton::clicked, this, &WhatIfPanel::askToExport);
    connect(m_list, &QListWidget::itemSelectionChanged, this, [this] {
        m_remove->setEnabled(!m_list->selectedItems().isEmpty());
        const auto& changes = this->experiments().requests().whatIf.changes;
        if (const int row = m_list->currentRow(); row >= 0 && static_cast<size_t>(row) < changes.size())
            m_strip->setPlace(changes[static_cast<size_t>(row)].position);
    });
    WhatIfPanel::refresh();
}

void WhatIfPanel::build() {
    m_field->setObjectName(QStringLiteral("editField"));
    m_field->setAccessibleName(tr("A change"));
    m_field->setPlaceholderText(tr("22:120:A:G, an rs id, ACGT to paste, +ACG, -3"));
    m_field->setToolTip(tr("A variant (22:120:A:G, 120A&gt;G) or an id; from the place pointed at on: bases "
                           "that take the place of those there, +ACG to put in behind it, -3 to take out"));
    m_field->setMaxLength(1 << 20);
    m_on->setObjectName(QStringLiteral("editOn"));
    m_on->setAccessibleName(tr("Whose sequence"));
    m_on->setToolTip(tr("Whose sequence is changed: the reference, everybody's two haplotypes, or one of a "
                        "person's, who is selected in the scatter"));
    m_on->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_on->setMinimumContentsLength(14);
    m_list->setAccessibleName(tr("Changes"));
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setMinimumHeight(64);
    m_result->setObjectName(QStringLiteral("whatIfResult"));
    m_error->hide();

    auto* typing = new QHBoxLayout;
    typing->setSpacing(SmallGap);
    typing->addWidget(m_field, 1);
    typing->addWidget(m_add);
    typing->addWidget(m_on);
    auto* buttons = new FlowLayout(6, 6);
    for (QPushButton* button : {m_selected, m_remove, m_clear, m_import, m_export})
        buttons->addWidget(button);
    auto* left = new QVBoxLayout;
    left->setSpacing(6);
    left->addLayout(buttons);
    left->addWidget(m_list, 1);
    left->addWidget(m_result);
    left->addWidget(m_note);
    left->addStretch(0); // the room that the list takes where there is one
    auto* lower = new QHBoxLayout;
    lower->setSpacing(Gap);
    lower->addLayout(left, 1);
    lower->addWidget(m_chart, 1);
    content()->setSpacing(SmallGap);
    content()->addLayout(typing);
    content()->addWidget(m_error);
    content()->addWidget(m_strip);
    content()->addLayout(lower, 1);
}

void WhatIfPanel::setChartStyle(const ChartStyle& style) {
    PanelCard::setChartStyle(style);
    m_strip->setChartStyle(style);
    m_chart->setChartStyle(style);
}

QString WhatIfPanel::resultText() const {
    return m_result->text();
}

QString WhatIfPanel::typedError() const {
    return m_error->isHidden() ? QString() : m_error->text();
}

void WhatIfPanel::showError(const std::optional<Error>& error) {
    m_error->setVisible(error.has_value());
    if (error)
        m_error->setText(QString::fromStdString(error->what) + QLatin1Char(' ') +
                         QString::fromStdString(error->remedy));
}

/// Where the locus' middle, or the SNV selected last, is.
void WhatIfPanel::goToSelection() {
    const auto locus = experiments().locus();
    const bool isNew = locus != m_shownLocus.lock();
    m_shownLocus = locus;
    if (!locus) {
        m_strip->setBases({}, 0, -1);
        m_seen.reset();
        return;
    }
    const Region& window = locus->locus.locus().region;
    if (isNew) {
        m_strip->setBases(
            [held = std::weak_ptr(locus)](int64_t start, int64_t length) {
                const auto there = held.lock();
                return there ? there->locus.referenceBases(start, length)
                             : std::string(static_cast<size_t>(length), 'N');
            },
            window.start, window.end - 1);
        m_strip->setPlace(locus->gene.tss());
    }
    const std::optional<Variant> selected = selection().variant();
    if (selected && selected != m_seen && window.contains(selected->position))
        m_strip->setPlace(selected->position);
    m_seen = selected;
}

void WhatIfPanel::showChoices() {
    const std::string& on = experiments().requests().whatIf.on;
    std::vector<HaplotypeChoice> choices{{tr("the reference"), "reference"}, {tr("everybody"), "all"}};
    for (HaplotypeChoice& choice : haplotypeChoices(selection(), on))
        choices.push_back(std::move(choice));
    offer(*m_on, choices, on);
}

void WhatIfPanel::showCarried() {
    if (m_carried == session().shown().report())
        return;
    m_carried = session().shown().report();
    std::map<int64_t, std::set<char>> carried;
    if (m_carried)
        for (const VariantResult& variant : m_carried->variants)
            if (isSnv(variant))
                carried[variant.position].insert(variant.alt.front());
    m_strip->setCarried(std::move(carried));
}

void WhatIfPanel::refresh() {
    goToSelection();
    showChoices();
    const auto& changes = experiments().requests().whatIf.changes;
    QStringList names;
    for (const Variant& change : changes)
        names << changeName(change);
    QStringList listed;
    for (int row = 0; row < m_list->count(); ++row)
        listed << m_list->item(row)->text();
    if (names != listed) {
        m_list->clear();
        m_list->addItems(names);
    }
    m_list->setVisible(!changes.empty());
    m_strip->setChanges(changes);
    showCarried();
    const bool ready = experiments().locus() != nullptr;
    for (QWidget* widget : std::initializer_list<QWidget*>{m_field, m_add, m_on, m_import})
        widget->setEnabled(ready);
    m_selected->setEnabled(ready && !selection().variants().empty());
    m_remove->setEnabled(!m_list->selectedItems().isEmpty());
    m_clear->setEnabled(!changes.empty());
    m_export->setEnabled(!changes.empty());
    showOutcome();
}

void WhatIfPanel::showOutcome() {
    const auto& state = experiments().whatIf();
    const WhatIfRequest& asked = experiments().requests().whatIf;
    const auto locus = experiments().locus();
    // What was found before stays until there is word of what is asked now, but not where none will come.
    const bool counts = state.outcome && locus && (!state.error || state.outcome->request == asked);
    const auto outcome = counts ? state.outcome : nullptr;
    m_chart->setVisible(outcome && outcome->people);
    const QString waiting = state.running ? tr("computing…") : QString();
    if (!outcome) {
        m_result->setText(asked.changes.empty() ? tr("no change yet") : waiting);
        m_note->clear();
        m_shownOutcome.reset();
        return;
    }
    if (outcome->people)
        m_result->setText(outcome->r ? pairedText(*outcome->r) : waiting);
    else if (const WhatIfRow& row = outcome->found.rows.front(); std::isnan(row.after))
        m_result->setText(waiting);
    else
        m_result->setText(
            tr("%1 → %2, difference %3")
                .arg(fixedText(row.before, 4), fixedText(row.after, 4), changeText(row.after - row.before)));
    if (outcome == m_shownOutcome)
        return;
    m_shownOutcome = outcome;
    m_note->setText(whatIfNotes(outcome->found, outcome->people.has_value()));
    if (outcome->r)
        showMoves(*locus);
}

void WhatIfPanel::showMoves(const WarmLocus& locus) {
    m_chart->show(figureSpecOf(locus, *m_shownOutcome), ChartView::Keep::View);
}

void WhatIfPanel::setChanges(const QString& name, std::vector<Variant> changes) {
    ask(name, [&changes](ExperimentRequests& next) { next.whatIf.changes = std::move(changes); });
}

/// Changes that do not suit those there are, are told and not taken over.
void WhatIfPanel::put(const Variant& change) {
    const auto locus = experiments().locus();
    if (!locus)
        return;
    std::vector<Variant> changes = withChanges(experiments().requests().whatIf.changes, {change});
    if (const Result<EditList> edits = checkedEdits(locus->locus, changes); !edits)
        return showError(edits.error());
    showError(std::nullopt);
    setChanges(tr("Put in %1").arg(changeName(change)), std::move(changes));
}

void WhatIfPanel::putBase(int64_t place, char base) {
    const auto locus = experiments().locus();
    if (!locus)
        return;
    std::vector<Variant> changes = experiments().requests().whatIf.changes;
    const std::string reference = locus->locus.referenceBases(place, 1);
    if (reference.front() != base)
        return put({locus->locus.locus().region.contig, place, reference, std::string(1, base)});
    const size_t before = changes.size();
    std::erase_if(changes, [place](const Variant& change) {
        return place >= change.position && place < change.position + static_cast<int64_t>(change.ref.size());
    });
    showError(std::nullopt);
    if (changes.size() < before)
        setChanges(tr("Take a change back"), std::move(changes));
    else if (experiments().requests().whatIf.on != "reference") // whatever a haplotype has there
        put({locus->locus.locus().region.contig, place, reference, reference});
}

void WhatIfPanel::typed() {
    const auto locus = experiments().locus();
    if (!locus || m_field->text().trimmed().isEmpty())
        return;
    const Result<Variant> change =
        typedEdit(m_field->text().toStdString(), locus->locus, locus->contigs, m_strip->place());
    if (!change)
        return showError(change.error());
    put(*change);
    if (m_error->isHidden()) {
        m_field->clear();
        m_strip->setPlace(change->position);
    }
}

void WhatIfPanel::takeSelected() {
    const auto locus = experiments().locus();
    if (!locus)
        return;
    std::vector<Variant> changes =
        withChanges(experiments().requests().whatIf.changes,
                    {selection().variants().begin(), selection().variants().end()});
    if (const Result<EditList> edits = checkedEdits(locus->locus, changes); !edits)
        return showError(edits.error());
    showError(std::nullopt);
    setChanges(tr("Put in the selected SNVs"), std::move(changes));
}

void WhatIfPanel::removeChosen() {
    const std::vector<Variant>& changes = experiments().requests().whatIf.changes;
    std::vector<Variant> left;
    for (size_t i = 0; i < changes.size(); ++i)
        if (const auto* item = m_list->item(static_cast<int>(i)); item != nullptr && !item->isSelected())
            left.push_back(changes[i]);
    setChanges(tr("Take a change back"), std::move(left));
}

} // namespace diploscope::ui
