// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/locus_files.h"

#include "viewmodels/counted_text.h"
#include "viewmodels/effect_text.h"
#include "viewmodels/gene_text.h"
#include "viewmodels/number_text.h"
#include "viewmodels/track_kinds.h"

#include <QObject>
#include <QStringList>

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace diploscope::ui {

namespace fs = std::filesystem;

std::vector<ShownFile> shownFiles(const std::vector<fs::path>& ofStudy, const LocusLayout& layout) {
    std::vector<ShownFile> files;
    const auto add = [&files](const fs::path& file) {
        if (std::any_of(files.begin(), files.end(), [&file](const ShownFile& f) { return f.file == file; }))
            return;
        const std::string name = file.filename().string();
        const auto same = std::count_if(files.begin(), files.end(), [&name](const ShownFile& f) {
            return f.file.filename().string() == name;
        });
        const QString title = shownName(name);
        const std::string which = same == 0 ? std::string() : fmt::format(" ({})", same + 1);
        files.push_back({fmt::format("{}{}{}", FileTrackPrefix, name, which),
                         title + QString::fromStdString(which), file, nullptr});
    };
    const auto& removed = layout.removed;
    for (const fs::path& file : ofStudy)
        if (std::find(removed.begin(), removed.end(), file) == removed.end())
            add(file);
    for (const fs::path& file : layout.files)
        add(file);
    return files;
}

LocusLayout withoutFile(const std::vector<fs::path>& ofStudy, LocusLayout layout, const std::string& key) {
    for (const ShownFile& shown : shownFiles(ofStudy, layout)) {
        if (shown.key != key)
            continue;
        std::erase(layout.files, shown.file);
        if (std::find(ofStudy.begin(), ofStudy.end(), shown.file) != ofStudy.end())
            layout.removed.push_back(shown.file);
        std::erase_if(layout.places, [&key](const LocusLayout::Place& place) { return place.track == key; });
        break;
    }
    return layout;
}

Region regionForFiles(const Region& window) {
    const int64_t beside = window.length() / 2;
    return {window.contig, window.start - beside, window.end + beside};
}

std::optional<std::pair<double, double>> signalRange(const std::vector<ShownFile>& files) {
    std::optional<std::pair<double, double>> range;
    for (const ShownFile& shown : files)
        if (shown.data && shown.data->range) {
            const auto& [lowest, highest] = *shown.data->range;
            range = range ? std::pair(std::min(range->first, lowest), std::max(range->second, highest))
                          : std::pair(lowest, highest);
        }
    return range;
}

std::vector<int> packedRows(const std::vector<TrackFeature>& features, int most) {
    std::vector<int64_t> ends; // of each row
    std::vector<int> rows;
    rows.reserve(features.size());
    for (const TrackFeature& feature : features) {
        auto row =
            std::find_if(ends.begin(), ends.end(), [&feature](int64_t end) { return end < feature.start; });
        if (row == ends.end() && static_cast<int>(ends.size()) < most)
            row = ends.insert(ends.end(), 0);
        rows.push_back(row == ends.end() ? -1 : static_cast<int>(row - ends.begin()));
        if (row != ends.end())
            *row = std::max(feature.end, feature.start + 1);
    }
    return rows;
}

std::shared_ptr<const LaidOutTrack> laidOut(FileTrack track) {
    auto made = std::make_shared<LaidOutTrack>();
    static_cast<FileTrack&>(*made) = std::move(track);
    made->furthestEnds.reserve(made->features.size());
    int64_t furthest = 0;
    for (const TrackFeature& feature : made->features) {
        furthest = std::max({furthest, feature.end, feature.start + 1});
        made->furthestEnds.push_back(furthest);
    }
    if (isSignal(made->format)) {
        for (const TrackFeature& feature : made->features)
            if (feature.value) {
                if (!made->range)
                    made->range.emplace(0.0, 0.0);
                made->range->first = std::min(made->range->first, *feature.value);
                made->range->second = std::max(made->range->second, *feature.value);
            }
        return made;
    }
    made->rows = packedRows(made->features, LaidOutTrack::MostRows);
    for (const int row : made->rows) {
        made->rowCount = std::max(made->rowCount, row + 1);
        made->hidden += row < 0;
    }
    return made;
}

QString featureToolTip(const FileTrack& track, const TrackFeature& feature) {
    QStringList lines;
    if (!feature.name.empty())
        lines << shownName(feature.name);
    const int64_t first = std::min(feature.start + 1, std::max(feature.end, int64_t{1}));
    QString place = QStringLiteral("%1–%2").arg(countText(first), countText(std::max(first, feature.end)));
    if (feature.strand)
        place += QStringLiteral(" (%1)").arg(QLatin1Char(strandSymbol(*feature.strand)));
    lines << place;
    if (feature.value)
        lines << (track.binBases > 0       ? QObject::tr("mean %1").arg(effectText(*feature.value))
                  : isSignal(track.format) ? effectText(*feature.value)
                  : track.format == TrackFormat::NarrowPeak
                      ? QObject::tr("signal %1").arg(effectText(*feature.value))
                      : QObject::tr("score %1").arg(effectText(*feature.value)));
    if (feature.summit)
        lines << QObject::tr("summit %1").arg(countText(*feature.summit + 1));
    if (!feature.blocks.empty())
        lines << countedText(static_cast<int64_t>(feature.blocks.size()), counted::blocks);
    QString html = QStringLiteral("<b>%1</b>").arg(lines.takeFirst().toHtmlEscaped());
    for (const QString& line : lines)
        html += QStringLiteral("<br>") + line.toHtmlEscaped();
    return html;
}

} // namespace diploscope::ui
