// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/panel_form.h"

#include "figure/design_edits.h"
#include "figure/label_markup.h"
#include "viewmodels/language.h"
#include "views/dialog_parts.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QRegularExpression>
#include <QSpinBox>

#include <fmt/format.h>

#include <cmath>
#include <tuple>
#include <utility>

namespace diploscope::ui {
namespace {

constexpr int mostCells = 12;

QString limitsText(const PanelDesign::Limits& limits) {
    if (!limits)
        return {};
    const auto text = [](double value) {
        return QLocale::c().toString(value, 'g', QLocale::FloatingPointShortest);
    };
    return text(limits->first) + QStringLiteral(", ") + text(limits->second);
}

/// "0, 1", "-1 1", "−1; 1": two numbers.
std::optional<std::pair<double, double>> limitsIn(QString text) {
    text.replace(QChar(0x2212), QLatin1Char('-'));
    const QStringList words = text.split(QRegularExpression(QStringLiteral("[\\s,;]+")), Qt::SkipEmptyParts);
    if (words.size() != 2)
        return std::nullopt;
    bool first = false, second = false;
    const std::pair<double, double> limits{words[0].toDouble(&first), words[1].toDouble(&second)};
    const bool good = first && second && std::isfinite(limits.first) && std::isfinite(limits.second) &&
                      limits.first < limits.second;
    return good ? std::optional(limits) : std::nullopt;
}

/// What somebody is typing stays: pictures are ready at any time. See taken().
void say(QLineEdit& field, const QString& text) {
    if (field.hasFocus() && field.isModified())
        return;
    field.setText(text);
    field.setCursorPosition(0);
}

/// Of a field that somebody is done with.
QString taken(QLineEdit& field) {
    field.setModified(false);
    return field.text().trimmed();
}

} // namespace

PanelForm::PanelForm(bool inGrid, QWidget* parent)
    : QWidget(parent)
    , m_inGrid(inGrid)
    , m_what(makeText({}, "small"))
    , m_gene(new QLineEdit)
    , m_model(new QLineEdit)
    , m_title(new QLineEdit)
    , m_xLabel(new QLineEdit)
    , m_yLabel(new QLineEdit)
    , m_showsTitle(new QCheckBox(tr("Title")))
    , m_showsStatistics(new QCheckBox(tr("Statistics")))
    , m_showsLegend(new QCheckBox(tr("Legend")))
    , m_showsColourBar(new QCheckBox(tr("Colour bar")))
    , m_x(new QLineEdit)
    , m_y(new QLineEdit)
    , m_rows(new QSpinBox)
    , m_columns(new QSpinBox) {
    auto* form = makeForm();
    form->setContentsMargins(0, 0, 0, 0);
    setLayout(form);
    addSubject();
    addLabels();
    addParts();
    addAxes();
    addCells();
    show({}, std::nullopt, nullptr);
}

void PanelForm::change(const QString& name, const Edit& edit) {
    if (m_showing || !m_panel)
        return;
    FigureDesign next = m_design;
    edit(next.panels[*m_panel]);
    if (next != m_design)
        Q_EMIT edited(name, next);
}

void PanelForm::addSubject() {
    auto* form = static_cast<QFormLayout*>(layout());
    form->addRow(m_what);
    if (!m_inGrid) {
        for (QLineEdit* field : {m_gene, m_model})
            field->setParent(this);
        m_gene->hide();
        m_model->hide();
        return;
    }
    form->addRow(tr("Gene"), m_gene);
    form->addRow(tr("Model"), m_model);
    connect(m_gene, &QLineEdit::editingFinished, this, [this] {
        change(tr("Gene of a panel"),
               [this](PanelDesign& panel) { panel.gene = taken(*m_gene).toStdString(); });
    });
    connect(m_model, &QLineEdit::editingFinished, this, [this] {
        change(tr("Model of a panel"),
               [this](PanelDesign& panel) { panel.model = taken(*m_model).toStdString(); });
    });
}

void PanelForm::addLabels() {
    auto* form = static_cast<QFormLayout*>(layout());
    const std::tuple<QString, QLineEdit*, std::string PanelDesign::*> rows[] = {
        {tr("Title"), m_title, &PanelDesign::title},
        {tr("x axis"), m_xLabel, &PanelDesign::xLabel},
        {tr("y axis"), m_yLabel, &PanelDesign::yLabel}};
    for (const auto& [name, field, label] : rows) {
        field->setToolTip(tr("*italics*, R^{2} and log_{10}; empty: what the figure says by itself"));
        form->addRow(name, field);
        connect(field, &QLineEdit::editingFinished, this,
                [this, field = field, label = label] { takeLabel(field, label); });
    }
}

void PanelForm::takeLabel(QLineEdit* field, std::string PanelDesign::*label) {
    const std::string words = taken(*field).toStdString();
    if (m_showing || !m_panel || words == m_design.panels[*m_panel].*label)
        return;
    if (const auto parsed = parseLabel(words); !parsed) {
        Q_EMIT refused(parsed.error());
        return;
    }
    change(tr("Label of a panel"), [&](PanelDesign& panel) { panel.*label = words; });
}

void PanelForm::addParts() {
    auto* form = static_cast<QFormLayout*>(layout());
    const std::tuple<QCheckBox*, bool PanelDesign::*, QString> parts[] = {
        {m_showsTitle, &PanelDesign::showsTitle, tr("Title of a panel")},
        {m_showsStatistics, &PanelDesign::showsStatistics, tr("Statistics of a panel")},
        {m_showsLegend, &PanelDesign::showsLegend, tr("Legend of a panel")},
        {m_showsColourBar, &PanelDesign::showsColourBar, tr("Colour bar of a panel")}};
    auto* grid = new QGridLayout;
    int number = 0;
    for (const auto& [box, shown, name] : parts) {
        grid->addWidget(box, number / 2, number % 2);
        ++number;
        connect(box, &QCheckBox::toggled, this, [this, shown = shown, name = name](bool on) {
            change(name, [&](PanelDesign& panel) { panel.*shown = on; });
        });
    }
    form->addRow(tr("Shows"), grid);
}

void PanelForm::addAxes() {
    auto* form = static_cast<QFormLayout*>(layout());
    const std::tuple<QString, QLineEdit*, PanelDesign::Limits PanelDesign::*> axes[] = {
        {tr("x from, to"), m_x, &PanelDesign::xLimits}, {tr("y from, to"), m_y, &PanelDesign::yLimits}};
    for (const auto& [name, field, limits] : axes) {
        form->addRow(name, field);
        connect(field, &QLineEdit::editingFinished, this,
                [this, field = field, limits = limits] { takeLimits(field, limits); });
    }
}

void PanelForm::takeLimits(QLineEdit* field, PanelDesign::Limits PanelDesign::*limits) {
    const QString words = taken(*field);
    if (m_showing || !m_panel || words == limitsText(m_design.panels[*m_panel].*limits))
        return;
    const auto read = limitsIn(words);
    if (!read && !words.isEmpty()) {
        Q_EMIT refused({.kind = ErrorKind::BadInput,
                        .what = fmt::format("`{}` is no range.", field->text().toStdString()),
                        .where = "limits of an axis",
                        .remedy = "Write two numbers, the smaller first: 0, 1. Empty: all data."});
        return;
    }
    change(tr("Limits of an axis"), [&](PanelDesign& panel) {
        panel.*limits = read;
        panel.chartLimits.clear(); // which say the same of its charts
    });
}

void PanelForm::addCells() {
    for (QSpinBox* field : {m_rows, m_columns}) {
        field->setRange(1, mostCells);
        field->setKeyboardTracking(false);
    }
    if (!m_inGrid) {
        for (QSpinBox* field : {m_rows, m_columns}) {
            field->setParent(this);
            field->hide();
        }
        return;
    }
    auto* form = static_cast<QFormLayout*>(layout());
    form->addRow(tr("Columns wide"), m_columns);
    form->addRow(tr("Rows high"), m_rows);
    for (QSpinBox* field : {m_rows, m_columns})
        connect(field, &QSpinBox::valueChanged, this, [this] {
            if (m_showing || !m_panel)
                return;
            FigureDesign next = m_design;
            if (!resizePanel(next, *m_panel, m_rows->value(), m_columns->value())) {
                Q_EMIT refused({.kind = ErrorKind::BadInput,
                                .what = "Another panel has one of these cells.",
                                .where = {},
                                .remedy = "Carry it to another place first."});
                return;
            }
            if (next != m_design)
                Q_EMIT edited(tr("Size of a panel"), next);
        });
}

void PanelForm::show(const FigureDesign& design, std::optional<size_t> number, const PanelPlace* place) {
    m_showing = true;
    m_design = design;
    m_panel = number && *number < design.panels.size() ? number : std::nullopt;
    auto* form = static_cast<QFormLayout*>(layout());
    for (int row = 1; row < form->rowCount(); ++row)
        form->setRowVisible(row, m_panel.has_value());
    m_what->setVisible(m_inGrid);
    if (m_panel)
        fill(design.panels[*m_panel], place);
    else
        m_what->setText(
            design.panels.empty()
                ? tr("There is no panel yet. Add one, or begin with a template.")
                : tr("No panel is chosen. Click one on the sheet, or go there and press an arrow key."));
    m_showing = false;
}

void PanelForm::fill(const PanelDesign& panel, const PanelPlace* place) {
    const Result<const FigureEntry*> entry = figureNamed(panel.figure);
    const QString letter = QString::fromStdString(m_design.letterOf(*m_panel));
    m_what->setText(!entry             ? QString::fromStdString(panel.figure)
                    : letter.isEmpty() ? translated((*entry)->title)
                                       : letter + QStringLiteral(": ") + translated((*entry)->title));
    const bool isOfGene = entry && (*entry)->kind != FigureKind::Genome;
    m_gene->setEnabled(isOfGene);
    say(*m_gene, QString::fromStdString(panel.gene));
    m_gene->setPlaceholderText(isOfGene ? QString::fromStdString(m_design.gene) : tr("all genes"));
    say(*m_model, QString::fromStdString(panel.model));
    m_model->setPlaceholderText(QString::fromStdString(m_design.model).section(QLatin1Char('/'), -1));
    const std::tuple<QLineEdit*, const std::string*, QString> labels[] = {
        {m_title, &panel.title, place != nullptr ? place->title : QString()},
        {m_xLabel, &panel.xLabel, place != nullptr ? place->xLabel : QString()},
        {m_yLabel, &panel.yLabel, place != nullptr ? place->yLabel : QString()}};
    for (const auto& [field, words, own] : labels) {
        say(*field, QString::fromStdString(*words));
        field->setPlaceholderText(own);
        field->setEnabled(place == nullptr || !own.isEmpty());
    }
    m_showsTitle->setChecked(panel.showsTitle);
    m_showsStatistics->setChecked(panel.showsStatistics);
    m_showsLegend->setChecked(panel.showsLegend);
    m_showsColourBar->setChecked(panel.showsColourBar);
    for (QLineEdit* field : {m_x, m_y})
        field->setPlaceholderText(tr("all data"));
    say(*m_x, limitsText(panel.xLimits));
    say(*m_y, limitsText(panel.yLimits));
    m_y->setEnabled(place == nullptr || !place->yLabel.isEmpty());
    m_rows->setValue(panel.rows);
    m_columns->setValue(panel.columns);
}

} // namespace diploscope::ui
