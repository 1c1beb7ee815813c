// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "workflow/slurm_scripts.h"

#include <QDialog>

class QComboBox;
class QDialogButtonBox;
class QLabel;
class QLineEdit;
class QRadioButton;
class QSpinBox;

namespace diploscope::ui {

/// How all genes, or those in focus, are run on a cluster: in how many shards, on what, and where its files
/// go. Says what is wanted with accepted(); does nothing itself.
class ClusterDialog : public QDialog {
    Q_OBJECT

public:
    struct Facts {
        QString study; ///< its file
        QString model; ///< its name
        qint64 genes = 0;
        QString folder;                   ///< proposed
        bool sendsAllSettings = true;     ///< nothing was chosen in the window that commands cannot be told
        std::vector<std::string> focus{}; ///< ids of the genes in focus; none: those are all
    };
    /// \param request what the window knows: study, program, model, options
    ClusterDialog(Facts facts, ClusterRequest request, QWidget* parent = nullptr);

    /// As the fields say.
    [[nodiscard]] ClusterRequest request() const;
    /// Only the scripts are wanted.
    [[nodiscard]] bool onlyWrites() const { return m_onlyWrites; }

private:
    [[nodiscard]] QWidget* geneCard();
    [[nodiscard]] QWidget* shardCard();
    [[nodiscard]] QWidget* placeCard();
    void askForFolder();
    [[nodiscard]] qint64 geneCount() const;
    /// Shards and folder as the genes ask for them.
    void propose();
    void update();

    Facts m_facts;
    ClusterRequest m_request;
    bool m_onlyWrites = false;
    QRadioButton* m_focused = nullptr; ///< null: there is no choice
    QSpinBox* m_shards = nullptr;
    QSpinBox* m_threads = nullptr;
    QSpinBox* m_retries = nullptr;
    QComboBox* m_device = nullptr;
    QLineEdit* m_gres = nullptr;
    QLineEdit* m_time = nullptr;
    QLineEdit* m_memory = nullptr;
    QLineEdit* m_partition = nullptr;
    QLineEdit* m_folder = nullptr;
    QLabel* m_summary = nullptr;
    QDialogButtonBox* m_buttons = nullptr;
};

} // namespace diploscope::ui
