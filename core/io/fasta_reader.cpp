// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/fasta_reader.h"

#include "genome/bases.h"
#include "genome/contig_names.h"
#include "io/fasta_faults.h"
#include "io/htslib_files.h"

#include <fmt/format.h>
#include <htslib/faidx.h>

#include <algorithm>
#include <cstdlib>
#include <mutex>

namespace diploscope {

namespace fs = std::filesystem;

namespace {

using FaidxPtr = HtsPtr<faidx_t, fai_destroy>;

std::vector<std::string> indexSuffixes(Compression compression) {
    return compression == Compression::Bgzip ? std::vector<std::string>{".fai", ".gzi"}
                                             : std::vector<std::string>{".fai"};
}

Result<void> buildFastaIndex(const fs::path& file, const IndexFiles& index) {
    const char* gzi = index.size() > 1 ? index[1].c_str() : nullptr;
    if (fai_build3(file.c_str(), index[0].c_str(), gzi) != 0)
        return fail(describeFastaFault(file));
    return {};
}

} // namespace

struct FastaReader::Impl {
    fs::path file;
    fs::path indexFile;
    FaidxPtr index;
    std::vector<std::string> contigs;
    mutable std::mutex mutex; ///< faidx moves one file position
};

FastaReader::FastaReader(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
FastaReader::FastaReader(FastaReader&&) noexcept = default;
FastaReader& FastaReader::operator=(FastaReader&&) noexcept = default;
FastaReader::~FastaReader() = default;

Result<FastaReader> FastaReader::open(const fs::path& file) {
    DS_ASSIGN(const Compression compression, checkDataFile(file));
    if (compression == Compression::Gzip)
        return fail(ErrorKind::BadInput,
                    "The FASTA is compressed with gzip, in which no region can be found; bgzip is needed.",
                    file.string(), "Run: gunzip FILE.fa.gz && bgzip FILE.fa");
    DS_TRY(checkFastaStart(file));

    const std::vector<std::string> suffixes = indexSuffixes(compression);
    std::optional<IndexFiles> index = findIndex(file, suffixes);
    if (!index) {
        DS_ASSIGN(index, buildIndex(file, suffixes,
                                    [&](const IndexFiles& files) { return buildFastaIndex(file, files); }));
    }

    auto impl = std::make_unique<Impl>();
    impl->file = file;
    impl->indexFile = index->front();
    DS_TRY(checkFastaIndex(file, *index));
    impl->index.reset(fai_load3_format(file.c_str(), index->front().c_str(),
                                       index->size() > 1 ? (*index)[1].c_str() : nullptr, 0, FAI_FASTA));
    if (!impl->index)
        return fail(ErrorKind::BadInput, fmt::format("The index {} cannot be read.", index->front().string()),
                    file.string(), "Delete the index; it is built again.");
    for (int i = 0; i < faidx_nseq(impl->index.get()); ++i)
        impl->contigs.emplace_back(faidx_iseq(impl->index.get(), i));
    if (impl->contigs.empty())
        return fail(ErrorKind::BadInput, "The FASTA holds no sequence.", file.string());
    return FastaReader(std::move(impl));
}

const std::vector<std::string>& FastaReader::contigs() const {
    return m_impl->contigs;
}

int64_t FastaReader::contigLength(const std::string& contig) const {
    return faidx_seq_len(m_impl->index.get(), contig.c_str());
}

Result<std::string> FastaReader::fetch(const Region& region) const {
    const int64_t contigEnd = contigLength(region.contig);
    if (contigEnd < 0) {
        const auto alias = matchingContig(region.contig, m_impl->contigs);
        return fail(ErrorKind::NotFound, fmt::format("The reference has no contig \"{}\".", region.contig),
                    m_impl->file.string(),
                    alias ? fmt::format("It has \"{}\".", *alias)
                          : fmt::format("Its first contig is \"{}\".", m_impl->contigs.front()));
    }
    const int64_t start = std::max<int64_t>(region.start, 0);
    const int64_t end = std::min(region.end, contigEnd);
    std::string bases(static_cast<size_t>(std::max<int64_t>(region.length(), 0)), 'N');
    if (start >= end)
        return bases;

    hts_pos_t found = 0;
    std::unique_ptr<char, decltype(&std::free)> text(nullptr, &std::free);
    {
        const std::scoped_lock lock(m_impl->mutex);
        text.reset(faidx_fetch_seq64(m_impl->index.get(), region.contig.c_str(), start, end - 1, &found));
    }
    if (!text || found != end - start)
        return fail(ErrorKind::BadInput,
                    fmt::format("{} bases were expected at {}, {} could be read: the file is damaged or its "
                                "index belongs to another.",
                                end - start, toText({region.contig, start, end}),
                                std::max<int64_t>(found, 0)),
                    m_impl->file.string(),
                    fmt::format("Restore the FASTA, or delete {} so that it is built again.",
                                m_impl->indexFile.string()));
    std::string fetched(text.get(), static_cast<size_t>(found));
    normalizeBases(fetched);
    bases.replace(static_cast<size_t>(start - region.start), fetched.size(), fetched);
    return bases;
}

} // namespace diploscope
