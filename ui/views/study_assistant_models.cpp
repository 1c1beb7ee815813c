// SPDX-License-Identifier: GPL-3.0-or-later
// StudyAssistant: the parts that may be many, and models that want weights.
#include "views/dialog_parts.h"
#include "views/plain_item_delegate.h"
#include "views/study_assistant.h"
#include "views/weights_button.h"

#include <QFrame>
#include <QLabel>
#include <QListWidget>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace diploscope::ui {

namespace {

constexpr int CandidateRole = Qt::UserRole + 1;

} // namespace

void StudyAssistant::addFurther(QVBoxLayout& layout) {
    layout.addWidget(makeText(tr("Models and further files"), "heading"));
    m_further = new QListWidget;
    m_further->setFrameShape(QFrame::NoFrame);
    m_further->setItemDelegate(new PlainItemDelegate(m_further));
    m_further->setTextElideMode(Qt::ElideMiddle);
    m_further->setAccessibleName(tr("Models and further files"));
    m_further->setMinimumHeight(84);
    connect(m_further, &QListWidget::itemChanged, this, [this](QListWidgetItem* item) {
        m_draft.setChosen(item->data(CandidateRole).toInt(), item->checkState() == Qt::Checked);
        draftChanged();
    });
    layout.addWidget(m_further, 1);
    m_weights = new WeightsButton(m_jobs);
    m_weightsText = makeText(QString(), "small", true);
    m_weightsText->hide();
    connect(m_further, &QListWidget::currentRowChanged, this, &StudyAssistant::showWeights);
    connect(m_weights, &WeightsButton::checking, this,
            [this](const QString& file) { tellWeights(tr("Checking %1…").arg(file), "small"); });
    connect(m_weights, &WeightsButton::installed, this,
            [this](const std::filesystem::path& folder, const QString& words) {
                tellWeights(words, "small");
                look({QString::fromStdString(folder.string())}, {});
            });
    connect(m_weights, &WeightsButton::failed, this, [this](const Error& error) {
        tellWeights(error.kind == ErrorKind::Cancelled ? tr("Stopped")
                                                       : QString::fromStdString(error.message()),
                    error.kind == ErrorKind::Cancelled ? "small" : "warning");
    });
    layout.addWidget(m_weights, 0, Qt::AlignLeft);
    layout.addWidget(m_weightsText);
}

void StudyAssistant::listKnownModels() {
    using Files = std::vector<RecognisedFile>;
    m_jobs.run<Files>(
        tr("Listing models"), QString(), JobRunner::Priority::Seen,
        [](const RunContext&) -> Result<Files> { return recogniseKnownModels(); }, this,
        [this](const Result<Files>& models) {
            if (models) {
                m_draft.offerModels(*models);
                showFurther();
            }
        });
}

void StudyAssistant::showFurther() {
    const QSignalBlocker quiet(m_further);
    const int current = m_further->currentRow();
    m_further->clear();
    for (const int index : m_draft.furtherFiles()) {
        const StudyDraft::Candidate& candidate = m_draft.candidates()[static_cast<size_t>(index)];
        auto* item = new QListWidgetItem(m_draft.furtherText(index), m_further);
        item->setData(CandidateRole, index);
        item->setToolTip(QString::fromStdString(candidate.file.path.string()));
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(candidate.chosen ? Qt::Checked : Qt::Unchecked);
    }
    m_further->setCurrentRow(current);
    showWeights();
}

/// Of the model in the current row, where it has none.
void StudyAssistant::showWeights() {
    const QListWidgetItem* item = m_further->currentItem();
    const RecognisedFile* model = nullptr;
    if (item != nullptr)
        model = &m_draft.candidates()[static_cast<size_t>(item->data(CandidateRole).toInt())].file;
    const bool wanting = model != nullptr && model->hasWeights == false;
    m_weights->setModel(wanting ? model->path : std::filesystem::path(),
                        wanting ? QString::fromStdString(model->path.filename().string()) : QString());
}

void StudyAssistant::tellWeights(const QString& words, const char* role) {
    setRole(m_weightsText, role);
    m_weightsText->setText(words);
    m_weightsText->setVisible(!words.isEmpty());
}

} // namespace diploscope::ui
