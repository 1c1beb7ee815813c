// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/document.h"

#include <filesystem>

namespace diploscope::test {

/// With something in every member, files and folders below `folder`.
inline ui::Document wholeDocument(const std::filesystem::path& folder) {
    using namespace ui;
    Document document;
    document.study = folder / "data" / "my.study.json";
    document.model = (folder / "work" / "xpresso").string();
    document.scores.set(document.model, ScoreRequest{.tracks = "4980,CAGE:brain*",
                                                     .bins = "447-449",
                                                     .aggregate = "sum",
                                                     .targets = folder / "data" / "targets.txt",
                                                     .shifts = 3,
                                                     .reverseComplement = true});
    document.scores.set("demo-cnn",
                        ScoreRequest{.head = folder / "work" / "head.csv", .reverseComplement = false});
    document.gene = "ENSG00000134202.6";
    document.region = AxisRange{19929000.1234567, 1.9931e7 + 1.0 / 3};
    document.tracks.places = {{"genotypes", 2.25, true}, {"ism", 1.0 / 3, false}};
    document.tracks.rows = RowOrder::Expression;
    document.tracks.files = {folder / "data" / "peaks.bed"};
    document.tracks.removed = {folder / "work" / "own.bedgraph"};
    document.tracks.motifs = {folder / "data" / "motifs.meme"};
    document.tracks.sharedScale = true;
    document.regions = {{{"22", 99, 200}, "enhancer", "a \"note\"\nof two lines"},
                        {{"HLA:1", -5, 0}, "", ""}};
    document.selected.variants = {trimmedVariant("22", 19930273, "C", "T"),
                                  trimmedVariant("HLA-A*01:01:02", 0, "ACG", "A"),
                                  trimmedVariant("22", 19930273, "C", "CTT")};
    document.selected.people = {"NA12878", "Zoë \"x\" \\ /"};
    document.references = {
        .pinned = {trimmedVariant("22", 19930273, "C", "T"), trimmedVariant("22", 19930270, "A", "G")},
        .given = trimmedVariant("HLA-A*01:01:02", 0, "ACG", "A")};
    document.against = (folder / "data" / "enformer").string();
    document.attribution = Attribution::Gradient;
    document.colour = SnvColour::CarrierFraction;
    document.filter = "q < 0.05 and not (r > 0.2)";
    document.genome = {NullChoice::Calibrated, {QStringLiteral("ENSG2"), QStringLiteral("ENSG1.3")}, 7};
    document.page = Document::Page::Genome;
    ExperimentRequests& tried = document.experiments;
    tried.shown = ExperimentKind::Saturation;
    tried.whatIf = {{{"22", 19930273, "C", "C"}, {"22", 19930280, "ACG", "A"}}, "NA12878:2"};
    tried.ablation = AblationWish{AblationWish::Of::Chosen, {{"22", 19930273, "C", "T"}}, true};
    tried.saturation = SaturationWish{SaturationWish::Where::Region, 1000,      {{"22", 19930273, "C", "T"}},
                                      {"22", 19930000, 19930100},    "variant", true};
    tried.centred = true;
    tried.audit = true;
    return document;
}

} // namespace diploscope::test
