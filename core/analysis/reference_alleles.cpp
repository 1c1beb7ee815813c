// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/reference_alleles.h"

#include "genome/contig_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <span>

namespace diploscope {

namespace {

constexpr int64_t FewestThatTell = 20;

constexpr int64_t BasesAtOnce = 1 << 18;
/// Places further apart are read apart.
constexpr int64_t LargestGapRead = 1 << 14;

/// As far as the reference is read for the first of these places, and for those behind it that are near.
int64_t endOfReading(std::span<const AssociationPlace> places) {
    const AssociationPlace& first = places.front();
    int64_t end = first.position + static_cast<int64_t>(first.ref.size());
    for (const AssociationPlace& place : places.subspan(1)) {
        const int64_t placeEnd = place.position + static_cast<int64_t>(place.ref.size());
        if (place.contig != first.contig || place.position < first.position ||
            place.position > end + LargestGapRead || placeEnd > first.position + BasesAtOnce)
            break;
        end = std::max(end, placeEnd);
    }
    return end;
}

} // namespace

Result<ReferenceAgreement> referenceAgreement(const FastaReader& reference,
                                              const std::vector<AssociationPlace>& places,
                                              const RunContext& context) {
    ReferenceAgreement found;
    std::string_view named;            // contig of the places
    std::optional<std::string> contig; // the reference's
    Region read{{}, 0, 0};
    std::string bases;
    for (size_t p = 0; p < places.size(); ++p) {
        const AssociationPlace& place = places[p];
        if (place.contig != named) {
            named = place.contig;
            contig = matchingContig(named, reference.contigs());
            read.end = 0;
        }
        if (!contig || place.position >= reference.contigLength(*contig))
            continue;
        const auto length = static_cast<int64_t>(place.ref.size());
        if (place.position < read.start || place.position + length > read.end) {
            DS_TRY(context.checkpoint());
            context.report("Comparing alleles with the reference", found.told, 0);
            read = {*contig, place.position, endOfReading(std::span(places).subspan(p))};
            DS_ASSIGN(bases, reference.fetch(read));
        }
        const std::string_view there = std::string_view(bases).substr(
            static_cast<size_t>(place.position - read.start), place.ref.size());
        if (there.find('N') != std::string_view::npos)
            continue;
        ++found.told;
        found.agree += there == place.ref;
    }
    return found;
}

Result<void> checkReferenceAlleles(const Study& study, const std::vector<VariantName>& variants,
                                   BuildEvidence needed, std::string_view what,
                                   const std::filesystem::path& file) {
    if (study.isPublished())
        return {}; // it has no reference
    std::vector<AssociationPlace> places;
    for (const VariantName& variant : variants)
        places.push_back({variant.contig, variant.position, variant.ref});
    DS_ASSIGN(const ReferenceAgreement found, referenceAgreement(study.reference(), places));
    const auto [told, agree] = found;
    const int64_t fewest = needed == BuildEvidence::For ? 1 : FewestThatTell;
    if (told < fewest ? needed == BuildEvidence::NotAgainst : 2 * agree >= told)
        return {};
    return fail(ErrorKind::Mismatch,
                fmt::format("At {} of {} places the reference has another base than REF in {}: its positions "
                            "are of another build than the study's ({}).",
                            told - agree, told, what, study.file().build),
                file.string(), "Take the file of the study's build, or lift its positions over.");
}

} // namespace diploscope
