// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/gff_parser.h"
#include "io/text_reader.h"
#include "io/track_reader.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace diploscope {

/// Columns of a row that are looked at: no format has as many.
inline constexpr size_t MostTrackColumns = 100;

/// One row of a track's file, as readTrack() reads it. Inside core/io only.
struct TrackRow {
    std::string_view contig;              ///< looks into the line
    TrackFeature feature;                 ///< of an exon: its gene's name
    std::vector<std::string> transcripts; ///< of an exon: the feature is one of their blocks
};

/// "file, line 12" of the row in hand, asked for by errors alone.
using RowPlace = std::function<std::string()>;

/// What rows of a file are, told by its first one. \param firstLine of the file; \param row the first that is
/// no comment; \param asked by a `track type=` line; may be empty
[[nodiscard]] std::optional<TrackFormat>
formatOf(std::string_view firstLine, const std::vector<std::string_view>& row, std::string_view asked);

/// At most MostNameBytes of what a file calls a feature; empty for a dot.
[[nodiscard]] std::string featureName(std::string_view text);

/// Whether a line is none of the rows.
[[nodiscard]] bool isBesideRows(std::string_view line);

/// "bed" of `track type="bed" name=x`, lower case; empty where it says none.
[[nodiscard]] std::string typeOfTrackLine(std::string_view line);

/// "GENA ENST1", no longer than names are.
[[nodiscard]] std::string transcriptName(std::string_view gene, std::string_view transcript);

/// Parses rows of one file. All rows of a BED have the columns of the first.
class TrackRowParser {
public:
    TrackRowParser(TrackFormat format, const std::vector<std::string_view>& first);

    /// Those of a VCF's people are not looked at.
    [[nodiscard]] size_t mostColumns() const {
        return m_format == TrackFormat::VcfSites ? VcfColumns : MostTrackColumns;
    }

    /// \return nothing for a record that is not drawn: a GTF's genes, CDS and others
    [[nodiscard]] Result<std::optional<TrackRow>> parse(const std::vector<std::string_view>& fields,
                                                        const RowPlace& where) const;
    /// That a row has at least; empty ones behind them are separators at the end of a line.
    [[nodiscard]] size_t columns() const { return m_columns; }

private:
    static constexpr size_t VcfColumns = 8;

    [[nodiscard]] Result<TrackRow> parseBed(const std::vector<std::string_view>& fields,
                                            const RowPlace& where) const;
    [[nodiscard]] Result<TrackRow> parseVcf(const std::vector<std::string_view>& fields,
                                            const RowPlace& where) const;
    [[nodiscard]] Result<std::optional<TrackRow>> parseExon(const std::vector<std::string_view>& fields,
                                                            const RowPlace& where) const;

    TrackFormat m_format;
    size_t m_columns;
    std::optional<GffParser> m_gff;
    bool m_isGff3 = false;
};

} // namespace diploscope
