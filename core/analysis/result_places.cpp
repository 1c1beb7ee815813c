// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/result_places.h"

#include "base/atomic_file.h"
#include "base/checksum.h"
#include "base/log.h"
#include "base/paths.h"
#include "base/suggestion.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <set>
#include <tuple>

namespace diploscope {

namespace fs = std::filesystem;

namespace {

/// Runs of a store that is not the one written to count on from a multiple of it, whatever else there is.
constexpr int64_t idsOfAStore = 10'000;

bool isThere(const fs::path& file) {
    std::error_code ignored;
    return fs::exists(file, ignored);
}

/// Whether a file may be written to or made. Rights that let nobody write are meant for root too.
bool mayWrite(const fs::path& file) {
    constexpr auto anyWrite = fs::perms::owner_write | fs::perms::group_write | fs::perms::others_write;
    std::error_code error;
    for (const fs::path& place : {file.parent_path(), file}) {
        const auto rights = fs::status(place, error).permissions();
        if (place == file && !isThere(file))
            break;
        if (access(place.c_str(), W_OK) != 0 || (rights & anyWrite) == fs::perms::none)
            return false;
    }
    return true;
}

/// Wherever a study's results may lie, whichever of them are there.
struct Candidates {
    fs::path beside;  ///< the study file
    fs::path linked;  ///< beside what it is a link to, or the same; empty: the study is not there
    fs::path ofPath;  ///< in the user's folder, as earlier versions called it
    fs::path ofNames; ///< and wherever the study lies: two of the same name share it, told apart by content

    explicit Candidates(const StudyFile& study) : beside(ResultStore::fileOf(study.path)) {
        const auto named = [](const std::string& key) {
            return userDataFolder() / "results" / (toHex(digestOf(key)) + ".results.sqlite");
        };
        std::error_code error;
        const fs::path real = fs::canonical(study.path, error);
        if (!error)
            linked = ResultStore::fileOf(real);
        ofPath = named(study.path.string());
        ofNames = named(beside.filename().string() + '\n' + study.name + '\n' + study.build);
    }
    [[nodiscard]] const fs::path& atStudy() const {
        return !linked.empty() && !isThere(beside) && isThere(linked) ? linked : beside;
    }
    [[nodiscard]] const fs::path& ofUser() const { return isThere(ofPath) ? ofPath : ofNames; }
};

} // namespace

ResultPlaces resultPlacesOf(const StudyFile& study) {
    if (study.published)
        return *study.published;
    const Candidates all(study);
    ResultPlaces places;
    places.beside = all.beside;
    const fs::path& atStudy = all.atStudy();
    places.isAway = !mayWrite(atStudy) && (isThere(all.ofUser()) || !isThere(atStudy));
    places.file = places.isAway ? all.ofUser() : atStudy;
    int64_t added = 0;
    for (const fs::path& one : {all.beside, all.linked, all.ofPath, all.ofNames}) {
        added += idsOfAStore;
        const auto isSame = [&](const fs::path& known) {
            std::error_code ignored;
            return known == one || fs::equivalent(known, one, ignored);
        };
        if (!one.empty() && isThere(one) && !isSame(places.file) &&
            std::none_of(places.others.begin(), places.others.end(),
                         [&](const auto& other) { return isSame(other.first); }))
            places.others.emplace_back(one, added);
    }
    return places;
}

fs::path resultStoreOf(const StudyFile& study) {
    return resultPlacesOf(study).file;
}

Result<ResultStore> openResultStore(const StudyFile& study) {
    const fs::path file = resultStoreOf(study);
    if (!isThere(file) || mayWrite(file))
        return ResultStore::open(file);
    // What others stored of the study is where one's own results begin.
    const fs::path own = Candidates(study).ofUser();
    DS_ASSIGN(AtomicFile copy, AtomicFile::create(own));
    {
        DS_ASSIGN(ResultStore theirs, ResultStore::openExisting(file));
        DS_TRY(theirs.copyTo(copy.temporaryPath()));
    }
    DS_TRY(copy.commit());
    return ResultStore::open(own);
}

std::optional<Error> strayResults(const ResultPlaces& places) {
    constexpr std::string_view ending = ".results.sqlite";
    if (places.beside.empty())
        return std::nullopt;
    const fs::path folder = places.beside.parent_path();
    std::vector<std::string> stray;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
        const std::string name = entry->path().filename().string();
        if (!name.ends_with(ending) || entry->path() == places.beside)
            continue;
        const std::string study = name.substr(0, name.size() - ending.size());
        if (!isThere(folder / (study + ".study.json")) && !isThere(folder / (study + ".json")))
            stray.push_back(name);
    }
    if (stray.empty())
        return std::nullopt;
    std::sort(stray.begin(), stray.end());
    return Error{ErrorKind::NotFound,
                 fmt::format("There are no results yet of a study of this name, but beside it lie{} {}, of a "
                             "study that is not there.",
                             stray.size() == 1 ? "s" : "", listed(stray, 5)),
                 places.beside.string(),
                 fmt::format("If the study was called so before, name its results as it is called now: {}. "
                             "Else make some with `diploscope analyze STUDY --genes all --out DIR`.",
                             places.beside.filename().string())};
}

