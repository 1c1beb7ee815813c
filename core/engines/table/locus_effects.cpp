// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/table/locus_effects.h"

#include "genome/contig_names.h"
#include "genome/left_aligned.h"
#include "genome/variant_name.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <unordered_set>

namespace diploscope {

namespace {

/// So many rows tell whether a table is of this build.
constexpr int64_t FewestToTellBuild = 10;

/// 4: none. A haplotype has ten thousands of edits.
constexpr size_t baseIndex(char base) {
    switch (base) {
    case 'A':
        return 0;
    case 'C':
        return 1;
    case 'G':
        return 2;
    case 'T':
        return 3;
    default:
        return 4;
    }
}

} // namespace

size_t LocusEffects::AlleleHash::operator()(const Allele& allele) const {
    const std::hash<std::string> text;
    return std::hash<int64_t>()(allele.position) * 31 + text(allele.ref) * 7 + text(allele.alt);
}

LocusEffects::LocusEffects(std::shared_ptr<const EffectTable> table, const EffectTable::GeneEffects& gene,
                           const ReferenceWindow& window)
    : m_table(std::move(table))
    , m_gene(&gene)
    , m_region(window.region)
    , m_start(window.region.start - window.flank)
    , m_context(window.context)
    , m_snvs(4 * m_context.size()) {
    const std::vector<std::string> contigs = matchingContigs(m_region.contig, m_table->contigs());
    const auto isHere = [&](const EffectTable::Row& row) {
        return std::find(contigs.begin(), contigs.end(), m_table->contigOf(row)) != contigs.end();
    };
    for (const EffectTable::Row& row : gene.rows)
        if (isHere(row) && row.position >= m_region.start && row.position < m_region.end)
            take(row);
        else
            ++m_beyond;
    for (const auto& [allele, row] : m_rows) {
        if (allele.ref.size() != 1 || allele.alt.size() != 1)
            continue;
        const Allele turned{allele.position, allele.alt, allele.ref};
        for (const Allele& edit : {allele, turned})
            if (fitsReference(edit))
                m_snvs[snvIndex(edit.position, edit.alt.front())] = findAllele(edit);
    }
}

void LocusEffects::take(const EffectTable::Row& row) {
    const auto [known, isNew] = m_rows.emplace(leftAligned(m_table->allelesOf(row)), &row);
    if (isNew)
        return;
    const std::span<const double> before = m_table->scoresOf(*known->second), here = m_table->scoresOf(row);
    if (std::equal(before.begin(), before.end(), here.begin()))
        ++m_repeated;
    else
        m_conflict = known->first;
}

size_t LocusEffects::snvIndex(int64_t position, char base) const {
    return 4 * static_cast<size_t>(position - m_start) + baseIndex(base);
}

Result<LocusEffects> LocusEffects::of(std::shared_ptr<const EffectTable> table, const ReferenceWindow& window,
                                      const std::string& where) {
    if (window.geneId.empty())
        return fail(ErrorKind::Unsupported,
                    "A table of effects scores a gene's alleles, and no sequence by itself.", where,
                    "Ask for a gene of a study, or choose a model that reads bases.");
    const EffectTable::GeneEffects* gene = table->find(window.geneId, window.geneName);
    if (gene == nullptr)
        return fail(
            ErrorKind::NotFound,
            fmt::format("The table of effects has no row of {}.",
                        window.geneName.empty() ? window.geneId
                                                : fmt::format("{} ({})", window.geneName, window.geneId)),
            where, "Choose a gene that it has, or check that its genes are named as the annotation's.");
    LocusEffects effects(std::move(table), *gene, window);
    DS_TRY(effects.check(where));
    return effects;
}

std::string_view LocusEffects::basesAt(int64_t position, size_t count) const {
    if (position < m_start || position >= m_start + static_cast<int64_t>(m_context.size()))
        return {};
    return std::string_view(m_context).substr(static_cast<size_t>(position - m_start), count);
}

LocusEffects::Allele LocusEffects::leftAligned(TrimmedAlleles alleles) const {
    Variant aligned = diploscope::leftAligned(
        {{}, alleles.position, std::string(alleles.ref), std::string(alleles.alt)}, {m_context, m_start});
    return {aligned.position, std::move(aligned.ref), std::move(aligned.alt)};
}

Result<void> LocusEffects::check(const std::string& where) const {
    if (m_conflict)
        return fail(
            ErrorKind::BadInput,
            fmt::format("Rows that are the same allele once left-aligned, {}:{} {}>{}, have different "
                        "effects.",
                        m_region.contig, m_conflict->position + 1, shortAllele(m_conflict->ref),
                        shortAllele(m_conflict->alt)),
            where, "Leave one of them; nobody else can say which one is meant.");
    // In another build REF is the reference's at one place of four by chance, and REF or ALT at half of them.
    const auto told = static_cast<int64_t>(m_rows.size());
    int64_t ofRef = 0, ofEither = 0;
    for (const auto& [allele, row] : m_rows) {
        const bool fits = fitsReference(allele);
        ofRef += fits;
        ofEither += fits || basesAt(allele.position, allele.alt.size()) == allele.alt;
    }
    const bool isSwapped = 10 * ofEither >= 9 * told; // some of them or all
    if (told - ofRef < FewestToTellBuild || 2 * ofRef >= told || isSwapped)
        return {};
    return fail(ErrorKind::Mismatch,
                fmt::format("At {} of {} places in {} the reference has another base than the table's REF.",
                            told - ofRef, told, toText(m_region)),
                where, "The table is of another genome build: lift its positions over to the study's.");
}

LocusEffects::Effect::Part LocusEffects::findAllele(const Allele& allele) const {
    if (const auto found = m_rows.find(allele); found != m_rows.end())
        return {found->second, 1};
    const auto swapped = m_rows.find({allele.position, allele.alt, allele.ref});
    if (swapped == m_rows.end() || reverseComplementAllele(allele.ref) == allele.alt ||
        !fitsReference(allele))
        return {};
    // The deletion of bases looks like their insertion swapped; where the reference has REF, it is none.
    if (fitsReference(swapped->first))
        return {};
    return {swapped->second, -1};
}

LocusEffects::Allele LocusEffects::alleleOf(int64_t offset, int64_t refLength, std::string_view alt) const {
    const int64_t position = m_region.start + offset;
    const std::string_view ref = basesAt(position, static_cast<size_t>(refLength));
    if (ref.empty())
        return {position, {}, std::string(alt)};
    return leftAligned(trimAlleles(position, ref, alt));
}

LocusEffects::Effect LocusEffects::find(const Edit& edit) const {
    if (edit.refLength == 1 && edit.alt.size() == 1) {
        const int64_t at = m_region.start + edit.offset - m_start;
        if (at >= 0 && at < static_cast<int64_t>(m_context.size()) && baseIndex(edit.alt.front()) < 4)
            return {{{m_snvs[snvIndex(m_start + at, edit.alt.front())], {}}}};
    }
    const Effect::Part whole = findAllele(alleleOf(edit.offset, edit.refLength, edit.alt));
    if (whole.row != nullptr || edit.growth() == 0)
        return {{{whole, {}}}};
    // An indel whose anchor another variant has changed: both stand in one edit (core/sequence).
    const std::string_view anchor = basesAt(m_region.start + edit.offset, 1);
    if (anchor.empty() || anchor.front() == edit.alt.front())
        return {};
    const Effect::Part changed =
        findAllele(alleleOf(edit.offset, 1, std::string_view(edit.alt).substr(0, 1)));
    const Effect::Part indel =
        findAllele(alleleOf(edit.offset, edit.refLength, std::string(anchor) + edit.alt.substr(1)));
    if (changed.row == nullptr)
        return {{{indel, {}}}};
    return {{{changed, indel}}};
}

ListedEffects LocusEffects::listed(std::span<const Variant> variants) const {
    ListedEffects listed;
    listed.beyond = m_beyond;
    listed.counts.duplicates = m_gene->repeated + m_repeated;
    std::unordered_map<const EffectTable::Row*, double> used;
    std::unordered_set<int64_t> places;
    std::unordered_set<const EffectTable::Row*> ambiguous;
    for (const Variant& variant : variants) {
        const Effect effect =
            find({variant.position - m_region.start, static_cast<int32_t>(variant.ref.size()), variant.alt});
        listed.has.push_back(effect.isKnown());
        for (const Effect::Part& part : effect.parts)
            if (part.row != nullptr)
                used.emplace(part.row, part.sign);
        const Allele allele = leftAligned({variant.position, variant.ref, variant.alt});
        places.insert(allele.position);
        const auto swapped = m_rows.find({allele.position, allele.alt, allele.ref});
        if (!effect.isKnown() && swapped != m_rows.end() && !fitsReference(swapped->first))
            ambiguous.insert(swapped->second);
    }
    for (const auto& [allele, row] : m_rows) {
        if (const auto as = used.find(row); as != used.end())
            ++(as->second > 0 ? listed.counts.asListed : listed.counts.swapped);
        else if (ambiguous.contains(row))
            ++listed.counts.ambiguous;
        else if (!fitsReference(allele))
            ++listed.counts.referenceDiffers;
        else
            ++(places.contains(allele.position) ? listed.counts.alleleDiffers : listed.counts.absent);
    }
    return listed;
}

} // namespace diploscope
