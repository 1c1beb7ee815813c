// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/track_rows.h"

#include "base/words.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace diploscope {

namespace {

constexpr size_t MostBlocks = 100'000;
constexpr size_t LongestTranscriptId = 1000;
constexpr size_t MostTranscripts = 1000; ///< of one exon

bool isPosition(std::string_view text, int64_t& value) {
    return parseInteger(text, value) && value >= 0 && value <= LargestPosition;
}

bool isStrand(std::string_view text) {
    return text == "+" || text == "-" || text == "." || text == "?";
}

std::optional<Strand> strandOf(std::string_view text) {
    if (text == "+")
        return Strand::Forward;
    return text == "-" ? std::optional(Strand::Reverse) : std::nullopt;
}

Failure badField(const RowPlace& where, std::string_view field, std::string_view expected) {
    return fail(ErrorKind::BadInput,
                fmt::format("`{}` is {}.", field.substr(0, 40), expected.empty() ? "no number" : expected),
                where(), "Correct the row, or take the file as its source has it.");
}

/// "10,20,30," of as many numbers as are said.
bool parseBlocks(std::string_view text, size_t count, std::vector<int64_t>& numbers) {
    std::vector<std::string_view> parts;
    splitFields(text, ',', parts, count + 2);
    if (parts.size() == count + 1)
        dropTrailingSeparators(parts, count);
    if (parts.size() != count)
        return false;
    for (const std::string_view part : parts) {
        int64_t value = 0;
        if (!isPosition(part, value))
            return false;
        numbers.push_back(value);
    }
    return true;
}

} // namespace

std::string featureName(std::string_view text) {
    if (text == ".")
        return {};
    size_t length = std::min(text.size(), MostNameBytes);
    while (length < text.size() && length > 0 && (static_cast<unsigned char>(text[length]) & 0xC0) == 0x80)
        --length; // not within a letter
    return std::string(text.substr(0, length));
}

bool isBesideRows(std::string_view line) {
    const auto isWord = [line](std::string_view word) {
        return line.starts_with(word) &&
               (line.size() == word.size() || line[word.size()] == ' ' || line[word.size()] == '\t');
    };
    return trimmed(line).empty() || line.front() == '#' || isWord("track") || isWord("browser");
}

std::string typeOfTrackLine(std::string_view line) {
    constexpr std::string_view key = "type=";
    size_t type = line.starts_with("track") ? line.find(key) : std::string_view::npos;
    while (type != std::string_view::npos && line[type - 1] != ' ' && line[type - 1] != '\t')
        type = line.find(key, type + 1);
    if (type == std::string_view::npos)
        return {};
    const std::string_view word = line.substr(type + key.size());
    const bool isQuoted = word.starts_with('"') || word.starts_with('\'');
    const size_t end = isQuoted ? word.find(word.front(), 1) : word.find_first_of(" \t");
    return lowerCase(word.substr(isQuoted ? 1 : 0, isQuoted ? end - 1 : end));
}

std::string transcriptName(std::string_view gene, std::string_view transcript) {
    return featureName(gene.empty() ? std::string(transcript) : fmt::format("{} {}", gene, transcript));
}

std::optional<TrackFormat> formatOf(std::string_view firstLine, const std::vector<std::string_view>& row,
                                    std::string_view asked) {
    int64_t start = 0;
    int64_t end = 0;
    if (firstLine.starts_with("##fileformat=VCF"))
        return TrackFormat::VcfSites;
    if (row.size() == 9 && isPosition(row[3], start) && isPosition(row[4], end) && isStrand(row[6]))
        return TrackFormat::Transcripts;
    if (row.size() < 3 || !isPosition(row[1], start) || !isPosition(row[2], end))
        return std::nullopt;
    double number = 0;
    // A dot is a name that nobody gave, and where a file says that it is a bedGraph a value that is not
    // known.
    if (row.size() == 4 && asked != "bed" && (row[3] != "." || asked == "bedgraph") &&
        parseNumber(row[3], number))
        return TrackFormat::BedGraph;
    int64_t summit = 0;
    if (row.size() == 10 && isStrand(row[5]) && parseNumber(row[6], number) && parseInteger(row[9], summit))
        return TrackFormat::NarrowPeak;
    if (row.size() > 12)
        return std::nullopt;
    return TrackFormat::Bed;
}

TrackRowParser::TrackRowParser(TrackFormat format, const std::vector<std::string_view>& first)
    : m_format(format), m_columns(first.size()) {
    if (format != TrackFormat::Transcripts)
        return;
    const GffParser::Style style = GffParser::styleOf(first[8]);
    m_isGff3 = style == GffParser::Style::Gff3;
    m_gff.emplace(style);
}

Result<std::optional<TrackRow>> TrackRowParser::parse(const std::vector<std::string_view>& fields,
                                                      const RowPlace& where) const {
    if (m_format == TrackFormat::Transcripts)
        return parseExon(fields, where);
    DS_ASSIGN(TrackRow row,
              m_format == TrackFormat::VcfSites ? parseVcf(fields, where) : parseBed(fields, where));
    return std::optional(std::move(row));
}

