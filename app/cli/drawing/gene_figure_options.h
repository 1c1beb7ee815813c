// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "figures/gene_figures.h"
#include "study/study.h"

#include <memory>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
} // namespace CLI

namespace diploscope::cli {

/// What a gene's figures show besides what they have anyway. Built only with the option DIPLOSCOPE_UI.
struct GeneFigureOptions {
    std::vector<std::string> names; ///< of the figures wanted; none: all that there is something for
    std::string snvColour = "maf";
    std::vector<std::string> tracks;
    std::string haplotypeOrder = "similarity";
    std::vector<std::string> ldReferences; ///< SNVs, as written

    /// `--snv-colour`, `--figure`, `--locus-track`, `--haplotype-order`, `--ld-reference`, beside
    /// `--figures`. The options must outlive the command.
    void addTo(CLI::App& command, CLI::Option& figures);
    /// \param reports [models][genes] of all models of the command, in any order of genes
    /// \param model which of them the figures are of \param eqtlGiven an SNV as written; empty: none
    /// \error Cancelled
    [[nodiscard]] Result<ui::GeneFigureSpec>
    specOf(const std::shared_ptr<const GeneReport>& report, const Study& study,
           const std::vector<std::vector<std::shared_ptr<const GeneReport>>>& reports, size_t model,
           const std::string& eqtlGiven, const RunContext& context) const;
    /// Of the figures of such a specification: those of two models are missed by nobody who has one.
    [[nodiscard]] std::vector<std::string> namesFor(const ui::GeneFigureSpec& spec) const;
};

} // namespace diploscope::cli
