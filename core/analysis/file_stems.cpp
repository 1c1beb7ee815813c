// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/file_stems.h"

#include "base/checksum.h"
#include "base/words.h"

#include <cctype>

namespace diploscope {

std::string fileStem(std::string_view name) {
    std::string stem;
    for (const char c : name) {
        const bool plain =
            std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-' || c == '.';
        stem += plain ? c : '_';
    }
    return stem;
}

GeneFileStems::GeneFileStems(const std::vector<StudyGene>& genes) {
    for (const StudyGene& gene : genes)
        for (const std::string& name : {gene.gene.name, gene.gene.id}) {
            const auto [found, added] =
                m_owners.emplace(lowerCase(fileStem(name)), Owner{gene.gene.id, name});
            Owner& owner = found->second;
            owner.severalGenes = owner.severalGenes || owner.gene != gene.gene.id;
            owner.severalNames = owner.severalNames || owner.name != name;
        }
}

const GeneFileStems::Owner* GeneFileStems::ownerOf(const std::string& stem) const {
    const auto owner = m_owners.find(lowerCase(stem));
    return owner == m_owners.end() ? nullptr : &owner->second;
}

std::string GeneFileStems::of(const Gene& gene) const {
    for (const std::string& name : {gene.name, gene.id}) {
        std::string stem = fileStem(name);
        const Owner* owner = ownerOf(stem);
        if (!stem.empty() && (owner == nullptr || (owner->gene == gene.id && !owner->severalGenes)))
            return stem;
    }
    return fileStem(gene.id) + "-" + toHex(digestOf(gene.id)).substr(0, 12);
}

std::string GeneFileStems::of(const Gene& gene, std::string_view asked) const {
    std::string stem = fileStem(asked);
    const Owner* owner = ownerOf(stem);
    const bool own = owner == nullptr || (owner->gene == gene.id && !owner->severalGenes) ||
                     (owner->name == gene.name && !owner->severalNames);
    return own ? stem : of(gene);
}

} // namespace diploscope
