// SPDX-License-Identifier: GPL-3.0-or-later
#include "figures/figures_of_genes.h"

#include "analysis/file_stems.h"
#include "base/rate_meter.h"
#include "figure/design_edits.h"

#include <fmt/format.h>

#include <utility>

namespace diploscope::ui {

Result<FiguresMade> saveForGenes(const FiguresOfGenes& figures, const DesignSource& read,
                                 const FigureDrawer& draw, const RunContext& context) {
    const FigureDesign& whole = figures.design;
    const FigureDesign general = templateOf(whole).design;
    const GeneFileStems stems(figures.study->genes());
    const auto save = [&](const std::string& id, const RunContext& one) -> Result<void> {
        FigureDesign own = applied(general, whole.study, whole.model, id);
        own.scores = whole.scores;
        DS_ASSIGN(const StudyGene* gene, figures.study->findGene(id));
        const std::filesystem::path file =
            figures.folder /
            fmt::format("{}.{}{}", stems.of(gene->gene), figures.name, endingOf(figures.format));
        DS_ASSIGN(const DesignedFigure figure, read(own, one));
        DS_ASSIGN(const DrawnFigure drawn, draw(figure, figures.format));
        DS_TRY(drawn.writeTo(file));
        return figures.withData ? writeValues(figure, valuesFileOf(file)) : Result<void>();
    };
    FiguresMade made;
    Progress progress{"Drawing figures", 0, static_cast<int64_t>(figures.genes.size()), 0, {}};
    for (const std::string& id : figures.genes) {
        DS_TRY(context.checkpoint());
        Result<void> done = save(id, contextOfItem(context, progress, id));
        if (!done && (done.error().kind == ErrorKind::Cancelled || done.error().kind == ErrorKind::Io))
            return fail(done.error());
        if (done)
            ++made.files;
        else
            made.failed.push_back(std::move(done).error());
        ++progress.done;
    }
    return made;
}

} // namespace diploscope::ui
