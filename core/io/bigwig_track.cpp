// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/bigwig_track.h"

#include "genome/contig_names.h"
#include "io/bigwig_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace diploscope {

namespace {

/// Gathers the values of a region: as they are, until there are more than are held.
class SignalValues {
public:
    SignalValues(const Region& region, int64_t most) : m_region(region), m_most(most) {}

    /// \return whether they are a signal still: means need values that do not lie on one another
    [[nodiscard]] bool add(const BigWigValue& value) {
        if (!std::isfinite(value.value))
            return true; // as NA of a bedGraph: nothing is known there
        m_bases += std::min(value.end, m_region.end) - std::max(value.start, m_region.start);
        if (m_binBases == 0 && static_cast<int64_t>(m_values.size()) < m_most) {
            m_values.push_back(value);
            return true;
        }
        // Else a value that reaches over many bins, many times, would take for ever.
        if (m_bases > m_region.length())
            return false;
        if (m_binBases == 0) {
            m_binBases = (m_region.length() + m_most - 1) / m_most;
            m_bins.resize(static_cast<size_t>((m_region.length() + m_binBases - 1) / m_binBases));
            for (const BigWigValue& known : std::exchange(m_values, {}))
                addToBins(known);
        }
        addToBins(value);
        return true;
    }
    /// 0: the values are as the file has them.
    [[nodiscard]] int64_t binBases() const { return m_binBases; }

    [[nodiscard]] std::vector<TrackFeature> features() const {
        std::vector<TrackFeature> features;
        const auto add = [&features](int64_t start, int64_t end, double value) {
            TrackFeature& feature = features.emplace_back();
            feature.start = start;
            feature.end = end;
            feature.value = value;
        };
        for (const BigWigValue& value : m_values)
            add(value.start, value.end, value.value);
        for (size_t i = 0; i < m_bins.size(); ++i) {
            const int64_t start = m_region.start + static_cast<int64_t>(i) * m_binBases;
            if (m_bins[i].bases > 0)
                add(start, std::min(start + m_binBases, m_region.end),
                    m_bins[i].sum / static_cast<double>(m_bins[i].bases));
        }
        std::stable_sort(features.begin(), features.end(),
                         [](const TrackFeature& a, const TrackFeature& b) { return a.start < b.start; });
        return features;
    }

private:
    void addToBins(const BigWigValue& value) {
        const int64_t end = std::min(value.end, m_region.end);
        for (int64_t at = std::max(value.start, m_region.start); at < end;) {
            const int64_t bin = (at - m_region.start) / m_binBases;
            const int64_t here = std::min(end, m_region.start + (bin + 1) * m_binBases) - at;
            Bin& filled = m_bins[static_cast<size_t>(bin)];
            filled.sum += static_cast<double>(here) * static_cast<double>(value.value);
            filled.bases += here;
            at += here;
        }
    }

    struct Bin {
        double sum = 0;    ///< over bases
        int64_t bases = 0; ///< that have a value
    };
    Region m_region;
    int64_t m_most;
    int64_t m_bases = 0;
    std::vector<BigWigValue> m_values;
    int64_t m_binBases = 0;
    std::vector<Bin> m_bins;
};

} // namespace

Result<FileTrack> readBigWigTrack(const std::filesystem::path& file, const Region& region,
                                  const RunContext& context, int64_t most) {
    DS_ASSIGN(const BigWigFile bigWig, BigWigFile::open(file));
    FileTrack track;
    track.file = file;
    track.format = TrackFormat::BigWig;
    if (region.contig.empty()) {
        const auto count = [&track](const BigWigValue&) -> Result<void> {
            ++track.records;
            return {};
        };
        DS_TRY(bigWig.read(std::nullopt, count, context));
        return track;
    }
    std::vector<std::string> names;
    for (const BigWigContig& contig : bigWig.contigs())
        names.push_back(contig.name);
    const std::vector<std::string> wanted = matchingContigs(region.contig, names);
    const Region there{region.contig, std::max<int64_t>(region.start, 0), region.end};
    SignalValues values(there, most);
    const auto take = [&](const BigWigValue& value) -> Result<void> {
        ++track.records;
        if (!values.add(value))
            return fail(ErrorKind::BadInput,
                        fmt::format("More than {} values are in {}, and some lie on one another.", most,
                                    toText(region)),
                        file.string(), "Give one value a base: make the bigWig anew without overlaps.");
        return {};
    };
    for (const BigWigContig& contig : bigWig.contigs()) {
        if (std::find(wanted.begin(), wanted.end(), contig.name) == wanted.end())
            continue;
        track.hasContig = true;
        if (there.start < there.end)
            DS_TRY(bigWig.read(BigWigFile::Stretch{contig.id, there.start, there.end}, take, context));
    }
    track.binBases = values.binBases();
    track.features = values.features();
    return track;
}

Result<void> checkBigWig(const std::filesystem::path& file) {
    DS_TRY(BigWigFile::open(file));
    return {};
}

} // namespace diploscope
