// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/fasta_reader.h"

#include "base/input_file.h"
#include "base/utf8.h"
#include "genome/bases.h"
#include "genome/contig_names.h"
#include "io/fasta_faults.h"
#include "io/fasta_index.h"
#include "io/htslib_files.h"

#include <fmt/format.h>
#include <htslib/faidx.h>

#include <algorithm>
#include <cerrno>
#include <mutex>
#include <unordered_map>

namespace diploscope {

namespace fs = std::filesystem;

namespace {

Result<void> buildFastaIndex(const fs::path& file, const IndexFiles& index) {
    DS_TRY(checkFastaLines(file));
    const char* gzi = index.size() > 1 ? index[1].c_str() : nullptr;
    errno = 0;
    if (fai_build3(file.c_str(), index[0].c_str(), gzi) != 0)
        return isOpeningRefused()
                   ? cannotOpen(file)
                   : fail(ErrorKind::BadInput, "The FASTA cannot be indexed.", file.string(),
                          "Check it with: samtools faidx FILE; and that there is free space for the index.");
    // A new index that does not fit is the FASTA's fault: deleting it would not help.
    if (const Result<FastaIndex> fits = openFastaIndex(file, index);
        !fits && fits.error().kind == ErrorKind::BadInput)
        return fail(ErrorKind::BadInput,
                    "The FASTA's lines are not all of one form, so no base can be found by its place.",
                    file.string(), "Wrap the sequence anew, for example: seqtk seq -l 60 FILE > NEW");
    return {};
}

Result<FastaIndex> findOrBuildIndex(const fs::path& file, Compression compression) {
    Result<FastaIndex> found = findFastaIndex(file, compression);
    if (found || found.error().kind != ErrorKind::NotFound)
        return found;
    DS_ASSIGN(const IndexFiles built,
              buildIndex(file, fastaIndexSuffixes(compression),
                         [&](const IndexFiles& files) { return buildFastaIndex(file, files); }));
    return openFastaIndex(file, built);
}

/// Takes the line ends out of the text between two bases of a contig. \return false when something else
/// stands where the index expects bases.
bool joinLines(const FastaIndexRow& row, int64_t start, std::string& text) {
    size_t kept = 0;
    auto column = static_cast<size_t>(start % row.basesPerLine);
    const auto bases = static_cast<size_t>(row.basesPerLine);
    for (size_t at = 0; at < text.size();) {
        const size_t count = std::min(bases - column, text.size() - at);
        std::copy_n(text.begin() + static_cast<std::ptrdiff_t>(at), count,
                    text.begin() + static_cast<std::ptrdiff_t>(kept));
        kept += count;
        at += count + static_cast<size_t>(row.bytesPerLine - row.basesPerLine);
        column = 0;
    }
    text.resize(kept);
    return mayAllStandInSequence(text);
}

} // namespace

Result<void> checkFastaFile(const fs::path& file) {
    DS_ASSIGN(const Compression compression, checkDataFile(file));
    if (compression == Compression::Gzip)
        return fail(ErrorKind::BadInput,
                    "The FASTA is compressed with gzip, in which no region can be found; bgzip is needed.",
                    file.string(), "Run: gunzip FILE.fa.gz && bgzip FILE.fa");
    return checkFastaStart(file);
}

struct FastaReader::Impl {
    fs::path file;
    FastaIndex index;
    IndexFiles passedOver;
    std::vector<std::string> contigs;
    std::unordered_map<std::string, size_t> rowOf;
    mutable std::mutex mutex; ///< the text is read by one at a time
};

FastaReader::FastaReader(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
FastaReader::FastaReader(FastaReader&&) noexcept = default;
FastaReader& FastaReader::operator=(FastaReader&&) noexcept = default;
FastaReader::~FastaReader() = default;

Result<FastaReader> FastaReader::open(const fs::path& file) {
    DS_TRY(checkFastaFile(file));
    DS_ASSIGN(const Compression compression, checkDataFile(file));
    DS_ASSIGN(FastaIndex index, findOrBuildIndex(file, compression));
    IndexFiles passedOver = indexesPassedOver(file, fastaIndexSuffixes(compression), index.file);
    std::unique_ptr<Impl> impl(new Impl{file, std::move(index), std::move(passedOver), {}, {}, {}});
    for (const FastaIndexRow& row : impl->index.rows) {
        impl->rowOf.emplace(validUtf8(row.name), impl->contigs.size());
        impl->contigs.push_back(validUtf8(row.name));
    }
    return FastaReader(std::move(impl));
}

const std::vector<std::string>& FastaReader::contigs() const {
    return m_impl->contigs;
}

const std::vector<fs::path>& FastaReader::passedOverIndexes() const {
    return m_impl->passedOver;
}

int64_t FastaReader::contigLength(const std::string& contig) const {
    const auto found = m_impl->rowOf.find(contig);
    return found == m_impl->rowOf.end() ? -1 : m_impl->index.rows[found->second].length;
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

    const FastaIndexRow& row = m_impl->index.rows[m_impl->rowOf.at(region.contig)];
    const int64_t from = row.byteOf(start);
    Result<std::string> text = [&] {
        const std::scoped_lock lock(m_impl->mutex);
        return m_impl->index.text.read(from, static_cast<size_t>(row.byteOf(end - 1) + 1 - from));
    }();
    if (!text)
        return fail(std::move(text).error());
    std::string fetched = std::move(text).value();
    if (!joinLines(row, start, fetched) || static_cast<int64_t>(fetched.size()) != end - start)
        return fail(ErrorKind::BadInput,
                    fmt::format("{} bases were expected at {}, but something else stands there: the file is "
                                "damaged or its index belongs to another.",
                                end - start, toText({region.contig, start, end})),
                    m_impl->file.string(),
                    fmt::format("Restore the FASTA, or delete {} so that it is built again.",
                                m_impl->index.file.string()));
    normalizeBases(fetched);
    bases.replace(static_cast<size_t>(start - region.start), fetched.size(), fetched);
    return bases;
}

} // namespace diploscope
