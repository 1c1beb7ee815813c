// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/side_tables.h"

#include "analysis/external_tables.h"
#include "analysis/predixcan.h"
#include "analysis/reference_alleles.h"
#include "analysis/table_check.h"
#include "base/words.h"
#include "genome/liftover.h"
#include "io/chain_reader.h"
#include "io/motif_reader.h"
#include "io/track_reader.h"
#include "model/model_kind.h"
#include "model/model_manifest.h"
#include "model/weights_check.h"

#include <fmt/format.h>

#include <set>

namespace diploscope {

namespace {

/// Notes what was found, or why the file is left out.
Result<void> take(Result<std::string> found, const char* topic, StudyCheck& check) {
    if (found)
        check.notes.push_back({topic, *found, {}});
    else if (found.error().kind == ErrorKind::Cancelled)
        return fail(found.error());
    else
        check.leftOut.push_back(found.error());
    return {};
}

Result<std::string> databaseInWords(const Study* study, const std::filesystem::path& file,
                                    const RunContext& context) {
    DS_ASSIGN(const PredixcanDatabase database, readPredixcan(file));
    std::string text =
        fmt::format("{}: {}, {}", file.filename().string(), counted(database.genes.size(), "gene", "genes"),
                    counted(database.weights.size(), "weight", "weights"));
    if (study == nullptr)
        return text + ".";
    Result<PredixcanScores> scores = applyPredixcan(*study, database, {}, context);
    if (!scores) {
        Error error = scores.error();
        if (error.kind != ErrorKind::Cancelled && error.where.find(file.string()) == std::string::npos)
            error.where = file.string() + (error.where.empty() ? "" : " and ") + error.where;
        return fail(std::move(error));
    }
    if (scores->lifted)
        text += fmt::format(" of another build ({})", toText(*scores->lifted));
    return text + fmt::format(", {} of them used.", scores->total().used);
}

/// What a table holds for the study, and at how many places it has another REF than the reference.
/// \param lifted null: it is of the study's build
Result<std::string> tableInWords(const Study& study, const AssociationTable& table, const LiftCounts* lifted,
                                 const RunContext& context) {
    DS_ASSIGN(const ReferenceAgreement found, referenceAgreement(study.reference(), table.places(), context));
    std::string text =
        fmt::format("{} ({}): {} of {} rows are of {} of the study's genes.", table.name(),
                    toText(table.format()), table.rowsKept(), table.rowsRead(), table.geneCount());
    if (lifted != nullptr)
        text += fmt::format(" It is of another build: {}.", toText(*lifted));
    if (found.agree < found.told)
        text += fmt::format(" REF is not the reference's at {} of {} places; what is used, turned and left "
                            "out is counted in each gene's report.",
                            found.told - found.agree, found.told);
    return text;
}

std::string ownPhaseInWords(int64_t count) {
    return fmt::format(" {} left out: {} phase is not that of the genotypes (`gw_phased` 0).",
                       counted(count, "count is", "counts are"), count == 1 ? "its" : "their");
}

std::string readsInWords(const Study& study, const PeoplesReads::Table& table) {
    std::string text =
        fmt::format("{}: counts of {} and of {} of the study's {} people.", table.name,
                    counted(table.genes, "gene", "genes"), table.people.size(), study.people().size());
    if (table.ownPhase > 0)
        text += ownPhaseInWords(table.ownPhase);
    return text;
}

/// Many tables, as where each person has one, are one note.
void noteReads(const Study& study, const std::vector<PeoplesReads::Table>& tables, StudyCheck& check) {
    constexpr size_t MostByThemselves = 5;
    std::vector<std::string> lines;
    std::set<int64_t> people;
    int64_t ownPhase = 0;
    for (const PeoplesReads::Table& table : tables) {
        lines.push_back(readsInWords(study, table));
        people.insert(table.people.begin(), table.people.end());
        ownPhase += table.ownPhase;
    }
    if (tables.size() <= MostByThemselves) {
        for (std::string& line : lines)
            check.notes.push_back({"reads", std::move(line), {}});
        return;
    }
    std::string text = fmt::format("{} tables of counts, of {} of the study's {} people.", tables.size(),
                                   people.size(), study.people().size());
    if (ownPhase > 0)
        text += ownPhaseInWords(ownPhase);
    check.notes.push_back({"reads", std::move(text), std::move(lines)});
}

/// Read to its end, which is where a file that was cut off shows it.
Result<std::string> trackInWords(const std::filesystem::path& file, const RunContext& context) {
    DS_ASSIGN(const FileTrack track, readTrack(file, {}, context));
    std::string text = fmt::format("{}: {}, {}.", file.filename().string(), toText(track.format),
                                   counted(track.records, "record", "records"));
    for (const std::filesystem::path& index : unusedTrackIndexes(file, track.format))
        text += fmt::format(" Its index {} is not used: it is older, damaged or of another file.",
                            index.filename().string());
    return text;
}

Result<std::string> motifsInWords(const std::filesystem::path& file) {
    DS_ASSIGN(const MotifFile found, readMotifs(file));
    return fmt::format("{}: {} motif{}.", file.filename().string(), found.motifs.size(),
                       found.motifs.size() == 1 ? "" : "s");
}

Result<std::string> chainInWords(const std::filesystem::path& file, const RunContext& context) {
    DS_ASSIGN(const Liftover chain, readChain(file, context));
    return fmt::format("{}: {}.", file.filename().string(),
                       counted(int64_t(chain.blockCount()), "block", "blocks"));
}

/// Of one model's weights that are read: larger ones take minutes from a slow disk.
constexpr int64_t MostWeightBytes = int64_t{4} << 30;

/// What the model's line says in the place of "ready.". \param text of the model's note
void replaceState(std::string& text, std::string_view state) {
    constexpr std::string_view Ready = "ready.";
    if (const size_t at = text.find(Ready); at != std::string::npos)
        text.replace(at, Ready.size(), state);
}

std::string lookedAtInWords(const WeightsLookedAt& weights) {
    constexpr double Gigabyte = 1e9;
    return fmt::format("ready; of {:.1f} GB of weights {:.1f} GB were looked at, and are finite numbers.",
                       double(weights.ofBytes) / Gigabyte, double(weights.bytes) / Gigabyte);
}

} // namespace

Result<void> checkModelWeights(StudyCheck& check, const RunContext& context) {
    if (!check.file)
        return {};
    for (const std::filesystem::path& model : check.file->models) {
        const Result<ModelManifest> manifest = readModelManifest(model);
        if (!manifest || !manifest->findWeights() || !checkWeights(*manifest))
            continue; // opening the study has said so
        const Result<WeightsLookedAt> weights = checkWeightValues(*manifest, MostWeightBytes, context);
        if (!weights && weights.error().kind == ErrorKind::Cancelled)
            return fail(weights.error());
        const std::string begin = fmt::format("{} ({}): ", manifest->name, manifest->kind->name());
        for (StudyNote& note : check.notes) {
            if (note.topic != "models" || !note.text.starts_with(begin))
                continue;
            if (!weights)
                replaceState(note.text, "its weights cannot be used.");
            else if (weights->bytes < weights->ofBytes)
                replaceState(note.text, lookedAtInWords(*weights));
        }
        if (!weights)
            check.leftOut.push_back(weights.error());
    }
    return checkTableModels(check, context);
}

Result<void> checkSideTables(StudyCheck& check, const RunContext& context) {
    if (!check.file || check.file->published)
        return {};
    for (const auto& file : check.file->tracks)
        DS_TRY(take(trackInWords(file, context), "tracks", check));
    for (const auto& file : check.file->motifs)
        DS_TRY(take(motifsInWords(file), "motifs", check));
    for (const auto& file : check.file->chains)
        DS_TRY(take(chainInWords(file, context), "chain", check));
    const Study* study = check.study.get();
    for (const auto& file : check.file->predixcan)
        DS_TRY(take(databaseInWords(study, file, context), "predixcan", check));
    if (study != nullptr) {
        DS_ASSIGN(const auto tables, readExternalTables(*study, context));
        if (!tables)
            return {};
        for (const auto* list : {&tables->eqtl, &tables->fineMapping})
            for (const AssociationTable& table : *list) {
                const auto lifted = tables->lifted.find(table.name());
                DS_TRY(take(tableInWords(*study, table,
                                         lifted == tables->lifted.end() ? nullptr : &lifted->second, context),
                            list == &tables->eqtl ? "eqtl" : "fine mapping", check));
            }
        if (tables->reads)
            noteReads(*study, tables->reads->tables(), check);
        check.leftOut.insert(check.leftOut.end(), tables->leftOut.begin(), tables->leftOut.end());
        return {};
    }
    for (const auto& file : check.file->haplotypeCounts)
        if (const Result<HaplotypeCounts> counts = HaplotypeCounts::read(file, {}, context); !counts) {
            if (counts.error().kind == ErrorKind::Cancelled)
                return fail(counts.error());
            check.leftOut.push_back(counts.error());
        }
    for (const auto* files : {&check.file->eqtl, &check.file->fineMapping})
        for (const auto& file : *files) {
            const Result<AssociationTable> table = AssociationTable::read(file, {}, context);
            if (table)
                continue;
            if (table.error().kind == ErrorKind::Cancelled)
                return fail(table.error());
            check.leftOut.push_back(table.error());
        }
    return {};
}

} // namespace diploscope
