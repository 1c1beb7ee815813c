// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/gene_report.h"

#include <QString>

#include <array>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace diploscope::ui {

/// What the people of a gene are held against in the place of another model: reads by haplotype.
inline constexpr const char* AgainstReads = "haplotype_counts";

/// Another model than the one that a page is of, and what it says of the gene.
struct ShownModel {
    std::string key;   ///< of its track: "model:xpresso"; a second one of that name is "model:xpresso (2)"
    QString title;     ///< "xpresso"
    std::string model; ///< a folder or a name, as Document::model
    std::shared_ptr<const GeneReport> report = {}; ///< null: not asked for, or not there
    QString note = {}; ///< in its place: that it is computed, or why it is not there

    friend bool operator==(const ShownModel&, const ShownModel&) = default;
};

/// Of the study's models those that are not the open one, in the study's order; nothing is known of them yet.
[[nodiscard]] std::vector<ShownModel> otherModelsOf(const std::vector<std::filesystem::path>& ofStudy,
                                                    const std::string& open);

/// What the track of another model's ISM shows, on the axis of the gene's own window. An immutable snapshot.
struct ModelTrack {
    struct Snv {
        double position = 0; ///< 1-based
        double effect = 0;   ///< in the other model's unit, of the same allele as the own model's
        SignAgreement agreement = SignAgreement::NoEffect; ///< with the own model's
        size_t variant = 0;                                ///< index into the own report's
    };
    std::string key;
    QString title;                   ///< "xpresso"
    QString yTitle;                  ///< "xpresso, ISM effect, log expression"
    QString against;                 ///< the own model: "demo-cnn"
    QString note;                    ///< in the place of SNVs; empty where there are some
    std::vector<Snv> snvs;           ///< by position; those that both models have an effect of
    std::array<int64_t, 3> counts{}; ///< of SNVs, by SignAgreement

    [[nodiscard]] int64_t count(SignAgreement agreement) const {
        return counts[static_cast<size_t>(agreement)];
    }
};

/// \param report of the own model
[[nodiscard]] ModelTrack modelTrack(const GeneReport& report, const ShownModel& model);

/// "same sign", "opposite sign", "one has no effect"
[[nodiscard]] QString agreementText(SignAgreement agreement);

/// What the other models' say of an SNV, a line each, rich text, escaped. Those without a report, or whose
/// window lacks the SNV, say nothing.
[[nodiscard]] QString modelsToolTip(const GeneReport& report, size_t variant,
                                    const std::vector<ShownModel>& models);

/// Which of the other report's variants is the same, with the same effect allele and both effects known;
/// empty: none.
[[nodiscard]] std::optional<size_t> sameInOther(const GeneReport& report, size_t variant,
                                                const GeneReport& other);

} // namespace diploscope::ui
