// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/text_reader.h"

#include "base/input_file.h"
#include "base/utf8.h"
#include "base/words.h"
#include "io/htslib_files.h"
#include "io/line_scanner.h"

#include <fmt/format.h>
#include <htslib/hts_log.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>
#include <system_error>

namespace diploscope {

namespace fs = std::filesystem;

namespace {
constexpr size_t ChunkSize = size_t(1) << 18;

/// By its byte order mark, or by the zero that every other byte of plain text is then.
bool isUtf16(std::string_view bytes) {
    if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF"))
        return true;
    return bytes.size() >= 4 && ((bytes[0] != 0 && bytes[1] == 0 && bytes[2] != 0 && bytes[3] == 0) ||
                                 (bytes[0] == 0 && bytes[1] != 0 && bytes[2] == 0 && bytes[3] != 0));
}
} // namespace

struct TextReader::Impl {
    std::string path;
    BgzfPtr file;
    std::vector<char> buffer;
    int64_t before = 0; ///< bytes of the text that stood before the buffer's first
    size_t begin = 0;   ///< of what is not given out yet
    size_t given = 0;   ///< where the line given out last begins
    size_t givenLength = 0;
    size_t end = 0; ///< of what was read
    bool atEnd = false;
    int64_t lineNumber = 0;
    std::string valid; ///< the line given out last, where it was no UTF-8

    [[nodiscard]] Failure damaged(std::string what) const {
        return fail(ErrorKind::BadInput, std::move(what), fmt::format("{}, after line {}", path, lineNumber),
                    "The file is damaged or was cut off: copy or download it again.");
    }

