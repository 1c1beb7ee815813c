// SPDX-License-Identifier: GPL-3.0-or-later
#include "lab/simulate/study_writer.h"

#include <fmt/format.h>
#include <htslib/bgzf.h>
#include <htslib/faidx.h>
#include <htslib/tbx.h>
#include <htslib/vcf.h>

#include <cstdlib>
#include <iterator>

namespace diploscope::simulate {

namespace {

constexpr size_t kLineLength = 60;

Failure cannotWrite(const std::filesystem::path& file) {
    return fail(ErrorKind::Io, "The file cannot be written.", file.string(),
                "Check free space and that you may write there.");
}
Failure cannotIndex(const std::filesystem::path& file) {
    return fail(ErrorKind::Io, "The file's index cannot be built.", file.string(),
                "Check free space and that you may write there.");
}

} // namespace

// ---- bgzip
// ----------------------------------------------------------------------------------------------------

struct BgzipFile::Impl {
    std::filesystem::path path;
    BGZF* handle = nullptr;
    bool blockIndex = false;
    ~Impl() {
        if (handle != nullptr)
            bgzf_close(handle);
    }
};

BgzipFile::BgzipFile(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
BgzipFile::BgzipFile(BgzipFile&&) noexcept = default;
BgzipFile::~BgzipFile() = default;

Result<BgzipFile> BgzipFile::create(const std::filesystem::path& file, bool blockIndex) {
    auto impl = std::make_unique<Impl>();
    impl->path = file;
    impl->blockIndex = blockIndex;
    impl->handle = bgzf_open(file.c_str(), "w");
    if (impl->handle == nullptr || (blockIndex && bgzf_index_build_init(impl->handle) != 0))
        return cannotWrite(file);
    return BgzipFile(std::move(impl));
}

Result<void> BgzipFile::write(std::string_view text) {
    if (bgzf_write(m_impl->handle, text.data(), text.size()) != static_cast<ssize_t>(text.size()))
        return cannotWrite(m_impl->path);
    return {};
}

Result<void> BgzipFile::close() {
    // The block index is complete only once the last block is out.
    bool good = bgzf_flush(m_impl->handle) == 0;
    if (m_impl->blockIndex)
        good = bgzf_index_dump(m_impl->handle, m_impl->path.c_str(), ".gzi") == 0 && good;
    good = bgzf_close(std::exchange(m_impl->handle, nullptr)) == 0 && good;
    if (!good)
        return cannotWrite(m_impl->path);
    return {};
}

// ---- reference
// ------------------------------------------------------------------------------------------------

Result<ReferenceWriter> ReferenceWriter::create(const std::filesystem::path& file) {
    DS_ASSIGN(BgzipFile handle, BgzipFile::create(file, true));
    return ReferenceWriter(file, std::move(handle));
}

Result<void> ReferenceWriter::flush(bool all) {
    std::string text;
    size_t at = 0;
    for (; m_pending.size() - at >= kLineLength || (all && at < m_pending.size()); at += kLineLength) {
        text.append(m_pending, at, kLineLength);
        text += '\n';
        if (m_pending.size() - at < kLineLength) {
            at = m_pending.size();
            break;
        }
    }
    m_pending.erase(0, at);
    return m_file.write(text);
}

Result<void> ReferenceWriter::beginContig(const std::string& name) {
    DS_TRY(flush(true));
    return m_file.write(">" + name + "\n");
}

Result<void> ReferenceWriter::add(std::string_view bases) {
    m_pending += bases;
    return flush(false);
}

Result<void> ReferenceWriter::close() {
    DS_TRY(flush(true));
    DS_TRY(m_file.close());
    if (fai_build3(m_path.c_str(), nullptr, nullptr) != 0)
        return cannotIndex(m_path);
    return {};
}

// ---- genotypes
// ------------------------------------------------------------------------------------------------

struct GenotypeWriter::Impl {
    std::filesystem::path path;
    htsFile* file = nullptr;
    bcf_hdr_t* header = nullptr;
    bcf1_t* record = nullptr;
    std::vector<int32_t> genotypes;
    ~Impl() {
        if (record != nullptr)
            bcf_destroy(record);
        if (header != nullptr)
            bcf_hdr_destroy(header);
        if (file != nullptr)
            hts_close(file);
    }
};

GenotypeWriter::GenotypeWriter(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
GenotypeWriter::GenotypeWriter(GenotypeWriter&&) noexcept = default;
GenotypeWriter::~GenotypeWriter() = default;

Result<GenotypeWriter> GenotypeWriter::create(const std::filesystem::path& file,
                                              const std::vector<std::pair<std::string, int64_t>>& contigs,
                                              const std::vector<std::string>& people) {
    auto impl = std::make_unique<Impl>();
    impl->path = file;
    impl->file = hts_open(file.c_str(), "wz");
    impl->header = bcf_hdr_init("w");
    impl->record = bcf_init();
    if (impl->file == nullptr || impl->header == nullptr || impl->record == nullptr)
        return cannotWrite(file);
    bool good = bcf_hdr_append(impl->header, "##source=diploscope simulate") == 0;
    for (const auto& [name, length] : contigs)
        good = bcf_hdr_append(impl->header,
                              fmt::format("##contig=<ID={},length={}>", name, length).c_str()) == 0 &&
               good;
    good = bcf_hdr_append(impl->header,
                          "##INFO=<ID=AC,Number=A,Type=Integer,Description=\"Alleles counted\">") == 0 &&
           good;
    good = bcf_hdr_append(impl->header,
                          "##INFO=<ID=AN,Number=1,Type=Integer,Description=\"Alleles in all\">") == 0 &&
           good;
    good = bcf_hdr_append(impl->header,
                          "##FORMAT=<ID=GT,Number=1,Type=String,Description=\"Phased genotype\">") == 0 &&
           good;
    for (const std::string& person : people)
        good = bcf_hdr_add_sample(impl->header, person.c_str()) == 0 && good;
    good = bcf_hdr_sync(impl->header) == 0 && good;
    if (!good || bcf_hdr_write(impl->file, impl->header) != 0)
        return cannotWrite(file);
    return GenotypeWriter(std::move(impl));
}

Result<void> GenotypeWriter::add(const std::string& contig, const SimulatedSite& site) {
    bcf1_t* record = m_impl->record;
    bcf_hdr_t* header = m_impl->header;
    bcf_clear(record);
    record->rid = bcf_hdr_name2id(header, contig.c_str());
    record->pos = site.site.position;
    std::vector<const char*> alleles{site.site.ref.c_str()};
    for (const std::string& alt : site.site.alts)
        alleles.push_back(alt.c_str());
    std::vector<int32_t> counts(site.site.alts.size(), 0);
    m_impl->genotypes.resize(site.alleles.size());
    for (size_t i = 0; i < site.alleles.size(); ++i) {
        const int8_t allele = site.alleles[i];
        // The phase bit belongs to the second allele of a pair (`0|1`).
        m_impl->genotypes[i] = i % 2 == 0 ? bcf_gt_unphased(allele) : bcf_gt_phased(allele);
        if (allele > 0)
            ++counts[static_cast<size_t>(allele - 1)];
    }
    const auto total = static_cast<int32_t>(site.alleles.size());
    int32_t pass = bcf_hdr_id2int(header, BCF_DT_ID, "PASS");
    const bool good =
        bcf_update_id(header, record, site.site.id.c_str()) == 0 &&
        bcf_update_alleles(header, record, alleles.data(), static_cast<int>(alleles.size())) == 0 &&
        bcf_update_filter(header, record, &pass, 1) == 0 &&
        bcf_update_info_int32(header, record, "AC", counts.data(), static_cast<int>(counts.size())) == 0 &&
        bcf_update_info_int32(header, record, "AN", &total, 1) == 0 &&
        bcf_update_genotypes(header, record, m_impl->genotypes.data(),
                             static_cast<int>(m_impl->genotypes.size())) == 0 &&
        bcf_write(m_impl->file, header, record) == 0;
    if (!good)
        return cannotWrite(m_impl->path);
    return {};
}

Result<void> GenotypeWriter::close() {
    if (hts_close(std::exchange(m_impl->file, nullptr)) != 0)
        return cannotWrite(m_impl->path);
    if (tbx_index_build(m_impl->path.c_str(), 0, &tbx_conf_vcf) != 0)
        return cannotIndex(m_impl->path);
    return {};
}

// ---- expression and annotation
// --------------------------------------------------------------------------------

Result<GeneTablesWriter> GeneTablesWriter::create(const std::filesystem::path& expression,
                                                  const std::filesystem::path& annotation,
                                                  const std::vector<std::string>& people) {
    DS_ASSIGN(BgzipFile bed, BgzipFile::create(expression));
    DS_ASSIGN(BgzipFile gtf, BgzipFile::create(annotation));
    std::string header = "#chr\tstart\tend\tphenotype_id";
    for (const std::string& person : people)
        header += "\t" + person;
    DS_TRY(bed.write(header + "\n"));
    DS_TRY(gtf.write("##description: simulated genes\n##provider: diploscope simulate\n##format: gtf\n"));
    return GeneTablesWriter(expression, std::move(bed), std::move(gtf));
}

Result<void> GeneTablesWriter::add(const Gene& gene, const std::vector<double>& expression) {
    const int64_t tss = gene.tss();
    fmt::memory_buffer row;
    fmt::format_to(std::back_inserter(row), "{}\t{}\t{}\t{}.{}", gene.region.contig, tss, tss + 1, gene.id,
                   gene.version);
    for (const double value : expression)
        fmt::format_to(std::back_inserter(row), "\t{:.4f}", value);
    row.push_back('\n');
    DS_TRY(m_expression.write({row.data(), row.size()}));

    const std::string geneAttributes = fmt::format("gene_id \"{}.{}\"; gene_type \"{}\"; gene_name \"{}\";",
                                                   gene.id, gene.version, gene.type, gene.name);
    const std::string transcript = fmt::format(" transcript_id \"DST{}.{}\"; transcript_name \"{}-201\";",
                                               gene.id.substr(3), gene.version, gene.name);
    const auto record = [&](std::string_view feature, const Region& region, const std::string& attributes) {
        return fmt::format("{}\tdiploscope\t{}\t{}\t{}\t.\t{}\t.\t{}\n", region.contig, feature,
                           region.start + 1, region.end, strandSymbol(gene.strand), attributes);
    };
    std::string text = record("gene", gene.region, geneAttributes) +
                       record("transcript", gene.region, geneAttributes + transcript);
    for (size_t i = 0; i < gene.exons.size(); ++i) {
        // Exons are numbered in the direction of transcription.
        const size_t number = gene.strand == Strand::Forward ? i + 1 : gene.exons.size() - i;
        text += record("exon", gene.exons[i],
                       geneAttributes + transcript + fmt::format(" exon_number {};", number));
    }
    return m_annotation.write(text);
}

Result<void> GeneTablesWriter::close() {
    DS_TRY(m_annotation.close());
    DS_TRY(m_expression.close());
    if (tbx_index_build(m_expressionPath.c_str(), 0, &tbx_conf_bed) != 0)
        return cannotIndex(m_expressionPath);
    return {};
}

// ---- haplotype counts
// -----------------------------------------------------------------------------------------

Result<HaplotypeCountWriter> HaplotypeCountWriter::create(const std::filesystem::path& file,
                                                          const std::vector<std::string>& people) {
    DS_ASSIGN(BgzipFile handle, BgzipFile::create(file));
    std::string header = "#contig\tstart\tstop\tname";
    for (const std::string& person : people)
        header += "\t" + person;
    DS_TRY(handle.write(header + "\n"));
    return HaplotypeCountWriter(std::move(handle));
}

Result<void> HaplotypeCountWriter::add(const Gene& gene, const std::vector<HaplotypeReads>& reads) {
    fmt::memory_buffer row;
    fmt::format_to(std::back_inserter(row), "{}\t{}\t{}\t{}.{}", gene.region.contig, gene.region.start,
                   gene.region.end, gene.id, gene.version);
    for (const HaplotypeReads& of : reads)
        fmt::format_to(std::back_inserter(row), "\t{}|{}", of.first, of.second);
    row.push_back('\n');
    return m_file.write({row.data(), row.size()});
}

} // namespace diploscope::simulate
