// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "genome/variant.h"

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace diploscope {

/// Changes without people: the sites of a VCF.
inline constexpr size_t MostVcfSites = 1000;
/// Of all their alleles: more than the windows of any model.
inline constexpr size_t MostVcfSiteBases = 10'000'000;

/// The changes that a VCF's records are, in its order, each ALT one: plain or compressed, with or without
/// genotypes, which are passed over. An ALT of `.` sets REF's bases back to the reference: REF and ALT are
/// the same. \param contigs the reference's names, in whose terms places are given \error NotFound, Io;
/// BadInput with the line: no VCF, no place, alleles of other letters than A, C, G, T, more than
/// MostVcfSites or MostVcfSiteBases, none; NotFound: another contig. Source: FORMATS 2.
[[nodiscard]] Result<std::vector<Variant>> readVcfSites(const std::filesystem::path& file,
                                                        const std::vector<std::string>& contigs);

/// A VCF 4.3 of these changes, by contig and place, as readVcfSites() reads it. \param notes lines of
/// `##key=value` before its header
[[nodiscard]] std::string vcfOfSites(std::vector<Variant> changes,
                                     const std::vector<std::pair<std::string, std::string>>& notes);

} // namespace diploscope
