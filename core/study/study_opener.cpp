// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/suggestion.h"
#include "io/annotation_reader.h"
#include "io/variant_reader.h"
#include "predict/model_manifest.h"
#include "study/matching.h"
#include "study/study.h"
#include "study/study_identity.h"

#include <fmt/format.h>

#include <cmath>

namespace diploscope {

namespace fs = std::filesystem;

/// Takes the steps of opening a study in order. A step that fails adds its problem and the others go on, so
/// far as they do not need what it would have given.
struct StudyOpener {
    StudyOpener(StudyFile studyFile, const RunContext& runContext)
        : file(std::move(studyFile)), fileStates(fileStatesOf(file)), context(runContext) {}

    /// The value of a step, or nothing and one more problem. \param key of the study file that names the part
    template <class Value>
    std::optional<Value> keep(const char* key, Result<Value> result) {
        if (result)
            return std::move(result).value();
        Error error = std::move(result).error();
        if (error.kind == ErrorKind::NotFound)
            error.remedy += fmt::format(" The study file names it under `{}`.", key);
        check.problems.push_back(std::move(error));
        return std::nullopt;
    }
    bool stage(std::string_view words) {
        if (cancelled)
            return false;
        if (context.cancelled()) {
            cancelled = true;
            return false;
        }
        context.report(words, 0, 0);
        return true;
    }

    void checkOtherFiles() {
        const auto exists = [&](const char* key, const std::vector<fs::path>& paths) {
            std::error_code ignored;
            for (const fs::path& path : paths)
                if (!fs::exists(path, ignored))
                    check.problems.push_back(
                        {ErrorKind::NotFound,
                         fmt::format("The study names it under `{}`, but it does not exist.", key),
                         path.string(), "Correct the path in the study file, or remove it."});
        };
        exists("predixcan", file.predixcan);
        exists("fine_mapping", file.fineMapping);
        exists("eqtl", file.eqtl);
    }

    /// Missing weights are no problem of the study: everything else works without, and other models do.
    void checkModels() {
        for (fs::path& model : file.models) {
            std::error_code ignored;
            // What is no folder beside the study file may be the name of a known model.
            const bool plainName =
                model.parent_path() == file.path.parent_path() && !fs::exists(model, ignored);
            const auto folder =
                keep("models", findModelFolder(plainName ? model.filename().string() : model.string()));
            if (!folder)
                continue;
            if (auto score = file.scores.extract(model)) {
                score.key() = *folder;
                file.scores.insert(std::move(score));
            }
            model = *folder;
            const auto manifest = keep("models", readModelManifest(model));
            if (!manifest)
                continue;
            const auto weights = manifest->findWeights();
            check.notes.push_back(
                {"models",
                 fmt::format("{} ({}): {}", manifest->name, manifest->kind,
                             weights ? "ready." : weights.error().what + " " + weights.error().remedy),
                 {}});
        }
    }

    /// People as the expression file is to name them, so that its columns can be told from others.
    [[nodiscard]] std::vector<std::string> expectedPeople() const {
        if (!map)
            return genotypes ? genotypes->people() : std::vector<std::string>();
        std::vector<std::string> names;
        for (const SampleMap::Pair& pair : map->pairs)
            names.push_back(pair.expressionId);
        return names;
    }

    void readParts() {
        if (stage("Reading the reference's index")) {
            reference = keep("reference", FastaReader::open(file.reference));
            if (reference)
                noteReference();
        }
        if (stage("Reading the annotation")) {
            annotation = keep("annotation", readAnnotation(file.annotation));
            if (annotation)
                check.notes.push_back(
                    {"annotation",
                     fmt::format("{} genes{}.", annotation->genes().size(),
                                 annotation->declaredBuild().empty() ? ""
                                                                     : " of " + annotation->declaredBuild()),
                     {}});
        }
        if (stage("Opening the genotypes"))
            genotypes = keep("genotypes", VariantReader::open(file.genotypes, context));
        if (file.sampleMap && stage("Reading the sample map"))
            map = keep("sample_map", readSampleMap(*file.sampleMap));
        if (stage("Reading the expression")) {
            expression = keep("expression", readExpression(file.expression, expectedPeople()));
            if (expression)
                noteExpression();
        }
        if (file.covariates && stage("Reading the covariates"))
            covariates = keep("covariates", readCovariates(*file.covariates));
    }

    void noteReference() {
        int64_t length = 0;
        std::vector<std::string> contigs;
        for (const std::string& contig : reference->contigs()) {
            length += reference->contigLength(contig);
            contigs.push_back(fmt::format("{}: {} bp", contig, reference->contigLength(contig)));
        }
        check.notes.push_back({"reference",
                               fmt::format("{} contig{}, {:.1f} Mb.", contigs.size(),
                                           contigs.size() == 1 ? "" : "s", double(length) / 1e6),
                               std::move(contigs)});
    }

