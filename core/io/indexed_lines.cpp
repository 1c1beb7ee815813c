// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/indexed_lines.h"

#include "base/input_file.h"
#include "base/utf8.h"
#include "io/bounded_records.h"
#include "io/htslib_files.h"
#include "io/line_scanner.h"

#include <fmt/format.h>
#include <htslib/kstring.h>
#include <htslib/tbx.h>

#include <algorithm>
#include <limits>
#include <utility>

namespace diploscope {

namespace fs = std::filesystem;

namespace {

constexpr int64_t FurthestPlace = std::numeric_limits<int32_t>::max(); ///< that an index is asked for

std::optional<IndexFiles> usableIndex(const fs::path& file, IndexedLayout layout) {
    const auto fits = [&](const IndexFiles& files) { return checkIndex(files.front(), {file, layout, {}}); };
    for (const char* suffix : {".tbi", ".csi"})
        if (auto found = findIndex(file, {suffix}, fits))
            return found;
    return std::nullopt;
}

/// A line as htslib grows it.
struct GrownLine {
    kstring_t text = KS_INITIALIZE;

    GrownLine() = default;
    GrownLine(const GrownLine&) = delete;
    GrownLine& operator=(const GrownLine&) = delete;
    ~GrownLine() { ks_free(&text); }
};

} // namespace

struct IndexedLines::Impl {
    fs::path file;
    BgzfPtr data;
    HtsPtr<tbx_t, tbx_destroy> index;
    HtsPtr<hts_itr_t, hts_itr_destroy> iterator;
    GrownLine line;
    std::string contig; ///< that was sought
    std::string mended; ///< the line, where it was no UTF-8
};

IndexedLines::IndexedLines(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
IndexedLines::IndexedLines(IndexedLines&&) noexcept = default;
IndexedLines& IndexedLines::operator=(IndexedLines&&) noexcept = default;
IndexedLines::~IndexedLines() = default;

Result<std::optional<IndexedLines>> IndexedLines::open(const fs::path& file, IndexedLayout layout) {
    DS_ASSIGN(const Compression compression, checkDataFile(file));
    if (compression != Compression::Bgzip)
        return std::optional<IndexedLines>();
    const std::optional<IndexFiles> index = usableIndex(file, layout);
    if (!index)
        return std::optional<IndexedLines>();
    auto impl = std::make_unique<Impl>();
    impl->file = file;
    impl->data = openBgzf(file);
    if (!impl->data)
        return cannotOpen(file);
    impl->index.reset(tbx_index_load3(file.c_str(), index->front().c_str(), 0));
    if (!impl->index)
        return cannotOpen(index->front());
    return std::optional<IndexedLines>(IndexedLines(std::move(impl)));
}

std::vector<std::string> IndexedLines::contigs() const {
    int count = 0;
    const char** names = tbx_seqnames(m_impl->index.get(), &count);
    return takeNames(names, count);
}

Result<void> IndexedLines::seek(const std::string& contig, int64_t start, int64_t end) {
    // Beyond, htslib computes places before the index's beginning.
    start = std::clamp<int64_t>(start, 0, FurthestPlace);
    end = std::clamp<int64_t>(end, start, FurthestPlace);
    m_impl->contig = contig;
    m_impl->iterator.reset(hts_itr_query(m_impl->index->idx, tbx_name2id(m_impl->index.get(), contig.c_str()),
                                         start, end, &readBoundedRow));
    if (!m_impl->iterator)
        return fail(ErrorKind::BadInput, fmt::format("The index has no way to {}.", validUtf8(contig)),
                    m_impl->file.string(), "Delete the index, or make it again: tabix FILE");
    return {};
}

Result<bool> IndexedLines::next(std::string_view& line) {
    const int status =
        hts_itr_next(m_impl->data.get(), m_impl->iterator.get(), &m_impl->line.text, m_impl->index.get());
    if (status == -1)
        return false;
    if (status == RecordTooLong)
        return recordTooLong("A row", where());
    if (status < -1)
        return fail(ErrorKind::BadInput,
                    "The file cannot be read on: it is damaged, or its index belongs to another file.",
                    where(), "Copy or download the file again, and delete the index or make it again.");
    line = {m_impl->line.text.s, m_impl->line.text.l};
    if (line.find('\0') != std::string_view::npos)
        return fail(ErrorKind::BadInput, "The file holds binary data where text was expected.", where(),
                    "Give a bgzip text file in UTF-8 (no spreadsheet, no UTF-16).");
    if (!isUtf8(line)) {
        m_impl->mended = validUtf8(line);
        line = m_impl->mended;
    }
    return true;
}

std::string IndexedLines::where() const {
    return fmt::format("{}, {}:{}", m_impl->file.string(), validUtf8(m_impl->contig),
                       m_impl->iterator ? m_impl->iterator->curr_beg + 1 : 0);
}

std::vector<fs::path> unusedIndexes(const fs::path& file, IndexedLayout layout) {
    const std::optional<IndexFiles> used = usableIndex(file, layout);
    return indexesPassedOver(file, {".tbi", ".csi"}, used ? used->front() : fs::path());
}

} // namespace diploscope
