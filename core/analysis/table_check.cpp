// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/table_check.h"

#include "analysis/report_frame.h"
#include "base/words.h"
#include "engines/open_model.h"
#include "model/model_kind.h"
#include "model/model_manifest.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace diploscope {

namespace {

/// What a table has of the genes that were looked at.
struct TableFound {
    size_t genes = 0, withRows = 0;
    AssociationCounts counts;
    int64_t beyond = 0;
    size_t predicted = 0; ///< genes
    int64_t fewestLacking = 0;
    std::optional<Error> fault; ///< the first that is not of one gene alone
    std::optional<Error> lacks; ///< of a gene of which it has nothing

    void add(const ListedEffects& listed) {
        for (const AssociationCountName& name : associationCountNames())
            counts.*name.count += listed.counts.*name.count;
        beyond += listed.beyond;
        if (listed.beyond > 0 || listed.counts != AssociationCounts{})
            ++withRows;
    }
    void note(const Error& error) {
        std::optional<Error>& place = error.kind == ErrorKind::NotFound ? lacks : fault;
        if (!place)
            place = error;
    }
};

Result<void> lookAt(const Study& study, const Gene& gene, const Predictor& model, TableFound& found,
                    const RunContext& context) {
    DS_TRY(context.checkpoint());
    ++found.genes;
    DS_ASSIGN(const ReferenceWindow window, study.window(gene, model.info().input));
    const auto predictions = model.listedPredictions(window, study.people());
    if (!predictions) {
        found.note(predictions.error());
        return {};
    }
    if (*predictions) {
        const int64_t lacking = (*predictions)->lacking;
        found.fewestLacking = found.predicted == 0 ? lacking : std::min(found.fewestLacking, lacking);
        ++found.predicted;
    }
    const auto alleles = study.alleles(window, context);
    if (!alleles && alleles.error().kind == ErrorKind::Cancelled)
        return fail(alleles.error());
    if (!alleles) // which is the study's, and told of it
        return {};
    const auto listed = listedIn(model, window, *alleles, study.file().options.variants);
    if (listed)
        found.add(*listed);
    else
        found.note(listed.error());
    return {};
}

std::string inWords(const TableFound& found, const Study& study, bool hasPredictions) {
    std::string text = fmt::format(" Of {} looked at, ", counted(int64_t(found.genes), "gene", "genes"));
    if (hasPredictions)
        text += fmt::format("{} have predictions, of all but {} of {} people", found.predicted,
                            found.fewestLacking, study.people().size());
    if (!hasPredictions || found.counts != AssociationCounts{})
        text += fmt::format("{}{} have rows in their windows: {}", hasPredictions ? "; " : "", found.withRows,
                            inWords(found.counts));
    if (found.beyond > 0)
        text += fmt::format("; {} beyond", found.beyond);
    return text + ".";
}

Result<void> checkOne(StudyCheck& check, const ModelManifest& manifest, const RunContext& context) {
    const auto model = openModel(manifest.folder.string());
    if (!model) // which opening the study has told
        return {};
    const Study& study = *check.study;
    TableFound found;
    const size_t step = std::max<size_t>(1, study.genes().size() / GenesToCheck);
    for (size_t g = 0; g < study.genes().size() && found.genes < GenesToCheck; g += step)
        DS_TRY(lookAt(study, study.genes()[g].gene, **model, found, context));
    const bool hasPredictions = (*model)->info().listsPeople;
    const bool hasAny = hasPredictions ? found.predicted > 0 : found.withRows > 0;
    if (found.fault)
        check.leftOut.push_back(*found.fault);
    else if (!hasAny && found.lacks)
        check.leftOut.push_back(*found.lacks);
    const std::string begin = fmt::format("{} ({}): ", manifest.name, manifest.kind->name());
    for (StudyNote& note : check.notes)
        if (note.topic == "models" && note.text.starts_with(begin))
            note.text += inWords(found, study, hasPredictions);
    return {};
}

} // namespace

Result<void> checkTableModels(StudyCheck& check, const RunContext& context) {
    if (!check.file || !check.study || check.study->isPublished())
        return {};
    for (const std::filesystem::path& folder : check.file->models) {
        const Result<ModelManifest> manifest = readModelManifest(folder);
        if (!manifest || !manifest->kind->isTable())
            continue;
        const Result<void> checked = checkOne(check, *manifest, context);
        if (!checked && checked.error().kind == ErrorKind::Cancelled)
            return fail(checked.error());
        if (!checked)
            check.leftOut.push_back(checked.error());
    }
    return {};
}

} // namespace diploscope
