// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/session.h"

#include <QString>

namespace diploscope::ui {

/// Where somebody was when the window was closed, to go on there. A value, kept by QSettings: load() and
/// save() read and write files.
struct LastShown {
    QString study; ///< its file; empty: none was open, and the rest is empty, too
    QString gene;  ///< its id; empty: none
    QString model; ///< as it was chosen; empty: none

    [[nodiscard]] static LastShown of(const Session& session);
    [[nodiscard]] static LastShown load();
    void save() const;

    friend bool operator==(const LastShown&, const LastShown&) = default;
};

} // namespace diploscope::ui
