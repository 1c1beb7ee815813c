// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/training.h"

#include "analysis/provenance.h"
#include "base/atomic_file.h"
#include "base/checksum.h"
#include "base/json_text.h"
#include "base/output_folder.h"
#include "engines/torch/torch_backend.h"
#include "model/model_kind.h"
#include "results/table_columns.h"
#include "weights/safetensors.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <optional>
#include <set>

namespace diploscope {

namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

constexpr const char* kWeightsFile = "weights.safetensors";
constexpr std::array<const char*, 3> kPartNames{"train", "validation", "test"};

/// Makes the targets' scale and offset part of a linear layer.
void fold(std::vector<NamedTensor>& weights, const std::string& layer, double mean, double sd) {
    for (NamedTensor& tensor : weights) {
        const bool isWeight = tensor.name == layer + ".weight";
        const bool isBias = tensor.name == layer + ".bias";
        for (double& value : tensor.values) {
            if (isWeight || isBias)
                value *= sd;
            if (isBias)
                value += mean;
        }
    }
}

/// Standardises the targets by those of the training genes.
void standardise(TrainingData& data) {
    double mean = 0, square = 0;
    int64_t count = 0;
    for (size_t i = 0; i < data.split.size(); ++i)
        if (data.split[i] == 0) {
            mean += data.targets[static_cast<int64_t>(i)];
            ++count;
        }
    mean /= static_cast<double>(std::max<int64_t>(count, 1));
    for (size_t i = 0; i < data.split.size(); ++i)
        if (data.split[i] == 0)
            square += std::pow(data.targets[static_cast<int64_t>(i)] - mean, 2);
    const double sd = count > 1 && square > 0 ? std::sqrt(square / static_cast<double>(count - 1)) : 1;
    data.targets = (data.targets.array() - mean) / sd;
    data.mean = mean;
    data.sd = sd;
}

ordered_json optional(const std::optional<double>& value) {
    return value ? ordered_json(*value) : ordered_json(nullptr);
}

ordered_json report(const TrainingSummary& summary, const TrainingOptions& options, const Study& study,
                    const ModelManifest& architecture) {
    ordered_json epochs = ordered_json::array();
    for (const EpochLosses& losses : summary.result.epochs)
        epochs.push_back({{"train_loss", losses.train},
                          {"validation_loss", losses.validation},
                          {"validation_r", losses.validationR}});
    return {{"program", programVersion()},
            {"study", study.file().name},
            {"architecture", architecture.name},
            {"genes",
             {{"all", summary.genes},
              {"train", summary.train},
              {"validation", summary.validation},
              {"test", summary.test},
              {"not_measured", summary.skipped}}},
            {"target",
             {{"what", "mean observed expression over people, after the study's transform"},
              {"mean", summary.targetMean},
              {"sd", summary.targetSd}}},
            {"options",
             {{"epochs", options.epochs},
              {"batch", options.batchSize},
              {"learning_rate", options.learningRate},
              {"weight_decay", options.weightDecay},
              {"patience", options.patience},
              {"seed", options.seed},
              {"shift", options.shiftAugmentation},
              {"device", options.device.text()}}},
            {"best_epoch", summary.result.bestEpoch + 1},
            {"validation_r", optional(summary.result.validationR)},
            {"test_r", optional(summary.result.testR)},
            {"epochs", std::move(epochs)}};
}

Result<void> writeModel(const fs::path& folder, const ModelManifest& architecture, const std::string& name,
                        const std::vector<NamedTensor>& weights) {
    DS_TRY(writeSafetensors(folder / kWeightsFile, weights));
    DS_ASSIGN(const std::string sha256, sha256OfFile(folder / kWeightsFile));
    // The architecture's own keys, in a person's order; what belonged to its weights is replaced.
    ordered_json model;
    for (const char* key : {"schema", "name", "kind", "description"})
        if (architecture.json->contains(key))
            model[key] = (*architecture.json)[key];
    model["name"] = name;
    model["weights"] = kWeightsFile;
    model["sha256"] = sha256;
    if (architecture.json->contains("licence"))
        model["licence"] = (*architecture.json)["licence"];
    model["source"] = "Trained by diploscope train; training.json says on what.";
    for (const auto& [key, value] : architecture.json->items())
        if (!model.contains(key))
            model[key] = value;
    return writeFileAtomically(folder / "model.json", jsonText(model, 2) + "\n", Durability::Durable);
}

struct TrainingLine {
    const TrainingSet* set;
    size_t gene;
};

const TableColumns<TrainingLine>& genesColumns() {
    static const TableColumns<TrainingLine> columns{
        {{"gene_id", "gene id", "", "The gene's id in the annotation", 10, Format::Text},
         [](const TrainingLine& line) { return line.set->genes[line.gene]; }},
        {{"part", "part", "",
          "What the gene is for: `train`, `validation`, which says when to stop, or `test`", 10,
          Format::Text},
         [](const TrainingLine& line) {
             return kPartNames[static_cast<size_t>(line.set->data.split[line.gene])];
         }},
        {{"target", "target", "expression",
          "Its mean observed expression over people, after the study's transform", 10},
         [](const TrainingLine& line) { return line.set->data.targets[static_cast<int64_t>(line.gene)]; }},
    };
    return columns;
}

Result<void> writeGenes(const fs::path& file, const TrainingSet& set) {
    std::vector<TrainingLine> lines;
    for (size_t i = 0; i < set.genes.size(); ++i)
        lines.push_back({&set, i});
    return tableOfRows(genesColumns(), lines, {}).writeTo(file);
}

} // namespace

