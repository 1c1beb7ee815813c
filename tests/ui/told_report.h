// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "every_figure.h"
#include "figures/design_reader.h"
#include "report/report_material.h"

#include <memory>
#include <utility>
#include <variant>

/// What tests make reports of, and what these say.
namespace diploscope::test {

inline ui::ReportMaterial materialFor(const ui::FigureSpec& spec, bool ofGene) {
    using namespace ui;
    FigureDesign subject;
    subject.study = "/data/made.study.json";
    subject.gene = ofGene ? "GSTM3" : "";
    const FigureDesign design = reportDesign(subject);
    DesignedFigure all{
        design, {}, {{"made & <up>", "GRCh38", {{"genotypes", "people.vcf.gz", "00112233445566778899"}}}}};
    for (const PanelDesign& panel : design.panels) {
        const FigureEntry* entry = figureNamed(panel.figure).value();
        all.panels.push_back({entry, entry->make(spec)});
    }
    return materialOf({std::move(all), spec, {}});
}

inline ui::GeneFigureSpec specFor(GeneReport report) {
    ui::GeneFigureSpec spec;
    spec.report = std::make_shared<const GeneReport>(std::move(report));
    return spec;
}

inline GeneReport statisticsReport(const ReportFixture& made = {}) {
    GeneReport report = inventReport(made);
    inventStatistics(report);
    return report;
}

/// All that a report says, but for what its figures say.
inline QStringList textsOf(const ui::ReportDocument& document) {
    using namespace ui;
    QStringList texts;
    for (const ReportBlock& block : document.blocks) {
        if (const auto* heading = std::get_if<ReportHeading>(&block))
            texts << heading->text;
        if (const auto* paragraph = std::get_if<ReportParagraph>(&block))
            texts << paragraph->text;
        if (const auto* figures = std::get_if<ReportFigures>(&block))
            texts << figures->caption;
        if (const auto* table = std::get_if<ReportTable>(&block)) {
            texts << table->caption;
            for (const ReportTable::Column& column : table->columns)
                texts << column.title;
            for (const std::vector<QString>& row : table->rows)
                for (const QString& cell : row)
                    texts << cell;
        }
    }
    return texts;
}

} // namespace diploscope::test
