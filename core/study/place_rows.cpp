// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/suggestion.h"
#include "genome/contig_names.h"
#include "study/matching.h"

#include <fmt/format.h>

#include <map>
#include <unordered_map>

namespace diploscope {

namespace {

/// Peaks, sites and ends of transcripts are shorter; longer rows are whole genes or domains, and few models
/// read all of them.
constexpr int64_t LongRow = 10'000;

Gene locusOf(const std::string& name, const Region& place, bool isReverse, const std::string& kind) {
    GeneId id = splitGeneId(name); // as tables of others name it, too
    Gene locus;
    locus.id = std::move(id.id);
    locus.version = std::move(id.version);
    locus.name = name;
    locus.type = kind;
    locus.region = place;
    locus.strand = isReverse ? Strand::Reverse : Strand::Forward;
    locus.centre = place.start + place.length() / 2;
    return locus;
}

/// What nobody would see in the numbers: which base stands for a row, and which strand is read.
void notePlaces(const StudyFile& file, const PlacedRows& placed, bool hasStrands, StudyCheck& check) {
    int64_t reverse = 0;
    for (const Gene& locus : placed.loci.genes())
        reverse += locus.strand == Strand::Reverse ? 1 : 0;
    check.notes.push_back(
        {"phenotypes",
         fmt::format("{} of the kind {}, each with the centre of its row in place of a TSS; {}.",
                     countedLoci(file, placed.rows.size()), file.phenotypes,
                     hasStrands ? fmt::format("{} on the reverse strand, as the table says", reverse)
                                : std::string("all read on the forward strand, as the table has no strands")),
         {}});
}

} // namespace

std::vector<MeasuredGene> PlacedRows::measured() const {
    std::vector<MeasuredGene> measured;
    for (size_t i = 0; i < rows.size(); ++i)
        measured.push_back({&loci.genes()[i], rows[i]});
    return measured;
}

PlacedRows placeRows(const StudyFile& file, const ExpressionRows& expression, StudyCheck& check) {
    if (expression.positions().empty()) {
        check.problems.push_back(
            {ErrorKind::Mismatch,
             fmt::format(
                 "The table's rows have no coordinates, by which phenotypes of the kind {} are placed.",
                 file.phenotypes),
             file.expression.string(),
             "Give a BED as tensorQTL reads it: `#chr start end phenotype_id` and one column for each "
             "person; "
             "or leave `phenotypes` out, where the rows are genes of the annotation."});
        return {};
    }
    std::vector<Gene> loci;
    PlacedRows placed;
    std::unordered_map<std::string, size_t> rowOf;
    std::vector<std::string> empty, twice, longRows;
    for (size_t i = 0; i < expression.genes().size(); ++i) {
        const std::string& name = expression.genes()[i];
        const Region& place = expression.positions()[i];
        if (place.length() == 0) {
            empty.push_back(fmt::format("{} ({}:{}-{})", name, place.contig, place.start, place.end));
            continue;
        }
        const bool isReverse = !expression.strands().empty() && expression.strands()[i] == '-';
        Gene locus = locusOf(name, place, isReverse, file.phenotypes);
        if (const auto [known, isNew] = rowOf.emplace(locus.id, i); !isNew) {
            twice.push_back(fmt::format("{} and {}", expression.genes()[known->second], name));
            continue;
        }
        if (place.length() > LongRow)
            longRows.push_back(fmt::format("{} ({} bp)", name, place.length()));
        loci.push_back(std::move(locus));
        placed.rows.push_back(static_cast<int64_t>(i));
    }
    if (!twice.empty())
        check.problems.push_back(
            {ErrorKind::Mismatch,
             fmt::format("{} more than one row of the table, but for the version of the "
                         "id: {}.",
                         twice.size() == 1 ? "1 phenotype has" : countedLoci(file, twice.size()) + " have",
                         listed(twice, 10)),
             file.expression.string(), "Keep one row for each phenotype."});
    if (loci.empty())
        check.problems.push_back({ErrorKind::BadInput,
                                  fmt::format("No row covers a base: {}.", listed(empty, 3)),
                                  file.expression.string(),
                                  "BED counts starts from 0 and ends behind the last base: a site at base p "
                                  "is p - 1 to p."});
    placed.loci = Annotation(std::move(loci));
    if (!placed.rows.empty())
        notePlaces(file, placed, !expression.strands().empty(), check);
    noteLoci(file, "phenotypes", "of no base (start = end), left out", std::move(empty), check);
    noteLoci(file, "phenotypes",
             fmt::format("longer than {} bp, of which a model reads what is round the centre", LongRow),
             std::move(longRows), check);
    return placed;
}

Annotation drawnOn(const FastaReader& reference, const Annotation& annotation) {
    std::map<std::string, std::optional<std::string>> names;
    std::vector<Gene> genes;
    for (const Gene& gene : annotation.genes()) {
        auto known = names.find(gene.region.contig);
        if (known == names.end())
            known = names.emplace(gene.region.contig, matchingContig(gene.region.contig, reference.contigs()))
                        .first;
        if (!known->second)
            continue;
        Gene& drawn = genes.emplace_back(gene);
        drawn.region.contig = *known->second;
        for (Region& exon : drawn.exons)
            exon.contig = *known->second;
    }
    return Annotation(std::move(genes), annotation.declaredBuild());
}

} // namespace diploscope
