// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "genome/variant.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace diploscope {

/// A variant's name in a file, as it is written: its alleles may share bases, and the file may call the
/// contig as it likes.
struct VariantName {
    std::string contig;   ///< as written, with or without `chr`
    int64_t position = 0; ///< 0-based
    std::string ref, alt; ///< upper case
    std::string build;    ///< "b37"; empty where the name does not say
};

/// Takes `chr1_12345_A_G_b38`, `1:12345:A:G`, `1:12345_A/G`, `1-12345-A-G` and the like apart; nothing for
/// other names, such as rsids.
[[nodiscard]] std::optional<VariantName> parseVariantName(std::string_view text);

/// What people type, or copy out of the window or a table: `22:120 A>G`, `22:120A>G`, `chr22:120:A:G`,
/// `22-120-A-G`, `chr22_120_A_G_b38`; with commas between thousands, an arrow for `>`, letters in either
/// case. The place is 1-based; alleles are trimmed: `22:119 CA>CG` is the same variant. \param contigs the
/// reference's names, of which the one that means the typed contig is taken; where there are none, it is as
/// typed. \param mayBeSame REF and ALT may be the same; they are then as typed. \error BadInput: no place and
/// two alleles of A, C, G, T that differ (an rsid has neither); NotFound: none of the contigs
[[nodiscard]] Result<Variant>
parseVariant(std::string_view text, const std::vector<std::string>& contigs = {}, bool mayBeSame = false);

/// The ids that a record's ID field holds: `rs1;rs2` are two, an empty one and `.` none. Views into it.
[[nodiscard]] std::vector<std::string_view> idsOf(std::string_view field);

[[nodiscard]] std::string upperCaseAllele(std::string_view allele);

/// The same allele on the other strand; empty when it is not of A, C, G, T.
[[nodiscard]] std::string reverseComplementAllele(std::string_view allele);

} // namespace diploscope
