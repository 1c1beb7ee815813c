// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "genome/liftover.h"
#include "study/study.h"

#include <functional>
#include <optional>
#include <utility>

namespace diploscope {

/// A file of another build, and what became of its places.
template <class Table>
struct Lifted {
    Table table;
    LiftCounts counts;
};

/// Lifts a table that disagrees with the study's reference by the first of the study's chains under which at
/// least half of its places have one in the study's build, and it agrees. \param refusal why it is not taken
/// as it is; anything but a Mismatch stays \param lift moves a table \param check as what refused it, but for
/// few places, too: BuildEvidence::For \error the refusal, where no chain helps; of reading chains;
/// Cancelled. Source: METHODS 14
template <class Table>
[[nodiscard]] Result<Lifted<Table>>
liftByChain(const Study& study, const Table& table, const Error& refusal,
            const std::function<LiftCounts(Table&, const Liftover&)>& lift,
            const std::function<Result<void>(const Table&)>& check, const RunContext& context) {
    if (refusal.kind != ErrorKind::Mismatch)
        return fail(refusal);
    DS_ASSIGN(const auto chains, study.liftovers(context));
    for (const Liftover& chain : *chains) {
        DS_TRY(context.checkpoint());
        Lifted<Table> lifted{table, {}};
        lifted.counts = lift(lifted.table, chain);
        if (lifted.counts.lifted > 0 && lifted.counts.lifted >= lifted.counts.leftOut() &&
            check(lifted.table))
            return lifted;
    }
    Error error = refusal;
    if (chains->empty())
        error.remedy += " Or add a UCSC chain file to the study (`diploscope add STUDY FILE`, File > Add "
                        "files to the study): it is "
                        "lifted then.";
    else
        error.remedy += " None of the study's chain files makes it agree.";
    return fail(std::move(error));
}

} // namespace diploscope
