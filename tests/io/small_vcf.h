// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/compressed_text.h"
#include "io/variant_reader.h"
#include "support.h"

#include <sstream>

/// Small VCF files for tests of the variant reader.
namespace diploscope::test {

/// A VCF with contigs 1 and 2, FORMAT GT and DP.
inline std::string vcf(const std::string& records, const std::string& people = "A\tB\tC") {
    return "##fileformat=VCFv4.2\n##contig=<ID=1,length=1000>\n##contig=<ID=2,length=1000>\n"
           "##ALT=<ID=DEL,Description=\"deletion\">\n##INFO=<ID=END,Number=1,Type=Integer,Description="
           "\"end\">\n"
           "##FORMAT=<ID=GT,Number=1,Type=String,Description=\"genotype\">\n"
           "##FORMAT=<ID=DP,Number=1,Type=Integer,Description=\"depth\">\n"
           "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t" +
           people + "\n" + records;
}

/// `1 100 A G 0|1 ...` to a VCF line; FORMAT is GT.
inline std::string record(const std::string& fields) {
    std::vector<std::string> f;
    std::istringstream in(fields);
    for (std::string field; in >> field;)
        f.push_back(field);
    std::string line = f[0] + "\t" + f[1] + "\t.\t" + f[2] + "\t" + f[3] + "\t.\t.\t.\tGT";
    for (size_t i = 4; i < f.size(); ++i)
        line += "\t" + f[i];
    return line + "\n";
}

inline const std::vector<std::string> Everybody{"A", "B", "C"};

inline std::vector<int> row(const AlleleMatrix& matrix, size_t site) {
    std::vector<int> alleles;
    for (size_t h = 0; h < matrix.haplotypeCount(); ++h)
        alleles.push_back(matrix.allele(site, h));
    return alleles;
}

/// A bgzipped VCF in a folder of its own, read over contig 1.
class VcfFile {
public:
    explicit VcfFile(const std::string& text, const std::string& name = "a.vcf.gz")
        : m_path(m_folder / name) {
        writeText(m_path, bgzipped(text));
    }
    [[nodiscard]] std::string path() const { return m_path.string(); }
    [[nodiscard]] Result<AlleleMatrix> read(UnphasedRule rule = UnphasedRule::Refuse,
                                            const std::string& reference = "",
                                            const Region& region = {"1", 0, 1000}) const {
        DS_ASSIGN(const VariantReader reader, VariantReader::open(path()));
        return reader.read(region, Everybody, rule, reference);
    }

private:
    TemporaryFolder m_folder;
    std::filesystem::path m_path;
};

} // namespace diploscope::test
