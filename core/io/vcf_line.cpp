// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/vcf_line.h"

#include "io/phase_prefix.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace diploscope {

namespace {

constexpr size_t Width = 4; ///< of "0|1" and the tab behind it
constexpr std::string_view Format = "\tGT\t";
constexpr size_t ColumnsBeforePeople = 9;

size_t tabsIn(std::string_view text) {
    return static_cast<size_t>(std::count(text.begin(), text.end(), '\t'));
}

/// htslib reads a record of one genotype too many without a word, and gives everybody behind it a neighbour's
/// one. Fewer columns than the header's it refuses; tabs at the line's end separate nothing.
bool hasItsColumns(std::string_view line, size_t people) {
    while (line.ends_with('\t') || line.ends_with('\r'))
        line.remove_suffix(1);
    return tabsIn(line) < ColumnsBeforePeople + people;
}

uint32_t wordAt(const char* text) {
    uint32_t word = 0;
    std::memcpy(&word, text, sizeof word);
    return word;
}

/// The columns of people, "0|1\t0|1", where FORMAT is GT alone and all genotypes are of that form; else
/// empty.
std::string_view plainGenotypes(std::string_view line, size_t people) {
    if (people == 0 || line.size() < Width * people + Format.size())
        return {};
    const std::string_view genotypes = line.substr(line.size() - (Width * people - 1));
    const std::string_view before = line.substr(0, line.size() - genotypes.size());
    if (!before.ends_with(Format) || tabsIn(before) != ColumnsBeforePeople)
        return {};
    // A digit less '0' is at most 9, so that with 6 more it stays below 16; all else must be as it is here.
    const uint32_t usual = wordAt("0|0\t"), six = wordAt("\6\0\6"), digits = wordAt("\xf\0\xf");
    uint32_t others = 0;
    for (size_t p = 0; p + 1 < people; ++p) {
        const uint32_t own = wordAt(genotypes.data() + Width * p) ^ usual;
        others |= (own | (own + six)) & ~digits;
    }
    const auto isDigit = [](char letter) { return letter >= '0' && letter <= '9'; };
    const std::string_view last = genotypes.substr(Width * (people - 1));
    const bool isPlain = others == 0 && isDigit(last[0]) && last[1] == '|' && isDigit(last[2]);
    return isPlain ? genotypes : std::string_view();
}

/// The number of GT in a header that declares it as VCF has it, else -1.
int keyOfGenotypes(const bcf_hdr_t* header) {
    const int key = bcf_hdr_id2int(header, BCF_DT_ID, "GT");
    const bool isDeclared = key >= 0 && bcf_hdr_idinfo_exists(header, BCF_HL_FMT, key) &&
                            bcf_hdr_id2type(header, BCF_HL_FMT, key) == BCF_HT_STR;
    return isDeclared ? key : -1;
}

/// What vcf_parse() makes of these columns. \return false where memory is short
bool addGenotypes(std::string_view genotypes, int key, const bcf_hdr_t* header, bcf1_t* record) {
    constexpr size_t MostOfKey = 16; // and of what follows it, as BCF writes them
    const auto people = static_cast<size_t>(bcf_hdr_nsamples(header));
    kstring_t& bytes = record->indiv;
    if (ks_resize(&bytes, MostOfKey + 2 * people) != 0)
        return false;
    bcf_enc_int1(&bytes, key);
    bcf_enc_size(&bytes, 2, BCF_BT_INT8);
    const auto add = [&](size_t person) {
        const char* const own = genotypes.data() + Width * person;
        bytes.s[bytes.l++] = static_cast<char>(bcf_gt_unphased(own[0] - '0')); // no mark before the first
        bytes.s[bytes.l++] = static_cast<char>(bcf_gt_phased(own[2] - '0'));
    };
    const uint8_t* const kept = header->keep_samples;
    for (size_t p = 0; p < genotypes.size() / Width + 1; ++p)
        if (kept == nullptr || (kept[p / 8] >> (p % 8) & 1) != 0)
            add(p);
    record->n_fmt = 1;
    record->n_sample = people & 0xffffff;
    return true;
}

} // namespace

bool parseVcfLine(kstring_t& line, size_t people, const bcf_hdr_t* header, bcf1_t* record) {
    const std::string_view genotypes = plainGenotypes({line.s, line.l}, people);
    const int key = genotypes.empty() || bcf_hdr_nsamples(header) == 0 ? -1 : keyOfGenotypes(header);
    if (key < 0) {
        foldPhasePrefixes(line);
        return hasItsColumns({line.s, line.l}, people) && vcf_parse(&line, header, record) == 0;
    }
    record->max_unpack = BCF_UN_INFO; // the columns before FORMAT
    const bool isParsed = vcf_parse(&line, header, record) == 0;
    record->max_unpack = 0;
    return isParsed && addGenotypes(genotypes, key, header, record);
}

} // namespace diploscope
