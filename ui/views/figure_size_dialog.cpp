// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/figure_size_dialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>

namespace diploscope::ui {

FigureSizeDialog::FigureSizeDialog(const FigureSize& size, QWidget* parent)
    : QDialog(parent)
    , m_format(new QComboBox)
    , m_width(new QDoubleSpinBox)
    , m_height(new QDoubleSpinBox)
    , m_dpi(new QSpinBox) {
    setWindowTitle(tr("Save figure"));
    m_format->addItem(tr("SVG, for editing"), QStringLiteral("svg"));
    m_format->addItem(tr("PDF, for print"), QStringLiteral("pdf"));
    m_format->addItem(tr("PNG, for slides"), QStringLiteral("png"));
    for (QDoubleSpinBox* side : {m_width, m_height}) {
        side->setRange(30, 500);
        side->setDecimals(0);
        side->setSuffix(tr(" mm"));
    }
    m_width->setValue(size.widthMm);
    m_height->setValue(size.heightMm);
    m_dpi->setRange(72, 1200);
    m_dpi->setSuffix(tr(" dpi"));
    m_dpi->setValue(size.dpi);
    m_dpi->setEnabled(false);
    connect(m_format, &QComboBox::currentIndexChanged, this,
            [this] { m_dpi->setEnabled(ending() == QLatin1String("png")); });

    auto* columns = new QHBoxLayout;
    const auto addWidth = [&](const QString& text, double width) {
        auto* button = new QPushButton(text);
        button->setAutoDefault(false);
        columns->addWidget(button);
        connect(button, &QPushButton::clicked, this, [this, width] {
            m_height->setValue(m_height->value() * width / m_width->value());
            m_width->setValue(width);
        });
    };
    addWidth(tr("One column"), oneColumnMm);
    addWidth(tr("Two columns"), twoColumnsMm);
    columns->addStretch();

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* form = new QFormLayout(this);
    form->addRow(tr("Format"), m_format);
    form->addRow(tr("Width"), m_width);
    form->addRow(tr("Height"), m_height);
    form->addRow({}, columns);
    form->addRow(tr("Resolution"), m_dpi);
    form->addRow(buttons);
}

FigureSize FigureSizeDialog::figureSize() const {
    return {m_width->value(), m_height->value(), m_dpi->value()};
}

QString FigureSizeDialog::ending() const {
    return m_format->currentData().toString();
}

} // namespace diploscope::ui
