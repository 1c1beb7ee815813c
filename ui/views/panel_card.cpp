// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/panel_card.h"

#include "views/guide_button.h"

#include <QPainter>
#include <QResizeEvent>
#include <QVBoxLayout>

#include <algorithm>

namespace diploscope::ui {

namespace {

constexpr int leastTitle = 170; ///< the names of SNVs and models may be of any length

/// `text` in `width`: whole parts of "r = 0.82, p = 8×10⁻⁹⁷, n = 400" go first, the last one before the
/// others.
QString fitting(QString text, const QFontMetrics& metrics, int width) {
    while (metrics.horizontalAdvance(text) > width) {
        const qsizetype comma = text.lastIndexOf(QStringLiteral(", "));
        if (comma < 0)
            return metrics.elidedText(text, Qt::ElideRight, width);
        text.truncate(comma);
    }
    return text;
}

} // namespace

ElidedLabel::ElidedLabel(QWidget* parent) : QLabel(parent) {
    setTextFormat(Qt::PlainText);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ElidedLabel::setFullText(const QString& text) {
    if (text == m_text)
        return;
    m_text = text;
    setAccessibleName(text);
    updateGeometry();
    update();
}

void ElidedLabel::setLeastWidth(int pixels) {
    m_leastWidth = pixels;
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
}

void ElidedLabel::setExplanation(const QStringList& lines) {
    m_explanation.clear();
    for (const QString& line : lines)
        m_explanation += QStringLiteral("<p>%1</p>").arg(line.toHtmlEscaped());
    update();
}

QSize ElidedLabel::minimumSizeHint() const {
    return {std::min(m_leastWidth, sizeHint().width()), fontMetrics().height()};
}

QSize ElidedLabel::sizeHint() const {
    return {fontMetrics().horizontalAdvance(m_text) + 2, fontMetrics().height()};
}

void ElidedLabel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const QString shown = fitting(m_text, fontMetrics(), width());
    const QString tip = (shown == m_text ? QString() : m_text.toHtmlEscaped()) + m_explanation;
    if (toolTip() != tip)
        setToolTip(tip);
    painter.setFont(font());
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(rect(), static_cast<int>(alignment()) | Qt::TextSingleLine, shown);
}

PanelCard::PanelCard(const QString& title, QWidget* parent)
    : QWidget(parent)
    , m_title(new ElidedLabel)
    , m_all(new QVBoxLayout(this))
    , m_header(new QHBoxLayout)
    , m_summary(new ElidedLabel)
    , m_content(new QVBoxLayout) {
    m_title->setFullText(title);
    m_title->setLeastWidth(leastTitle);
    m_summary->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_header->setSpacing(8);
    m_header->addWidget(m_title);
    m_header->addWidget(m_summary, 1);
    m_header->addStretch(0);
    m_all->setContentsMargins(12, 10, 12, 8);
    m_all->setSpacing(2);
    m_all->addLayout(m_header);
    m_content->setContentsMargins(0, 0, 0, 0);
    m_content->setSpacing(4);
    m_all->addLayout(m_content, 1);
}

void PanelCard::addToHeader(QWidget* control) {
    m_header->insertWidget(1, control);
}

void PanelCard::explainBy(const QString& link) {
    setGuidePlace(*this, link);
    if (m_explain != nullptr)
        return;
    m_explain = new GuideButton(this);
    m_header->addWidget(m_explain);
    arrangeHeader();
}

void PanelCard::setTitle(const QString& title) {
    m_title->setFullText(title);
    arrangeHeader();
}

void PanelCard::setSummary(const QString& summary) {
    m_summary->setFullText(summary);
    arrangeHeader();
}

/// The summary stands beside the title, or in a line of its own where that would cut it.
void PanelCard::arrangeHeader() {
    const QMargins around = m_all->contentsMargins();
    int room = width() - around.left() - around.right();
    for (int i = 0; i < m_header->count(); ++i)
        if (const QWidget* widget = m_header->itemAt(i)->widget();
            widget != nullptr && widget != m_summary && !widget->isHidden())
            room -= widget->sizeHint().width() + m_header->spacing();
    const bool below = m_summary->sizeHint().width() > room && !m_summary->fullText().isEmpty();
    if (below == m_summaryBelow)
        return;
    m_summaryBelow = below;
    if (below) {
        m_header->removeWidget(m_summary);
        m_all->insertWidget(1, m_summary);
    } else {
        m_all->removeWidget(m_summary);
        m_header->insertWidget(m_header->count() - (m_explain != nullptr ? 2 : 1), m_summary, 1);
    }
    m_summary->setAlignment((below ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
}

void PanelCard::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    arrangeHeader();
}

void PanelCard::setChartStyle(const ChartStyle& style) {
    m_ground = style.theme.card;
    m_edge = style.theme.rule;
    m_edge.setAlphaF(0.55F);
    m_title->setFont(style.font(style.titleSize, QFont::DemiBold));
    m_summary->setFont(style.smallFont());
    setTextColour(*m_title, style.theme.text);
    setTextColour(*m_summary, style.theme.muted);
    arrangeHeader();
    update();
}

void PanelCard::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_edge, 1));
    painter.setBrush(m_ground);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
}

void setTextColour(QWidget& label, const QColor& colour) {
    QPalette palette = label.palette();
    palette.setColor(QPalette::WindowText, colour);
    palette.setColor(QPalette::Text, colour);
    label.setPalette(palette);
}

} // namespace diploscope::ui