std::vector<ColumnText> trainingColumns() {
    return textsOf(genesColumns());
}

int splitOf(const std::string& geneId, uint64_t seed) {
    const Digest digest = digestOf(fmt::format("{}/{}", seed, geneId));
    const int tenth = (digest[0] << 8 | digest[1]) * 10 / 65536;
    return tenth < 8 ? 0 : tenth == 8 ? 1 : 2;
}

Result<TrainingSet> trainingSet(const Study& study, const InputShape& input, uint64_t seed,
                                const RunContext& context) {
    TrainingSet set;
    std::vector<double> targets;
    const auto total = static_cast<int64_t>(study.genes().size());
    for (const StudyGene& gene : study.genes()) {
        if (set.genes.size() % 64 == 0) {
            DS_TRY(context.checkpoint());
            context.report("Reading reference sequences",
                           static_cast<int64_t>(set.genes.size()) + set.skipped, total);
        }
        DS_ASSIGN(const Eigen::VectorXd observed, study.observed(gene));
        double sum = 0;
        int64_t measured = 0;
        for (const double value : observed)
            if (std::isfinite(value)) {
                sum += value;
                ++measured;
            }
        if (measured == 0) {
            ++set.skipped;
            continue;
        }
        DS_ASSIGN(const ReferenceWindow window, study.window(gene.gene, input));
        set.data.inputs.push_back(modelInput(window, {}));
        set.data.split.push_back(splitOf(gene.gene.id, seed));
        set.genes.push_back(gene.gene.id);
        targets.push_back(sum / static_cast<double>(measured));
    }
    if (set.genes.empty())
        return fail(ErrorKind::BadInput, "No gene of the study has an expression value to train on.",
                    study.file().path.string(), "Check the expression table with diploscope check.");
    set.data.targets =
        Eigen::Map<const Eigen::VectorXd>(targets.data(), static_cast<int64_t>(targets.size()));
    return set;
}

Result<TrainingSummary> trainModel(const Study& study, const ModelManifest& architecture,
                                   const std::string& name, const fs::path& folder,
                                   const TrainingOptions& options, const RunContext& context) {
    static const std::set<std::string> ownFiles{"model.json", kWeightsFile, "training.json", "training.tsv"};
    // What can be refused is refused before anything takes time.
    DS_ASSIGN(const TrainingForm form, architecture.kind->trainingForm(architecture));
    DS_ASSIGN(OutputFolder output, OutputFolder::create(folder, ownFiles));
    DS_ASSIGN(const TorchBackend* torch, torchBackend());
    DS_TRY(torch->checkDevice(options.device));

    DS_ASSIGN(TrainingSet set, trainingSet(study, architecture.input, options.seed, context));
    DS_TRY(writeGenes(output.path() / "training.tsv", set));

    TrainingSummary summary;
    summary.genes = static_cast<int64_t>(set.genes.size());
    summary.skipped = set.skipped;
    for (const int part : set.data.split)
        ++(part == 0 ? summary.train : part == 1 ? summary.validation : summary.test);
    if (form.standardised)
        standardise(set.data);
    summary.targetMean = set.data.mean;
    summary.targetSd = set.data.sd;
    DS_ASSIGN(summary.result, architecture.kind->train(architecture, set.data, options, context));
    if (form.foldsInto)
        fold(summary.result.weights, *form.foldsInto, summary.targetMean, summary.targetSd);

    DS_TRY(writeModel(output.path(), architecture, name.empty() ? architecture.name : name,
                      summary.result.weights));
    DS_TRY(writeFileAtomically(output.path() / "training.json",
                               jsonText(report(summary, options, study, architecture), 2) + "\n"));
    DS_TRY(output.commit());
    return summary;
}

} // namespace diploscope
