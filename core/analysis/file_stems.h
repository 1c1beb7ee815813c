// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "study/study.h"

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace diploscope {

/// `name` as a file name: letters, digits, `.`, `_` and `-` as they are, others as `_`.
[[nodiscard]] std::string fileStem(std::string_view name);

/// What the files of a study's genes are called: the gene's name as a file name, or its id where the files of
/// another gene would be called the same. `A/B`, `A B` and `a_b` are one name to a folder, which may not tell
/// upper from lower case either. No two genes share one, in whichever order, runs and selections they come.
class GeneFileStems {
public:
    explicit GeneFileStems(const std::vector<StudyGene>& genes);

    [[nodiscard]] std::string of(const Gene& gene) const;
    /// As the user named the gene, where that is no other one's name written as a file's. Genes of the very
    /// same name (of X and Y) are told apart by who is asked for: there is one that the name alone stands
    /// for.
    [[nodiscard]] std::string of(const Gene& gene, std::string_view asked) const;

private:
    /// Of one name or id as a file name, in lower case.
    struct Owner {
        std::string gene, name; ///< the first one's id, and how the name is written there
        bool severalGenes = false, severalNames = false;
    };
    [[nodiscard]] const Owner* ownerOf(const std::string& stem) const;
    std::unordered_map<std::string, Owner> m_owners;
};

} // namespace diploscope
