// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/sample_map.h"

#include "io/text_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

namespace diploscope {

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
        if (fields.size() != 2 || fields[0].empty() || fields[1].empty())
            return fail(ErrorKind::BadInput, fmt::format("`{}` does not hold two ids.", line.substr(0, 60)),
                        reader.where(), "Write the genotype id, a tab and the expression id on every line.");
        SampleMap::Pair pair{std::string(fields[0]), std::string(fields[1])};
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
                    "Write the genotype id, a tab and the expression id on every line.");
    return map;
}

} // namespace diploscope
