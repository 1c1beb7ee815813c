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

struct MotifLine {
    const PreparedMotif* motif;
    const MotifMatch* match;
    int64_t position; ///< 0-based, of the variant

    [[nodiscard]] int64_t placeOf(const MotifPlace& place) const { return position + place.start + 1; }
};

const char* strandText(const MotifPlace& place) {
    return place.strand == Strand::Forward ? "forward" : "reverse";
}

const TableColumns<MotifLine>& motifColumns() {
    static const TableColumns<MotifLine> columns{
        {{"motif", "motif", "", "What its file calls the motif", 18, Format::Text},
         [](const MotifLine& line) { return line.motif->name; }},
        {{"id", "id", "", "The motif's id in its file", 18, Format::Text},
         [](const MotifLine& line) { return line.motif->id; }},
        {{"file", "file", "", "The motif's file", 18, Format::Text},
         [](const MotifLine& line) { return line.motif->file; }},
        {{"change", "change", "",
          "`gained`: ALT alone has a match; `lost`: REF alone; `stronger`, `weaker` or `same`: both, and "
          "what "
          "ALT's is to REF's",
          18, Format::Text},
         [](const MotifLine& line) { return toText(line.match->change); }},
        {{"ref_score", "REF, log-odds", "bits", "Log-odds of the best place that touches REF", 18},
         [](const MotifLine& line) { return line.match->ref.score; }},
        {{"ref_p", "REF, p", "", "p of that log-odds, of one place", 18, Format::P},
         [](const MotifLine& line) { return line.match->ref.p; }},
        {{"ref_position", "REF, place", "", "First base of that place, 1-based, forward strand", 18,
          Format::Whole},
         [](const MotifLine& line) { return line.placeOf(line.match->ref); }},
        {{"ref_strand", "REF, strand", "", "Strand that the motif lies on there", 18, Format::Text},
         [](const MotifLine& line) { return strandText(line.match->ref); }},
        {{"alt_score", "ALT, log-odds", "bits", "Log-odds of the best place that touches ALT", 18},
         [](const MotifLine& line) { return line.match->alt.score; }},
        {{"alt_p", "ALT, p", "", "p of that log-odds, of one place", 18, Format::P},
         [](const MotifLine& line) { return line.match->alt.p; }},
        {{"alt_position", "ALT, place", "",
          "First base of that place, 1-based: counted on in the sequence with ALT from the variant's "
          "position",
          18, Format::Whole},
         [](const MotifLine& line) { return line.placeOf(line.match->alt); }},
        {{"alt_strand", "ALT, strand", "", "Strand that the motif lies on there", 18, Format::Text},
         [](const MotifLine& line) { return strandText(line.match->alt); }},
    };
    return columns;
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
                                                      const RunContext& context, size_t most) {
    auto set = std::make_shared<MotifSet>();
    size_t scores = 0;
    for (const std::filesystem::path& file : files) {
        DS_ASSIGN(const MotifFile found, readMotifs(file));
        for (const Motif& motif : found.motifs) {
            DS_TRY(context.checkpoint());
            set->push_back(
                {motif.id, motif.name, file.filename().string(), scoresOf(motif, found.background)});
            scores += set->back().scores.count();
            if (scores > most)
                return fail(ErrorKind::BadInput,
                            fmt::format("Log-odds of the first {} motifs take more than {} MiB.", set->size(),
                                        most * sizeof(double) >> 20),
                            file.string(), "Give those that matter.");
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

GlossaryTable motifGlossary() {
    return {"motifs.tsv", textsOf(motifColumns())};
}

TableWriter motifTable(const MotifSet& motifs, const std::vector<MotifMatch>& matches, const Variant& variant,
                       const Provenance& provenance) {
    std::vector<MotifLine> lines;
    for (const MotifMatch& match : matches)
        lines.push_back({&motifs[match.motif], &match, variant.position});
    return tableOfRows(motifColumns(), lines, provenance);
}

} // namespace diploscope
