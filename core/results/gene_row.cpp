// SPDX-License-Identifier: GPL-3.0-or-later
#include "results/gene_row.h"

#include <algorithm>
#include <cmath>

namespace diploscope {

Variant DriverRow::variant() const {
    // Files of others may hold any number; what no contig has is told as place 0.
    constexpr double largest = 1LL << 53U;
    const double told = position.value_or(0);
    return {chrom, told > 0 && told <= largest ? std::llrint(told) - 1 : -1, ref, alt};
}

Support supportOf(std::span<const DriverRow> drivers) {
    Support support;
    for (const DriverRow& driver : drivers)
        support.add(driver.verdict(), driver.undecidable == 1.0, driver.gain.value_or(0));
    return support;
}

void summariseDrivers(GeneRow& gene) {
    if (gene.drivers.empty())
        return;
    std::stable_sort(gene.drivers.begin(), gene.drivers.end(), [](const DriverRow& a, const DriverRow& b) {
        return a.gain.value_or(0) > b.gain.value_or(0);
    });
    gene.driverCount = static_cast<double>(gene.drivers.size());
    const Support support = supportOf(gene.drivers);
    gene.fractionSupported = support.fraction();
    gene.fractionSupportedWeighted = support.fractionByGain();
    gene.supportedCount = double(support.supported);
    gene.unsupportedCount = double(support.unsupported);
    const bool looked = std::any_of(gene.drivers.begin(), gene.drivers.end(),
                                    [](const DriverRow& driver) { return driver.undecidable.has_value(); });
    if (looked)
        gene.undecidableCount = double(support.undecidable);

    const auto marked = std::find_if(gene.drivers.begin(), gene.drivers.end(),
                                     [](const DriverRow& driver) { return driver.main == 1.0; });
    const DriverRow& main = marked == gene.drivers.end() ? gene.drivers.front() : *marked;
    gene.mainDriver = toText(main.variant());
    gene.mainIsm = main.ism;
    gene.mainSlope = main.eqtlSlope;
    gene.mainDistance = main.distanceToTss;
    gene.mainGain = main.gain;
    gene.mainSupported = main.supported;
}

} // namespace diploscope
