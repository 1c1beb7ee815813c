// SPDX-License-Identifier: GPL-3.0-or-later
#include "figures/gene_figures.h"

#include "analysis/gene_statistics.h"
#include "charts/chart_stack.h"
#include "charts/eqtl_track_chart.h"
#include "charts/genotype_chart.h"
#include "charts/ism_eqtl_chart.h"
#include "charts/ism_track_chart.h"
#include "charts/locus_chart.h"
#include "charts/observed_predicted_chart.h"
#include "figure/figure_names.h"
#include "figures/plotted_values.h"
#include "viewmodels/haplotype_rows.h"
#include "viewmodels/linkage_triangle.h"
#include "viewmodels/number_text.h"
#include "viewmodels/track_kinds.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace diploscope::ui {
namespace {

ReadyFigure readyPeople(ObservedPredicted made) {
    const auto shown = std::make_shared<const ObservedPredicted>(std::move(made));
    ReadyFigure ready;
    ready.summary = shown->summary;
    ready.values = [shown] { return plottedPeople(*shown); };
    ready.draw = [shown](const ChartStyle& style, Medium medium) {
        auto chart = std::make_unique<ObservedPredictedChart>(*shown, style);
        std::vector<const MarkItem*> layers{&chart->people()};
        std::vector<size_t> data;
        for (const auto& person : shown->people)
            data.push_back(person.person);
        return figureOf(std::move(chart), std::move(layers), std::move(data), medium);
    };
    return ready;
}

ReadyFigure observedPredictedFigure(const GeneFigureSpec& spec) {
    return readyPeople(observedPredicted(*spec.report, spec.variant));
}

ReadyFigure ismFigure(const GeneFigureSpec& spec) {
    const auto shown =
        std::make_shared<const IsmTrack>(ismTrack(*spec.report, spec.attribution, spec.colour));
    ReadyFigure ready;
    ready.summary = shown->summary;
    ready.values = [shown, report = spec.report] { return plottedTrack(*shown, *report); };
    ready.draw = [shown](const ChartStyle& style, Medium medium) {
        auto chart = std::make_unique<IsmTrackChart>(*shown, style);
        FigureTrack track = chart->figureTrack();
        return figureOf(std::move(chart), std::move(track.layers), std::move(track.datum), medium);
    };
    return ready;
}

ReadyFigure readyEffects(IsmVersusEqtl made, const std::shared_ptr<const GeneReport>& report) {
    const auto shown = std::make_shared<const IsmVersusEqtl>(std::move(made));
    ReadyFigure ready;
    ready.summary = shown->summary;
    ready.values = [shown, report] { return plottedEffects(*shown, *report); };
    ready.draw = [shown](const ChartStyle& style, Medium medium) {
        auto chart = std::make_unique<IsmEqtlChart>(*shown, style);
        if (medium == Medium::Screen)
            chart->hideColourBar(); // the locus below has it
        std::vector<const MarkItem*> layers{&chart->snvs(), &chart->drivers()};
        return figureOf(std::move(chart), std::move(layers), variantsOf(shown->snvs), medium);
    };
    if (shown->snvs.empty())
        ready.empty = QStringLiteral("No SNV has both effects.");
    return ready;
}

ReadyFigure ismEqtlFigure(const GeneFigureSpec& spec) {
    ReadyFigure ready = readyEffects(ismVersusEqtl(*spec.report, spec.colour), spec.report);
    if (!ready.empty.isEmpty())
        ready.empty = QStringLiteral("No SNV has both an effect by the model and an eQTL slope.");
    return ready;
}

/// Why there is nothing of two models to show.
QString withoutOther(const GeneFigureSpec& spec) {
    for (const ShownModel& model : spec.models)
        if (!model.note.isEmpty() && (spec.otherModel.empty() || spec.otherModel == model.model))
            return model.title + QStringLiteral(": ") + model.note;
    return QStringLiteral("No other model has been run on this gene.");
}

template <class Make>
ReadyFigure figureOfTwo(const GeneFigureSpec& spec, const Make& make) {
    if (const ShownModel* other = otherModelOf(spec))
        return make(*other->report);
    ReadyFigure ready;
    ready.empty = withoutOther(spec);
    return ready;
}

ReadyFigure predictionsOfTwoFigure(const GeneFigureSpec& spec) {
    return figureOfTwo(spec, [&spec](const GeneReport& other) {
        return readyPeople(predictedByTwo(*spec.report, other, spec.variant));
    });
}

ReadyFigure effectsOfTwoFigure(const GeneFigureSpec& spec) {
    return figureOfTwo(spec, [&spec](const GeneReport& other) {
        return readyEffects(effectsOfTwo(*spec.report, other, spec.colour), spec.report);
    });
}

ReadyFigure additivityFigure(const GeneFigureSpec& spec) {
    ReadyFigure ready = readyPeople(sumsAndPredictions(*spec.report, spec.variant));
    if (!spec.report->linearR)
        ready.empty = QStringLiteral("Predictions, or the sums of effects, are the same in everybody.");
    return ready;
}

ReadyFigure copiesFigure(const GeneFigureSpec& spec) {
    const ObservedPredicted shown = copiesCompared(*spec.report, spec.variant);
    ReadyFigure ready = readyPeople(shown);
    if (!spec.report->allelic)
        ready.empty = QStringLiteral("The study names no haplotype counts.");
    else if (shown.people.empty())
        ready.empty =
            QStringLiteral("Nobody has %1 reads of the gene by haplotype.").arg(FewestHaplotypeReads);
    return ready;
}

Figure drawLocus(const LocusTracks& shown, const ChartStyle& style, Medium medium) {
    auto locus = std::make_unique<LocusChart>(shown, style, medium);
    Figure figure;
    for (TrackChart* track : locus->tracks())
        figure.tracks.push_back(track->figureTrack());
    figure.widget = std::move(locus);
    return figure;
}

/// A locus of up to four tracks is as high as its entry says.
double tallerWith(const LocusTracks& shown) {
    constexpr double others = 1.5; // genes and axis, in tracks
    constexpr double usual = 4;
    const double ordinary = findTrackKind(EffectsTrack)->room;
    double tracks = 0;
    for (const PlacedTrack& track : arranged(shown.tracks, shown.layout)) {
        const TrackKind* kind = findTrackKind(track.key);
        if (track.shown)
            tracks += track.height * (kind == nullptr ? ordinary : kind->room);
    }
    return std::max(1.0, (tracks + others) / (ordinary * usual + others));
}

ReadyFigure locusFigure(const GeneFigureSpec& spec) {
    auto shown = std::make_shared<LocusTracks>(locusTracks(*spec.report, spec.genes, spec.linkages.get(),
                                                           spec.attribution, spec.colour, spec.given.get()));
    shown->layout = spec.layout;
    shown->haplotypes = spec.haplotypes;
    shown->triangle = spec.triangle;
    shown->files = spec.files;
    for (const RegionOfInterest& marked : spec.regions)
        if (marked.region.contig == spec.report->window.contig)
            shown->regions.push_back(marked);
    shown->tracks = tracksIn(*spec.report, spec.models, spec.files);
    for (const ShownModel& model : spec.models)
        if (isShown(spec.layout, model.key))
            shown->models.push_back(modelTrack(*spec.report, model));
    ReadyFigure ready;
    ready.summary = shown->ism.summary;
    ready.taller = tallerWith(*shown);
    const std::shared_ptr<const LocusTracks> drawn = std::move(shown);
    ready.redraw = [drawn](QGraphicsWidget& figure, const std::string& key) -> std::optional<FigureTrack> {
        auto* locus = qobject_cast<LocusChart*>(&figure);
        TrackChart* track = locus == nullptr ? nullptr : locus->redraw(key, *drawn);
        return track == nullptr ? std::nullopt : std::optional(track->figureTrack());
    };
    ready.values = [drawn, report = spec.report] { return plottedLocus(*drawn, *report); };
    ready.draw = [drawn, people = spec.people](const ChartStyle& style, Medium medium) {
        Figure figure = drawLocus(*drawn, style, medium);
        for (const FigureTrack& track : figure.tracks)
            if (medium == Medium::Paper && track.markPeople)
                track.markPeople(people);
        return figure;
    };
    return ready;
}

ReadyFigure eqtlFigure(const GeneFigureSpec& spec) {
    const auto shown = std::make_shared<const LocusTracks>(locusTracks(
        *spec.report, spec.genes, spec.linkages.get(), Attribution::Ism, SnvColour::Maf, spec.given.get()));
    ReadyFigure ready;
    ready.summary = countedText(static_cast<int64_t>(shown->associations.size()), QStringLiteral("SNV"),
                                QStringLiteral("SNVs"));
    if (shown->given) {
        ready.summary += QStringLiteral(" · given %1").arg(shown->given->name);
    } else if (const std::optional<size_t> lead = leadOf(*spec.report)) {
        const VariantResult& variant = spec.report->variants[*lead];
        ready.summary += QStringLiteral(" · lead %1, %2").arg(variantText(variant), pText(variant.eqtl.p));
    }
    if (shown->associations.empty() && shown->importedAssociations.empty())
        ready.empty = QStringLiteral("No SNV has a p of its eQTL effect.");
    ready.values = [shown, report = spec.report] { return plottedAssociations(*shown, *report); };
    ready.draw = [shown](const ChartStyle& style, Medium medium) {
        auto chart = std::make_unique<EqtlTrackChart>(*shown, style, nullptr, true);
        FigureTrack track = chart->figureTrack();
        return figureOf(std::move(chart), std::move(track.layers), std::move(track.datum), medium);
    };
    return ready;
}

Figure drawCarriers(const Carriers& shown, const ChartStyle& style, Medium medium) {
    auto stack = std::make_unique<ChartStack>(Qt::Horizontal, style);
    if (medium == Medium::Paper)
        stack->setHeader(shown.gene, QStringLiteral("by genotype"), shown.summary, {shown.caption});
    if (!shown.second.isEmpty())
        stack->setLegend(shown.second, GenotypeChart::legendOf(shown, style.theme));
    Figure figure;
    const auto add = [&](const Carriers::Measure& measure, const QColor& line) {
        auto* chart = new GenotypeChart(shown, measure, line, style, medium, stack.get());
        std::vector<size_t> data(3 * measure.series.size());
        std::iota(data.begin(), data.end(), size_t{0});
        figure.tracks.push_back({chart, {&chart->means()}, std::move(data)});
        stack->add(chart);
    };
    add(shown.observed, style.theme.line);
    add(shown.predicted, style.theme.accent);
    figure.widget = std::move(stack);
    return figure;
}

ReadyFigure readyCarriers(Carriers made) {
    const auto shown = std::make_shared<const Carriers>(std::move(made));
    ReadyFigure ready;
    ready.summary = shown->summary;
    ready.empty = shown->empty;
    ready.values = [shown] { return plottedMeans(*shown); };
    ready.draw = [shown](const ChartStyle& style, Medium medium) {
        return drawCarriers(*shown, style, medium);
    };
    return ready;
}

ReadyFigure carriersFigure(const GeneFigureSpec& spec) {
    return readyCarriers(carriers(*spec.report, spec.variant));
}

ReadyFigure carriersOfTwoFigure(const GeneFigureSpec& spec) {
    return readyCarriers(carriersOfTwo(*spec.report, spec.variant, spec.second));
}

template <ReadyFigure (*make)(const GeneFigureSpec&)>
ReadyFigure ofGene(const FigureSpec& spec) {
    return make(std::get<GeneFigureSpec>(spec));
}

template <ReadyFigure (*make)(const GeneFigureSpec&)>
constexpr FigureEntry geneEntry(const char* name, const char* title, const FigureSize& size,
                                const FigureChoices& choices) {
    return {.name = name,
            .kind = FigureKind::Gene,
            .title = title,
            .size = size,
            .offered = size,
            .choices = choices,
            .maker = ofGene<make>};
}

/// Of two numbers of each person or SNV; the window offers a little more height.
template <ReadyFigure (*make)(const GeneFigureSpec&)>
constexpr FigureEntry scatterEntry(const char* name, const char* title, const FigureChoices& choices) {
    FigureEntry entry = geneEntry<make>(name, title, {.widthMm = oneColumnMm, .heightMm = 72}, choices);
    entry.offered.heightMm = 75;
    return entry;
}

constexpr FigureSize carriersSize{.widthMm = oneColumnMm, .heightMm = 62};
constexpr FigureSize ismSize{.widthMm = twoColumnsMm, .heightMm = 68};
constexpr FigureSize locusSize{.widthMm = twoColumnsMm, .heightMm = 110};

/// In the order of GeneFigure.
constexpr std::array geneEntries{
    scatterEntry<observedPredictedFigure>("observed-predicted", "observed and predicted expression",
                                          {.variant = true}),
    geneEntry<ismFigure>("ism", "in-silico mutagenesis of the locus", ismSize,
                         {.attribution = true, .colour = true, .region = true}),
    scatterEntry<ismEqtlFigure>("ism-eqtl", "model and eQTL effects", {.colour = true}),
    geneEntry<locusFigure>(
        "locus", "model and eQTL effects along the locus", locusSize,
        {.attribution = true, .colour = true, .references = true, .layout = true, .region = true}),
    geneEntry<eqtlFigure>("eqtl", "eQTL effects along the locus", ismSize,
                          {.references = true, .region = true}),
    geneEntry<carriersFigure>("carriers", "observed and predicted means by genotype", carriersSize,
                              {.variant = true}),
    geneEntry<carriersOfTwoFigure>("carriers-pair", "observed and predicted means by two genotypes",
                                   carriersSize, {.variant = true, .second = true}),
    scatterEntry<predictionsOfTwoFigure>("models-people", "people's predictions by two models",
                                         {.variant = true, .otherModel = true}),
    scatterEntry<effectsOfTwoFigure>("models-snvs", "SNVs' effects by two models",
                                     {.colour = true, .otherModel = true}),
    scatterEntry<additivityFigure>("additivity", "sums of effects and predictions", {.variant = true}),
    scatterEntry<copiesFigure>("copies", "reads and predictions of people's two copies", {.variant = true}),
};
static_assert(areNamed(geneEntries, geneFigureNames), "core/figure/figure_names.h has other names");

} // namespace

