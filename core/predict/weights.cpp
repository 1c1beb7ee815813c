// SPDX-License-Identifier: GPL-3.0-or-later
#include "predict/weights.h"

#include "base/checksum.h"
#include "base/suggestion.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace diploscope {

namespace {

std::string canonicalName(const std::string& name, const WeightNeeds& needs) {
    for (const auto& [alias, meaning] : needs.aliases)
        if (name.starts_with(alias))
            return meaning + name.substr(alias.size());
    return name;
}

std::string shapeProblem(const TensorInfo& found, const TensorSpec& wanted) {
    return found.shape == wanted.shape ? std::string()
                                       : fmt::format(" \"{}\" has shape {}, expected {}.", found.name,
                                                     shapeText(found.shape), shapeText(wanted.shape));
}

/// Whether two names of one tensor hold the same values. Of the same shape.
Result<bool> agree(const WeightsFile& file, const TensorInfo& a, const TensorInfo& b) {
    if (file.isSame(a, b))
        return true;
    if (a.dtype != b.dtype)
        return false;
    DS_ASSIGN(const std::string first, file.readBytes(a));
    DS_ASSIGN(const std::string second, file.readBytes(b));
    return first == second;
}

} // namespace

WeightNeeds needsOf(const NetworkSpec& network) {
    return {network.tensors(), {}, {}};
}

WeightNeeds needsOf(const EnformerConfig& config) {
    WeightNeeds needs;
    const std::string asked = fmt::format("_heads.{}.", config.head);
    for (TensorSpec& tensor : config.tensors()) {
        const bool other = tensor.name.starts_with("_heads.") && !tensor.name.starts_with(asked);
        (other ? needs.spare : needs.needed).push_back(std::move(tensor));
    }
    needs.aliases = {{"_trunk.1.", "stem."},
                     {"_trunk.2.", "conv_tower."},
                     {"_trunk.4.", "transformer."},
                     {"_trunk.6.", "final_pointwise."}};
    return needs;
}

Result<ModelWeights> ModelWeights::match(std::shared_ptr<const WeightsFile> file, const WeightNeeds& needs) {
    std::map<std::string, std::vector<const TensorInfo*>> found; // by the network's names
    for (const TensorInfo& info : file->tensors())
        if (!info.name.ends_with(".num_batches_tracked"))
            found[canonicalName(info.name, needs)].push_back(&info);

    ModelWeights weights;
    std::string problems;
    std::vector<std::string> missing;
    for (const TensorSpec& tensor : needs.needed) {
        const auto entry = found.find(tensor.name);
        if (entry == found.end()) {
            missing.push_back(tensor.name);
            continue;
        }
        const std::vector<const TensorInfo*> names = std::move(entry->second);
        found.erase(entry);
        std::string wrongShapes;
        for (const TensorInfo* info : names)
            wrongShapes += shapeProblem(*info, tensor);
        for (size_t i = 1; wrongShapes.empty() && i < names.size(); ++i) {
            DS_ASSIGN(const bool same, agree(*file, *names[0], *names[i]));
            if (!same)
                problems += fmt::format(" \"{}\" and \"{}\" are two names of one tensor, but differ.",
                                        names[0]->name, names[i]->name);
        }
        problems += wrongShapes;
        weights.m_entries.push_back({tensor.name, names.front()});
    }
    for (const TensorSpec& tensor : needs.spare)
        if (const auto entry = found.find(tensor.name); entry != found.end()) {
            for (const TensorInfo* info : entry->second)
                problems += shapeProblem(*info, tensor);
            found.erase(entry);
        }
    for (const std::string& name : missing)
        problems += fmt::format(" \"{}\" is missing.", name);
    for (const auto& [unused, infos] : found)
        for (const TensorInfo* info : infos) {
            problems += fmt::format(" \"{}\" is unexpected.", info->name);
            if (const auto near = nearestNames(info->name, missing, 1); !near.empty())
                problems += fmt::format(" Did you mean \"{}\"?", near.front());
        }
    if (!problems.empty())
        return fail(ErrorKind::Mismatch, "The weights do not fit the model:" + problems,
                    file->path().string(),
                    "Correct the model's names and sizes, or take the weights that belong to it.");
    weights.m_file = std::move(file);
    return weights;
}

WeightSource ModelWeights::source() const {
    std::map<std::string, std::string> names;
    for (const Entry& entry : m_entries)
        names.emplace(entry.name, entry.info->name);
    return [file = m_file, names = std::move(names)](const TensorSpec& tensor) -> Result<NamedTensor> {
        const auto name = names.find(tensor.name);
        DS_ASSIGN(NamedTensor values, file->read(name == names.end() ? tensor.name : name->second));
        values.name = tensor.name;
        return values;
    };
}

WeightSource weightsOfFile(std::shared_ptr<const WeightsFile> file) {
    return [file = std::move(file)](const TensorSpec& tensor) { return file->read(tensor.name); };
}

Result<std::string> ModelWeights::digest() const {
    std::string all;
    for (const Entry& entry : m_entries) {
        DS_ASSIGN(const std::string bytes, m_file->readBytes(*entry.info));
        all += fmt::format("{} {} {} {}\n", entry.name, entry.info->dtype, shapeText(entry.info->shape),
                           toHex(digestOf(bytes)));
    }
    return toHex(digestOf(all));
}

} // namespace diploscope