    void noteExpression() {
        const Result<void> transformed = transformExpression(*expression, file.transform);
        if (!transformed) {
            Error error = transformed.error();
            error.where = fmt::format("{}, {}", file.expression.string(), error.where);
            check.problems.push_back(std::move(error));
        }
        const char* transform = file.transform == ExpressionTransform::None        ? "as it is"
                                : file.transform == ExpressionTransform::Log2Plus1 ? "as log2(x + 1)"
                                                                                   : "rank-normalised";
        const auto missing = expression->values.array().isNaN().count();
        check.notes.push_back({"expression",
                               fmt::format("{} genes x {} people ({}), taken {}{}.", expression->genes.size(),
                                           expression->people.size(), expression->layout, transform,
                                           missing == 0   ? ""
                                           : missing == 1 ? "; 1 value missing"
                                                          : fmt::format("; {} values missing", missing)),
                               {}});
    }

    void matchParts() {
        // A map that is there but unreadable would give misleading findings about people.
        const bool mapUsable = map.has_value() || !file.sampleMap;
        if (genotypes && expression && mapUsable) {
            people = matchPeople(file, genotypes->people(), expression->people, map, check);
            if (covariates && !people.people.empty())
                covariateValues = matchCovariates(file, *covariates, people, expression->people, check);
        }
        std::vector<MeasuredGene> measured;
        if (annotation && expression)
            measured = matchGenes(file, *annotation, expression->genes, check);
        checkBuilds(file, reference ? &*reference : nullptr, annotation ? &*annotation : nullptr,
                    expression ? &*expression : nullptr, measured, check);
        if (reference && genotypes && !measured.empty())
            genes = placeGenes(file, measured, *reference, *genotypes, check);
        // Without genes, because a file of theirs has a problem, the genotypes are still looked at: all
        // problems at once.
        if (reference && genotypes && stage("Sampling the genotypes")) {
            const std::vector<Place> places =
                genes.empty() ? samplingPlaces(*reference, *genotypes) : samplingPlaces(genes);
            if (!places.empty())
                sampleGenotypes(file, places, people.people.empty() ? genotypes->people() : people.people,
                                *reference, *genotypes, context, check);
        }
    }

    /// A study of results alone; who shows them reads them from the store.
    StudyCheck openPublished() {
        std::error_code ignored;
        if (!fs::exists(*file.published, ignored)) {
            check.problems.push_back({ErrorKind::NotFound, "The results of the published tables are missing.",
                                      file.published->string(),
                                      "Make the study again with `diploscope import published`."});
            return std::move(check);
        }
        check.notes.push_back(
            {"published", "Results of published tables; no genotypes, so no gene can be analysed.", {}});
        auto study = std::make_shared<Study>();
        study->m_file = std::move(file);
        check.study = std::move(study);
        return std::move(check);
    }

    StudyCheck finish() {
        if (cancelled || context.cancelled()) {
            check.problems.clear();
            check.problems.push_back({ErrorKind::Cancelled, "Stopped on request.", {}, {}});
        }
        if (!check.problems.empty())
            return std::move(check);
        auto study = std::make_shared<Study>();
        study->m_file = std::move(file);
        study->m_fileStates = std::move(fileStates);
        study->m_annotation = std::move(*annotation);
        study->m_genes = std::move(genes);
        for (size_t i = 0; i < study->m_genes.size(); ++i)
            study->m_geneById.emplace(study->m_genes[i].gene.id, i);
        study->m_people = std::move(people.people);
        study->m_expressionColumn = std::move(people.expressionColumn);
        study->m_expression = std::move(*expression);
        study->m_covariates = std::move(covariateValues);
        if (study->m_covariates.size() == 0)
            study->m_covariates.resize(Eigen::Index(study->m_people.size()), 0);
        study->m_reference = std::make_shared<const FastaReader>(std::move(*reference));
        study->m_genotypes = std::make_shared<const VariantReader>(std::move(*genotypes));
        check.study = std::move(study);
        return std::move(check);
    }

    StudyFile file;
    std::vector<FileState> fileStates; ///< before anything of them is read
    const RunContext& context;
    StudyCheck check;
    bool cancelled = false;

    std::optional<FastaReader> reference;
    std::optional<Annotation> annotation;
    std::optional<VariantReader> genotypes;
    std::optional<SampleMap> map;
    std::optional<ExpressionMatrix> expression;
    std::optional<Covariates> covariates;

    PeopleMatch people;
    Eigen::MatrixXd covariateValues;
    std::vector<StudyGene> genes;
};

StudyCheck openStudy(const fs::path& studyFile, const RunContext& context) {
    StudyCheck check;
    std::optional<StudyFile> file = readStudyFile(studyFile, check.problems);
    if (!file)
        return check;
    StudyOpener opener(std::move(*file), context);
    if (opener.file.published)
        return opener.openPublished();
    opener.checkOtherFiles();
    opener.checkModels();
    opener.readParts();
    opener.matchParts();
    return opener.finish();
}

} // namespace diploscope
