// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "genome/variant.h"
#include "stats/verdict.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace diploscope {

/// One driver of a gene (METHODS 8), as tables of many genes keep it. Effects are per copy of `effectAllele`.
struct DriverRow {
    std::string chrom;
    std::string ref, alt, effectAllele; ///< empty where a published table does not say
    std::optional<double> position;     ///< 1-based
    std::optional<double> distanceToTss;
    std::optional<double> ism, relativeIsm;
    std::optional<double> gain;
    std::optional<double> ownR;
    std::optional<double> lossWithout;         ///< R_lin - corr(S without it, prediction)
    std::optional<double> lossFractionWithout; ///< the same as published tables tell it: a fraction of R_lin
    std::optional<double> eqtlSlope;
    std::optional<double> genotypeR; ///< corr(dosage, observed)
    std::optional<double> carriers, carrierPercent;
    std::optional<double> supported;   ///< by sign, 1 or 0; empty: undefined
    std::optional<double> undecidable; ///< 1, 0; empty: not looked at, or nothing to decide
    std::optional<double> main;        ///< 1 for the largest gain of the gene, else 0
    std::optional<double> allelicChange, allelicChangeP, allelicPeople; ///< as AllelicChange has them

    /// What it is a driver by: of a published table the place alone.
    [[nodiscard]] Variant variant() const;
    [[nodiscard]] Standing standing() const { return standingOf(verdict(), undecidable == 1.0); }
    [[nodiscard]] Verdict verdict() const {
        return !supported          ? Verdict::Undefined
               : *supported == 1.0 ? Verdict::Supported
                                   : Verdict::Unsupported;
    }

    friend bool operator==(const DriverRow&, const DriverRow&) = default;
};

/// One gene under one model: the line of the genome table. Counts and positions are numbers like the others
/// (exact up to 2^53), so that one kind of column serves storage, tables, sorting and filters. Empty = not
/// known or not defined; never 0 or NaN.
struct GeneRow {
    std::string geneId; ///< without version
    std::string geneName;
    std::string chrom, strand;
    std::string fineMapped; ///< causal variants that a published table names
    std::string mainDriver; ///< "22:17434084 A>G"
    std::string failure;    ///< why the gene could not be analysed; empty: it was

    std::optional<double> tss; ///< 1-based
    std::optional<double> referenceScore;
    std::optional<double> people, variants;
    std::optional<double> r, p, rho;
    std::optional<double> log10P;      ///< where p is too small for a double, it is the smallest one
    std::optional<double> rLow, rHigh; ///< bootstrap 95 % interval of r
    std::optional<double> slope;       ///< of predicted on observed
    std::optional<double> meanObserved, sdObserved, meanPredicted, sdPredicted;
    std::optional<double> allelicPeople, allelicR, allelicP, allelicAgreement; ///< AllelicImbalance
    std::optional<double> log10Allelic;                                        ///< as log10P
    std::optional<double> linearR, additive;
    std::optional<double> driverCount, fractionSupported, fractionSupportedWeighted; ///< as Support has them
    std::optional<double> supportedCount, unsupportedCount; ///< drivers whose verdict these people can decide
    std::optional<double> undecidableCount; ///< and cannot; empty where nobody looked (published tables)
    std::optional<double> credibleSets;     ///< SuSiE
    std::optional<double> nullMean, nullSd; ///< of |R| over 50 random predictors; sd divided by K (METHODS 5)
    /// 0 where all random predictors have the same |R|: pEmpirical is 1, and the gene no test among others.
    std::optional<double> nullTestable;
    std::optional<double> pPublished, pCalibrated, pEmpirical;
    std::optional<double> log10Published, log10Calibrated; ///< as log10P
    std::optional<double> predixcanR;
    std::optional<double> mainIsm, mainSlope, mainDistance, mainGain, mainSupported;

    std::vector<DriverRow> drivers; ///< largest gain first

    friend bool operator==(const GeneRow&, const GeneRow&) = default;
};

/// Of a gene's drivers.
[[nodiscard]] Support supportOf(std::span<const DriverRow> drivers);

/// Puts a gene's drivers in order of gain and fills what the row says of them: their number, how many are
/// supported, unsupported and undecidable, the fractions supported, and the main driver. Leaves a gene
/// without drivers alone.
void summariseDrivers(GeneRow& gene);

} // namespace diploscope
