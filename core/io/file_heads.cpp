// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/file_heads.h"

#include "base/input_file.h"
#include "base/utf8.h"
#include "io/fasta_index.h"
#include "io/htslib_files.h"
#include "io/line_scanner.h"
#include "io/variant_file.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace diploscope {

namespace fs = std::filesystem;

namespace {

/// Counts the record's heterozygous genotypes, and those of them that are phased. `genotypes` is htslib's
/// buffer, kept between calls.
void countPhase(const bcf_hdr_t* header, bcf1_t* record, int32_t*& genotypes, int& capacity,
                VariantHead& head) {
    if (!hasSoundGenotypes(header, record))
        return;
    const int count = bcf_get_genotypes(header, record, &genotypes, &capacity);
    const int people = bcf_hdr_nsamples(header);
    if (count <= 0 || people == 0 || count / people != 2)
        return;
    for (int i = 0; i < people; ++i) {
        const int32_t first = genotypes[2 * i], second = genotypes[2 * i + 1];
        if (second == bcf_int32_vector_end || bcf_gt_is_missing(first) || bcf_gt_is_missing(second) ||
            bcf_gt_allele(first) == bcf_gt_allele(second))
            continue;
        ++head.heterozygotes;
        head.phased += bcf_gt_is_phased(second) ? 1 : 0;
    }
}

void readRecords(htsFile* file, bcf_hdr_t* header, int records, VariantHead& head) {
    const BcfRecordPtr record(bcf_init());
    int32_t* genotypes = nullptr;
    int capacity = 0;
    for (int i = 0; i < records && bcf_read(file, header, record.get()) == 0; ++i) {
        const char* name = bcf_hdr_id2name(header, record->rid);
        const std::string contig = name != nullptr ? validUtf8(name) : std::string();
        if (name != nullptr &&
            std::find(head.contigs.begin(), head.contigs.end(), contig) == head.contigs.end())
            head.contigs.push_back(contig);
        countPhase(header, record.get(), genotypes, capacity, head);
    }
    std::free(genotypes);
}

void readIndexedContigs(const fs::path& file, VariantHead& head) {
    Result<VariantFile> opened = VariantFile::open(file);
    if (!opened)
        return;
    const auto index = opened->findIndex();
    if (!index || !opened->loadIndex(*index))
        return;
    head.contigs = opened->indexedContigs();
    head.contigsAreComplete = true;
}

} // namespace

Result<FileHead> readFileHead(const fs::path& file, size_t bytes) {
    FileHead head;
    const Result<Compression> compression = checkDataFile(file);
    if (compression)
        head.compressed = *compression != Compression::None;
    else
        head.damage = compression.error();

    std::error_code ignored;
    if (!compression && (!fs::is_regular_file(file, ignored) || fs::file_size(file, ignored) == 0))
        return fail(compression.error());
    const BgzfPtr handle = openBgzf(file);
    if (!handle)
        return cannotOpen(file);
    head.compressed = bgzf_compression(handle.get()) != 0;
    head.bytes.resize(bytes);
    const ssize_t got = bgzf_read(handle.get(), head.bytes.data(), bytes);
    if (got < 0 && !head.damage)
        head.damage = Error{ErrorKind::BadInput, "The compressed data cannot be read: the file is damaged.",
                            file.string(), "Copy or download it again."};
    head.bytes.resize(got > 0 ? static_cast<size_t>(got) : 0);
    head.whole = got >= 0 && head.bytes.size() < bytes;
    if (head.bytes.empty())
        return head.damage ? fail(*head.damage)
                           : fail(ErrorKind::BadInput, "The file is empty once decompressed.", file.string(),
                                  "Copy or make it again.");
    return head;
}

Result<std::vector<ContigLength>> readFastaContigs(const fs::path& file) {
    DS_ASSIGN(const Compression compression, checkDataFile(file));
    DS_ASSIGN(const FastaIndex index, findFastaIndex(file, compression));
    std::vector<ContigLength> contigs;
    for (const FastaIndexRow& row : index.rows)
        contigs.push_back({row.name, row.length});
    return contigs;
}

Result<VariantHead> readVariantHead(const fs::path& file, int records) {
    hts_set_log_level(HTS_LOG_OFF);
    DS_TRY(checkVariantLengths(file, records));
    const HtsFilePtr handle = openForHtslib(file);
    const BcfHeaderPtr header(handle ? bcf_hdr_read(handle.get()) : nullptr);
    if (!header)
        return fail(ErrorKind::BadInput, "The header of the variants cannot be read.", file.string(),
                    "Copy or make the file again; check it with: bcftools view -h FILE");
    VariantHead head;
    for (int i = 0; i < bcf_hdr_nsamples(header.get()); ++i)
        head.people.push_back(validUtf8(header->samples[i]));
    for (int i = 0; i < header->n[BCF_DT_CTG]; ++i) {
        const bcf_idpair_t& contig = header->id[BCF_DT_CTG][i];
        if (contig.key != nullptr && contig.val != nullptr) // numbers may be left out
            head.declared.push_back({validUtf8(contig.key), static_cast<int64_t>(contig.val->info[0])});
    }
    readRecords(handle.get(), header.get(), records, head);
    readIndexedContigs(file, head);
    return head;
}

Result<void> checkVariantFile(const fs::path& file) {
    DS_TRY(VariantFile::open(file));
    return {};
}

} // namespace diploscope
