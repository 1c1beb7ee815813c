// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"
#include "genome/variant.h"
#include "io/fasta_reader.h"
#include "io/motif_reader.h"
#include "io/table_writer.h"
#include "stats/motif_scores.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace diploscope {

/// A motif with what its log-odds are measured by.
struct PreparedMotif {
    std::string id, name;
    std::string file; ///< its file's name
    MotifScores scores;
};
/// In the order of their files.
using MotifSet = std::vector<PreparedMotif>;

/// One pseudocount, shared out as the background is, goes to every position. \error of readMotifs, Cancelled;
/// Unsupported where their p would take more than 8 GB of memory
[[nodiscard]] Result<std::shared_ptr<const MotifSet>>
prepareMotifs(const std::vector<std::filesystem::path>& files, const RunContext& context = {});

/// Matches are told up to this p of one place, unless something else is asked for.
inline constexpr double MotifMatchP = 1e-3;

enum class MotifChange {
    Gained, ///< ALT has a match, REF has none
    Lost,
    Stronger, ///< both have one; ALT's p is smaller
    Weaker,
    Same
};
[[nodiscard]] std::string_view toText(MotifChange change);

/// The best place of a motif, of all that touch an allele.
struct MotifPlace {
    double score = 0; ///< log-odds, bits
    double p = 1;
    int64_t start = 0; ///< of its first base on the forward strand, from the allele's first: 0 or below
    Strand strand = Strand::Forward;
};

/// What a change of sequence does to one motif.
struct MotifMatch {
    size_t motif = 0; ///< index into the set
    MotifPlace ref, alt;
    MotifChange change = MotifChange::Same;
};

/// Motifs of which REF or ALT has a match, the smallest p first; of equal p the largest difference of
/// log-odds. Both strands count. \param before, after reference bases beside the alleles, at least the widest
/// motif's less one each (N past a contig's end) \param most p of a match, of one place. Source: METHODS 18.
[[nodiscard]] std::vector<MotifMatch> motifMatches(const MotifSet& motifs, std::string_view before,
                                                   std::string_view ref, std::string_view alt,
                                                   std::string_view after, double most = MotifMatchP);

/// The same of a variant on the reference. \error as FastaReader::fetch; Mismatch: REF is not what stands
/// there
[[nodiscard]] Result<std::vector<MotifMatch>> motifMatches(const MotifSet& motifs,
                                                           const FastaReader& reference,
                                                           const Variant& variant, double most = MotifMatchP);

/// motif, id, change, and of both alleles log-odds, p, position (1-based) and strand.
[[nodiscard]] TableWriter motifTable(const MotifSet& motifs, const std::vector<MotifMatch>& matches,
                                     const Variant& variant,
                                     const std::vector<std::pair<std::string, std::string>>& provenance);

} // namespace diploscope
