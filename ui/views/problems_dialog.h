// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <QDialog>

#include <vector>

namespace diploscope::ui {

class ProblemListModel;

/// All problems of a study that could not be opened, as one list to work through: what, where, what to do.
class ProblemsDialog : public QDialog {
    Q_OBJECT

public:
    ProblemsDialog(const QString& file, const std::vector<Error>& problems, QWidget* parent = nullptr);

    /// Puts the whole list on the clipboard as text.
    void copyAll() const;

Q_SIGNALS:
    /// The user has mended things: open the same file again.
    void retry();

private:
    QString m_file;
    ProblemListModel* m_model = nullptr;
};

} // namespace diploscope::ui
