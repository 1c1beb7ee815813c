// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/suggestion.h"
#include "base/words.h"
#include "genome/builds.h"
#include "study/matching.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace diploscope {

namespace {

using Columns = std::unordered_map<std::string, int64_t>;

Columns columnsOf(const std::vector<std::string>& names) {
    Columns columns;
    for (size_t i = 0; i < names.size(); ++i)
        columns.emplace(names[i], static_cast<int64_t>(i));
    return columns;
}

std::string people(size_t count) {
    return counted(count, "person", "people");
}

void noteLeftOut(std::vector<std::string> ids, std::string_view has, std::string_view lacks,
                 StudyCheck& check) {
    if (ids.empty())
        return;
    std::string text =
        fmt::format("{} with {} but no {} left out: {}.", people(ids.size()), has, lacks, listed(ids, 3));
    check.notes.push_back({"people", std::move(text), std::move(ids)});
}

/// The map's pairs by genotype id; pairs whose ids no file has are reported.
std::unordered_map<std::string, std::string> expressionIds(const SampleMap& map, const Columns& genotyped,
                                                           const Columns& expressed, StudyCheck& check) {
    std::unordered_map<std::string, std::string> ids;
    std::vector<std::string> unknown;
    for (size_t i = 0; i < map.pairs.size(); ++i) {
        const SampleMap::Pair& pair = map.pairs[i];
        const bool known = genotyped.contains(pair.genotypeId) || expressed.contains(pair.expressionId);
        if (!known && i > 0) // the first may be a header
            unknown.push_back(pair.genotypeId + " = " + pair.expressionId);
        ids.emplace(pair.genotypeId, pair.expressionId);
    }
    if (!unknown.empty()) {
        std::string text = fmt::format("{} of {} pairs name people that neither file has: {}.",
                                       unknown.size(), map.pairs.size(), listed(unknown, 3));
        check.notes.push_back({"sample map", std::move(text), std::move(unknown)});
    }
    return ids;
}

/// PLINK doubles ids (`HG1_HG1`), sequencing pipelines append lane and batch (`HG1.1.M_111124_6`): one id
/// within the other is worth a word when nothing matches. Empty when there is no such pair.
std::string looksLike(const std::vector<std::string>& genotyped, const std::vector<std::string>& expressed) {
    constexpr size_t Tried = 20;
    constexpr size_t Shortest = 4; // shorter ids are within others by chance
    for (size_t i = 0; i < std::min(Tried, genotyped.size()); ++i)
        for (const std::string& other : expressed) {
            const bool longer = genotyped[i].size() > other.size();
            const std::string& inner = longer ? other : genotyped[i];
            if (inner.size() >= Shortest && (longer ? genotyped[i] : other).find(inner) != std::string::npos)
                return fmt::format(" `{}` may be `{}`, for example.", genotyped[i], other);
        }
    return {};
}

} // namespace

std::map<std::string, Sex> knownSexes(const StudyFile& file, const SampleMap& map, StudyCheck& check) {
    std::map<std::string, Sex> sexes;
    int64_t men = 0;
    for (const SampleMap::Pair& pair : map.pairs)
        if (pair.sex != Sex::Unknown) {
            sexes.emplace(pair.genotypeId, pair.sex);
            men += pair.sex == Sex::Male;
        }
    if (sexes.empty())
        return sexes;
    const bool isBuildKnown = knownBuild(file.build).has_value();
    check.notes.push_back(
        {"sexes",
         fmt::format("{} men and {} women by the sample map{}.", men, std::ssize(sexes) - men,
                     isBuildKnown ? ""
                                  : "; as the study's `build` is neither GRCh37 nor GRCh38, "
                                    "the pseudoautosomal regions are not known, and genotypes "
                                    "on X and Y are taken as they are written"),
         {}});
    return isBuildKnown ? sexes : std::map<std::string, Sex>();
}

