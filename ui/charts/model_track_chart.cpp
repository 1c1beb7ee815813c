// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/model_track_chart.h"

#include "charts/plot_note_item.h"
#include "viewmodels/number_text.h"

#include <array>
#include <vector>

namespace diploscope::ui {
namespace {

constexpr std::array agreements{SignAgreement::Same, SignAgreement::Opposite, SignAgreement::NoEffect};

} // namespace

/// As quadrants and drivers show whether signs agree.
const MarkLook& ModelTrackChart::lookOf(SignAgreement agreement, const Theme& theme) {
    return theme.verdict(agreement == SignAgreement::Same       ? Verdict::Supported
                         : agreement == SignAgreement::Opposite ? Verdict::Unsupported
                                                                : Verdict::Undefined);
}

ModelTrackChart::ModelTrackChart(const LocusTracks& locus, const ModelTrack& shown, const ChartStyle& style,
                                 QGraphicsItem* parent)
    : TrackChart(style, locus.ism.xTitle, shown.yTitle, parent)
    , m_snvs(follow(new MarkItem(this)))
    , m_note(shown.note) {
    setPointedAt({m_snvs}, variantsOf(shown.snvs));
    follow(new ReferenceLineItem(tssLine(locus.ism, style), style, this));
    follow(new ReferenceLineItem({.value = 0, .colour = style.theme.rule, .width = style.ruleWidth}, style,
                                 this));
    MarkLayerLook look;
    look.opacity = 0.9;
    look.size = style.markSize;
    look.stemWidth = style.stemWidth;
    look.ringWidth = style.axisWidth;
    for (const SignAgreement agreement : agreements)
        look.palette[static_cast<size_t>(agreement)] = lookOf(agreement, style.theme).colour.rgb();
    std::vector<Mark> marks;
    std::vector<double> effects{0};
    for (size_t i = 0; i < shown.snvs.size(); ++i) {
        const ModelTrack::Snv& snv = shown.snvs[i];
        marks.push_back({.x = snv.position,
                         .y = snv.effect,
                         .colour = static_cast<uint8_t>(snv.agreement),
                         .shape = lookOf(snv.agreement, style.theme).shape,
                         .hollow = snv.agreement == SignAgreement::NoEffect,
                         .source = static_cast<uint32_t>(i)});
        effects.push_back(snv.effect);
    }
    m_snvs->setLook(look);
    m_snvs->setMarks(std::move(marks));
    if (!shown.note.isEmpty())
        follow(new PlotNoteItem(shown.note, style, this));
    if (shown.snvs.empty())
        hideYLabels();

    setHeader(locus.ism.gene, shown.yTitle, {});
    std::vector<LegendItem::Entry> entries;
    for (const SignAgreement agreement : agreements)
        if (const int64_t count = shown.count(agreement); count > 0)
            entries.push_back(
                {QStringLiteral("%1 (%2)").arg(agreementText(agreement), countText(count)),
                 lookOf(agreement, style.theme),
                 agreement == SignAgreement::NoEffect ? LegendItem::Fill::Hollow : LegendItem::Fill::Plain});
    if (!entries.empty()) {
        entries.front().text =
            QStringLiteral("%1 beside %2: %3").arg(shown.title, shown.against, entries.front().text);
        setLegend({}, std::move(entries));
    }
    setFullRanges({locus.ism.windowStart, locus.ism.windowEnd},
                  shown.snvs.empty() ? AxisRange{-1, 1} : rangeOf(effects, 0.12));
}

} // namespace diploscope::ui
