// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/line_scanner.h"

#include "base/input_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstring>

namespace diploscope {

namespace fs = std::filesystem;

namespace {

constexpr size_t ChunkSize = size_t{1} << 18;
constexpr size_t LargestHeader = size_t{128} << 20; ///< three million contigs, or two million people
constexpr auto Enough = static_cast<int64_t>(std::max(LargestHeader, LongestRecord));
/// htslib makes a place for each number up to the highest that the header gives.
constexpr int64_t HighestNumber = int64_t{1} << 22;

/// `,IDX=` numbers the entries of a BCF's header; VCF may have them, too.
Result<void> checkNumbers(std::string_view header, const std::string& where) {
    constexpr std::string_view Mark = ",IDX=";
    for (size_t at = header.find(Mark); at != std::string_view::npos; at = header.find(Mark, at)) {
        at += Mark.size();
        int64_t number = 0;
        const auto [stop, error] = std::from_chars(header.data() + at, header.data() + header.size(), number);
        if (error == std::errc::result_out_of_range || number > HighestNumber || number < 0)
            return fail(ErrorKind::BadInput,
                        fmt::format("The header numbers an entry {}.",
                                    header.substr(at, static_cast<size_t>(stop - header.data()) - at)),
                        where, "Make the file again; check it with: bcftools view -h FILE");
    }
    return {};
}

Failure headerTooLarge(const std::string& where) {
    return fail(ErrorKind::BadInput,
                fmt::format("The header is larger than {} MB: no genotypes' is.", LargestHeader >> 20), where,
                "Copy or download the file again; check it with: bcftools view -h FILE");
}

/// Two lengths, the sixteen bytes of numbers among them, then what they say.
Result<void> checkBcf(LineScanner& scanner, const fs::path& file, int64_t records) {
    std::string bytes;
    uint32_t length = 0;
    DS_ASSIGN(const size_t magic, scanner.take(9, &bytes)); // "BCF", version, the header's length
    if (magic < 9)
        return {};
    std::memcpy(&length, bytes.data() + 5, 4);
    if (length > LargestHeader)
        return headerTooLarge(file.string());
    DS_TRY(scanner.take(length, &bytes));
    DS_TRY(checkNumbers(bytes, file.string()));
    for (int64_t record = 1; record <= records; ++record) {
        DS_ASSIGN(const size_t got, scanner.take(8, &bytes));
        if (got < 8)
            return {};
        uint32_t shared = 0, people = 0;
        std::memcpy(&shared, bytes.data(), 4);
        std::memcpy(&people, bytes.data() + 4, 4);
        const size_t size = size_t{shared} + people;
        if (size > LongestRecord)
            return recordTooLong(fmt::format("Record {}", record), file.string());
        DS_TRY(scanner.take(size, nullptr));
    }
    return {};
}

} // namespace

Failure recordTooLong(const std::string& what, const std::string& where) {
    return fail(
        ErrorKind::BadInput,
        fmt::format("{} is longer than {} MB: no person's genotypes need that.", what, LongestRecord >> 20),
        where, "Copy or download the file again; check it with: bcftools view FILE > /dev/null");
}

LineScanner::LineScanner(std::string path, BgzfPtr handle)
    : m_path(std::move(path)), m_handle(std::move(handle)), m_buffer(ChunkSize) {}

Result<LineScanner> LineScanner::open(const fs::path& file) {
    BgzfPtr handle = openBgzf(file);
    if (!handle)
        return cannotOpen(file);
    return LineScanner(file.string(), std::move(handle));
}

Result<bool> LineScanner::fill() {
    const ssize_t got = bgzf_read(m_handle.get(), m_buffer.data(), m_buffer.size());
    if (got < 0)
        return fail(ErrorKind::BadInput, "The compressed data are damaged from here on.",
                    fmt::format("{}, after line {}", m_path, m_lineNumber),
                    "Copy or download the file again.");
    m_begin = 0;
    m_end = static_cast<size_t>(got);
    return got > 0;
}

Result<bool> LineScanner::next(size_t keep, int64_t enough) {
    m_head.clear();
    m_length = 0;
    char last = '\0';
    bool any = false;
    for (bool ended = false; !ended && m_length <= enough;) {
        if (m_begin == m_end) {
            DS_ASSIGN(const bool more, fill());
            if (!more)
                break;
        }
        any = true;
        const char* const start = m_buffer.data() + m_begin;
        const auto* const end = static_cast<const char*>(std::memchr(start, '\n', m_end - m_begin));
        const size_t count = end != nullptr ? static_cast<size_t>(end - start) : m_end - m_begin;
        m_head.append(start, std::min(count, keep - std::min(keep, m_head.size())));
        m_length += static_cast<int64_t>(count);
        if (count > 0)
            last = start[count - 1];
        m_begin += count + (end != nullptr ? 1 : 0);
        ended = end != nullptr;
    }
    if (!any)
        return false;
    ++m_lineNumber;
    if (last == '\r' && m_length <= enough) { // else it may not be the line's end
        --m_length;
        m_head.resize(std::min(m_head.size(), static_cast<size_t>(m_length)));
    }
    return true;
}

Result<bool> LineScanner::beginsWith(std::string_view text) {
    if (m_begin == m_end)
        DS_TRY(fill());
    return std::string_view(m_buffer.data() + m_begin, m_end - m_begin).starts_with(text);
}

std::string LineScanner::where() const {
    return fmt::format("{}, line {}", m_path, m_lineNumber);
}

Result<size_t> LineScanner::take(size_t count, std::string* into) {
    if (into != nullptr)
        into->clear();
    size_t taken = 0;
    while (taken < count) {
        if (m_begin == m_end) {
            DS_ASSIGN(const bool more, fill());
            if (!more)
                break;
        }
        const size_t now = std::min(count - taken, m_end - m_begin);
        if (into != nullptr)
            into->append(m_buffer.data() + m_begin, now);
        m_begin += now;
        taken += now;
    }
    return taken;
}

Result<void> checkVariantLengths(const fs::path& file, int64_t records) {
    DS_ASSIGN(LineScanner scanner, LineScanner::open(file));
    DS_ASSIGN(const bool isBcf, scanner.beginsWith("BCF"));
    if (isBcf)
        return checkBcf(scanner, file, records);
    std::string header;
    bool inHeader = true;
    for (int64_t seen = 0; inHeader || seen < records;) {
        DS_ASSIGN(const bool more, scanner.next(inHeader ? LargestHeader : 0, Enough));
        if (!more)
            break;
        if (inHeader && scanner.head().starts_with('#')) {
            if (static_cast<size_t>(scanner.length()) + header.size() > LargestHeader)
                return headerTooLarge(scanner.where());
            header += scanner.head();
            header += '\n';
            continue;
        }
        inHeader = false;
        ++seen;
        if (static_cast<size_t>(scanner.length()) > LongestRecord)
            return recordTooLong("This line", scanner.where());
    }
    return checkNumbers(header, file.string());
}

} // namespace diploscope
