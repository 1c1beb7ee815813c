// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "study/study_file.h"

#include <string>
#include <utility>
#include <vector>

namespace diploscope {

/// The words that stand for an enum's values in a study file. Source: FORMATS 10.
template <class Value>
using Words = std::vector<std::pair<std::string, Value>>;

template <class Value>
std::string wordOf(Value value, const Words<Value>& words) {
    for (const auto& [word, meaning] : words)
        if (meaning == value)
            return word;
    return {};
}

inline const Words<ExpressionTransform>& transformWords() {
    static const Words<ExpressionTransform> words{{"none", ExpressionTransform::None},
                                                  {"log2p1", ExpressionTransform::Log2Plus1},
                                                  {"rank-normal", ExpressionTransform::RankNormal}};
    return words;
}
inline const Words<VariantMode>& variantWords() {
    static const Words<VariantMode> words{{"snv", VariantMode::Snv}, {"snv+indel", VariantMode::SnvAndIndel}};
    return words;
}
inline const Words<UnphasedRule>& unphasedWords() {
    static const Words<UnphasedRule> words{{"refuse", UnphasedRule::Refuse},
                                           {"as-listed", UnphasedRule::AsListed}};
    return words;
}
inline const Words<AlleleConvention>& alleleWords() {
    static const Words<AlleleConvention> words{{"alt", AlleleConvention::Alternate},
                                               {"minor", AlleleConvention::Minor}};
    return words;
}
inline const Words<PhaseSetRule>& phaseSetWords() {
    static const Words<PhaseSetRule> words{{"as-listed", PhaseSetRule::AsListed},
                                           {"leave-out", PhaseSetRule::LeaveOut}};
    return words;
}
inline const Words<HaploidDosage>& haploidDosageWords() {
    static const Words<HaploidDosage> words{{"0/2", HaploidDosage::AsTwo}, {"0/1", HaploidDosage::AsOne}};
    return words;
}

} // namespace diploscope
