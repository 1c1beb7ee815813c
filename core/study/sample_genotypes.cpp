// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/suggestion.h"
#include "base/words.h"
#include "genome/contig_names.h"
#include "study/genotype_sampling.h"
#include "study/matching.h"

#include <fmt/format.h>

#include <algorithm>

namespace diploscope {

namespace {

/// A larger share of records without GT is a problem; as METHODS 17 has it for people without a genotype.
constexpr double MostWithoutGenotypes = 0.2;
constexpr double WorthTellingUnknown = 0.01;
constexpr double MostUnknown = 0.1;
/// Masked repeats are many stretches, with fewer bases between them than this; a gap is one.
constexpr int64_t BasesToARepeat = 4'000;
/// Of all sampled genotypes: single records that were written twice in two ways stay below.
constexpr double MostDiffering = 0.01;

/// A model sees nothing in N, and any REF fits it: a reference whose repeats are masked that way opens as if
/// it were right, and its scores are others.
void judgeUnknown(const StudyFile& file, const SampledGenotypes& findings, StudyCheck& check) {
    const double share = findings.bases == 0 ? 0 : double(findings.unknownBases) / double(findings.bases);
    const int64_t records = findings.counts.unknownReference;
    if (share < WorthTellingUnknown && records == 0)
        return;
    const std::string lie = records == 1 ? "record lies" : "records lie";
    std::string what = fmt::format(
        "{:.1f} % of the bases round {} sampled {} are N or an IUPAC code, which "
        "a model does not see; {} of {} sampled genotype {} there, where any REF fits.",
        100 * share, findings.places, file.isOfGenes() ? "TSSs" : "centres", records, findings.records, lie);
    // Nobody has genotypes in a gap.
    const bool isMasked = findings.unknownStretches * BasesToARepeat >= findings.bases ||
                          double(records) > MostUnknown * double(findings.records);
    if (share < MostUnknown || !isMasked)
        check.notes.push_back({"reference", std::move(what), {}});
    else
        check.problems.push_back(
            {ErrorKind::BadInput, "The reference seems to be hard-masked. " + what, file.reference.string(),
             "Give the soft-masked or unmasked one, whose repeats are bases in small or capital letters: "
             "Ensembl's `dna_sm` or `dna` in place of `dna_rm`, UCSC's `hg38.fa` in place of "
             "`hg38.fa.masked`."});
}

/// Which of two records of one change is right is not known; METHODS 17 takes the first.
void judgeDuplicates(const StudyFile& file, const SampledGenotypes& findings, StudyCheck& check) {
    const int64_t differing = findings.counts.differingDuplicates;
    const std::vector<bool>& others = findings.otherInDuplicates;
    if (findings.counts.filledAlleles > 0)
        check.notes.push_back(
            {"genotypes",
             fmt::format("{} of sampled records taken from duplicates of these records.",
                         counted(findings.counts.filledAlleles, "missing allele", "missing alleles")),
             {}});
    if (differing == 0)
        return;
    std::string what = fmt::format(
        "{} of {} people have another genotype in a duplicate of a sampled record ({} in {}): the first "
        "record counts.",
        std::count(others.begin(), others.end(), true), others.size(),
        counted(differing, "genotype", "genotypes"),
        counted(findings.counts.duplicates, "duplicate allele", "duplicate alleles"));
    if (double(differing) <= MostDiffering * double(findings.records) * double(others.size()))
        check.notes.push_back({"genotypes", std::move(what), {}});
    else
        check.problems.push_back(
            {ErrorKind::Mismatch, std::move(what), file.genotypes,
             "Keep one record of each change, the right one: `bcftools norm -f REFERENCE.fa -m -any FILE | "
             "bcftools norm -d exact -Oz -o NEW.vcf.gz` keeps the first, also where the two are not written "
             "alike; files of several people are joined with `bcftools merge`, not `concat`."});
}

void judgeRefs(const StudyFile& file, SampledGenotypes& findings, StudyCheck& check) {
    if (findings.mismatches.empty())
        return;
    const size_t count = findings.mismatches.size();
    std::string remedy =
        "Give the reference that the genotypes were called against; `bcftools norm --check-ref` lists "
        "the records in question.";
    if (2 * findings.swapped > count)
        remedy = "REF and ALT seem to be swapped, as in files that were made with PLINK 1: restore them with "
                 "`bcftools "
                 "+fixref` or `plink2 --ref-from-fa force`.";
    else if (4 * count > findings.records)
        remedy = "The genotypes are of another genome build than the reference: give the reference of their "
                 "build.";
    check.problems.push_back(
        {ErrorKind::Mismatch,
         fmt::format("{} of {} sampled genotype records have another REF than the reference: {}.", count,
                     findings.records, listed(findings.mismatches, 3)),
         file.genotypes, remedy});
}

/// Records without GT leave everybody the reference: a few are told, many are a problem.
void judgeGenotypes(const StudyFile& file, const VariantReader& genotypes, const SampledGenotypes& findings,
                    StudyCheck& check) {
    const size_t without = findings.withoutGenotypes;
    const size_t records = findings.records;
    if (without == 0)
        return;
    std::string what =
        without == records
            ? fmt::format("None of {} sampled genotype records has genotypes (GT).", records)
            : fmt::format("{} of {} sampled genotype records have no genotypes (GT).", without, records);
    std::vector<std::string> others = genotypes.formats();
    std::erase(others, "GT");
    if (!others.empty())
        what += fmt::format(" The header also declares {}.", listed(others));
    if (MostWithoutGenotypes * double(records) >= double(without)) {
        check.notes.push_back({"genotypes", what + " Everybody counts as the reference there.", {}});
        return;
    }
    check.problems.push_back({ErrorKind::BadInput, std::move(what), file.genotypes,
                              "Give phased genotypes (GT) for these records, or leave the records out: "
                              "`bcftools view -i 'N_MISSING<N_SAMPLES'`. Dosages (DS) or probabilities (GP) "
                              "alone do not say which haplotype carries an allele."});
}

/// Which alleles of two phase sets are on one chromosome is not known.
void notePhaseSets(const StudyFile& file, const SampledGenotypes& findings, StudyCheck& check) {
    const auto count = std::count(findings.severalPhaseSets.begin(), findings.severalPhaseSets.end(), true);
    if (count > 0)
        check.notes.push_back(
            {"genotypes",
             fmt::format("{} of {} people are heterozygous in several phase sets (PS) of one sampled "
                         "stretch: their haplotypes are {}.",
                         count, findings.severalPhaseSets.size(),
                         file.options.phaseSets == PhaseSetRule::AsListed
                             ? "taken as the file lists them; `options.phase_sets` `leave-out` leaves such "
                               "people out, gene by gene"
                             : "not known, and they are left out, gene by gene"),
             {}});
}

} // namespace

std::vector<Place> samplingPlaces(const std::vector<StudyGene>& genes) {
    std::vector<Place> places;
    for (const StudyGene& gene : genes)
        places.push_back({gene.gene.region.contig, gene.gene.tss(), true});
    return places;
}

std::vector<Place> samplingPlaces(const FastaReader& reference, const VariantReader& genotypes) {
    constexpr int64_t PerContig = 64;
    std::vector<Place> places;
    for (const std::string& contig : reference.contigs())
        if (matchingContig(contig, genotypes.contigs()))
            for (int64_t i = 0; i < PerContig; ++i)
                places.push_back(
                    {contig, (2 * i + 1) * reference.contigLength(contig) / (2 * PerContig), false});
    return places;
}

void sampleGenotypes(const StudyFile& file, const std::vector<Place>& places,
                     const std::vector<std::string>& people, const FastaReader& reference,
                     const VariantReader& genotypes, const RunContext& context, StudyCheck& check) {
    auto sampled = sampleNear(places, people, reference, genotypes, file.options.variants, context);
    if (!sampled) {
        check.problems.push_back(sampled.error());
        return;
    }
    SampledGenotypes& findings = *sampled;
    const std::string leftOut = leftOutInWords(findings.counts);
    if (findings.records == 0) {
        check.problems.push_back(
            {ErrorKind::Mismatch,
             fmt::format("No genotype record that can be used lies within {} kb of any of {} sampled "
                         "places{}.",
                         WidestSample / 1000, findings.places,
                         leftOut.empty() ? "" : "; left out: " + leftOut),
             file.genotypes, "Check that genotypes and annotation are of the same build and region."});
        return;
    }
    judgeRefs(file, findings, check);
    std::string phase = findings.withoutGenotypes == findings.records ? "without genotypes" : "all phased";
    const std::string unphased =
        counted(findings.counts.unphasedHeterozygotes, "heterozygous genotype", "heterozygous genotypes");
    if (findings.counts.unphasedHeterozygotes > 0 && file.options.unphased == UnphasedRule::Refuse) {
        check.problems.push_back(
            {ErrorKind::Mismatch,
             fmt::format("The genotypes are not phased: {} with `0/1` instead of `0|1` in {}.", unphased,
                         counted(findings.records, "sampled record", "sampled records")),
             fmt::format("{}, first near {}", file.genotypes, findings.unphasedPlace),
             "Phase them (SHAPEIT, Eagle, Beagle), or set `options.unphased` to `as-listed`, which takes the "
             "alleles in "
             "the order of the file and counts them."});
    }
    if (findings.counts.unphasedHeterozygotes > 0)
        phase = unphased + " unphased";
    check.notes.push_back(
        {"genotypes",
         fmt::format("{} at {} sampled: {}, {}, {}.", counted(findings.records, "record", "records"),
                     counted(findings.places, "place", "places"), phase,
                     counted(findings.counts.missingAlleles, "missing allele", "missing alleles"),
                     counted(int64_t(findings.mismatches.size()), "REF mismatch", "REF mismatches")),
         std::move(findings.mismatches)});
    judgeGenotypes(file, genotypes, findings, check);
    notePhaseSets(file, findings, check);
    judgeDuplicates(file, findings, check);
    judgeUnknown(file, findings, check);
    if (findings.poorlyGenotyped > 0)
        check.notes.push_back(
            {"genotypes",
             fmt::format("Over 20 % of people have no genotype of {} of {}: left out of lead "
                         "variant, LD, fine mapping and drivers.",
                         findings.poorlyGenotyped,
                         counted(findings.records, "sampled record", "sampled records")),
             {}});
    if (!leftOut.empty())
        check.notes.push_back(
            {"genotypes", fmt::format("Of the sampled records left out: {}.", leftOut), {}});
}

} // namespace diploscope
