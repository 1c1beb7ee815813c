// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/sample_map.h"

#include "io/text_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

namespace diploscope {

std::vector<Sex> SampleMap::sexesOf(const std::vector<std::string>& people) const {
    std::unordered_map<std::string_view, Sex> known;
    for (const Pair& pair : pairs)
        known.emplace(pair.genotypeId, pair.sex);
    std::vector<Sex> sexes;
    for (const std::string& person : people) {
        const auto found = known.find(person);
        sexes.push_back(found == known.end() ? Sex::Unknown : found->second);
    }
    return sexes;
}

Result<SampleMap> readSampleMap(const std::filesystem::path& file) {
    DS_ASSIGN(TextReader reader, TextReader::open(file));
    SampleMap map{file, {}};
    std::unordered_map<std::string, int64_t> genotypeLine, expressionLine;
    std::vector<std::string_view> fields;
    for (std::string_view line;;) {
        DS_ASSIGN(const bool more, reader.next(line));
        if (!more)
            break;
        if (line.empty() || line.front() == '#')
            continue;
        splitRow(line, separatorOf(line), fields);
        if (std::all_of(fields.begin(), fields.end(), [](auto field) { return field.empty(); }))
            continue;
        dropTrailingSeparators(fields, 2);
        if (fields.size() < 2 || fields.size() > 3 || fields[0].empty() || fields[1].empty())
            return fail(
                ErrorKind::BadInput, fmt::format("`{}` does not hold two ids.", line.substr(0, 60)),
                reader.where(),
                "Write the genotype id, a tab and the expression id on every line; the sex may follow.");
        const std::optional<Sex> sex = fields.size() == 3 ? sexOf(fields[2]) : Sex::Unknown;
        if (!sex && !map.pairs.empty()) // the first line may be a header
            return fail(ErrorKind::BadInput, fmt::format("`{}` is no sex.", fields[2].substr(0, 60)),
                        reader.where(),
                        "Write `male` or `female` (or 1 or 2) into the third column, or `NA` where it is not "
                        "known.");
        SampleMap::Pair pair{std::string(fields[0]), std::string(fields[1]), sex.value_or(Sex::Unknown)};
        const auto refuseTwice = [&](std::unordered_map<std::string, int64_t>& lines,
                                     const std::string& id) -> Result<void> {
            const auto [known, isNew] = lines.emplace(id, reader.lineNumber());
            if (isNew)
                return {};
            return fail(
                ErrorKind::BadInput,
                fmt::format("The id `{}` occurs a second time; line {} has it first.", id, known->second),
                reader.where(), "Give each person one line.");
        };
        DS_TRY(refuseTwice(genotypeLine, pair.genotypeId));
        DS_TRY(refuseTwice(expressionLine, pair.expressionId));
        map.pairs.push_back(std::move(pair));
    }
    if (map.pairs.empty())
        return fail(ErrorKind::BadInput, "The sample map holds no pair of ids.", file.string(),
                    "Write the genotype id, a tab and the expression id on every line; the sex may follow.");
    return map;
}

} // namespace diploscope
