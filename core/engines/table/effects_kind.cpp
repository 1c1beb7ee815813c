// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/table/effects_kind.h"

#include "base/file_digest.h"
#include "engines/table/effects_columns.h"
#include "engines/table/table_kind.h"
#include "engines/table/table_predictor.h"
#include "model/weights_check.h"

#include <fmt/format.h>

namespace diploscope {

namespace fs = std::filesystem;
namespace {

struct EffectsPart final : KindPart {
    EffectsColumns columns;
};

const EffectsColumns& columnsOf(const ModelManifest& model) {
    return dynamic_cast<const EffectsPart&>(*model.part).columns;
}

class EffectsKind final : public TableKind {
public:
    std::string name() const override { return "effects"; }
    KindWords words() const override { return {"a table of effects", "tables of effects"}; }
    std::vector<std::string> inDetail(const ModelManifest& model) const override;

    std::vector<std::string> keys() const override { return {"effects", "scores", "per", "chain"}; }
    std::string fileKey() const override { return "effects"; }
    Result<void> parse(const JsonFields& fields, ModelManifest& model) const override;
    Result<void> mayBeMember() const override {
        return fail(ErrorKind::Unsupported,
                    "A table of effects cannot be part of an ensemble: alleles that it "
                    "lacks would count as without effect.",
                    "kind", "Show both models side by side instead.");
    }

    Result<void> checkTable(const ModelManifest& model, const fs::path& file) const override;

    Result<std::shared_ptr<const Predictor>> open(const ModelManifest& model, const PredictorOptions& options,
                                                  int64_t randomWeightsSeed) const override;
};

Result<LiftedEffects> readTable(const ModelManifest& model) {
    DS_ASSIGN(const fs::path file, model.findWeights());
    return readLiftedEffects(model, file, columnsOf(model));
}

std::vector<std::string> EffectsKind::inDetail(const ModelManifest& model) const {
    const Result<LiftedEffects> read = readTable(model);
    if (!read)
        return {"table      " + read.error().message()};
    std::vector<std::string> lines{
        fmt::format("table      {} rows of {} genes", read->table.rowsRead(), read->table.geneCount())};
    if (!read->lifted.empty())
        lines.push_back("chain      " + read->lifted);
    return lines;
}

Result<void> EffectsKind::parse(const JsonFields& fields, ModelManifest& model) const {
    auto part = std::make_shared<EffectsPart>();
    DS_ASSIGN(part->columns, EffectsColumns::parse(fields));
    model.trackCount = static_cast<int>(part->columns.scores.size());
    if (!part->columns.chain.empty())
        model.moreFiles.push_back(part->columns.chain);
    model.part = std::move(part);
    return {};
}

Result<void> EffectsKind::checkTable(const ModelManifest& model, const fs::path& file) const {
    DS_TRY(readLiftedEffects(model, file, columnsOf(model)));
    return {};
}

Result<std::shared_ptr<const Predictor>> EffectsKind::open(const ModelManifest& model,
                                                           const PredictorOptions&, int64_t) const {
    DS_ASSIGN(const fs::path file, model.findWeights());
    DS_TRY(checkSha256(model, file));
    DS_ASSIGN(const Digest digest, digestOfFile(file));
    const EffectsColumns& columns = columnsOf(model);
    std::string digests = toHex(digest);
    if (!columns.chain.empty()) {
        DS_ASSIGN(const fs::path chain, model.findFile(columns.chain));
        DS_ASSIGN(const Digest ofChain, digestOfFile(chain));
        digests += " " + toHex(ofChain);
    }
    DS_ASSIGN(LiftedEffects read, readTable(model));
    DS_ASSIGN(ModelInfo info, listedInfo(model, digests));
    info.note =
        fmt::format("a haplotype's score is the reference's and the effects that {} lists of its alleles{}; "
                    "others add nothing",
                    model.weightsFile, columns.perPerson ? ", twice, as they are a person's" : "");
    if (!read.lifted.empty())
        info.note += "; " + read.lifted;
    if (!info.tracks)
        info.tracks = columns.tracks();
    ModelTables tables{std::make_shared<const EffectTable>(std::move(read.table)), columns.copies(), nullptr,
                       file};
    return std::shared_ptr<const Predictor>(
        std::make_shared<TablePredictor>(std::move(info), std::move(tables)));
}

} // namespace

const ModelKind& effectsKind() {
    static const EffectsKind kind;
    return kind;
}

} // namespace diploscope
