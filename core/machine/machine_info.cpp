// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/machine_info.h"

#include "base/crash_note.h"
#include "base/log.h"
#include "base/paths.h"
#include "model/model_kind.h"

#include <boost/version.hpp>
#include <fmt/format.h>
#include <htslib/hts.h>
#include <nlohmann/json.hpp>
#include <openssl/crypto.h>
#include <sqlite3.h>
#include <xxhash.h>
#include <zip.h>

#include <system_error>

namespace diploscope {

namespace {

namespace fs = std::filesystem;

std::string dotted(int major, int minor, int patch) {
    return fmt::format("{}.{}.{}", major, minor, patch);
}

std::vector<KnownModel> models() {
    std::vector<KnownModel> found;
    for (const fs::path& folder : knownModelFolders()) {
        KnownModel model{folder.filename().string(), {}, folder, false};
        if (const Result<ModelManifest> manifest = readModelManifest(folder)) {
            model.kind = manifest->kind->name();
            model.ready = manifest->findWeights().has_value();
        }
        found.push_back(std::move(model));
    }
    return found;
}

void lookAtTorch(MachineInfo& info) {
    const Result<const TorchBackend*> torch = torchBackend();
    if (!torch) {
        info.torchProblem = torch.error().message();
        return;
    }
    const auto measured = [&](Device device) -> std::optional<double> {
        const Result<double> speed = (*torch)->measureProducts(device);
        return speed ? std::optional(*speed) : std::nullopt;
    };
    info.torch = (*torch)->facts();
    info.torchGflops = measured({});
    for (const Device& card : info.torch->cards)
        info.cardGflops.push_back(measured(card));
}

} // namespace

std::vector<LibraryVersion> libraryVersions() {
    const auto xxhash = static_cast<int>(XXH_versionNumber());
    return {{"htslib", hts_version()},
            {"SQLite", sqlite3_libversion()},
            {"Eigen", dotted(EIGEN_WORLD_VERSION, EIGEN_MAJOR_VERSION, EIGEN_MINOR_VERSION)},
            {"OpenSSL", OpenSSL_version(OPENSSL_VERSION_STRING)},
            {"libzip", zip_libzip_version()},
            {"xxHash", dotted(xxhash / 10000, xxhash / 100 % 100, xxhash % 100)},
            {"Boost", dotted(BOOST_VERSION / 100000, BOOST_VERSION / 100 % 1000, BOOST_VERSION % 100)},
            {"fmt", dotted(FMT_VERSION / 10000, FMT_VERSION / 100 % 100, FMT_VERSION % 100)},
            {"nlohmann-json",
             dotted(NLOHMANN_JSON_VERSION_MAJOR, NLOHMANN_JSON_VERSION_MINOR, NLOHMANN_JSON_VERSION_PATCH)}};
}

Result<MachineInfo> lookAtMachine(const fs::path& cacheFile, const RunContext& context) {
    MachineInfo info;
    context.report("Looking at the machine", 0, 0);
    info.processor = processor();
    info.cuda = cudaDriver();
    info.libraries = libraryVersions();
    info.models = models();
    info.userData = userDataFolder();
    info.logFile = logFile();
    info.crashNotes = crashNotes();
    std::error_code error;
    for (const fs::path& folder : programDataFolders())
        if (fs::is_directory(folder, error))
            info.programData.push_back(fs::weakly_canonical(folder, error));
    info.cacheFile = cacheFile;
    if (fs::exists(cacheFile, error))
        if (const auto cache = ScoreCache::open(cacheFile))
            if (auto about = (*cache)->info())
                info.cache = std::move(*about);

    DS_TRY(context.checkpoint());
    context.report("Measuring matrix products", 0, 0);
    DS_ASSIGN(const auto turn, context.turn()); // what else computes would be measured with it
    info.blas = blasInfo();
    DS_ASSIGN(info.matrices, measureMatrices(context));
    context.report("Loading LibTorch", 0, 0);
    lookAtTorch(info);
    return info;
}

} // namespace diploscope
