// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/side_tables.h"

#include "analysis/external_tables.h"
#include "analysis/predixcan.h"

#include <fmt/format.h>

namespace diploscope {

namespace {

/// Notes what was found, or why the file is left out.
Result<void> take(Result<std::string> found, const char* topic, StudyCheck& check) {
    if (found)
        check.notes.push_back({topic, *found, {}});
    else if (found.error().kind == ErrorKind::Cancelled)
        return fail(found.error());
    else
        check.leftOut.push_back(found.error());
    return {};
}

Result<std::string> databaseInWords(const Study* study, const std::filesystem::path& file,
                                    const RunContext& context) {
    DS_ASSIGN(const PredixcanDatabase database, readPredixcan(file));
    std::string text = fmt::format("{}: {} genes, {} weights", file.filename().string(),
                                   database.genes.size(), database.weights.size());
    if (study == nullptr)
        return text + ".";
    Result<PredixcanScores> scores = applyPredixcan(*study, database, {}, context);
    if (!scores) {
        Error error = scores.error();
        if (error.kind != ErrorKind::Cancelled && error.where.find(file.string()) == std::string::npos)
            error.where = file.string() + (error.where.empty() ? "" : " and ") + error.where;
        return fail(std::move(error));
    }
    return text + fmt::format(", {} of them used.", scores->total().used);
}

} // namespace

Result<void> checkSideTables(StudyCheck& check, const RunContext& context) {
    if (!check.file || check.file->published)
        return {};
    const Study* study = check.study.get();
    for (const auto& file : check.file->predixcan)
        DS_TRY(take(databaseInWords(study, file, context), "predixcan", check));
    if (study != nullptr) {
        DS_ASSIGN(const auto tables, readExternalTables(*study, context));
        if (!tables)
            return {};
        for (const auto* list : {&tables->eqtl, &tables->fineMapping})
            for (const AssociationTable& table : *list)
                check.notes.push_back({list == &tables->eqtl ? "eqtl" : "fine mapping",
                                       fmt::format("{} ({}): {} of {} rows are of {} of the study's genes.",
                                                   table.name(), toText(table.format()), table.rowsKept(),
                                                   table.rowsRead(), table.geneCount()),
                                       {}});
        check.leftOut.insert(check.leftOut.end(), tables->leftOut.begin(), tables->leftOut.end());
        return {};
    }
    for (const auto* files : {&check.file->eqtl, &check.file->fineMapping})
        for (const auto& file : *files) {
            const Result<AssociationTable> table = AssociationTable::read(file, {}, context);
            if (table)
                continue;
            if (table.error().kind == ErrorKind::Cancelled)
                return fail(table.error());
            check.leftOut.push_back(table.error());
        }
    return {};
}

} // namespace diploscope
