// SPDX-License-Identifier: GPL-3.0-or-later
#include "experiment/carried_variants.h"

#include "base/suggestion.h"
#include "base/words.h"
#include "genome/variant_name.h"
#include "io/text_reader.h"

#include <fmt/format.h>

#include <algorithm>

namespace diploscope {

namespace {

/// Of a name that is no id: what is wrong with it as a variant. An unreadable one may have meant an id.
Failure notMeant(Error error, std::string_view text, const PreparedLocus& locus, std::string where) {
    if (error.kind == ErrorKind::BadInput)
        error.what = fmt::format("`{}` is no variant, nor the id of one that somebody carries in {}.",
                                 text.substr(0, 60), toText(locus.locus().region));
    error.where = std::move(where);
    return fail(std::move(error));
}

} // namespace

CarriedVariants::CarriedVariants(const PreparedLocus& locus) {
    const AlleleMatrix& matrix = locus.locus().alleles;
    const auto isPart = [&locus](const AlleleChange& change) {
        const bool isUsed =
            locus.mode() == VariantMode::Snv ? change.kind == AlleleKind::Snv : isSequence(change.kind);
        return isUsed && locus.locus().window.region.contains(change.position);
    };
    for (size_t s = 0; s < matrix.sites.size(); ++s) {
        const Site& site = matrix.sites[s];
        std::vector<bool> isCarried(site.alts.size() + 1);
        for (size_t h = 0; h < matrix.haplotypeCount(); ++h)
            if (const int8_t allele = matrix.allele(s, h); allele > 0)
                isCarried[static_cast<size_t>(allele)] = true;
        for (size_t allele = 1; allele < isCarried.size(); ++allele)
            if (isCarried[allele] && isPart(site.change(static_cast<int>(allele))))
                m_all.emplace_back(
                    site.id,
                    locus.aligned(site.change(static_cast<int>(allele)).variant(matrix.region.contig)));
    }
}

std::vector<Variant> CarriedVariants::byId(std::string_view id) const {
    std::vector<Variant> found;
    for (const auto& [field, variant] : m_all) {
        if (id.empty() || field.find(id) == std::string::npos)
            continue;
        const std::vector<std::string_view> own = idsOf(field);
        if (field == id || std::find(own.begin(), own.end(), id) != own.end())
            found.push_back(variant);
    }
    return found;
}

bool CarriedVariants::holds(const Variant& variant) const {
    return std::any_of(m_all.begin(), m_all.end(), [&](const auto& one) { return one.second == variant; });
}

std::string CarriedVariants::idOf(const Variant& variant) const {
    const auto found =
        std::find_if(m_all.begin(), m_all.end(), [&](const auto& one) { return one.second == variant; });
    return found == m_all.end() ? std::string() : found->first;
}

Result<Variant> variantMeant(std::string_view text, const PreparedLocus& locus,
                             const std::vector<std::string>& contigs) {
    std::vector<Variant> meant = CarriedVariants(locus).byId(trimmed(text));
    if (meant.size() == 1)
        return std::move(meant.front());
    if (meant.size() > 1) {
        std::vector<std::string> names;
        for (const Variant& variant : meant)
            names.push_back(toName(withShortAlleles(variant)));
        return fail(ErrorKind::BadInput, fmt::format("`{}` is the id of several alleles.", text), "variant",
                    "Give one of them: " + listed(names) + ".");
    }
    Result<Variant> variant = parseVariant(text, contigs);
    if (!variant)
        return notMeant(variant.error(), text, locus, fmt::format("variant `{}`", text.substr(0, 60)));
    return locus.aligned(std::move(*variant));
}

Result<std::vector<Variant>> readVariantList(const std::filesystem::path& file, const PreparedLocus& locus,
                                             const std::vector<std::string>& contigs) {
    DS_ASSIGN(TextReader reader, TextReader::open(file));
    const CarriedVariants carried(locus);
    std::vector<Variant> variants;
    for (std::string_view line;;) {
        DS_ASSIGN(const bool more, reader.next(line));
        if (!more)
            break;
        const std::string_view text = trimmed(line);
        if (text.empty() || text.starts_with('#'))
            continue;
        std::vector<Variant> meant = carried.byId(text);
        if (meant.empty()) {
            Result<Variant> variant = parseVariant(text, contigs);
            if (!variant)
                return notMeant(variant.error(), text, locus, reader.where());
            *variant = locus.aligned(std::move(*variant));
            if (!carried.holds(*variant))
                return fail(
                    ErrorKind::NotFound,
                    fmt::format("Nobody carries {} in the window that the model reads, {}{}.",
                                toText(withShortAlleles(*variant)), toText(locus.locus().region),
                                locus.mode() == VariantMode::Snv ? ", of which the study takes SNVs" : ""),
                    reader.where(), "Take the line out; GENE.variants.tsv has those there are.");
            meant.push_back(std::move(*variant));
        }
        for (Variant& variant : meant)
            if (std::find(variants.begin(), variants.end(), variant) == variants.end())
                variants.push_back(std::move(variant));
    }
    if (variants.empty())
        return fail(ErrorKind::BadInput, "The file names no variant.", file.string(),
                    "Write one a line, such as 22:120:A:G or an id of the genotypes.");
    return variants;
}

} // namespace diploscope
