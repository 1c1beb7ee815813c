// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/table/effects_kind.h"

#include "base/file_digest.h"
#include "engines/table/table_predictor.h"
#include "model/opened_model.h"
#include "model/weights_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace diploscope {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

/// As the paper's window: 98,304 bp on both sides of the TSS.
constexpr int64_t TableWindow = 196608;

struct EffectsPart final : KindPart {
    std::vector<std::string> scores; ///< columns, each a track
    bool perPerson = false;
};

const EffectsPart& partOf(const ModelManifest& model) {
    return dynamic_cast<const EffectsPart&>(*model.part);
}

class EffectsKind final : public ModelKind {
public:
    std::string name() const override { return "effects"; }
    KindWords words() const override { return {"a table of effects", "tables of effects"}; }
    std::vector<std::string> inDetail(const ModelManifest& model) const override;

    std::vector<std::string> keys() const override { return {"effects", "scores", "per"}; }
    std::string fileKey() const override { return "effects"; }
    std::optional<InputShape> defaultInput() const override {
        return InputShape{TableWindow, TableWindow / 2, StrandRule::Forward};
    }
    Result<void> parse(const JsonFields& fields, ModelManifest& model) const override;
    Result<void> mayBeMember() const override {
        return fail(ErrorKind::Unsupported,
                    "A table of effects cannot be part of an ensemble: alleles that it "
                    "lacks would count as without effect.",
                    "kind", "Show both models side by side instead.");
    }

    Result<void> checkTable(const ModelManifest& model, const fs::path& file) const override;
    bool isTable() const override { return true; }
    bool hasRandomWeights() const override { return false; }

    Result<std::shared_ptr<const Predictor>> open(const ModelManifest& model, const PredictorOptions& options,
                                                  int64_t randomWeightsSeed) const override;
    Gradients gradients() const override { return Gradients::Never; }
};

Result<EffectTable> readTable(const ModelManifest& model) {
    DS_ASSIGN(const fs::path file, model.findWeights());
    return EffectTable::read(file, partOf(model).scores);
}

std::vector<std::string> EffectsKind::inDetail(const ModelManifest& model) const {
    const Result<EffectTable> table = readTable(model);
    if (!table)
        return {"table      " + table.error().message()};
    return {fmt::format("table      {} rows of {} genes", table->rowsRead(), table->geneCount())};
}

Result<void> EffectsKind::parse(const JsonFields& fields, ModelManifest& model) const {
    auto part = std::make_shared<EffectsPart>();
    const json byDefault = json::array({"score"});
    const json& scores = fields.has("scores") ? fields.at("scores") : byDefault;
    const auto isName = [](const json& item) { return item.is_string() && item != ""; };
    if (!scores.is_array() || scores.empty() || !std::all_of(scores.begin(), scores.end(), isName) ||
        std::set<json>(scores.begin(), scores.end()).size() != scores.size())
        return fail(ErrorKind::BadInput, "Expected a list of the table's columns of scores, each once.",
                    fields.pathOf("scores"), R"(Write "scores": ["score"].)");
    for (const json& item : scores)
        part->scores.push_back(item.get<std::string>());
    DS_ASSIGN(const size_t per, fields.choice("per", {"copy", "person"}, 0));
    part->perPerson = per == 1;
    model.trackCount = static_cast<int>(part->scores.size());
    model.part = std::move(part);
    return {};
}

Result<void> EffectsKind::checkTable(const ModelManifest& model, const fs::path& file) const {
    DS_TRY(EffectTable::read(file, partOf(model).scores));
    return {};
}

Result<std::shared_ptr<const Predictor>> EffectsKind::open(const ModelManifest& model,
                                                           const PredictorOptions&, int64_t) const {
    DS_ASSIGN(const fs::path file, model.findWeights());
    DS_TRY(checkSha256(model, file));
    DS_ASSIGN(const Digest digest, digestOfFile(file));
    DS_ASSIGN(EffectTable table, readTable(model));
    DS_ASSIGN(ModelInfo info, infoOf(model));
    info.scoresOf = ScoresOf::Listed;
    info.checksum = checksumOf(model, toHex(digest));
    const EffectsPart& part = partOf(model);
    info.note =
        fmt::format("a haplotype's score is the reference's and the effects that {} lists of its alleles{}; "
                    "others add nothing",
                    model.weightsFile, part.perPerson ? ", twice, as they are a person's" : "");
    if (part.scores.size() > 1 && !info.tracks) {
        TrackList tracks;
        for (const std::string& score : part.scores)
            tracks.push_back({score, score});
        info.tracks = std::make_shared<const TrackList>(std::move(tracks));
    }
    return std::shared_ptr<const Predictor>(std::make_shared<TablePredictor>(
        std::move(info), file, std::make_shared<const EffectTable>(std::move(table)),
        part.perPerson ? 2.0 : 1.0));
}

} // namespace

const ModelKind& effectsKind() {
    static const EffectsKind kind;
    return kind;
}

} // namespace diploscope
