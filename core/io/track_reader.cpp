// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/track_reader.h"

#include "genome/contig_names.h"
#include "io/bigwig_file.h"
#include "io/bigwig_track.h"
#include "io/track_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

namespace diploscope {

namespace fs = std::filesystem;

namespace {

/// Rows of a file, one after the other, and what they are.
class TrackRows {
public:
    /// \error BadInput for a file of no known format
    static Result<TrackRows> of(TextReader reader, const fs::path& file) {
        TrackRows rows(std::move(reader));
        std::string firstLine;
        std::string asked;
        for (std::string_view line;;) {
            DS_ASSIGN(const bool more, rows.m_reader.next(line));
            if (!more) {
                if (!firstLine.starts_with("##fileformat=VCF"))
                    return fail(
                        ErrorKind::BadInput, "The file holds comments only.", file.string(),
                        "Give a BED, narrowPeak, bedGraph, bigWig, VCF, GTF or GFF3 file with records.");
                rows.m_parser.emplace(TrackFormat::VcfSites, rows.m_fields); // without any site
                return rows;
            }
            if (rows.m_reader.lineNumber() == 1)
                firstLine = line.substr(0, 80);
            if (isBesideRows(line)) {
                if (const std::string type = typeOfTrackLine(line); !type.empty())
                    asked = type;
                continue;
            }
            rows.split(line);
            const auto format = formatOf(firstLine, rows.m_fields, asked);
            if (!format)
                return fail(
                    ErrorKind::BadInput,
                    fmt::format("`{}` is no row of a track that the program knows.", line.substr(0, 60)),
                    rows.m_reader.where(),
                    "Give a BED, narrowPeak, bedGraph, VCF, GTF or GFF3 file, plain or compressed, or a "
                    "bigWig.");
            rows.m_format = *format;
            rows.m_parser.emplace(*format, rows.m_fields);
            rows.m_reader.giveAgain();
            return rows;
        }
    }

    [[nodiscard]] TrackFormat format() const { return m_format; }

    /// \return false at the end
    Result<bool> next(std::optional<TrackRow>& row, const RunContext& context = {}) {
        for (std::string_view line;;) {
            DS_TRY(context.checkpoint());
            DS_ASSIGN(const bool more, m_reader.next(line));
            if (!more || (m_format == TrackFormat::Transcripts && line.starts_with("##FASTA")))
                return false;
            if (isBesideRows(line))
                continue;
            split(line);
            DS_ASSIGN(row, m_parser->parse(m_fields, m_reader));
            return true;
        }
    }
    [[nodiscard]] std::string where() const { return m_reader.where(); }

private:
    explicit TrackRows(TextReader reader) : m_reader(std::move(reader)) {}
    /// BED may have blanks between its columns.
    void split(std::string_view line) {
        const size_t most = m_parser ? m_parser->mostColumns() : MostTrackColumns;
        if (line.find('\t') != std::string_view::npos)
            splitFields(line, '\t', m_fields, most);
        else
            splitRow(line, ' ', m_fields, most);
        if (m_fields.size() < most) // else what is behind them may be no separator
            dropTrailingSeparators(m_fields, m_parser ? m_parser->columns() : 3);
    }

