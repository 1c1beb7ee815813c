// SPDX-License-Identifier: GPL-3.0-or-later
#include "experiment/coherence_table.h"

#include "genome/annotation.h"
#include "stats/coherence.h"

#include <optional>

namespace diploscope {

namespace {

struct CoherenceLine {
    std::string gene;
    int64_t position; ///< 0-based
    std::optional<Coherence> reference, variant;
};

/// As Table S3 calls them.
const TableColumns<CoherenceLine>& coherenceColumns() {
    using Line = CoherenceLine;
    using Side = std::optional<Coherence> Line::*;
    static const auto attribution = [](Side side) {
        return [side](const Line& line) { return line.*side ? Cell((line.*side)->attribution) : Cell(); };
    };
    static const auto bases = [](Side side, size_t t) {
        return
            [side, t](const Line& line) { return line.*side ? Cell((line.*side)->basesAtLocus[t]) : Cell(); };
    };
    static const auto distance = [](Side side, size_t t) {
        return [side, t](const Line& line) { return line.*side ? Cell((line.*side)->distance[t]) : Cell(); };
    };
    static const auto atDistance = [](Side side, size_t t) {
        return [side, t](const Line& line) {
            return line.*side ? Cell((line.*side)->attributionAtDistance[t]) : Cell();
        };
    };
    constexpr Side ref = &Line::reference, var = &Line::variant;
    constexpr auto run =
        "Length of the unbroken run through the driver whose attributions have its sign and "
        "reach this share of the largest one near the TSS; 0 where the driver's own does not";
    constexpr auto gap =
        "Distance to the nearest position whose attribution reaches this share; 20 where none "
        "within 20 bp does";
    constexpr auto there =
        "The larger attribution at that distance, as a share of the largest one near the TSS";
    constexpr auto own = "The driver's attribution as a share of the largest one within 1,000 bp of the TSS";
    static const TableColumns<Line> columns{
        {{"gene_id", "gene", "", "The gene's id", 13, Format::Text},
         [](const Line& line) { return line.gene; }},
        {{"MainDriverLoci", "driver", "bp", "Place of the driver, 1-based", 13, Format::Whole},
         [](const Line& line) { return line.position + 1; }},
        {{"MeanISMatLoci_in_refseq/MaxISM", "attribution, reference", "", own, 13}, attribution(ref)},
        {{"nBpatLociwith>5%_in_ref", "run >= 5 %, reference", "bp", run, 13, Format::Whole}, bases(ref, 0)},
        {{"NbpatLociwith>10%_in_ref", "run >= 10 %, reference", "bp", run, 13, Format::Whole}, bases(ref, 1)},
        {{"NbpatLociwith>20%_in_ref", "run >= 20 %, reference", "bp", run, 13, Format::Whole}, bases(ref, 2)},
        {{"NbpatLociwith>50%_in_ref", "run >= 50 %, reference", "bp", run, 13, Format::Whole}, bases(ref, 3)},
        {{"DistToBpwith>5%_in_ref", "to 5 %, reference", "bp", gap, 13, Format::Whole}, distance(ref, 0)},
        {{"DistToBpwith>10%_in_ref", "to 10 %, reference", "bp", gap, 13, Format::Whole}, distance(ref, 1)},
        {{"DistToBpwith>20%_in_ref", "to 20 %, reference", "bp", gap, 13, Format::Whole}, distance(ref, 2)},
        {{"DistToBpwith>50%_in_ref", "to 50 %, reference", "bp", gap, 13, Format::Whole}, distance(ref, 3)},
        {{"MeanISMatDistToBPwith>5%_in_refseq/MaxISM", "there, 5 %, reference", "", there, 13},
         atDistance(ref, 0)},
        {{"MeanISMatDistToBPwith>10%_in_refseq/MaxISM", "there, 10 %, reference", "", there, 13},
         atDistance(ref, 1)},
        {{"MeanISMatDistToBPwith>20%_in_refseq/MaxISM", "there, 20 %, reference", "", there, 13},
         atDistance(ref, 2)},
        {{"MeanISMatDistToBPwith>50%_in_refseq/MaxISM", "there, 50 %, reference", "", there, 13},
         atDistance(ref, 3)},
        {{"MeanISMatLoci_in_varseq/MaxISM", "attribution, variant", "", own, 13}, attribution(var)},
        {{"nBpatLociwith>5%_in_var", "run >= 5 %, variant", "bp", run, 13, Format::Whole}, bases(var, 0)},
        {{"NbpatLociwith>10%_in_var", "run >= 10 %, variant", "bp", run, 13, Format::Whole}, bases(var, 1)},
        {{"NbpatLociwith>20%_in_var", "run >= 20 %, variant", "bp", run, 13, Format::Whole}, bases(var, 2)},
        {{"NbpatLociwith>50%_in_var", "run >= 50 %, variant", "bp", run, 13, Format::Whole}, bases(var, 3)},
        {{"DistToBpwith>5%_in_var", "to 5 %, variant", "bp", gap, 13, Format::Whole}, distance(var, 0)},
        {{"DistToBpwith>10%_in_var", "to 10 %, variant", "bp", gap, 13, Format::Whole}, distance(var, 1)},
        {{"DistToBpwith>20%_in_var", "to 20 %, variant", "bp", gap, 13, Format::Whole}, distance(var, 2)},
        {{"DistToBpwith>50%_in_var", "to 50 %, variant", "bp", gap, 13, Format::Whole}, distance(var, 3)},
        {{"MeanISMatDistToBPwith>5%_in_varseq/MaxISM", "there, 5 %, variant", "", there, 13},
         atDistance(var, 0)},
        {{"MeanISMatDistToBPwith>10%_in_varseq/MaxISM", "there, 10 %, variant", "", there, 13},
         atDistance(var, 1)},
        {{"MeanISMatDistToBPwith>20%_in_varseq/MaxISM", "there, 20 %, variant", "", there, 13},
         atDistance(var, 2)},
        {{"MeanISMatDistToBPwith>50%_in_varseq/MaxISM", "there, 50 %, variant", "", there, 13},
         atDistance(var, 3)},
    };
    return columns;
}

} // namespace

std::vector<ColumnText> coherenceTexts() {
    return textsOf(coherenceColumns());
}

TableWriter coherenceTable(const std::vector<DriverSaturation>& drivers,
                           const std::unordered_map<std::string, double>& largest, int64_t& undivided,
                           const Provenance& provenance) {
    undivided = 0;
    std::vector<CoherenceLine> lines;
    for (const DriverSaturation& driver : drivers) {
        CoherenceLine line{driver.gene, driver.position, {}, {}};
        if (const auto divisor = largest.find(splitGeneId(driver.gene).id); divisor != largest.end()) {
            line.reference = coherenceOf(attributionsOf(driver.reference.effects, divisor->second));
            line.variant = coherenceOf(attributionsOf(driver.variant.effects, divisor->second));
        } else {
            ++undivided;
        }
        lines.push_back(std::move(line));
    }
    return tableOfRows(coherenceColumns(), lines, provenance);
}

} // namespace diploscope
