// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/track_reader.h"

#include "base/utf8.h"
#include "genome/contig_names.h"
#include "io/bigwig_file.h"
#include "io/bigwig_track.h"
#include "io/indexed_lines.h"
#include "io/track_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <set>
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

    /// From here on rows are those that an index leads to.
    void goOnIn(IndexedLines lines) { m_indexed = std::move(lines); }
    [[nodiscard]] IndexedLines& indexed() { return *m_indexed; }

    /// \return false at the end
    Result<bool> next(std::optional<TrackRow>& row, const RunContext& context = {}) {
        for (std::string_view line;;) {
            DS_TRY(context.checkpoint());
            DS_ASSIGN(const bool more, m_indexed ? m_indexed->next(line) : m_reader.next(line));
            if (!more || (m_format == TrackFormat::Transcripts && line.starts_with("##FASTA")))
                return false;
            if (isBesideRows(line))
                continue;
            split(line);
            DS_ASSIGN(row, m_parser->parse(m_fields, [this] { return where(); }));
            return true;
        }
    }
    [[nodiscard]] std::string where() const { return m_indexed ? m_indexed->where() : m_reader.where(); }

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
    std::optional<IndexedLines> m_indexed;
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

/// Of the names by which PLINK's numbers are told, numbers and letters.
constexpr size_t LongestPlinkName = 2;

/// Keeps of all rows what lies in the region.
class TrackCollector {
public:
    /// \param wanted what the file calls the region's contig, canonicalContig()
    TrackCollector(const fs::path& file, TrackFormat format, const Region& region,
                   std::vector<std::string> wanted)
        : m_region(region), m_wanted(std::move(wanted)) {
        m_track.file = file;
        m_track.format = format;
    }

    /// \param row none: a record that is not drawn \param rows that it is of
    Result<void> add(std::optional<TrackRow>& row, const TrackRows& rows) {
        ++m_track.records;
        if (!row)
            return {};
        if (row->contig != m_lastContig) {
            m_lastContig = row->contig;
            std::string name = canonicalContig(m_lastContig);
            m_isOnContig = std::find(m_wanted.begin(), m_wanted.end(), name) != m_wanted.end();
            if (name.size() <= LongestPlinkName)
                m_shortNames.insert(std::move(name));
        }
        if (!m_isOnContig)
            return {};
        m_track.hasContig = true;
        const bool isExon = m_track.format == TrackFormat::Transcripts; // another one may be in the region
        if (!isExon && !overlaps(row->feature, m_region))
            return {};
        m_held += isExon ? row->transcripts.size() : 1 + row->feature.blocks.size();
        if (m_held > MostFeatures)
            return fail(ErrorKind::BadInput,
                        fmt::format("More than {} features and blocks are {} {}.", MostFeatures,
                                    isExon ? "on contig" : "in", isExon ? m_region.contig : toText(m_region)),
                        rows.where(), "Thin the file out, or keep the stretch that is looked at.");
        if (isExon)
            m_transcripts.add(*row, m_track.features);
        else
            m_track.features.push_back(std::move(row->feature));
        return {};
    }
    /// What else the region's contig is called, which all rows tell: X is 23 where nothing is X.
    [[nodiscard]] std::vector<std::string> plinkNames() const {
        if (m_track.hasContig)
            return {};
        return matchingContigs(m_region.contig, {m_shortNames.begin(), m_shortNames.end()});
    }
    /// The file has rows on the region's contig, whether or not any of them is met.
    void meetContig() { m_track.hasContig = true; }

    [[nodiscard]] FileTrack track() && {
        std::erase_if(m_track.features, [this](const TrackFeature& f) { return !overlaps(f, m_region); });
        for (TrackFeature& feature : m_track.features)
            std::sort(feature.blocks.begin(), feature.blocks.end());
        std::stable_sort(m_track.features.begin(), m_track.features.end(),
                         [](const TrackFeature& a, const TrackFeature& b) { return a.start < b.start; });
        return std::move(m_track);
    }

private:
    Region m_region;
    std::vector<std::string> m_wanted;
    FileTrack m_track;
    std::string m_lastContig;
    std::set<std::string> m_shortNames; ///< of contigs, canonicalContig()
    bool m_isOnContig = false;
    TranscriptJoiner m_transcripts;
    size_t m_held = 0;
};

/// All rows that there are to read.
Result<void> collectAll(TrackRows& rows, TrackCollector& collected, const RunContext& context) {
    std::optional<TrackRow> row;
    for (;;) {
        DS_ASSIGN(const bool more, rows.next(row, context));
        if (!more)
            return {};
        DS_TRY(collected.add(row, rows));
    }
}

IndexedLayout layoutOf(TrackFormat format) {
    switch (format) {
    case TrackFormat::VcfSites:
        return IndexedLayout::Vcf;
    case TrackFormat::Transcripts:
        return IndexedLayout::Gff;
    default:
        return IndexedLayout::Bed;
    }
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

std::vector<fs::path> unusedTrackIndexes(const fs::path& file, TrackFormat format) {
    return format == TrackFormat::BigWig ? std::vector<fs::path>() : unusedIndexes(file, layoutOf(format));
}

Result<FileTrack> readTrack(const fs::path& file, const Region& region, const RunContext& context) {
    if (beginsAsBigWig(file))
        return readBigWigTrack(file, region, context);
    DS_ASSIGN(TextReader reader, TextReader::open(file));
    DS_ASSIGN(TrackRows rows, TrackRows::of(std::move(reader), file));
    std::optional<IndexedLines> lines;
    if (!region.contig.empty()) {
        DS_ASSIGN(lines, IndexedLines::open(file, layoutOf(rows.format())));
    }
    if (!lines) {
        TrackCollector collected(file, rows.format(), region, {canonicalContig(region.contig)});
        DS_TRY(collectAll(rows, collected, context));
        std::vector<std::string> names = collected.plinkNames();
        if (names.empty())
            return std::move(collected).track();
        DS_ASSIGN(reader, TextReader::open(file));
        DS_ASSIGN(TrackRows again, TrackRows::of(std::move(reader), file));
        TrackCollector renamed(file, again.format(), region, std::move(names));
        DS_TRY(collectAll(again, renamed, context));
        return std::move(renamed).track();
    }
    // A transcript reaches as far as its exons do, wherever these are. What has no length stands in the index
    // with the base before it.
    const bool isWholeContig = rows.format() == TrackFormat::Transcripts;
    const int64_t start = isWholeContig ? 0 : region.start - 1;
    const int64_t end = isWholeContig ? std::numeric_limits<int64_t>::max() : region.end;
    rows.goOnIn(std::move(*lines));
    const std::vector<std::string> contigs = rows.indexed().contigs();
    std::vector<std::string> legible;
    for (const std::string& contig : contigs)
        legible.push_back(validUtf8(contig));
    const std::vector<std::string> names = matchingContigs(region.contig, legible);
    std::vector<std::string> wanted;
    for (const std::string& name : names)
        wanted.push_back(canonicalContig(name));
    TrackCollector collected(file, rows.format(), region, std::move(wanted));
    for (size_t i = 0; i < contigs.size(); ++i)
        if (std::find(names.begin(), names.end(), legible[i]) != names.end()) {
            collected.meetContig();
            DS_TRY(rows.indexed().seek(contigs[i], start, end));
            DS_TRY(collectAll(rows, collected, context));
        }
    return std::move(collected).track();
}

} // namespace diploscope
