// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/locus_bar.h"

#include "viewmodels/gene_text.h"
#include "viewmodels/number_text.h"
#include "views/flow_layout.h"

#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

namespace diploscope::ui {

namespace {

constexpr int regionWidth = 218; ///< pixels, for nine digits twice

} // namespace

LocusBar::LocusBar(QWidget* parent)
    : QWidget(parent), m_field(new QLineEdit(this)), m_length(new QLabel(this)) {
    auto* row = new FlowLayout(4, 3);
    row->setContentsMargins(0, 0, 0, 0);
    setLayout(row);
    m_field->setObjectName(QStringLiteral("region"));
    m_field->setProperty("role", QStringLiteral("region"));
    m_field->setAccessibleName(tr("Region"));
    m_field->setAcceptDrops(false); // files are the window's
    m_field->setMinimumWidth(regionWidth);
    m_field->installEventFilter(this);
    m_length->setProperty("role", QStringLiteral("small"));
    m_length->setTextFormat(Qt::PlainText);
    row->addWidget(m_field);
    row->addWidget(m_length);
    addButton(QStringLiteral("+"), tr("Closer"), &LocusBar::zoomIn);
    addButton(QStringLiteral("−"), tr("Farther"), &LocusBar::zoomOut);
    m_tss = addButton(QString(), QString(), &LocusBar::tssWanted);
    setCentred(false);
    addButton(tr("±100 bp"),
              tr("100 bp on either side of the selected SNV, or of the middle; bases are letters there"),
              &LocusBar::snvWanted);
    addButton(tr("All"), tr("The whole window that the model reads"), &LocusBar::wholeWanted);
    connect(m_field, &QLineEdit::returnPressed, this, [this] {
        const QString typed = m_field->text().trimmed();
        showRegion(); // where it cannot be gone to, it is not where one is
        if (!typed.isEmpty() && typed != m_region)
            Q_EMIT placeTyped(typed);
    });
    connect(m_field, &QLineEdit::editingFinished, this, &LocusBar::showRegion);
    setRegion(std::nullopt);
}

QToolButton* LocusBar::addButton(const QString& text, const QString& tip, void (LocusBar::*wanted)()) {
    auto* button = new QToolButton(this);
    button->setText(text);
    button->setToolTip(tip);
    button->setAccessibleName(tip);
    button->setProperty("role", QStringLiteral("tiny"));
    layout()->addWidget(button);
    connect(button, &QToolButton::clicked, this, wanted);
    return button;
}

void LocusBar::setRegion(const std::optional<Region>& region) {
    setEnabled(region.has_value());
    m_region = region ? regionText(*region) : QString();
    m_length->setText(region ? countText(region->length()) + QStringLiteral(" bp") : QString());
    m_field->setToolTip(
        tr("What is seen, from the first base to the last. Type another place: 22:19.92M-19.94M, "
           "a position, a variant, a gene. <b>%1</b>")
            .arg(m_region.toHtmlEscaped()));
    if (!m_field->hasFocus() || !m_field->isModified())
        showRegion();
}

void LocusBar::setCentred(bool isCentre) {
    const QString tip =
        isCentre ? tr("1,000 bp on either side of the centre") : tr("1,000 bp on either side of the TSS");
    m_tss->setText(isCentre ? tr("Centre ±1 kb") : tr("TSS ±1 kb"));
    m_tss->setToolTip(tip);
    m_tss->setAccessibleName(tip);
}

QString LocusBar::text() const {
    return m_region.isEmpty() ? QString() : m_region + QStringLiteral(" · ") + m_length->text();
}

void LocusBar::showRegion() {
    m_field->setText(m_region);
    m_field->setCursorPosition(0);
    m_field->setModified(false);
}

bool LocusBar::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_field && event->type() == QEvent::ShortcutOverride &&
        static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape && m_field->isModified()) {
        event->accept(); // before the window's own Escape
        return true;
    }
    if (watched == m_field && event->type() == QEvent::KeyPress &&
        static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape && m_field->isModified()) {
        showRegion();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace diploscope::ui
