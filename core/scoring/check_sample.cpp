// SPDX-License-Identifier: GPL-3.0-or-later
#include "scoring/check_sample.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace diploscope {

CheckSpacing checkSpacing(int every, double editsPerWholePass) {
    if (every <= 0)
        return {};
    const CheckSpacing asked{std::min(every, kFirstSelfCheck), every};
    if (every < kSelfCheckEvery)
        return asked;
    const auto affordable = static_cast<int64_t>(std::ceil(editsPerWholePass / kCheckShare));
    return {std::max(asked.first, affordable), std::max(asked.every, affordable)};
}

SequenceKind kindOf(const ReferenceWindow& window, const EditList& edits) {
    if (edits.empty())
        return SequenceKind::Reference;
    const bool hasIndel =
        std::any_of(edits.begin(), edits.end(), [](const Edit& edit) { return edit.growth() != 0; });
    if (edits.size() > 1)
        return hasIndel ? SequenceKind::SeveralWithIndel : SequenceKind::Several;
    if (hasIndel)
        return edits.front().room == RoomAt::FarEnd ? SequenceKind::Indel : SequenceKind::IndelFromOtherEnd;
    return edits.front().offset < window.tssOffset ? SequenceKind::Left : SequenceKind::Right;
}

void CheckSample::add(SequenceKind kind, ScoredSequence sequence) {
    if (m_spacing.first == 0)
        return;
    Kind& own = m_kinds[kind];
    if (!own.hasChosen) {
        const auto isFuller = [](const ScoredSequence& a, const ScoredSequence& b) {
            return a.edits.size() != b.edits.size() ? a.edits.size() > b.edits.size() : a.content < b.content;
        };
        if (!own.fullest || isFuller(sequence, *own.fullest))
            own.fullest = sequence;
    }
    if (!m_candidate || sequence.content < m_candidate->sequence.content)
        m_candidate = Candidate{kind, std::move(sequence)};
    if (--m_untilNext == 0) {
        choose(*std::exchange(m_candidate, std::nullopt));
        m_untilNext = m_spacing.every;
    }
}

void CheckSample::addAlways(SequenceKind kind, ScoredSequence sequence) {
    choose({kind, std::move(sequence)});
}

void CheckSample::choose(Candidate candidate) {
    m_kinds[candidate.kind].hasChosen = true;
    m_chosen.push_back(std::move(candidate.sequence));
}

std::vector<ScoredSequence> CheckSample::sequences() const {
    std::vector<ScoredSequence> all = m_chosen;
    for (const auto& [kind, own] : m_kinds)
        if (!own.hasChosen && (kind != SequenceKind::Reference || m_kinds.size() == 1))
            all.push_back(*own.fullest);
    return all;
}

void CheckSample::clear() {
    *this = CheckSample(m_spacing);
}

} // namespace diploscope
