// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/sequence_list.h"

#include "io/htslib_files.h"
#include "io/table_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

namespace diploscope {

namespace fs = std::filesystem;

namespace {

constexpr int64_t kRowsBetweenReports = 100'000;

Failure cannotWrite(const fs::path& file) {
    return fail(ErrorKind::Io, "The sequences cannot be written.", file.string(),
                "Check free space and that you may write there; fewer genes at a time (--genes FILE) take "
                "less.");
}

} // namespace

struct SequenceListWriter::Impl {
    fs::path basesFile, tableFile;
    BgzfPtr bases;
    std::ofstream table;
};

SequenceListWriter::SequenceListWriter(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
SequenceListWriter::SequenceListWriter(SequenceListWriter&&) noexcept = default;
SequenceListWriter::~SequenceListWriter() = default;

Result<SequenceListWriter> SequenceListWriter::create(const fs::path& folder, bool compressed) {
    auto impl = std::make_unique<Impl>();
    impl->basesFile = fs::absolute(folder) / (compressed ? CompressedBases : Bases);
    impl->tableFile = folder / Table;
    impl->bases.reset(bgzf_open(impl->basesFile.c_str(), compressed ? "w" : "wu")); // u: as they are
    if (!impl->bases)
        return cannotWrite(impl->basesFile);
    impl->table.open(impl->tableFile, std::ios::binary | std::ios::trunc);
    impl->table << "sequence\tgene\twindow\tstrand\tshift\toutput\twhat\tedits\n";
    if (!impl->table)
        return cannotWrite(impl->tableFile);
    return SequenceListWriter(std::move(impl));
}

Result<void> SequenceListWriter::add(const ListedSequence& sequence) {
    const std::string name = toHex(sequence.name);
    const std::string record = ">" + name + "\n" + sequence.bases + "\n";
    if (bgzf_write(m_impl->bases.get(), record.data(), record.size()) != static_cast<ssize_t>(record.size()))
        return cannotWrite(m_impl->basesFile);
    m_impl->table << fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\n", name, sequence.gene, sequence.region,
                                 sequence.strand, sequence.shift, sequence.output, sequence.what,
                                 sequence.edits);
    if (!m_impl->table)
        return cannotWrite(m_impl->tableFile);
    return {};
}

Result<void> SequenceListWriter::close() {
    if (bgzf_close(m_impl->bases.release()) != 0)
        return cannotWrite(m_impl->basesFile);
    m_impl->table.close();
    if (!m_impl->table)
        return cannotWrite(m_impl->tableFile);
    return {};
}

std::optional<Digest> digestOfHex(std::string_view text) {
    Digest digest{};
    if (text.size() != 2 * digest.size())
        return std::nullopt;
    for (size_t i = 0; i < text.size(); ++i) {
        const char letter = text[i];
        const int value = letter >= '0' && letter <= '9'   ? letter - '0'
                          : letter >= 'a' && letter <= 'f' ? letter - 'a' + 10
                          : letter >= 'A' && letter <= 'F' ? letter - 'A' + 10
                                                           : -1;
        if (value < 0)
            return std::nullopt;
        digest[i / 2] = static_cast<uint8_t>(16 * digest[i / 2] + value);
    }
    return digest;
}

Result<SequenceScores> SequenceScores::read(const std::vector<fs::path>& files, const RunContext& context) {
    SequenceScores read;
    for (const fs::path& file : files) {
        DS_ASSIGN(TableReader table, TableReader::open(file));
        DS_ASSIGN(const size_t name, table.column("sequence"));
        DS_ASSIGN(const size_t score, table.column("score"));
        for (int64_t row = 1;; ++row) {
            DS_ASSIGN(const bool more, table.next());
            if (!more)
                break;
            if (row % kRowsBetweenReports == 0) {
                DS_TRY(context.checkpoint());
                context.report("Reading scores", row, 0);
            }
            const std::optional<Digest> sequence = digestOfHex(table.text(name));
            if (!sequence)
                return fail(ErrorKind::BadInput,
                            fmt::format("\"{}\" is no name of a sequence.", table.text(name).substr(0, 60)),
                            table.where(),
                            fmt::format("Name sequences as {} does: 32 letters and digits.",
                                        SequenceListWriter::Table));
            DS_ASSIGN(const std::optional<double> value, table.number(score, NumberBounds{}));
            if (value)
                read.m_scores.emplace_back(*sequence, *value);
        }
    }
    std::sort(read.m_scores.begin(), read.m_scores.end());
    const auto other =
        std::adjacent_find(read.m_scores.begin(), read.m_scores.end(), [](const auto& a, const auto& b) {
            return a.first == b.first && a.second != b.second;
        });
    if (other != read.m_scores.end()) {
        std::string where;
        for (const fs::path& file : files)
            where += (where.empty() ? "" : ", ") + file.string();
        return fail(ErrorKind::BadInput,
                    fmt::format("The sequence {} has two scores, {} and {}.", toHex(other->first),
                                other->second, std::next(other)->second),
                    where, "Leave the wrong one out. A model whose scores differ from run to run has none.");
    }
    read.m_scores.erase(std::unique(read.m_scores.begin(), read.m_scores.end()), read.m_scores.end());
    return read;
}

std::optional<double> SequenceScores::find(const Digest& sequence) const {
    const auto found = std::lower_bound(m_scores.begin(), m_scores.end(), sequence,
                                        [](const auto& one, const Digest& name) { return one.first < name; });
    if (found == m_scores.end() || found->first != sequence)
        return std::nullopt;
    return found->second;
}

} // namespace diploscope
