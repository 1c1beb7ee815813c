// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/motif_matches.h"

#include "genome/bases.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace diploscope {

namespace {

MotifScores scoresOf(const Motif& motif, const std::array<double, 4>& background) {
    std::vector<MotifScores::Bases> probabilities;
    for (const std::array<double, 4>& counts : motif.counts) {
        double sum = 1; // the pseudocount
        for (const double count : counts)
            sum += count;
        MotifScores::Bases column{};
        for (size_t base = 0; base < 4; ++base)
            column[base] = (counts[base] + background[base]) / sum;
        probabilities.push_back(column);
    }
    return MotifScores(probabilities, background);
}

/// \param bases `width` - 1 bases, the allele, `width` - 1 bases \return empty where every place holds an N
std::optional<MotifPlace> bestPlace(const MotifScores& scores, std::string_view bases) {
    const auto width = static_cast<size_t>(scores.width());
    std::optional<MotifPlace> best;
    for (size_t at = 0; at + width <= bases.size(); ++at) {
        const std::string_view forward = bases.substr(at, width);
        const std::string reverse = reverseComplement(forward);
        for (const Strand strand : {Strand::Forward, Strand::Reverse}) {
            const std::optional<double> score =
                scores.score(strand == Strand::Forward ? forward : std::string_view(reverse));
            if (score && (!best || *score > best->score))
                best =
                    MotifPlace{*score, 1, static_cast<int64_t>(at) - static_cast<int64_t>(width) + 1, strand};
        }
    }
    if (best)
        best->p = scores.p(best->score);
    return best;
}

MotifChange changeOf(const MotifPlace& ref, const MotifPlace& alt, double most) {
    if (ref.p > most)
        return MotifChange::Gained;
    if (alt.p > most)
        return MotifChange::Lost;
    return alt.score > ref.score   ? MotifChange::Stronger
           : alt.score < ref.score ? MotifChange::Weaker
                                   : MotifChange::Same;
}

size_t widestOf(const MotifSet& motifs) {
    int64_t widest = 1;
    for (const PreparedMotif& motif : motifs)
        widest = std::max(widest, motif.scores.width());
    return static_cast<size_t>(widest);
}

} // namespace

std::string_view toText(MotifChange change) {
    switch (change) {
    case MotifChange::Gained:
        return "gained";
    case MotifChange::Lost:
        return "lost";
    case MotifChange::Stronger:
        return "stronger";
    case MotifChange::Weaker:
        return "weaker";
    case MotifChange::Same:
        break;
    }
    return "same";
}

Result<std::shared_ptr<const MotifSet>> prepareMotifs(const std::vector<std::filesystem::path>& files,
                                                      const RunContext& context) {
    constexpr int64_t mostScores = int64_t{1} << 30; // of 8 bytes; thousands of motifs' as JASPAR has them
    auto set = std::make_shared<MotifSet>();
    int64_t held = 0;
    for (const std::filesystem::path& file : files) {
        DS_ASSIGN(const MotifFile found, readMotifs(file));
        for (const Motif& motif : found.motifs) {
            DS_TRY(context.checkpoint());
            set->push_back(
                {motif.id, motif.name, file.filename().string(), scoresOf(motif, found.background)});
            held += set->back().scores.range();
            if (held > mostScores)
                return fail(ErrorKind::Unsupported, "The motifs need more than 8 GB of memory.",
                            file.string(),
                            "Give fewer motifs: those of the species and factors that matter.");
        }
    }
    return std::shared_ptr<const MotifSet>(set);
}

std::vector<MotifMatch> motifMatches(const MotifSet& motifs, std::string_view before, std::string_view ref,
                                     std::string_view alt, std::string_view after, double most) {
    std::vector<MotifMatch> matches;
    for (size_t m = 0; m < motifs.size(); ++m) {
        const MotifScores& scores = motifs[m].scores;
        const auto beside = static_cast<size_t>(scores.width()) - 1;
        const auto best = [&](std::string_view allele) {
            std::string bases(before.substr(before.size() - std::min(before.size(), beside)));
            bases += allele;
            bases += after.substr(0, std::min(after.size(), beside));
            return bestPlace(scores, bases);
        };
        const std::optional<MotifPlace> ofRef = best(ref);
        const std::optional<MotifPlace> ofAlt = best(alt);
        if (!ofRef || !ofAlt || std::min(ofRef->p, ofAlt->p) > most)
            continue;
        matches.push_back({m, *ofRef, *ofAlt, changeOf(*ofRef, *ofAlt, most)});
    }
    std::stable_sort(matches.begin(), matches.end(), [](const MotifMatch& a, const MotifMatch& b) {
        const double pOfA = std::min(a.ref.p, a.alt.p);
        const double pOfB = std::min(b.ref.p, b.alt.p);
        return pOfA != pOfB ? pOfA < pOfB
                            : std::abs(a.ref.score - a.alt.score) > std::abs(b.ref.score - b.alt.score);
    });
    return matches;
}

Result<std::vector<MotifMatch>> motifMatches(const MotifSet& motifs, const FastaReader& reference,
                                             const Variant& variant, double most) {
    const auto beside = static_cast<int64_t>(widestOf(motifs)) - 1;
    const int64_t end = variant.position + static_cast<int64_t>(variant.ref.size());
    DS_ASSIGN(const std::string there, reference.fetch({variant.contig, variant.position, end}));
    for (size_t i = 0; i < there.size(); ++i)
        if (!mayBeBase(variant.ref[i], there[i]))
            return fail(ErrorKind::Mismatch,
                        fmt::format("{} names {}, but the reference has {} there.", toText(variant),
                                    variant.ref, there),
                        toText(Region{variant.contig, variant.position, end}),
                        "Name the variant on the study's reference.");
    DS_ASSIGN(const std::string before,
              reference.fetch({variant.contig, variant.position - beside, variant.position}));
    DS_ASSIGN(const std::string after, reference.fetch({variant.contig, end, end + beside}));
    return motifMatches(motifs, before, variant.ref, variant.alt, after, most);
}

TableWriter motifTable(const MotifSet& motifs, const std::vector<MotifMatch>& matches, const Variant& variant,
                       const std::vector<std::pair<std::string, std::string>>& provenance) {
    TableWriter table({"motif", "id", "file", "change", "ref_score", "ref_p", "ref_position", "ref_strand",
                       "alt_score", "alt_p", "alt_position", "alt_strand"});
    for (const auto& [key, value] : provenance)
        table.comment(key, value);
    for (const MotifMatch& match : matches) {
        const PreparedMotif& motif = motifs[match.motif];
        table.row().cell(motif.name).cell(motif.id).cell(motif.file).cell(toText(match.change));
        for (const MotifPlace& place : {match.ref, match.alt})
            table.cell(place.score)
                .cell(place.p)
                .cell(variant.position + place.start + 1)
                .cell(place.strand == Strand::Forward ? "forward" : "reverse");
    }
    return table;
}

} // namespace diploscope
