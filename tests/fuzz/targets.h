// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "fuzz/genome_targets.h"
#include "fuzz/model_targets.h"
#include "fuzz/table_targets.h"
#include "fuzz/typed_targets.h"

/// Everything that reads bytes of others. A target may give an Error or a value; it must not crash, hang or
/// take memory without bound.
namespace diploscope::fuzz {

struct Target {
    const char* name; ///< of its folder of seeds, too
    void (*run)(std::string_view bytes);
};

inline constexpr Target Targets[] = {
    {"vcf", vcf},
    {"bcf", bcf},
    {"variant-index", variantIndex},
    {"fasta", fasta},
    {"fasta-index", fastaIndex},
    {"annotation", annotation},
    {"track", track},
    {"bigwig", bigWig},
    {"motifs", motifs},
    {"chain", chain},
    {"expression", expression},
    {"covariates", covariates},
    {"sample-map", sampleMap},
    {"head", head},
    {"track-list", trackList},
    {"association", association},
    {"haplotype-counts", haplotypeCounts},
    {"effects", effects},
    {"predictions", predictions},
    {"sequence-scores", sequenceScores},
    {"published", published},
    {"saturation", saturation},
    {"compressed", compressed},
    {"predixcan", predixcan},
    {"cache", cacheRows},
    {"results", results},
    {"study", study},
    {"figure", figure},
    {"figure-proof", figureProof},
    {"recognise", recognised},
    {"filter", filter},
    {"condition", condition},
    {"names", names},
    {"words", words},
    {"edits", edits},
    {"vcf-sites", vcfSites},
    {"variant-list", variantList},
    {"pickle", pickle},
    {"torch-file", torchFile},
    {"safetensors", safetensors},
    {"safetensors-header", safetensorsHeader},
    {"manifest", manifest},
    {"config", config},
    {"score-case", scoreCase},
    {"sequence", sequence},
    {"program-line", programLine},
};

} // namespace diploscope::fuzz
