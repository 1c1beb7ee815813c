// SPDX-License-Identifier: GPL-3.0-or-later
#include "predict/tuned_head.h"

#include "base/checksum.h"
#include "io/text_reader.h"

#include <fmt/format.h>

#include <cmath>
#include <numbers>
#include <optional>

namespace diploscope {

double TunedHead::score(const Eigen::Ref<const Eigen::RowVectorXd>& sums) const {
    return sums.array().log().matrix().dot(weights) / std::numbers::ln2 + offset;
}

Eigen::RowVectorXd TunedHead::gradient(const Eigen::Ref<const Eigen::RowVectorXd>& sums) const {
    return weights.transpose().array() / (sums.array() * std::numbers::ln2);
}

Result<TunedHead> readTunedHead(const std::filesystem::path& file, int trackCount) {
    DS_ASSIGN(TextReader reader, TextReader::open(file));
    const std::string remedy =
        "Expected are the columns tracks,weights, a row for each of the model's tracks in "
        "its order, and offset last.";
    TunedHead head;
    head.name = file.stem().string();
    std::vector<double> weights;
    std::optional<double> offset;
    int rows = 0;
    for (std::string_view line;;) {
        DS_ASSIGN(const bool more, reader.next(line));
        if (!more)
            break;
        if (line.empty())
            continue;
        if (reader.lineNumber() == 1) {
            if (line != "tracks,weights" && line != "\"tracks\",\"weights\"")
                return fail(ErrorKind::BadInput, fmt::format("The header is \"{}\".", line.substr(0, 60)),
                            reader.where(), remedy);
            continue;
        }
        if (offset)
            return fail(ErrorKind::BadInput, "A row follows the offset.", reader.where(), remedy);
        // Unquoted names hold commas: the weight is what follows the last one.
        const size_t comma = line.rfind(',');
        double weight = 0;
        if (comma == std::string_view::npos || !parseNumber(line.substr(comma + 1), weight) ||
            !std::isfinite(weight))
            return fail(ErrorKind::BadInput,
                        fmt::format("\"{}\" does not end in a weight.", line.substr(0, 60)), reader.where(),
                        remedy);
        const std::string_view name = line.substr(0, comma);
        if (name == "offset" || name == "\"offset\"") {
            offset = weight;
            continue;
        }
        if (weight != 0) {
            head.tracks.push_back(rows);
            weights.push_back(weight);
        }
        ++rows;
    }
    if (!offset)
        return fail(ErrorKind::BadInput, "The last row, offset, is missing: the file may be cut off.",
                    file.string(), remedy);
    if (rows != trackCount)
        return fail(ErrorKind::Mismatch,
                    fmt::format("The head has {} tracks, but the model {}.", rows, trackCount), file.string(),
                    "Give a head that was fitted to this model's tracks.");
    if (weights.empty())
        return fail(ErrorKind::BadInput, "Every weight is 0.", file.string());
    head.weights =
        Eigen::Map<const Eigen::VectorXd>(weights.data(), static_cast<Eigen::Index>(weights.size()));
    head.offset = *offset;
    std::string content = fmt::format("{}", head.offset);
    for (size_t k = 0; k < weights.size(); ++k)
        content += fmt::format(" {}:{}", head.tracks[k], weights[k]);
    head.digest = toHex(digestOf(content));
    return head;
}

} // namespace diploscope
