// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "genome/contig_names.h"
#include "study/study.h"

#include <optional>
#include <string>
#include <unordered_map>

namespace diploscope {

/// A table's contigs in the study's terms, each looked up once.
class StudyContigs {
public:
    explicit StudyContigs(const Study& study)
        : m_reference(study.isPublished() ? nullptr : &study.reference()) {}

    struct Contig {
        std::string name;   ///< canonicalContig() of what the reference calls it: PLINK's 23 is X
        int64_t length = 0; ///< 0: the reference lacks it
    };
    const Contig& find(const std::string& contig) {
        const auto [known, isNew] = m_known.try_emplace(contig);
        if (isNew) {
            std::optional<std::string> there;
            if (m_reference != nullptr)
                there = matchingContig(contig, m_reference->contigs());
            known->second = {canonicalContig(there.value_or(contig)),
                             there ? m_reference->contigLength(*there) : 0};
        }
        return known->second;
    }

private:
    const FastaReader* m_reference; ///< null: a study of published tables, which has none
    std::unordered_map<std::string, Contig> m_known;
};

} // namespace diploscope
