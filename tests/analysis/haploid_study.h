// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/made_study.h"
#include "study/study_check.h"
#include "table_file.h"

/// Studies of people who have one copy of a gene, or none.
namespace diploscope::test {

inline constexpr int64_t BoundaryOfX = 2'781'479; ///< 0-based end of X's first pseudoautosomal region, GRCh38

/// The people of tests/reference/haploid_dosage.py, on an X that ends behind its first pseudoautosomal
/// region. \param ofWomen their expression; empty: as it is there
inline SmallStudy studyOnX(const std::string& options = {}, const std::string& ofWomen = {}) {
    static const std::string bases = SmallStudy::randomBases(2'790'000, 5);
    SmallStudy small;
    small.bases = bases;
    small.contig = "X";
    small.build = "GRCh38";
    small.annotation = SmallStudy::gtf("ENSG01.2", "GENEA", "chrX", BoundaryOfX + 51, BoundaryOfX + 200, '+');
    small.people.clear();
    std::string values;
    for (auto person : tableFile(fixture("reference/haploid_dosage_people.tsv"))) {
        small.people += (small.people.empty() ? "" : "\t") + person["person"];
        const bool isGiven = person["sex"] == "male" || ofWomen.empty();
        values += "\t" + (isGiven ? person["expression"] : ofWomen);
        small.sampleMap += person["person"] + "\t" + person["person"] + "\t" + person["sex"] + "\n";
    }
    small.expression =
        "#chr\tstart\tend\tphenotype_id\t" + small.people + "\nX\t2781529\t2781530\tENSG01.2" + values + "\n";
    small.genotypes = "##fileformat=VCFv4.2\n##contig=<ID=chrX>\n##FORMAT=<ID=GT,Number=1,Type=String,"
                      "Description=\"g\">\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t" +
                      small.people + "\n";
    for (auto row : tableFile(fixture("reference/haploid_dosage.tsv"))) {
        const char ref = bases[std::stoul(row["position"]) - 1];
        small.genotypes += "chrX\t" + row["position"] + "\t.\t" + ref + "\t" + Made::otherBase(ref) +
                           "\t.\tPASS\t.\tGT\t" + replaced(row["calls"], " ", "\t") + "\n";
    }
    small.extra = options.empty() ? "" : ", \"options\": " + options;
    return small;
}

/// The same on Y, of which women have the pseudoautosomal places alone.
inline SmallStudy studyOnY(const std::string& ofWomen = {}) {
    SmallStudy small = studyOnX({}, ofWomen);
    small.contig = "Y";
    small.annotation = replaced(small.annotation, "chrX", "chrY");
    small.expression = replaced(small.expression, "\nX\t", "\nY\t");
    small.genotypes = replaced(small.genotypes, "chrX", "chrY");
    return small;
}

} // namespace diploscope::test
