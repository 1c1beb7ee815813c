// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/covariates_reader.h"
#include "study/sample_map.h"
#include "study/study.h"

#include <map>
#include <optional>

namespace diploscope {

/// How the parts of a study, each already read and fine by itself, go together. Every function here appends
/// what it reconciled to `check.notes` and what it could not to `check.problems`.

struct PeopleMatch {
    std::vector<std::string> people;        ///< genotype ids, in the genotype file's order
    std::vector<int64_t> expressionColumn;  ///< of each
    std::vector<std::string> expressionIds; ///< of each
};
/// People with both genotypes and expression: by equal ids, or as `map` pairs them.
[[nodiscard]] PeopleMatch matchPeople(const StudyFile& file, const std::vector<std::string>& genotyped,
                                      const std::vector<std::string>& expressed,
                                      const std::optional<SampleMap>& map, StudyCheck& check);

/// [people x covariates] in the order of `match`; the file may use genotype or expression ids.
[[nodiscard]] Eigen::MatrixXd matchCovariates(const StudyFile& file, const Covariates& covariates,
                                              const PeopleMatch& match, StudyCheck& check);

/// A problem where covariates [people x covariates] leave less than one degree of freedom; dependent ones
/// count once.
void checkDegreesOfFreedom(const StudyFile& file, const Eigen::MatrixXd& covariates, StudyCheck& check);

/// By genotype id, of those whose sex the map tells. Empty where the pseudoautosomal regions of the study's
/// build are not known; noted.
[[nodiscard]] std::map<std::string, Sex> knownSexes(const StudyFile& file, const SampleMap& map,
                                                    StudyCheck& check);

/// An expression row and the gene of the annotation that it measures.
struct MeasuredGene {
    const Gene* gene = nullptr;
    int64_t row = 0;
};
/// By id whatever the version, else by symbol.
/// \param hasPlaces  whether the rows have coordinates, so that they could be something else than genes
[[nodiscard]] std::vector<MeasuredGene> matchGenes(const StudyFile& file, const Annotation& annotation,
                                                   const std::vector<std::string>& rows, bool hasPlaces,
                                                   StudyCheck& check);
/// "12 genes"; of a study of other phenotypes "12 phenotypes".
[[nodiscard]] std::string countedLoci(const StudyFile& file, size_t count);
/// "12 genes <what>: the first three and 9 more.", with the whole list behind it; nothing for an empty list.
void noteLoci(const StudyFile& file, std::string topic, std::string_view what, std::vector<std::string> items,
              StudyCheck& check);

/// Of phenotypes that are no genes: the rows, each with its place as the BED names it, the base in the middle
/// of it as its centre ((start + end) / 2, 0-based), and its strand, `+` where the row has none. Rows of no
/// base are left out and told. Empty, with a problem, where the table has no places.
struct PlacedRows {
    Annotation loci;
    std::vector<int64_t> rows; ///< of each locus, of the table

    /// Pointers into `loci`.
    [[nodiscard]] std::vector<MeasuredGene> measured() const;
};
[[nodiscard]] PlacedRows placeRows(const StudyFile& file, const ExpressionRows& expression,
                                   StudyCheck& check);

/// The annotation with contigs named as the reference's, for drawing alone; what lies on others is left out.
[[nodiscard]] Annotation drawnOn(const FastaReader& reference, const Annotation& annotation);

/// Do reference, annotation and, of genes, a BED's positions tell of another build than the study file names?
void checkBuilds(const StudyFile& file, const FastaReader* reference, const Annotation* annotation,
                 const ExpressionRows* expression, const std::vector<MeasuredGene>& measured,
                 StudyCheck& check);

/// The measured genes whose TSS lies on a contig of the reference that has genotypes, in genome order,
/// contigs renamed to the reference's.
[[nodiscard]] std::vector<StudyGene> placeGenes(const StudyFile& file,
                                                const std::vector<MeasuredGene>& measured,
                                                const FastaReader& reference, const VariantReader& genotypes,
                                                StudyCheck& check);

/// Which genes' values leave something undefined: measured in too few people, or the same in all.
/// \param measured  of each row, the values of the people analysed, transformed
/// \param people  how many they are
/// \param covariates  [people x covariates]
void noteValues(const StudyFile& file, const std::vector<StudyGene>& genes,
                const std::vector<MeasuredValues>& measured, Eigen::Index people,
                const Eigen::MatrixXd& covariates, StudyCheck& check);

/// Where sampleGenotypes() looks: at the TSSs of genes, or, where no genes are known, evenly along the
/// contigs.
struct Place {
    std::string contig; ///< as in the reference
    int64_t position = 0;
    bool isTss = false; ///< a model reads there
};
[[nodiscard]] std::vector<Place> samplingPlaces(const std::vector<StudyGene>& genes);
[[nodiscard]] std::vector<Place> samplingPlaces(const FastaReader& reference, const VariantReader& genotypes);

/// Reads genotype records near some of the places, spread over all, and compares REF with the reference and
/// phase with what the study allows: a wrong build or an unphased file is told now, not at the first gene
/// analysed. The same of a reference that is masked there with N.
void sampleGenotypes(const StudyFile& file, const std::vector<Place>& places,
                     const std::vector<std::string>& people, const FastaReader& reference,
                     const VariantReader& genotypes, const RunContext& context, StudyCheck& check);

} // namespace diploscope
