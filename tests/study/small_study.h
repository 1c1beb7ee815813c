// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/files.h"
#include "support.h"

#include <random>
#include <sstream>

namespace diploscope::test {

/// A study of six people and six genes on 100 kb, as text that a test may spoil before it is written.
/// Genotypes are of HG1..HG6, expression of HG2..HG7, so five people match. Genes 1, 2, 3 can be analysed;
/// gene 6 lies on a contig that the reference lacks; gene 9 is in no annotation; 4 and 5 share a symbol and
/// have no expression.
struct SmallStudy {
    std::string bases = randomBases(100'000, 1);
    std::string contig = "22";
    std::string build = "toy";
    std::string annotation = gtf("ENSG01.2", "GENEA", "chr22", 20'001, 25'000, '+') +
                             gtf("ENSG02.1", "GENEB", "chr22", 40'001, 45'000, '-') +
                             gtf("ENSG03.1", "GENEC", "chr22", 60'001, 65'000, '+') +
                             gtf("ENSG04.1", "TWIN", "chr22", 70'001, 71'000, '+') +
                             gtf("ENSG05.1", "TWIN", "chr22", 72'001, 73'000, '+') +
                             gtf("ENSG06.3", "GENEF", "chrX", 501, 900, '+');
    std::string expression = "#chr\tstart\tend\tphenotype_id\tHG2\tHG3\tHG4\tHG5\tHG6\tHG7\n"
                             "22\t20000\t20001\tENSG01.2\t1\t2\t3\t4\t5\t6\n"
                             "22\t60000\t60001\tENSG03\t0.5\tNA\t1.5\t2.5\t3.5\t4.5\n"
                             "22\t44999\t45000\tENSG02.7\t7\t6\t5\t4\t3\t2\n"
                             "X\t500\t501\tENSG06.3\t1\t1\t1\t1\t1\t1\n"
                             "22\t9\t10\tENSG09.1\t1\t1\t1\t1\t1\t1\n";
    std::string people = "HG1\tHG2\tHG3\tHG4\tHG5\tHG6";
    std::string genotypeContig = "22";
    std::string genotypeRow = "0|0\t0|1\t1|0\t1|1\t0|0\t0|1";
    std::string genotypes; ///< made from the above at write() where empty
    std::string covariates;
    std::string sampleMap;
    std::string extra; ///< more keys of the study file: `, "models": []`

    static std::string randomBases(size_t count, unsigned seed) {
        std::mt19937 random(seed);
        std::string text;
        while (text.size() < count)
            text += "ACGT"[random() % 4];
        return text;
    }

    static std::string gtf(const std::string& id, const std::string& name, const std::string& chrom,
                           int start, int end, char strand) {
        std::ostringstream text;
        text << chrom << "\ttest\tgene\t" << start << '\t' << end << "\t.\t" << strand << "\t.\tgene_id \""
             << id << "\"; gene_name \"" << name << "\";\n";
        return text.str();
    }

    /// Every 500 bases an SNV whose REF is what the reference has.
    [[nodiscard]] std::string vcf() const {
        std::ostringstream text;
        text << "##fileformat=VCFv4.2\n##contig=<ID=" << genotypeContig
             << ">\n##FORMAT=<ID=GT,Number=1,Type=String,Description=\"Genotype\">\n"
                "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t"
             << people << '\n';
        for (size_t position = 1000; position < bases.size(); position += 500) {
            const char ref = bases[position - 1];
            text << genotypeContig << '\t' << position << "\t.\t" << ref << '\t' << (ref == 'A' ? 'C' : 'A')
                 << "\t.\tPASS\t.\tGT\t" << genotypeRow << '\n';
        }
        return text.str();
    }

    /// Writes all files. \return the study file
    [[nodiscard]] std::filesystem::path write(const TemporaryFolder& folder) const {
        std::string fasta = ">" + contig + "\n";
        for (size_t at = 0; at < bases.size(); at += 60)
            fasta += bases.substr(at, 60) + "\n";
        writeText(folder / "reference.fa", fasta);
        writeText(folder / "genes.gtf", annotation);
        writeThrough("bgzip", folder / "genotypes.vcf.gz", genotypes.empty() ? vcf() : genotypes);
        writeText(folder / "expression.bed", expression);
        std::string keys;
        if (!covariates.empty()) {
            writeText(folder / "covariates.tsv", covariates);
            keys += ", \"covariates\": \"covariates.tsv\"";
        }
        if (!sampleMap.empty()) {
            writeText(folder / "map.tsv", sampleMap);
            keys += ", \"sample_map\": \"map.tsv\"";
        }
        writeText(folder / "small.study.json",
                  R"({"schema": 1, "name": "small", "build": ")" + build +
                      R"(", "reference": "reference.fa", "annotation": "genes.gtf",
                      "genotypes": "genotypes.vcf.gz", "expression": "expression.bed")" +
                      keys + extra + "}");
        return folder / "small.study.json";
    }
};

} // namespace diploscope::test
