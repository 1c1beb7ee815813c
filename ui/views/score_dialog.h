// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/job_runner.h"
#include "scoring/score_options.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QDialogButtonBox;
class QLabel;
class QLineEdit;
class QListView;
class QRadioButton;
class QSortFilterProxyModel;
class QSpinBox;
class QStandardItemModel;

namespace diploscope::ui {

/// How the model's outputs become a score: tracks and bins, or a fine-tuned head; what is averaged, and what
/// that costs, in words. Says what is wanted with accepted(); changes nothing itself. Files are read in jobs.
class ScoreDialog : public QDialog {
    Q_OBJECT

public:
    /// \param request what is asked now. \param score what it means, for the names of tracks
    ScoreDialog(const ModelInfo& model, const ScoreRequest& request, const ScoreOptions& score,
                JobRunner& jobs, QWidget* parent = nullptr);

    /// As the fields say.
    [[nodiscard]] ScoreRequest request() const;

private:
    [[nodiscard]] QWidget* outputCard();
    [[nodiscard]] QWidget* averageCard();
    void fill(const ScoreRequest& request);
    void showNames();
    void readNames(const QString& file);
    void askForFile(const QString& title, QLineEdit* field);
    void takeChecks();
    void update();

    ModelInfo m_model; ///< `tracks`: those that are shown
    OutputChoice m_output;
    JobRunner& m_jobs;
    bool m_showing = false; ///< widgets are being filled: their signals are no changes

    QRadioButton* m_byTracks = nullptr;
    QRadioButton* m_byHead = nullptr;
    QLineEdit* m_tracks = nullptr;
    QLineEdit* m_filter = nullptr;
    QListView* m_list = nullptr;
    QStandardItemModel* m_items = nullptr;
    QSortFilterProxyModel* m_found = nullptr;
    QLineEdit* m_targets = nullptr;
    QLineEdit* m_bins = nullptr;
    QComboBox* m_aggregate = nullptr;
    QLineEdit* m_head = nullptr;
    QSpinBox* m_shifts = nullptr;
    QCheckBox* m_bothStrands = nullptr;
    QLabel* m_summary = nullptr;
    QLabel* m_cost = nullptr;
    QDialogButtonBox* m_buttons = nullptr;
};

} // namespace diploscope::ui
