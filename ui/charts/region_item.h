// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/plot_item.h"
#include "charts/theme.h"
#include "viewmodels/region_of_interest.h"

#include <QFont>
#include <QString>

#include <utility>
#include <vector>

namespace diploscope::ui {

/// Regions of interest behind a track: tinted, with an edge on both sides; on one track also named.
class RegionItem final : public PlotItem {
public:
    /// \param regions of the track's contig
    RegionItem(std::vector<RegionOfInterest> regions, bool named, const ChartStyle& style,
               QGraphicsItem* parent);
    [[nodiscard]] const char* partName() const override { return "regions"; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    /// On screen what there is room for; in print all of it, in smaller letters where they are needed.
    [[nodiscard]] std::pair<QString, QFont> fittingName(const QString& name, double room) const;

    std::vector<RegionOfInterest> m_regions;
    bool m_named;
    ChartStyle m_style;
};

} // namespace diploscope::ui
