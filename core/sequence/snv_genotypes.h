// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/shared_bytes.h"
#include "genome/sex_chromosomes.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

namespace diploscope {

/// What one haplotype has at an SNV.
enum class HaplotypeAllele : uint8_t {
    Reference, ///< REF, or what another record lists
    Alternate, ///< the SNV's alt
    Other,     ///< one more of its own record
    Missing
};

/// What all people have at an SNV, a byte a person: both haplotypes, whether they are one, and from these the
/// copies that effects are of. A value whose copies share the bytes: each report of a gene has them.
class SnvGenotypes {
public:
    static constexpr uint8_t NoGenotype = 255;

    struct Haplotype {
        HaplotypeAllele allele = HaplotypeAllele::Missing;
        /// REF's base stands there: not where another record changes it, but also where another allele of the
        /// own one leaves it.
        bool hasReference = false;
    };
    void reserve(size_t people) { m_people.reserve(people); }
    /// The next person's.
    void add(const Haplotype& first, const Haplotype& second) { m_people.push_back(packed(first, second)); }

    /// Of so many people the same, in place of all that was.
    void setAll(size_t people, const Haplotype& both) { m_people.assign(people, packed(both, both)); }
    /// In place of what the person had.
    void set(size_t person, const Haplotype& first, const Haplotype& second) {
        m_people.set(person, packed(first, second));
    }
    /// Both haplotypes of the person are one.
    void setOneCopy(size_t person) {
        m_people.set(person, static_cast<uint8_t>(m_people[person] | OneCopyBit));
    }
    [[nodiscard]] bool hasOneCopy(size_t person) const { return (m_people[person] & OneCopyBit) != 0; }

    [[nodiscard]] size_t people() const { return m_people.size(); }
    /// Nothing is known of anybody.
    [[nodiscard]] bool empty() const { return m_people.empty(); }
    /// \param index as columns of AlleleMatrix: 2 person + 0 or 1
    [[nodiscard]] HaplotypeAllele haplotype(size_t index) const {
        return alleleIn(m_people[index / 2] >> (index % 2 * HalfBits));
    }
    [[nodiscard]] bool hasOneCopies() const {
        return std::any_of(m_people.begin(), m_people.end(),
                           [](uint8_t both) { return (both & OneCopyBit) != 0; });
    }
    [[nodiscard]] HaploidDosage haploidDosage() const { return m_haploidDosage; }
    [[nodiscard]] bool hasReference(size_t index) const {
        return (m_people[index / 2] >> (index % 2 * HalfBits) & ReferenceBit) != 0;
    }
    /// Of alt, or of REF's base in what countingReference() gave. 0 to 2, or NoGenotype where a haplotype is
    /// missing.
    [[nodiscard]] uint8_t copies(size_t person) const { return copiesOf(m_people[person]); }
    /// Which haplotype alone has what copies are of: 1 the first, -1 the second; 0 where both or none, or not
    /// known.
    [[nodiscard]] int side(size_t person) const {
        const int first = m_people[person], second = first >> HalfBits;
        if (alleleIn(first) == HaplotypeAllele::Missing || alleleIn(second) == HaplotypeAllele::Missing)
            return 0;
        return counts(first) - counts(second);
    }
    /// copies() of everybody. \param copies [people]
    void readCopies(std::span<uint8_t> copies) const;
    /// The same people, told by their copies of REF's base.
    [[nodiscard]] SnvGenotypes countingReference() const {
        SnvGenotypes turned = *this;
        turned.m_countsReference = true;
        return turned;
    }
    /// The same people, a copy of who has only one being told once and not twice.
    [[nodiscard]] SnvGenotypes counting(HaploidDosage rule) const {
        SnvGenotypes told = *this;
        told.m_haploidDosage = rule;
        return told;
    }

    friend bool operator==(const SnvGenotypes&, const SnvGenotypes&) = default;

private:
    static constexpr int HalfBits = 3; ///< of a haplotype: two of its allele, one of REF's base
    static constexpr int AlleleMask = 3;
    static constexpr int ReferenceBit = 4;
    static constexpr uint8_t OneCopyBit = 1 << 2 * HalfBits;

    static int packed(const Haplotype& haplotype) {
        return static_cast<int>(haplotype.allele) | (haplotype.hasReference ? ReferenceBit : 0);
    }
    static uint8_t packed(const Haplotype& first, const Haplotype& second) {
        return static_cast<uint8_t>(packed(first) | packed(second) << HalfBits);
    }
    static HaplotypeAllele alleleIn(int half) { return static_cast<HaplotypeAllele>(half & AlleleMask); }
    [[nodiscard]] int counts(int half) const {
        return m_countsReference ? (half & ReferenceBit) != 0 : alleleIn(half) == HaplotypeAllele::Alternate;
    }

    /// \param both haplotypes of a person
    [[nodiscard]] uint8_t copiesOf(uint8_t both) const {
        const int second = both >> HalfBits;
        if (alleleIn(both) == HaplotypeAllele::Missing || alleleIn(second) == HaplotypeAllele::Missing)
            return NoGenotype;
        if (m_haploidDosage == HaploidDosage::AsOne && (both & OneCopyBit) != 0)
            return static_cast<uint8_t>(counts(both));
        return static_cast<uint8_t>(counts(both) + counts(second));
    }

    SharedBytes m_people;
    bool m_countsReference = false;
    HaploidDosage m_haploidDosage = HaploidDosage::AsTwo;
};

} // namespace diploscope
