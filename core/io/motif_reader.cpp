// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/motif_reader.h"

#include "base/utf8.h"
#include "base/words.h"
#include "io/text_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string_view>

namespace diploscope {

namespace fs = std::filesystem;

namespace {

constexpr double MemeSites = 20; ///< MEME's own default
constexpr double SumTolerance = 0.02;
constexpr size_t MostIdBytes = 200;

using MotifWords = std::vector<std::string_view>;

/// \param most what stands behind them is not looked at
MotifWords wordsOf(std::string_view line, size_t most = WidestMotif + 1) {
    MotifWords words;
    for (size_t at = line.find_first_not_of(" \t"); at < line.size() && words.size() < most;
         at = line.find_first_not_of(" \t", at)) {
        const size_t end = std::min(line.find_first_of(" \t", at), line.size());
        words.push_back(line.substr(at, end - at));
        at = end;
    }
    return words;
}

/// "w= 19" or "w=19" of a matrix's head.
std::optional<double> headNumber(std::string_view line, std::string_view key) {
    const size_t at = line.find(key);
    if (at == std::string_view::npos)
        return std::nullopt;
    const MotifWords words = wordsOf(line.substr(at + key.size()));
    double value = 0;
    if (words.empty() || !parseNumber(words.front(), value) || !std::isfinite(value))
        return std::nullopt;
    return value;
}

/// Reads one file, a motif after the other.
class MotifParser {
public:
    explicit MotifParser(TextReader reader) : m_reader(std::move(reader)) {}