    /// Makes room behind `end` and reads more; sets atEnd where there is no more.
    Result<void> fill() {
        if (end - begin > LongestLine)
            return fail(
                ErrorKind::BadInput,
                fmt::format("This line is longer than {} MB: it is none of a table.", LongestLine >> 20),
                fmt::format("{}, line {}", path, lineNumber + 1),
                "Check that this is the right file; copy or download it again.");
        if (begin > 0) {
            std::memmove(buffer.data(), buffer.data() + begin, end - begin);
            before += static_cast<int64_t>(begin);
            end -= begin;
            begin = 0;
        }
        if (buffer.size() - end < ChunkSize / 2)
            buffer.resize(std::max(ChunkSize, 2 * buffer.size()));
        const ssize_t got = bgzf_read(file.get(), buffer.data() + end, buffer.size() - end);
        if (got < 0)
            return damaged("The compressed data cannot be read to its end.");
        if (got == 0) {
            atEnd = true;
            return {};
        }
        if (lineNumber == 0 && end == 0 && isUtf16({buffer.data(), static_cast<size_t>(got)}))
            return fail(ErrorKind::BadInput, "The file is text in UTF-16, which is not read.", path,
                        "Save it as UTF-8: iconv -f UTF-16 -t UTF-8 FILE > NEW");
        if (std::memchr(buffer.data() + end, '\0', static_cast<size_t>(got)) != nullptr)
            return fail(ErrorKind::BadInput, "The file holds binary data where text was expected.",
                        fmt::format("{}, after line {}", path, lineNumber),
                        "Give a plain, gzip or bgzip text file in UTF-8 (no spreadsheet, no UTF-16).");
        end += static_cast<size_t>(got);
        return {};
    }
};

TextReader::TextReader(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
TextReader::TextReader(TextReader&&) noexcept = default;
TextReader& TextReader::operator=(TextReader&&) noexcept = default;
TextReader::~TextReader() = default;

Result<TextReader> TextReader::open(const fs::path& file) {
    DS_TRY(checkRegularFile(file));
    hts_set_log_level(HTS_LOG_OFF); // its failures become Errors here, not lines on stderr
    auto impl = std::make_unique<Impl>();
    impl->path = file.string();
    impl->file = openBgzf(file);
    if (!impl->file)
        return cannotOpen(file);
    // A bgzip file cut between two blocks reads without an error; only its missing end marker tells.
    if (bgzf_compression(impl->file.get()) == 2 && bgzf_check_EOF(impl->file.get()) == 0)
        return fail(ErrorKind::BadInput, "The bgzip file ends without its end-of-file marker.", file.string(),
                    "The file was cut off: copy or download it again, or compress it again with bgzip.");
    DS_TRY(impl->fill());
    if (impl->end == 0)
        return fail(ErrorKind::BadInput, "The file is empty.", file.string(),
                    "Check that whatever writes it has finished, or name another file.");
    if (std::string_view(impl->buffer.data(), impl->end).starts_with("\xEF\xBB\xBF"))
        impl->begin = 3;
    return TextReader(std::move(impl));
}

TextReader TextReader::ofText(std::string text, const fs::path& file) {
    auto impl = std::make_unique<Impl>();
    impl->path = file.string();
    impl->buffer.assign(text.begin(), text.end());
    impl->end = text.size();
    impl->atEnd = true;
    if (text.starts_with("\xEF\xBB\xBF"))
        impl->begin = 3;
    return TextReader(std::move(impl));
}

Result<bool> TextReader::next(std::string_view& line) {
    Impl& self = *m_impl;
    size_t scanned = 0; // bytes from `begin` that are known to hold no line end
    for (;;) {
        const char* start = self.buffer.data() + self.begin;
        const size_t available = self.end - self.begin;
        const auto* found =
            available > scanned
                ? static_cast<const char*>(std::memchr(start + scanned, '\n', available - scanned))
                : nullptr;
        if (found == nullptr && !self.atEnd) {
            scanned = available;
            DS_TRY(self.fill());
            continue;
        }
        if (found == nullptr && available == 0)
            return false;
        size_t length = found != nullptr ? static_cast<size_t>(found - start) : available;
        self.given = self.begin;
        self.begin += found != nullptr ? length + 1 : length;
        while (length > 0 && start[length - 1] == '\r')
            --length;
        self.givenLength = length;
        line = std::string_view(start, length);
        ++self.lineNumber;
        if (found == nullptr && self.lineNumber == 1 && line.find('\r') != std::string_view::npos)
            return fail(ErrorKind::BadInput, "The file's lines end with CR alone, as on old Macs.", self.path,
                        "Give it other line ends: tr '\\r' '\\n' < FILE > NEW");
        if (!isUtf8(line)) {
            self.valid = validUtf8(line);
            line = self.valid;
        }
        return true;
    }
}

void TextReader::giveAgain() {
    m_impl->begin = m_impl->given;
    --m_impl->lineNumber;
}

int64_t TextReader::lineNumber() const {
    return m_impl->lineNumber;
}

std::string_view TextReader::lineBytes() const {
    return {m_impl->buffer.data() + m_impl->given, m_impl->givenLength};
}

int64_t TextReader::lineOffset() const {
    return m_impl->before + static_cast<int64_t>(m_impl->given);
}

std::string TextReader::where() const {
    return fmt::format("{}, line {}", m_impl->path, m_impl->lineNumber);
}

namespace {
void splitQuoted(std::string_view line, std::vector<std::string_view>& fields, size_t most) {
    size_t start = 0;
    while (fields.size() < most) {
        while (start < line.size() && line[start] == ' ')
            ++start;
        if (start < line.size() && line[start] == '"') {
            // "" inside quotes stands for a quote and does not end the field.
            size_t close = line.find('"', start + 1);
            while (close != std::string_view::npos && close + 1 < line.size() && line[close + 1] == '"')
                close = line.find('"', close + 2);
            const size_t inner = start + 1;
            const size_t innerEnd = close == std::string_view::npos ? line.size() : close;
            fields.push_back(line.substr(inner, innerEnd - inner));
            start = close == std::string_view::npos ? std::string_view::npos : line.find(',', close);
        } else {
            const size_t comma = line.find(',', start);
            fields.push_back(
                trimmed(line.substr(start, comma == std::string_view::npos ? comma : comma - start)));
            start = comma;
        }
        if (start == std::string_view::npos)
            return;
        ++start;
    }
}
} // namespace

void splitFields(std::string_view line, char separator, std::vector<std::string_view>& fields, size_t most) {
    fields.clear();
    if (separator == ',') {
        splitQuoted(line, fields, most);
        return;
    }
    const char* at = line.data();
    const char* const end = at + line.size();
    while (fields.size() < most) {
        const auto* found =
            at < end ? static_cast<const char*>(std::memchr(at, separator, static_cast<size_t>(end - at)))
                     : nullptr;
        if (found == nullptr) {
            fields.push_back(trimmed({at, static_cast<size_t>(end - at)}));
            return;
        }
        fields.push_back(trimmed({at, static_cast<size_t>(found - at)}));
        at = found + 1;
    }
}

void splitRow(std::string_view line, char separator, std::vector<std::string_view>& fields, size_t most) {
    if (separator != ' ') {
        splitFields(line, separator, fields, most);
    } else {
        fields.clear();
        for (size_t at = 0; at < line.size() && fields.size() < most;) {
            const size_t end = std::min(line.find(' ', at), line.size());
            if (const std::string_view field = trimmed(line.substr(at, end - at)); !field.empty())
                fields.push_back(field);
            at = end + 1;
        }
        if (fields.empty())
            fields.emplace_back();
    }
    if (separator == ',')
        return; // taken off already
    for (std::string_view& field : fields)
        if (field.size() >= 2 && field.front() == '"' && field.back() == '"')
            field = field.substr(1, field.size() - 2);
}

char separatorOf(std::string_view header) {
    for (const char separator : {'\t', ',', ' '})
        if (header.find(separator) != std::string_view::npos)
            return separator;
    return '\0';
}

void dropTrailingSeparators(std::vector<std::string_view>& fields, size_t columns) {
    while (fields.size() > columns && fields.back().empty())
        fields.pop_back();
}

namespace {
/// "`gene_id`, `HG1`, ... `HG9`": the ends of a row, which is where it is too long or too short.
template <class Field>
std::string endsOf(const std::vector<Field>& fields) {
    constexpr size_t Shown = 3;
    std::string text;
    for (size_t i = 0; i < fields.size(); ++i) {
        if (fields.size() > 2 * Shown && i == Shown) {
            text += ", ...";
            i = fields.size() - Shown;
        }
        text += fmt::format("{}`{}`", text.empty() ? "" : ", ", std::string_view(fields[i]).substr(0, 24));
    }
    return text;
}
} // namespace

Failure raggedRow(const std::vector<std::string>& header, const std::vector<std::string_view>& row,
                  std::string where) {
    return fail(ErrorKind::BadInput,
                fmt::format("The row has {} columns, but the header has {}. The header is {}; the row is {}.",
                            row.size(), header.size(), endsOf(header), endsOf(row)),
                std::move(where),
                row.size() > header.size()
                    ? "Name every column in the header, the first and the last too, or take the nameless one "
                      "away."
                    : "Make every row as long as the header; the file may be cut off or edited.");
}

bool parseNumber(std::string_view text, double& value) {
    if (text.empty() || text == "NA" || text == "." || text == "NaN" || text == "nan") {
        value = std::numeric_limits<double>::quiet_NaN();
        return true;
    }
    if (text.starts_with('+') && !text.starts_with("+-")) // some writers put it, from_chars does not take it
        text.remove_prefix(1);
    const char* const end = text.data() + text.size();
    const auto [stopped, code] = std::from_chars(text.data(), end, value);
    if (stopped != end || text.empty())
        return false;
    if (code == std::errc::result_out_of_range) {
        // Beyond what a double holds: p-values like 1e-400 are 0, not an error.
        const bool negative = text.front() == '-';
        const std::string_view digits = negative ? text.substr(1) : text;
        const bool tiny = digits.find("e-") != std::string_view::npos ||
                          digits.find("E-") != std::string_view::npos || digits.starts_with("0") ||
                          digits.starts_with(".");
        value = tiny ? 0.0 : std::numeric_limits<double>::infinity();
        if (negative)
            value = -value;
        return true;
    }
    return code == std::errc();
}

bool parseInteger(std::string_view text, int64_t& value) {
    if (text.starts_with('+') && !text.starts_with("+-"))
        text.remove_prefix(1);
    const char* const end = text.data() + text.size();
    const auto [stopped, code] = std::from_chars(text.data(), end, value);
    return !text.empty() && stopped == end && code == std::errc();
}

} // namespace diploscope
