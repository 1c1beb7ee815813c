// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/models_test_command.h"

#include "cli/options/console.h"
#include "cli/options/model_argument.h"
#include "lab/model_test.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>

namespace diploscope::cli {

namespace {

struct ModelsTestRequest {
    std::string model;
    std::string device = "cpu";
    bool trust = false;
};

const char* wordOf(ModelCheck::Outcome outcome) {
    switch (outcome) {
    case ModelCheck::Outcome::Passed:
        return "pass";
    case ModelCheck::Outcome::Failed:
        return "FAIL";
    case ModelCheck::Outcome::Told:
        break;
    }
    return "-";
}

Result<int> runModelsTest(const ModelsTestRequest& request) {
    ModelRequest wanted{.place = request.model};
    DS_ASSIGN(wanted.options.devices, parseDevices(request.device));
    DS_ASSIGN(const ScoredModel model, openAllowedModel(request.trust, wanted));
    DS_ASSIGN(const std::vector<ModelCheck> checks,
              testModel(*model.predictor, model.score.output, consoleContext()));
    finishProgress();
    for (const ModelCheck& check : checks) {
        say("{:<5} {:<12} {}\n", wordOf(check.outcome), check.name, check.found);
        if (check.outcome == ModelCheck::Outcome::Failed)
            say("      {:<12} {}\n", "", check.remedy);
    }
    const auto failed = std::count_if(checks.begin(), checks.end(), [](const ModelCheck& check) {
        return check.outcome == ModelCheck::Outcome::Failed;
    });
    if (failed == 0)
        return 0;
    warn("{} of {} checks failed: do not use the model's scores before they pass.\n", failed, checks.size());
    return 1;
}

} // namespace

void addModelsTest(CLI::App& models, int& exitCode) {
    const auto request = std::make_shared<ModelsTestRequest>();
    CLI::App* command = models.add_subcommand(
        "test",
        "Whether a model keeps what all analyses rely on: shape, determinism, N, batches, strand, edits, "
        "gradient; and how fast it is. The exit code is 1 where something fails");
    command->add_option("MODEL", request->model, "A model's folder, or the name of a known one")->required();
    addDeviceOption(*command, request->device, "Where it computes: cpu, cuda, cuda:1");
    addTrustOption(*command, request->trust);
    command->footer("Example:\n  diploscope models test models/program-jax --trust");
    command->callback(
        [request, &exitCode] { exitCode = runCommand([&] { return runModelsTest(*request); }); });
}

} // namespace diploscope::cli
