// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/transformer/position_table.h"

#include "weights/weights_file.h"

#include <fmt/format.h>

namespace diploscope {

namespace fs = std::filesystem;

namespace {
constexpr const char* kPublishedTable = "tf_gammas.safetensors";
}

Result<std::optional<fs::path>> findPositionTable(const EnformerConfig& config,
                                                  std::span<const fs::path> folders) {
    std::error_code ignored;
    for (const fs::path& folder : folders)
        if (!config.positionTable.empty() && fs::is_regular_file(folder / config.positionTable, ignored))
            return std::optional(folder / config.positionTable);
    if (!config.positionTable.empty())
        return fail(ErrorKind::NotFound,
                    fmt::format("The table of position features is not there: {}.", config.positionTable),
                    folders.front().string(), "Put it beside the weights, or remove \"position_table\".");
    if (config.useTfGamma)
        for (const fs::path& folder : folders)
            for (const fs::path& place : {folder, fs::weakly_canonical(folder, ignored).parent_path()})
                if (fs::is_regular_file(place / kPublishedTable, ignored))
                    return std::optional(place / kPublishedTable);
    return std::optional<fs::path>();
}

Result<Eigen::MatrixXd> readPositionTable(const fs::path& file, const EnformerConfig& config) {
    DS_ASSIGN(const std::shared_ptr<const WeightsFile> opened, openWeights(file));
    const std::vector<int64_t> wanted{2 * config.tokens() - 1, config.positionFeatures() / 6};
    if (opened->tensors().size() != 1)
        return fail(ErrorKind::Mismatch,
                    fmt::format("A table of position features is one tensor, but the file holds {}.",
                                opened->tensors().size()),
                    file.string());
    const TensorInfo& info = opened->tensors().front();
    if (info.shape != wanted)
        return fail(ErrorKind::Mismatch,
                    fmt::format("The table of position features is {}, but this model needs {} ({} tokens).",
                                shapeText(info.shape), shapeText(wanted), config.tokens()),
                    fmt::format("{}, tensor \"{}\"", file.string(), info.name),
                    "Remove the table, or set \"use_tf_gamma\" to false: the features are then computed.");
    DS_ASSIGN(const NamedTensor tensor, opened->read(info.name));
    using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    return Eigen::MatrixXd(Eigen::Map<const RowMajor>(tensor.values.data(), wanted[0], wanted[1]));
}

} // namespace diploscope