std::span<const FigureEntry> geneFigures() {
    return geneEntries;
}

const FigureEntry& registered(GeneFigure figure) {
    return geneEntries.at(static_cast<size_t>(figure));
}

GeneFigureSpec geneFigureSpec(const std::shared_ptr<const GeneReport>& report, const Annotation& annotation) {
    GeneFigureSpec spec{.report = report, .genes = geneModels(annotation, report->gene, report->window)};
    if (const std::optional<size_t> lead = leadOf(*report))
        spec.linkages = std::make_shared<const Linkages>(Linkages{linkageWith(*report, *lead)});
    return spec;
}

Result<void> refer(GeneFigureSpec& spec, const SnvReferences& references, const Study& study,
                   const RunContext& context) {
    Linkages linkages;
    for (const size_t reference : linkageReferences(*spec.report, references, spec.variant)) {
        DS_TRY(context.checkpoint());
        linkages.push_back(linkageWith(*spec.report, reference));
    }
    DS_TRY(context.checkpoint());
    spec.linkages = linkages.empty() ? nullptr : std::make_shared<const Linkages>(std::move(linkages));
    if (const std::optional<size_t> given = givenVariant(*spec.report, references))
        spec.given = std::make_shared<const EqtlGiven>(eqtlGiven(*spec.report, study, *given));
    return {};
}

