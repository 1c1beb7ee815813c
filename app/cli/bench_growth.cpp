// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/bench_growth.h"

#include "cli/options/console.h"
#include "lab/growth.h"
#ifdef DIPLOSCOPE_UI
#include "cli/requests/window_module.h"
#endif

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <memory>
#include <string>

namespace diploscope::cli {

namespace {

struct GrowthRequest {
    std::filesystem::path table;
    std::filesystem::path figure; ///< empty: none
};

/// A row a curve; a mark where an exponent is above what is wanted of all.
std::string exponentTable(const std::vector<GrowthCurve>& curves) {
    constexpr double Wanted = 1.1;
    std::string text = fmt::format("{:8} {:34} {:>24} {:>10} {:>7} {:>7} {:>8} {:>7} {:>7}\n", "axis", "what",
                                   "sizes", "cpu_s", "time", "last", "peak_mb", "memory", "last");
    for (const GrowthCurve& curve : curves) {
        const GrowthPoint& largest = curve.points.back();
        const Exponent time = growthOf(curve, &GrowthPoint::cpuSeconds);
        const Exponent memory = growthOf(curve, &GrowthPoint::peakMegabytes);
        const bool isHigh = std::max({time.all, time.last, memory.all, memory.last}) > Wanted;
        fmt::format_to(std::back_inserter(text),
                       "{:8} {:34} {:>24} {:10.4g} {:7.2f} {:7.2f} {:8.0f} {:7.2f} {:7.2f}{}\n", curve.axis,
                       curve.what, fmt::format("{:.0f} to {:.0f}", curve.points.front().size, largest.size),
                       largest.cpuSeconds, time.all, time.last, largest.peakMegabytes, memory.all,
                       memory.last, isHigh ? " *" : "");
    }
    return text +
           fmt::format("time and memory: exponents over all sizes, last between the two largest; * one "
                       "is above {}\n",
                       Wanted);
}

Result<void> tellGrowth(const GrowthRequest& request) {
    DS_ASSIGN(const std::vector<GrowthCurve> curves, readGrowth(request.table));
    sayText(exponentTable(curves));
#ifdef DIPLOSCOPE_UI
    if (!request.figure.empty()) {
        DS_ASSIGN(const WindowModule* window, windowModule());
        DS_TRY(window->drawGrowth(curves, request.figure));
        sayWritten(request.figure, false);
    }
#endif
    return {};
}

} // namespace

void addGrowthBenchmark(CLI::App& bench, int& exitCode) {
    const auto request = std::make_shared<GrowthRequest>();
    CLI::App* command = bench.add_subcommand(
        "growth", "With which power of their size steps grow, from a table of tests/bench/growth.py");
    command->add_option("TABLE", request->table, "axis, what, size, cpu_s, peak_memory_mb")->required();
#ifdef DIPLOSCOPE_UI
    command->add_option("--figure", request->figure, "Also draw it: SVG, PDF or PNG");
#endif
    command->callback([request, &exitCode] { exitCode = runCommand([&] { return tellGrowth(*request); }); });
}

} // namespace diploscope::cli
