// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/provenance.h"
#include "base/json_text.h"
#include "base/stage_clock.h"
#include "base/words.h"
#include "cli/commands.h"
#include "cli/options/console.h"
#include "cli/options/locus_options.h"
#include "experiment/carried_variants.h"
#include "experiment/coherence_table.h"
#include "experiment/driver_coherence.h"
#include "experiment/saturation.h"
#include "experiment/what_if.h"
#include "genome/region_name.h"

#ifdef DIPLOSCOPE_UI
#include "cli/requests/window_module.h"
#endif

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <charconv>
#include <memory>

namespace diploscope::cli {

namespace {

struct SaturationRequest {
    LocusRequest locus;
    int64_t tssReach = 0;
    std::vector<std::string> variant; ///< name and reach
    int64_t variantReach = 0;
    std::string region;
    std::string background = "reference";
    bool json = false;
    bool coherence = false;       ///< of --variant
    std::filesystem::path figure; ///< empty: none
    std::string logo = "raw";
    std::filesystem::path published, tssStatistics;
};

/// What is saturated, of what.
struct SaturatedPlace {
    Region region;
    std::optional<Variant> variant; ///< that it is round
    EditList background;
};

Result<SaturatedPlace> targetOf(const SaturationRequest& request, const OpenedLocus& opened,
                                const PreparedLocus& locus) {
    SaturatedPlace target;
    const Gene& gene = opened.gene->gene;
    std::optional<EditList> variant;
    if (!request.variant.empty()) {
        DS_ASSIGN(const Variant meant, variantMeant(request.variant.front(), locus, opened.contigs()));
        DS_ASSIGN(variant, checkedEdits(locus, {meant}));
        target.variant = meant;
        target.region = around(meant.contig, meant.position, request.variantReach);
    } else if (!request.region.empty()) {
        DS_ASSIGN(target.region, parseRegion(request.region, opened.contigs()));
    } else {
        target.region = around(gene.region.contig, gene.tss(), request.tssReach);
    }
    if (request.background == "variant") {
        target.background = *variant;
    } else if (request.background != "reference") {
        DS_ASSIGN(const size_t haplotype, locus.haplotypeNamed(request.background));
        target.background = locus.wholeHaplotype(haplotype);
    }
    return target;
}

/// What Table S3 says of the variant on this background.
struct VariantCoherence {
    std::optional<double> largest; ///< attribution round the TSS
    std::optional<Coherence> found;
};

/// A second saturation finds the divisor.
Result<VariantCoherence> coherenceOfVariant(const OpenedLocus& opened, PreparedLocus& locus,
                                            const SaturatedPlace& target, const Saturation& found,
                                            const RunContext& context) {
    const Gene& gene = opened.gene->gene;
    DS_ASSIGN(const Saturation tss,
              saturate(locus, around(gene.region.contig, gene.tss(), TssReach), {}, context));
    finishProgress();
    VariantCoherence of{largestAttribution(tss), std::nullopt};
    if (of.largest)
        of.found = coherenceAt(found, target.variant->position, *of.largest);
    return of;
}

nlohmann::ordered_json jsonOfCoherence(const VariantCoherence& of) {
    nlohmann::ordered_json json{{"largest_attribution", jsonOf(of.largest)}};
    if (of.found) {
        json["attribution"] = of.found->attribution;
        json["thresholds"] = CoherenceThresholds;
        json["bases_at_locus"] = of.found->basesAtLocus;
        json["distance"] = of.found->distance;
        json["attribution_at_distance"] = of.found->attributionAtDistance;
    }
    return json;
}

/// "0.42 of the largest attribution; bp in a row and bp away: 5 % 3, 0; ..."
std::string coherenceText(const VariantCoherence& of) {
    if (!of.found)
        return "no base within 1,000 bp of the TSS has an attribution to measure by";
    std::string text =
        fmt::format("{:.3g} of the largest attribution; bp in a row and bp away", of.found->attribution);
    for (size_t t = 0; t < CoherenceThresholds.size(); ++t)
        text += fmt::format("{} {:.0f} % {}, {}", t == 0 ? ":" : ";", 100 * CoherenceThresholds[t],
                            of.found->basesAtLocus[t], of.found->distance[t]);
    return text;
}

#ifdef DIPLOSCOPE_UI
/// With a variant the reference stands above it.
Result<void> drawRequested(const SaturationRequest& request, const OpenedLocus& opened, ExperimentLocus& read,
                           const SaturatedPlace& target, const Saturation& found, const RunContext& context) {
    DS_ASSIGN(const WindowModule* window, windowModule());
    DrawnSaturation drawn{.on = request.background,
                          .region = target.region,
                          .variant = target.variant,
                          .isRoundTss = !target.variant && request.region.empty(),
                          .reach = target.variant ? request.variantReach : request.tssReach,
                          .backgrounds = {request.background},
                          .rows = {found},
                          .centred = request.logo == "centred"};
    if (request.background == "variant") {
        DS_ASSIGN(Saturation reference, saturate(read.locus, target.region, {}, context));
        finishProgress();
        drawn.backgrounds = {"reference", toText(read.locus.variantOf(target.background.front()))};
        drawn.rows.insert(drawn.rows.begin(), std::move(reference));
    }
    return window->drawSaturation({opened, read, request.figure, context}, drawn);
}
#endif

Result<void> saturateLocus(const SaturationRequest& request) {
    const RunContext context = consoleContext(request.locus.quiet);
#ifdef DIPLOSCOPE_UI
    if (!request.figure.empty())
        DS_TRY(windowModule());
#endif
    const StageTime time(context, Stage::Statistics); // but for what has a stage of its own
    DS_ASSIGN(const OpenedLocus opened, openLocus(request.locus, context));
    // An indel as background may draw on what stands beside the window: which one is meant is known once the
    // locus is read, and a long one needs a wider reading.
    const int64_t room = startingFlank(VariantMode::SnvAndIndel);
    const auto readWith = [&](int64_t flank) {
        return readExperimentLocus(opened.workspace, *opened.gene, context, flank);
    };
    DS_ASSIGN(ExperimentLocus read, readWith(request.background == "variant" ? room : 0));
    PreparedLocus& locus = read.locus;
    DS_ASSIGN(SaturatedPlace target, targetOf(request, opened, locus));
    if (const int64_t deleted = request.background == "variant" ? deletedBases({*target.variant}) : 0;
        deleted > room) {
        DS_ASSIGN(read, readWith(deleted + room));
        DS_ASSIGN(target, targetOf(request, opened, locus));
    }
    DS_ASSIGN(const Saturation found, saturate(locus, target.region, target.background, context));

    Provenance provenance = read.subject.provenance;
    provenance.emplace_back("region", toText(found.region));
    provenance.emplace_back("background", request.background == "variant"
                                              ? toName(locus.variantOf(target.background.front()))
                                              : request.background);
    provenance.emplace_back("background_score", numberText(found.background));
    DS_TRY(saturationTable(found, provenance).writeTo(request.locus.out));
    finishProgress();
#ifdef DIPLOSCOPE_UI
    if (!request.figure.empty())
        DS_TRY(drawRequested(request, opened, read, target, found, context));
#endif
    VariantCoherence coherence;
    if (request.coherence) {
        DS_ASSIGN(coherence, coherenceOfVariant(opened, locus, target, found, context));
    }
    if (request.json) {
        nlohmann::ordered_json json = opened.subjectJson();
        json["region"] = toText(found.region);
        json["background"] = request.background;
        json["background_score"] = found.background;
        if (request.coherence)
            json["coherence"] = jsonOfCoherence(coherence);
        json.update(countsJson(found.counts));
        sayText(jsonText(json, 2) + "\n");
        return {};
    }
    say("{:<12} {}, {}, on {}: {:.6g}  {}\n", opened.gene->gene.name,
        counted(found.region.length(), "position", "positions"), toText(found.region), request.background,
        found.background, countsText(found.counts));
    if (request.coherence)
        say("Coherence    {}\n", coherenceText(coherence));
    sayWritten(request.locus.out, request.locus.quiet);
    return {};
}

Result<void> publishedCoherence(const SaturationRequest& request) {
    const RunContext context = consoleContext(request.locus.quiet);
    const StageTime time(context, Stage::Statistics); // but for what has a stage of its own
    DS_ASSIGN(const auto drivers, readDriverSaturation(request.published, context));
    DS_ASSIGN(const auto largest, readLargestAttributions(request.tssStatistics));
    int64_t undivided = 0;
    const TableWriter table = coherenceTable(drivers, largest, undivided,
                                             {{"program", programVersion()},
                                              {"saturation", request.published.filename().string()},
                                              {"tss_statistics", request.tssStatistics.filename().string()}});
    DS_TRY(table.writeTo(request.locus.out));
    finishProgress();
    say("{}{}\n", counted(drivers.size(), "driver", "drivers"),
        undivided == 0 ? std::string()
                       : fmt::format(", {} of them without statistics: their gene is not in {}", undivided,
                                     request.tssStatistics.string()));
    sayWritten(request.locus.out, request.locus.quiet);
    return {};
}

/// Of `--variant V BP` the second. \return nothing where it is no whole number from 0
std::optional<int64_t> reachOf(const std::string& text) {
    int64_t reach = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), reach);
    const bool isWhole = error == std::errc() && end == text.data() + text.size() && reach >= 0;
    return isWhole && reach <= LongestSaturation ? std::optional(reach) : std::nullopt;
}

