// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/chart_view.h"

#include <QRubberBand>
#include <QString>
#include <QTimer>
#include <QWidget>

#include <vector>

namespace diploscope::ui {

class TrackGrip;

/// Beside the tracks of a locus, a grip for each: dragging it puts the track elsewhere, dragging its lower
/// edge makes it higher or lower. By keys: up and down move it, plus and minus resize, Delete hides it, the
/// menu key opens its menu. GUI thread.
class TrackGrips : public QWidget {
    Q_OBJECT

public:
    explicit TrackGrips(ChartView& view, QWidget* parent = nullptr);

    /// The view shows other tracks, or the same at other places.
    void place();
    /// The same once the charts are laid out: they move one after the other.
    void placeSoon() { m_soon.start(); }
    void setChartStyle(const ChartStyle& style);
    /// Top to bottom; for tests and for the keyboard's order.
    [[nodiscard]] std::vector<QWidget*> grips() const;
    [[nodiscard]] QSize sizeHint() const override { return {width, 0}; }

Q_SIGNALS:
    /// \param to place among the tracks shown, counted without this one
    void moved(const QString& key, int to);
    /// \param factor of its height now
    void resized(const QString& key, double factor);
    void hidden(const QString& key);
    void menuWanted(const QString& key, const QPoint& global);

private:
    friend class TrackGrip;
    static constexpr int width = 13;
    void moveTrack(const QString& key, int to); ///< by keys
    void showLine(int y);                       ///< where what is dragged would end; negative: nowhere
    [[nodiscard]] int placeAt(const TrackGrip& grip, int y) const;

    ChartView& m_view;
    QTimer m_soon;
    QRubberBand* m_line;
    std::vector<TrackGrip*> m_grips;
    size_t m_shown = 0;
    QColor m_colour;
    QColor m_pointed;
};

} // namespace diploscope::ui
