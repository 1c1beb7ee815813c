// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/genome_table.h"
#include "stats/null_model.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <random>
#include <string>

namespace diploscope::test {

/// Genes under two models, of which one in ten has drivers and one in four a PrediXcan R.
inline std::vector<ModelGenes> inventGenes(size_t count) {
    std::mt19937 random(11);
    std::normal_distribution<double> normal;
    ModelGenes first{"CAGE", {}, {{"program", "test"}}};
    for (size_t i = 0; i < count; ++i) {
        GeneRow gene;
        gene.geneId = "ENSG" + std::to_string(i);
        gene.geneName = "GENE" + std::to_string(i);
        gene.r = std::clamp(0.12 * normal(random), -0.95, 0.95);
        gene.meanObserved = 4 + 2 * normal(random);
        gene.referenceScore = *gene.meanObserved + normal(random);
        gene.meanPredicted = gene.referenceScore;
        gene.nullMean = 0.03 + 0.01 * std::abs(normal(random));
        gene.nullSd = 0.02;
        const auto test = testAgainstMoments(*gene.r, 50, *gene.nullMean, *gene.nullSd);
        gene.pPublished = test->publishedP;
        gene.pCalibrated = test->calibratedP;
        gene.linearR = 1 - 0.005 * static_cast<double>(i % 190);
        if (i % 4 == 0)
            gene.predixcanR = std::clamp(0.2 + 0.15 * normal(random), -0.95, 0.95);
        for (size_t driver = 0; i % 10 == 0 && driver < 1 + i % 7; ++driver) {
            DriverRow row;
            row.distanceToTss = std::round(800 * normal(random));
            row.gain = 0.5 / static_cast<double>(driver + 1);
            row.main = driver == 0 ? 1.0 : 0.0;
            row.supported = normal(random) > 0 ? 1.0 : 0.0;
            gene.drivers.push_back(row);
        }
        summariseDrivers(gene);
        first.genes.push_back(std::move(gene));
    }
    ModelGenes second{"Xpresso", first.genes, {}};
    for (GeneRow& gene : second.genes)
        gene.r = std::clamp(0.6 * *gene.r + 0.05 * normal(random), -0.95, 0.95);
    return {first, second};
}

inline std::shared_ptr<const GenomeTable> inventTable(size_t count) {
    return GenomeTable::make(inventGenes(count), 0, NullChoice::Published);
}

} // namespace diploscope::test
