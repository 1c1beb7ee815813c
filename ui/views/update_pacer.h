// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace diploscope::ui {

/// Lets updates through at most once in an interval; of those that come too soon, one at its end. GUI thread.
class UpdatePacer : public QObject {
    Q_OBJECT

public:
    UpdatePacer(int intervalMs, QObject* parent) : QObject(parent), m_interval(intervalMs) {
        m_later.setSingleShot(true);
        connect(&m_later, &QTimer::timeout, this, &UpdatePacer::now);
    }

    /// due() follows now, or when the interval since the last one is over.
    void soon() {
        if (m_later.isActive())
            return;
        const qint64 passed = m_since.isValid() ? m_since.elapsed() : m_interval;
        if (passed >= m_interval)
            now();
        else
            m_later.start(static_cast<int>(m_interval - passed));
    }
    /// due() at once, instead of any that waits.
    void now() {
        m_later.stop();
        m_since.start();
        Q_EMIT due();
    }

Q_SIGNALS:
    void due();

private:
    qint64 m_interval;
    QTimer m_later;
    QElapsedTimer m_since;
};

} // namespace diploscope::ui
