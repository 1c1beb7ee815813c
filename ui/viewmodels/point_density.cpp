// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/point_density.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace diploscope::ui {
namespace {

constexpr int side = 96;
constexpr int reach = 4; ///< cells, beyond which the Gaussian is taken to be 0
constexpr double width = 1.5;

/// The cell of each value, 0 to side - 1.
std::vector<int> cellsOf(const std::vector<double>& values) {
    const auto [least, most] = std::minmax_element(values.begin(), values.end());
    const double span = *most - *least;
    std::vector<int> cells;
    cells.reserve(values.size());
    for (const double value : values)
        cells.push_back(span > 0 ? std::min(static_cast<int>((value - *least) / span * side), side - 1) : 0);
    return cells;
}

/// Smooths along one axis. \param step from a cell to the next along it \param line from a row to the next
std::vector<double> smoothed(const std::vector<double>& grid, int step, int line) {
    std::array<double, 2 * reach + 1> weights{};
    for (int k = -reach; k <= reach; ++k)
        weights[static_cast<size_t>(k + reach)] = std::exp(-0.5 * k * k / (width * width));
    std::vector<double> result(grid.size());
    for (int row = 0; row < side; ++row) {
        for (int i = 0; i < side; ++i) {
            double sum = 0;
            for (int k = std::max(-reach, -i); k <= std::min(reach, side - 1 - i); ++k)
                sum += weights[static_cast<size_t>(k + reach)] *
                       grid[static_cast<size_t>(row * line + (i + k) * step)];
            result[static_cast<size_t>(row * line + i * step)] = sum;
        }
    }
    return result;
}

} // namespace

std::vector<double> pointDensity(const std::vector<double>& x, const std::vector<double>& y) {
    if (x.empty())
        return {};
    const std::vector<int> columns = cellsOf(x);
    const std::vector<int> rows = cellsOf(y);
    const auto cell = [&](size_t i) { return static_cast<size_t>(rows[i] * side + columns[i]); };
    std::vector<double> grid(size_t{side} * side, 0.0);
    for (size_t i = 0; i < x.size(); ++i)
        grid[cell(i)] += 1;
    grid = smoothed(smoothed(grid, 1, side), side, 1);
    const double most = *std::max_element(grid.begin(), grid.end());
    std::vector<double> density;
    density.reserve(x.size());
    for (size_t i = 0; i < x.size(); ++i)
        density.push_back(grid[cell(i)] / most);
    return density;
}

} // namespace diploscope::ui
