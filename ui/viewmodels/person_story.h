// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/gene_report.h"
#include "experiment/person_paths.h"

#include <QString>

#include <cstddef>
#include <limits>
#include <optional>
#include <vector>

namespace diploscope::ui {

/// What is told of a person, or of the difference of two: what their haplotypes carry along the locus, and
/// step by step how their scores come about (METHODS 12). An immutable snapshot; plain text. Scores that are
/// not there yet are NaN.
struct PersonStory {
    static constexpr double notYet = std::numeric_limits<double>::quiet_NaN();
    static constexpr size_t mostSteps = 8; ///< told one by one; the rest is one bar

    struct Allele {
        double position = 0;    ///< 1-based
        double effect = notYet; ///< on the reference alone; NaN also where it is never told apart
        bool shared = false;    ///< with the haplotype that it is compared with
        size_t variant = 0;     ///< index into `variants`
    };
    /// One haplotype.
    struct Row {
        QString name; ///< "copy 1", "HG00096:1"
        double score = notYet;
        std::vector<Allele> alleles; ///< by place
    };
    struct Step {
        QString name; ///< "rs1332018"; "12 others"
        double before = notYet, after = notYet;
        double withoutOthers = notYet; ///< before + leave-one-out value; NaN of several
        double effect = notYet;        ///< on the reference alone; NaN of several
        std::optional<size_t> variant; ///< index into `variants`; empty: several
    };
    /// From one sequence's score to another's.
    struct Path {
        QString start, end; ///< "reference", "copy 1"
        double from = notYet, to = notYet;
        std::vector<Step> steps; ///< those of largest effect, then all later ones as one
        size_t changes = 0;      ///< how many steps these are
    };

    QString gene;
    QString title;      ///< "HG00096"; "HG00096 → HG00099"
    QString summary;    ///< "predicted 0.0661, observed 5.12"
    QString words;      ///< "−0.187 from the reference: copy 1 −0.0620, copy 2 −0.312"
    QString largest;    ///< "largest step: rs1332018 −0.250 on copy 2"; empty: none, or not yet
    QString xTitle;     ///< "Position on chr1"
    QString scoreTitle; ///< "Predicted, log expression"
    double windowStart = 0, windowEnd = 0, tss = 0; ///< 1-based
    Strand strand = Strand::Forward;
    bool isCentre = false;   ///< `tss` is the middle of what is no gene
    std::vector<Row> rows;   ///< two; of two people four, each pair compared after the other
    std::vector<Path> paths; ///< two
    std::vector<Variant> variants;
    bool complete = false;

    /// "rs1332018 · chr1:109,741,163 G>T · alone +0.120"
    [[nodiscard]] QString alleleText(size_t row, size_t allele) const;
    /// "rs1332018: alone +0.120 · in its turn +0.110 · left out alone +0.131"
    [[nodiscard]] QString stepText(size_t path, size_t step) const;
    [[nodiscard]] QString nameOf(size_t variant) const { return names[variant]; }
    std::vector<QString> names; ///< [variants]
};

/// \param unit of a score \param report of the same gene and score, for what is known before the steps are;
/// may be null
[[nodiscard]] PersonStory personStory(const PersonPaths& paths, const Gene& gene, const std::string& unit,
                                      const GeneReport* report = nullptr);

} // namespace diploscope::ui