Result<TrackRow> TrackRowParser::parseBed(const std::vector<std::string_view>& fields,
                                          const RowPlace& where) const {
    if (fields.size() != m_columns)
        return fail(ErrorKind::BadInput,
                    fmt::format("The row has {}{} columns, the first one has {}.",
                                fields.size() < MostTrackColumns ? "" : "at least ", fields.size(),
                                m_columns),
                    where(), "Give every row the same columns: the file was cut off or edited.");
    TrackRow row;
    row.contig = fields[0];
    TrackFeature& feature = row.feature;
    if (fields[0].empty())
        return badField(where, fields[0], "no contig");
    if (!isPosition(fields[1], feature.start))
        return badField(where, fields[1], "no start");
    if (!isPosition(fields[2], feature.end) || feature.end < feature.start)
        return badField(where, fields[2], "no end behind the start");
    const auto number = [&](size_t column) -> Result<void> {
        double value = 0;
        if (!parseNumber(fields[column], value))
            return badField(where, fields[column], {});
        if (std::abs(value) <= LargestTrackValue) // no NaN either
            feature.value = value;
        return {};
    };
    if (m_format == TrackFormat::BedGraph) {
        DS_TRY(number(3));
        return row;
    }
    if (fields.size() > 3)
        feature.name = featureName(fields[3]);
    if (fields.size() > 5) {
        if (!isStrand(fields[5]))
            return badField(where, fields[5], "no strand");
        feature.strand = strandOf(fields[5]);
    }
    if (m_format == TrackFormat::NarrowPeak) {
        DS_TRY(number(6));
        int64_t summit = 0;
        if (!parseInteger(fields[9], summit))
            return badField(where, fields[9], "no summit");
        if (summit >= 0 && summit <= feature.end - feature.start)
            feature.summit = feature.start + summit;
        else if (summit != -1)
            return badField(where, fields[9], "a summit outside of its peak");
        return row;
    }
    if (fields.size() > 4)
        DS_TRY(number(4));
    if (fields.size() < 12)
        return row;
    int64_t count = 0;
    std::vector<int64_t> sizes;
    std::vector<int64_t> starts;
    if (!parseInteger(fields[9], count) || count < 1 || static_cast<size_t>(count) > MostBlocks)
        return badField(where, fields[9], "no number of blocks");
    if (!parseBlocks(fields[10], static_cast<size_t>(count), sizes) ||
        !parseBlocks(fields[11], static_cast<size_t>(count), starts))
        return badField(where, fields[10], "no list of that many blocks");
    for (size_t i = 0; i < sizes.size(); ++i) {
        const int64_t start = feature.start + starts[i];
        if (start + sizes[i] > feature.end)
            return badField(where, fields[11], "a block beyond its feature");
        feature.blocks.emplace_back(start, start + sizes[i]);
    }
    std::sort(feature.blocks.begin(), feature.blocks.end());
    return row;
}

Result<TrackRow> TrackRowParser::parseVcf(const std::vector<std::string_view>& fields,
                                          const RowPlace& where) const {
    if (fields.size() < 8)
        return fail(ErrorKind::BadInput,
                    fmt::format("The record has {} columns; a VCF has at least 8.", fields.size()), where(),
                    "The file was cut off or edited: get it again.");
    TrackRow row;
    row.contig = fields[0];
    int64_t position = 0;
    if (fields[0].empty() || !isPosition(fields[1], position) || position < 1)
        return badField(where, fields[1], "no position");
    if (fields[3].empty() || fields[4].empty())
        return badField(where, fields[3], "no allele");
    row.feature.start = position - 1;
    row.feature.end = row.feature.start + static_cast<int64_t>(fields[3].size());
    row.feature.name = featureName(fields[2]);
    if (!row.feature.name.empty())
        row.feature.name += ' ';
    row.feature.name += featureName(fields[3]) + ">" + featureName(fields[4]);
    row.feature.name = featureName(row.feature.name);
    return row;
}

Result<std::optional<TrackRow>> TrackRowParser::parseExon(const std::vector<std::string_view>& fields,
                                                          const RowPlace& where) const {
    if (fields.size() != 9)
        return fail(ErrorKind::BadInput,
                    fmt::format("The record has {} columns instead of 9.", fields.size()), where(),
                    "The file was cut off or edited: get it again.");
    TrackRow row;
    row.contig = fields[0];
    TrackFeature& feature = row.feature;
    int64_t start = 0;
    if (!isPosition(fields[3], start) || start < 1)
        return badField(where, fields[3], "no start");
    if (!isPosition(fields[4], feature.end) || feature.end < start)
        return badField(where, fields[4], "no end behind the start");
    feature.start = start - 1;
    if (!isStrand(fields[6]))
        return badField(where, fields[6], "no strand");
    feature.strand = strandOf(fields[6]);
    if (fields[2] != "exon")
        return std::optional<TrackRow>();
    const std::string_view of = m_gff->attribute(fields[8], m_isGff3 ? "Parent" : "transcript_id");
    std::vector<std::string_view> transcripts{of};
    if (m_isGff3)
        splitFields(of, ',', transcripts, MostTranscripts + 1); // an exon may be part of several
    if (transcripts.size() > MostTranscripts)
        return badField(where, of, "of more transcripts than any exon is");
    for (const std::string_view transcript : transcripts) {
        if (transcript.empty())
            return badField(where, fields[8], "without a transcript");
        if (transcript.size() > LongestTranscriptId)
            return badField(where, transcript, "longer than any transcript's id");
        row.transcripts.emplace_back(transcript);
    }
    feature.name = featureName(m_gff->attribute(fields[8], "gene_name"));
    return std::optional(std::move(row));
}

} // namespace diploscope
