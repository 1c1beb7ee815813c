// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/genome_summary.h"

#include "analysis/provenance.h"
#include "base/json_text.h"
#include "stats/correlation.h"

#include <algorithm>
#include <cmath>

namespace diploscope {

namespace {

std::optional<double> meanOf(const std::vector<double>& values) {
    if (values.empty())
        return std::nullopt;
    double sum = 0;
    for (const double value : values)
        sum += value;
    return sum / static_cast<double>(values.size());
}

void addDrivers(const GeneRow& gene, GenomeSummary::Drivers& drivers, std::vector<double>& positive,
                std::vector<double>& negative) {
    if (gene.drivers.empty())
        return;
    ++drivers.genes;
    drivers.drivers += static_cast<int64_t>(gene.drivers.size());
    const Support support = supportOf(gene.drivers);
    drivers.supported += support.supported;
    drivers.unsupported += support.unsupported;
    drivers.undecidable += support.undecidable;
    for (const DriverRow& driver : gene.drivers) {
        drivers.main += driver.main == 1.0;
        drivers.within1000 += driver.distanceToTss && std::abs(*driver.distanceToTss) <= NearTss;
    }
    if (!gene.r || std::abs(*gene.r) <= NotableR)
        return;
    ++(*gene.r > 0 ? drivers.genesPositive : drivers.genesNegative);
    if (gene.fractionSupported)
        (*gene.r > 0 ? positive : negative).push_back(*gene.fractionSupported);
}

} // namespace

GenomeSummary summarise(const GenomeTable& table) {
    GenomeSummary summary;
    summary.model = table.model();
    summary.phenotypes = phenotypesOf(table.provenance());
    summary.null = table.null();
    summary.genes = static_cast<int64_t>(table.rowCount());
    const std::vector<double>& q = table.numbers(*table.findColumn("q"));

    std::vector<double> r, bothAbsolute, bothR, bothPredixcan, positive, negative;
    for (size_t row = 0; row < table.rowCount(); ++row) {
        const GeneRow& gene = table.genes()[row];
        addDrivers(gene, summary.drivers, positive, negative);
        if (!gene.r)
            continue;
        r.push_back(*gene.r);
        summary.notTestable += gene.nullTestable == 0.0;
        if (q[row] <= FalseDiscoveryRate) {
            ++summary.significant;
            summary.significantNegative += *gene.r < 0;
        }
        if (gene.predixcanR) {
            bothAbsolute.push_back(std::abs(*gene.r));
            bothR.push_back(*gene.r);
            bothPredixcan.push_back(*gene.predixcanR);
            summary.predixcan.above += *gene.predixcanR > NotableR;
        }
    }
    summary.withR = static_cast<int64_t>(r.size());
    summary.meanR = meanOf(r);
    if (!r.empty()) {
        const auto [smallest, largest] = std::minmax_element(r.begin(), r.end());
        summary.smallestR = *smallest;
        summary.largestR = *largest;
    }
    const auto count = static_cast<Eigen::Index>(bothR.size());
    summary.predixcan.both = count;
    summary.predixcan.meanR = meanOf(bothPredixcan);
    summary.predixcan.meanModelR = meanOf(bothR);
    summary.predixcan.corAbsoluteR = pearson(Eigen::Map<const Eigen::VectorXd>(bothAbsolute.data(), count),
                                             Eigen::Map<const Eigen::VectorXd>(bothPredixcan.data(), count))
                                         .r;
    summary.drivers.supportedPositive = meanOf(positive);
    summary.drivers.supportedNegative = meanOf(negative);
    return summary;
}

std::string toJson(const GenomeSummary& summary) {
    using Json = nlohmann::ordered_json;
    const auto number = [](const std::optional<double>& value) {
        return value ? Json(*value) : Json(nullptr);
    };
    Json json;
    if (summary.run > 0)
        json = {{"run", summary.run}, {"run_standing", summary.standing}};
    if (summary.phenotypes != GenePhenotypes)
        json["phenotypes"] = summary.phenotypes;
    json.update({{"n_genes", summary.genes},
                 {"n_with_r", summary.withR},
                 {"mean_r", number(summary.meanR)},
                 {"min_r", number(summary.smallestR)},
                 {"max_r", number(summary.largestR)},
                 {"n_significant_bh05", summary.significant},
                 {"n_significant_negative", summary.significantNegative},
                 {"null", toText(summary.null)},
                 {"n_not_testable", summary.notTestable},
                 {"predixcan",
                  {{"n_both", summary.predixcan.both},
                   {"n_r_above_0.2", summary.predixcan.above},
                   {"mean_r", number(summary.predixcan.meanR)},
                   {"mean_r_model", number(summary.predixcan.meanModelR)},
                   {"cor_abs_r", number(summary.predixcan.corAbsoluteR)}}},
                 {"drivers",
                  {{"n_genes", summary.drivers.genes},
                   {"n_drivers", summary.drivers.drivers},
                   {"n_main", summary.drivers.main},
                   {"n_supported", summary.drivers.supported},
                   {"n_unsupported", summary.drivers.unsupported},
                   {"n_undecidable", summary.drivers.undecidable},
                   {"genes_positive", summary.drivers.genesPositive},
                   {"genes_negative", summary.drivers.genesNegative},
                   {"mean_fraction_supported_positive", number(summary.drivers.supportedPositive)},
                   {"mean_fraction_supported_negative", number(summary.drivers.supportedNegative)},
                   {"n_within_1000bp", summary.drivers.within1000}}}});
    return jsonText(json, 2);
}

} // namespace diploscope
