// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/gene_header.h"

#include <QFontMetricsF>
#include <QGridLayout>
#include <QPainter>

#include <cmath>

namespace diploscope::ui {
namespace {

constexpr double chipPadding = 12;
constexpr double chipMark = 8;

MarkLook lookOf(GeneSummary::Tone tone, const Theme& theme) {
    switch (tone) {
    case GeneSummary::Tone::Good:
        return theme.supported;
    case GeneSummary::Tone::Bad:
        return theme.unsupported;
    case GeneSummary::Tone::Busy:
        return {theme.accent, MarkShape::Circle};
    case GeneSummary::Tone::Neutral:
        break;
    }
    return theme.undecided;
}

} // namespace

void Chip::show(const QString& text, GeneSummary::Tone tone) {
    m_text = text;
    m_tone = tone;
    setAccessibleName(text);
    setVisible(!text.isEmpty());
    updateGeometry();
    update();
}

void Chip::setChartStyle(const ChartStyle& style) {
    m_style = style;
    updateGeometry();
    update();
}

QSize Chip::sizeHint() const {
    if (!m_style)
        return {80, 26};
    const QFontMetricsF metrics(m_style->font(m_style->textSize, QFont::DemiBold));
    return {static_cast<int>(std::ceil(metrics.horizontalAdvance(m_text) + 2 * chipPadding + 1.8 * chipMark)),
            static_cast<int>(std::ceil(metrics.height() + 10))};
}

void Chip::paintEvent(QPaintEvent*) {
    if (!m_style)
        return;
    const MarkLook look = lookOf(m_tone, m_style->theme);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor tint = look.colour;
    tint.setAlphaF(static_cast<float>(1.4 * m_style->theme.tintOpacity));
    painter.setPen(Qt::NoPen);
    painter.setBrush(tint);
    painter.drawRoundedRect(rect(), height() / 2.0, height() / 2.0);
    painter.setBrush(look.colour);
    painter.drawPath(markPath(look.shape, QPointF(chipPadding + chipMark / 2, height() / 2.0), chipMark));
    const QFont font = m_style->font(m_style->textSize, QFont::DemiBold);
    const QFontMetricsF metrics(font);
    painter.setFont(font);
    painter.setPen(m_style->theme.text); // the mark has the colour, which is no ground for words
    const double left = chipPadding + 1.8 * chipMark;
    painter.drawText(QPointF(left, height() / 2.0 + metrics.capHeight() / 2),
                     metrics.elidedText(m_text, Qt::ElideRight, width() - left - chipPadding / 2));
}

GeneHeader::GeneHeader(QWidget* parent)
    : QWidget(parent)
    , m_symbol(new ElidedLabel)
    , m_facts(new ElidedLabel)
    , m_nulls(new ElidedLabel)
    , m_chip(new Chip) {
    m_symbol->setLeastWidth(200);
    // The verdict takes room from the facts alone: the null line needs the width of a small window.
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(2, 0, 0, 0);
    grid->setHorizontalSpacing(14);
    grid->setVerticalSpacing(1);
    grid->setColumnStretch(1, 1);
    grid->addWidget(m_symbol, 0, 0, 2, 1);
    grid->addWidget(m_facts, 0, 1);
    grid->addWidget(m_chip, 0, 2, Qt::AlignVCenter);
    grid->addWidget(m_nulls, 1, 1, 1, 2);
    setFixedHeight(42);
}

void GeneHeader::show(const GeneSummary& summary) {
    m_symbol->setFullText(summary.symbol);
    m_facts->setFullText(summary.facts);
    m_facts->setExplanation(summary.genotypeNotes);
    m_nulls->setFullText(summary.nulls);
    m_nulls->setExplanation(summary.nullsMeaning);
    m_nulls->setVisible(!summary.nulls.isEmpty());
    m_chip->show(summary.verdict, summary.tone);
}

void GeneHeader::setChartStyle(const ChartStyle& style) {
    m_symbol->setFont(style.font(22, QFont::Bold, true));
    setTextColour(*m_symbol, style.theme.text);
    m_facts->setFont(style.textFont());
    setTextColour(*m_facts, style.theme.muted);
    m_nulls->setFont(style.smallFont());
    setTextColour(*m_nulls, style.theme.text);
    m_chip->setChartStyle(style);
}

} // namespace diploscope::ui
