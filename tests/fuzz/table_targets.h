// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/scores_elsewhere.h"
#include "cache/score_cache.h"
#include "figure/embedded_proof.h"
#include "figure/figure_command.h"
#include "figure/figure_file.h"
#include "figure/figure_proof.h"
#include "fuzz/fuzz_folder.h"
#include "io/association_table.h"
#include "io/covariates_reader.h"
#include "io/effect_table.h"
#include "io/expression_reader.h"
#include "io/haplotype_counts.h"
#include "io/prediction_table.h"
#include "io/predixcan_database.h"
#include "io/sequence_list.h"
#include "io/text_reader.h"
#include "model/track_list.h"
#include "model/tuned_head.h"
#include "results/published_saturation.h"
#include "results/published_tables.h"
#include "results/result_store.h"
#include "study/recognise.h"
#include "study/sample_map.h"
#include "study/study_file.h"

/// Tables, databases and studies.
namespace diploscope::fuzz {

inline void expression(std::string_view bytes) {
    (void)readExpression(fileOf("expression.tsv", bytes), {"HG1", "HG2"});
}
inline void covariates(std::string_view bytes) {
    (void)readCovariates(fileOf("covariates.tsv", bytes));
}
inline void sampleMap(std::string_view bytes) {
    (void)readSampleMap(fileOf("map.tsv", bytes));
}
inline void head(std::string_view bytes) {
    (void)readTunedHead(fileOf("head.csv", bytes), 12);
}
inline void trackList(std::string_view bytes) {
    (void)readTrackList(fileOf("targets.txt", bytes), 3);
}
inline void association(std::string_view bytes) {
    const auto table = AssociationTable::read(fileOf("association.tsv", bytes));
    if (table)
        (void)table->find("ENSG1", {{{"1", 99, "A", "G"}, false, "rs1"}}, {"1", -2, 102},
                          {std::string(104, 'A'), -2});
    if (table)
        (void)table->places();
}
inline void haplotypeCounts(std::string_view bytes) {
    (void)HaplotypeCounts::read(fileOf("counts.tsv", bytes), {{"ENSG1", "ENSG1"}, {"GENA", "ENSG2"}});
    (void)HaplotypeCounts::read(fileOf("counts.tsv", bytes));
}
inline void effects(std::string_view bytes) {
    const auto table = EffectTable::read(fileOf("effects.tsv", bytes), {"score"});
    if (const auto* gene = table ? table->find("ENSG1", "GENA") : nullptr)
        for (const EffectTable::Row& row : gene->rows)
            (void)table->allelesOf(row);
}
inline void predictions(std::string_view bytes) {
    const auto table = PredictionTable::open(fileOf("predictions.tsv", bytes), folder());
    const std::vector<std::string> people{"HG2", "HG1"};
    if (table)
        (void)table->find("ENSG1", "GENA", people);
}
/// And the folder that they are of.
inline void sequenceScores(std::string_view bytes) {
    const std::filesystem::path json = fileOf("to_score/sequences.json", takePart(bytes));
    const std::filesystem::path scores = fileOf("to_score/scores.tsv", bytes);
    (void)SequenceFolder::read(json.parent_path());
    if (const auto read = SequenceScores::read({scores}))
        (void)read->find(Digest{});
}
inline void published(std::string_view bytes) {
    PublishedTables tables;
    tables.genes = fileOf("genes.tsv", takePart(bytes));
    tables.drivers = fileOf("drivers.tsv", bytes);
    (void)readPublishedTables(tables);
}
inline void saturation(std::string_view bytes) {
    (void)readDriverSaturation(fileOf("saturation.tsv", takePart(bytes)));
    (void)readLargestAttributions(fileOf("stats.txt", bytes));
}
/// Any compression, damaged or not, of any text.
inline void compressed(std::string_view bytes) {
    auto reader = TextReader::open(fileOf("a.txt.gz", bytes));
    for (std::string_view line; reader;) {
        const auto more = reader->next(line);
        if (!more || !*more)
            break;
    }
}

inline void predixcan(std::string_view bytes) {
    (void)readPredixcan(fileOf("weights.db", bytes));
}
inline void cacheRows(std::string_view bytes) {
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(folder()))
        if (entry.path().filename().string().starts_with("scores.sqlite"))
            std::filesystem::remove(entry.path(), ignored);
    const auto cache = ScoreCache::open(fileOf("scores.sqlite", bytes), 1 << 20);
    if (!cache)
        return;
    const std::vector<Digest> digests(3);
    (void)(*cache)->find({"model", "output"}, digests);
    (void)(*cache)->verify();
    (void)(*cache)->info();
}
inline void results(std::string_view bytes) {
    auto store = ResultStore::openExisting(fileOf("s.results.sqlite", bytes));
    if (!store)
        return;
    if (const auto runs = store->runs())
        for (const ResultRun& run : *runs)
            (void)store->genes(run.id);
}

/// Seeds that only the program itself can write, below `seeds`.
inline void writeDatabases(const std::filesystem::path& seeds) {
    std::filesystem::create_directories(seeds / "cache");
    std::filesystem::create_directories(seeds / "results");
    if (const auto cache = ScoreCache::open(seeds / "cache/good")) {
        const std::vector<Digest> digests(3);
        const std::vector<double> scores{1, 2, 3};
        (void)(*cache)->store({"model", "output"}, digests, scores);
    }
    if (auto store = ResultStore::open(seeds / "results/good")) {
        GeneRow gene;
        gene.geneId = "ENSG1";
        if (const auto run = store->beginRun({}))
            (void)store->store(*run, gene);
    }
}

inline void study(std::string_view bytes) {
    std::vector<Error> problems;
    (void)readStudyFile(fileOf("s.study.json", bytes), problems);
}
/// A figure's specification: what is read is written, and read again as the same.
inline void figure(std::string_view bytes) {
    const auto design = readFigureFile(fileOf("a.figure.json", bytes));
    if (!design)
        return;
    const nlohmann::json content(figureJson(*design, folder()));
    if (const auto again = figureDesignOf(content, folder()); !again || *again != *design)
        std::abort();
    (void)figureCommand(content, ".svg");
}
/// What a figure's file says of itself.
inline void figureProof(std::string_view bytes) {
    const auto text = embeddedProof(bytes);
    const auto proof = parseProof(text ? std::string_view(*text) : bytes);
    if (!proof)
        return;
    (void)figureDesignOf(proof->figure, folder());
    (void)figureCommand(proof->figure, ".pdf");
    if (!proofDifferences(*proof, *proof).empty())
        std::abort();
}
inline void recognised(std::string_view bytes) {
    (void)recognise(fileOf("dropped", bytes));
}

} // namespace diploscope::fuzz
