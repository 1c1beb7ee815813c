// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/report_material.h"

#include "figure/figure_command.h"
#include "figure/figure_file.h"
#include "figures/figure_registry.h"
#include "report/gene_document.h"
#include "report/study_document.h"
#include "viewmodels/gene_text.h"
#include "viewmodels/language.h"

#include <algorithm>
#include <utility>

namespace diploscope::ui {
namespace {

/// A page's text is higher by title and captions.
constexpr double mostHeightMm = 215;

/// A panel as a figure of its own.
DesignedFigure aloneOf(const DesignedFigure& all, size_t panel) {
    DesignedFigure figure{all.design, {all.panels[panel]}, all.studies};
    PanelDesign own = all.design.panels[panel];
    own.row = own.column = own.rows = own.columns = 1;
    figure.design.panels = {std::move(own)};
    const FigureSize size = sizeOf(figure);
    figure.design.widthMm = std::min(size.widthMm, twoColumnsMm);
    figure.design.heightMm = std::min(size.heightMm, mostHeightMm);
    return figure;
}

QString captionOf(const DesignedFigure& figure, int number, const QString& where) {
    const DesignedFigure::Panel& panel = figure.panels.front();
    QString text = QStringLiteral("Figure %1%2. %3.")
                       .arg(number)
                       .arg(where.isEmpty() ? QString() : QStringLiteral(", ") + where,
                            QString::fromLatin1(panel.entry->title));
    if (!panel.ready.summary.isEmpty())
        text += QStringLiteral(" %1.").arg(panel.ready.summary);
    return text;
}

bool isNarrow(const DesignedFigure& figure) {
    return sizeOf(figure).widthMm <= oneColumnMm;
}

} // namespace

FigureDesign reportDesign(FigureDesign of, const std::string& null) {
    const FigureKind kind = of.gene.empty() ? FigureKind::Genome : FigureKind::Gene;
    of.panels.clear();
    for (const FigureEntry& entry : figuresOf(kind)) {
        PanelDesign panel{.figure = entry.name, .row = static_cast<int>(of.panels.size()) + 1};
        if (kind == FigureKind::Genome)
            panel.null = null;
        of.panels.push_back(std::move(panel));
    }
    return of;
}

ReportMaterial materialOf(FigureSources::Told told) {
    ReportMaterial material;
    material.all = std::move(told.figure);
    material.data = std::move(told.data);
    for (size_t i = 0; i < material.all.panels.size(); ++i) {
        const DesignedFigure::Panel& panel = material.all.panels[i];
        if (panel.ready.empty.isEmpty())
            material.figures.push_back(aloneOf(material.all, i));
        else if (!panel.entry->choices.otherModel) // nobody misses a second model
            material.notDrawn << QStringLiteral("%1: %2").arg(QString::fromLatin1(panel.entry->title),
                                                              panel.ready.empty);
    }
    for (const Error& error : told.leftOut)
        material.notDrawn << QString::fromStdString(error.message());
    return material;
}

Result<ReportDocument> readReport(FigureSources& sources, const FigureDesign& design,
                                  const RunContext& context, std::optional<nlohmann::json> asWritten) {
    const EnglishTexts english;
    DS_ASSIGN(FigureSources::Told told, sources.tell(design, context));
    told.figure.asWritten = std::move(asWritten);
    const ReportMaterial material = materialOf(std::move(told));
    return design.gene.empty() ? studyDocument(material) : geneDocument(material);
}

void addFigures(const ReportMaterial& material, ReportDocument& report) {
    const std::vector<DesignedFigure>& figures = material.figures;
    if (!figures.empty() || !material.notDrawn.isEmpty())
        report.blocks.emplace_back(ReportHeading{QStringLiteral("Figures")});
    int number = 0;
    for (size_t i = 0; i < figures.size(); ++i) {
        ++number;
        if (i + 1 == figures.size() || !isNarrow(figures[i]) || !isNarrow(figures[i + 1])) {
            report.blocks.emplace_back(ReportFigures{{figures[i]}, captionOf(figures[i], number, {})});
            continue;
        }
        report.blocks.emplace_back(ReportFigures{
            {figures[i], figures[i + 1]},
            QStringLiteral("%1 %2").arg(captionOf(figures[i], number, QStringLiteral("left")),
                                        captionOf(figures[i + 1], number + 1, QStringLiteral("right")))});
        ++number;
        ++i;
    }
    QStringList lines;
    for (const QString& missing : material.notDrawn)
        lines << QStringLiteral("Not drawn: %1").arg(missing);
    addNotes(lines, report);
}

void addMethods(MethodsSubject subject, ReportDocument& report) {
    for (auto& [key, value] : subject.provenance)
        value = shownName(value).toStdString();
    const MethodsText text = methodsText(subject);
    report.blocks.emplace_back(ReportHeading{QStringLiteral("Methods")});
    for (const std::string& paragraph : text.paragraphs)
        report.blocks.emplace_back(ReportParagraph{QString::fromStdString(paragraph)});
    if (text.references.empty())
        return;
    report.blocks.emplace_back(ReportHeading{QStringLiteral("References")});
    for (const std::string& reference : text.references)
        report.blocks.emplace_back(ReportParagraph{QString::fromStdString(reference), true, true});
}

void addProof(const ReportMaterial& material,
              const std::vector<std::pair<std::string, std::string>>& provenance, const QString& title,
              ReportDocument& report) {
    FigureProof proof = proofOf(material.all, FigureFormat::Pdf);
    proof.command = reportCommand(proof.figure);
    report.info = {title, provenance, proofText(proof)};
    report.blocks.emplace_back(ReportHeading{QStringLiteral("How this report is made again")});
    report.blocks.emplace_back(ReportParagraph{QString::fromStdString(proof.command), false, true});

    ReportTable files{
        QStringLiteral("Files that it was made of, by the checksum of their contents (XXH3, 128 "
                       "bits)."),
        {{QStringLiteral("what"), 2}, {QStringLiteral("file"), 4}, {QStringLiteral("checksum"), 4}},
        {}};
    for (const FigureProof::UsedStudy& study : proof.studies)
        for (const FigureProof::Input& input : study.inputs)
            files.rows.push_back({shownName(input.what), shownName(input.file), shownName(input.digest)});
    if (!files.rows.empty())
        report.blocks.emplace_back(std::move(files));
    ReportTable settings{
        QStringLiteral("Settings."), {{QStringLiteral("setting"), 2}, {QStringLiteral("value"), 8}}, {}};
    for (const auto& [key, value] : provenance)
        settings.rows.push_back({shownName(key), shownName(value)});
    if (!settings.rows.empty())
        report.blocks.emplace_back(std::move(settings));
}

void addNotes(const QStringList& lines, ReportDocument& report) {
    for (const QString& line : lines)
        report.blocks.emplace_back(ReportParagraph{line, true});
}

} // namespace diploscope::ui
