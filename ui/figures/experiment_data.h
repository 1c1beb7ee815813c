// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "figures/figure_entry.h"
#include "viewmodels/experiment_work.h"

namespace diploscope::ui {

/// What figures of an outcome are made of, with what was tried in the words of a specification.
[[nodiscard]] ExperimentFigureSpec figureSpecOf(const ExperimentSubject& subject,
                                                const AblationOutcome& outcome);
/// \param outcome of everybody, through
[[nodiscard]] ExperimentFigureSpec figureSpecOf(const ExperimentSubject& subject,
                                                const WhatIfOutcome& outcome);
[[nodiscard]] ExperimentFigureSpec figureSpecOf(const ExperimentSubject& subject,
                                                const SaturationOutcome& outcome, bool centred);
/// \param provenance of the locus \param against empty: the reference
[[nodiscard]] PersonFigureSpec figureSpecOf(std::shared_ptr<const PersonStory> story, const std::string& gene,
                                            std::vector<std::pair<std::string, std::string>> provenance,
                                            const std::string& sample, const std::string& against);

/// What a panel asks of a person, or of an experiment, worked out on the gene's locus. For a worker, or a
/// command. \param report complete; null where no driver is asked for
/// \error NotFound, BadInput, Mismatch of what the panel names; of the run
[[nodiscard]] Result<FigureSpec> personData(const PanelDesign& panel, WarmLocus& locus,
                                            const RunContext& context);
[[nodiscard]] Result<FigureSpec> experimentData(const PanelDesign& panel, const FigureEntry& entry,
                                                const ExperimentBench& bench, const RunContext& context);

/// Whether the panel asks for the gene's drivers, which a report has.
[[nodiscard]] bool asksForDrivers(const PanelDesign& panel);

} // namespace diploscope::ui
