// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QTimer>

#include <functional>

class QLabel;
class QVBoxLayout;

namespace diploscope::ui {

class WrappedText;

/// One message of a MessageStack; deletes itself when it was closed or there was time to read it.
class Message final : public QFrame {
    Q_OBJECT

public:
    Message(const QString& what, const QString& where, const QString& remedy, bool isError, QWidget* parent);

    /// A way to what it tells of; it leaves when that was taken.
    void offer(const QString& text, const std::function<void()>& take);
    [[nodiscard]] bool says(const QString& what, const QString& where, const QString& remedy) const;
    /// It came once more: counts, and stays on.
    void sayAgain();
    [[nodiscard]] int times() const { return m_times; }
    [[nodiscard]] int stayMs() const { return m_leave.interval(); }
    /// Of each of its texts; the rest is scrolled to.
    void setMostLines(int lines);

protected:
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    QString m_what;
    QString m_where;
    QString m_remedy;
    QVBoxLayout* m_words;
    QList<WrappedText*> m_texts;
    QLabel* m_count;
    QTimer m_leave;
    int m_times = 1;
};

} // namespace diploscope::ui
