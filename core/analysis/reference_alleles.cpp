// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/reference_alleles.h"

#include "genome/contig_names.h"

#include <fmt/format.h>

namespace diploscope {

namespace {

constexpr int64_t FewestThatTell = 20;

}

Result<void> checkReferenceAlleles(const Study& study, const std::vector<VariantName>& variants,
                                   std::string_view what, const std::filesystem::path& file) {
    if (study.isPublished())
        return {}; // it has no reference
    int64_t told = 0;
    int64_t agree = 0;
    for (const VariantName& variant : variants) {
        const auto contig = matchingContig(variant.contig, study.reference().contigs());
        if (!contig)
            continue;
        const auto length = static_cast<int64_t>(variant.ref.size());
        DS_ASSIGN(const std::string bases,
                  study.reference().fetch({*contig, variant.position, variant.position + length}));
        if (bases.find('N') != std::string::npos)
            continue;
        ++told;
        agree += bases == variant.ref;
    }
    if (told < FewestThatTell || 2 * agree >= told)
        return {};
    return fail(ErrorKind::Mismatch,
                fmt::format("At {} of {} places the reference has another base than REF in {}: its positions "
                            "are of another build than the study's ({}).",
                            told - agree, told, what, study.file().build),
                file.string(), "Take the file of the study's build, or lift its positions over.");
}

} // namespace diploscope
