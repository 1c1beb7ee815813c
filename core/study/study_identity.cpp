// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/study_identity.h"

#include "base/file_digest.h"
#include "base/json_text.h"
#include "base/paths.h"
#include "io/variant_reader.h"
#include "study/study_words.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace diploscope {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

/// Under one key of the study file; a pattern of genotypes stands for several files.
struct StudyPart {
    const char* key;
    bool isList;
    bool isSide; ///< genes are analysed without it
    std::vector<fs::path> files;
};

std::vector<StudyPart> partsOf(const StudyFile& study) {
    const std::vector<std::string> genotypes = variantFilesOf(study.genotypes);
    std::vector<StudyPart> parts{{"reference", false, false, {study.reference}}};
    if (study.isOfGenes()) // else it is only drawn
        parts.push_back({"annotation", false, false, {study.annotation}});
    parts.push_back({"genotypes", true, false, {genotypes.begin(), genotypes.end()}});
    parts.push_back({"expression", false, false, {study.expression}});
    parts.push_back({"predixcan", true, true, study.predixcan});
    parts.push_back({"fine_mapping", true, true, study.fineMapping});
    parts.push_back({"eqtl", true, true, study.eqtl});
    if (study.covariates)
        parts.push_back({"covariates", false, false, {*study.covariates}});
    if (study.sampleMap)
        parts.push_back({"sample_map", false, false, {*study.sampleMap}});
    if (!study.chains.empty()) // studies of before have no such key
        parts.push_back({"chain", true, true, study.chains});
    if (!study.haplotypeCounts.empty()) // the same
        parts.push_back({"haplotype_counts", true, true, study.haplotypeCounts});
    return parts;
}

std::vector<fs::path> filesOf(const StudyFile& study) {
    std::vector<fs::path> files;
    for (const StudyPart& part : partsOf(study))
        files.insert(files.end(), part.files.begin(), part.files.end());
    return files;
}

std::string textOf(const json& document) {
    return jsonText(document);
}

void addDifferences(const json& left, const json& right, const std::string& path,
                    std::vector<std::string>& found) {
    if (left == right)
        return;
    if (!left.is_object() || !right.is_object()) {
        found.push_back(path);
        return;
    }
    std::set<std::string> keys;
    for (const json* side : {&left, &right})
        for (const auto& item : side->items())
            keys.insert(item.key());
    for (const std::string& key : keys)
        addDifferences(left.value(key, json()), right.value(key, json()),
                       path.empty() ? key : path + "." + key, found);
}

} // namespace

Result<std::vector<StudyInput>> studyInputs(const StudyFile& study, const RunContext& context) {
    return studyInputs(study, {}, context);
}

Result<std::vector<StudyInput>> studyInputs(const StudyFile& study, const std::vector<std::string_view>& keys,
                                            const RunContext& context) {
    std::vector<StudyInput> inputs;
    for (const StudyPart& part : partsOf(study))
        for (const fs::path& file : part.files) {
            if (!keys.empty() && std::find(keys.begin(), keys.end(), part.key) == keys.end())
                continue;
            const Result<Digest> digest =
                rememberedDigestOfFile(file, userCacheFolder() / "digests", context);
            if (digest)
                inputs.push_back({part.key, file, toHex(*digest)});
            else if (part.isSide && digest.error().kind != ErrorKind::Cancelled &&
                     digest.error().kind != ErrorKind::Mismatch) // written to while it is read
                inputs.push_back({part.key, file, "missing"}); // without it the study is another one, but one
            else
                return fail(digest.error());
        }
    return inputs;
}

Result<std::string> studyIdentity(const StudyFile& study, const RunContext& context) {
    // The name, because random numbers follow from it.
    json document{{"name", study.name},
                  {"build", study.build},
                  {"expression_transform", wordOf(study.transform, transformWords())},
                  {"variants", wordOf(study.options.variants, variantWords())},
                  {"unphased", wordOf(study.options.unphased, unphasedWords())},
                  {"phase_sets", wordOf(study.options.phaseSets, phaseSetWords())}};
    if (study.options.haploidDosage != HaploidDosage::AsTwo) // results from before there was a choice stay
        document["haploid_dosage"] = wordOf(study.options.haploidDosage, haploidDosageWords());
    if (!study.isOfGenes()) // studies of genes have had no such key
        document["phenotypes"] = study.phenotypes;
    DS_ASSIGN(const std::vector<StudyInput> inputs, studyInputs(study, context));
    for (const StudyPart& part : partsOf(study)) {
        std::vector<std::string> digests;
        for (const StudyInput& input : inputs)
            if (input.what == part.key)
                digests.push_back(input.digest);
        if (part.isList)
            document[part.key] = digests;
        else
            document[part.key] = digests.front();
    }
    std::sort(document["genotypes"].begin(), document["genotypes"].end());
    return textOf(document);
}

Result<std::string> studyIdentity(const Study& study, const RunContext& context) {
    DS_TRY(checkUnchanged(study));
    DS_ASSIGN(std::string identity, studyIdentity(study.named(), context));
    DS_TRY(checkUnchanged(study));
    return identity;
}

std::vector<FileState> fileStatesOf(const StudyFile& study) {
    std::vector<FileState> states;
    for (const fs::path& file : filesOf(study)) {
        const Result<FileState> state = FileState::of(file);
        states.push_back(state ? *state : FileState());
    }
    return states;
}

Result<void> checkUnchanged(const Study& study) {
    const std::vector<fs::path> files = filesOf(study.named());
    const std::vector<FileState> now = fileStatesOf(study.named());
    const std::vector<FileState>& before = study.fileStates();
    for (size_t i = 0; i < files.size() && i < before.size(); ++i)
        if (!now[i].sameContent(before[i]))
            return fail(ErrorKind::Mismatch,
                        now[i] == FileState()
                            ? "A file of the study has gone since the study was opened."
                            : "A file of the study was written to after the study was opened.",
                        files[i].string(), "Open the study again, when its files are complete.");
    if (files.size() != before.size())
        return fail(ErrorKind::Mismatch, "Other files fit the study's pattern than when it was opened.",
                    study.named().genotypes, "Open the study again, when its files are complete.");
    return {};
}

std::vector<std::string> differences(std::string_view left, std::string_view right) {
    const Result<json> one = parseJson(left, "stored study"), other = parseJson(right, "study");
    std::vector<std::string> found;
    if (one && other && one->is_object() && other->is_object())
        addDifferences(*one, *other, {}, found);
    else if (left != right)
        found.emplace_back("everything");
    return found;
}

} // namespace diploscope
