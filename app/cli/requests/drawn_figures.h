// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/gene_report.h"
#include "analysis/genome_table.h"
#include "base/run_context.h"
#include "cli/options/locus_options.h"
#include "cli/requests/gene_figure_options.h"
#include "experiment/person_paths.h"
#include "study/study.h"
#include "workflow/scored_model.h"

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace diploscope::cli {

/// What `analyze` draws of one gene under one of its models: `STEM.NAME` in a folder, each figure as `.svg`
/// and `.png`.
struct DrawnGene {
    const GeneFigureOptions& options;
    const Study& study;
    const std::vector<ScoredModel>& models; ///< of the command
    const ScoreRequest& asked;              ///< of their scores
    const StatisticsOptions& statistics;
    /// [models][genes], in any order of genes
    const std::vector<std::vector<std::shared_ptr<const GeneReport>>>& reports;
    size_t model = 0;                         ///< which of them is drawn
    std::shared_ptr<const GeneReport> report; ///< the gene's under it
    std::string eqtlGiven;                    ///< an SNV as written; empty: none
    std::filesystem::path folder;
    std::string stem;
};

/// The figures of all genes (METHODS 11), each as `.svg`, `.pdf` and `.png` with the run's provenance and the
/// null chosen inside, in a folder that is made where it is missing.
struct DrawnGenome {
    const StudyFile& study;
    std::shared_ptr<const GenomeTable> table; ///< never null
    std::vector<std::string> names;           ///< of the figures wanted; none: all
    std::filesystem::path folder;
};

/// A person's figures beside a table of theirs.
struct DrawnPerson {
    const OpenedLocus& opened;
    const PersonPaths& paths;
    Provenance ofScores;
    std::string sample;
    std::string against;            ///< another person; empty: the reference
    std::vector<std::string> names; ///< of the figures wanted; none: all
    std::filesystem::path table;
};

/// What became of figures.
struct FigureFiles {
    std::vector<std::filesystem::path> written; ///< in order of writing
    std::vector<std::string> skipped;           ///< "figure_2C: No PrediXcan database: ..."
};
/// Says which files were written, unless `quiet`, and on stderr what could not be drawn. \param stream stderr
/// where stdout is for numbers
void tellFigures(const FigureFiles& files, bool quiet, std::FILE* stream = stdout);

} // namespace diploscope::cli
