// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/suggestion.h"
#include "genome/builds.h"
#include "genome/contig_names.h"
#include "study/matching.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace diploscope {

namespace {

Error otherBuild(const StudyFile& file, const char* part, const std::string& found, std::string how,
                 std::string where) {
    return {ErrorKind::Mismatch,
            fmt::format("The study is of build {}, but its {} is of {} ({}).", file.build, part, found, how),
            std::move(where),
            fmt::format("Give the {} of {}, or correct `build` in the study file.", part, file.build)};
}

void checkReference(const StudyFile& file, const std::string& build, const FastaReader& reference,
                    StudyCheck& check) {
    for (const std::string& contig : reference.contigs()) {
        const int64_t length = reference.contigLength(contig);
        const auto found = buildOfContig(contig, length);
        if (found && *found != build) {
            check.problems.push_back(otherBuild(file, "reference", *found,
                                                fmt::format("contig {} has {} bp", contig, length),
                                                file.reference.string()));
            return;
        }
    }
}

/// Genes move by much more than this between builds, and by less between releases of one annotation.
constexpr int64_t NearEnough = 10'000;

void checkPositions(const StudyFile& file, const ExpressionRows& expression,
                    const std::vector<MeasuredGene>& measured, StudyCheck& check) {
    if (expression.positions().empty())
        return;
    std::set<std::string> contigs;
    for (const Region& position : expression.positions())
        contigs.insert(position.contig);
    const std::vector<std::string> names(contigs.begin(), contigs.end());
    std::map<std::string, std::vector<std::string>> namesOf; // of the annotation's contigs, in the expression
    const auto isOn = [&](const Region& position, const std::string& contig) {
        const auto [known, isNew] = namesOf.try_emplace(contig);
        if (isNew)
            known->second = matchingContigs(contig, names);
        return std::find(known->second.begin(), known->second.end(), position.contig) != known->second.end();
    };
    std::vector<std::string> elsewhere;
    for (const MeasuredGene& one : measured) {
        const Region& position = expression.positions()[static_cast<size_t>(one.row)];
        const Region& gene = one.gene->region;
        if (!isOn(position, gene.contig) || position.start < gene.start - NearEnough ||
            position.start > gene.end + NearEnough)
            elsewhere.push_back(fmt::format("{}: {}:{} against {}",
                                            expression.genes()[static_cast<size_t>(one.row)], position.contig,
                                            position.start + 1, toText(gene)));
    }
    if (elsewhere.empty())
        return;
    const std::string text =
        fmt::format("{} of {} genes lie elsewhere in the expression file than in the annotation: {}.",
                    elsewhere.size(), measured.size(), listed(elsewhere, 3));
    if (2 * elsewhere.size() > measured.size())
        check.problems.push_back(
            {ErrorKind::Mismatch, text, file.expression.string(),
             "The two are of different genome builds: give an annotation of the build that the "
             "expression was counted on, and check the reference too."});
    else
        check.notes.push_back({"genes", text, std::move(elsewhere)});
}

} // namespace

void checkBuilds(const StudyFile& file, const FastaReader* reference, const Annotation* annotation,
                 const ExpressionRows* expression, const std::vector<MeasuredGene>& measured,
                 StudyCheck& check) {
    const auto build = knownBuild(file.build);
    if (build && reference != nullptr)
        checkReference(file, *build, *reference, check);
    if (build && annotation != nullptr) {
        const auto found = knownBuild(annotation->declaredBuild());
        if (found && *found != *build)
            check.problems.push_back(otherBuild(
                file, "annotation", *found, fmt::format("its head says `{}`", annotation->declaredBuild()),
                file.annotation.string()));
    }
    if (expression != nullptr && file.isOfGenes()) // the places of others are nobody else's
        checkPositions(file, *expression, measured, check);
}

} // namespace diploscope
