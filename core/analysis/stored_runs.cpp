// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/stored_runs.h"

#include "base/json_text.h"
#include "base/suggestion.h"
#include "study/study_identity.h"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <ctime>
#include <map>
#include <optional>
#include <tuple>

namespace diploscope {

std::string_view toText(RunStanding standing) {
    switch (standing) {
    case RunStanding::Current:
        return "current";
    case RunStanding::OtherState:
        return "other_state";
    case RunStanding::NotKnown:
        return "not_known";
    }
    return {};
}

std::vector<StoredRun> compareRuns(std::vector<ResultRun> runs, std::string_view identity) {
    std::vector<StoredRun> compared;
    for (ResultRun& run : runs) {
        StoredRun stored;
        if (run.study == PublishedStudy || (run.identityKnown && run.study == identity)) {
            stored.standing = RunStanding::Current;
        } else if (run.identityKnown && !identity.empty()) {
            stored.standing = RunStanding::OtherState;
            stored.differs = differences(run.study, identity);
        }
        stored.run = std::move(run);
        compared.push_back(std::move(stored));
    }
    return compared;
}

std::string timeInWords(int64_t seconds) {
    return fmt::format("{:%Y-%m-%d %H:%M} UTC", fmt::gmtime(static_cast<std::time_t>(seconds)));
}

std::string standingInWords(const StoredRun& run) {
    switch (run.standing) {
    case RunStanding::Current:
        return run.run.study == PublishedStudy ? "as published" : "of the study as it is";
    case RunStanding::OtherState:
        return fmt::format("of another state of the study ({} {})", listed(run.differs),
                           run.differs.size() == 1 ? "differs" : "differ");
    case RunStanding::NotKnown:
        return run.run.identityKnown
                   ? "of a state of the study that cannot be compared: its files cannot be read"
                   : "of a state of the study that is not known: an older version of the program stored it";
    }
    return {};
}

std::string runInWords(const StoredRun& run) {
    std::string text = fmt::format("run {}: {}, {} gene{}", run.run.id, run.run.model, run.run.genes,
                                   run.run.genes == 1 ? "" : "s");
    if (run.run.failed > 0)
        text += fmt::format(" and {} that failed", run.run.failed);
    if (run.run.storedAt > 0)
        text += ", stored " + timeInWords(run.run.storedAt);
    text += ", " + standingInWords(run);
    return run.run.heldIn.empty() ? text : text + ", kept in " + run.run.heldIn.string();
}

std::string otherwiseInWords(const ResultRun& run, const ResultRun& other) {
    const std::vector<std::string> options = differences(run.options, other.options);
    std::string text = run.modelChecksum == other.modelChecksum ? "" : "weights";
    if (!options.empty())
        text += (text.empty() ? "" : " and ") + listed(options);
    return text.empty() ? text : "with other " + text;
}

namespace {

/// A part of a run's options; an empty object where they have none of that name, or are no JSON.
nlohmann::json partOf(const ResultRun& run, const char* name) {
    const Result<nlohmann::json> options = parseJson(run.options, "stored options");
    if (!options || !options->is_object() || !options->contains(name) || !(*options)[name].is_object())
        return nlohmann::json::object();
    return (*options)[name];
}

int64_t countIn(const nlohmann::json& part, const char* name) {
    return part.contains(name) && part[name].is_number_integer() ? part[name].get<int64_t>() : 0;
}

} // namespace

std::string scoreInWords(const ResultRun& run) {
    const nlohmann::json score = partOf(run, "score");
    std::string text;
    if (score.contains("output") && score["output"].is_string())
        text = score["output"].get<std::string>();
    const auto add = [&](const std::string& words) { text += (text.empty() ? "" : ", ") + words; };
    if (const int64_t shifts = countIn(score, "shifts"); shifts > 0)
        add(fmt::format("shifts -{0}..{0} bp", shifts));
    if (score.contains("reverse_complement") && score["reverse_complement"] == true)
        add("both strands");
    return text;
}

std::string nullInWords(const ResultRun& run) {
    const nlohmann::json statistics = partOf(run, "statistics");
    const int64_t predictors = countIn(statistics, "null_predictors");
    if (predictors <= 0)
        return {};
    const std::string text = fmt::format("{} random predictors", predictors);
    return statistics.contains("seed") ? text + ", seed " + jsonText(statistics["seed"]) : text;
}

namespace {

/// Nothing where no place holds results, nor where a store has no tables: who makes it may just be at it.
Result<std::optional<HeldResults>> heldResults(const ResultPlaces& places) {
    Result<HeldResults> held = HeldResults::open(places);
    if (held)
        return std::optional(std::move(*held));
    if (held.error().kind == ErrorKind::NotFound)
        return std::optional<HeldResults>();
    return fail(held.error());
}

} // namespace

Result<std::vector<StoredRun>> storedRuns(const ResultPlaces& places, std::string_view identity) {
    DS_ASSIGN(std::optional<HeldResults> held, heldResults(places));
    if (!held)
        return std::vector<StoredRun>();
    DS_ASSIGN(std::vector<ResultRun> runs, held->runs());
    return compareRuns(std::move(runs), identity);
}

std::vector<size_t> runsToShow(const std::vector<StoredRun>& runs) {
    std::map<std::string, size_t> best;
    std::map<std::string, int64_t> first;
    const auto worth = [&](size_t i) {
        return std::tuple(runs[i].standing == RunStanding::Current, runs[i].run.genes, runs[i].run.storedAt,
                          i);
    };
    for (size_t i = 0; i < runs.size(); ++i) {
        const auto [begun, isNew] = first.emplace(runs[i].run.model, runs[i].run.id);
        begun->second = std::min(begun->second, runs[i].run.id);
        if (runs[i].standing == RunStanding::OtherState)
            continue;
        const auto [found, added] = best.emplace(runs[i].run.model, i);
        if (!added && worth(i) > worth(found->second))
            found->second = i;
    }
    std::vector<size_t> shown;
    for (const auto& [model, run] : best)
        shown.push_back(run);
    std::sort(shown.begin(), shown.end(),
              [&](size_t a, size_t b) { return first.at(runs[a].run.model) < first.at(runs[b].run.model); });
    return shown;
}

namespace {

std::string listOf(const std::vector<StoredRun>& runs) {
    std::string text;
    for (const StoredRun& run : runs)
        text += (text.empty() ? "" : "; ") + runInWords(run);
    return text;
}

/// Of those that could be shown, the one that was asked for.
Result<size_t> shownOf(const std::vector<StoredRun>& runs, const std::vector<size_t>& candidates,
                       std::string_view model) {
    std::vector<ModelGenes> names;
    for (const size_t i : candidates)
        names.push_back({runs[i].run.model, {}, {}});
    if (!model.empty()) {
        DS_ASSIGN(const size_t found, findModel(names, model));
        return candidates[found];
    }
    const auto current = std::find_if(candidates.begin(), candidates.end(),
                                      [&](size_t i) { return runs[i].standing == RunStanding::Current; });
    return current == candidates.end() ? candidates.front() : *current;
}

/// A run, and of every other model the one to show of the same state, in the order in which models were run.
std::vector<size_t> withCompanions(size_t shown, const std::vector<StoredRun>& runs) {
    std::vector<StoredRun> sameState;
    std::vector<size_t> indices;
    for (size_t i = 0; i < runs.size(); ++i)
        if (i == shown ||
            (runs[i].run.study == runs[shown].run.study && runs[i].run.model != runs[shown].run.model)) {
            sameState.push_back(runs[i]);
            sameState.back().standing = RunStanding::Current;
            indices.push_back(i);
        }
    std::vector<size_t> chosen;
    for (const size_t i : runsToShow(sameState))
        chosen.push_back(indices[i]);
    return chosen;
}

} // namespace

Result<ChosenRuns> chooseRuns(const ResultPlaces& places, std::string_view identity, std::string_view model,
                              std::optional<int64_t> asked) {
    DS_ASSIGN(HeldResults held, HeldResults::open(places));
    DS_ASSIGN(std::vector<ResultRun> runs, held.runs());
    ChosenRuns chosen;
    chosen.unreadable = held.unreadable();
    chosen.all = compareRuns(std::move(runs), identity);
    if (chosen.all.empty())
        return fail(ErrorKind::NotFound, "The result store is empty.", places.file.string(),
                    "Make results with `diploscope analyze STUDY --genes all --out DIR`.");
    size_t shown = 0;
    if (asked) {
        const auto found = std::find_if(chosen.all.begin(), chosen.all.end(),
                                        [&](const StoredRun& run) { return run.run.id == *asked; });
        if (found == chosen.all.end())
            return fail(ErrorKind::NotFound,
                        fmt::format("There is no run {}; kept are: {}.", *asked, listOf(chosen.all)),
                        places.file.string(), "Give --run one of their numbers.");
        shown = static_cast<size_t>(found - chosen.all.begin());
    } else {
        const std::vector<size_t> candidates = runsToShow(chosen.all);
        if (candidates.empty())
            return fail(ErrorKind::NotFound,
                        "There are no results of the study as it is now; kept are: " + listOf(chosen.all) +
                            ".",
                        places.file.string(),
                        "Make new ones with `diploscope analyze STUDY --genes all --out DIR`, or look at one "
                        "of these with `diploscope summary STUDY --run N`.");
        DS_ASSIGN(shown, shownOf(chosen.all, candidates, model));
    }
    chosen.indices = withCompanions(shown, chosen.all);
    for (const size_t index : chosen.indices) {
        if (index == shown)
            chosen.shown = chosen.models.size();
        const StoredRun& run = chosen.all[index];
        DS_ASSIGN(std::vector<GeneRow> genes, held.genes(run.run.id));
        chosen.models.push_back({run.run.model, std::move(genes), run.run.provenance});
        // What is drawn or written of it must not pass for the study's own of today.
        if (run.standing != RunStanding::Current)
            chosen.models.back().provenance.emplace_back("stored_run", runInWords(run));
    }
    return chosen;
}

namespace {

/// Rows of a run that another store holds: those of genes that are missing here, or failed here.
void addGenes(std::vector<GeneRow>& genes, std::vector<GeneRow> more) {
    std::map<std::string, size_t> known;
    for (size_t i = 0; i < genes.size(); ++i)
        known.emplace(genes[i].geneId, i);
    for (GeneRow& row : more) {
        const auto found = known.find(row.geneId);
        if (found == known.end())
            genes.push_back(std::move(row));
        else if (!genes[found->second].failure.empty() && row.failure.empty())
            genes[found->second] = std::move(row);
    }
}

} // namespace

Result<StoredResults> readStoredResults(const ResultPlaces& places, const ResultRun& run) {
    StoredResults stored;
    DS_ASSIGN(std::optional<HeldResults> held, heldResults(places));
    if (!held) {
        stored.stray = strayResults(places);
        return stored;
    }
    DS_ASSIGN(std::vector<ResultRun> found, held->runs());
    std::vector<StoredRun> runs = compareRuns(std::move(found), run.study);
    std::vector<bool> used(runs.size(), false);
    for (size_t i = runs.size(); i-- > 0;) { // the store that is written to first
        const ResultRun& known = runs[i].run;
        if (known.study != run.study || known.modelChecksum != run.modelChecksum ||
            known.options != run.options)
            continue;
        DS_ASSIGN(std::vector<GeneRow> genes, held->genes(known.id));
        addGenes(stored.genes, std::move(genes));
        used[i] = true;
    }
    for (const size_t i : runsToShow(runs))
        if (runs[i].standing == RunStanding::Current && runs[i].run.model != run.model) {
            DS_ASSIGN(std::vector<GeneRow> genes, held->genes(runs[i].run.id));
            stored.others.push_back({runs[i].run.model, std::move(genes), runs[i].run.provenance});
            used[i] = true;
        }
    for (size_t i = 0; i < runs.size(); ++i)
        if (!used[i])
            stored.kept.push_back(std::move(runs[i]));
    return stored;
}

} // namespace diploscope
