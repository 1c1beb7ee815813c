// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/torch/script_kind.h"

#include "base/atomic_file.h"
#include "base/checksum.h"
#include "base/sha256.h"
#include "engines/torch/script_predictor.h"
#include "model/model_trust.h"
#include "model/opened_model.h"
#include "model/weights_check.h"

#include <fstream>

namespace diploscope {

namespace fs = std::filesystem;

namespace {

struct ScriptPart final : KindPart {
    ScriptShape shape; ///< but for what the manifest knows itself
};

class ScriptKind final : public ModelKind {
public:
    std::string name() const override { return "torchscript"; }
    KindWords words() const override { return {"a TorchScript module", "TorchScript modules"}; }

    std::vector<std::string> keys() const override { return {"layout"}; }
    Result<void> parse(const JsonFields& fields, ModelManifest& model) const override;
    Result<void> parseOutput(const JsonFields& output, ModelManifest& model) const override;
    Result<void> checkFile(const fs::path& file) const override;
    bool runsForeignCode() const override { return true; }
    bool hasRandomWeights() const override { return false; }

    Result<std::shared_ptr<const Predictor>> open(const ModelManifest& model, const PredictorOptions& options,
                                                  int64_t randomWeightsSeed) const override;
    Gradients gradients() const override { return Gradients::Perhaps; }
};

Result<void> ScriptKind::parse(const JsonFields& fields, ModelManifest& model) const {
    DS_ASSIGN(const size_t layout, fields.choice("layout", {"NCL", "NLC"}, 0));
    auto part = std::make_shared<ScriptPart>();
    part->shape.channelsLast = layout == 1;
    model.part = std::move(part);
    return {};
}

Result<void> ScriptKind::parseOutput(const JsonFields& output, ModelManifest& model) const {
    constexpr int most = 1 << 24;
    DS_ASSIGN(const int64_t binCount, output.integer("bin_count", 1, most, 1));
    DS_ASSIGN(const int64_t trackCount, output.integer("track_count", 1, most, 1));
    model.binCount = static_cast<int>(binCount);
    model.trackCount = static_cast<int>(trackCount);
    DS_ASSIGN(const size_t layout, output.choice("layout", {"NTK", "NKT"}, 0));
    auto part = std::make_shared<ScriptPart>(dynamic_cast<const ScriptPart&>(*model.part));
    part->shape.tracksBeforeBins = layout == 1;
    model.part = std::move(part);
    return {};
}

/// What is in it only running it could tell.
Result<void> ScriptKind::checkFile(const fs::path& file) const {
    char start[2] = {};
    std::ifstream(file, std::ios::binary).read(start, sizeof start);
    if (start[0] != 'P' || start[1] != 'K')
        return fail(ErrorKind::BadInput, "This is no TorchScript module, which is a zip archive.",
                    file.string(), "Save the module with torch.jit.save().");
    return {};
}

Result<std::shared_ptr<const Predictor>> ScriptKind::open(const ModelManifest& model,
                                                          const PredictorOptions& options, int64_t) const {
    DS_ASSIGN(const fs::path path, model.findWeights());
    DS_TRY(checkSha256(model, path));
    DS_ASSIGN(const std::string bytes, readWholeFile(path));
    DS_TRY(requireTrust(model, {{path, {}, sha256Of(bytes)}}));
    DS_ASSIGN(MemoryFile program, MemoryFile::of(bytes));
    DS_ASSIGN(ModelInfo info, infoOf(model));
    info.checksum = checksumOf(model, toHex(digestOf(bytes)));
    ScriptShape shape = dynamic_cast<const ScriptPart&>(*model.part).shape;
    shape.inputLength = model.input.length;
    shape.binCount = model.binCount;
    shape.trackCount = model.trackCount;
    return std::shared_ptr<const Predictor>(
        std::make_shared<ScriptPredictor>(std::move(info), path, std::move(program), shape, options));
}

} // namespace

const ModelKind& scriptKind() {
    static const ScriptKind kind;
    return kind;
}

} // namespace diploscope
