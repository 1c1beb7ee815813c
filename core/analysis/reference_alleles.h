// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "genome/variant_name.h"
#include "io/association_table.h"
#include "study/study.h"

#include <filesystem>
#include <vector>

namespace diploscope {

/// How many variants of a file are looked at to tell its build.
inline constexpr size_t AllelesToCheck = 40;

/// At how many places that a file names the reference has the file's REF.
struct ReferenceAgreement {
    int64_t told = 0; ///< places at which it has bases; where it lacks the contig or has N, it tells nothing
    int64_t agree = 0;
};
/// \param places  in any order; by contig and position they take one reading of the reference, a stretch at a
/// time. \error of reading; Cancelled
[[nodiscard]] Result<ReferenceAgreement> referenceAgreement(const FastaReader& reference,
                                                            const std::vector<AssociationPlace>& places,
                                                            const RunContext& context = {});

/// What a file's alleles must say for it to count as of the study's build.
enum class BuildEvidence {
    NotAgainst, ///< at least 20 places that tell, and most of them disagreeing, speak against it
    For         ///< at least one place tells, and half of them agree: of what has been lifted, or would be
};

/// Tells whether a file whose variants have names like chr_pos_ref_alt is of the study's build: its REF must
/// be what the reference has. A wrong build agrees at about one place of four. \param variants some of the
/// file's; at places that the reference lacks or has N at, they tell nothing. \error Mismatch where they do
/// not say what is needed; of reading the reference. \param what  the file, in words: "the table"
[[nodiscard]] Result<void> checkReferenceAlleles(const Study& study, const std::vector<VariantName>& variants,
                                                 BuildEvidence needed, std::string_view what,
                                                 const std::filesystem::path& file);

} // namespace diploscope
