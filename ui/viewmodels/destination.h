// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "genome/annotation.h"
#include "genome/region.h"
#include "genome/variant.h"

#include <QString>
#include <QStringList>

#include <cstdint>
#include <optional>
#include <vector>

namespace diploscope {
struct GeneReport;
}

namespace diploscope::ui {

class Session;

/// What a person who typed something wants to see.
struct Destination {
    const Gene* gene = nullptr;     ///< of the session
    std::optional<Region> region;   ///< of its locus, some of which lies in the window; empty: as it is
    std::optional<Variant> variant; ///< to select, in the middle of `region`
};

/// The least that is shown of a locus, and what is shown round a single place on either side, in bp.
inline constexpr int64_t LeastSeen = 20, SeenRound = 100;

/// \param text a gene's symbol or id; an SNV's id, of the gene shown; a variant (parseVariant()); a place or
/// a range (parsePlace()), of the gene shown where it names no contig. A place that the window of the gene
/// shown does not hold is of the gene with the nearest TSS whose window does. \param seen length of what is
/// seen now, in bp, which a single place keeps where that is closer \error NotFound, BadInput, Mismatch: a
/// place beyond its contig or in no gene's window, an SNV that the gene shown does not have, and as the
/// parsers and StudyGenes::find()
[[nodiscard]] Result<Destination> findDestination(const QString& text, const Session& session,
                                                  std::optional<int64_t> seen);

/// What is offered to somebody who types: names of the genes, and ids where these are others.
[[nodiscard]] QStringList geneDestinations(const std::vector<Gene>& genes);
/// The same of a gene's SNVs that have an id.
[[nodiscard]] QStringList variantDestinations(const GeneReport& report);

} // namespace diploscope::ui
