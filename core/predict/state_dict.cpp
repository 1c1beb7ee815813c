// SPDX-License-Identifier: GPL-3.0-or-later
#include "predict/state_dict.h"

#include "predict/pickle.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>
#include <set>

namespace diploscope {

namespace {

using Kind = PickleValue::Kind;

constexpr int kDeepestDict = 4;

struct NamedDict {
    std::string name;
    const PickleValue* dict;
};

/// The dict of tensors, looked for level by level.
Result<const PickleValue*> findStateDict(const PickleValue* top) {
    std::vector<NamedDict> level{{"", top}};
    for (int depth = 0; depth < kDeepestDict && !level.empty(); ++depth) {
        std::vector<NamedDict> holders;
        std::vector<NamedDict> below;
        std::set<const PickleValue*> seen;
        for (const NamedDict& named : level) {
            bool holds = false;
            for (size_t i = 0; i + 1 < named.dict->items.size(); i += 2) {
                const PickleValue& key = *named.dict->items[i];
                const PickleValue* const value = named.dict->items[i + 1];
                holds = holds || (key.kind == Kind::Text && value->kind == Kind::Tensor);
                if (value->kind == Kind::Dict && seen.insert(value).second)
                    below.push_back({key.text, value});
            }
            if (holds)
                holders.push_back(named);
        }
        if (holders.size() == 1)
            return holders.front().dict;
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

Result<std::vector<StoredTensor>> readStateDict(std::string_view pickle) {
    DS_ASSIGN(const std::shared_ptr<const PickleValue> top, unpickle(pickle));
    if (top->kind != Kind::Dict)
        return fail(ErrorKind::BadInput, "The file holds no dict of tensors.", "data.pkl",
                    "Save the weights with torch.save(model.state_dict(), \"weights.pt\").");
    DS_ASSIGN(const PickleValue* const dict, findStateDict(top.get()));
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
    std::vector<StoredTensor> tensors;
    for (auto& [name, tensor] : byName)
        tensors.push_back(std::move(tensor));
    return tensors;
}

} // namespace diploscope