// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/expression_scan.h"

#include "io/expression_table.h"
#include "io/kept_file.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <utility>

namespace diploscope {

namespace {

constexpr size_t LineBytes = 4 + 8 + 4 + 8 + 4 + 1; ///< an empty id, a place, what was measured

} // namespace

MeasuredValues measuredIn(const Eigen::VectorXd& values) {
    MeasuredValues found;
    double least = std::numeric_limits<double>::infinity(), largest = -least;
    for (const double value : values)
        if (!std::isnan(value)) {
            ++found.count;
            least = std::min(least, value);
            largest = std::max(largest, value);
        }
    found.constant = least == largest;
    return found;
}

Result<ExpressionScan> scanLines(ExpressionTable& table, const std::vector<int64_t>& columns,
                                 ExpressionTransform transform, const RunContext& context) {
    constexpr size_t GenesBetweenLooks = 256;
    ExpressionScan scan;
    RankScores scores;
    for (;;) {
        if (scan.genes.size() % GenesBetweenLooks == 0)
            DS_TRY(context.checkpoint());
        DS_ASSIGN(const bool more, table.next());
        if (!more)
            return scan;
        const std::span<const double> all = table.values();
        scan.missing += std::count_if(all.begin(), all.end(), [](double value) { return std::isnan(value); });
        const Eigen::Map<const Eigen::VectorXd> row(all.data(), Eigen::Index(all.size()));
        const Eigen::VectorXd chosen = row(columns);
        Eigen::VectorXd values = chosen;
        const auto person = transformRow(values, transform, scores);
        if (person && (!scan.fault || *person < scan.fault->person))
            scan.fault = {*person, static_cast<int64_t>(scan.genes.size()), chosen[*person]};
        scan.measured.push_back(measuredIn(person ? chosen : values));
        scan.genes.emplace_back(table.id());
        scan.places.push_back(table.place());
        if (table.hasPositions())
            scan.positions.push_back(table.position());
        if (table.hasStrands())
            scan.strands += table.strand();
    }
}

std::string bytesOf(const ExpressionScan& scan) {
    KeptWriter writer;
    writer.put(scan.missing);
    writer.put(static_cast<uint8_t>(!scan.positions.empty()));
    writer.put(std::string_view(scan.strands));
    writer.put(static_cast<uint32_t>(scan.genes.size()));
    for (size_t i = 0; i < scan.genes.size(); ++i) {
        writer.put(std::string_view(scan.genes[i]));
        writer.put(scan.places[i].offset);
        writer.put(scan.places[i].length);
        writer.put(scan.places[i].sum);
        writer.put(scan.measured[i].count);
        writer.put(static_cast<uint8_t>(scan.measured[i].constant));
        if (scan.positions.empty())
            continue;
        writer.put(std::string_view(scan.positions[i].contig));
        writer.put(scan.positions[i].start);
        writer.put(scan.positions[i].end);
    }
    return writer.bytes();
}

std::optional<ExpressionScan> scanIn(std::string_view bytes) {
    KeptReader reader(bytes);
    ExpressionScan scan;
    scan.missing = reader.number<int64_t>();
    const bool hasPositions = reader.number<uint8_t>() != 0;
    scan.strands = reader.text();
    const size_t genes = reader.count(LineBytes);
    for (size_t i = 0; i < genes; ++i) {
        scan.genes.push_back(reader.text());
        LinePlace& place = scan.places.emplace_back();
        place.offset = reader.number<int64_t>();
        place.length = reader.number<uint32_t>();
        place.sum = reader.number<uint64_t>();
        MeasuredValues& measured = scan.measured.emplace_back();
        measured.count = reader.number<int32_t>();
        measured.constant = reader.number<uint8_t>() != 0;
        if (!hasPositions)
            continue;
        Region& position = scan.positions.emplace_back();
        position.contig = reader.text();
        position.start = reader.number<int64_t>();
        position.end = reader.number<int64_t>();
    }
    const bool fits = scan.strands.empty() || scan.strands.size() == genes;
    return reader.isAtEnd() && fits ? std::optional(std::move(scan)) : std::nullopt;
}

} // namespace diploscope
