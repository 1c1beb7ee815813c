// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/fasta_faults.h"

#include "base/cpu_clones.h"
#include "base/terminal_text.h"
#include "io/htslib_files.h"
#include "io/line_scanner.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <optional>
#include <set>
#include <string_view>

namespace diploscope {

namespace fs = std::filesystem;

namespace {

constexpr size_t LongestHeader = size_t{1} << 20;

/// The first character of a line that belongs in no sequence. Blanks at a line's end do
/// no harm where all lines have them. Of a line beyond a megabyte the beginning is looked at.
std::optional<char> oddLetter(std::string_view line) {
    while (!line.empty() && (line.back() == ' ' || line.back() == '\t'))
        line.remove_suffix(1);
    const auto odd = std::find_if_not(line.begin(), line.end(), mayStandInSequence);
    return odd == line.end() ? std::nullopt : std::optional(*odd);
}

/// mayStandInSequence() without a branch, so that the compiler takes many bytes at a time.
DS_CLONES bool mayAllStand(const char* text, size_t length) {
    unsigned char odd = 0;
    for (size_t i = 0; i < length; ++i) {
        const auto upper =
            static_cast<unsigned char>(text[i] & 0xDF); // of a letter; no other byte becomes one
        const bool isLetter = (upper >= 'A') & (upper <= 'Z');
        const bool may = isLetter | (text[i] == '-') | (text[i] == '*') | (text[i] == '.');
        odd |= may ? 0 : 1;
    }
    return odd == 0;
}

} // namespace

bool mayAllStandInSequence(std::string_view text) {
    return mayAllStand(text.data(), text.size());
}

Result<void> checkFastaStart(const fs::path& file) {
    const BgzfPtr handle = openBgzf(file);
    const int first = handle ? bgzf_getc(handle.get()) : -2;
    if (first == '>')
        return {};
    if (first == -1)
        return fail(ErrorKind::BadInput, "The file is empty once decompressed.", file.string(),
                    "Copy or make it again.");
    if (first < 0)
        return fail(ErrorKind::BadInput, "The file cannot be decompressed: it is damaged.", file.string(),
                    "Copy or download it again.");
    return fail(ErrorKind::BadInput,
                first == '@' ? "This looks like FASTQ, not FASTA."
                             : "This is not FASTA: it does not begin with \">\".",
                file.string(), "Name the reference genome's FASTA file.");
}

Result<void> checkFastaLines(const fs::path& file) {
    const auto fault = [&](int64_t line, const std::string& what, const std::string& remedy) {
        return fail(ErrorKind::BadInput, what, fmt::format("{}, line {}", file.string(), line), remedy);
    };
    DS_ASSIGN(LineScanner scanner, LineScanner::open(file));
    std::set<std::string, std::less<>> names;
    std::string contig;
    int64_t width = 0;     // of the contig's lines; 0 before its first
    int64_t shortLine = 0; // a line shorter than the others can only be the contig's last
    for (;;) {
        DS_ASSIGN(const bool more, scanner.next(LongestHeader));
        if (!more)
            return {};
        const int64_t line = scanner.lineNumber();
        const std::string_view head = scanner.head();
        if (head.starts_with('>')) {
            if (scanner.length() > static_cast<int64_t>(LongestHeader))
                return fault(line, fmt::format("A contig's header of {} bytes.", scanner.length()),
                             "Shorten it to the contig's name.");
            const size_t nameEnd = head.find_first_of(" \t\r", 1);
            const std::string name(head.substr(1, nameEnd == std::string_view::npos ? nameEnd : nameEnd - 1));
            if (name.empty())
                return fault(line, "A contig without a name.", "Give it one after the \">\".");
            if (!names.insert(name).second)
                return fault(line, fmt::format("The contig \"{}\" occurs twice.", name), "Keep one of them.");
            contig = name;
            width = 0;
            shortLine = 0;
            continue;
        }
        if (const std::optional<char> odd = oddLetter(head))
            return fault(line,
                         fmt::format("The sequence of contig \"{}\" holds `{}`, which is no base.", contig,
                                     terminalText(std::string_view(&*odd, 1))),
                         "Write bases alone, without numbers and blanks between them, for example: sed "
                         "'/^>/!s/[0-9 \\t]//g' FILE > NEW");
        const int64_t length = scanner.length();
        if (shortLine > 0 && length > 0)
            return fault(
                shortLine,
                "This line is not as long as its contig's other lines, so no base can be found by its place.",
                "Wrap the sequence anew, for example: samtools faidx needs equal lines; seqtk seq -l 60 "
                "FILE.");
        if (width == 0)
            width = length;
        else if (length > width)
            return fault(
                line,
                "This line is longer than its contig's other lines, so no base can be found by its place.",
                "Wrap the sequence anew, for example: seqtk seq -l 60 FILE.");
        else if (length < width)
            shortLine = line;
    }
}

} // namespace diploscope
