// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "io/htslib_files.h"

#include <htslib/hts.h>
#include <htslib/tbx.h>
#include <htslib/vcf.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

/// One VCF.gz or BCF under htslib's handles. Inside core/io only.
namespace diploscope {

using HtsFilePtr = HtsPtr<htsFile, hts_close>;
using BcfHeaderPtr = HtsPtr<bcf_hdr_t, bcf_hdr_destroy>;
using BcfRecordPtr = HtsPtr<bcf1_t, bcf_destroy>;
using HtsIndexPtr = HtsPtr<hts_idx_t, hts_idx_destroy>;
using TabixPtr = HtsPtr<tbx_t, tbx_destroy>;
using HtsIteratorPtr = HtsPtr<hts_itr_t, hts_itr_destroy>;

/// Opens the file for htslib, which reads an index beside it together with the header, unasked and
/// unchecked: so the file's name is kept from it. Null when it cannot be opened.
[[nodiscard]] HtsFilePtr openForHtslib(const std::filesystem::path& file);

/// False where htslib, asked for the genotypes, would read behind the record or end the program: they are of
/// other people than the header's, or no whole numbers. Unpacks them.
[[nodiscard]] bool hasSoundGenotypes(const bcf_hdr_t* header, bcf1_t* record);

/// An index as htslib holds it; one of the two is there. Nobody writes to it once it is loaded, so files that
/// several threads have open share one.
struct LoadedIndex {
    HtsIndexPtr ofBcf;
    TabixPtr ofVcf;
};

/// An open file with its header, and with its index once that is loaded. One thread.
class VariantFile {
public:
    /// \error NotFound; BadInput: empty, cut off, not VCF/BCF, not bgzipped, broken header, no person;
    /// Unsupported: PLINK
    [[nodiscard]] static Result<VariantFile> open(const std::filesystem::path& file);

    /// An index that is there already and fits the file: `.tbi` or `.csi`.
    [[nodiscard]] std::optional<std::filesystem::path> findIndex() const;
    /// The same, or one that is built. \error BadInput (unsorted or broken records), Io
    [[nodiscard]] Result<std::filesystem::path> findOrBuildIndex() const;
    /// \error BadInput when it cannot be read.
    [[nodiscard]] Result<void> loadIndex(const std::filesystem::path& index);
    /// That was loaded for the same file before.
    void useIndex(std::shared_ptr<const LoadedIndex> index) { m_index = std::move(index); }
    [[nodiscard]] const std::shared_ptr<const LoadedIndex>& index() const { return m_index; }

    /// Names in UTF-8, as all that this class gives out.
    [[nodiscard]] const std::vector<std::string>& people() const { return m_people; }
    /// The same, whoever is kept.
    [[nodiscard]] const std::vector<std::string>& everybody() const { return m_everybody; }
    /// Contigs that the loaded index has records of, in file order.
    [[nodiscard]] std::vector<std::string> indexedContigs() const;
    /// FORMAT keys that the header declares, in its order.
    [[nodiscard]] const std::vector<std::string>& formats() const { return m_formats; }
    [[nodiscard]] bcf_hdr_t* header() const { return m_header.get(); }

    /// Reads only these people's genotypes from here on; the header then lists them in *file* order. Once.
    [[nodiscard]] Result<void> keepPeople(const std::vector<std::string>& people);

    /// Records that overlap [start, end) of the contig come from next(). Needs the index.
    [[nodiscard]] Result<void> seek(const std::string& contig, int64_t start, int64_t end);
    /// Only records that reach over one of these (0-based, ascending) come from next(); others are not even
    /// taken apart. Must outlive the reading; empty: all.
    void keepPositions(std::span<const int64_t> positions) { m_positions = positions; }
    /// The next record, unpacked to its alleles, or false behind the last. \error BadInput
    [[nodiscard]] Result<bool> next(bcf1_t* record);

    /// Ends the reading of a region, of which nothing is held any more.
    void rest();

    /// "FILE, 22:16050075": 1-based, for errors.
    [[nodiscard]] std::string where(const bcf1_t* record) const;

private:
    std::filesystem::path m_path;
    HtsFilePtr m_file;
    BcfHeaderPtr m_header;
    std::shared_ptr<const LoadedIndex> m_index;
    HtsIteratorPtr m_iterator;
    kstring_t m_line = KS_INITIALIZE;
    std::span<const int64_t> m_positions;
    std::string m_contig;                 ///< that was sought
    std::vector<std::string> m_people;    ///< who is kept
    std::vector<std::string> m_everybody; ///< the columns of the file
    /// As they were before any record was read: htslib adds to the header what records have undeclared.
    std::vector<std::string> m_formats;
    int m_peopleInFile = 0; ///< also after keepPeople()

    VariantFile() = default;
    [[nodiscard]] bool isVcf() const;
    [[nodiscard]] tbx_t* tabix() const { return m_index->ofVcf.get(); } ///< null of a BCF
    [[nodiscard]] Result<void> checkBcfRecord(const bcf1_t* record) const;
    [[nodiscard]] std::vector<std::string> contigsInFile() const; ///< in the file's own bytes

public:
    VariantFile(VariantFile&& other) noexcept;
    VariantFile& operator=(VariantFile&&) = delete;
    ~VariantFile();
};

} // namespace diploscope
