// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/report_table.h"
#include "analysis/stored_runs.h"
#include "base/suggestion.h"
#include "figures/gene_figures.h"
#include "figures/model_place.h"
#include "figures/used_study.h"
#include "genome/region_name.h"
#include "viewmodels/gene_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

/// What figures of a gene, and of all genes, are made of.
namespace diploscope::ui {

namespace fs = std::filesystem;

namespace {

Result<std::optional<AxisRange>> seenOf(const PanelDesign& panel, const Study& study, const Gene& gene) {
    if (panel.aroundTss) {
        const auto tss = static_cast<double>(gene.tss() + 1);
        const auto reach = static_cast<double>(*panel.aroundTss);
        return std::optional(AxisRange{tss - reach - 0.5, tss + reach + 0.5});
    }
    if (panel.region.empty())
        return std::optional<AxisRange>();
    DS_ASSIGN(const Region region, parseRegion(panel.region, study.reference().contigs()));
    if (region.contig != gene.region.contig)
        return fail(
            ErrorKind::BadInput,
            fmt::format("The region is on {}, and {} on {}.", region.contig, gene.name, gene.region.contig),
            "region");
    return std::optional(
        AxisRange{static_cast<double>(region.start) + 0.5, static_cast<double>(region.end) + 0.5});
}

LocusLayout layoutOf(const PanelDesign& panel) {
    LocusLayout layout;
    for (const PanelDesign::Track& track : panel.tracks)
        layout.places.push_back({track.track, track.height, track.shown});
    layout.files = panel.files;
    layout.sharedScale = panel.sharedScale;
    const std::vector<std::string>& words = rowOrderWords();
    if (const auto at = std::find(words.begin(), words.end(), panel.haplotypeOrder); at != words.end())
        layout.rows = static_cast<RowOrder>(at - words.begin());
    return layout;
}

Result<std::set<size_t>> peopleOf(const PanelDesign& panel, const GeneReport& report) {
    std::set<size_t> people;
    for (const std::string& name : panel.people) {
        const std::optional<size_t> person = report.findPerson(name);
        if (!person)
            return fail(ErrorKind::NotFound, fmt::format("Nobody is called {}.", name), "people");
        people.insert(*person);
    }
    return people;
}

Result<std::vector<RegionOfInterest>> marksOf(const PanelDesign& panel, const Study& study) {
    std::vector<RegionOfInterest> marks;
    for (const PanelDesign::Mark& mark : panel.marks) {
        DS_ASSIGN(Region region, parseRegion(mark.region, study.reference().contigs()));
        marks.push_back({std::move(region), mark.name, {}});
    }
    return marks;
}

NullChoice nullOf(const std::string& word, bool published) {
    for (const NullChoice null : {NullChoice::Published, NullChoice::Calibrated, NullChoice::Empirical})
        if (word == toText(null))
            return null;
    return defaultNull(published);
}

/// As stored results call it.
std::string resultNameOf(const std::string& model) {
    return fs::path(model).is_absolute() ? modelNameIn(model) : model;
}

} // namespace

Result<void> FigureSources::addModels(const FigureDesign& design, const PanelDesign& panel,
                                      const FigureEntry& entry, UsedStudy& study, const StudyGene& gene,
                                      GeneFigureSpec& spec, const RunContext& context) {
    std::vector<std::string> wanted;
    for (const PanelDesign::Track& track : panel.tracks)
        if (track.shown && track.track.starts_with(ModelTrackPrefix))
            wanted.push_back(track.track.substr(ModelTrackPrefix.size()));
    if (entry.choices.otherModel && !panel.otherModel.empty())
        wanted.push_back(panel.otherModel);
    if (entry.choices.otherModel && panel.otherModel.empty())
        for (const fs::path& folder : study.file.models) // the first of the others
            if (wanted.empty() && resultNameOf(folder.string()) != spec.report->model.name)
                wanted.push_back(folder.string());
    for (const std::string& name : wanted) {
        DS_ASSIGN(UsedModel * model, modelOf(study, name, design, context));
        DS_ASSIGN(std::shared_ptr<const GeneReport> report, reportOf(study, *model, gene, false, context));
        const std::string key = fmt::format("{}{}", ModelTrackPrefix, name);
        const QString title = shownName(report->model.name);
        spec.models.push_back({key, title, name, std::move(report), {}});
    }
    if (entry.choices.otherModel && !wanted.empty())
        spec.otherModel = wanted.back();
    return {};
}

Result<FigureSpec> FigureSources::geneData(const FigureDesign& design, const PanelDesign& panel,
                                           const FigureEntry& entry, UsedStudy& used, UsedModel& model,
                                           const StudyGene& gene, const RunContext& context) {
    const Study& study = *used.study;
    const bool gradients = panel.attribution == "gradient";
    DS_ASSIGN(const std::shared_ptr<const GeneReport> report,
              reportOf(used, model, gene, gradients, context));
    if (gradients && !report->gradientNote.empty())
        return fail(ErrorKind::Unsupported, report->gradientNote, "attribution");
    GeneFigureSpec spec = geneFigureSpec(report, study.annotation());
    spec.colour = panel.colour.empty() ? SnvColour::Maf : snvColourOf(panel.colour);
    spec.attribution = gradients ? Attribution::Gradient : Attribution::Ism;
    DS_TRY(addModels(design, panel, entry, used, gene, spec, context));
    for (size_t i = 0; i < panel.variants.size(); ++i) {
        DS_ASSIGN(const size_t variant, genotypedSnv(*report, panel.variants[i]));
        (i == 0 ? spec.variant : spec.second) = variant;
    }
    SnvReferences references;
    for (const std::string& name : panel.ldReferences) {
        DS_ASSIGN(const size_t variant, genotypedSnv(*report, name));
        references = withPinned(std::move(references), report->variants[variant], true);
    }
    if (!panel.eqtlGiven.empty()) {
        DS_ASSIGN(const size_t variant, genotypedSnv(*report, panel.eqtlGiven));
        references.given = report->variants[variant];
    }
    if (references != SnvReferences{})
        DS_TRY(refer(spec, references, study, context));
    DS_ASSIGN(spec.people, peopleOf(panel, *report));
    DS_ASSIGN(spec.regions, marksOf(panel, study));
    DS_ASSIGN(spec.seen, seenOf(panel, study, gene.gene));
    if (!entry.choices.layout)
        return FigureSpec(std::move(spec));
    DS_TRY(arrange(spec, layoutOf(panel), study.file().tracks, context));
    for (const Error& fault : spec.leftOut)
        m_settings.tell(fault.message());
    return FigureSpec(std::move(spec));
}

Result<FigureSpec> FigureSources::genomeData(const FigureDesign& design, const PanelDesign& panel,
                                             UsedStudy& study, const RunContext& context) {
    const std::string model = resultNameOf(design.modelOf(panel));
    std::shared_ptr<const GenomeTable>& table = study.tables[fmt::format("{}\n{}", model, panel.null)];
    if (!table) {
        Result<std::string> identity = std::string();
        if (!study.file.published)
            identity = studyIdentity(study.file, context);
        if (!identity && identity.error().kind == ErrorKind::Cancelled)
            return fail(identity.error());
        if (!identity)
            m_settings.tell(fmt::format("The study's files cannot be compared with what was stored. {}",
                                        identity.error().message()));
        DS_ASSIGN(const ChosenRuns chosen,
                  chooseRuns(resultPlacesOf(study.file), identity ? *identity : std::string(), model));
        if (chosen.run().standing != RunStanding::Current)
            m_settings.tell(fmt::format("Results of all genes are {}.", standingInWords(chosen.run())));
        table = GenomeTable::make(chosen.models, chosen.shown,
                                  nullOf(panel.null, study.file.published.has_value()));
    }
    GenomeFigureSpec spec{.table = table};
    if (!panel.condition.empty()) {
        DS_ASSIGN(const Condition condition, Condition::parse(panel.condition, *table));
        auto focus = std::make_shared<std::vector<bool>>(table->rowCount(), false);
        for (const size_t row : condition.rows(*table))
            (*focus)[row] = true;
        spec.focus = std::move(focus);
        spec.condition = QString::fromStdString(panel.condition);
    }
    spec.options.otherModel = resultNameOf(panel.otherModel);
    const std::vector<std::string> others = otherModels(*table);
    if (!panel.otherModel.empty() &&
        std::find(others.begin(), others.end(), spec.options.otherModel) == others.end())
        return fail(ErrorKind::NotFound,
                    fmt::format("Beside {} there are no results of {}.", table->model(), panel.otherModel),
                    "other_model",
                    others.empty() ? "Run `diploscope analyze` with it."
                                   : fmt::format("There are {}.", listed(others, others.size())));
    return FigureSpec(std::move(spec));
}

} // namespace diploscope::ui
