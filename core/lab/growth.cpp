// SPDX-License-Identifier: GPL-3.0-or-later
#include "lab/growth.h"

#include "io/table_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

namespace diploscope {

namespace {

Result<double> positiveNumber(const TableReader& table, size_t column) {
    DS_ASSIGN(const std::optional<double> number, table.number(column));
    if (!number || !(*number > 0))
        return fail(ErrorKind::BadInput,
                    fmt::format("`{}` is no number above 0.", std::string(table.text(column))), table.where(),
                    "Measure again, with larger sizes.");
    return *number;
}

Result<void> checkCurves(std::vector<GrowthCurve>& curves, const std::filesystem::path& file) {
    if (curves.empty())
        return fail(ErrorKind::BadInput, "The table has no row.", file.string());
    for (GrowthCurve& curve : curves) {
        std::ranges::sort(curve.points, {}, &GrowthPoint::size);
        const bool repeats =
            std::ranges::adjacent_find(curve.points, {}, &GrowthPoint::size) != curve.points.end();
        if (repeats || curve.points.size() < 2)
            return fail(
                ErrorKind::BadInput,
                fmt::format("`{}` is of {}.", curve.what, repeats ? "a size twice" : "one size alone"),
                file.string(), "Measure each step at two sizes or more, once each.");
    }
    return {};
}

} // namespace

Result<std::vector<GrowthCurve>> readGrowth(const std::filesystem::path& file) {
    DS_ASSIGN(TableReader table, TableReader::open(file));
    DS_ASSIGN(const size_t axis, table.column("axis"));
    DS_ASSIGN(const size_t what, table.column("what"));
    DS_ASSIGN(const size_t size, table.column("size"));
    DS_ASSIGN(const size_t cpu, table.column("cpu_s"));
    DS_ASSIGN(const size_t peak, table.column("peak_memory_mb"));
    std::vector<GrowthCurve> curves;
    for (;;) {
        DS_ASSIGN(const bool isThere, table.next());
        if (!isThere)
            break;
        auto curve = std::ranges::find_if(curves, [&](const GrowthCurve& each) {
            return each.axis == table.text(axis) && each.what == table.text(what);
        });
        if (curve == curves.end())
            curve = curves.insert(curve, {std::string(table.text(axis)), std::string(table.text(what)), {}});
        GrowthPoint point;
        DS_ASSIGN(point.size, positiveNumber(table, size));
        DS_ASSIGN(point.cpuSeconds, positiveNumber(table, cpu));
        DS_ASSIGN(point.peakMegabytes, positiveNumber(table, peak));
        curve->points.push_back(point);
    }
    DS_TRY(checkCurves(curves, file));
    return curves;
}

Exponent growthOf(const GrowthCurve& curve, double GrowthPoint::*number) {
    const auto count = static_cast<double>(curve.points.size());
    double meanX = 0, meanY = 0;
    for (const GrowthPoint& point : curve.points) {
        meanX += std::log(point.size) / count;
        meanY += std::log(point.*number) / count;
    }
    double products = 0, squares = 0;
    for (const GrowthPoint& point : curve.points) {
        const double x = std::log(point.size) - meanX;
        products += x * (std::log(point.*number) - meanY);
        squares += x * x;
    }
    const GrowthPoint &before = *std::prev(curve.points.end(), 2), &last = curve.points.back();
    return {products / squares, std::log(last.*number / before.*number) / std::log(last.size / before.size)};
}

} // namespace diploscope
