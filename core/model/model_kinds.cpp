// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/model_kinds.h"

#include <algorithm>
#include <mutex>

namespace diploscope {

namespace {

/// Made on first use, so that no order of initialisation matters.
struct KnownKinds {
    std::mutex mutex;
    std::vector<const ModelKind*> kinds = builtInModelKinds();
};

KnownKinds& knownKinds() {
    static KnownKinds known;
    return known;
}

} // namespace

std::vector<const ModelKind*> modelKinds() {
    KnownKinds& known = knownKinds();
    const std::lock_guard lock(known.mutex);
    return known.kinds;
}

void addModelKind(const ModelKind& kind) {
    KnownKinds& known = knownKinds();
    const std::lock_guard lock(known.mutex);
    const auto isSame = [&kind](const ModelKind* other) { return other->name() == kind.name(); };
    if (std::none_of(known.kinds.begin(), known.kinds.end(), isSame))
        known.kinds.push_back(&kind);
}

std::vector<std::string> keysOfOtherKinds(const ModelKind& kind) {
    const std::vector<std::string> own = kind.keys();
    std::vector<std::string> others;
    for (const ModelKind* other : modelKinds())
        for (const std::string& key : other->keys())
            if (std::find(own.begin(), own.end(), key) == own.end() &&
                std::find(others.begin(), others.end(), key) == others.end())
                others.push_back(key);
    return others;
}

std::string anyKind(const std::function<bool(const ModelKind&)>& isTrue) {
    std::vector<std::string> names;
    for (const ModelKind* kind : modelKinds())
        if (isTrue(*kind))
            names.push_back(kind->words().one);
    std::string text;
    for (size_t i = 0; i < names.size(); ++i)
        text += (i == 0 ? "" : i + 1 == names.size() ? " or " : ", ") + names[i];
    return text;
}

} // namespace diploscope
