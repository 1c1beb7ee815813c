// SPDX-License-Identifier: GPL-3.0-or-later
#include "figures/model_place.h"

#include "base/paths.h"
#include "model/model_manifest.h"

#include <algorithm>

namespace diploscope::ui {

namespace fs = std::filesystem;

std::string modelNameIn(const fs::path& folder) {
    const Result<ModelManifest> manifest = readModelManifest(folder);
    return manifest ? manifest->name : folder.filename().string();
}

Result<std::string> modelPlace(const StudyFile& study, const std::string& asked) {
    if (asked.empty() && study.models.empty())
        return fail(ErrorKind::NotFound, "The study names no model.", study.path.string(),
                    "Give a model's folder or name; `diploscope models` lists those known.");
    if (asked.empty())
        return study.models.front().string();
    if (!fs::path(asked).is_absolute())
        for (const fs::path& folder : study.models)
            if (folder.filename() == asked || modelNameIn(folder) == asked)
                return folder.string();
    return asked;
}

std::string modelInDesign(const StudyFile& study, const std::string& name, const std::string& place) {
    const bool isStudys = std::any_of(study.models.begin(), study.models.end(),
                                      [&](const fs::path& folder) { return modelNameIn(folder) == name; });
    const bool isName = place.find('/') == std::string::npos && !isModelFolder(place);
    if (place.empty() || isStudys)
        return name;
    return isName ? place : resolvedPath({}, place).string();
}

} // namespace diploscope::ui
