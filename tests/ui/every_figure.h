// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/gene_statistics.h"
#include "figures/figure_registry.h"
#include "genome_fixture.h"
#include "person_fixture.h"
#include "report_fixture.h"

#include <QTest>

#include <random>

/// Invented data for every figure that is registered.
namespace diploscope::test {

inline ui::GeneFigureSpec geneSpec() {
    GeneReport report = inventReport();
    inventStatistics(report);
    inventReads(report);
    for (VariantResult& variant : report.variants)
        variant.gradient = 0.5 * variant.ism;
    const auto shared = std::make_shared<const GeneReport>(std::move(report));
    std::vector<ui::ShownModel> models;
    for (const char* name : {"first", "second"}) {
        GeneReport other = *shared;
        other.model.name = name;
        for (size_t v = 0; v < other.variants.size(); ++v)
            other.variants[v].ism *= v % 3 == models.size() ? -1 : 0.5;
        for (size_t p = 0; p < other.people.size(); ++p)
            other.people[p].predicted += 0.1 * static_cast<double>(p % (5 + models.size()));
        models.push_back({std::string("model:") + name, QString::fromLatin1(name), name,
                          std::make_shared<const GeneReport>(std::move(other))});
    }
    return {.report = shared,
            .linkages = std::make_shared<const ui::Linkages>(
                ui::Linkages{ui::linkageWith(*shared, *leadOf(*shared))}),
            .models = std::move(models)};
}

/// Half of each p is left.
inline std::shared_ptr<const ui::EqtlGiven> inventGiven(const GeneReport& report, size_t given) {
    ui::EqtlGiven left{report.variants[given], std::vector<EqtlEffect>(report.variants.size())};
    for (size_t v = 0; v < report.variants.size(); ++v)
        if (v != given && report.variants[v].eqtl.p) {
            left.effects[v] = report.variants[v].eqtl;
            left.effects[v].p = std::sqrt(static_cast<double>(*report.variants[v].eqtl.p));
        }
    return std::make_shared<const ui::EqtlGiven>(std::move(left));
}

inline ui::GenomeFigureSpec genomeSpec() {
    std::vector<ModelGenes> models = inventGenes(300);
    models.push_back({"Third", models[0].genes, {}});
    for (GeneRow& gene : models[2].genes)
        gene.r = *gene.r / 2;
    return {.table = GenomeTable::make(models, 0, NullChoice::Published)};
}

/// Forty bases on two sequences, and fifty people who are moved.
inline ui::ExperimentFigureSpec experimentSpec(bool centred = false) {
    std::vector<Saturation> rows(2);
    std::mt19937_64 random(5);
    for (Saturation& row : rows) {
        row.region = {"22", 19'930'253, 19'930'294};
        row.effects.resize(41, 4);
        for (Eigen::Index i = 0; i < 41; ++i) {
            row.bases += "ACGT"[i % 4];
            for (Eigen::Index b = 0; b < 4; ++b)
                row.effects(i, b) = b == i % 4 ? 0 : static_cast<double>(random() % 2001) / 1e5 - 0.01;
        }
    }
    rows[1].effects.bottomRows(3).setConstant(std::nan("")); // not there yet: of two the gradient is
    std::vector<Eigen::MatrixXd> gradients(2);
    gradients[1].setConstant(41, 4, std::nan(""));
    for (Eigen::Index i = 38; i < 41; ++i)
        rows[1].effects(i, i % 4) = 0;
    for (Eigen::Index i = 38; i < 40; ++i)
        for (Eigen::Index b = 0; b < 4; ++b)
            gradients[1](i, b) = b == i % 4 ? 0 : 0.004;
    ui::BeforeAfter moves;
    moves.gene = QStringLiteral("GENE");
    moves.title = QStringLiteral("without 3 variants");
    moves.summary = QStringLiteral("r = −0.49 → 0.12, difference +0.61 [0.50, 0.70]");
    moves.xTitle = QStringLiteral("Observed");
    moves.yTitle = QStringLiteral("Predicted");
    for (int i = 0; i < 50; ++i)
        moves.people.push_back({QString::number(i), 0.1 * i, 0.5 - 0.01 * i, 0.4 + 0.001 * (i % 7)});
    return {.gene = QStringLiteral("GENE"),
            .provenance = {{"study", "invented"}},
            .moves = std::make_shared<const ui::BeforeAfter>(std::move(moves)),
            .saturation = std::make_shared<const ui::SaturationShown>(
                ui::saturationShown(QStringLiteral("GENE"), QStringLiteral("Effect"),
                                    {QStringLiteral("reference"), QStringLiteral("22:19930274 A>G")}, rows,
                                    19'930'274, centred, gradients))};
}

inline ui::FigureSpec specOf(ui::FigureKind kind) {
    switch (kind) {
    case ui::FigureKind::Gene:
        return geneSpec();
    case ui::FigureKind::Genome:
        return genomeSpec();
    case ui::FigureKind::Person:
        return ui::PersonFigureSpec{inventStory(), {{"program", programVersion()}}};
    case ui::FigureKind::Experiment:
        break;
    }
    return experimentSpec();
}

inline std::vector<const ui::FigureEntry*> allFigures() {
    std::vector<const ui::FigureEntry*> all;
    for (const ui::FigureKind kind :
         {ui::FigureKind::Gene, ui::FigureKind::Genome, ui::FigureKind::Person, ui::FigureKind::Experiment})
        for (const ui::FigureEntry& figure : ui::figuresOf(kind))
            all.push_back(&figure);
    return all;
}

inline void eachFigure() {
    QTest::addColumn<const ui::FigureEntry*>("figure");
    for (const ui::FigureEntry* figure : allFigures())
        QTest::newRow(figure->name) << figure;
}

} // namespace diploscope::test

Q_DECLARE_METATYPE(const diploscope::ui::FigureEntry*)
