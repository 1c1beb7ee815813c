// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/enformer_config.h"

#include "base/json_fields.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <filesystem>

namespace diploscope {

using nlohmann::json;

std::vector<int64_t> EnformerConfig::channels() const {
    const int64_t half = dim / 2;
    const int64_t stages = numDownsamples - 1;
    std::vector<int64_t> all{half};
    const auto divisor = static_cast<double>(dimDivisibleBy);
    const double base = stages > 1 ? std::exp(std::log(static_cast<double>(dim) / static_cast<double>(half)) /
                                              static_cast<double>(stages - 1))
                                   : 1.0;
    // nearbyint rounds halves to even, as Python's round() does.
    for (int64_t i = 0; i < stages; ++i)
        all.push_back(static_cast<int64_t>(std::nearbyint(static_cast<double>(half) *
                                                          std::pow(base, static_cast<double>(i)) / divisor)) *
                      dimDivisibleBy);
    return all;
}

int64_t EnformerConfig::trackCount() const {
    const auto found = std::find_if(outputHeads.begin(), outputHeads.end(),
                                    [this](const auto& entry) { return entry.first == head; });
    return found == outputHeads.end() ? 0 : found->second;
}

TransformerSpec EnformerConfig::network() const {
    constexpr int64_t stemWidth = 15;
    constexpr int64_t towerWidth = 5;
    TransformerSpec spec;
    spec.inputLength = inputLength;
    const std::vector<int64_t> widths = channels();
    for (size_t i = 0; i < widths.size(); ++i) {
        const int64_t out = widths[i];
        const bool stem = i == 0;
        const std::string stage = stem ? std::string("stem.") : fmt::format("conv_tower.{}.", i - 1);
        const ConvStep first =
            stem ? ConvStep{stage + "0", "", 4, out, stemWidth, false}
                 : ConvStep{stage + "0.2", stage + "0.0", widths[i - 1], out, towerWidth, false};
        const ConvStep second{stage + "1.fn.2", stage + "1.fn.0", out, out, 1, true};
        spec.trunk.push_back({{first, second, PairPoolStep{stage + "2.to_attn_logits", out}}});
    }
    for (int64_t i = 0; i < depth; ++i) {
        const std::string block = fmt::format("transformer.{}.", i);
        spec.blocks.push_back({block + "0.fn.0", block + "0.fn.1", block + "1.fn.0", block + "1.fn.1",
                               block + "1.fn.4", dim, heads, attnDimKey, valueDim(), positionFeatures(),
                               2 * dim});
    }
    spec.bins = targetLength;
    spec.pointwise = {"final_pointwise.1.2", "final_pointwise.1.0", dim, 2 * dim, 1, false};
    for (const auto& [name, tracks] : outputHeads) {
        if (name == head)
            spec.asked = spec.heads.size();
        spec.heads.push_back({name, fmt::format("_heads.{}.0", name), 2 * dim, tracks});
    }
    return spec;
}

namespace {

Result<std::vector<std::pair<std::string, int64_t>>> parseHeads(const JsonFields& fields) {
    std::vector<std::pair<std::string, int64_t>> heads;
    const json& value = fields.at("output_heads");
    if (!value.is_object() || value.empty())
        return fail(ErrorKind::BadInput, "Expected an object of head names and their numbers of tracks.",
                    fields.pathOf("output_heads"));
    for (const auto& [name, tracks] : value.items()) {
        if (!tracks.is_number_integer() || tracks < 1 || tracks > (1 << 20))
            return fail(ErrorKind::BadInput,
                        fmt::format("Expected a number of tracks, found {}.", shortJson(tracks)),
                        fmt::format("{}.{}", fields.pathOf("output_heads"), name));
        heads.emplace_back(name, tracks.get<int64_t>());
    }
    return heads;
}

Result<void> checkSizes(const EnformerConfig& config, const std::string& path) {
    const auto mismatch = [&path](const std::string& what) { return fail(ErrorKind::Mismatch, what, path); };
    if (config.inputLength % config.basesPerToken() != 0)
        return mismatch(fmt::format("The input of {} bp is no multiple of the {} bp of a token.",
                                    config.inputLength, config.basesPerToken()));
    if (config.targetLength > config.tokens())
        return mismatch(fmt::format("target_length is {}, but {} bp give only {} tokens.",
                                    config.targetLength, config.inputLength, config.tokens()));
    if (config.dim % 2 != 0 || config.dim % config.heads != 0)
        return mismatch(
            fmt::format("dim ({}) must be even and a multiple of heads ({}).", config.dim, config.heads));
    if (config.positionFeatures() % 6 != 0)
        return mismatch(fmt::format("dim / heads is {}, but position features come in sixes.",
                                    config.positionFeatures()));
    const std::vector<int64_t> widths = config.channels();
    if (widths.back() != config.dim || *std::min_element(widths.begin(), widths.end()) < 1)
        return mismatch(fmt::format(
            "dim ({}) must be a multiple of dim_divisible_by ({}), or its tower does not end in dim.",
            config.dim, config.dimDivisibleBy));
    return {};
}

} // namespace

Result<EnformerConfig> parseEnformerConfig(const json& value, const std::string& path, int64_t inputLength) {
    DS_ASSIGN(const JsonFields fields,
              JsonFields::open(value, path,
                               {"dim", "depth", "heads", "output_heads", "target_length", "attn_dim_key",
                                "num_downsamples", "dim_divisible_by", "use_tf_gamma", "head", "use_convnext",
                                "position_table",
                                // Of training, or of the public port's bookkeeping.
                                "dropout_rate", "attn_dropout", "pos_dropout", "use_checkpointing",
                                "architectures", "model_type", "torch_dtype", "dtype", "transformers_version",
                                "_name_or_path", "_commit_hash"}));
    EnformerConfig config;
    config.inputLength = inputLength;
    constexpr int64_t most = 1 << 16;
    DS_ASSIGN(config.dim, fields.integer("dim", 6, most, config.dim));
    DS_ASSIGN(config.depth, fields.integer("depth", 1, 1024, config.depth));
    DS_ASSIGN(config.heads, fields.integer("heads", 1, most, config.heads));
    DS_ASSIGN(config.attnDimKey, fields.integer("attn_dim_key", 1, most, config.attnDimKey));
    DS_ASSIGN(config.numDownsamples, fields.integer("num_downsamples", 2, 20, config.numDownsamples));
    DS_ASSIGN(config.dimDivisibleBy, fields.integer("dim_divisible_by", 1, most, config.dimDivisibleBy));
    DS_ASSIGN(config.targetLength, fields.integer("target_length", 1, 1 << 20, config.targetLength));
    DS_ASSIGN(config.useTfGamma, fields.boolean("use_tf_gamma", config.useTfGamma));
    DS_ASSIGN(config.positionTable, fields.text("position_table", ""));
    if (std::filesystem::path(config.positionTable).filename() != config.positionTable)
        return fail(ErrorKind::BadInput,
                    fmt::format("Expected the name of a file in the model's folder, found \"{}\".",
                                config.positionTable),
                    fields.pathOf("position_table"));
    DS_ASSIGN(const bool convnext, fields.boolean("use_convnext", false));
    if (convnext)
        return fail(ErrorKind::Unsupported, "Enformers with ConvNeXt blocks are not supported.",
                    fields.pathOf("use_convnext"));
    if (fields.has("output_heads")) {
        DS_ASSIGN(config.outputHeads, parseHeads(fields));
    }
    const auto hasHead = [&config](const std::string& name) {
        return std::any_of(config.outputHeads.begin(), config.outputHeads.end(),
                           [&name](const auto& entry) { return entry.first == name; });
    };
    DS_ASSIGN(config.head,
              fields.text("head", hasHead("human") ? "human" : config.outputHeads.front().first));
    if (!hasHead(config.head)) {
        std::vector<std::string> names;
        for (const auto& entry : config.outputHeads)
            names.push_back(entry.first);
        return fail(ErrorKind::BadInput, fmt::format("There is no head \"{}\".", config.head),
                    fields.pathOf("head"), suggestName(config.head, names));
    }
    DS_TRY(checkSizes(config, path));
    return config;
}

} // namespace diploscope