Result<void> arrange(GeneFigureSpec& spec, const LocusLayout& layout,
                     const std::vector<std::filesystem::path>& ofStudy, const RunContext& context) {
    spec.layout = layout;
    spec.files = shownFiles(ofStudy, layout);
    for (ShownFile& file : spec.files) {
        if (!isShown(layout, file.key))
            continue; // nor has a hidden one a part in the scale of those that share one
        Result<FileTrack> track = readTrack(file.file, regionForFiles(spec.report->window), context);
        if (track)
            file.data = laidOut(std::move(*track));
        else if (track.error().kind == ErrorKind::Cancelled)
            return fail(std::move(track).error());
        else
            spec.leftOut.push_back(track.error());
    }
    for (const PlacedTrack& track : arranged(tracksIn(*spec.report, spec.models, spec.files), layout)) {
        if (track.shown && track.key == GenotypesTrack) {
            const std::optional<size_t> by = spec.variant ? spec.variant : leadOf(*spec.report);
            DS_ASSIGN(spec.haplotypes, haplotypeRows(spec.report, layout.rows, by, context));
        } else if (track.shown && track.key == LinkageTrack) {
            const Region& window = spec.report->window;
            DS_ASSIGN(spec.triangle, linkageTriangle(spec.report, static_cast<double>(window.start + 1),
                                                     static_cast<double>(window.end), context));
        }
    }
    return {};
}

} // namespace diploscope::ui
