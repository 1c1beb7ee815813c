// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/mark_item.h"
#include "charts/track_chart.h"
#include "viewmodels/locus_tracks.h"

namespace diploscope::ui {

/// What people say along the locus: -log10 p of every SNV's eQTL, alone or beside another one, coloured by LD
/// with one of them (a diamond) or with several (LinkageLook), grey where LD is not known; drivers ringed,
/// the lead variant named so. What the study's tables say is hollow.
class EqtlTrackChart final : public TrackChart {
    Q_OBJECT

public:
    /// \param alone without tracks above, which would name the TSS and have the legend
    EqtlTrackChart(const LocusTracks& shown, const ChartStyle& style, QGraphicsItem* parent = nullptr,
                   bool alone = false);
    [[nodiscard]] const MarkItem& snvs() const { return *m_snvs; }
    [[nodiscard]] const MarkItem& drivers() const { return *m_drivers; }
    [[nodiscard]] const MarkItem& imported() const { return *m_imported; }
    [[nodiscard]] const LabelItem& labels() const { return *m_labels; }

private:
    void mapWillChange(const PlotMap& map) override;

    MarkItem* m_imported;
    MarkItem* m_snvs;
    MarkItem* m_drivers;
    ReferenceLineItem* m_tss;
    LabelItem* m_labels = nullptr;
};

} // namespace diploscope::ui
