// SPDX-License-Identifier: GPL-3.0-or-later
#include "predict/weights.h"

#include "base/checksum.h"
#include "predict/json_fields.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <set>

namespace diploscope {

namespace {
bool endsWith(const std::string& text, const std::string& ending) {
    return text.size() >= ending.size() &&
           text.compare(text.size() - ending.size(), ending.size(), ending) == 0;
}
} // namespace

Result<void> checkWeights(const NetworkSpec& network, const SafetensorsFile& file) {
    std::set<std::string> needed;
    std::vector<std::string> missing;
    std::string problems;
    for (const TensorSpec& tensor : network.tensors()) {
        needed.insert(tensor.name);
        const TensorInfo* info = file.find(tensor.name);
        if (info == nullptr)
            missing.push_back(tensor.name);
        else if (info->shape != tensor.shape)
            problems += fmt::format(" \"{}\" has shape {}, expected {}.", tensor.name, shapeText(info->shape),
                                    shapeText(tensor.shape));
    }
    std::vector<std::string> unexpected;
    for (const TensorInfo& info : file.tensors())
        if (!needed.contains(info.name) && !endsWith(info.name, ".num_batches_tracked"))
            unexpected.push_back(info.name);
    for (const std::string& name : missing)
        problems += fmt::format(" \"{}\" is missing.", name);
    for (const std::string& name : unexpected) {
        problems += fmt::format(" \"{}\" is unexpected.", name);
        if (!missing.empty())
            problems += " " + suggestName(name, missing);
    }
    if (problems.empty())
        return {};
    return fail(ErrorKind::Mismatch, "The weights do not fit the layers of model.json:" + problems,
                file.path().string(),
                "Correct the layers' names and sizes, or take the weights that belong to them.");
}

WeightSource weightsOfFile(std::shared_ptr<const SafetensorsFile> file) {
    return [file = std::move(file)](const TensorSpec& tensor) { return file->read(tensor.name); };
}

WeightSource randomWeights(const NetworkSpec& network, uint64_t seed) {
    std::set<std::string> norms;
    for (const Layer& layer : network.layers)
        if (const auto* norm = std::get_if<BatchNormLayer>(&layer.kind))
            norms.insert(norm->name);
    return [norms = std::move(norms), seed](const TensorSpec& spec) -> Result<NamedTensor> {
        // Each tensor has a stream of its own, so that they can be asked for in any order, and again.
        const Digest digest = digestOf(fmt::format("{}:{}", seed, spec.name));
        std::seed_seq words(digest.begin(), digest.end());
        std::mt19937_64 random(words);
        const auto uniform = [&random] { return static_cast<double>(random() >> 11) * 0x1p-53; };
        const size_t dot = spec.name.rfind('.');
        const bool ofNorm = norms.contains(spec.name.substr(0, dot));
        double centre = 0;
        double halfWidth = 0.1;
        if (ofNorm && (endsWith(spec.name, ".weight") || endsWith(spec.name, ".running_var"))) {
            centre = 1;
            halfWidth = 0.5;
        } else if (!ofNorm && endsWith(spec.name, ".weight")) {
            // He: variance 2 / fan in. One base in four is set, so the first layer's scale is a little low.
            const double fanIn = static_cast<double>(elementCount(spec.shape) / spec.shape.front());
            halfWidth = std::sqrt(6.0 / fanIn);
        }
        NamedTensor tensor{spec.name, spec.shape,
                           std::vector<double>(static_cast<size_t>(elementCount(spec.shape)))};
        // Rounded to float: what trained weights are, so that fp32 and fp64 passes see the same numbers.
        for (double& value : tensor.values)
            value = static_cast<float>(centre + halfWidth * (2 * uniform() - 1));
        return tensor;
    };
}

Result<std::string> digestOfWeights(const NetworkSpec& network, const SafetensorsFile& file) {
    std::string all;
    for (const TensorSpec& spec : network.tensors()) {
        const TensorInfo* info = file.find(spec.name);
        if (info == nullptr)
            return fail(ErrorKind::Mismatch, fmt::format("The tensor \"{}\" is missing.", spec.name),
                        file.path().string());
        DS_ASSIGN(const std::string bytes, file.readBytes(*info));
        all += fmt::format("{} {} {} {}\n", spec.name, info->dtype, shapeText(info->shape),
                           toHex(digestOf(bytes)));
    }
    return toHex(digestOf(all));
}

} // namespace diploscope
