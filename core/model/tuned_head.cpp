// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/tuned_head.h"

#include "base/checksum.h"
#include "io/text_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <numbers>
#include <optional>
#include <unordered_map>

namespace diploscope {

namespace {

/// What two spellings of one track's name have in common.
std::string bareName(std::string_view name) {
    std::string bare;
    for (const char c : name)
        if (std::isalnum(static_cast<unsigned char>(c)) != 0)
            bare += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return bare;
}

/// The names that a head may give a track of the model; the last is what a head has where no names were known
/// when it was fitted.
std::array<std::string, 3> bareNames(const TrackInfo& track, size_t index) {
    return {bareName(track.description), bareName(track.identifier), fmt::format("track{}", index)};
}

struct HeadRow {
    std::string name;
    std::string where; ///< file and line
};

/// Rows count by their place alone, so a table that was sorted by name would weigh the wrong tracks.
/// \return in words, that names differ; empty where they do not. \error Mismatch where a row has another
/// track's name
Result<std::string> compareNames(const std::vector<HeadRow>& rows, const TrackList* known) {
    if (known == nullptr || known->size() != rows.size())
        return std::string();
    const TrackList& names = *known;
    std::unordered_map<std::string, size_t> trackOfName; // the first of those that share it
    for (size_t k = 0; k < names.size(); ++k)
        for (std::string& name : bareNames(names[k], k))
            if (!name.empty())
                trackOfName.emplace(std::move(name), k);
    size_t differing = 0, firstDiffering = 0;
    for (size_t k = 0; k < rows.size(); ++k) {
        const std::string name = bareName(rows[k].name);
        const std::array<std::string, 3> own = bareNames(names[k], k);
        if (name.empty() || std::find(own.begin(), own.end(), name) != own.end())
            continue;
        if (const auto other = trackOfName.find(name); other != trackOfName.end())
            return fail(
                ErrorKind::Mismatch,
                fmt::format("The row of the model's track {}, `{}`, is called \"{}\", as its track {} "
                            "is: the rows are in another order than the tracks.",
                            k, names[k].label(), rows[k].name.substr(0, 80), other->second),
                rows[k].where, "Put the rows into the model's order, as its targets file has the tracks.");
        firstDiffering = differing++ == 0 ? k : firstDiffering;
    }
    if (differing == 0)
        return std::string();
    return fmt::format("{} of the head's {} tracks are called otherwise than the model's, first track {}: "
                       "\"{}\" in the head, \"{}\" in the model. Check that the head is of this model.",
                       differing, rows.size(), firstDiffering, rows[firstDiffering].name.substr(0, 80),
                       names[firstDiffering].label());
}

std::string digestOfHead(const TunedHead& head) {
    std::string content = fmt::format("{}", head.offset);
    for (size_t k = 0; k < head.tracks.size(); ++k)
        content += fmt::format(" {}:{}", head.tracks[k], head.weights[static_cast<Eigen::Index>(k)]);
    return toHex(digestOf(content));
}

} // namespace

double TunedHead::score(const Eigen::Ref<const Eigen::RowVectorXd>& sums) const {
    return sums.array().log().matrix().dot(weights) / std::numbers::ln2 + offset;
}

Eigen::RowVectorXd TunedHead::gradient(const Eigen::Ref<const Eigen::RowVectorXd>& sums) const {
    return weights.transpose().array() / (sums.array() * std::numbers::ln2);
}

Result<TunedHead> readTunedHead(const std::filesystem::path& file, int trackCount, const TrackList* names) {
    DS_ASSIGN(TextReader reader, TextReader::open(file));
    const std::string remedy =
        "Expected are the columns tracks,weights, a row for each of the model's tracks in "
        "its order, and offset last.";
    TunedHead head;
    head.name = file.stem().string();
    std::vector<double> weights;
    std::optional<double> offset;
    std::vector<HeadRow> rows;
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
            head.tracks.push_back(static_cast<int>(rows.size()));
            weights.push_back(weight);
        }
        rows.push_back({std::string(name), reader.where()});
    }
    if (!offset)
        return fail(ErrorKind::BadInput, "The last row, offset, is missing: the file may be cut off.",
                    file.string(), remedy);
    if (static_cast<int>(rows.size()) != trackCount)
        return fail(ErrorKind::Mismatch,
                    fmt::format("The head has {} tracks, but the model {}.", rows.size(), trackCount),
                    file.string(), "Give a head that was fitted to this model's tracks.");
    DS_ASSIGN(head.note, compareNames(rows, names));
    if (weights.empty())
        return fail(ErrorKind::BadInput, "Every weight is 0.", file.string());
    head.weights =
        Eigen::Map<const Eigen::VectorXd>(weights.data(), static_cast<Eigen::Index>(weights.size()));
    head.offset = *offset;
    head.digest = digestOfHead(head);
    return head;
}

} // namespace diploscope
