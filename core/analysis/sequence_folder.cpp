// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/sequence_folder.h"

#include "analysis/asked_sequences.h"
#include "analysis/effect_background.h"
#include "base/atomic_file.h"
#include "base/digest_hash.h"
#include "base/json_fields.h"
#include "base/json_text.h"
#include "base/output_folder.h"
#include "io/sequence_list.h"
#include "model/model_manifest.h"
#include "model/score_request_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

namespace diploscope {

namespace fs = std::filesystem;

namespace {

constexpr const char* kFolderFile = "sequences.json";
constexpr int kSchema = 1;

std::string windowText(const Region& region) {
    return fmt::format("{}:{}-{}", region.contig, region.start + 1, region.end);
}

/// "19015:A>G,19020:AT>A@left": 1-based, forward strand; of an indel that names it, the end of the window at
/// which room is made. Of substitutions alone those within `shown` are all that counts. \param edits on
/// `wide`
std::string editsText(const EditList& edits, const ReferenceWindow& wide, const Region& shown) {
    const bool hasIndel =
        std::any_of(edits.begin(), edits.end(), [](const Edit& edit) { return edit.growth() != 0; });
    std::string text;
    for (const Edit& edit : edits) {
        const int64_t start = wide.region.start + edit.offset;
        if (!hasIndel && (start + edit.refLength <= shown.start || start >= shown.end))
            continue;
        const std::string_view replaced =
            std::string_view(wide.context)
                .substr(static_cast<size_t>(wide.flank + edit.offset), static_cast<size_t>(edit.refLength));
        text += fmt::format("{}{}:{}>{}", text.empty() ? "" : ",", start + 1, replaced, edit.alt);
        if (edit.growth() != 0 && edit.room != RoomAt::FarEnd)
            text += edit.room == RoomAt::LeftEnd ? "@left" : "@right";
    }
    return text;
}

nlohmann::ordered_json folderJson(const Study& study, const std::vector<const StudyGene*>& genes,
                                  const ElsewhereModel& model, const SequencesWritten& written) {
    const ModelInfo& info = model.predictor->info();
    nlohmann::ordered_json json{{"schema", kSchema},
                                {"study", fs::absolute(study.file().path).lexically_normal().string()},
                                {"model", isModelFolder(model.place)
                                              ? fs::absolute(model.place).lexically_normal().string()
                                              : model.place}}; // a name
    addScoreJson(json, model.asked,
                 [](const fs::path& file) { return fs::absolute(file).lexically_normal().string(); });
    json["name"] = info.name;
    json["checksum"] = info.checksum;
    json["score"] = scoreText(model.score);
    nlohmann::ordered_json members = nlohmann::ordered_json::array();
    for (const ScoreMember& member : membersOf(model.predictor, model.score))
        members.push_back({{"name", member.name()},
                           {"shift", member.shift},
                           {"other_strand", member.otherStrand},
                           {"score", member.output.text()}});
    json["members"] = std::move(members);
    json["sequences"] = written.sequences;
    json["length"] = written.bases;
    nlohmann::ordered_json ids = nlohmann::ordered_json::array();
    for (const StudyGene* gene : genes)
        ids.push_back(gene->gene.id);
    json["genes"] = std::move(ids);
    return json;
}

} // namespace

Result<SequencesWritten> writeSequences(const Study& study, const std::vector<const StudyGene*>& genes,
                                        const ElsewhereModel& model, const fs::path& folder,
                                        const SequenceChoice& choice, const RunContext& context) {
    DS_TRY(hasScoresOfItsOwn(*model.predictor));
    DS_ASSIGN(OutputFolder target,
              OutputFolder::create(folder, {kFolderFile, SequenceListWriter::Bases,
                                            SequenceListWriter::CompressedBases, SequenceListWriter::Table}));
    DS_ASSIGN(SequenceListWriter list, SequenceListWriter::create(target.path(), choice.compressed));
    SequencesWritten written;
    written.genes = static_cast<int64_t>(genes.size());
    written.bases = model.predictor->info().input.length;
    // Genes may share a TSS, and one of the other strand may have this one's window the other way round.
    std::unordered_map<Digest, std::string, DigestHash> known;
    const auto writeThem = [&](const AskedSequences& asked) -> Result<void> {
        ListedSequence row;
        const ReferenceWindow& window = asked.wanted.window;
        row.gene = genes[asked.gene]->gene.id;
        row.region = windowText(window.region);
        row.strand = window.reversed != window.otherStrand ? '-' : '+';
        row.shift = window.shift;
        row.output = asked.member.output.text();
        std::vector<bool> hasScore(asked.wanted.sequences.size());
        if (choice.known != nullptr) {
            DS_ASSIGN(const KeptScores kept, keptScores(asked, choice.method, *choice.known));
            std::transform(kept.scores.begin(), kept.scores.end(), hasScore.begin(),
                           [](const std::optional<StoredScore>& score) { return score.has_value(); });
        }
        for (size_t i = 0; i < hasScore.size(); ++i) {
            const WantedSequence& sequence = asked.wanted.sequences[i];
            const auto [before, isNew] = known.try_emplace(sequence.key, row.output);
            if (!isNew && before->second != row.output)
                return fail(ErrorKind::Unsupported,
                            fmt::format("One sequence is asked for two outputs of the model: {} and {}.",
                                        before->second, row.output),
                            row.gene, "Ask for one strand alone, without --reverse-complement.");
            if (!isNew)
                continue;
            if (hasScore[i]) {
                ++written.known;
                continue;
            }
            DS_TRY(context.checkpoint());
            row.name = sequence.key;
            row.bases = modelInput(window, asked.editsInWindow(sequence));
            row.what = sequence.index == 0                 ? "reference"
                       : sequence.index < asked.ism.size() ? "variant"
                                                           : "haplotype";
            row.edits = editsText(asked.editsOf(sequence), asked.locus.window, window.region);
            DS_TRY(list.add(row));
            ++written.sequences;
        }
        return {};
    };
    DS_TRY(askEach(study, numbered(genes), model.predictor, model.score, "Writing sequences", context,
                   writeThem));
    if (written.sequences == 0)
        return written;
    DS_TRY(list.close());
    DS_TRY(writeFileAtomically(target.path() / kFolderFile,
                               jsonText(folderJson(study, genes, model, written)) + "\n"));
    DS_TRY(target.commit());
    return written;
}

Result<SequenceFolder> SequenceFolder::read(const fs::path& folder) {
    const fs::path file = folder / kFolderFile;
    std::error_code ignored;
    if (!fs::exists(file, ignored))
        return fail(ErrorKind::NotFound, "The folder holds no sequences that were written for others.",
                    folder.string(), "Name the folder that `diploscope sequences` made (--out).");
    DS_ASSIGN(const nlohmann::json json, readJsonFile(file));
    if (const Result<void> known = refuseNewer(json, "schema", kSchema, "The list of sequences"); !known) {
        Error error = known.error();
        error.where = file.string();
        return fail(std::move(error));
    }
    DS_ASSIGN(const JsonFields fields,
              JsonFields::open(json, file.string(),
                               withScoreKeys({"schema", "study", "model", "name", "checksum", "score",
                                              "members", "sequences", "length", "genes"})));
    SequenceFolder read;
    read.folder = folder;
    DS_ASSIGN(read.study, fields.text("study"));
    DS_ASSIGN(read.place, fields.text("model"));
    DS_ASSIGN(read.asked, scoreRequestOf(fields, [](const std::string& name) { return fs::path(name); }));
    DS_ASSIGN(read.model, fields.text("name"));
    DS_ASSIGN(read.checksum, fields.text("checksum"));
    DS_ASSIGN(read.score, fields.text("score"));
    const bool hasGenes = fields.has("genes") && fields.at("genes").is_array() && !fields.at("genes").empty();
    for (const nlohmann::json& gene : hasGenes ? fields.at("genes") : nlohmann::json::array())
        if (gene.is_string())
            read.genes.push_back(gene.get<std::string>());
    if (!hasGenes || read.genes.size() != fields.at("genes").size())
        return fail(ErrorKind::BadInput, "The list of genes is missing or is none.", fields.pathOf("genes"),
                    "Write the sequences anew: diploscope sequences.");
    return read;
}

namespace {

/// A script or a backup beside the table is none.
bool isTable(std::string_view name) {
    if (name.ends_with(".gz"))
        name.remove_suffix(3);
    return name.ends_with(".tsv") || name.ends_with(".csv") || name.ends_with(".txt");
}

} // namespace

Result<std::vector<fs::path>> SequenceFolder::scoreFiles() const {
    std::vector<fs::path> files;
    std::error_code failed;
    for (const auto& entry : fs::directory_iterator(folder, failed)) {
        const std::string name = entry.path().filename().string();
        if (name.starts_with("scores") && isTable(name) && !entry.is_directory(failed))
            files.push_back(entry.path());
    }
    if (files.empty())
        return fail(ErrorKind::NotFound, "There is no table of scores in the folder.", folder.string(),
                    "Put scores.tsv there, with the columns `sequence` and `score`, or name files of another "
                    "place.");
    std::sort(files.begin(), files.end());
    return files;
}

} // namespace diploscope
