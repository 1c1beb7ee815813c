// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/study_file.h"

#include "base/json_text.h"
#include "base/paths.h"
#include "base/suggestion.h"
#include "base/words.h"
#include "model/score_request_json.h"
#include "study/study_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace diploscope {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

const std::vector<std::string> StudyKeys{"schema",
                                         "name",
                                         "build",
                                         "reference",
                                         "annotation",
                                         "genotypes",
                                         "expression",
                                         "expression_transform",
                                         "expression_unit",
                                         "phenotypes",
                                         "covariates",
                                         "sample_map",
                                         "predixcan",
                                         "fine_mapping",
                                         "eqtl",
                                         "models",
                                         "options",
                                         "published",
                                         "published_saturation",
                                         "published_tss_statistics",
                                         "tracks",
                                         "motifs",
                                         "chain",
                                         "haplotype_counts"};
const std::vector<std::string> ModelKeys = [] {
    std::vector<std::string> keys = withScoreKeys({"folder"});
    std::erase(keys, OwnScoreKey); // there is nobody before the study to be left out
    return keys;
}();
const std::vector<std::string> OptionKeys{"variants", "unphased", "allele", "phase_sets", "haploid_dosage"};

/// "a list", for a sentence about a value of the wrong type.
std::string typeInWords(const json& value) {
    if (value.is_string())
        return "text";
    if (value.is_number())
        return "a number";
    if (value.is_boolean())
        return "true or false";
    if (value.is_array())
        return "a list";
    return value.is_null() ? "null" : "an object";
}

/// Reads members of one JSON object and notes what is wrong with each. Missing optional members leave the
/// default.
class ObjectReader {
public:
    ObjectReader(const json& object, std::string prefix, const fs::path& file, std::vector<Error>& problems)
        : m_object(object), m_prefix(std::move(prefix)), m_file(file), m_problems(problems) {}

    void problem(const std::string& key, std::string what, std::string remedy,
                 ErrorKind kind = ErrorKind::BadInput) const {
        m_problems.push_back({kind, std::move(what),
                              fmt::format("{}, key `{}{}`", m_file.string(), m_prefix, key),
                              std::move(remedy)});
    }

    void refuseUnknownKeys(const std::vector<std::string>& known) const {
        for (const auto& item : m_object.items()) {
            if (std::find(known.begin(), known.end(), item.key()) != known.end())
                continue;
            const std::vector<std::string> near = nearestNames(item.key(), known, 1);
            problem(item.key(), fmt::format("The key `{}{}` is not known.", m_prefix, item.key()),
                    near.empty() ? fmt::format("Remove it. Known keys are {}.", listed(known, known.size()))
                                 : fmt::format("Did you mean `{}{}`?", m_prefix, near.front()));
        }
    }

    /// Null where the member is absent or JSON's null; then it is a problem if it is `required`.
    [[nodiscard]] const json* member(const std::string& key, bool required) const {
        const auto found = m_object.find(key);
        if (found != m_object.end() && !found->is_null())
            return &*found;
        if (required)
            problem(key, fmt::format("The key `{}` is missing.", key),
                    fmt::format("Add \"{}\": ... to the file.", key));
        return nullptr;
    }

    void text(const std::string& key, bool required, std::string& target) const {
        const json* value = member(key, required);
        if (value == nullptr)
            return;
        if (!value->is_string())
            problem(key, fmt::format("`{}` is {}, but must be text.", key, typeInWords(*value)),
                    "Put it in quotes.");
        else if (value->get_ref<const std::string&>().empty())
            problem(key, fmt::format("`{}` is empty.", key),
                    required ? "Fill it in." : "Fill it in or remove the key.");
        else
            target = value->get<std::string>();
    }

    void path(const std::string& key, bool required, fs::path& target) const {
        std::string name;
        text(key, required, name);
        if (!name.empty())
            target = absolute(name);
    }
    void path(const std::string& key, std::optional<fs::path>& target) const {
        fs::path found;
        path(key, false, found);
        if (!found.empty())
            target = found;
    }

    void paths(const std::string& key, std::vector<fs::path>& target) const {
        const json* value = member(key, false);
        if (value == nullptr)
            return;
        if (value->is_string() && !value->get_ref<const std::string&>().empty()) {
            target.push_back(absolute(value->get<std::string>())); // a list of one
            return;
        }
        const bool good =
            value->is_array() && std::all_of(value->begin(), value->end(), [](const json& item) {
                return item.is_string() && !item.get_ref<const std::string&>().empty();
            });
        if (!good) {
            problem(key, fmt::format("`{}` must be a list of file or folder names.", key),
                    fmt::format("Write it as \"{}\": [\"first\", \"second\"], or [] for none.", key));
            return;
        }
        for (const json& item : *value)
            target.push_back(absolute(item.get<std::string>()));
    }

