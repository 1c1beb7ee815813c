// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/options/model_argument.h"

#include "cli/options/console.h"
#include "model/device.h"
#include "model/model_trust.h"

#include <CLI/CLI.hpp>
#include <fmt/core.h>

namespace diploscope::cli {

CLI::Option* addDeviceOption(CLI::App& command, std::string& device, const char* help) {
    const auto fault = [](const std::string& text) {
        const Result<DeviceList> devices = parseDevices(text);
        return devices ? std::string() : devices.error().message();
    };
    return command.add_option("--device", device, help)->check(fault)->capture_default_str();
}

void addTrustOption(CLI::App& command, bool& trust) {
    command.add_flag("--trust", trust,
                     "Let a model run that is a program of its maker (TorchScript, a command); remembered by "
                     "its checksum");
}

Result<std::string> firstModelOf(const StudyFile& study) {
    if (study.models.empty())
        return fail(ErrorKind::NotFound, "The study names no model.", study.path.string(),
                    "Give --model with a model's folder or name; `diploscope models` lists those known.");
    const std::string word = study.modelWord(study.models.front());
    const Result<std::filesystem::path> folder = findModelFolder(word);
    return folder ? folder->string() : word; // whoever opens it says what is wrong
}

Result<void> allowModel(bool trust, const std::string& folderOrName) {
    if (!trust)
        return {};
    const Result<void> allowed = trustModel(folderOrName);
    if (allowed || allowed.error().kind != ErrorKind::Io)
        return allowed;
    reportError(allowed.error());
    return {};
}

Result<ScoredModel> openAllowedModel(bool trust, const ModelRequest& request, std::FILE* noteTo) {
    DS_TRY(allowModel(trust, request.place));
    DS_ASSIGN(ScoredModel opened, openScoredModel(request));
    if (const std::string note = opened.note(); !note.empty())
        sayTo(noteTo, "{}\n", shown(note));
    if (const std::string note = opened.headNote(); !note.empty())
        warn("{}\n", note);
    return opened;
}

} // namespace diploscope::cli
