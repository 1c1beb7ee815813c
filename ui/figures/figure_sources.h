// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"
#include "figure/figure_design.h"
#include "figures/drawn_design.h"
#include "viewmodels/warm_locus.h"
#include "workflow/workspace.h"

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace diploscope::ui {

/// How scores are computed and kept: nothing that a figure hangs on.
struct SourceSettings {
    PredictorOptions predictor = {};
    Method method = Method::Fast;
    int selfCheckEvery = kSelfCheckEvery;
    bool trust = false;                           ///< let models run that are programs
    std::shared_ptr<Workspace::Cache> cache = {}; ///< null: without one
    std::shared_ptr<const Study> study = {};      ///< that is open already; null: none
    /// Models that are open already, by the folder or name that they were opened from.
    std::map<std::string, std::shared_ptr<const Predictor>> models = {};
    std::vector<std::filesystem::path> studies = {}; ///< in place of those that designs name, as first used
    std::function<void(const std::string&)> tell = [](const std::string&) {}; ///< notes for a person
};

/// The data of figures that are specified: opens studies and models once for all genes, reads stored results,
/// analyses genes through the score cache as `analyze` does, and keeps of genes nothing but the one at hand.
/// Waits for files and models: for a command, or a worker. One thread.
class FigureSources {
public:
    explicit FigureSources(SourceSettings settings);
    ~FigureSources();

    /// \error of opening, analysing and looking up what the design names, with the panel; BadInput of
    /// checkPanel(); NotFound: no study, no gene; Cancelled
    [[nodiscard]] Result<DesignedFigure> read(const FigureDesign& design, const RunContext& context);

    /// Figures of one subject, and what they are made of, for whoever also tells it in words.
    struct Told {
        DesignedFigure figure;      ///< its panels, each to be a figure by itself; without those that failed
        FigureSpec data;            ///< of the first panel
        std::vector<Error> leftOut; ///< why panels behind the first are not there
    };
    /// \error as read(), of the first panel; Cancelled
    [[nodiscard]] Result<Told> tell(const FigureDesign& design, const RunContext& context);

    /// As files of the gene are called. \param name as the user named it \error as Study::findGene
    [[nodiscard]] Result<std::string> stemOf(const FigureDesign& design, const std::string& name,
                                             const RunContext& context);

private:
    struct UsedStudy;
    struct UsedModel;
    using UsedStudies = std::vector<UsedStudy*>;
    void begin(const FigureDesign& design);
    /// The panel's data. \param used is added to
    [[nodiscard]] Result<FigureSpec> readPanel(const FigureDesign& design, size_t panel,
                                               DesignedFigure& figure, UsedStudies& used,
                                               const RunContext& context);
    [[nodiscard]] Result<UsedStudy*> studyAt(size_t number);
    [[nodiscard]] Result<void> open(UsedStudy& study, const RunContext& context);
    [[nodiscard]] Result<UsedModel*> modelOf(UsedStudy& study, const std::string& model,
                                             const FigureDesign& design, const RunContext& context);
    [[nodiscard]] Result<std::shared_ptr<const GeneReport>> reportOf(UsedStudy& study, UsedModel& model,
                                                                     const StudyGene& gene, bool gradients,
                                                                     const RunContext& context);
    [[nodiscard]] Result<std::shared_ptr<WarmLocus>> locusOf(UsedModel& model, const StudyGene& gene,
                                                             const RunContext& context);

    [[nodiscard]] Result<FigureSpec> dataOf(const FigureDesign& design, const PanelDesign& panel,
                                            const FigureEntry& entry, UsedStudy& study,
                                            const RunContext& context);
    [[nodiscard]] Result<FigureSpec> geneData(const FigureDesign& design, const PanelDesign& panel,
                                              const FigureEntry& entry, UsedStudy& study, UsedModel& model,
                                              const StudyGene& gene, const RunContext& context);
    [[nodiscard]] Result<void> addModels(const FigureDesign& design, const PanelDesign& panel,
                                         const FigureEntry& entry, UsedStudy& study, const StudyGene& gene,
                                         GeneFigureSpec& spec, const RunContext& context);
    [[nodiscard]] Result<FigureSpec> genomeData(const FigureDesign& design, const PanelDesign& panel,
                                                UsedStudy& study, const RunContext& context);
    [[nodiscard]] Result<void> addInputs(UsedStudy& study, FigureKind kind, const ReadyFigure& ready,
                                         const RunContext& context);

    SourceSettings m_settings;
    std::vector<std::filesystem::path> m_order; ///< of the design's studies, as it names them
    std::map<std::filesystem::path, std::unique_ptr<UsedStudy>> m_studies; ///< by the file that is read
    FigureDesign::Statistics m_statistics;                                 ///< that models were opened for
    std::map<std::string, ScoreRequest> m_scores;
    std::map<std::string, std::shared_ptr<const GeneReport>> m_reports; ///< of the figure at hand
    std::map<std::string, std::shared_ptr<WarmLocus>> m_loci;           ///< the same
};

} // namespace diploscope::ui