    TextReader m_reader;
    TrackFormat m_format = TrackFormat::VcfSites;
    std::vector<std::string_view> m_fields;
    std::optional<TrackRowParser> m_parser;
};

/// Exons of one transcript become one feature.
class TranscriptJoiner {
public:
    void add(const TrackRow& row, std::vector<TrackFeature>& features) {
        const auto exon = std::pair(row.feature.start, row.feature.end);
        for (const std::string& transcript : row.transcripts) {
            const auto [known, isNew] = m_featureOf.emplace(transcript, features.size());
            if (isNew) {
                features.push_back(row.feature);
                features.back().name = transcriptName(row.feature.name, transcript);
            }
            TrackFeature& joined = features[known->second];
            joined.start = std::min(joined.start, exon.first);
            joined.end = std::max(joined.end, exon.second);
            joined.blocks.push_back(exon);
        }
    }

private:
    std::unordered_map<std::string, size_t> m_featureOf;
};

bool overlaps(const TrackFeature& feature, const Region& region) {
    return feature.start < region.end && std::max(feature.end, feature.start + 1) > region.start;
}

} // namespace

std::string_view toText(TrackFormat format) {
    switch (format) {
    case TrackFormat::Bed:
        return "BED";
    case TrackFormat::NarrowPeak:
        return "narrowPeak";
    case TrackFormat::BedGraph:
        return "bedGraph";
    case TrackFormat::BigWig:
        return "bigWig";
    case TrackFormat::VcfSites:
        return "VCF sites";
    case TrackFormat::Transcripts:
        break;
    }
    return "transcripts";
}

Result<TrackHead> readTrackHead(TextReader reader, const fs::path& file) {
    constexpr int enough = 100;
    DS_ASSIGN(TrackRows rows, TrackRows::of(std::move(reader), file));
    TrackHead head{rows.format(), {}};
    std::optional<TrackRow> row;
    for (int i = 0; i < enough; ++i) {
        DS_ASSIGN(const bool more, rows.next(row));
        if (!more)
            break;
        if (row && head.contig.empty())
            head.contig = row->contig;
    }
    return head;
}

Result<TrackFormat> trackFormat(const fs::path& file) {
    if (beginsAsBigWig(file)) {
        DS_TRY(checkBigWig(file));
        return TrackFormat::BigWig;
    }
    DS_ASSIGN(TextReader reader, TextReader::open(file));
    DS_ASSIGN(const TrackHead head, readTrackHead(std::move(reader), file));
    return head.format;
}

Result<FileTrack> readTrack(const fs::path& file, const Region& region, const RunContext& context) {
    if (beginsAsBigWig(file))
        return readBigWigTrack(file, region, context);
    DS_ASSIGN(TextReader reader, TextReader::open(file));
    DS_ASSIGN(TrackRows rows, TrackRows::of(std::move(reader), file));
    FileTrack track;
    track.file = file;
    track.format = rows.format();
    const std::string wanted = canonicalContig(region.contig);
    std::string lastContig;
    bool isOnContig = false;
    TranscriptJoiner transcripts;
    size_t held = 0;
    std::optional<TrackRow> row;
    for (;;) {
        DS_ASSIGN(const bool more, rows.next(row, context));
        if (!more)
            break;
        ++track.records;
        if (!row)
            continue;
        if (row->contig != lastContig) {
            lastContig = row->contig;
            isOnContig = canonicalContig(lastContig) == wanted;
        }
        if (!isOnContig)
            continue;
        track.hasContig = true;
        const bool isExon = track.format == TrackFormat::Transcripts; // another one may be in the region
        if (!isExon && !overlaps(row->feature, region))
            continue;
        held += isExon ? row->transcripts.size() : 1 + row->feature.blocks.size();
        if (held > MostFeatures)
            return fail(ErrorKind::BadInput,
                        fmt::format("More than {} features and blocks are {} {}.", MostFeatures,
                                    isExon ? "on contig" : "in", isExon ? region.contig : toText(region)),
                        rows.where(), "Thin the file out, or keep the stretch that is looked at.");
        if (isExon)
            transcripts.add(*row, track.features);
        else
            track.features.push_back(std::move(row->feature));
    }
    std::erase_if(track.features, [&region](const TrackFeature& f) { return !overlaps(f, region); });
    for (TrackFeature& feature : track.features)
        std::sort(feature.blocks.begin(), feature.blocks.end());
    std::stable_sort(track.features.begin(), track.features.end(),
                     [](const TrackFeature& a, const TrackFeature& b) { return a.start < b.start; });
    return track;
}

} // namespace diploscope
