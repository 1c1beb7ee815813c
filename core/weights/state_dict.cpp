// SPDX-License-Identifier: GPL-3.0-or-later
#include "weights/state_dict.h"

#include "base/words.h"
#include "weights/pickle.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <set>

namespace diploscope {

namespace {

using Kind = PickleValue::Kind;

constexpr int kDeepestDict = 4;

struct NamedDict {
    std::string name; ///< "state.model"
    const PickleValue* dict;
    bool holds = false; ///< tensors
};

/// Of a training, and never its model's weights.
bool isBesideWeights(const std::string& key) {
    const std::string name = lowerCase(key);
    for (const char* begins :
         {"optim", "lr_sched", "sched", "scaler", "grad_scaler", "amp", "callbacks", "loops", "rng", "random",
          "hyper_param", "hparams", "args", "config", "loss", "metric"})
        if (name.starts_with(begins))
            return true;
    return false;
}

/// What trainings call the dict of weights. Where one is there, tensors beside it (losses, counters) are
/// none.
bool isCalledWeights(const std::string& key) {
    const std::string name = lowerCase(key);
    for (const char* word : {"model", "net", "network", "module", "weights", "params", "parameters", "ema"})
        if (name == word)
            return true;
    return name.find("state_dict") != std::string::npos || name.find("statedict") != std::string::npos ||
           name.starts_with("model_") || name.ends_with("_model");
}

bool holdsTensors(const PickleValue& dict) {
    for (size_t i = 0; i + 1 < dict.items.size(); i += 2)
        if (dict.items[i]->kind == Kind::Text && dict.items[i + 1]->kind == Kind::Tensor)
            return true;
    return false;
}

/// Dicts in a dict, but for those of a training's other state.
std::vector<NamedDict> dictsIn(const NamedDict& outer, std::set<const PickleValue*>& seen) {
    std::vector<NamedDict> found;
    for (size_t i = 0; i + 1 < outer.dict->items.size(); i += 2) {
        const PickleValue& key = *outer.dict->items[i];
        const PickleValue* const value = outer.dict->items[i + 1];
        if (value->kind != Kind::Dict || key.kind != Kind::Text || isBesideWeights(key.text) ||
            !seen.insert(value).second)
            continue;
        const std::string name = outer.name.empty() ? key.text : outer.name + "." + key.text;
        found.push_back({name, value, holdsTensors(*value)});
    }
    return found;
}

/// The dict of tensors, looked for level by level.
Result<NamedDict> findStateDict(const PickleValue* top) {
    std::vector<NamedDict> level{{"", top, holdsTensors(*top)}};
    std::set<const PickleValue*> seen{top};
    for (int depth = 0; depth < kDeepestDict && !level.empty(); ++depth) {
        std::vector<NamedDict> holders;
        std::vector<NamedDict> below;
        for (NamedDict& named : level) {
            std::vector<NamedDict> inner = dictsIn(named, seen);
            const bool beside = std::any_of(inner.begin(), inner.end(), [](const NamedDict& dict) {
                return dict.holds && isCalledWeights(dict.name.substr(dict.name.rfind('.') + 1));
            });
            if (named.holds && !beside)
                holders.push_back(named);
            below.insert(below.end(), inner.begin(), inner.end());
        }
        if (holders.size() == 1)
            return holders.front();
        if (holders.size() > 1) {
            std::vector<std::string> names;
            for (const NamedDict& named : holders)
                names.push_back('"' + named.name + '"');
            return fail(ErrorKind::BadInput,
                        fmt::format("The file holds several dicts of tensors: {}.", fmt::join(names, ", ")),
                        "data.pkl",
                        "Save the one that is meant alone: torch.save(checkpoint[\"...\"], \"weights.pt\").");
        }
        level = std::move(below);
    }
    return fail(ErrorKind::BadInput, "The file holds no dict of tensors.", "data.pkl",
                "Save the weights with torch.save(model.state_dict(), \"weights.pt\").");
}

} // namespace

Result<StateDict> readStateDict(std::string_view pickle) {
    DS_ASSIGN(const std::shared_ptr<const PickleValue> top, unpickle(pickle));
    if (top->kind == Kind::Foreign)
        return fail(ErrorKind::Unsupported,
                    fmt::format("The file is an object of {}, not its weights; nothing of it was run.",
                                top->text.substr(0, 200)),
                    "data.pkl", "Save the weights alone: torch.save(model.state_dict(), \"weights.pt\").");
    if (top->kind != Kind::Dict)
        return fail(ErrorKind::BadInput, "The file holds no dict of tensors.", "data.pkl",
                    "Save the weights with torch.save(model.state_dict(), \"weights.pt\").");
    DS_ASSIGN(const NamedDict found, findStateDict(top.get()));
    const PickleValue* const dict = found.dict;
    std::map<std::string, StoredTensor> byName;
    for (size_t i = 0; i + 1 < dict->items.size(); i += 2) {
        const PickleValue& key = *dict->items[i];
        const PickleValue& value = *dict->items[i + 1];
        if (key.kind != Kind::Text || value.kind != Kind::Tensor)
            continue;
        StoredTensor tensor = value.tensor;
        tensor.name = key.text;
        if (!byName.emplace(key.text, std::move(tensor)).second)
            return fail(ErrorKind::BadInput, fmt::format("The tensor \"{}\" is listed twice.", key.text),
                        "data.pkl");
    }
    StateDict read{{}, found.name};
    for (auto& [name, tensor] : byName)
        read.tensors.push_back(std::move(tensor));
    return read;
}

} // namespace diploscope