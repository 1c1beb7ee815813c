// SPDX-License-Identifier: GPL-3.0-or-later
#include "results/published_saturation.h"

#include "genome/annotation.h"
#include "io/table_reader.h"
#include "stats/coherence.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <limits>
#include <optional>

namespace diploscope {

namespace {

constexpr Eigen::Index SaturatedPositions = 2 * CoherenceReach + 1;

/// Columns of a saturation by name.
struct SaturationColumns {
    size_t gene, position, background, sequence, offset;
    std::array<size_t, 4> effects;

    [[nodiscard]] static Result<SaturationColumns> find(const TableReader& table) {
        SaturationColumns columns{};
        DS_ASSIGN(columns.gene, table.column("gene_id"));
        DS_ASSIGN(columns.position, table.column("position"));
        DS_ASSIGN(columns.background, table.column("background"));
        DS_ASSIGN(columns.sequence, table.column("sequence"));
        DS_ASSIGN(columns.offset, table.column("offset"));
        constexpr std::array<const char*, 4> bases{"A", "C", "G", "T"};
        for (size_t base = 0; base < bases.size(); ++base) {
            DS_ASSIGN(columns.effects[base], table.column(bases[base]));
        }
        return columns;
    }
};

DriverSaturation::Background emptyBackground() {
    return {std::string(SaturatedPositions, ' '), Eigen::MatrixXd::Zero(SaturatedPositions, 4)};
}

/// One row into its driver.
Result<void> takeRow(const TableReader& table, const SaturationColumns& columns, DriverSaturation& driver) {
    const std::string_view background = table.text(columns.background);
    if (background != "reference" && background != "variant")
        return fail(
            ErrorKind::BadInput,
            fmt::format("The background `{}` is neither reference nor variant.", background.substr(0, 40)),
            table.where(), "Write reference or variant.");
    const std::string_view base = table.text(columns.sequence);
    if (base.size() != 1 || std::string_view("ACGTN").find(base) == std::string_view::npos)
        return fail(ErrorKind::BadInput, fmt::format("`{}` is no base.", base.substr(0, 40)), table.where(),
                    "The column `sequence` has the base that stands there: A, C, G, T or N.");
    DS_ASSIGN(const int64_t offset, table.integer(columns.offset));
    if (offset < -CoherenceReach || offset > CoherenceReach)
        return fail(ErrorKind::BadInput,
                    fmt::format("An offset of {} is beyond {} bp.", offset, CoherenceReach), table.where(),
                    "Offsets go from -20 to 20.");
    DriverSaturation::Background& own = background == "reference" ? driver.reference : driver.variant;
    const int64_t place = offset + CoherenceReach;
    char& known = own.bases[static_cast<size_t>(place)];
    if (known != ' ')
        return fail(ErrorKind::BadInput,
                    fmt::format("The offset {} of {}:{} stands there twice.", offset, driver.gene,
                                driver.position + 1),
                    table.where(), "Remove one of the rows.");
    known = base.front();
    for (size_t b = 0; b < columns.effects.size(); ++b) {
        DS_ASSIGN(const std::optional<double> effect, table.number(columns.effects[b]));
        if (!effect || !std::isfinite(*effect))
            return fail(ErrorKind::BadInput, "An effect is missing.", table.where(),
                        "Every position needs the effects of A, C, G and T.");
        own.effects(place, static_cast<Eigen::Index>(b)) = *effect;
    }
    return {};
}

} // namespace

Result<std::vector<DriverSaturation>> readDriverSaturation(const std::filesystem::path& file,
                                                           const RunContext& context) {
    DS_ASSIGN(TableReader table, TableReader::open(file));
    DS_ASSIGN(const SaturationColumns columns, SaturationColumns::find(table));
    std::vector<DriverSaturation> drivers;
    std::unordered_map<std::string, size_t> places;
    for (int64_t line = 0;; ++line) {
        if (line % 1024 == 0)
            DS_TRY(context.checkpoint());
        DS_ASSIGN(const bool more, table.next());
        if (!more)
            break;
        DS_ASSIGN(const int64_t position, table.integer(columns.position));
        if (position < 1)
            return fail(ErrorKind::BadInput, fmt::format("A position of {} is none.", position),
                        table.where(), "Positions are 1-based.");
        const std::string gene(table.text(columns.gene));
        const auto [known, isNew] = places.try_emplace(fmt::format("{}:{}", gene, position), drivers.size());
        if (isNew)
            drivers.push_back({gene, position - 1, emptyBackground(), emptyBackground()});
        DS_TRY(takeRow(table, columns, drivers[known->second]));
    }
    for (const DriverSaturation& driver : drivers)
        for (const auto& [background, name] :
             {std::pair(&driver.reference, "reference"), std::pair(&driver.variant, "variant")})
            if (const size_t gap = background->bases.find(' '); gap != std::string::npos)
                return fail(ErrorKind::BadInput,
                            fmt::format("{}:{} lacks the offset {} on the {} background.", driver.gene,
                                        driver.position + 1, static_cast<int64_t>(gap) - CoherenceReach,
                                        name),
                            file.string(), "Each driver needs offsets from -20 to 20 on both backgrounds.");
    if (drivers.empty())
        return fail(ErrorKind::BadInput, "The table has no driver.", file.string());
    return drivers;
}

Result<std::unordered_map<std::string, double>> readLargestAttributions(const std::filesystem::path& file) {
    DS_ASSIGN(TextReader reader, TextReader::open(file));
    std::unordered_map<std::string, double> largest;
    std::vector<std::string_view> fields;
    for (std::string_view line;;) {
        DS_ASSIGN(const bool more, reader.next(line));
        if (!more)
            break;
        if (line.find_first_not_of(" \t") == std::string_view::npos || line.starts_with('#'))
            continue;
        splitRow(line, line.find('\t') == std::string_view::npos ? ' ' : '\t', fields);
        double value = 0;
        if (fields.size() < 3 || !parseNumber(fields[2], value) || !(value > 0) ||
            !(value <= std::numeric_limits<double>::max()))
            return fail(ErrorKind::BadInput,
                        "It does not say a gene and numbers, the second of them above 0.", reader.where(),
                        "Lines are `gene number number number`, without a header.");
        const std::string gene(splitGeneId(fields[0]).id);
        if (!largest.emplace(gene, value).second)
            return fail(ErrorKind::BadInput, fmt::format("The gene {} is listed twice.", gene),
                        reader.where(), "Remove one of the lines.");
    }
    if (largest.empty())
        return fail(ErrorKind::BadInput, "The file lists no gene.", file.string());
    return largest;
}

} // namespace diploscope
