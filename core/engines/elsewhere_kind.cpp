// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/elsewhere_kind.h"

#include "model/opened_model.h"

#include <fmt/format.h>

namespace diploscope {

namespace {

struct ElsewherePart final : KindPart {
    std::string version;
    Precision precision = Precision::Single;
};

const ElsewherePart& partOf(const ModelManifest& model) {
    return dynamic_cast<const ElsewherePart&>(*model.part);
}

/// Asked for what the score cache has not got.
class ElsewhereLocus final : public LocusPredictor {
public:
    explicit ElsewhereLocus(std::string model) : m_model(std::move(model)) {}

    Result<Eigen::MatrixXd> predict(std::span<const EditList> sequences, const RunContext&) override {
        return fail(
            ErrorKind::NotFound,
            sequences.size() == 1 ? std::string("A sequence has no score yet: the model is run elsewhere.")
                                  : fmt::format("{} sequences have no score yet: the model is run elsewhere.",
                                                sequences.size()),
            m_model,
            "A gene's analysis can be had of it, by the score cache: `diploscope sequences` writes what "
            "to score where the model runs, `diploscope import scores` reads the scores. Other "
            "sequences are not among those.");
    }
    /// All at once, so that their number can be told.
    int64_t batchSize() const override { return int64_t{1} << 20; }

private:
    std::string m_model;
};

class ElsewherePredictor final : public Predictor {
public:
    ElsewherePredictor(ModelInfo info, Precision precision)
        : m_info(std::move(info)), m_precision(precision) {}

    const ModelInfo& info() const override { return m_info; }
    Result<std::unique_ptr<LocusPredictor>> prepare(const ReferenceWindow& window, const OutputChoice& output,
                                                    Method) const override {
        DS_TRY(checkRequest(m_info, window, output));
        return std::unique_ptr<LocusPredictor>(std::make_unique<ElsewhereLocus>(m_info.name));
    }
    std::string computation(Method) const override {
        return m_precision == Precision::Single ? "elsewhere fp32" : "elsewhere fp64";
    }

private:
    ModelInfo m_info;
    Precision m_precision;
};

class ElsewhereKind final : public ModelKind {
public:
    std::string name() const override { return "elsewhere"; }
    KindWords words() const override { return {"a model run elsewhere", "models run elsewhere"}; }
    std::vector<std::string> inDetail(const ModelManifest& model) const override {
        return {fmt::format("version    {}; scores are those that were imported", partOf(model).version)};
    }

    std::vector<std::string> keys() const override { return {"version", "precision"}; }
    std::string fileKey() const override { return {}; }
    Result<void> parse(const JsonFields& fields, ModelManifest& model) const override {
        auto part = std::make_shared<ElsewherePart>();
        DS_ASSIGN(part->version, fields.text("version"));
        DS_ASSIGN(const size_t precision, fields.choice("precision", {"fp32", "fp64"}, 0));
        part->precision = precision == 0 ? Precision::Single : Precision::Double;
        model.part = std::move(part);
        return {};
    }
    bool hasRandomWeights() const override { return false; }

    Result<std::shared_ptr<const Predictor>> open(const ModelManifest& model, const PredictorOptions&,
                                                  int64_t) const override {
        DS_ASSIGN(ModelInfo info, infoOf(model));
        info.scoresOf = ScoresOf::Elsewhere;
        info.checksum = checksumOf(model, model.name); // there is nothing else that tells it from others
        info.note =
            fmt::format("scores are those that were imported of its version {}", partOf(model).version);
        return std::shared_ptr<const Predictor>(
            std::make_shared<ElsewherePredictor>(std::move(info), partOf(model).precision));
    }
    Gradients gradients() const override { return Gradients::Never; }
};

} // namespace

const ModelKind& elsewhereKind() {
    static const ElsewhereKind kind;
    return kind;
}

} // namespace diploscope