Result<HeldResults> HeldResults::open(const ResultPlaces& places) {
    HeldResults held;
    Result<ResultStore> own = ResultStore::openExisting(places.file);
    if (own)
        held.m_stores.push_back({std::move(*own), {}, 0});
    else if (own.error().kind != ErrorKind::NotFound)
        return fail(own.error());
    for (const auto& [file, added] : places.others) {
        Result<ResultStore> other = ResultStore::openExisting(file);
        if (other) {
            held.m_stores.push_back({std::move(*other), file, added});
        } else if (other.error().kind != ErrorKind::NotFound) { // which is no reason to hide the rest
            logError(other.error());
            held.m_unreadable = other.error();
        }
    }
    if (!held.m_stores.empty())
        return held;
    if (held.m_unreadable)
        return fail(*held.m_unreadable);
    return fail(strayResults(places).value_or(own.error()));
}

Result<std::vector<ResultRun>> HeldResults::runs() {
    const auto keyOf = [](const ResultRun& run) {
        return std::tie(run.study, run.modelChecksum, run.options);
    };
    std::vector<ResultRun> own, elsewhere;
    std::vector<std::pair<ResultRun, std::set<std::string>>> known; // with the genes that it has
    m_runs.clear();
    for (size_t i = 0; i < m_stores.size(); ++i) {
        Opened& opened = m_stores[i];
        DS_ASSIGN(std::vector<ResultRun> runs, opened.store.runs());
        for (ResultRun& run : runs) {
            std::set<std::string> genes;
            if (m_stores.size() > 1) {
                DS_ASSIGN(genes, opened.store.finishedGenes(run.id));
            }
            if (std::any_of(known.begin(), known.end(), [&](const auto& one) {
                    return keyOf(one.first) == keyOf(run) &&
                           std::includes(one.second.begin(), one.second.end(), genes.begin(), genes.end());
                }))
                continue;
            const int64_t idThere = run.id;
            run.id += opened.added;
            run.heldIn = opened.elsewhere;
            m_runs.emplace(run.id, std::pair(i, idThere));
            known.emplace_back(run, std::move(genes));
            (opened.elsewhere.empty() ? own : elsewhere).push_back(std::move(run));
        }
    }
    elsewhere.insert(elsewhere.end(), own.begin(), own.end());
    return elsewhere;
}

Result<std::vector<GeneRow>> HeldResults::genes(int64_t run) {
    const auto found = m_runs.find(run);
    if (found == m_runs.end())
        return fail(ErrorKind::NotFound, fmt::format("There is no run {}.", run));
    return m_stores[found->second.first].store.genes(found->second.second);
}

} // namespace diploscope
