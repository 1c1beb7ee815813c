// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/track_list.h"

#include "base/suggestion.h"
#include "base/words.h"
#include "io/text_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>

namespace diploscope {

namespace {

char lower(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

/// `*` any letters, `?` one letter.
bool matches(std::string_view pattern, std::string_view text) {
    size_t p = 0, t = 0, star = std::string_view::npos, resume = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            resume = t;
        } else if (p < pattern.size() && (pattern[p] == '?' || lower(pattern[p]) == lower(text[t]))) {
            ++p;
            ++t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++resume;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

/// "7" or "10-20"; nothing when it is something else.
std::optional<std::pair<int64_t, int64_t>> rangeOf(std::string_view text) {
    const size_t dash = text.find('-');
    int64_t first = 0, last = 0;
    if (dash == std::string_view::npos) {
        if (!parseInteger(text, first) || first < 0)
            return std::nullopt;
        return std::pair(first, first);
    }
    if (!parseInteger(trimmed(text.substr(0, dash)), first) ||
        !parseInteger(trimmed(text.substr(dash + 1)), last))
        return std::nullopt;
    return std::pair(first, last);
}

Result<void> addRange(std::pair<int64_t, int64_t> range, int count, const char* what, std::set<int>& chosen) {
    const auto [first, last] = range;
    if (first > last)
        return fail(ErrorKind::BadInput, fmt::format("The range {}-{} runs backwards.", first, last), what,
                    fmt::format("Write {}-{}.", last, first));
    if (last >= count)
        return fail(ErrorKind::BadInput,
                    fmt::format("There is no {} {}: they go from 0 to {}.", what, last, count - 1));
    for (int64_t i = first; i <= last; ++i)
        chosen.insert(static_cast<int>(i));
    return {};
}

std::vector<int> matchingTracks(std::string_view pattern, const TrackList& names) {
    std::vector<int> found;
    for (size_t i = 0; i < names.size(); ++i)
        if (matches(pattern, names[i].description) || matches(pattern, names[i].label()) ||
            matches(pattern, names[i].identifier))
            found.push_back(static_cast<int>(i));
    return found;
}

/// Names that hold the text, else those that are spelt like it.
std::vector<std::string> nearestTracks(std::string_view pattern, const TrackList& names) {
    std::string bare(pattern);
    std::erase_if(bare, [](char c) { return c == '*' || c == '?'; });
    std::vector<std::string> near, labels;
    for (const TrackInfo& track : names) {
        labels.push_back(track.label());
        if (near.size() < 3 && !bare.empty() && matches("*" + bare + "*", labels.back()))
            near.push_back(labels.back());
    }
    return near.empty() ? nearestNames(bare, labels) : near;
}

std::vector<std::string> parts(std::string_view text) {
    std::vector<std::string_view> fields;
    splitFields(text, ',', fields);
    std::vector<std::string> found;
    for (const std::string_view field : fields) {
        std::string_view part = trimmed(field);
        if (part.size() >= 2 && part.front() == '"' && part.back() == '"')
            part = part.substr(1, part.size() - 2);
        if (!part.empty())
            found.emplace_back(part);
    }
    return found;
}

/// Where the columns of a targets file are; -1: it has none.
struct Columns {
    int index = -1;
    int identifier = -1;
    int description = -1;

    [[nodiscard]] bool any() const { return identifier >= 0 || description >= 0; }
};

Columns columnsOf(const std::vector<std::string_view>& header) {
    Columns columns;
    for (size_t i = 0; i < header.size(); ++i) {
        const auto at = static_cast<int>(i);
        if (header[i] == "index")
            columns.index = at;
        else if (header[i] == "identifier")
            columns.identifier = at;
        else if (header[i] == "description")
            columns.description = at;
    }
    return columns;
}

} // namespace

std::string TrackInfo::label() const {
    const size_t end = description.find_last_not_of(", ");
    return end == std::string::npos ? identifier : description.substr(0, end + 1);
}

Result<TrackList> readTrackList(const std::filesystem::path& file, int trackCount) {
    DS_ASSIGN(TextReader reader, TextReader::open(file));
    TrackList tracks;
    Columns columns;
    std::vector<std::string_view> fields;
    size_t width = 1;
    for (std::string_view line;;) {
        DS_ASSIGN(const bool more, reader.next(line));
        if (!more)
            break;
        if (line.empty() || line.front() == '#')
            continue;
        splitFields(line, '\t', fields);
        if (reader.lineNumber() == 1 && columnsOf(fields).any()) {
            columns = columnsOf(fields);
            dropTrailingSeparators(fields, 1);
            width = fields.size();
            continue;
        }
        if (!columns.any()) { // a plain list
            tracks.push_back({{}, std::string(line)});
            continue;
        }
        dropTrailingSeparators(fields, width);
        if (fields.size() != width)
            return fail(ErrorKind::BadInput,
                        fmt::format("Found {} columns where the header has {}.", fields.size(), width),
                        reader.where(), "Give the file as it was published, separated by tabs.");
        int64_t index = 0;
        if (columns.index >= 0 && (!parseInteger(fields[static_cast<size_t>(columns.index)], index) ||
                                   index != static_cast<int64_t>(tracks.size())))
            return fail(ErrorKind::BadInput,
                        fmt::format("Found index \"{}\" where {} was expected.",
                                    fields[static_cast<size_t>(columns.index)], tracks.size()),
                        reader.where(), "Tracks must stand in the model's order, from 0.");
        const auto at = [&](int column) {
            return column < 0 ? std::string() : std::string(fields[static_cast<size_t>(column)]);
        };
        tracks.push_back({at(columns.identifier), at(columns.description)});
    }
    if (static_cast<int>(tracks.size()) != trackCount)
        return fail(ErrorKind::Mismatch,
                    fmt::format("The file names {} tracks, but the model has {}.", tracks.size(), trackCount),
                    file.string(),
                    "Give the targets file that belongs to this model (and to its head, human or mouse).");
    return tracks;
}

Result<std::vector<int>> chooseTracks(std::string_view text, int trackCount, const TrackList* names) {
    std::set<int> chosen;
    if (names != nullptr) // a name with commas in it
        for (const int track : matchingTracks(trimmed(text), *names))
            chosen.insert(track);
    if (!chosen.empty())
        return std::vector<int>(chosen.begin(), chosen.end());
    for (const std::string& part : parts(text)) {
        if (const auto range = rangeOf(part)) {
            DS_TRY(addRange(*range, trackCount, "track", chosen));
            continue;
        }
        if (names == nullptr)
            return fail(
                ErrorKind::BadInput,
                fmt::format("\"{}\" is no track number, and the model's tracks have no names here.", part),
                "tracks",
                "Give numbers from 0, or a targets file (--targets FILE; \"targets\" in model.json).");
        const std::vector<int> found = matchingTracks(part, *names);
        if (found.empty()) {
            const std::vector<std::string> near = nearestTracks(part, *names);
            return fail(ErrorKind::NotFound, fmt::format("No track is called \"{}\".", part), "tracks",
                        near.empty() ? "Write * for any letters: \"CAGE:*brain*\"."
                                     : fmt::format("Near it: {}. Write * for any letters.", listed(near)));
        }
        chosen.insert(found.begin(), found.end());
    }
    if (chosen.empty())
        return fail(ErrorKind::BadInput, "No track is chosen.", "tracks", "Name at least one.");
    return std::vector<int>(chosen.begin(), chosen.end());
}

Result<std::vector<int>> chooseBins(std::string_view text, int binCount) {
    std::set<int> chosen;
    for (const std::string& part : parts(text)) {
        const auto range = rangeOf(part);
        if (!range)
            return fail(ErrorKind::BadInput, fmt::format("\"{}\" is no bin.", part), "bins",
                        "Write numbers from 0 and ranges: 447-449.");
        DS_TRY(addRange(*range, binCount, "bin", chosen));
    }
    if (chosen.empty())
        return fail(ErrorKind::BadInput, "No bin is chosen.", "bins", "Name at least one.");
    return std::vector<int>(chosen.begin(), chosen.end());
}

std::string rangesText(const std::vector<int>& numbers) {
    std::string text;
    for (size_t i = 0; i < numbers.size();) {
        size_t last = i;
        while (last + 1 < numbers.size() && numbers[last + 1] == numbers[last] + 1)
            ++last;
        text += fmt::format("{}{}", text.empty() ? "" : ",", numbers[i]);
        if (last > i)
            text += fmt::format("{}{}", last == i + 1 ? "," : "-", numbers[last]);
        i = last + 1;
    }
    return text;
}

} // namespace diploscope