PeopleMatch matchPeople(const StudyFile& file, const std::vector<std::string>& genotyped,
                        const std::vector<std::string>& expressed, const std::optional<SampleMap>& map,
                        StudyCheck& check) {
    const Columns columns = columnsOf(expressed);
    std::unordered_map<std::string, std::string> mapped;
    if (map)
        mapped = expressionIds(*map, columnsOf(genotyped), columns, check);

    PeopleMatch match;
    std::unordered_set<int64_t> used;
    std::vector<std::string> genotypesOnly;
    for (const std::string& person : genotyped) {
        const auto pair = mapped.find(person);
        const auto column =
            map && pair == mapped.end() ? columns.end() : columns.find(map ? pair->second : person);
        if (column == columns.end()) {
            genotypesOnly.push_back(person);
            continue;
        }
        match.people.push_back(person);
        match.expressionColumn.push_back(column->second);
        match.expressionIds.push_back(column->first);
        used.insert(column->second);
    }
    if (match.people.empty()) {
        const std::string remedy = map ? "Check that the first column of the sample map holds genotype ids "
                                         "and the second expression ids."
                                       : "If these are the same people under other names, name a two-column "
                                         "`sample_map` (genotype id, "
                                         "expression id) in the study file.";
        check.problems.push_back({ErrorKind::Mismatch,
                                  fmt::format("No person has both genotypes and expression. Genotypes are of "
                                              "{} ({}), expression is of {} ({}).",
                                              people(genotyped.size()), listed(genotyped, 3),
                                              people(expressed.size()), listed(expressed, 3)),
                                  map ? map->file.string() : file.expression.string(),
                                  remedy + looksLike(genotyped, expressed)});
        return match;
    }

    check.notes.push_back(
        {"people",
         fmt::format("{} have both genotypes (of {}) and expression (of {}){}.", people(match.people.size()),
                     genotyped.size(), expressed.size(), map ? ", paired by the sample map" : ""),
         {}});
    std::vector<std::string> expressionOnly;
    for (size_t i = 0; i < expressed.size(); ++i)
        if (!used.contains(static_cast<int64_t>(i)))
            expressionOnly.push_back(expressed[i]);
    noteLeftOut(std::move(genotypesOnly), "genotypes", "expression", check);
    noteLeftOut(std::move(expressionOnly), "expression", "genotypes", check);
    return match;
}

Eigen::MatrixXd matchCovariates(const StudyFile& file, const Covariates& covariates, const PeopleMatch& match,
                                StudyCheck& check) {
    const Columns columns = columnsOf(covariates.people);
    const auto count = Eigen::Index(match.people.size());
    Eigen::MatrixXd values = Eigen::MatrixXd::Zero(count, Eigen::Index(covariates.names.size()));
    std::vector<std::string> missing;
    for (size_t i = 0; i < match.people.size(); ++i) {
        auto column = columns.find(match.expressionIds[i]);
        if (column == columns.end())
            column = columns.find(match.people[i]);
        if (column == columns.end())
            missing.push_back(match.people[i]);
        else
            values.row(Eigen::Index(i)) = covariates.values.col(column->second).transpose();
    }
    if (missing.empty()) {
        check.notes.push_back({"covariates",
                               counted(covariates.names.size(), "covariate", "covariates") + ".",
                               covariates.names});
        checkDegreesOfFreedom(file, values, check);
        return values;
    }
    const bool turned =
        std::any_of(covariates.names.begin(), covariates.names.end(), [&](const std::string& name) {
            return std::find(match.people.begin(), match.people.end(), name) != match.people.end();
        });
    check.problems.push_back(
        {ErrorKind::Mismatch,
         fmt::format("{} of the study's {} have no covariates: {}.", missing.size(),
                     people(match.people.size()), listed(missing)),
         file.covariates->string(),
         turned ? "The table stands on its side: people belong into the columns, covariates into the rows."
                : "Add these people, or remove the `covariates` key from the study file."});
    return values;
}

} // namespace diploscope
