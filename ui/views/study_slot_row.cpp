// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/study_slot_row.h"

#include "views/dialog_parts.h"
#include "views/elided_combo_box.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>

namespace diploscope::ui {

namespace {
constexpr int TitleWidth = 96;
constexpr int MarkWidth = 16;

QString fileText(const StudyDraft::Candidate& candidate) {
    return QString::fromStdString(candidate.file.path.filename().string());
}
} // namespace

StudySlotRow::StudySlotRow(StudyDraft::Slot slot, QWidget* parent) : QWidget(parent), m_slot(slot) {
    m_mark = makeText(QString(), "muted");
    m_mark->setFixedWidth(MarkWidth);
    auto* title = new QLabel(slotTitle(slot));
    title->setFixedWidth(TitleWidth);
    m_combo = new ElidedComboBox;
    m_combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_combo->setMinimumContentsLength(24);
    m_combo->setAccessibleName(slotTitle(slot));
    title->setBuddy(m_combo);
    auto* browse = new QPushButton(tr("Choose…"));
    browse->setAutoDefault(false);
    browse->setAccessibleName(tr("Choose a file: %1").arg(slotTitle(slot)));
    m_text = makeText(QString(), "small");

    auto* layout = new QGridLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setHorizontalSpacing(SmallGap);
    layout->setVerticalSpacing(2);
    layout->addWidget(m_mark, 0, 0);
    layout->addWidget(title, 0, 1);
    layout->addWidget(m_combo, 0, 2);
    layout->addWidget(browse, 0, 3);
    layout->addWidget(m_text, 1, 2, 1, 2);
    layout->setColumnStretch(2, 1);

    connect(m_combo, &QComboBox::currentIndexChanged, this,
            [this] { Q_EMIT chosen(m_slot, m_combo->currentData().toInt()); });
    connect(browse, &QPushButton::clicked, this, [this] { Q_EMIT browseRequested(m_slot); });
}

QString StudySlotRow::description() const {
    return m_text->text();
}

void StudySlotRow::setDraft(const StudyDraft& draft) {
    const bool required = draft.isRequired(m_slot);
    const int current = draft.chosen(m_slot);
    {
        const QSignalBlocker quiet(m_combo);
        m_combo->clear();
        m_combo->addItem(required ? tr("Not there yet") : tr("None"), -1);
        for (const int index : draft.candidatesFor(m_slot)) {
            const auto& candidate = draft.candidates()[static_cast<size_t>(index)];
            m_combo->addItem(fileText(candidate), index);
            m_combo->setItemData(m_combo->count() - 1, QString::fromStdString(candidate.file.path.string()),
                                 Qt::ToolTipRole);
        }
        m_combo->setCurrentIndex(std::max(0, m_combo->findData(current)));
    }
    m_combo->setToolTip(m_combo->currentData(Qt::ToolTipRole).toString());
    // A shape for each state, so that none is told by colour alone.
    if (current < 0) {
        m_mark->setText(QStringLiteral("○"));
        m_text->setText(required ? tr("needed") : tr("optional"));
        setRole(m_mark, "muted");
        setRole(m_text, "small");
        return;
    }
    const RecognisedFile& file = draft.candidates()[static_cast<size_t>(current)].file;
    const bool refused = !file.phased.value_or(true) && draft.options.unphased == UnphasedRule::Refuse;
    const bool bad = file.problem.has_value() || file.kind != StudyDraft::kindOf(m_slot) || refused;
    m_mark->setText(bad ? QStringLiteral("▲") : QStringLiteral("✓"));
    setRole(m_mark, bad ? "warning" : "muted");
    setRole(m_text, bad ? "warning" : "small");
    QString words = QString::fromStdString(file.description);
    if (file.problem)
        words += QStringLiteral(". ") + QString::fromStdString(file.problem->what);
    else if (file.kind != StudyDraft::kindOf(m_slot))
        words = tr("looks like %1").arg(words);
    m_text->setText(words);
}

} // namespace diploscope::ui
