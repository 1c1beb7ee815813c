// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/gene_report.h"
#include "analysis/haplotype_reads.h"
#include "analysis/provenance.h"
#include "sequence/made_genotypes.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <string>

namespace diploscope::test {

/// How the invented report is made.
struct ReportFixture {
    int people = 400;
    int snvs = 300;
    int drivers = 3; ///< the first is unsupported, the second supported, the third undefined, and so on
    double observedUnit = 1; ///< observed expression is multiplied by it
    double ismUnit = 1;
    bool constantPrediction = false; ///< every correlation and slope undefined
    unsigned seed = 7;
};

/// A gene of invented but plausible values: rare SNVs are many, most effects tiny, the drivers near the TSS
/// large. The observed and the predicted expression both follow the drivers, so that the sign of R depends on
/// them.
inline GeneReport inventReport(const ReportFixture& made = {}) {
    std::mt19937 random(made.seed);
    std::normal_distribution<double> normal;
    std::uniform_real_distribution<double> uniform;

    GeneReport report;
    report.gene = {"ENSG00000134202", "10", "GSTM3", "protein_coding", {"chr1", 109'733'937, 109'741'038},
                   Strand::Reverse,   {}};
    const int64_t tss = report.gene.tss();
    report.window = {"chr1", tss - 98'304, tss + 98'304};
    report.model.name = "invented";
    report.model.unit = "log expression";
    report.observedUnit = "log2(RPKM + 1)";
    report.provenance = {{"program", programVersion()}, {"study", "invented & <made up>"}};

    for (int i = 0; i < made.snvs; ++i) {
        VariantResult snv;
        snv.contig = "chr1";
        snv.position = report.window.start +
                       static_cast<int64_t>(uniform(random) * static_cast<double>(report.window.length()));
        report.variants.push_back(snv);
    }
    for (int i = 0; i < std::min(made.drivers, made.snvs); ++i)
        report.variants[static_cast<size_t>(i)].position = tss + static_cast<int64_t>(normal(random) * 1500);
    std::sort(report.variants.begin(), report.variants.end(),
              [](const VariantResult& a, const VariantResult& b) { return a.position < b.position; });
    for (size_t i = 1; i < report.variants.size(); ++i) // all are G to T: no two at one place
        report.variants[i].position =
            std::max(report.variants[i].position, report.variants[i - 1].position + 1);
    // Drivers are those nearest to the TSS.
    std::vector<size_t> nearest(report.variants.size());
    for (size_t i = 0; i < nearest.size(); ++i)
        nearest[i] = i;
    std::sort(nearest.begin(), nearest.end(), [&](size_t a, size_t b) {
        return std::abs(report.variants[a].position - tss) < std::abs(report.variants[b].position - tss);
    });

    std::vector<double> predicted(static_cast<size_t>(made.people), 1.2);
    std::vector<double> observed(static_cast<size_t>(made.people), 5.2);
    for (size_t i = 0; i < report.variants.size(); ++i) {
        VariantResult& snv = report.variants[i];
        const auto rank = std::find(nearest.begin(), nearest.end(), i) - nearest.begin();
        const bool driver = rank < made.drivers;
        snv.id = i % 5 == 4 ? "." : "rs" + std::to_string(1'330'000 + 37 * i);
        snv.ref = "G";
        snv.alt = snv.effectAllele = "T";
        const double frequency =
            driver ? 0.2 + 0.25 * uniform(random) : 0.5 * std::pow(uniform(random), 3) + 0.003;
        snv.alleleFrequency = snv.maf = frequency;
        snv.distanceToTss = tss - snv.position;
        const double near = std::exp(-std::abs(static_cast<double>(snv.distanceToTss)) / 8000);
        snv.ism =
            made.ismUnit * (driver ? (rank % 2 == 0 ? -1 : 1) * 0.1 / (1 + static_cast<double>(rank) / 2)
                                   : normal(random) * (0.002 + 0.008 * near));
        const double slope = driver ? 0.42 - 0.06 * static_cast<double>(rank) : normal(random) * 0.12;
        for (int person = 0; person < made.people; ++person) {
            const bool first = uniform(random) < frequency;
            const bool second = uniform(random) < frequency;
            const int copies = (first ? 1 : 0) + (second ? 1 : 0);
            const auto has = [](bool alternate) {
                return carrying(alternate ? HaplotypeAllele::Alternate : HaplotypeAllele::Reference);
            };
            snv.genotypes.add(has(first), has(second));
            snv.carriers += copies > 0 ? 1 : 0;
            predicted[static_cast<size_t>(person)] += made.constantPrediction ? 0 : snv.ism * copies;
            if (driver)
                observed[static_cast<size_t>(person)] += slope * copies;
        }
        snv.carrierFraction = static_cast<double>(snv.carriers) / made.people;
        if (!made.constantPrediction) {
            snv.eqtl = {slope, 0.05, slope / 0.05, 0.01, slope, static_cast<double>(made.people - 2)};
            if (driver && rank % 3 == 2)
                snv.eqtl = {};
        }
    }
    for (double& value : observed)
        value = made.observedUnit * (value + 0.25 * normal(random));

    for (int person = 0; person < made.people; ++person) {
        const auto at = static_cast<size_t>(person);
        PersonResult result{"NA" + std::to_string(10'000 + person),
                            predicted[at],
                            predicted[at],
                            predicted[at],
                            {},
                            observed[at]};
        report.people.push_back(result);
    }
    const Eigen::Map<const Eigen::VectorXd> x(observed.data(), made.people);
    const Eigen::Map<const Eigen::VectorXd> y(predicted.data(), made.people);
    const double meanX = x.mean();
    const double meanY = y.mean();
    const double sxy = ((x.array() - meanX) * (y.array() - meanY)).sum();
    const double sxx = (x.array() - meanX).square().sum();
    const double syy = (y.array() - meanY).square().sum();
    report.pearson.n = made.people;
    if (!made.constantPrediction) {
        report.pearson.r = sxy / std::sqrt(sxx * syy);
        report.pearson.p = 1.3e-52;
        report.pearson.slope = sxy / sxx;
        report.pearson.intercept = meanY - sxy / sxx * meanX;
        report.linearR = 0.97;
        report.additive = true;
        for (int rank = 0; rank < std::min(made.drivers, made.snvs); ++rank) {
            const size_t at = nearest[static_cast<size_t>(rank)];
            const VariantResult& snv = report.variants[at];
            DriverResult driver;
            driver.variant = at;
            driver.driver.variant = static_cast<int64_t>(at);
            driver.driver.gain = 0.6 / ((rank + 1) * (rank + 1));
            driver.driver.main = rank == 0;
            if (snv.eqtl.slope)
                driver.verdict = *snv.eqtl.slope * snv.ism > 0 ? Verdict::Supported : Verdict::Unsupported;
            report.drivers.push_back(driver);
        }
    }
    return report;
}

/// What the statistics would know of an invented report: nulls, intervals, the lead variant, two credible
/// sets, and what two tables say of every third SNV. The second driver is undecidable.
inline void inventStatistics(GeneReport& report) {
    report.rInterval = Interval{*report.pearson.r - 0.05, *report.pearson.r + 0.05};
    report.publishedNull = NullTest{50, 0.1, 0.05, 3, 0.003, 2, 0.02, 0.02};
    report.calibratedNull = NullTest{1000, 0.1, 0.05, 3, 0.001, 2, 0.021, 0.018};

    FineMapping mapping;
    mapping.sets = {{.effect = 0, .variants = {3}},
                    {.effect = 1, .variants = {7, 8, 9}, .minimumCorrelation = 0.93}};
    report.imported.resize(report.variants.size());
    for (size_t v = 0; v < report.variants.size(); ++v) {
        VariantResult& variant = report.variants[v];
        variant.pip = v == 3 ? 0.98 : v >= 7 && v <= 9 ? 0.32 : 0.001;
        variant.prunedPip = variant.pip;
        variant.credibleSet = v == 3 ? 1 : v >= 7 && v <= 9 ? 2 : 0;
        if (v % 3 == 0)
            report.imported[v] = {0.4, 0.1, 1e-5, "brain.signif.txt.gz", 0.5, "L1", "brain.susie.tsv.gz"};
    }
    report.fineMapping = mapping;
    report.lead = report.drivers.empty() ? 3 : report.drivers.front().variant;
    for (size_t v = 0; v < report.variants.size(); ++v)
        if (v != *report.lead)
            report.variants[v].givenLead = {0.1, 0.05, 2.0, 0.046, 0.1};

    for (DriverResult& driver : report.drivers) {
        driver.bootstrapInterval = Interval{0.3, 0.5};
        if (driver.verdict != Verdict::Undefined)
            driver.verdictShare = 0.97;
    }
    if (report.drivers.size() > 1)
        report.drivers[1].doubt = Doubt::FlipsGivenLead;
}

/// Reads of everybody by haplotype, and haplotypes that the main driver tells apart. Some have few reads.
inline void inventReads(GeneReport& report) {
    report.allelic.emplace();
    const VariantResult& driver = report.variants[report.drivers.front().variant];
    for (size_t p = 0; p < report.people.size(); ++p) {
        PersonResult& person = report.people[p];
        const int side = driver.genotypes.side(p);
        person.haplotype1 += 0.05 * side;
        person.haplotype2 -= 0.05 * side;
        const auto depth = static_cast<int64_t>(p % 23);
        person.reads = HaplotypeReads{depth + (side > 0 ? 9 : 2), depth + (side < 0 ? 9 : 3)};
    }
    addAllelicImbalance(report);
}

} // namespace diploscope::test
