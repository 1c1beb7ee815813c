// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/table/predictions_kind.h"

#include "base/file_digest.h"
#include "base/paths.h"
#include "engines/table/effects_columns.h"
#include "engines/table/table_kind.h"
#include "engines/table/table_predictor.h"
#include "model/weights_check.h"

#include <fmt/format.h>

#include <optional>

namespace diploscope {

namespace fs = std::filesystem;

namespace {

struct PredictionsPart final : KindPart {
    std::optional<EffectsColumns> effects;
};

const PredictionsPart& partOf(const ModelManifest& model) {
    return dynamic_cast<const PredictionsPart&>(*model.part);
}

class PredictionsKind final : public TableKind {
public:
    std::string name() const override { return "predictions"; }
    KindWords words() const override { return {"a table of predictions", "tables of predictions"}; }
    std::vector<std::string> inDetail(const ModelManifest& model) const override;

    std::vector<std::string> keys() const override {
        return {"predictions", "effects", "scores", "per", "chain"};
    }
    std::string fileKey() const override { return "predictions"; }
    Result<void> parse(const JsonFields& fields, ModelManifest& model) const override;
    Result<void> mayBeMember() const override {
        return fail(ErrorKind::Unsupported, "A table of predictions cannot be part of an ensemble.", "kind",
                    "Show both models side by side instead.");
    }

    Result<void> checkTable(const ModelManifest& model, const fs::path& file) const override;

    Result<std::shared_ptr<const Predictor>> open(const ModelManifest& model, const PredictorOptions& options,
                                                  int64_t randomWeightsSeed) const override;
};

/// Null where model.json names none.
Result<std::shared_ptr<const EffectTable>> readEffects(const ModelManifest& model) {
    if (!partOf(model).effects)
        return std::shared_ptr<const EffectTable>();
    DS_ASSIGN(const fs::path file, model.findFile(model.moreFiles.front()));
    DS_ASSIGN(LiftedEffects read, readLiftedEffects(model, file, *partOf(model).effects));
    return std::make_shared<const EffectTable>(std::move(read.table));
}

std::vector<std::string> PredictionsKind::inDetail(const ModelManifest& model) const {
    const auto file = model.findWeights();
    const auto table =
        file ? PredictionTable::open(*file, userCacheFolder()) : Result<PredictionTable>(fail(file.error()));
    if (!table)
        return {"table      " + table.error().message()};
    std::vector<std::string> lines{
        fmt::format("table      {} x {}", table->rowCount(), table->columnCount())};
    if (const auto effects = readEffects(model); !effects)
        lines.push_back("effects    " + effects.error().message());
    else
        lines.push_back(*effects ? fmt::format("effects    {} rows of {} genes", (*effects)->rowsRead(),
                                               (*effects)->geneCount())
                                 : std::string("effects    none: nothing is said of single alleles"));
    return lines;
}

Result<void> PredictionsKind::parse(const JsonFields& fields, ModelManifest& model) const {
    auto part = std::make_shared<PredictionsPart>();
    if (fields.has("effects")) {
        DS_ASSIGN(std::string file, fields.text("effects"));
        if (fs::path(file).filename() != fs::path(file))
            return fail(ErrorKind::BadInput,
                        fmt::format("Expected the name of a file in the model's folder, found \"{}\".", file),
                        fields.pathOf("effects"));
        model.moreFiles.push_back(std::move(file));
        DS_ASSIGN(part->effects, EffectsColumns::parse(fields));
        if (!part->effects->chain.empty())
            model.moreFiles.push_back(part->effects->chain);
        if (part->effects->scores.size() != 1)
            return fail(ErrorKind::BadInput, "Predictions are one score: their effects are one column.",
                        fields.pathOf("scores"), "Make a model of each column, with its own predictions.");
    } else {
        for (const char* key : {"scores", "per", "chain"})
            if (fields.has(key))
                return fail(ErrorKind::BadInput, "The key is of a table of effects, and none is named.",
                            fields.pathOf(key), "Remove the key, or name the table under \"effects\".");
    }
    model.part = std::move(part);
    return {};
}

Result<void> PredictionsKind::checkTable(const ModelManifest& model, const fs::path& file) const {
    DS_TRY(PredictionTable::open(file, userCacheFolder()));
    DS_TRY(readEffects(model));
    return {};
}

Result<std::shared_ptr<const Predictor>> PredictionsKind::open(const ModelManifest& model,
                                                               const PredictorOptions&, int64_t) const {
    DS_ASSIGN(const fs::path file, model.findWeights());
    DS_TRY(checkSha256(model, file));
    const fs::path memory = userCacheFolder() / "digests";
    DS_ASSIGN(Digest digest, rememberedDigestOfFile(file, memory));
    std::string digests = toHex(digest);
    DS_ASSIGN(PredictionTable predictions, PredictionTable::open(file, userCacheFolder()));
    DS_ASSIGN(std::shared_ptr<const EffectTable> effects, readEffects(model));
    ModelTables tables{std::move(effects), 1, std::make_shared<const PredictionTable>(std::move(predictions)),
                       file};
    if (tables.effects) {
        DS_ASSIGN(const fs::path more, model.findFile(model.moreFiles.front()));
        DS_ASSIGN(digest, rememberedDigestOfFile(more, memory));
        digests += " " + toHex(digest);
        if (!partOf(model).effects->chain.empty()) {
            DS_ASSIGN(const fs::path chain, model.findFile(partOf(model).effects->chain));
            DS_ASSIGN(digest, rememberedDigestOfFile(chain, memory));
            digests += " " + toHex(digest);
        }
        tables.copies = partOf(model).effects->copies();
    }
    DS_ASSIGN(ModelInfo info, listedInfo(model, digests));
    info.listsPeople = true;
    info.note = fmt::format("predictions are those that {} lists; {}", model.weightsFile,
                            tables.effects ? fmt::format("effects are those of {}", model.moreFiles.front())
                                           : std::string("of single alleles nothing is said"));
    return std::shared_ptr<const Predictor>(
        std::make_shared<TablePredictor>(std::move(info), std::move(tables)));
}

} // namespace

const ModelKind& predictionsKind() {
    static const PredictionsKind kind;
    return kind;
}

} // namespace diploscope
