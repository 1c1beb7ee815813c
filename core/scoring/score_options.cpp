// SPDX-License-Identifier: GPL-3.0-or-later
#include "scoring/score_options.h"

#include "base/json_fields.h"

#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

namespace diploscope {

namespace {

Result<Aggregate> aggregateOf(const std::string& word) {
    const std::vector<std::string>& words = aggregateWords();
    const auto found = std::find(words.begin(), words.end(), word);
    if (found == words.end())
        return fail(ErrorKind::BadInput, fmt::format("There is no aggregate \"{}\".", word), "aggregate",
                    suggestName(word, words));
    return static_cast<Aggregate>(found - words.begin());
}

/// "CAGE:brain, adult", "CAGE:brain, adult and 2 more", "tracks 1-3"
std::string trackText(const std::vector<int>& tracks, const TrackList* names) {
    if (names == nullptr)
        return (tracks.size() == 1 ? "track " : "tracks ") + rangesText(tracks);
    const std::string first = (*names)[static_cast<size_t>(tracks.front())].label();
    return tracks.size() == 1 ? first : fmt::format("{} and {} more", first, tracks.size() - 1);
}

/// Of a score that is not the model's default one.
std::string unitOf(const ScoreOptions& score, const ModelInfo& model) {
    const OutputChoice& output = score.output;
    if (output.head)
        return "fine-tuned " + output.head->name;
    const std::string what =
        score.tracks && output.tracks.size() == 1 ? trackText(output.tracks, score.tracks.get()) : model.unit;
    switch (output.aggregate) {
    case Aggregate::Sum:
        break;
    case Aggregate::SumLog1p:
        return fmt::format("log({} + 1)", what);
    case Aggregate::Log2OfSum:
        return fmt::format("log2({})", what);
    }
    return what;
}

} // namespace

Precision precisionOf(const Predictor& predictor, Method method) {
    return predictor.computation(method).find("fp32") == std::string::npos ? Precision::Double
                                                                           : Precision::Single;
}

ScoreOptions defaultScore(const ModelInfo& model) {
    ScoreOptions score;
    score.output = model.defaultOutput;
    score.unit = model.unit;
    score.tracks = model.tracks;
    return score;
}

ScoreOptions defaultScore(const ModelInfo& model, const std::string& phenotypes) {
    return defaultScore(infoFor(model, phenotypes));
}

Result<ScoreOptions> resolveScore(const ScoreRequest& request, const ModelInfo& model) {
    ScoreOptions score = defaultScore(model);
    OutputChoice& output = score.output;
    if (!request.targets.empty()) {
        DS_ASSIGN(TrackList tracks, readTrackList(request.targets, model.trackCount));
        score.tracks = std::make_shared<const TrackList>(std::move(tracks));
    }
    if (!request.head.empty()) {
        if (!request.tracks.empty() || !request.aggregate.empty())
            return fail(ErrorKind::BadInput, "A head says itself which tracks count and how.", "head",
                        "Give either a head, or tracks and an aggregate.");
        DS_ASSIGN(TunedHead head, readTunedHead(request.head, model.trackCount, score.tracks.get()));
        output.useHead(std::make_shared<const TunedHead>(std::move(head)));
    }
    if (!request.tracks.empty()) {
        DS_ASSIGN(output.tracks, chooseTracks(request.tracks, model.trackCount, score.tracks.get()));
        output.head.reset();
    }
    if (!request.aggregate.empty()) {
        if (output.head)
            return fail(ErrorKind::BadInput, "The model's default output is a head, which has no aggregate.",
                        "aggregate", "Say also which tracks are meant.");
        DS_ASSIGN(output.aggregate, aggregateOf(request.aggregate));
    }
    if (!request.bins.empty()) {
        DS_ASSIGN(output.bins, chooseBins(request.bins, model.binCount));
    }
    score.shifts = request.shifts.value_or(0);
    if (score.shifts < 0 || score.shifts > kMostShifts)
        return fail(ErrorKind::BadInput,
                    fmt::format("Shifts of {} bp cannot be averaged over: from 0 to {} can.", score.shifts,
                                kMostShifts),
                    "shifts");
    score.reverseComplement = request.reverseComplement.value_or(false);
    if (output.text() != model.defaultOutput.text())
        score.unit = unitOf(score, model);
    return score;
}

std::string describeScore(const ScoreOptions& score, const ModelInfo& model) {
    std::vector<std::string> parts;
    const OutputChoice& output = score.output;
    if (output.head)
        parts.push_back("head " + output.head->name +
                        (output.head->note.empty() ? "" : " (its track names are not the model's)"));
    else if (model.trackCount > 1)
        parts.push_back(trackText(output.tracks, score.tracks.get()));
    if (model.binCount > 1)
        parts.push_back((output.bins.size() == 1 ? "bin " : "bins ") + rangesText(output.bins));
    if (!output.head && (!parts.empty() || output.aggregate != Aggregate::Sum))
        parts.push_back(aggregateWords()[static_cast<size_t>(output.aggregate)]);
    if (score.shifts > 0)
        parts.push_back(fmt::format("shifts ±{}", score.shifts));
    if (score.reverseComplement)
        parts.emplace_back("both strands");
    return fmt::format("{}", fmt::join(parts, " · "));
}

std::string ScoreMember::name() const {
    std::string text = predictor->info().name;
    if (shift != 0)
        text += fmt::format(", shift {:+}", shift);
    if (otherStrand)
        text += ", other strand";
    return text;
}

std::vector<ScoreMember> membersOf(const std::shared_ptr<const Predictor>& predictor,
                                   const ScoreOptions& score) {
    std::vector<std::shared_ptr<const Predictor>> models = predictor->members();
    if (models.empty())
        models.push_back(predictor);
    std::vector<int> shifts{0};
    for (int shift = 1; shift <= score.shifts; ++shift)
        shifts.insert(shifts.end(), {-shift, shift});

    std::vector<ScoreMember> members;
    for (const int shift : shifts)
        for (const bool otherStrand : {false, true}) {
            if (otherStrand && !score.reverseComplement)
                continue;
            OutputChoice output = score.output;
            if (otherStrand) {
                for (int& bin : output.bins)
                    bin = predictor->info().binCount - 1 - bin;
                std::reverse(output.bins.begin(), output.bins.end());
            }
            for (const auto& model : models)
                members.push_back({model, output, shift, otherStrand});
        }
    return members;
}

std::optional<double> spreadOf(const Eigen::Ref<const Eigen::RowVectorXd>& byMember) {
    if (byMember.size() < 2)
        return std::nullopt;
    return std::sqrt((byMember.array() - byMember.mean()).square().sum() /
                     static_cast<double>(byMember.size() - 1));
}

} // namespace diploscope
