// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/mark_item.h"
#include "charts/track_chart.h"
#include "viewmodels/ism_track.h"

namespace diploscope::ui {

class SegmentItem;

/// ISM effects along the locus as stems, coloured by MAF or carrier fraction, with the TSS and the drivers
/// marked (figure 1E).
class IsmTrackChart final : public TrackChart {
    Q_OBJECT

public:
    /// \param others entries of the legend behind the drivers', for tracks below
    IsmTrackChart(const IsmTrack& shown, const ChartStyle& style, QGraphicsItem* parent = nullptr,
                  const std::vector<LegendItem::Entry>& others = {});
    [[nodiscard]] const MarkItem& snvs() const { return *m_snvs; }
    [[nodiscard]] const MarkItem& drivers() const { return *m_drivers; }
    [[nodiscard]] const ReferenceLineItem& tss() const { return *m_tss; }
    [[nodiscard]] const LabelItem& labels() const { return *m_labels; }
    /// Of variants that replace more than one base; null where there is none.
    [[nodiscard]] const SegmentItem* lengths() const { return m_lengths; }

private:
    void mapWillChange(const PlotMap& map) override;

    MarkItem* m_snvs;
    MarkItem* m_drivers;
    ReferenceLineItem* m_tss;
    LabelItem* m_labels = nullptr;
    SegmentItem* m_lengths = nullptr;
};

} // namespace diploscope::ui
