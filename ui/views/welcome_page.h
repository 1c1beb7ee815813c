// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/job_runner.h"

#include <QStringList>
#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;
class QVBoxLayout;

namespace diploscope::ui {

/// What is there before any study is: the demo, recent studies, ways to open or describe one's own, and what
/// a study needs.
class WelcomePage : public QWidget {
    Q_OBJECT

public:
    explicit WelcomePage(QWidget* parent);

    void setRecentStudies(const QStringList& files);
    /// While the demo study is being made or opened; null: not.
    void setDemoJob(const JobStatus* job);

Q_SIGNALS:
    void demoRequested();
    void openRequested();
    void describeRequested();
    void studyRequested(const QString& file);

private:
    [[nodiscard]] QWidget* startCard();
    [[nodiscard]] QWidget* recentCard();
    [[nodiscard]] QWidget* needsCard();

    QPushButton* m_demo = nullptr;
    QLabel* m_demoText = nullptr;
    QProgressBar* m_demoBar = nullptr;
    QVBoxLayout* m_recent = nullptr;
};

} // namespace diploscope::ui
