// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/checksum.h"
#include "sequence/reference_window.h"

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace diploscope {

/// A sequence that Method::Fast has scored, to be scored again.
struct ScoredSequence {
    EditList edits; ///< on the window that was scored
    double score = 0;
    Digest content{}; ///< of what the model reads
};

/// By default every so many new scores one is checked, the first one early, but only as far as the whole
/// passes cost no more than kCheckShare of what the scores do. A smaller number is somebody's wish, and is
/// followed whatever it costs.
inline constexpr int kSelfCheckEvery = 500;
inline constexpr int kFirstSelfCheck = 200;
inline constexpr double kCheckShare = 0.1;

/// Of how many new scores one is checked by a pass of its own: the first `first`, then every `every` more.
struct CheckSpacing {
    int64_t first = 0; ///< 0: none is
    int64_t every = 0;
    friend bool operator==(const CheckSpacing&, const CheckSpacing&) = default;
};

/// \param every as it is asked for; 0: none \param editsPerWholePass see Predictor
[[nodiscard]] CheckSpacing checkSpacing(int every, double editsPerWholePass);

/// What a fault of a shortcut may be alone with: nothing changed, one base on either side of the TSS (forward
/// strand), one change of length with room made at either end (METHODS 15), several changes without and with
/// such.
enum class SequenceKind { Reference, Left, Right, Indel, IndelFromOtherEnd, Several, SeveralWithIndel };
[[nodiscard]] SequenceKind kindOf(const ReferenceWindow& window, const EditList& edits);

/// Chooses, of scores that no check has spoken for, which are to be checked: one of as many as CheckSpacing
/// says, and one of each kind at least. Which one it is follows from the sequences' contents alone, and how
/// they are divided from the order in which they come. Holds the chosen ones, whatever their number.
class CheckSample {
public:
    explicit CheckSample(CheckSpacing spacing = {}) : m_spacing(spacing) {}

    void add(SequenceKind kind, ScoredSequence sequence);
    /// The same for one that is to be checked in any case.
    void addAlways(SequenceKind kind, ScoredSequence sequence);
    /// Any but those that stand for their kind.
    [[nodiscard]] bool hasChosen() const { return !m_chosen.empty(); }
    /// Those to be checked. The reference stands for its kind where there is nothing else: its own score is
    /// compared with every other's.
    [[nodiscard]] std::vector<ScoredSequence> sequences() const;
    void clear();

private:
    struct Kind {
        bool hasChosen = false;
        std::optional<ScoredSequence> fullest; ///< of those with the most edits the first by content
    };
    struct Candidate {
        SequenceKind kind = SequenceKind::Reference;
        ScoredSequence sequence;
    };
    void choose(Candidate candidate);

    CheckSpacing m_spacing;
    int64_t m_untilNext = m_spacing.first;
    std::optional<Candidate> m_candidate;
    std::vector<ScoredSequence> m_chosen;
    std::map<SequenceKind, Kind> m_kinds;
};

} // namespace diploscope
