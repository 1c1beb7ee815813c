// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/gene_report.h"

#include <QString>

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

/// Names and phrases that several view-models share. Plain text, never HTML: the drawing layer escapes.
namespace diploscope::ui {

/// A name out of a file as it may stand in any label: what steers a text (line breaks, other controls, marks
/// that turn its direction) is shown as U+FFFD, and a name that is written from right to left keeps to itself
/// instead of turning what stands beside it.
[[nodiscard]] QString shownName(const std::string& name);
/// `text` with places, not seen, where a long word may go on in the next line; not for what is copied.
[[nodiscard]] QString breakable(const QString& text);

/// The gene's symbol, else its id.
[[nodiscard]] QString geneText(const Gene& gene);

/// The SNV's id, else `chrom:position` (1-based).
[[nodiscard]] QString variantText(const VariantResult& variant);

/// "706 SNVs"; "706 variants" where others are among them.
[[nodiscard]] QString variantCountText(const GeneReport& report);

/// "−2 bp" of a deletion, "+34 bp" of an insertion; nothing of what changes no length.
[[nodiscard]] QString growthText(const Variant& variant);

/// variantText() and growthText(): "rs371 −2 bp".
[[nodiscard]] QString variantWithGrowth(const VariantResult& variant);

/// "chr1:109,741,163 G>T"; "1:120 A>34 bp", where an allele is long.
[[nodiscard]] QString placeText(const Variant& variant);

/// "rs1332018 G/T", the effect allele second; an indel's name alone, whose alleles may be of any length.
[[nodiscard]] QString variantWithAlleles(const VariantResult& variant);

/// The gene's main driver, as an index into its variants.
[[nodiscard]] std::optional<size_t> mainDriver(const GeneReport& report);

/// The allele that effects do not count: ref where alt is the effect allele, else alt.
[[nodiscard]] QString otherAllele(const VariantResult& variant);

/// By copies of the effect allele: "GG", "GT", "TT"; "0 copies", "1 copy", "2 copies" of an indel's, which
/// written out may be of any length. Where people have one copy, "GG, G", as the study counts them.
[[nodiscard]] std::array<QString, 3> genotypesOf(const VariantResult& variant);
/// "GT" of one person, "one copy, T" of who has one; "no genotype".
[[nodiscard]] QString genotypeOf(const VariantResult& variant, size_t person);

/// "log2" and "log10" with the base set low, as in print.
[[nodiscard]] QString unitText(const std::string& unit);

/// "Predicted, log expression"; without the comma where the unit is not known.
[[nodiscard]] QString withUnit(const QString& quantity, const QString& unit);

/// Of an axis: "Position on chr22"; "22" alone would read as a number.
[[nodiscard]] QString positionTitle(const QString& contig);

/// `chr1:109,642,736–109,839,342`, 1-based and closed.
[[nodiscard]] QString regionText(const Region& region);

/// Whether the model is a table that has no effect of any of the gene's SNVs.
[[nodiscard]] bool hasNoEffects(const GeneReport& report);

/// "3 drivers · 1 supported · 2 undecidable", or why there is none.
[[nodiscard]] QString driversText(const GeneReport& report);

/// "r = −0.49 [−0.54, −0.44]": with its 95 % interval where there is one.
[[nodiscard]] QString correlationText(const GeneReport& report);

/// "supported", "unsupported", "undecidable", "undefined"
[[nodiscard]] QString standingText(Standing standing);

/// Why a driver is undecidable: "the slope's 95 % interval holds 0"; empty where it is not.
[[nodiscard]] QString doubtText(const GeneReport& report, const DriverResult& driver);

/// "by sign: 2 of 3 supported, 92 % of the gain", undecidable drivers included, as the paper counts; empty
/// where no driver has a sign.
[[nodiscard]] QString supportText(const GeneReport& report);

/// "3 drivers · 1 supported · 2 undecidable" of drivers counted by what is drawn of them.
[[nodiscard]] QString driverCountText(int64_t drivers, const Support& support);

/// A driver as charts show it.
struct DriverMark {
    size_t point = 0; ///< index into the points of the view-model that holds this
    QString label;
    Standing standing = Standing::Undefined;
    double gain = 0;
    bool main = false;
};

/// The gene's drivers, largest gain first, for a view-model that shows a subset of the SNVs.
/// \param pointOf [variants], index of each among the points shown, or `notShown`.
[[nodiscard]] std::vector<DriverMark> driverMarks(const GeneReport& report,
                                                  const std::vector<size_t>& pointOf);
inline constexpr size_t notShown = SIZE_MAX;

} // namespace diploscope::ui
