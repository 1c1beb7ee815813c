// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/model_kinds.h"

#include <algorithm>

namespace diploscope {

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
