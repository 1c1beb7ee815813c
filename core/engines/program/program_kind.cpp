// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/program/program_kind.h"

#include "engines/program/program_predictor.h"
#include "model/model_trust.h"
#include "model/opened_model.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

namespace diploscope {

namespace {

struct ProgramPart final : KindPart {
    ProgramSpec spec;
};

const ProgramSpec& specOf(const ModelManifest& model) {
    return dynamic_cast<const ProgramPart&>(*model.part).spec;
}

class ProgramKind final : public ModelKind {
public:
    std::string name() const override { return "program"; }
    KindWords words() const override { return {"a program", "programs"}; }
    std::vector<std::string> inDetail(const ModelManifest& model) const override;

    std::vector<std::string> keys() const override {
        return {"command", "version",    "files",           "reply",
                "workers", "batch_size", "start_timeout_s", "timeout_s"};
    }
    std::string fileKey() const override { return {}; }
    Result<void> parse(const JsonFields& fields, ModelManifest& model) const override;
    Result<void> parseOutput(const JsonFields& output, ModelManifest& model) const override;
    bool runsForeignCode() const override { return true; }
    Result<ForeignProgram> program(const ModelManifest& model) const override;
    bool hasRandomWeights() const override { return false; }

    Result<std::shared_ptr<const Predictor>> open(const ModelManifest& model, const PredictorOptions& options,
                                                  int64_t randomWeightsSeed) const override;
    Gradients gradients() const override { return Gradients::Perhaps; }
};

std::vector<std::string> ProgramKind::inDetail(const ModelManifest& model) const {
    const ProgramSpec& spec = specOf(model);
    return {fmt::format("command    {}", spec.commandLine()),
            fmt::format("version    {}; up to {} at a time, {} sequences each", spec.version, spec.workers,
                        spec.batchSize),
            fmt::format("of it      all files of its folder{}{}",
                        model.moreFiles.empty() ? "" : ", among them ", fmt::join(model.moreFiles, ", "))};
}

Result<void> ProgramKind::parse(const JsonFields& fields, ModelManifest& model) const {
    auto part = std::make_shared<ProgramPart>();
    DS_ASSIGN(part->spec, parseProgram(fields, model));
    model.part = std::move(part);
    return {};
}

Result<void> ProgramKind::parseOutput(const JsonFields& output, ModelManifest& model) const {
    constexpr int most = 1 << 24;
    DS_ASSIGN(const int64_t binCount, output.integer("bin_count", 1, most, 1));
    DS_ASSIGN(const int64_t trackCount, output.integer("track_count", 1, most, 1));
    DS_TRY(checkOutputs(binCount, trackCount, output.pathOf("bin_count")));
    if (output.has("layout"))
        return fail(ErrorKind::BadInput, "A program model has no \"layout\": it answers bins x tracks.",
                    output.pathOf("layout"), "Remove the key.");
    model.binCount = static_cast<int>(binCount);
    model.trackCount = static_cast<int>(trackCount);
    auto part = std::make_shared<ProgramPart>(dynamic_cast<const ProgramPart&>(*model.part));
    part->spec.binCount = model.binCount;
    part->spec.trackCount = model.trackCount;
    model.part = std::move(part);
    return {};
}

Result<ForeignProgram> ProgramKind::program(const ModelManifest& model) const {
    DS_TRY(model.findWeights());
    DS_ASSIGN(ProgramDigests digests, digestsOf(model));
    return ForeignProgram{model.folder, specOf(model).commandLine(), std::move(digests.allowed)};
}

/// How many run, how long they are waited for and in which batches they are asked decides no number.
std::string checksumOfProgram(const ModelManifest& model, const std::string& contents) {
    nlohmann::json meaning = *model.json;
    for (const char* key : {"workers", "batch_size", "start_timeout_s", "timeout_s"})
        meaning.erase(key);
    ModelManifest meant = model;
    meant.json = std::make_shared<const nlohmann::json>(std::move(meaning));
    return checksumOf(meant, contents);
}

Result<std::shared_ptr<const Predictor>> ProgramKind::open(const ModelManifest& model,
                                                           const PredictorOptions&, int64_t) const {
    DS_TRY(model.findWeights());
    DS_ASSIGN(const ProgramDigests digests, digestsOf(model));
    DS_TRY(requireTrust(model, {{model.folder, specOf(model).commandLine(), digests.allowed}}));
    DS_ASSIGN(ModelInfo info, infoOf(model));
    info.checksum = checksumOfProgram(model, digests.contents);
    info.note = fmt::format("scores are what version {} of its program gives", specOf(model).version);
    const auto mayStart = [model, allowed = digests.allowed]() -> Result<void> {
        DS_ASSIGN(const ProgramDigests now, digestsOf(model));
        if (now.allowed == allowed)
            return {};
        return fail(
            ErrorKind::Mismatch,
            fmt::format("The files of the model \"{}\" have changed since it was opened.", model.name),
            model.folder.string(), "Open the model again. A program must not write into its own folder.");
    };
    return std::shared_ptr<const Predictor>(std::make_shared<ProgramPredictor>(
        std::move(info), std::make_shared<ProgramPool>(specOf(model), mayStart)));
}

} // namespace

const ModelKind& programKind() {
    static const ProgramKind kind;
    return kind;
}

} // namespace diploscope
