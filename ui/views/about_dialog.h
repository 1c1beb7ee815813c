// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

namespace diploscope::ui {

/// Version, licence, what the program rests on.
class AboutDialog : public QDialog {
    Q_OBJECT

public:
    explicit AboutDialog(QWidget* parent);
};

} // namespace diploscope::ui
