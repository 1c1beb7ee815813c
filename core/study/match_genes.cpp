// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/suggestion.h"
#include "base/words.h"
#include "genome/contig_names.h"
#include "study/matching.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

namespace diploscope {

namespace {

std::string genes(size_t count) {
    return counted(count, "gene", "genes");
}

/// `12` of `12_2`: the number of what was lifted to another build tells nothing about the gene.
std::string_view releaseOf(std::string_view version) {
    return version.substr(0, version.find('_'));
}

} // namespace

std::string countedLoci(const StudyFile& file, size_t count) {
    return file.isOfGenes() ? genes(count) : counted(count, "phenotype", "phenotypes");
}

void noteLoci(const StudyFile& file, std::string topic, std::string_view what, std::vector<std::string> items,
              StudyCheck& check) {
    if (items.empty())
        return;
    std::string text = fmt::format("{} {}: {}.", countedLoci(file, items.size()), what, listed(items, 3));
    check.notes.push_back({std::move(topic), std::move(text), std::move(items)});
}

std::vector<MeasuredGene> matchGenes(const StudyFile& file, const Annotation& annotation,
                                     const std::vector<std::string>& rows, bool hasPlaces,
                                     StudyCheck& check) {
    std::vector<MeasuredGene> measured;
    std::unordered_map<const Gene*, size_t> rowOf;
    std::vector<std::string> otherVersion, symbols, unknown, unstranded, ambiguous, twice;
    const std::set<std::string> withoutStrand(annotation.unstranded().begin(), annotation.unstranded().end());
    for (size_t i = 0; i < rows.size(); ++i) {
        const std::string& name = rows[i];
        const Gene* gene = annotation.findId(name);
        if (gene != nullptr) {
            const std::string version = splitGeneId(name).version;
            if (!version.empty() && !gene->version.empty() && releaseOf(version) != releaseOf(gene->version))
                otherVersion.push_back(fmt::format("{} (annotation: .{})", name, gene->version));
        } else {
            const std::vector<const Gene*> named = annotation.withName(name);
            if (named.size() > 1) {
                std::string ids;
                for (const Gene* one : named)
                    ids += (ids.empty() ? "" : ", ") + one->id;
                ambiguous.push_back(fmt::format("{} ({})", name, ids));
                continue;
            }
            if (named.empty()) {
                (withoutStrand.contains(splitGeneId(name).id) ? unstranded : unknown).push_back(name);
                continue;
            }
            gene = named.front();
            symbols.push_back(fmt::format("{} = {}", name, gene->id));
        }
        const auto [known, isNew] = rowOf.emplace(gene, i);
        if (isNew)
            measured.push_back({gene, static_cast<int64_t>(i)});
        else
            twice.push_back(fmt::format("{} and {}", rows[known->second], name));
    }

    const std::string where = file.expression.string();
    if (measured.empty() && ambiguous.empty()) {
        std::vector<std::string> annotated;
        for (size_t i = 0; i < annotation.genes().size() && i < 3; ++i)
            annotated.push_back(annotation.genes()[i].id + " (" + annotation.genes()[i].name + ")");
        check.problems.push_back({ErrorKind::Mismatch,
                                  fmt::format("None of the {} genes with expression is in the annotation. "
                                              "Expression is of {}; the annotation "
                                              "holds {}.",
                                              rows.size(), listed(rows, 3), listed(annotated, 3)),
                                  where,
                                  std::string("Give the annotation of the same species that the expression "
                                              "was counted with, and Ensembl ids or gene symbols as names.") +
                                      (hasPlaces ? " If the rows are no genes but peaks or sites, say in the "
                                                   "study file what they are: \"phenotypes\": \"atac\", "
                                                   "\"methylation\" or another word."
                                                 : "")});
        return measured;
    }
    if (!ambiguous.empty())
        check.problems.push_back(
            {ErrorKind::Mismatch,
             fmt::format(
                 "{} in the expression file: the symbol names more than one gene of the annotation: {}.",
                 counted(ambiguous.size(), "row", "rows"), listed(ambiguous, 10)),
             where, "Name these rows by gene id, or remove them."});
    if (!twice.empty())
        check.problems.push_back(
            {ErrorKind::Mismatch,
             fmt::format("{} measured by two rows of the expression file: {}.",
                         twice.size() == 1 ? "1 gene is" : genes(twice.size()) + " are", listed(twice, 10)),
             where, "Keep one row for each gene."});

    noteLoci(file, "gene ids", "found by symbol", std::move(symbols), check);
    noteLoci(file, "gene ids", "with another version in the annotation, matched all the same",
             std::move(otherVersion), check);
    noteLoci(file, "genes", "with expression but not in the annotation, left out", std::move(unknown), check);
    noteLoci(file, "genes",
             "with expression but without a strand in the annotation, so without a TSS, left out",
             std::move(unstranded), check);
    std::vector<std::string> notMeasured;
    for (const Gene& gene : annotation.genes())
        if (!rowOf.contains(&gene))
            notMeasured.push_back(gene.id);
    noteLoci(file, "genes", "of the annotation without expression", std::move(notMeasured), check);
    return measured;
}

namespace {

/// The names that a file's contigs have in the reference.
class ContigMatch {
public:
    ContigMatch(const std::set<std::string>& contigs, const FastaReader& reference) {
        for (const std::string& contig : contigs)
            if (const auto found = matchingContig(contig, reference.contigs()))
                m_inReference.emplace(contig, *found);
    }
    [[nodiscard]] const std::string* find(const std::string& contig) const {
        const auto found = m_inReference.find(contig);
        return found == m_inReference.end() ? nullptr : &found->second;
    }
    [[nodiscard]] bool empty() const { return m_inReference.empty(); }

