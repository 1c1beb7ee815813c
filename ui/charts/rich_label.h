// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "figure/label_markup.h"

#include <QFont>
#include <QString>

#include <string_view>
#include <vector>

namespace diploscope::ui {

/// A line of text of which parts may be in italics, above or below the line. An immutable value.
class RichLabel {
public:
    struct Run {
        QString text;
        bool italic = false;
        LabelRun::Script script = LabelRun::Script::None;
        friend bool operator==(const Run&, const Run&) = default;
    };

    RichLabel() = default;
    RichLabel(const QString& plain); // NOLINT(google-explicit-constructor): most labels are plain
    explicit RichLabel(std::vector<Run> runs);
    /// As parseLabel() reads it; what it cannot read stands as it is.
    [[nodiscard]] static RichLabel ofMarkup(std::string_view markup);

    /// As statistics are printed: the letters of r, p, n, R, q and K in italics where a value follows.
    [[nodiscard]] static RichLabel ofStatistics(const QString& plain);

    [[nodiscard]] const std::vector<Run>& runs() const { return m_runs; }
    [[nodiscard]] bool isEmpty() const { return m_runs.empty(); }
    [[nodiscard]] bool isPlain() const;
    [[nodiscard]] bool hasScripts() const;
    [[nodiscard]] QString plain() const;
    /// For Qt's text items, escaped.
    [[nodiscard]] QString html() const;
    [[nodiscard]] RichLabel with(const QString& more) const;

    [[nodiscard]] double width(const QFont& font) const;
    /// Lines that fit into the room, as brokenLines() breaks its text.
    [[nodiscard]] std::vector<RichLabel> broken(const QFont& font, double room) const;
    /// Characters [from, from + count) of plain().
    [[nodiscard]] RichLabel part(qsizetype from, qsizetype count) const;

    /// How a run is set: its font, and how far its baseline is below the line's; both follow from the line's
    /// font alone.
    [[nodiscard]] static QFont fontOf(const Run& run, const QFont& font);
    [[nodiscard]] static double shiftOf(const Run& run, const QFont& font);

    friend bool operator==(const RichLabel&, const RichLabel&) = default;

private:
    std::vector<Run> m_runs; ///< none of them empty
};

} // namespace diploscope::ui
