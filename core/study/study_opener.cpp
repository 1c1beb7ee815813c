// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/input_file.h"
#include "base/paths.h"
#include "base/stage_clock.h"
#include "base/suggestion.h"
#include "base/words.h"
#include "genome/builds.h"
#include "io/annotation_cache.h"
#include "io/chain_reader.h"
#include "io/file_heads.h"
#include "io/variant_reader.h"
#include "study/matching.h"
#include "study/named_models.h"
#include "study/recognise.h"
#include "study/side_files.h"
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
        : named(studyFile)
        , file(std::move(studyFile))
        , fileStates(fileStatesOf(named))
        , context(runContext) {}

    /// The value of a step, or nothing and one more fault. \param key of the study file that names the part
    template <class Value>
    std::optional<Value> keep(const char* key, Result<Value> result, std::vector<Error>& faults) {
        if (result)
            return std::move(result).value();
        Error error = std::move(result).error();
        if (error.kind == ErrorKind::NotFound)
            error.remedy += fmt::format(" The study file names it under `{}`.", key);
        faults.push_back(std::move(error));
        return std::nullopt;
    }
    template <class Value>
    std::optional<Value> keep(const char* key, Result<Value> result) {
        return keep(key, std::move(result), check.problems);
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

    /// People as the expression file is to name them, so that its columns can be told from others.
    [[nodiscard]] std::vector<std::string> expectedPeople() const {
        if (!map)
            return genotypes ? genotypes->people() : std::vector<std::string>();
        std::vector<std::string> names;
        for (const SampleMap::Pair& pair : map->pairs)
            names.push_back(pair.expressionId);
        return names;
    }

    /// As any file may name them.
    [[nodiscard]] std::vector<std::string> knownPeople() const {
        std::vector<std::string> names = expectedPeople();
        if (map && genotypes)
            names.insert(names.end(), genotypes->people().begin(), genotypes->people().end());
        return names;
    }

    /// A map that is there but unreadable would give misleading findings about people.
    [[nodiscard]] bool canMatchPeople() const { return genotypes && (map || !file.sampleMap); }

    /// Columns of the expression's people who are analysed, in their order.
    [[nodiscard]] std::vector<int64_t> analysed(const std::vector<std::string>& expressed) const {
        if (!canMatchPeople())
            return {};
        StudyCheck toldLater;
        return matchPeople(file, genotypes->people(), expressed, map, toldLater).expressionColumn;
    }

    void readParts() {
        if (stage("Reading the reference's index")) {
            reference = keep("reference", FastaReader::open(file.reference));
            if (reference)
                noteReference();
        }
        if (!file.annotation.empty() && stage("Reading the annotation"))
            readAnnotation();
        if (stage("Opening the genotypes")) {
            genotypes = keep("genotypes", VariantReader::open(file.genotypes, context));
            if (genotypes)
                noteIndexes("genotypes", genotypes->passedOverIndexes());
        }
        if (file.sampleMap && stage("Reading the sample map"))
            map = keep("sample_map", readSampleMap(*file.sampleMap));
        if (map && genotypes)
            genotypes->tellSexes(knownSexes(file, *map, check), knownBuild(file.build).value_or(""));
        if (stage("Reading the expression")) {
            const ExpressionRequest request{
                expectedPeople(), [&](const auto& expressed) { return analysed(expressed); }, file.transform};
            expression = keep("expression",
                              ExpressionRows::open(file.expression, request, userCacheFolder(), context));
            if (expression)
                noteExpression();
        }
        if (file.covariates && stage("Reading the covariates"))
            covariates = keep("covariates", readCovariates(*file.covariates, knownPeople()));
    }

    /// One that is only drawn stops no phenotype.
    void readAnnotation() {
        std::vector<Error> faults;
        annotation =
            keep("annotation", readRememberedAnnotation(file.annotation, userCacheFolder(), context), faults);
        if (annotation)
            noteAnnotation();
        else if (!file.isOfGenes())
            file.annotation.clear();
        std::vector<Error>& told = file.isOfGenes() ? check.problems : check.leftOut;
        told.insert(told.end(), faults.begin(), faults.end());
        if (!file.isOfGenes())
            sideFaults.insert(sideFaults.end(), faults.begin(), faults.end());
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
        noteIndexes("reference", reference->passedOverIndexes());
    }

    /// Whoever put them there may think that they are read, and other programs do read them.
    void noteIndexes(const char* topic, const std::vector<fs::path>& passedOver) {
        if (passedOver.empty())
            return;
        std::vector<std::string> files;
        for (const fs::path& index : passedOver)
            files.push_back(index.string());
        const std::string which =
            files.size() == 1
                ? "1 index is older than its file or of another one"
                : fmt::format("{} indexes are older than their files or of other ones", files.size());
        std::string text =
            fmt::format("{}: {}. What the program built in its cache is read instead; for other "
                        "programs, build them anew.",
                        which, listed(files, 3));
        check.notes.push_back({topic, std::move(text), std::move(files)});
    }

    void noteAnnotation() {
        const size_t unstranded = annotation->unstranded().size();
        check.notes.push_back(
            {"annotation",
             fmt::format("{}{}{}.", counted(annotation->genes().size(), "gene", "genes"),
                         annotation->declaredBuild().empty() ? "" : " of " + annotation->declaredBuild(),
                         unstranded == 0
                             ? ""
                             : fmt::format("; {} without a strand, so without a TSS, left out: {}",
                                           unstranded, listed(annotation->unstranded(), 3))),
             annotation->unstranded()});
    }

    void noteDrawn(Annotation drawn) {
        if (drawn.genes().empty())
            check.notes.push_back(
                {"annotation", "None of its contigs is one of the reference: no gene is drawn.", {}});
        annotation = std::move(drawn);
    }

    void noteExpression() {
        const char* transform = file.transform == ExpressionTransform::None        ? "as it is"
                                : file.transform == ExpressionTransform::Log2Plus1 ? "as log2(x + 1)"
                                                                                   : "rank-normalised";
        const int64_t missing = expression->missing();
        check.notes.push_back(
            {"expression",
             fmt::format("{} x {} ({}), taken {}{}.", countedLoci(file, expression->genes().size()),
                         counted(expression->people().size(), "person", "people"), expression->layout(),
                         transform,
                         missing == 0 ? "" : "; " + counted(missing, "value", "values") + " missing"),
             {}});
    }

    /// Of the values of the people analysed, transformed over them alone: other people's values change none.
    void noteUntransformable() {
        if (expression->transformed())
            return;
        Error error = expression->transformed().error();
        error.where = fmt::format("{}, {}", file.expression.string(), error.where);
        check.problems.push_back(std::move(error));
    }

    void matchParts() {
        if (expression && canMatchPeople()) {
            people = matchPeople(file, genotypes->people(), expression->people(), map, check);
            if (covariates && !people.people.empty())
                covariateValues = matchCovariates(file, *covariates, people, check);
            noteUntransformable();
        }
        std::vector<MeasuredGene> measured;
        if (expression && !file.isOfGenes()) {
            placed = placeRows(file, *expression, check);
            measured = placed.measured();
        } else if (annotation && expression) {
            measured =
                matchGenes(file, *annotation, expression->genes(), !expression->positions().empty(), check);
        }
        checkBuilds(file, reference ? &*reference : nullptr, annotation ? &*annotation : nullptr,
                    expression ? &*expression : nullptr, measured, check);
        if (reference && genotypes && !measured.empty())
            genes = placeGenes(file, measured, *reference, *genotypes, check);
        if (!people.people.empty())
            noteValues(file, genes, expression->measured(), Eigen::Index(people.people.size()),
                       covariateValues, check);
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
        check.file = file;
        if (const Result<void> isFile = checkRegularFile(*file.published); !isFile) {
            Error error = isFile.error();
            error.what = "The results of the published tables cannot be used. " + error.what;
            error.remedy = "Make the study again with `diploscope import published`.";
            check.problems.push_back(std::move(error));
            return std::move(check);
        }
        check.notes.push_back(
            {"published", "Results of published tables; no genotypes, so no gene can be analysed.", {}});
        for (std::optional<fs::path>* part : {&file.saturation, &file.tssStatistics})
            if (*part)
                if (const Result<void> isFile = checkRegularFile(**part); !isFile) {
                    Error error = isFile.error();
                    error.remedy = "Import the tables again with `--saturation` and `--tss-stats`.";
                    check.leftOut.push_back(std::move(error));
                    part->reset();
                }
        check.file = file;
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
        check.file = file;
        if (!check.problems.empty())
            return std::move(check);
        auto study = std::make_shared<Study>();
        study->m_named = std::move(named);
        study->m_file = std::move(file);
        study->m_fileStates = std::move(fileStates);
        study->m_leftOut = std::move(sideFaults);
        if (!study->m_file.isOfGenes()) {
            study->m_rows = std::move(placed.loci);
            if (annotation)
                noteDrawn(drawnOn(*reference, *annotation));
        }
        if (annotation)
            study->m_annotation = std::move(*annotation);
        study->m_genes = std::move(genes);
        for (size_t i = 0; i < study->m_genes.size(); ++i)
            study->m_geneById.emplace(study->m_genes[i].gene.id, i);
        study->m_people = std::move(people.people);
        study->m_expressionIds = std::move(people.expressionIds);
        if (map && genotypes->hasSexes())
            study->m_sexes = map->sexesOf(study->m_people);
        study->m_expression = std::move(*expression);
        study->m_covariates = std::move(covariateValues);
        if (covariates)
            study->m_covariateNames = std::move(covariates->names);
        if (study->m_covariates.size() == 0)
            study->m_covariates.resize(Eigen::Index(study->m_people.size()), 0);
        study->m_reference = std::make_shared<const FastaReader>(std::move(*reference));
        study->m_genotypes = std::make_shared<const VariantReader>(std::move(*genotypes));
        if (!study->m_file.chains.empty())
            study->m_liftovers = std::make_shared<Lazy<std::shared_ptr<const std::vector<Liftover>>>>(
                [files = study->m_file.chains](
                    const RunContext& asker) -> Result<std::shared_ptr<const std::vector<Liftover>>> {
                    auto read = std::make_shared<std::vector<Liftover>>();
                    for (const fs::path& chain : files) {
                        DS_ASSIGN(Liftover one, readChain(chain, asker));
                        read->push_back(std::move(one));
                    }
                    return std::shared_ptr<const std::vector<Liftover>>(std::move(read));
                });
        check.study = std::move(study);
        return std::move(check);
    }

    StudyFile named; ///< before anything is dropped
    StudyFile file;
    std::vector<FileState> fileStates; ///< before anything of them is read
    const RunContext& context;
    StudyCheck check;
    std::vector<Error> sideFaults; ///< of check.leftOut, those that are no model's
    bool cancelled = false;

    std::optional<FastaReader> reference;
    std::optional<Annotation> annotation;
    std::optional<VariantReader> genotypes;
    std::optional<SampleMap> map;
    std::optional<ExpressionRows> expression;
    std::optional<Covariates> covariates;

    PeopleMatch people;
    PlacedRows placed; ///< of phenotypes that are no genes
    Eigen::MatrixXd covariateValues;
    std::vector<StudyGene> genes;
};