/// What options alone cannot say of each other. \error thrown as what is wrong with a command line
void checkRequest(SaturationRequest& request, const CLI::App& command) {
    if (!request.published.empty()) {
        for (const char* ofStudy :
             {"STUDY", "--gene", "--tss", "--variant", "--region", "--background", "--coherence", "--figure"})
            if (const CLI::Option* option = command.get_option_no_throw(ofStudy);
                option != nullptr && option->count() > 0)
                throw CLI::ExcludesError("--published", ofStudy);
        return;
    }
    if (request.locus.study.empty())
        throw CLI::RequiredError("STUDY or --published");
    if (request.locus.gene.empty())
        throw CLI::RequiredError("--gene");
    const size_t regions =
        command.count("--tss") + command.count("--region") + (command.count("--variant") > 0 ? 1 : 0);
    if (regions != 1)
        throw CLI::ValidationError("One of --tss, --variant and --region is needed.");
    if (!request.variant.empty()) {
        const auto reach = reachOf(request.variant.at(1));
        if (!reach)
            throw CLI::ValidationError("--variant",
                                       fmt::format("`{}` is no whole number of bp from 0 to {}; give a "
                                                   "variant, then the bp to both sides of it",
                                                   request.variant.at(1), LongestSaturation));
        request.variantReach = *reach;
        if (request.coherence && *reach < CoherenceReach)
            throw CLI::ValidationError("--coherence",
                                       fmt::format("takes {} bp to both sides of --variant", CoherenceReach));
    } else if (request.coherence) {
        throw CLI::ValidationError("--coherence", "is of --variant V BP");
    } else if (request.background == "variant") {
        throw CLI::ValidationError("--background", "`variant` is that of --variant V BP");
    }
}

} // namespace

