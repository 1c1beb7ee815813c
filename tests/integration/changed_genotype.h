// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/compressed_text.h"
#include "io/text_reader.h"
#include "support.h"

#include <filesystem>
#include <string>

namespace diploscope::test {

/// Makes one heterozygous genotype of one person homozygous, in `genotypes.vcf.gz` of a demo's folder.
/// \return whether there was one
inline bool changeOneGenotype(const std::filesystem::path& folder) {
    const std::filesystem::path vcf = folder / "genotypes.vcf.gz";
    std::string text;
    bool changed = false;
    auto reader = TextReader::open(vcf);
    for (std::string_view line; reader;) {
        const auto more = reader->next(line);
        if (!more || !*more)
            break;
        std::string own(line);
        if (const size_t at = own.find("\t0|1"); !changed && !own.starts_with("#") && at != own.npos) {
            own.replace(at, 4, "\t1|1");
            changed = true;
        }
        text += own + "\n";
    }
    writeText(vcf, bgzipped(text));
    std::filesystem::remove(folder / "genotypes.vcf.gz.tbi");
    return changed;
}

} // namespace diploscope::test