    void number(const std::string& key, int least, int most, std::optional<int>& target) const {
        const json* value = member(key, false);
        if (value == nullptr)
            return;
        if (!value->is_number_integer() || *value < least || *value > most)
            problem(key, fmt::format("`{}` is `{}`.", key, value->dump()),
                    fmt::format("Give a whole number from {} to {}.", least, most));
        else
            target = value->get<int>();
    }
    void yesOrNo(const std::string& key, std::optional<bool>& target) const {
        const json* value = member(key, false);
        if (value == nullptr)
            return;
        if (!value->is_boolean())
            problem(key, fmt::format("`{}` is {}.", key, typeInWords(*value)), "Write true or false.");
        else
            target = value->get<bool>();
    }

    template <class Value>
    void word(const std::string& key, const Words<Value>& words, Value& target) const {
        std::string name;
        text(key, false, name);
        if (name.empty())
            return;
        std::vector<std::string> known;
        for (const auto& [word, value] : words) {
            if (word == name) {
                target = value;
                return;
            }
            known.push_back(word);
        }
        const std::vector<std::string> near = nearestNames(name, known, 1);
        problem(key, fmt::format("`{}` is `{}`, but must be one of {}.", key, name, listed(known)),
                near.empty() ? "Choose one of these." : fmt::format("Did you mean `{}`?", near.front()));
    }

private:
    [[nodiscard]] fs::path absolute(const std::string& name) const {
        return resolvedPath(m_file.parent_path(), name);
    }

    const json& m_object;
    std::string m_prefix;
    const fs::path& m_file;
    std::vector<Error>& m_problems;
};

void checkSchema(const ObjectReader& reader, int& schema) {
    const json* value = reader.member("schema", true);
    if (value == nullptr)
        return;
    if (!value->is_number_integer() || value->get<int64_t>() < 1)
        reader.problem("schema", fmt::format("`schema` is `{}`, but must be 1.", value->dump()),
                       "Write \"schema\": 1.");
    else if (value->get<int64_t>() > 1)
        reader.problem(
            "schema",
            fmt::format("The study file has schema {}; this program reads schema 1.", value->dump()),
            "Open it with a newer version of the program.", ErrorKind::Unsupported);
    else
        schema = 1;
}

/// `{chrom}` is the only placeholder. Folders and files may have braces in their names, but a word in them
/// that is no file's is meant for one.
void checkPattern(const ObjectReader& reader, const std::string& genotypes) {
    std::error_code ignored;
    if (genotypes.find("{chrom}") != std::string::npos || fs::exists(genotypes, ignored))
        return;
    for (size_t open = genotypes.find('{'); open != std::string::npos; open = genotypes.find('{', open + 1)) {
        const size_t close = std::min(genotypes.find('}', open), genotypes.size() - 1);
        const std::string mark = genotypes.substr(open, close - open + 1);
        if (mark.find_first_of("/0123456789") != std::string::npos)
            continue; // braces of a name
        reader.problem("genotypes", fmt::format("`{}` is no placeholder.", mark),
                       "Write `{chrom}` where the files of single chromosomes differ.");
        return;
    }
}

/// "gene", or a word of the user's for what has places of its own. A slip in `gene` would be such a kind,
/// too, and move every gene to the middle of its row.
void readPhenotypes(const ObjectReader& reader, std::string& phenotypes) {
    reader.text("phenotypes", false, phenotypes);
    static const std::vector<std::string> genes{"genes", "expression", "gene-expression", "rna", "mrna"};
    const std::string lower = lowerCase(phenotypes);
    if (phenotypes != GenePhenotypes &&
        (lower == GenePhenotypes || std::find(genes.begin(), genes.end(), lower) != genes.end()))
        reader.problem("phenotypes", fmt::format("`phenotypes` is `{}`.", phenotypes),
                       "Write \"phenotypes\": \"gene\" for genes of the annotation, or another word for rows "
                       "that are placed by their own coordinates.");
    else if (!std::all_of(lower.begin(), lower.end(), [](char c) {
                 return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '\'';
             }))
        reader.problem("phenotypes", fmt::format("`phenotypes` is `{}`, which is no word.", phenotypes),
                       "Write letters and digits alone, as in \"atac\", \"methylation\" or \"3aqtl\".");
}

/// Folders, or objects that also say how the model's outputs become a score: read as all of a study file is,
/// whose problems are told together.
void readModels(const ObjectReader& reader, StudyFile& study, std::vector<Error>& problems) {
    const json* list = reader.member("models", false);
    if (list == nullptr)
        return;
    const auto isModel = [](const json& item) {
        return item.is_object() || (item.is_string() && !item.get_ref<const std::string&>().empty());
    };
    if (!list->is_array() || !std::all_of(list->begin(), list->end(), isModel)) {
        reader.problem("models", "`models` must be a list of folder names, or of objects with a `folder`.",
                       R"(Write it as "models": ["first", {"folder": "second", "bins": "447-449"}].)");
        return;
    }
    for (size_t i = 0; i < list->size(); ++i) {
        const json& item = (*list)[i];
        if (item.is_string()) {
            study.models.push_back(resolvedPath(study.path.parent_path(), item.get<std::string>()));
            continue;
        }
        const ObjectReader model(item, fmt::format("models[{}].", i), study.path, problems);
        model.refuseUnknownKeys(ModelKeys);
        fs::path folder;
        ScoreRequest score;
        model.path("folder", true, folder);
        for (const auto& [key, text] : ScoreTexts)
            model.text(key, false, score.*text);
        for (const auto& [key, scoreFile] : ScoreFiles)
            model.path(key, false, score.*scoreFile);
        model.number("shifts", 0, kMostShifts, score.shifts);
        model.yesOrNo("reverse_complement", score.reverseComplement);
        if (!score.head.empty() && !(score.tracks.empty() && score.aggregate.empty()))
            model.problem("head", "A head says itself which tracks count and how.",
                          "Give either `head`, or `tracks` and `aggregate`.");
        if (std::find(study.models.begin(), study.models.end(), folder) != study.models.end())
            model.problem("folder", fmt::format("`{}` is in the list already.", folder.string()),
                          "Name a model once; other scores of it are chosen in the window or with --tracks.");
        study.models.push_back(folder);
        if (!score.empty())
            study.scores[folder] = score;
    }
}

} // namespace