void addSaturationCommand(CLI::App& program, int& exitCode) {
    auto request = std::make_shared<SaturationRequest>();
    CLI::App* command = program.add_subcommand(
        "saturation", "Every base of a region to the three others: what each does to the score");
    addLocusOptions(*command, request->locus, false);
    command->add_option("--tss", request->tssReach, "Round the gene's TSS, so many bp to both sides")
        ->check(CLI::Range(int64_t{0}, LongestSaturation))
        ->type_name("BP");
    command->add_option("--variant", request->variant, "Round a variant (or an id), so many bp to both sides")
        ->expected(2)
        ->type_name("V BP");
    command->add_option("--region", request->region, "First to last place, at most 5,000 bp")
        ->type_name("C:A-B");
    command
        ->add_option("--background", request->background,
                     "Whose bases: reference, variant (the reference with --variant's), or a haplotype")
        ->capture_default_str()
        ->type_name("reference|variant|SAMPLE:1");
    command->add_flag("--json", request->json, "For programs, on stdout");
    command->add_flag(
        "--coherence", request->coherence,
        "Also what Table S3 says of --variant, of at least 20 bp to both sides: attributions as "
        "shares of the largest one within 1,000 bp of the TSS, which is saturated, too");
    addFigureFile(*command, request->figure);
#ifdef DIPLOSCOPE_UI
    command
        ->add_option(
            "--logo", request->logo,
            "Of the figure: letters as high as effects (raw), or less the mean of the four (centred)")
        ->check(CLI::IsMember({"raw", "centred"}))
        ->needs("--figure");
#endif
    CLI::Option* published =
        command
            ->add_option("--published", request->published,
                         "Instead of a study: the real Enformer's saturation of the paper's drivers; the "
                         "table then has the columns of the paper's Table S3")
            ->type_name("FILE");
    CLI::Option* statistics =
        command
            ->add_option("--tss-stats", request->tssStatistics,
                         "With --published: tss_attribution_stats.txt, whose second number is a gene's "
                         "largest |attribution| near its TSS")
            ->type_name("FILE")
            ->needs(published);
    published->needs(statistics);
    command->footer(
        "Columns: position (1-based), base, the effects of A, C, G and T, and the mean of the three others.\n"
        "Example:  diploscope saturation demo/demo.study.json --gene PUKTI6 --tss 1000 --out saturation.tsv");
    command->callback([request, command, &exitCode] {
        checkRequest(*request, *command);
        exitCode = runCommand([&] {
            return request->published.empty() ? saturateLocus(*request) : publishedCoherence(*request);
        });
    });
}

} // namespace diploscope::cli
