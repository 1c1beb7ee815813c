// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/draft_check.h"

#include "model/model_manifest.h"
#include "viewmodels/counted_text.h"

#include <QTemporaryDir>

#include <algorithm>

namespace diploscope::ui {

namespace fs = std::filesystem;

namespace {

constexpr int DeepestFolder = 3;
constexpr size_t MostFiles = 500;

/// A problem of the temporary file is the draft's.
void hideTemporaryFile(std::vector<Error>& problems, const std::string& file) {
    for (Error& problem : problems)
        for (std::string* words : {&problem.where, &problem.what, &problem.remedy})
            if (const size_t at = words->find(file); at != std::string::npos)
                words->replace(at, file.size(), "the study");
}

void addFilesOf(const fs::path& folder, std::vector<fs::path>& files) {
    std::error_code error;
    std::vector<fs::path> found;
    fs::recursive_directory_iterator entry(folder, fs::directory_options::skip_permission_denied, error), end;
    for (; !error && entry != end && found.size() < MostFiles; entry.increment(error)) {
        std::error_code ignored;
        const bool hidden = entry->path().filename().string().starts_with('.');
        if (entry->is_directory(ignored)) {
            const bool isModel = isModelFolder(entry->path());
            if (isModel)
                found.push_back(entry->path());
            if (isModel || hidden || entry.depth() + 1 >= DeepestFolder)
                entry.disable_recursion_pending();
        } else if (!hidden && entry->is_regular_file(ignored)) {
            found.push_back(entry->path());
        }
    }
    std::sort(found.begin(), found.end()); // folders list their files in no order
    files.insert(files.end(), found.begin(), found.end());
}

} // namespace

QString DraftCheck::headline() const {
    if (!problems.empty())
        return countedText(static_cast<int64_t>(problems.size()), counted::problems);
    return QStringList{countedText(people, counted::people),
                       countedText(genes, ofGenes ? counted::genes : counted::phenotypes),
                       countedText(contigs, counted::contigs)}
        .join(QStringLiteral(" · "));
}

Result<DraftCheck> checkDraft(const StudyFile& study, const RunContext& context) {
    const QTemporaryDir folder;
    if (!folder.isValid())
        return fail(ErrorKind::Io, "No temporary folder can be made: " + folder.errorString().toStdString(),
                    {}, "Check that the disk has room.");
    const fs::path file = fs::path(folder.path().toStdString()) / "draft.study.json";
    DS_TRY(writeStudyFile(study, file));
    StudyCheck opened = openStudy(file, context);
    DS_TRY(context.checkpoint());
    DraftCheck check;
    check.ofGenes = study.isOfGenes();
    if (opened.study) {
        check.people = static_cast<int64_t>(opened.study->people().size());
        check.genes = static_cast<int64_t>(opened.study->genes().size());
        std::vector<std::string> contigs;
        for (const StudyGene& gene : opened.study->genes())
            contigs.push_back(gene.gene.region.contig);
        std::sort(contigs.begin(), contigs.end());
        check.contigs = std::unique(contigs.begin(), contigs.end()) - contigs.begin();
    }
    check.problems = std::move(opened.problems);
    check.problems.insert(check.problems.end(), opened.leftOut.begin(), opened.leftOut.end());
    check.notes = std::move(opened.notes);
    hideTemporaryFile(check.problems, file.string());
    return check;
}

Result<std::vector<RecognisedFile>> recogniseAll(const std::vector<fs::path>& places,
                                                 const RunContext& context) {
    std::vector<fs::path> files;
    for (const fs::path& place : places) {
        std::error_code ignored;
        if (fs::is_directory(place, ignored) && !isModelFolder(place))
            addFilesOf(place, files);
        else
            files.push_back(place);
    }
    std::vector<RecognisedFile> found;
    for (size_t i = 0; i < files.size(); ++i) {
        DS_TRY(context.checkpoint());
        context.report("Looking at " + files[i].filename().string(), static_cast<int64_t>(i),
                       static_cast<int64_t>(files.size()));
        found.push_back(recognise(files[i]));
    }
    return found;
}

std::vector<RecognisedFile> recogniseKnownModels() {
    std::vector<RecognisedFile> models;
    for (const fs::path& folder : knownModelFolders())
        models.push_back(recognise(folder));
    return models;
}

} // namespace diploscope::ui