std::string StudyFile::modelWord(const fs::path& model) const {
    std::error_code ignored;
    const bool isName = model.parent_path() == path.parent_path() && !fs::exists(model, ignored);
    return isName ? model.filename().string() : model.string();
}

ScoreRequest StudyFile::scoreOf(const fs::path& model) const {
    // A command may have the folder as seen from where it was called.
    const auto exact = scores.find(model);
    const auto found = exact != scores.end() ? exact : scores.find(resolvedPath({}, model));
    return found == scores.end() ? ScoreRequest{} : found->second;
}

std::optional<StudyFile> readStudyFile(const fs::path& file, std::vector<Error>& problems) {
    const size_t before = problems.size();
    const Result<json> document = readJsonFile(file);
    if (!document) {
        Error error = document.error();
        if (error.remedy.empty())
            error.remedy = "Name a `*.study.json` file.";
        problems.push_back(std::move(error));
        return std::nullopt;
    }
    if (!document->is_object()) {
        problems.push_back(
            {ErrorKind::BadInput,
             fmt::format("A study file holds one JSON object, but this is {}.", typeInWords(*document)),
             file.string(), "Begin the file with `{` and end it with `}`."});
        return std::nullopt;
    }

    StudyFile study;
    study.path = resolvedPath({}, file);
    const ObjectReader reader(*document, {}, study.path, problems);
    reader.refuseUnknownKeys(StudyKeys);
    checkSchema(reader, study.schema);
    reader.text("name", true, study.name);
    reader.text("build", true, study.build);
    const bool published = reader.member("published", false) != nullptr;
    reader.path("published", study.published);
    if (published)
        for (const char* key : {"reference", "annotation", "genotypes", "expression", "phenotypes"})
            if (reader.member(key, false) != nullptr)
                reader.problem(key, fmt::format("A study made from published tables has no `{}`.", key),
                               fmt::format("Remove either `{}` or `published`.", key));
    reader.path("published_saturation", study.saturation);
    reader.path("published_tss_statistics", study.tssStatistics);
    if (!published)
        for (const char* key : {"published_saturation", "published_tss_statistics"})
            if (reader.member(key, false) != nullptr)
                reader.problem(key, fmt::format("Only a study made from published tables has `{}`.", key),
                               fmt::format("Remove `{}`, or import the tables anew.", key));
    reader.path("reference", !published, study.reference);
    readPhenotypes(reader, study.phenotypes);
    reader.path("annotation", !published && study.isOfGenes(), study.annotation);
    fs::path genotypes;
    reader.path("genotypes", !published, genotypes);
    study.genotypes = genotypes.string();
    checkPattern(reader, study.genotypes);
    reader.path("expression", !published, study.expression);
    reader.word("expression_transform", transformWords(), study.transform);
    reader.text("expression_unit", false, study.expressionUnit);
    reader.path("covariates", study.covariates);
    reader.path("sample_map", study.sampleMap);
    reader.paths("predixcan", study.predixcan);
    reader.paths("fine_mapping", study.fineMapping);
    reader.paths("eqtl", study.eqtl);
    reader.paths("haplotype_counts", study.haplotypeCounts);
    reader.paths("tracks", study.tracks);
    reader.paths("motifs", study.motifs);
    reader.paths("chain", study.chains);
    readModels(reader, study, problems);
    if (const json* options = reader.member("options", false)) {
        if (options->is_object()) {
            const ObjectReader optionReader(*options, "options.", study.path, problems);
            optionReader.refuseUnknownKeys(OptionKeys);
            optionReader.word("variants", variantWords(), study.options.variants);
            optionReader.word("unphased", unphasedWords(), study.options.unphased);
            optionReader.word("allele", alleleWords(), study.options.allele);
            optionReader.word("phase_sets", phaseSetWords(), study.options.phaseSets);
            optionReader.word("haploid_dosage", haploidDosageWords(), study.options.haploidDosage);
        } else {
            reader.problem("options",
                           fmt::format("`options` is {}, but must be an object.", typeInWords(*options)),
                           "Write it as \"options\": {\"variants\": \"snv\"}.");
        }
    }
    if (problems.size() > before)
        return std::nullopt;
    return study;
}

} // namespace diploscope
