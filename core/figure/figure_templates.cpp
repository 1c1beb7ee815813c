// SPDX-License-Identifier: GPL-3.0-or-later
#include "figure/figure_templates.h"

#include "base/paths.h"
#include "figure/figure_file.h"

#include <map>

namespace diploscope {

namespace fs = std::filesystem;

std::vector<FigureTemplate> figureTemplates() {
    std::vector<fs::path> roots{userDataFolder()};
    for (const fs::path& folder : programDataFolders())
        roots.push_back(folder);
    std::map<std::string, fs::path> byName;
    for (const fs::path& root : roots) {
        std::error_code error;
        for (fs::directory_iterator entry(root / "figures", error), end; !error && entry != end;
             entry.increment(error))
            if (isFigureFile(entry->path())) // twice without an ending
                byName.emplace(entry->path().stem().stem().string(), entry->path().lexically_normal());
    }
    std::vector<FigureTemplate> templates;
    for (const auto& [name, file] : byName)
        templates.push_back({name, file});
    return templates;
}

} // namespace diploscope
