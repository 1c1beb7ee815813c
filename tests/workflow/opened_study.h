// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engines/open_model.h"
#include "model/model_folder.h"
#include "study/small_study.h"
#include "workflow/workspace.h"

namespace diploscope::test {

/// A small study with a model of four tracks, of which the study asks one.
class OpenedStudy {
public:
    OpenedStudy() {
        nlohmann::json model =
            sequentialModel(nlohmann::json::parse(
                                R"([{"conv1d": {"name": "c", "out": 6, "width": 7}}, "relu", {"maxpool": 71},
                                    "flatten", {"linear": {"name": "o", "out": 4}}])"),
                            1000);
        model["output"] = {{"tracks", {0}}};
        writeModelWithWeights(modelFolder(), model);
        SmallStudy small;
        small.extra = R"(, "models": [{"folder": "model", "tracks": "2", "shifts": 1}])";
        const StudyCheck check = openStudy(small.write(m_folder));
        if (!check.study)
            qFatal("%s", check.problems.front().message().c_str());
        study = check.study;
    }
    [[nodiscard]] std::filesystem::path operator/(const std::string& name) const { return m_folder / name; }
    [[nodiscard]] std::filesystem::path modelFolder() const { return m_folder / "model"; }
    [[nodiscard]] const StudyGene& gene(const std::string& name) const {
        return *study->findGene(name).value();
    }

    std::shared_ptr<const Study> study;

private:
    TemporaryFolder m_folder;
};

} // namespace diploscope::test
