// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/chain_reader.h"

#include "io/text_reader.h"

#include <fmt/format.h>

#include <array>
#include <limits>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace diploscope {

namespace fs = std::filesystem;

namespace {

constexpr int64_t LongestContig = int64_t{1} << 40; ///< far from where sums would overflow
constexpr size_t MostContigs = 10'000'000;
constexpr int64_t BetweenReports = 65536;

struct ChainEnd {
    std::string name;
    int64_t size = 0, start = 0, end = 0;
    bool isReverse = false;
};

/// One chain after the other: a head, then blocks `size dt dq`, the last without gaps.
class ChainParser {
public:
    explicit ChainParser(TextReader reader) : m_reader(std::move(reader)) {}

    Result<Liftover> read(const RunContext& context) {
        for (;;) {
            DS_ASSIGN(const bool more, next());
            if (!more)
                break;
            if (m_reader.lineNumber() - m_reportedAt >= BetweenReports) {
                m_reportedAt = m_reader.lineNumber();
                DS_TRY(context.checkpoint());
                context.report("Reading the chain file", m_reportedAt, 0);
            }
            DS_TRY(readOne());
        }
        if (m_blocks.empty())
            return bad("The file holds no chain.",
                       "Give a UCSC chain file, such as hg19ToHg38.over.chain.gz.");
        return Liftover(m_contigs, std::move(m_blocks));
    }

    Result<void> readHead() {
        DS_ASSIGN(const bool more, next());
        if (!more)
            return bad("The file holds no chain.",
                       "Give a UCSC chain file, such as hg19ToHg38.over.chain.gz.");
        DS_TRY(head());
        return {};
    }

private:
    [[nodiscard]] Failure bad(std::string what,
                              std::string remedy = "Get the file anew; it may be cut off.") const {
        return fail(ErrorKind::BadInput, std::move(what), m_reader.where(), std::move(remedy));
    }

    /// The next line that says something.
    Result<bool> next() {
        for (std::string_view line;;) {
            DS_ASSIGN(const bool more, m_reader.next(line));
            if (!more)
                return false;
            if (line.empty() || line.front() == '#')
                continue;
            m_line = line;
            words();
            if (!m_words.empty())
                return true;
        }
    }
    void words() {
        m_words.clear();
        const std::string_view line = m_line;
        for (size_t at = line.find_first_not_of(" \t"); at < line.size();
             at = line.find_first_not_of(" \t", at)) {
            const size_t end = std::min(line.find_first_of(" \t", at), line.size());
            m_words.push_back(line.substr(at, end - at));
            at = end;
            if (m_words.size() > 16)
                break;
        }
    }
    Result<int64_t> number(size_t word, const char* what) const {
        int64_t value = 0;
        if (word >= m_words.size() || !parseInteger(m_words[word], value) || value < 0 ||
            value > LongestContig)
            return bad(fmt::format("The chain's {} is `{}`, which is no size of bases.", what,
                                   word < m_words.size() ? m_words[word].substr(0, 30) : ""));
        return value;
    }
    Result<ChainEnd> end(size_t word, const char* what) const {
        ChainEnd read;
        read.name = m_words[word];
        DS_ASSIGN(read.size, number(word + 1, what));
        const std::string_view strand = m_words[word + 2];
        if (strand != "+" && strand != "-")
            return bad(fmt::format("The {}'s strand is `{}`, which is neither + nor -.", what,
                                   strand.substr(0, 30)));
        read.isReverse = strand == "-";
        DS_ASSIGN(read.start, number(word + 3, what));
        DS_ASSIGN(read.end, number(word + 4, what));
        if (read.start > read.end || read.end > read.size)
            return bad(fmt::format("The {} is {} to {} of {}, which has {} bases.", what, read.start,
                                   read.end, read.name.substr(0, 60), read.size));
        return read;
    }
    Result<std::pair<ChainEnd, ChainEnd>> head() const {
        if (m_words.front() != "chain" || m_words.size() < 12)
            return bad(fmt::format("`{}` begins no chain.", std::string_view(m_line).substr(0, 60)),
                       "Give a UCSC chain file, such as hg19ToHg38.over.chain.gz.");
        DS_ASSIGN(ChainEnd from, end(2, "target"));
        DS_ASSIGN(ChainEnd to, end(7, "query"));
        if (from.isReverse)
            return bad("The target's strand is -, which no chain file has.");
        return std::pair(std::move(from), std::move(to));
    }
    uint32_t contigOf(const std::string& name) {
        const auto [place, isNew] = m_contigIndex.emplace(name, static_cast<uint32_t>(m_contigs.size()));
        if (isNew)
            m_contigs.push_back(name);
        return place->second;
    }

    Result<void> readOne() {
        DS_ASSIGN(const auto ends, head());
        const auto& [from, to] = ends;
        if (m_contigIndex.size() >= MostContigs)
            return bad("The file names more contigs than can be read.");
        const uint32_t contig = contigOf(to.name);
        std::vector<Liftover::Block>& blocks = m_blocks[from.name];
        int64_t target = from.start, query = to.start;
        for (;;) {
            DS_ASSIGN(const bool more, next());
            if (!more)
                return bad("The last chain is cut off.");
            DS_ASSIGN(const int64_t size, number(0, "block"));
            if (target + size > from.end || query + size > to.end)
                return bad("The chain's blocks are longer than the chain.");
            if (size > 0)
                blocks.push_back(
                    {target, size, to.isReverse ? to.size - query - size : query, contig, to.isReverse});
            target += size;
            query += size;
            if (m_words.size() == 1)
                break;
            DS_ASSIGN(const int64_t targetGap, number(1, "gap"));
            DS_ASSIGN(const int64_t queryGap, number(2, "gap"));
            target += targetGap;
            query += queryGap;
        }
        if (target != from.end || query != to.end)
            return bad("The chain's blocks do not come to its end.");
        return {};
    }

    TextReader m_reader;
    std::string m_line;
    std::vector<std::string_view> m_words; ///< of the line
    std::vector<std::string> m_contigs;
    std::unordered_map<std::string, uint32_t> m_contigIndex;
    std::unordered_map<std::string, std::vector<Liftover::Block>> m_blocks;
    int64_t m_reportedAt = 0;
};

} // namespace

Result<Liftover> readChain(const fs::path& file, const RunContext& context) {
    DS_ASSIGN(TextReader reader, TextReader::open(file));
    return ChainParser(std::move(reader)).read(context);
}

Result<void> checkChain(const fs::path& file) {
    DS_ASSIGN(TextReader reader, TextReader::open(file));
    return ChainParser(std::move(reader)).readHead();
}

} // namespace diploscope