namespace {

/// A study file begins as JSON does. Whatever else a user takes for one is told by what it is: genotypes, a
/// reference, a model's folder. Nothing for what may be a study file, or cannot be known.
std::optional<Error> otherThanStudy(const fs::path& file, bool& isPart) {
    std::error_code ignored;
    constexpr size_t Beginning = 256;
    if (!fs::is_directory(file, ignored)) {
        const Result<FileHead> head = readFileHead(file, Beginning);
        if (!head)
            return std::nullopt;
        const size_t first = head->bytes.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
        if (first == std::string::npos || head->bytes[first] == '{')
            return std::nullopt;
    }
    const RecognisedFile found = recognise(file);
    if (found.kind == FileKind::Study)
        return std::nullopt;
    isPart = found.kind != FileKind::Unknown && found.kind != FileKind::Index;
    return Error{
        ErrorKind::BadInput, fmt::format("This is no study file, but {}.", found.description), file.string(),
        isPart ? "Make a study of it and the files that belong with it: drop them on the window, where "
                 "the study assistant puts them together, or write a *.study.json that names them."
               : "Name a *.study.json file."};
}

} // namespace

StudyCheck openStudy(const fs::path& studyFile, const RunContext& context) {
    const StageTime time(context, Stage::Read);
    StudyCheck check;
    if (std::optional<Error> other = otherThanStudy(studyFile, check.isPart)) {
        check.problems.push_back(std::move(*other));
        return check;
    }
    std::optional<StudyFile> file = readStudyFile(studyFile, check.problems);
    if (!file)
        return check;
    StudyOpener opener(std::move(*file), context);
    if (opener.file.published)
        return opener.openPublished();
    dropUnusableSideFiles(opener.file, opener.check.leftOut);
    opener.sideFaults = opener.check.leftOut;
    findModels(opener.file, opener.check);
    opener.readParts();
    opener.matchParts();
    return opener.finish();
}

} // namespace diploscope