    Result<MotifFile> read() {
        DS_ASSIGN(const bool some, nextLine());
        if (some && m_line.starts_with("MEME version"))
            DS_TRY(readMeme());
        else if (some && m_line.starts_with(">"))
            DS_TRY(readJaspar());
        else
            return bad(fmt::format("`{}` begins neither MEME's minimal format nor JASPAR's PFM.",
                                   m_line.substr(0, 60)),
                       "Give a file that begins with `MEME version` or with `>`.");
        if (m_file.motifs.empty())
            return bad("The file has no motif.", "Check that whatever writes it has finished.");
        return std::move(m_file);
    }

private:
    Failure bad(std::string what, std::string remedy = "Take the file as its source has it.") const {
        return fail(ErrorKind::BadInput, std::move(what), m_reader.where(), std::move(remedy));
    }
    /// Passes over blank lines.
    Result<bool> nextLine() {
        for (;;) {
            DS_ASSIGN(const bool more, m_reader.next(m_line));
            if (!more) {
                m_line = {};
                return false;
            }
            m_line = trimmed(m_line);
            if (!m_line.empty())
                return true;
        }
    }
    Result<void> begin(std::string_view text) {
        const MotifWords words = wordsOf(text);
        if (words.empty())
            return bad("The motif has no name.");
        if (m_file.motifs.size() == MostMotifs)
            return bad(fmt::format("The file has more than {} motifs.", MostMotifs),
                       "Give those that matter.");
        Motif motif;
        motif.id = validUtf8(words.front().substr(0, MostIdBytes)); // may end within a letter
        motif.name = words.size() > 1 ? validUtf8(words[1].substr(0, MostIdBytes)) : motif.id;
        m_file.motifs.push_back(std::move(motif));
        return {};
    }
    Result<void> readMeme() {
        bool hasMatrix = true;
        for (;;) {
            DS_ASSIGN(const bool more, nextLine());
            if (!more)
                break;
            if (m_line.starts_with("ALPHABET") && m_line.find("ACGT") == std::string_view::npos)
                return bad("The motifs are not of DNA.", "Give motifs with `ALPHABET= ACGT`.");
            if (m_line.starts_with("Background letter frequencies")) {
                DS_TRY(readBackground());
            } else if (m_line.starts_with("MOTIF")) {
                if (!hasMatrix)
                    return bad("The motif before has no matrix.");
                DS_TRY(begin(m_line.substr(5)));
                hasMatrix = false;
            } else if (m_line.starts_with("letter-probability matrix:")) {
                if (hasMatrix)
                    return bad("The matrix stands behind no `MOTIF`.");
                DS_TRY(readMatrix());
                hasMatrix = true;
            }
        }
        return hasMatrix ? Result<void>() : Result<void>(bad("The last motif has no matrix."));
    }
    Result<void> readBackground() {
        DS_ASSIGN(const bool more, nextLine());
        const MotifWords words = more ? wordsOf(m_line) : MotifWords();
        double sum = 0;
        for (size_t base = 0; base < 4; ++base) {
            double value = 0;
            if (words.size() != 8 || words[2 * base] != std::string_view("ACGT").substr(base, 1) ||
                !parseNumber(words[2 * base + 1], value) || !(value >= LeastBackground) || value > 1)
                return bad(fmt::format("The background is no list of four frequencies from {} to 1.",
                                       LeastBackground),
                           "Write it as `A 0.25 C 0.25 G 0.25 T 0.25`.");
            m_file.background[base] = value;
            sum += value;
        }
        if (std::abs(sum - 1) > SumTolerance)
            return bad(fmt::format("The background sums to {:.3g}, not to 1.", sum));
        for (double& value : m_file.background)
            value /= sum;
        return {};
    }
    Result<void> readMatrix() {
        const double width = headNumber(m_line, "w=").value_or(0);
        const double sites = headNumber(m_line, "nsites=").value_or(MemeSites);
        if (!(width >= 1) || width > static_cast<double>(WidestMotif) || width != std::floor(width))
            return bad(fmt::format("The matrix has no width from 1 to {}.", WidestMotif));
        if (headNumber(m_line, "alength=").value_or(4) != 4 || !(sites > 0) || sites > LargestCount)
            return bad(fmt::format("The matrix is not of four bases and up to {:.0e} sites.", LargestCount));
        Motif& motif = m_file.motifs.back();
        for (size_t row = 0; row < static_cast<size_t>(width); ++row) {
            DS_ASSIGN(const bool more, nextLine());
            const MotifWords words = more ? wordsOf(m_line) : MotifWords();
            std::array<double, 4> counts{};
            double sum = 0;
            for (size_t base = 0; base < 4; ++base) {
                double value = 0;
                if (words.size() != 4 || !parseNumber(words[base], value) || !(value >= 0) || value > 1)
                    return bad(fmt::format("Row {} of {} is no list of four probabilities.", row + 1, width));
                counts[base] = value * sites;
                sum += value;
            }
            if (std::abs(sum - 1) > SumTolerance)
                return bad(fmt::format("Row {} sums to {:.3g}, not to 1.", row + 1, sum));
            motif.counts.push_back(counts);
        }
        return {};
    }
    Result<void> readJaspar() {
        for (bool more = true; more;) {
            if (!m_line.starts_with(">"))
                return bad(fmt::format("`{}` stands where a motif should begin.", m_line.substr(0, 40)));
            DS_TRY(begin(m_line.substr(1)));
            for (size_t base = 0; base < 4; ++base) {
                DS_ASSIGN(const bool row, nextLine());
                DS_TRY(readCounts(row ? m_line : std::string_view(), base));
            }
            for (const std::array<double, 4>& counts : m_file.motifs.back().counts)
                if (!(counts[0] + counts[1] + counts[2] + counts[3] > 0))
                    return bad("A position of the motif has no counts.");
            DS_ASSIGN(more, nextLine());
        }
        return {};
    }
    /// `A  [ 4 19 0 ]`, or the numbers alone.
    Result<void> readCounts(std::string_view line, size_t base) {
        const std::string_view letter = std::string_view("ACGT").substr(base, 1);
        std::string_view rest = line;
        if (const MotifWords words = wordsOf(rest);
            !words.empty() && words[0].size() == 1 && std::string_view("ACGTU").find(words[0]) < 5) {
            if (words[0] != letter)
                return bad(
                    fmt::format("Row {} of the motif is of {} instead of {}.", base + 1, words[0], letter));
            rest.remove_prefix(rest.find(words[0]) + 1);
        }
        std::string numbers(rest);
        std::replace_if(
            numbers.begin(), numbers.end(), [](char c) { return c == '[' || c == ']'; }, ' ');
        const MotifWords words = wordsOf(numbers);
        std::vector<std::array<double, 4>>& counts = m_file.motifs.back().counts;
        if (words.size() > WidestMotif)
            return bad(fmt::format("Row {} of the motif has more than {} counts.", base + 1, WidestMotif));
        if (words.empty() || (base > 0 && words.size() != counts.size()))
            return bad(fmt::format("Row {} of the motif has {} counts{}.", base + 1, words.size(),
                                   base > 0 ? fmt::format(", the first one {}", counts.size()) : ""));
        counts.resize(words.size());
        for (size_t i = 0; i < words.size(); ++i)
            if (!parseNumber(words[i], counts[i][base]) || !(counts[i][base] >= 0) ||
                counts[i][base] > LargestCount)
                return bad(
                    fmt::format("`{}` is no count up to {:.0e}.", words[i].substr(0, 40), LargestCount));
        return {};
    }

    TextReader m_reader;
    std::string_view m_line;
    MotifFile m_file;
};

} // namespace

Result<MotifFile> readMotifs(const fs::path& file) {
    DS_ASSIGN(TextReader reader, TextReader::open(file));
    return MotifParser(std::move(reader)).read();
}

bool isMotifFile(const fs::path& file) {
    Result<TextReader> reader = TextReader::open(file);
    return reader && areMotifs(std::move(*reader));
}

bool areMotifs(TextReader reader) {
    for (std::string_view line;;) {
        const Result<bool> more = reader.next(line);
        if (!more || !*more)
            return false;
        line = trimmed(line);
        if (line.empty())
            continue;
        if (line.starts_with("MEME version"))
            return true;
        if (!line.starts_with(">"))
            return false;
        // A FASTA begins so too: its next line is of letters.
        const Result<bool> row = reader.next(line);
        return row && *row && line.find_first_of("0123456789") != std::string_view::npos;
    }
}

} // namespace diploscope