    void noteRenamed(std::string_view whose, StudyCheck& check) const {
        std::vector<std::string> renamed;
        for (const auto& [contig, name] : m_inReference)
            if (contig != name)
                renamed.push_back(fmt::format("{} = {}", contig, name));
        if (renamed.empty())
            return;
        std::string text =
            fmt::format("{} names contigs otherwise than the reference, matched all the same: {}.", whose,
                        listed(renamed, 3));
        check.notes.push_back({"contigs", std::move(text), std::move(renamed)});
    }

    /// "22 and chr22" of a file that has records under both.
    [[nodiscard]] std::vector<std::string> severalNames() const {
        std::map<std::string, std::string> byReference;
        std::set<std::string> several;
        for (const auto& [contig, name] : m_inReference) {
            std::string& names = byReference[name];
            if (!names.empty())
                several.insert(name);
            names += (names.empty() ? "" : " and ") + contig;
        }
        std::vector<std::string> lists;
        for (const std::string& name : several)
            lists.push_back(byReference[name]);
        return lists;
    }

private:
    std::map<std::string, std::string> m_inReference;
};

Error noCommonContig(std::string_view whose, const std::set<std::string>& contigs,
                     const FastaReader& reference, std::string where) {
    return {
        ErrorKind::Mismatch,
        fmt::format("The {} and the reference have no contig in common. The reference has {}, the {} {}.",
                    whose, listed(reference.contigs(), 3), whose,
                    listed(std::vector<std::string>(contigs.begin(), contigs.end()), 3)),
        std::move(where),
        fmt::format(
            "Give reference and {} of the same species and build, with contigs named like `22` or `chr22`.",
            whose)};
}

} // namespace

std::vector<StudyGene> placeGenes(const StudyFile& file, const std::vector<MeasuredGene>& measured,
                                  const FastaReader& reference, const VariantReader& genotypes,
                                  StudyCheck& check) {
    std::set<std::string> annotated;
    for (const MeasuredGene& one : measured)
        annotated.insert(one.gene->region.contig);
    const std::set<std::string> typed(genotypes.contigs().begin(), genotypes.contigs().end());
    const ContigMatch ofAnnotation(annotated, reference);
    const ContigMatch ofGenotypes(typed, reference);
    const bool ofGenes = file.isOfGenes();
    const std::string where = (ofGenes ? file.annotation : file.expression).string();
    if (ofAnnotation.empty())
        check.problems.push_back(
            noCommonContig(ofGenes ? "annotation" : "table of phenotypes", annotated, reference, where));
    if (ofGenotypes.empty())
        check.problems.push_back(noCommonContig("genotypes", typed, reference, file.genotypes));
    if (ofAnnotation.empty() || ofGenotypes.empty())
        return {};
    ofAnnotation.noteRenamed(ofGenes ? "The annotation" : "The table of phenotypes", check);
    ofGenotypes.noteRenamed("The genotype file", check);
    if (std::vector<std::string> several = ofGenotypes.severalNames(); !several.empty()) {
        std::string text = fmt::format("The genotype file has records of one contig under several names, all "
                                       "of which are read: {}.",
                                       listed(several, 3));
        check.notes.push_back({"contigs", std::move(text), std::move(several)});
    }

    std::set<std::string> withGenotypes;
    for (const std::string& contig : typed)
        if (const std::string* name = ofGenotypes.find(contig))
            withGenotypes.insert(*name);
    std::vector<StudyGene> placed;
    std::vector<std::string> noContig, beyond, noGenotypes;
    for (const MeasuredGene& one : measured) {
        const std::string* contig = ofAnnotation.find(one.gene->region.contig);
        const auto label = [&] { return fmt::format("{} ({})", one.gene->name, toText(one.gene->region)); };
        if (contig == nullptr) {
            noContig.push_back(label());
        } else if (one.gene->tss() >= reference.contigLength(*contig)) {
            beyond.push_back(label());
        } else if (!withGenotypes.contains(*contig)) {
            noGenotypes.push_back(label());
        } else {
            StudyGene gene{*one.gene, one.row};
            gene.gene.region.contig = *contig;
            for (Region& exon : gene.gene.exons)
                exon.contig = *contig;
            placed.push_back(std::move(gene));
        }
    }
    if (placed.empty()) {
        check.problems.push_back(
            {ErrorKind::Mismatch,
             fmt::format("No {} can be analysed: of {} with {}, {} lie on contigs that the "
                         "reference lacks, {} "
                         "beyond the end of theirs, {} on contigs without genotypes.",
                         ofGenes ? "gene" : "phenotype", countedLoci(file, measured.size()),
                         ofGenes ? "expression" : "a place", noContig.size(), beyond.size(),
                         noGenotypes.size()),
             where,
             fmt::format("Check that {}, genotypes and reference are of the same build and region.",
                         ofGenes ? "annotation" : "phenotypes")});
        return placed;
    }
    const char* topic = ofGenes ? "genes" : "phenotypes";
    noteLoci(file, topic, "on contigs that the reference lacks, left out", std::move(noContig), check);
    noteLoci(file, topic, "beyond the end of their contig in the reference, left out", std::move(beyond),
             check);
    noteLoci(file, topic, "on contigs without genotypes, left out", std::move(noGenotypes), check);

    std::unordered_map<std::string, size_t> order;
    for (const std::string& contig : reference.contigs())
        order.emplace(contig, order.size());
    std::stable_sort(placed.begin(), placed.end(), [&](const StudyGene& a, const StudyGene& b) {
        return std::pair(order[a.gene.region.contig], a.gene.region.start) <
               std::pair(order[b.gene.region.contig], b.gene.region.start);
    });
    return placed;
}

} // namespace diploscope
