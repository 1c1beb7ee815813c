// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/job_runner.h"
#include "viewmodels/preferences.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace diploscope::ui {

/// The user's choices; every change takes effect at once, through changed(). Asks for devices and the
/// cache's size through jobs, the former only on demand because LibTorch takes a while to load.
class PreferencesDialog : public QDialog {
    Q_OBJECT

public:
    PreferencesDialog(const Preferences& preferences, JobRunner& jobs, QWidget* parent = nullptr);

    [[nodiscard]] const Preferences& preferences() const { return m_preferences; }

Q_SIGNALS:
    void changed(const diploscope::ui::Preferences& preferences);

private:
    static constexpr int AsTheStudySays = -1; ///< in place of an AlleleConvention

    [[nodiscard]] QWidget* computingCard();
    [[nodiscard]] QWidget* cacheCard();
    [[nodiscard]] QWidget* appearanceCard();
    [[nodiscard]] QWidget* driversCard();
    [[nodiscard]] QWidget* statisticsCard();
    void connectAll();
    void fill(const Preferences& preferences);
    void take();
    void takeCacheFile();
    void askForDevices();
    void askForCacheSize();
    void clearCache();
    void chooseCacheFile();

    JobRunner& m_jobs;
    Preferences m_preferences;
    bool m_showing = false; ///< widgets are being filled: their signals are no changes

    QComboBox* m_device = nullptr;
    QPushButton* m_findDevices = nullptr;
    QLabel* m_deviceText = nullptr;
    QSpinBox* m_threads = nullptr;
    QSpinBox* m_selfCheck = nullptr;
    QDoubleSpinBox* m_cacheLimit = nullptr;
    QLineEdit* m_cacheFile = nullptr;
    QPushButton* m_chooseCacheFile = nullptr;
    QLabel* m_cacheText = nullptr;
    QPushButton* m_clearCache = nullptr;
    QComboBox* m_theme = nullptr;
    QComboBox* m_language = nullptr;
    QComboBox* m_allele = nullptr;
    QComboBox* m_driverMethod = nullptr;
    QDoubleSpinBox* m_minimumLinearR = nullptr;
    QDoubleSpinBox* m_minimumGain = nullptr;
    QDoubleSpinBox* m_ownP = nullptr;
    QSpinBox* m_nullPredictors = nullptr;
    QSpinBox* m_resamples = nullptr;
    QCheckBox* m_fineMapping = nullptr;
    QSpinBox* m_seed = nullptr;
    QPushButton* m_reset = nullptr;
};

} // namespace diploscope::ui
