// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/figure_dialog.h"

#include "figure/label_markup.h"
#include "figures/design_reader.h"
#include "views/dialog_parts.h"
#include "views/figure_form.h"
#include "views/panel_form.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace diploscope::ui {
namespace {

std::string PanelDesign::*memberOf(DesignCanvas::Label label) {
    switch (label) {
    case DesignCanvas::Label::Title:
        return &PanelDesign::title;
    case DesignCanvas::Label::X:
        return &PanelDesign::xLabel;
    case DesignCanvas::Label::Y:
        break;
    }
    return &PanelDesign::yLabel;
}

const QString& ownWords(const PanelPlace& place, DesignCanvas::Label label) {
    switch (label) {
    case DesignCanvas::Label::Title:
        return place.title;
    case DesignCanvas::Label::X:
        return place.xLabel;
    case DesignCanvas::Label::Y:
        break;
    }
    return place.yLabel;
}

} // namespace

QString labelWords(const PanelDesign& panel, const PanelPlace& place, DesignCanvas::Label label) {
    const std::string& given = panel.*memberOf(label);
    return QString::fromStdString(given.empty() ? labelOf(ownWords(place, label).toStdString()) : given);
}

Result<void> setLabel(PanelDesign& panel, const PanelPlace& place, DesignCanvas::Label label,
                      const QString& words) {
    const std::string markup = words.trimmed().toStdString();
    DS_TRY(parseLabel(markup));
    const bool isOwn = markup == labelOf(ownWords(place, label).toStdString());
    panel.*memberOf(label) = isOwn ? std::string() : markup;
    return {};
}

FigureDialog::FigureDialog(JobRunner& jobs, DesignedFigure figure, const Habits& habits, QWidget* parent)
    : QDialog(parent)
    , m_jobs(jobs)
    , m_figure(std::move(figure))
    , m_canvas(new DesignCanvas(DesignCanvas::Use::Choose))
    , m_figureForm(new FigureForm)
    , m_panelForm(new PanelForm(false))
    , m_format(new QComboBox)
    , m_withData(new QCheckBox(tr("What is plotted beside it, as TSV")))
    , m_problem(makeText({}, "warning")) {
    setWindowTitle(tr("Save figure"));
    m_format->addItem(tr("SVG, for editing"), QStringLiteral("svg"));
    m_format->addItem(tr("PDF, for print"), QStringLiteral("pdf"));
    m_format->addItem(tr("PNG, for slides"), QStringLiteral("png"));
    m_format->setCurrentIndex(std::max(0, m_format->findData(habits.ending)));
    m_withData->setChecked(habits.withData);
    m_problem->hide();

    auto* column = new QWidget;
    auto* forms = new QVBoxLayout(column);
    forms->setContentsMargins(0, 0, SmallGap, 0);
    forms->setSpacing(Gap);
    auto* file = makeForm();
    file->addRow(tr("Format"), m_format);
    file->addRow({}, m_withData);
    forms->addLayout(file);
    forms->addWidget(m_figureForm);
    forms->addWidget(m_panelForm);
    forms->addStretch();
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(column);
    scroll->setMinimumWidth(column->sizeHint().width() + 2 * Gap);

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel);
    for (QAbstractButton* button : buttons->buttons()) // Enter ends what is written into a field
        static_cast<QPushButton*>(button)->setAutoDefault(false);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* row = new QHBoxLayout;
    row->setSpacing(Gap);
    row->addWidget(m_canvas, 1);
    row->addWidget(scroll);
    auto* all = new QVBoxLayout(this);
    all->addLayout(row, 1);
    all->addWidget(m_problem);
    all->addWidget(buttons);

    connect(m_figureForm, &FigureForm::edited, this,
            [this](const QString&, const FigureDesign& design) { take(design); });
    connect(m_panelForm, &PanelForm::edited, this,
            [this](const QString&, const FigureDesign& design) { take(design); });
    connect(m_panelForm, &PanelForm::refused, this,
            [this](const Error& error) { tell(QString::fromStdString(error.what)); });
    connect(m_canvas, &DesignCanvas::dpiChanged, this, &FigureDialog::redraw);
    connect(m_canvas, &DesignCanvas::editWanted, this, [this](size_t panel, DesignCanvas::Label label) {
        m_canvas->edit(panel, label,
                       labelWords(m_figure.design.panels[panel], m_canvas->places()[panel], label));
    });
    connect(m_canvas, &DesignCanvas::edited, this, &FigureDialog::takeLabel);
    const QSize preferred(920, 620);
    resize(parent != nullptr ? preferred.boundedTo(parent->window()->size()) : preferred);
    take(m_figure.design);
}

FigureDialog::Habits FigureDialog::habits() const {
    return {m_format->currentData().toString(), m_withData->isChecked()};
}

void FigureDialog::tell(const QString& words) {
    m_problem->setText(words);
    m_problem->setVisible(!words.isEmpty());
}

void FigureDialog::takeLabel(size_t panel, DesignCanvas::Label label, const QString& words) {
    if (panel >= m_canvas->places().size())
        return;
    FigureDesign next = m_figure.design;
    if (const Result<void> set = setLabel(next.panels[panel], m_canvas->places()[panel], label, words); !set)
        return tell(QString::fromStdString(set.error().what));
    take(next);
}

void FigureDialog::take(const FigureDesign& design) {
    m_figure.design = design;
    const FigureSize own = sizeOf(m_figure);
    m_figureForm->show(design, {own.widthMm, own.heightMm});
    tell({});
    redraw();
}

/// In a turn of its own, once for all that changed before.
void FigureDialog::redraw() {
    if (std::exchange(m_redrawing, true))
        return;
    m_canvas->setOutOfDate(true);
    m_jobs.runHere(this, [this] {
        m_redrawing = false;
        const QString group = QStringLiteral("picture of dialog %1").arg(reinterpret_cast<quintptr>(this));
        m_jobs.cancelGroup(group); // an older one must not come after what is told of this one
        const Result<DesignPicture> picture = pictureOf(m_figure, m_canvas->dpi());
        if (!picture)
            return showPicture(picture);
        fillPicture(m_jobs, group, *picture, this,
                    [this](const Result<DesignPicture>& filled) { showPicture(filled); });
    });
}

void FigureDialog::showPicture(const Result<DesignPicture>& picture) {
    const bool isStopped = !picture && picture.error().kind == ErrorKind::Cancelled;
    if (m_redrawing || isStopped) // a newer one comes, or what was shown stays
        return;
    if (picture)
        m_canvas->show(picture->pixels, *picture);
    else
        m_canvas->showWords(QString::fromStdString(picture.error().what));
    const bool isKnown = picture && !picture->places.empty();
    m_panelForm->show(m_figure.design, size_t{0}, isKnown ? &picture->places.front() : nullptr);
}

} // namespace diploscope::ui
