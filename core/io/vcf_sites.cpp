// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/vcf_sites.h"

#include "base/words.h"
#include "genome/bases.h"
#include "genome/contig_names.h"
#include "genome/region.h"
#include "io/text_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>

namespace diploscope {

namespace {

/// Of one record. \param fields CHROM POS ID REF ALT, at least \param bases of all alleles so far
Result<void> addChanges(const std::vector<std::string_view>& fields, const std::vector<std::string>& contigs,
                        const std::string& where, std::vector<Variant>& changes, size_t& bases) {
    int64_t position = 0;
    if (!parseInteger(fields[1], position) || position < 1 || position > LargestPosition)
        return fail(ErrorKind::BadInput, fmt::format("`{}` is no place.", fields[1].substr(0, 60)), where,
                    "POS counts from 1 to the end of a contig.");
    const std::optional<std::string> contig = matchingContig(fields[0], contigs);
    if (!contig)
        return fail(ErrorKind::NotFound,
                    fmt::format("The reference has no contig `{}`.", fields[0].substr(0, 60)), where,
                    "Take a VCF of the study's build.");
    const std::string ref = upperCase(fields[3]);
    std::vector<std::string_view> alts;
    splitFields(fields[4], ',', alts, MostVcfSites + 1);
    for (const std::string_view text : alts) {
        const std::string alt = text == "." ? ref : upperCase(text);
        bases += ref.size() + alt.size();
        if (changes.size() == MostVcfSites || bases > MostVcfSiteBases)
            return fail(ErrorKind::BadInput,
                        fmt::format("The file has more than {} changes, or {} bases of alleles.",
                                    MostVcfSites, MostVcfSiteBases),
                        where, "Take those that you mean: bcftools view -r REGION.");
        if (!isPlainBases(ref) || !isPlainBases(alt))
            return fail(ErrorKind::BadInput,
                        fmt::format("`{}` to `{}` is not written in bases.", fields[3].substr(0, 60),
                                    text.substr(0, 60)),
                        where, "Changes are of A, C, G and T; take the record out.");
        changes.push_back(ref == alt ? Variant{*contig, position - 1, ref, alt}
                                     : trimmedVariant(*contig, position - 1, ref, alt));
    }
    return {};
}

} // namespace

Result<std::vector<Variant>> readVcfSites(const std::filesystem::path& file,
                                          const std::vector<std::string>& contigs) {
    DS_ASSIGN(TextReader reader, TextReader::open(file));
    std::vector<Variant> changes;
    std::vector<std::string_view> fields;
    constexpr size_t columns = 5; // behind them stand people
    size_t bases = 0;
    bool isVcf = false;
    for (std::string_view line;;) {
        DS_ASSIGN(const bool more, reader.next(line));
        if (!more)
            break;
        isVcf = isVcf || line.starts_with("#CHROM\t");
        if (line.empty() || line.starts_with('#'))
            continue;
        if (!isVcf)
            break;
        splitFields(line, '\t', fields, columns);
        if (fields.size() < columns)
            return fail(ErrorKind::BadInput, fmt::format("The record has {} columns.", fields.size()),
                        reader.where(), "A VCF's records begin with CHROM, POS, ID, REF and ALT.");
        DS_TRY(addChanges(fields, contigs, reader.where(), changes, bases));
    }
    if (!isVcf)
        return fail(ErrorKind::BadInput, "The file is no VCF: it has no line that begins with #CHROM.",
                    file.string(), "Write a BCF as a VCF with bcftools view.");
    if (changes.empty())
        return fail(ErrorKind::BadInput, "The file has no record.", file.string(),
                    "Give a VCF with a record a change.");
    return changes;
}

std::string vcfOfSites(std::vector<Variant> changes,
                       const std::vector<std::pair<std::string, std::string>>& notes) {
    std::sort(changes.begin(), changes.end());
    std::string text = "##fileformat=VCFv4.3\n";
    for (const auto& [key, value] : notes) {
        std::string line = fmt::format("##{}={}", key, value);
        std::replace_if(
            line.begin(), line.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
        text += line + "\n";
    }
    std::set<std::string> contigs;
    for (const Variant& change : changes)
        contigs.insert(change.contig);
    for (const std::string& contig : contigs)
        text += fmt::format("##contig=<ID={}>\n", contig);
    text += "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n";
    for (const Variant& change : changes)
        text += fmt::format("{}\t{}\t.\t{}\t{}\t.\t.\t.\n", change.contig, change.position + 1, change.ref,
                            change.ref == change.alt ? "." : change.alt);
    return text;
}

} // namespace diploscope
