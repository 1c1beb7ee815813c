// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/checksum.h"
#include "base/run_context.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace diploscope {

/// A sequence as another program is asked for its score. Source: FORMATS 11.
struct ListedSequence {
    Digest name{};      ///< sequenceKey()
    std::string bases;  ///< as the model reads them
    std::string gene;   ///< its id
    std::string region; ///< of the window's reference: "chr22:19,001-20,000" without commas, 1-based
    char strand = '+';  ///< that `bases` stands on
    int64_t shift = 0;  ///< bp by which the window stands farther right
    std::string output; ///< of the model that is asked for, OutputChoice::text()
    std::string what;   ///< "reference", "variant", "haplotype"
    std::string edits;  ///< of the region, forward strand: "19015:A>G,19020:AT>A"
};

/// Writes `sequences.fa.gz` (bgzip; or `sequences.fa`), a record a sequence named by its digest, all of its
/// bases on one line, and `sequences.tsv`, a row each, in the same order. One thread.
class SequenceListWriter {
public:
    /// \param folder exists \error Io
    [[nodiscard]] static Result<SequenceListWriter> create(const std::filesystem::path& folder,
                                                           bool compressed);
    SequenceListWriter(SequenceListWriter&&) noexcept;
    SequenceListWriter& operator=(SequenceListWriter&&) = delete;
    ~SequenceListWriter();

    /// \error Io
    [[nodiscard]] Result<void> add(const ListedSequence& sequence);
    /// Both files are whole then. \error Io
    [[nodiscard]] Result<void> close();

    static constexpr const char* Bases = "sequences.fa";
    static constexpr const char* CompressedBases = "sequences.fa.gz";
    static constexpr const char* Table = "sequences.tsv";

private:
    struct Impl;
    explicit SequenceListWriter(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

/// What another program says of sequences: a number each. Immutable; any thread.
class SequenceScores {
public:
    /// Tables with the columns `sequence` and `score`, in any order of rows, further columns being passed
    /// over; a score of NA is none. \error as TableReader; BadInput with the line: a name that is none of
    /// ours, a score that is no finite number; of two scores of one sequence, which differ; Cancelled
    [[nodiscard]] static Result<SequenceScores> read(const std::vector<std::filesystem::path>& files,
                                                     const RunContext& context = {});

    [[nodiscard]] std::optional<double> find(const Digest& sequence) const;
    [[nodiscard]] int64_t count() const { return static_cast<int64_t>(m_scores.size()); }

private:
    std::vector<std::pair<Digest, double>> m_scores; ///< by digest: 24 bytes each, and they may be millions
};

/// The other way round of toHex(). \return nothing for what is no digest
[[nodiscard]] std::optional<Digest> digestOfHex(std::string_view text);

} // namespace diploscope
