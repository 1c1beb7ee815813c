// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/file_digest.h"
#include "base/lazy.h"
#include "base/run_context.h"
#include "genome/annotation.h"
#include "genome/liftover.h"
#include "io/expression_rows.h"
#include "io/fasta_reader.h"
#include "sequence/reference_window.h"
#include "study/study_file.h"

#include <Eigen/Core>

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace diploscope {

/// A gene that can be analysed: in the annotation, on a contig of the reference, with observed expression. Or
/// a phenotype that is none (FORMATS 10): a row of the table of values with a place on such a contig, whose
/// centre is the TSS, whose id and name are the row's.
struct StudyGene {
    Gene gene; ///< region.contig renamed to the reference's name
    int64_t expressionRow = 0;
};

/// A study whose parts were all found to fit together. Immutable; safe to share between threads.
class Study {
public:
    [[nodiscard]] const StudyFile& file() const { return m_file; }
    /// The study file with the side tables that could not be used and were left out.
    [[nodiscard]] const StudyFile& named() const { return m_named; }
    /// Its files as they were when it was opened, see fileStatesOf().
    [[nodiscard]] const std::vector<FileState>& fileStates() const { return m_fileStates; }
    /// What the study names beside its genes' files but cannot use: tables of others, PrediXcan databases.
    /// They are not in file() any more; genes are analysed without them.
    [[nodiscard]] const std::vector<Error>& leftOut() const { return m_leftOut; }
    /// Made from published tables: no genes to analyse, no people, no reference; only stored results.
    [[nodiscard]] bool isPublished() const { return m_file.published.has_value(); }
    /// Genes that can be analysed, in genome order.
    [[nodiscard]] const std::vector<StudyGene>& genes() const { return m_genes; }
    /// All genes of the annotation, for drawing. Where phenotypes are no genes its contigs are named as the
    /// reference's, and it is empty where the study names none.
    [[nodiscard]] const Annotation& annotation() const { return m_annotation; }
    /// Whatever could be analysed if all else fitted: the annotation, or the rows that have a place.
    [[nodiscard]] const Annotation& loci() const { return m_rows ? *m_rows : m_annotation; }
    /// People with both genotypes and expression, named by genotype id, in the genotype file's order.
    [[nodiscard]] const std::vector<std::string>& people() const { return m_people; }
    /// [people] What the expression calls each of them: the same name, or the sample map's other one.
    [[nodiscard]] const std::vector<std::string>& expressionIds() const { return m_expressionIds; }
    /// [people] As the sample map tells; empty where it tells nobody's.
    [[nodiscard]] const std::vector<Sex>& sexes() const { return m_sexes; }
    /// Not to be asked of a published study.
    [[nodiscard]] const FastaReader& reference() const { return *m_reference; }

    /// What its chain files say, read by who asks first; empty where it names none. \error as readChain
    [[nodiscard]] Result<std::shared_ptr<const std::vector<Liftover>>>
    liftovers(const RunContext& context = {}) const;

    /// By id or symbol. \error NotFound says whether the gene is unknown or merely has no expression;
    /// Mismatch for an ambiguous symbol.
    [[nodiscard]] Result<const StudyGene*> findGene(std::string_view idOrSymbol) const;

    /// [people] who have no copy of a gene, of one on Y whoever is not known to be a man: they are in no
    /// statistic of it (METHODS 17). Empty: nobody.
    [[nodiscard]] std::vector<bool> withoutCopyOf(const Gene& gene) const;
    /// Observed expression of a gene, transformed, in people() order; NaN = not measured, or withoutCopyOf().
    /// \error Mismatch where the expression's file is no longer as it was when the study was opened
    [[nodiscard]] Result<Eigen::VectorXd> observed(const StudyGene& gene) const;
    /// [people x covariates] in people() order; zero columns when the study has none.
    [[nodiscard]] const Eigen::MatrixXd& covariates() const { return m_covariates; }
    /// Of these columns.
    [[nodiscard]] const std::vector<std::string>& covariateNames() const { return m_covariateNames; }

    /// The reference bases that a model of this shape reads for the gene, with `flank` bases on both sides.
    [[nodiscard]] Result<ReferenceWindow> window(const Gene& gene, const InputShape& shape,
                                                 int64_t flank = 0) const;
    /// Alleles of people() over the window and its flanks, REF checked against the FASTA.
    [[nodiscard]] Result<AlleleMatrix> alleles(const ReferenceWindow& window,
                                               const RunContext& context = {}) const;
    /// Alleles of people() over any region, whatever their phase and REF: for dosages alone.
    [[nodiscard]] Result<AlleleMatrix> genotypes(const Region& region, const RunContext& context = {}) const;
    /// Of them only the records that start at one of `positions` (0-based, ascending).
    [[nodiscard]] Result<AlleleMatrix> genotypesAt(const Region& region, std::span<const int64_t> positions,
                                                   const RunContext& context = {}) const;

private:
    friend struct StudyOpener;
    StudyFile m_named;
    StudyFile m_file;
    std::vector<FileState> m_fileStates;
    std::vector<Error> m_leftOut;
    Annotation m_annotation;
    std::optional<Annotation> m_rows; ///< of phenotypes that are no genes
    std::vector<StudyGene> m_genes;
    std::unordered_map<std::string, size_t> m_geneById;
    std::vector<std::string> m_people;
    std::vector<std::string> m_expressionIds;   ///< [people]
    std::vector<Sex> m_sexes;                   ///< [people], or empty
    std::optional<ExpressionRows> m_expression; ///< of people(), in their order
    Eigen::MatrixXd m_covariates;
    std::vector<std::string> m_covariateNames;
    std::shared_ptr<const FastaReader> m_reference;
    std::shared_ptr<const VariantReader> m_genotypes;
    std::shared_ptr<Lazy<std::shared_ptr<const std::vector<Liftover>>>> m_liftovers; ///< null: none
};

/// One line of the report on what was reconciled: "contigs: annotation `chr22` read as reference `22`".
struct StudyNote {
    std::string topic; ///< "contigs", "gene ids", "people", "genotypes", ...
    std::string text;
    std::vector<std::string> items; ///< the whole list behind a count: unmatched people, genes, ...
};

/// What opening a study found. `study` is null exactly when there are problems.
struct StudyCheck {
    std::shared_ptr<const Study> study;
    std::vector<Error> problems;
    std::vector<StudyNote> notes;
    /// Faults that stop no gene: side tables and databases that are left out, models that cannot be opened.
    std::vector<Error> leftOut{};
    /// The file is no study but a part of one, as `problems` says; the study assistant makes a study of it.
    bool isPart = false;
    /// As it was read, without what is left out; nothing where that failed.
    std::optional<StudyFile> file{};
};

/// What to tell a person of faults that stop no gene, in one sentence; `faults` is not empty.
[[nodiscard]] Error leftOutInWords(const std::vector<Error>& faults);

/// Opens and validates everything that the study file names in one pass, and reports all problems together.
/// A cancelled run is a problem of kind Cancelled.
[[nodiscard]] StudyCheck openStudy(const std::filesystem::path& studyFile, const RunContext& context = {});

} // namespace diploscope
