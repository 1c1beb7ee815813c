// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"
#include "genome/region.h"
#include "genome/sex_chromosomes.h"
#include "sequence/haplotypes.h"

#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace diploscope {

class VariantHandles;

enum class UnphasedRule { Refuse, AsListed }; ///< METHODS 2

/// The files that a path stands for: those of a `{chrom}` pattern, in natural order (2 before 10), else
/// itself.
[[nodiscard]] std::vector<std::string> variantFilesOf(const std::string& pathOrPattern);

/// Phased genotypes: VCF.gz + tbi/csi or BCF + csi through htslib; one file, or one a chromosome where the
/// path holds `{chrom}`. A missing index is built beside the file or in the user's cache. Only asked-for
/// regions are read. Thread-safe: every read has a handle of its own. Some handles wait, open, for the next
/// read, while their files are as they were; copies of a reader share them.
class VariantReader {
public:
    /// Opens, finds or builds indexes, reads headers. For `{chrom}` paths all files must list the same
    /// people. \error NotFound, BadInput (truncated, empty, without a record, plain VCF or gzip instead of
    /// bgzip, unsorted), Mismatch (sample lists differ)
    [[nodiscard]] static Result<VariantReader> open(const std::string& pathOrPattern,
                                                    const RunContext& context = {});

    [[nodiscard]] const std::vector<std::string>& people() const { return m_people; }
    [[nodiscard]] const std::vector<std::string>& contigs() const { return m_contigs; }
    /// What the first file's header declares of genotypes: `GT`, `DS`, ...
    [[nodiscard]] const std::vector<std::string>& formats() const { return m_formats; }

    /// From now on genotypes on X and Y outside their pseudoautosomal regions are of as many copies as the
    /// people have: a man's two alleles of one kind are his one copy, of two kinds they are missing, and so
    /// is one of a woman's where a call gives one alone, and all that she is given on Y. \param build GRCh37
    /// or GRCh38
    void tellSexes(std::map<std::string, Sex> sexes, std::string build);
    [[nodiscard]] bool hasSexes() const { return !m_sexes.empty(); }

    /// Indexes beside the files that are older than them or of others; ones from the user's cache are read
    /// instead.
    [[nodiscard]] const std::vector<std::filesystem::path>& passedOverIndexes() const { return m_passedOver; }

    /// All records that touch `region`, also those that start before it (contig named as in the *reference*;
    /// aliases are matched), for the listed people in that order. No record at all is a valid, empty matrix.
    /// Every kept REF is compared with `referenceBases` (the forward bases of region, as FastaReader::fetch
    /// gives them) unless that is empty. \error Mismatch: REF differs from the FASTA (names the site),
    /// unphased heterozygote under Refuse (names sample and site);
    /// the file was replaced by one of other people; NotFound: an unknown person; BadInput: a broken record
    /// or truncated file, a contig in two files; Cancelled.
    [[nodiscard]] Result<AlleleMatrix> read(const Region& region, const std::vector<std::string>& people,
                                            UnphasedRule unphased, std::string_view referenceBases,
                                            const RunContext& context = {}) const;
    /// The same, but only of records that start at one of `positions` (0-based, ascending), or have an allele
    /// that does once it is trimmed, and without a look at REF or phase: much faster where few of many
    /// records are wanted.
    [[nodiscard]] Result<AlleleMatrix> readPositions(const Region& region, std::span<const int64_t> positions,
                                                     const std::vector<std::string>& people,
                                                     const RunContext& context = {}) const;

private:
    [[nodiscard]] Result<AlleleMatrix> readRecords(const Region& region,
                                                   const std::vector<std::string>& people,
                                                   UnphasedRule unphased, std::string_view referenceBases,
                                                   std::span<const int64_t> positions,
                                                   const RunContext& context) const;

    /// \error BadInput
    [[nodiscard]] Result<void> checkOneFileAContig() const;

    struct File {
        std::string path;
        std::vector<std::string> contigs;
    };
    std::vector<File> m_files;
    std::vector<std::string> m_people;
    std::vector<std::string> m_contigs;
    std::vector<std::string> m_formats;
    std::map<std::string, Sex> m_sexes; ///< of those whose is known
    std::string m_build;
    std::vector<std::filesystem::path> m_passedOver;
    std::shared_ptr<VariantHandles> m_handles;
};

} // namespace diploscope
