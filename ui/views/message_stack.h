// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <QWidget>

class QVBoxLayout;

namespace diploscope::ui {

/// Messages over the lower right of its parent: what happened, where, and what to do. They wait to be closed
/// and never stop the user from going on; the same message is shown once. Keeps to its parent's corner.
class MessageStack : public QWidget {
    Q_OBJECT

public:
    explicit MessageStack(QWidget* parent);

    void showError(const Error& error);
    /// Good news; goes by itself.
    void tell(const QString& text, const QString& detail = {});
    void clear();
    [[nodiscard]] int count() const;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* add(const QString& what, const QString& where, const QString& remedy, bool isError);
    void place();

    QVBoxLayout* m_layout;
};

} // namespace diploscope::ui
