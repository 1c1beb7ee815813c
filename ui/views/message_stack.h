// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <QWidget>

#include <functional>

class QVBoxLayout;

namespace diploscope::ui {

class Message;

/// Messages over a lower corner of its parent: what happened, where, and what to do. They never stop the user
/// from going on, never cover one another or a control, and leave when there was time to read them; not while
/// the pointer is on them. The same message is shown once, with how often it came.
class MessageStack : public QWidget {
    Q_OBJECT

public:
    explicit MessageStack(QWidget* parent);

    /// Says nothing of what was stopped: whoever stopped it knows.
    void showError(const Error& error);
    /// Good news; stays a shorter time.
    void tell(const QString& text, const QString& detail = {});
    /// The same with a button that leads to what it tells of.
    void tellWith(const QString& text, const QString& detail, const QString& button,
                  const std::function<void()>& take);
    void clear();
    [[nodiscard]] int count() const;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    /// \return null where the same is shown already
    Message* add(const QString& what, const QString& where, const QString& remedy, bool isError);
    [[nodiscard]] Message* at(int i) const;
    void place();

    QVBoxLayout* m_layout;
};

} // namespace diploscope::ui
