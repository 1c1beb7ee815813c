// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "genome/sex_chromosomes.h"
#include "io/expression_reader.h"
#include "io/variant_reader.h"
#include "model/score_request.h"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace diploscope {

/// Which allele an effect (ISM, eQTL slope) is given for: the most common non-reference one (METHODS 6), or
/// the rarer of it and REF.
enum class AlleleConvention { Alternate, Minor };

/// People who are heterozygous in several phase sets of a gene's window: their haplotypes as the file lists
/// them, or left out of that gene.
enum class PhaseSetRule { AsListed, LeaveOut };

/// The kind of phenotypes that an annotation places by their TSS; every other word names a kind that the
/// table of values itself places (FORMATS 10).
inline constexpr const char* GenePhenotypes = "gene";

struct StudyOptions {
    VariantMode variants = VariantMode::Snv;
    UnphasedRule unphased = UnphasedRule::Refuse;
    AlleleConvention allele = AlleleConvention::Alternate;
    PhaseSetRule phaseSets = PhaseSetRule::AsListed;
    HaploidDosage haploidDosage = HaploidDosage::AsTwo;
};

/// What a `*.study.json` says, paths made absolute. Source: FORMATS 10.
struct StudyFile {
    std::filesystem::path path;
    int schema = 1;
    std::string name;
    std::string build;
    std::filesystem::path reference;
    std::filesystem::path annotation; ///< may be empty where phenotypes are no genes
    std::string genotypes;            ///< may hold `{chrom}`
    std::filesystem::path expression;
    std::string phenotypes = GenePhenotypes; ///< what the rows of `expression` are
    ExpressionTransform transform = ExpressionTransform::None;
    std::string
        expressionUnit; ///< of the file's values, before the transform: "RPKM"; for axis titles; may be empty
    std::optional<std::filesystem::path> covariates;
    std::optional<std::filesystem::path> sampleMap;
    std::vector<std::filesystem::path> predixcan;
    std::vector<std::filesystem::path> fineMapping;
    std::vector<std::filesystem::path> eqtl;
    std::vector<std::filesystem::path> haplotypeCounts; ///< reads of genes by haplotype
    /// From the builds of tables and databases of others to `build`: what disagrees with the reference is
    /// lifted by the first that makes it agree.
    std::vector<std::filesystem::path> chains;
    std::vector<std::filesystem::path> motifs; ///< of what factors bind; no number of a gene hangs on them
    std::vector<std::filesystem::path> tracks; ///< drawn along the locus; no number hangs on them
    std::vector<std::filesystem::path> models;
    /// How these models' outputs become a score, by folder as in `models`; those of which nothing is said are
    /// not in it.
    std::map<std::filesystem::path, ScoreRequest> scores;
    /// The result store of a study made from published tables; reference, annotation, genotypes and
    /// expression are empty then.
    std::optional<std::filesystem::path> published;
    /// Of such a study: saturation round the drivers, and the genes' largest attributions.
    std::optional<std::filesystem::path> saturation, tssStatistics;
    StudyOptions options;

    /// Whether rows are genes of the annotation. Others have coordinates of their own, and the annotation,
    /// which may be empty, is only drawn.
    [[nodiscard]] bool isOfGenes() const { return phenotypes == GenePhenotypes; }
    /// One of `models` as findModelFolder() is asked for it: where there is no such folder beside the study
    /// file, its word there may be the name of a known model.
    [[nodiscard]] std::string modelWord(const std::filesystem::path& model) const;
    /// \param model as in `models`, or the same folder as seen from the working directory
    [[nodiscard]] ScoreRequest scoreOf(const std::filesystem::path& model) const;
};

/// Parses and checks the JSON alone (keys, types, values); files are not touched.
/// Every problem is appended to `problems`; nothing is returned if there is any. Unknown keys suggest the
/// nearest known one.
[[nodiscard]] std::optional<StudyFile> readStudyFile(const std::filesystem::path& file,
                                                     std::vector<Error>& problems);

/// Writes a study file, paths relative to it where that is possible. \error Io
[[nodiscard]] Result<void> writeStudyFile(const StudyFile& study, const std::filesystem::path& file);

} // namespace diploscope
