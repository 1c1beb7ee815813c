// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/genome_table.h"
#include "study/study_file.h"

#include <optional>
#include <string>

namespace diploscope {

/// The limits of the paper's figures 2A, 2C with 2E, and 2F.
inline constexpr double FalseDiscoveryRate = 0.05;
inline constexpr double NotableR = 0.2;
inline constexpr double NearTss = 1000; ///< bp

/// The headline numbers of all genes under one model (METHODS 11). Means over no gene are empty.
struct GenomeSummary {
    std::string model;
    std::string phenotypes = GenePhenotypes; ///< their kind; of others than genes the TSS is a centre
    int64_t run = 0;                         ///< of the result store; 0: none
    std::string standing;                    ///< of the run, toText(RunStanding)
    NullChoice null = NullChoice::Empirical;
    int64_t genes = 0, withR = 0;
    std::optional<double> meanR, smallestR, largestR;
    int64_t significant = 0;         ///< q <= 0.05 over the genes of the table
    int64_t significantNegative = 0; ///< of them R < 0
    int64_t notTestable = 0;         ///< have an R, but a null without spread: left out of q

    struct Predixcan {
        int64_t both = 0;  ///< genes with both R
        int64_t above = 0; ///< of them PrediXcan R > 0.2
        std::optional<double> meanR, meanModelR;
        std::optional<double> corAbsoluteR; ///< corr(|R|, PrediXcan R)
    } predixcan;

    struct Drivers {
        int64_t genes = 0, drivers = 0, main = 0;
        int64_t supported = 0, unsupported = 0;       ///< drivers whose verdict these people can decide
        int64_t undecidable = 0;                      ///< and cannot
        int64_t genesPositive = 0, genesNegative = 0; ///< genes with drivers and R > 0.2, R < -0.2
        /// Mean over those genes of the plain fraction supported, by sign (Support::fraction).
        std::optional<double> supportedPositive, supportedNegative;
        int64_t within1000 = 0; ///< drivers at most 1,000 bp from the TSS
    } drivers;
};

[[nodiscard]] GenomeSummary summarise(const GenomeTable& table);

/// Keys run, run_standing (where there is a run), n_genes, n_with_r, mean_r, ...; null for what is not
/// defined.
[[nodiscard]] std::string toJson(const GenomeSummary& summary);

} // namespace diploscope
