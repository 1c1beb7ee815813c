// SPDX-License-Identifier: GPL-3.0-or-later
#include "figures/plotted_values.h"

#include <fmt/format.h>

#include <array>
#include <map>
#include <string>

namespace diploscope::ui {
namespace {

/// What names an SNV in every table of them.
const std::vector<std::string> VariantHead{"variant", "id", "contig", "position", "effect_allele"};

std::vector<std::string> withHead(std::vector<std::string> columns) {
    columns.insert(columns.begin(), VariantHead.begin(), VariantHead.end());
    return columns;
}

void addVariant(TableWriter& table, const VariantResult& variant) {
    table.row()
        .cell(toName(variant))
        .cell(variant.id)
        .cell(variant.contig)
        .cell(variant.position + 1)
        .cell(variant.effectAllele);
}

/// "supported", where a point is a driver's.
std::map<size_t, std::string> standingsOf(const std::vector<DriverMark>& drivers) {
    std::map<size_t, std::string> standings;
    for (const DriverMark& driver : drivers)
        standings[driver.point] = standingText(driver.standing).toStdString();
    return standings;
}

std::string standingAt(const std::map<size_t, std::string>& standings, size_t point) {
    const auto found = standings.find(point);
    return found == standings.end() ? std::string() : found->second;
}

std::string plain(const QString& text) {
    return text.toStdString();
}

void addGroup(TableWriter& table, const GroupMean& group) {
    table.cell(group.n).cell(group.mean);
    table.cell(group.interval ? std::optional(group.interval->low) : std::nullopt);
    table.cell(group.interval ? std::optional(group.interval->high) : std::nullopt);
}

} // namespace

TableWriter plottedPeople(const ObservedPredicted& shown) {
    TableWriter table({"sample", "x", "y", "copies"});
    table.comment("x", plain(shown.xTitle));
    table.comment("y", plain(shown.yTitle));
    if (shown.split)
        table.comment("copies", plain(shown.split->variant));
    for (const ObservedPredicted::Person& person : shown.people) {
        table.row().cell(plain(person.sample)).cell(person.x).cell(person.y);
        table.cell(person.dosage ? std::optional<double>(*person.dosage) : std::nullopt);
    }
    return table;
}

TableWriter plottedEffects(const IsmVersusEqtl& shown, const GeneReport& report) {
    TableWriter table(withHead({"x", "y", "maf", "driver"}));
    table.comment("x", plain(shown.xTitle));
    table.comment("y", plain(shown.yTitle));
    const auto standings = standingsOf(shown.drivers);
    for (size_t i = 0; i < shown.snvs.size(); ++i) {
        const VariantResult& variant = report.variants[shown.snvs[i].variant];
        addVariant(table, variant);
        table.cell(shown.snvs[i].x).cell(shown.snvs[i].y).cell(variant.maf).cell(standingAt(standings, i));
    }
    return table;
}

TableWriter plottedTrack(const IsmTrack& shown, const GeneReport& report) {
    TableWriter table(withHead({"effect", "maf", "carrier_fraction", "driver"}));
    table.comment("effect", plain(shown.yTitle));
    const auto standings = standingsOf(shown.drivers);
    for (size_t i = 0; i < shown.snvs.size(); ++i) {
        const VariantResult& variant = report.variants[shown.snvs[i].variant];
        addVariant(table, variant);
        table.cell(shown.snvs[i].effect)
            .cell(variant.maf)
            .cell(variant.carrierFraction)
            .cell(standingAt(standings, i));
    }
    return table;
}

TableWriter plottedAssociations(const LocusTracks& shown, const GeneReport& report) {
    TableWriter table(withHead({"minus_log10_p", "r2", "imported"}));
    const auto add = [&](const std::vector<LocusTracks::Association>& associations, bool imported) {
        for (const LocusTracks::Association& snv : associations) {
            addVariant(table, report.variants[snv.variant]);
            table.cell(snv.minusLog10P).cell(snv.r2).cell(imported);
        }
    };
    add(shown.associations, false);
    add(shown.importedAssociations, true);
    return table;
}

TableWriter plottedLocus(const LocusTracks& shown, const GeneReport& report) {
    struct Row {
        std::optional<double> effect, minusLog10P, r2, pip, set;
        std::vector<std::optional<double>> models;
        std::string driver;
    };
    std::map<size_t, Row> rows; // by index, so by position
    const auto standings = standingsOf(shown.ism.drivers);
    for (size_t i = 0; i < shown.ism.snvs.size(); ++i) {
        Row& row = rows[shown.ism.snvs[i].variant];
        row.effect = shown.ism.snvs[i].effect;
        row.driver = standingAt(standings, i);
    }
    for (const auto& snv : shown.associations) {
        rows[snv.variant].minusLog10P = snv.minusLog10P;
        rows[snv.variant].r2 = snv.r2;
    }
    for (const auto& snv : shown.probabilities) {
        rows[snv.variant].pip = snv.pip;
        if (snv.credibleSet > 0)
            rows[snv.variant].set = static_cast<double>(snv.credibleSet);
    }
    std::vector<std::string> columns{"effect", "driver", "minus_log10_p", "r2", "pip", "credible_set"};
    for (const ModelTrack& model : shown.models) {
        columns.push_back(fmt::format("effect_{}", plain(model.title)));
        for (const ModelTrack::Snv& snv : model.snvs) {
            rows[snv.variant].models.resize(shown.models.size());
            rows[snv.variant].models[static_cast<size_t>(&model - shown.models.data())] = snv.effect;
        }
    }
    TableWriter table(withHead(std::move(columns)));
    table.comment("effect", plain(shown.ism.yTitle));
    for (const auto& [variant, row] : rows) {
        addVariant(table, report.variants[variant]);
        table.cell(row.effect)
            .cell(row.driver)
            .cell(row.minusLog10P)
            .cell(row.r2)
            .cell(row.pip)
            .cell(row.set);
        for (size_t m = 0; m < shown.models.size(); ++m)
            table.cell(m < row.models.size() ? row.models[m] : std::nullopt);
    }
    return table;
}

TableWriter plottedMeans(const Carriers& shown) {
    TableWriter table({"measure", "genotype", "second_genotype", "n", "mean", "low", "high"});
    table.comment("variant", plain(shown.variant));
    if (!shown.second.isEmpty())
        table.comment("second_variant", plain(shown.second));
    for (const auto& [name, measure] :
         {std::pair("observed", &shown.observed), std::pair("predicted", &shown.predicted)}) {
        table.comment(name, plain(measure->title));
        for (size_t s = 0; s < measure->series.size(); ++s)
            for (size_t copies = 0; copies < 3; ++copies) {
                table.row().cell(name).cell(plain(shown.genotypes[copies]));
                table.cell(measure->series.size() > 1 ? plain(shown.secondGenotypes[s]) : std::string());
                addGroup(table, measure->series[s].means[copies]);
            }
    }
    return table;
}

TableWriter plottedGenes(const GenomeScatter& shown, const GenomeTable& table) {
    TableWriter written({"gene_id", "gene_name", "x", "y", "in_focus"});
    written.comment("x", plain(shown.xTitle));
    written.comment("y", plain(shown.yTitle));
    for (size_t i = 0; i < shown.genes.size(); ++i) {
        const GeneRow& gene = table.genes()[shown.genes[i].row];
        written.row().cell(gene.geneId).cell(gene.geneName).cell(shown.genes[i].x).cell(shown.genes[i].y);
        written.cell(!(i < shown.behind.size() && shown.behind[i]));
    }
    return written;
}

TableWriter plottedBins(const GenomeHistogram& shown) {
    TableWriter table({"from", "to", "strong", "pale", "all"});
    table.comment("value", plain(shown.xTitle));
    table.comment("count", plain(shown.yTitle));
    table.comment("strong", plain(shown.series[0]));
    table.comment("pale", plain(shown.series[1]));
    for (const GenomeHistogram::Bin& bin : shown.bins)
        table.row()
            .cell(bin.from)
            .cell(bin.to)
            .cell(bin.counts[0])
            .cell(bin.counts[1])
            .cell(shown.focused ? bin.behind : bin.total());
    return table;
}

TableWriter plottedHaplotypes(const PersonStory& shown) {
    TableWriter table({"haplotype", "score", "variant", "id", "position", "effect", "on_both"});
    table.comment("score", plain(shown.scoreTitle));
    for (const PersonStory::Row& row : shown.rows)
        for (const PersonStory::Allele& allele : row.alleles)
            table.row()
                .cell(plain(row.name))
                .cell(row.score)
                .cell(toName(shown.variants[allele.variant]))
                .cell(plain(shown.nameOf(allele.variant)))
                .cell(allele.position)
                .cell(allele.effect)
                .cell(allele.shared);
    return table;
}

TableWriter plottedSteps(const PersonStory& shown) {
    TableWriter table({"from", "to", "step", "before", "after", "without_others", "effect"});
    table.comment("score", plain(shown.scoreTitle));
    for (const PersonStory::Path& path : shown.paths)
        for (const PersonStory::Step& step : path.steps)
            table.row()
                .cell(plain(path.start))
                .cell(plain(path.end))
                .cell(plain(step.name))
                .cell(step.before)
                .cell(step.after)
                .cell(step.withoutOthers)
                .cell(step.effect);
    return table;
}

TableWriter plottedMoves(const BeforeAfter& shown) {
    TableWriter table({"sample", "observed", "before", "after"});
    table.comment("observed", plain(shown.xTitle));
    table.comment("before, after", plain(shown.yTitle));
    for (const BeforeAfter::Person& person : shown.people)
        table.row().cell(plain(person.sample)).cell(person.observed).cell(person.before).cell(person.after);
    return table;
}

TableWriter plottedBases(const SaturationShown& shown) {
    TableWriter table({"background", "contig", "position", "base", "A", "C", "G", "T", "letter_A", "letter_C",
                       "letter_G", "letter_T"});
    table.comment("effects", plain(shown.effectTitle));
    for (const SaturationShown::Row& row : shown.rows)
        for (size_t i = 0; i < row.bases.size(); ++i) {
            const auto at = static_cast<Eigen::Index>(i);
            table.row().cell(plain(row.background)).cell(shown.contig);
            table.cell(shown.first + static_cast<int64_t>(i)).cell(std::string(1, row.bases[i]));
            for (const Eigen::MatrixXd* values : {&row.effects, &row.letters})
                for (Eigen::Index base = 0; base < 4; ++base)
                    table.cell((*values)(at, base));
        }
    return table;
}

} // namespace diploscope::ui
