// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/figure_form.h"

#include "export/figure_export.h"
#include "views/dialog_parts.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFontDatabase>
#include <QFormLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSpinBox>

#include <array>
#include <cmath>

namespace diploscope::ui {
namespace {

/// Widths of journals' columns, mm.
struct Preset {
    const char* name;
    double widthMm;
};
constexpr std::array presets{
    Preset{QT_TRANSLATE_NOOP("diploscope::ui::FigureForm", "85 mm, one column"), 85},
    Preset{QT_TRANSLATE_NOOP("diploscope::ui::FigureForm", "114 mm, one and a half"), 114},
    Preset{QT_TRANSLATE_NOOP("diploscope::ui::FigureForm", "174 mm, two columns"), 174},
    Preset{QT_TRANSLATE_NOOP("diploscope::ui::FigureForm", "89 mm, Nature, one column"), 89},
    Preset{QT_TRANSLATE_NOOP("diploscope::ui::FigureForm", "183 mm, Nature, two columns"), 183}};

constexpr double asUsual = 0; ///< of a width of lines: the program's

QDoubleSpinBox* makeNumber(double least, double most, int decimals, const QString& unit) {
    auto* field = new QDoubleSpinBox;
    field->setRange(least, most);
    field->setDecimals(decimals);
    field->setSuffix(QChar(QChar::Nbsp) + unit);
    field->setKeyboardTracking(false);
    return field;
}

QDoubleSpinBox* makeLineWidth() {
    QDoubleSpinBox* field = makeNumber(asUsual, 5, 2, QStringLiteral("pt"));
    field->setSingleStep(0.05);
    field->setSpecialValueText(FigureForm::tr("as usual"));
    return field;
}

std::optional<double> widthIn(const QDoubleSpinBox* field) {
    return field->value() > asUsual ? std::optional(field->value()) : std::nullopt;
}

} // namespace

FigureForm::FigureForm(QWidget* parent)
    : QWidget(parent)
    , m_preset(new QComboBox)
    , m_width(makeNumber(10, 500, 1, QStringLiteral("mm")))
    , m_height(makeNumber(10, 500, 1, QStringLiteral("mm")))
    , m_dpi(new QSpinBox)
    , m_font(new QComboBox)
    , m_fontPt(makeNumber(4, 24, 1, QStringLiteral("pt")))
    , m_axisWidth(makeLineWidth())
    , m_lineWidth(makeLineWidth())
    , m_transparent(new QCheckBox(tr("No ground behind it")))
    , m_letters(new QComboBox)
    , m_letterPt(makeNumber(4, 24, 1, QStringLiteral("pt")))
    , m_gap(makeNumber(0, 50, 1, QStringLiteral("mm")))
    , m_shared(new QComboBox) {
    auto* form = makeForm();
    form->setContentsMargins(0, 0, 0, 0);
    setLayout(form);
    addSize();
    addType();
    addGrid();
}

void FigureForm::change(const QString& name, const Edit& edit) {
    if (m_showing)
        return;
    FigureDesign next = m_design;
    edit(next);
    if (next != m_design)
        Q_EMIT edited(name, next);
}

void FigureForm::addSize() {
    auto* form = static_cast<QFormLayout*>(layout());
    m_preset->addItem(tr("Width of my own"), 0.0);
    for (const Preset& preset : presets)
        m_preset->addItem(tr(preset.name), preset.widthMm);
    m_dpi->setRange(72, 1200);
    m_dpi->setSuffix(tr(" dpi"));
    m_dpi->setKeyboardTracking(false);
    m_dpi->setToolTip(tr("Of PNG alone: SVG and PDF are drawn in lines"));
    form->addRow(tr("Column"), m_preset);
    form->addRow(tr("Width"), m_width);
    form->addRow(tr("Height"), m_height);
    form->addRow(tr("PNG"), m_dpi);
    form->addRow(m_transparent);
    connect(m_preset, &QComboBox::activated, this, [this](int index) {
        if (const double width = m_preset->itemData(index).toDouble(); width > 0)
            change(tr("Width of the figure"), [width](FigureDesign& next) { next.widthMm = width; });
    });
    connect(m_width, &QDoubleSpinBox::valueChanged, this, [this](double width) {
        change(tr("Width of the figure"), [width](FigureDesign& next) { next.widthMm = width; });
    });
    connect(m_height, &QDoubleSpinBox::valueChanged, this, [this](double height) {
        change(tr("Height of the figure"), [height](FigureDesign& next) { next.heightMm = height; });
    });
    connect(m_dpi, &QSpinBox::valueChanged, this, [this](int dpi) {
        change(tr("Resolution of the figure"), [dpi](FigureDesign& next) { next.dpi = dpi; });
    });
    connect(m_transparent, &QCheckBox::toggled, this, [this](bool transparent) {
        change(tr("Ground of the figure"),
               [transparent](FigureDesign& next) { next.transparent = transparent; });
    });
}

void FigureForm::addType() {
    auto* form = static_cast<QFormLayout*>(layout());
    m_font->addItem(tr("As usual"), QString());
    for (const QString& family : QFontDatabase::families())
        if (QFontDatabase::isSmoothlyScalable(family) && !QFontDatabase::isPrivateFamily(family))
            m_font->addItem(family, family);
    m_font->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_font->setMinimumContentsLength(8);
    form->addRow(tr("Font"), m_font);
    form->addRow(tr("Letters"), m_fontPt);
    form->addRow(tr("Axes"), m_axisWidth);
    form->addRow(tr("Lines"), m_lineWidth);
    connect(m_font, &QComboBox::activated, this, [this](int index) {
        change(tr("Font of the figure"), [family = m_font->itemData(index).toString()](FigureDesign& next) {
            next.font = family.toStdString();
        });
    });
    connect(m_fontPt, &QDoubleSpinBox::valueChanged, this, [this](double pt) {
        change(tr("Size of letters"), [pt](FigureDesign& next) { next.fontPt = pt; });
    });
    connect(m_axisWidth, &QDoubleSpinBox::valueChanged, this, [this] {
        change(tr("Width of axes"), [this](FigureDesign& next) { next.lines.axis = widthIn(m_axisWidth); });
    });
    connect(m_lineWidth, &QDoubleSpinBox::valueChanged, this, [this] {
        change(tr("Width of lines"), [this](FigureDesign& next) { next.lines.line = widthIn(m_lineWidth); });
    });
}

void FigureForm::addGrid() {
    auto* form = static_cast<QFormLayout*>(layout());
    for (const QString& words : {tr("a, b, c"), tr("None"), tr("a, b, c always"), tr("A, B, C")})
        m_letters->addItem(words);
    for (const QString& words : {tr("Each its own"), tr("x in columns"), tr("y in rows"), tr("x and y")})
        m_shared->addItem(words);
    m_shared->setToolTip(
        tr("Panels of a column whose x axes say the same show the same range, and those of a "
           "row their y axes"));
    form->addRow(tr("Panels"), m_letters);
    form->addRow(tr("Panel letters"), m_letterPt);
    form->addRow(tr("Between"), m_gap);
    form->addRow(tr("Axes' range"), m_shared);
    for (QWidget* field : std::initializer_list<QWidget*>{m_letters, m_letterPt, m_gap, m_shared})
        m_ofSeveral.push_back(field);
    connect(m_letters, &QComboBox::activated, this, [this](int index) {
        change(tr("Letters of the panels"),
               [index](FigureDesign& next) { next.letters = static_cast<FigureDesign::Letters>(index); });
    });
    connect(m_letterPt, &QDoubleSpinBox::valueChanged, this, [this](double pt) {
        change(tr("Letters of the panels"), [pt](FigureDesign& next) { next.letterPt = pt; });
    });
    connect(m_gap, &QDoubleSpinBox::valueChanged, this, [this](double gap) {
        change(tr("Gap between panels"), [gap](FigureDesign& next) { next.gapMm = gap; });
    });
    connect(m_shared, &QComboBox::activated, this, [this](int index) {
        change(tr("Shared axes"), [index](FigureDesign& next) {
            next.sharedAxes = static_cast<FigureDesign::SharedAxes>(index);
        });
    });
}

void FigureForm::show(const FigureDesign& design, const QSizeF& ownSize) {
    m_showing = true;
    m_design = design;
    m_width->setValue(design.widthMm.value_or(ownSize.width()));
    m_height->setValue(design.heightMm.value_or(ownSize.height()));
    int preset = 0;
    for (int i = 1; i < m_preset->count(); ++i)
        if (std::abs(m_preset->itemData(i).toDouble() - m_width->value()) < 0.05)
            preset = i;
    m_preset->setCurrentIndex(preset);
    m_dpi->setValue(design.dpi);
    m_transparent->setChecked(design.transparent);
    const QString family = QString::fromStdString(design.font);
    if (m_font->findData(family) < 0)
        m_font->addItem(tr("%1 (not here)").arg(family), family); // of a design from another machine
    m_font->setCurrentIndex(m_font->findData(family));
    m_fontPt->setValue(design.fontPt);
    m_axisWidth->setValue(design.lines.axis.value_or(asUsual));
    m_lineWidth->setValue(design.lines.line.value_or(asUsual));
    m_letters->setCurrentIndex(static_cast<int>(design.letters));
    m_letterPt->setValue(design.letterPt);
    m_gap->setValue(design.gapMm);
    m_shared->setCurrentIndex(static_cast<int>(design.sharedAxes));
    auto* form = static_cast<QFormLayout*>(layout());
    for (QWidget* field : m_ofSeveral) {
        field->setVisible(design.panels.size() > 1);
        form->labelForField(field)->setVisible(design.panels.size() > 1);
    }
    m_showing = false;
}

} // namespace diploscope::ui
