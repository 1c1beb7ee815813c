// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace diploscope {

/// The path with `{chrom}` that stands for all of these files, where their names differ in the name of one
/// chromosome only: chr1.vcf.gz, chr2.vcf.gz -> chr{chrom}.vcf.gz. Nothing for fewer than two files, or
/// where `contigs` (of each file, where known) contradict the names.
[[nodiscard]] std::optional<std::string>
chromosomePattern(const std::vector<std::filesystem::path>& files,
                  const std::vector<std::vector<std::string>>& contigs = {});

} // namespace diploscope
