// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/torch/script_predictor.h"

#include "engines/torch/plain_locus.h"

namespace diploscope {

namespace {
/// What happens within the module is unknown, so its memory is too: modest batches.
constexpr int64_t kBatch = 8;
} // namespace

ScriptPredictor::ScriptPredictor(ModelInfo info, std::filesystem::path file, MemoryFile program,
                                 ScriptShape shape, PredictorOptions options)
    : m_info(std::move(info))
    , m_file(std::move(file))
    , m_program(std::move(program))
    , m_shape(shape)
    , m_options(std::move(options)) {}

Result<std::unique_ptr<LocusPredictor>> ScriptPredictor::prepare(const ReferenceWindow& window,
                                                                 const OutputChoice& output, Method) const {
    DS_TRY(checkRequest(m_info, window, output));
    DS_ASSIGN(const TorchBackend* torch, torchBackend());
    Result<std::unique_ptr<TorchNetwork>> network = torch->openScript(
        m_program.path(), m_shape, {m_options.devices.front(), Precision::Single, m_options.threads});
    if (!network) {
        Error error = std::move(network).error();
        if (error.where == m_program.path())
            error.where = m_file.string();
        return fail(std::move(error));
    }
    return std::unique_ptr<LocusPredictor>(
        std::make_unique<PlainLocus>(*std::move(network), window, output, m_info.trackCount, kBatch));
}

std::string ScriptPredictor::computation(Method) const {
    return plainComputation(Precision::Single, m_options.devices);
}

} // namespace diploscope
