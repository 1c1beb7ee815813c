// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/gff_parser.h"
#include "io/text_reader.h"
#include "io/track_reader.h"

#include <optional>
#include <string_view>
#include <vector>

namespace diploscope {

/// One row of a track's file, as TrackReader reads it. Inside core/io only.
struct TrackRow {
    std::string_view contig;                   ///< looks into the line
    TrackFeature feature;                      ///< of an exon: named as its gene where that is told
    std::vector<std::string_view> transcripts; ///< that an exon is one of the blocks of; look into the line
};

/// What rows of a file are, told by its first one. \param firstLine of the file; \param row the first that is
/// no comment; \param asked by a `track type=` line; may be empty
[[nodiscard]] std::optional<TrackFormat>
formatOf(std::string_view firstLine, const std::vector<std::string_view>& row, std::string_view asked);

/// At most MostNameBytes of what a file calls a feature; empty for a dot.
[[nodiscard]] std::string featureName(std::string_view text);

/// Whether a line is none of the rows.
[[nodiscard]] bool isBesideRows(std::string_view line);

/// Parses rows of one file. All rows of a BED have the columns of the first.
class TrackRowParser {
public:
    TrackRowParser(TrackFormat format, const std::vector<std::string_view>& first);

    /// \return nothing for a record that is not drawn: a GTF's genes, CDS and others
    [[nodiscard]] Result<std::optional<TrackRow>> parse(const std::vector<std::string_view>& fields,
                                                        const TextReader& reader) const;
    /// That a row has at least; empty ones behind them are separators at the end of a line.
    [[nodiscard]] size_t columns() const { return m_columns; }

private:
    [[nodiscard]] Result<TrackRow> parseBed(const std::vector<std::string_view>& fields,
                                            const TextReader& reader) const;
    [[nodiscard]] Result<TrackRow> parseVcf(const std::vector<std::string_view>& fields,
                                            const TextReader& reader) const;
    [[nodiscard]] Result<std::optional<TrackRow>> parseExon(const std::vector<std::string_view>& fields,
                                                            const TextReader& reader) const;

    TrackFormat m_format;
    size_t m_columns;
    std::optional<GffParser> m_gff;
    bool m_isGff3 = false;
};

} // namespace diploscope
