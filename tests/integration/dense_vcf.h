// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sequence/site.h"

#include <map>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <vector>

/// VCFs in which hardly a record stands alone.
namespace diploscope::test {

inline std::string randomBases(std::mt19937& random, size_t count) {
    std::string bases;
    while (bases.size() < count)
        bases += "ACGT"[random() % 4];
    return bases;
}

/// Records so dense that most touch another one: SNVs, MNPs, insertions, deletions, several alleles a record,
/// shared beginnings and ends, duplicated positions, missing alleles. No change is listed twice: bcftools
/// takes the second one's carriers too, the program does not.
inline std::string denseVcf(const std::string& genome, int people, std::mt19937& random) {
    std::string vcf = "##fileformat=VCFv4.2\n##contig=<ID=1,length=" + std::to_string(genome.size()) +
                      ">\n##FORMAT=<ID=GT,Number=1,Type=String,Description=\"genotype\">\n"
                      "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT";
    for (int p = 0; p < people; ++p)
        vcf += "\tP" + std::to_string(p);
    vcf += "\n";
    std::set<std::string> listed;
    for (size_t at = 0; at + 10 < genome.size(); at += random() % 4) {
        const std::string ref = genome.substr(at, random() % 2 == 0 ? 1 : 1 + random() % 6);
        std::set<std::string> alts;
        for (size_t tries = 1 + random() % 3; tries > 0; --tries) {
            std::string alt =
                random() % 4 == 0 ? randomBases(random, 1) : ref.substr(0, 1 + random() % ref.size());
            if (random() % 3 == 0)
                alt += randomBases(random, random() % 5);
            if (random() % 4 == 0)
                alt += ref.back();
            const TrimmedAlleles change = trimAlleles(static_cast<int64_t>(at), ref, alt);
            if (alt != ref && listed
                                  .insert(std::to_string(change.position) + std::string(change.ref) + ">" +
                                          std::string(change.alt))
                                  .second)
                alts.insert(alt);
        }
        if (alts.empty())
            continue;
        vcf += "1\t" + std::to_string(at + 1) + "\t.\t" + ref + "\t";
        for (const std::string& alt : alts)
            vcf += (alt == *alts.begin() ? "" : ",") + alt;
        vcf += "\t.\t.\t.\tGT";
        const auto allele = [&] {
            const size_t drawn = random() % (alts.size() + 5);
            return drawn == alts.size() + 1 ? "." : std::to_string(drawn > alts.size() ? 0 : drawn);
        };
        for (int p = 0; p < people; ++p)
            vcf += "\t" + allele() + "|" + allele();
        vcf += "\n";
    }
    return vcf;
}

/// Each change behind padding once more, with less of it, some behind, and the same genotypes.
inline std::string withRepeats(const std::string& vcf, const std::string& genome, std::mt19937& random) {
    std::string header;
    std::multimap<size_t, std::string> records; // of one position in the order in which they came
    std::istringstream lines(vcf);
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with('#')) {
            header += line + "\n";
            continue;
        }
        std::istringstream columns(line);
        std::string contig, id, ref, alts, quality, filter, info, format, genotype;
        size_t position = 0;
        columns >> contig >> position >> id >> ref >> alts >> quality >> filter >> info >> format;
        std::vector<std::string> genotypes;
        while (columns >> genotype)
            genotypes.push_back(genotype);
        records.emplace(position, line);
        std::istringstream alternates(alts);
        char allele = '1';
        for (std::string alt; std::getline(alternates, alt, ','); ++allele) {
            const TrimmedAlleles change = trimAlleles(static_cast<int64_t>(position), ref, alt);
            const auto at = static_cast<size_t>(change.position);
            if (at == position)
                continue;
            const size_t padding = random() % (at - position);
            const size_t start = at - padding;
            const std::string left = genome.substr(start - 1, padding);
            const std::string right = genome.substr(at - 1 + change.ref.size(), random() % 3);
            std::string repeat = contig + "\t" + std::to_string(start) + "\t.\t" + left +
                                 std::string(change.ref) + right + "\t" + left + std::string(change.alt) +
                                 right + "\t.\t.\t.\tGT";
            for (std::string own : genotypes) {
                for (char& c : own)
                    c = c == '|' || c == '.' ? c : c == allele ? '1' : '0';
                repeat += "\t" + own;
            }
            records.emplace(start, repeat);
        }
    }
    for (const auto& [position, line] : records)
        header += line + "\n";
    return header;
}

} // namespace diploscope::test
