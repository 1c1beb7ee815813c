// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/job_runner.h"
#include "viewmodels/model_list_model.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QPushButton;
class QTableView;

namespace diploscope::ui {

class WeightsButton;

/// Which models there are, which lack weights, where those can be had and where to put them; adds a folder.
/// Disks are touched in jobs only.
class ModelManager : public QDialog {
    Q_OBJECT

public:
    explicit ModelManager(JobRunner& jobs, QWidget* parent = nullptr);

    /// Folders or names that the study lists; shown beside the known ones.
    void setStudyModels(const QStringList& models);
    /// Reads the folders again; listed() follows.
    void refresh();
    /// Copies or links a model's folder into the user's models, as chosen beside the button.
    void addFolder(const QString& folder);

    [[nodiscard]] const ModelListModel& models() const { return *m_models; }

Q_SIGNALS:
    void modelChosen(const QString& folder);
    void listed();

protected:
    bool event(QEvent* event) override;

private:
    [[nodiscard]] QWidget* listCard();
    [[nodiscard]] QWidget* detailCard();
    void showEntry();
    void showWeights(const ModelEntry& entry);
    void tell(const QString& text, bool isError);
    void tellError(const Error& error);
    void openFolder();
    void browse();
    void use();
    [[nodiscard]] const ModelEntry* current() const;

    JobRunner& m_jobs;
    ModelListModel* m_models = nullptr;
    QStringList m_studyModels;
    QString m_wanted; ///< folder to choose once it is listed

    QTableView* m_table = nullptr;
    QComboBox* m_mode = nullptr;
    QPushButton* m_add = nullptr;
    QLabel* m_message = nullptr;
    QLabel* m_name = nullptr;
    QLabel* m_description = nullptr;
    QLabel* m_facts = nullptr;
    QLabel* m_source = nullptr;
    QLabel* m_status = nullptr;
    QLabel* m_place = nullptr;
    QPushButton* m_copyPlace = nullptr;
    QPushButton* m_openFolder = nullptr;
    WeightsButton* m_chooseWeights = nullptr;
    QPushButton* m_use = nullptr;
};

} // namespace diploscope::ui
