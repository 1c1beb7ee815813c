// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "experiment/prepared_locus.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace diploscope {

/// The variants of a locus' window that are part of somebody's haplotypes, by name and by the ids that their
/// records have. A value.
class CarriedVariants {
public:
    explicit CarriedVariants(const PreparedLocus& locus);

    /// All alleles of records of this id, which may be one of several (`rs1;rs2`).
    [[nodiscard]] std::vector<Variant> byId(std::string_view id) const;
    [[nodiscard]] bool holds(const Variant& variant) const;
    /// Empty where it has none.
    [[nodiscard]] std::string idOf(const Variant& variant) const;

private:
    std::vector<std::pair<std::string, Variant>> m_all; ///< id and variant, by record
};

/// A variant as it is typed (parseVariant()), carried or not, or the id of one that somebody carries.
/// \error BadInput, NotFound; BadInput for an id of several alleles, which lists them
[[nodiscard]] Result<Variant> variantMeant(std::string_view text, const PreparedLocus& locus,
                                           const std::vector<std::string>& contigs);

/// Variants that somebody carries, by a file's lines: each one variant (any form of parseVariant()) or an id,
/// of which all alleles are meant; `#` begins a note.
/// \error NotFound, BadInput with the line: nobody carries it in the window; no variant at all
[[nodiscard]] Result<std::vector<Variant>> readVariantList(const std::filesystem::path& file,
                                                           const PreparedLocus& locus,
                                                           const std::vector<std::string>& contigs);

} // namespace diploscope
