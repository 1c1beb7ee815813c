// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/atomic_file.h"
#include "lab/simulate/simulate_study.h"
#include "model/model_folder.h"
#include "support.h"

#include <QByteArray>
#include <QSettings>

namespace diploscope::test {

/// A user's home of its own for a test: cache, data and settings folders that start empty, and a demo study
/// under the data folder as the window would make it, but smaller. Made before anything asks for such a
/// folder.
class DemoHome {
public:
    static constexpr int people = 80;
    static constexpr int genes = 6;

    DemoHome() {
        qputenv("XDG_CACHE_HOME", QByteArray::fromStdString((m_folder / "cache").string()));
        qputenv("XDG_DATA_HOME", QByteArray::fromStdString((m_folder / "data").string()));
        qputenv("XDG_CONFIG_HOME", QByteArray::fromStdString((m_folder / "config").string()));
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope,
                           QString::fromStdString((m_folder / "config").string()));
    }

    [[nodiscard]] std::filesystem::path operator/(const std::string& name) const { return m_folder / name; }
    [[nodiscard]] std::filesystem::path demoFolder() const {
        return m_folder / "data" / "diploscope" / "demo";
    }
    [[nodiscard]] QString study() const {
        return QString::fromStdString((demoFolder() / "demo.study.json").string());
    }

    [[nodiscard]] Result<void> makeDemo() const {
        simulate::SimulationOptions options;
        options.folder = demoFolder();
        std::filesystem::create_directories(options.folder.parent_path());
        options.people = people;
        options.genes = genes;
        DS_TRY(simulate::simulateStudy(options, {}));
        return {};
    }

    /// The demo's study, but with a file that asks a mean over shifts of its model. \return the file
    [[nodiscard]] QString makeShiftedStudy() const {
        nlohmann::json file = nlohmann::json::parse(readWholeFile(study().toStdString()).value());
        file["models"] = nlohmann::json::parse(R"([{"folder": "demo-cnn", "shifts": 1}])");
        writeText(demoFolder() / "shifted.study.json", file.dump(2));
        return QString::fromStdString((demoFolder() / "shifted.study.json").string());
    }

    /// A model that needs seconds for a gene, so that it can be stopped; with fewer convolutions, less.
    /// \return its folder
    [[nodiscard]] QString makeSlowModel(size_t convolutions = 4) const {
        const std::filesystem::path folder = m_folder / "data" / "diploscope" / "models" / "slow";
        nlohmann::json layers = nlohmann::json::array();
        layers.push_back({{"conv1d", {{"name", "a"}, {"out", 96}, {"width", 15}, {"padding", "same"}}}});
        layers.push_back("relu");
        for (const std::string name : {"b", "d", "e", "f"}) {
            if (convolutions-- == 0)
                break;
            layers.push_back(
                {{"conv1d", {{"name", name}, {"out", 96}, {"width", 151}, {"padding", "same"}}}});
            layers.push_back("relu");
        }
        layers.push_back({{"maxpool", 128}});
        layers.push_back("flatten");
        layers.push_back({{"linear", {{"name", "c"}, {"out", 1}}}});
        nlohmann::json model = sequentialModel(layers, 2048, "gene");
        model["name"] = "slow";
        writeModelWithWeights(folder, model);
        return QString::fromStdString(folder.string());
    }

private:
    TemporaryFolder m_folder;
};

} // namespace diploscope::test
