// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/job_runner.h"
#include "viewmodels/draft_check.h"
#include "viewmodels/study_draft.h"

#include <QDialog>
#include <QTimer>

#include <array>
#include <optional>

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;
class QVBoxLayout;

namespace diploscope::ui {

class ProblemListModel;
class StudySlotRow;
class WeightsButton;

/// Builds a `*.study.json` from files that are dropped or chosen: tells what each is, puts it where it
/// belongs, and shows what opening the study would find before it is saved. Files are looked at in jobs only.
class StudyAssistant : public QDialog {
    Q_OBJECT

public:
    explicit StudyAssistant(JobRunner& jobs, QWidget* parent = nullptr);
    ~StudyAssistant() override;

    /// Files or folders; they are recognised in the background and fall into their slots.
    void addFiles(const QStringList& files);
    /// Writes the study; studySaved() follows, or the reason why not is shown.
    void saveTo(const QString& file);

    [[nodiscard]] const StudyDraft& draft() const { return m_draft; }
    /// Of the draft as it is; empty while files or the check are still being worked on.
    [[nodiscard]] const std::optional<DraftCheck>& check() const { return m_check; }

Q_SIGNALS:
    void studySaved(const QString& file);
    void checked(); ///< check() is there

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    [[nodiscard]] QWidget* filesCard();
    [[nodiscard]] QWidget* settingsCard();
    [[nodiscard]] QWidget* checkCard();
    void look(const QStringList& files, std::optional<StudyDraft::Slot> forced);
    void listKnownModels();
    void browse(std::optional<StudyDraft::Slot> slot, bool folder);
    void draftChanged();
    void showDraft();
    void addFurther(QVBoxLayout& layout);
    void showFurther();
    void showLeftOver();
    void showWeights();
    void tellWeights(const QString& words, const char* role);
    void startCheck();
    void showCheck(const Result<DraftCheck>& result);
    void askWhereToSave();
    void showFailure(const QString& headline, const Error& error);

    JobRunner& m_jobs;
    StudyDraft m_draft;
    std::optional<DraftCheck> m_check;
    int m_looking = 0; ///< jobs that are recognising files
    QString m_checkGroup;
    QTimer m_checkTimer; ///< several changes in a row make one check

    std::array<StudySlotRow*, StudyDraft::SlotCount> m_slots{};
    QListWidget* m_further = nullptr;
    WeightsButton* m_weights = nullptr;
    QLabel* m_weightsText = nullptr;
    QLabel* m_leftOver = nullptr;
    QLineEdit* m_name = nullptr;
    QComboBox* m_build = nullptr;
    QComboBox* m_phenotypes = nullptr;
    QComboBox* m_transform = nullptr;
    QComboBox* m_variants = nullptr;
    QComboBox* m_unphased = nullptr;
    QComboBox* m_haploid = nullptr;
    QFormLayout* m_settings = nullptr;
    QComboBox* m_allele = nullptr;
    QLabel* m_headline = nullptr;
    QLabel* m_checkText = nullptr;
    ProblemListModel* m_findings = nullptr;
    QPushButton* m_save = nullptr;
};

} // namespace diploscope::ui
