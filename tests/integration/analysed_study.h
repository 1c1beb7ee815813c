// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "integration/program.h"
#include "model/model_folder.h"
#include "study/small_study.h"

#include <functional>

namespace diploscope::test {

inline QString textOf(const std::filesystem::path& path) {
    return QString::fromStdString(path.string());
}

/// Runs the program after `prepare` was called in its process.
inline Run runPrepared(const std::filesystem::path& home, const QStringList& arguments,
                       const std::function<void()>& prepare) {
    QProcess process;
    process.setProcessEnvironment(programEnvironment(home));
    process.setChildProcessModifier(prepare);
    process.start(DIPLOSCOPE_PROGRAM, arguments);
    process.waitForFinished(300000);
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            QString::fromUtf8(process.readAllStandardOutput()),
            QString::fromUtf8(process.readAllStandardError())};
}

/// A small convolutional model with random weights.
inline void writeTestModel(const std::filesystem::path& folder, uint64_t seed = 1,
                           const std::string& name = "test-net") {
    const nlohmann::json layers =
        nlohmann::json::parse(R"([{"conv1d": {"name": "c", "out": 6, "width": 7}}, "relu",
                                  {"maxpool": 71}, "flatten", {"linear": {"name": "o", "out": 1}}])");
    nlohmann::json model = sequentialModel(layers, 1000);
    model["name"] = name;
    writeModelWithWeights(folder, model, seed);
}

/// A study of three genes with the model `model`, in a folder that is made. \return the study file
inline std::filesystem::path writeStudyWithModel(const std::filesystem::path& folder, SmallStudy small = {}) {
    const TemporaryFolder made;
    small.extra = R"(, "models": ["model"])";
    (void)small.write(made);
    std::filesystem::copy(made.path(), folder, std::filesystem::copy_options::recursive);
    writeTestModel(folder / "model");
    return folder / "small.study.json";
}

} // namespace diploscope::test
