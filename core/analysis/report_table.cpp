// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/report_table.h"

#include "base/words.h"
#include "genome/variant_name.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <unordered_map>
#include <utility>

namespace diploscope {

namespace {

/// Looks names up in one report.
class ReportNames {
public:
    explicit ReportNames(const GeneReport& report) : m_report(report) {
        for (const PersonResult& person : report.people)
            m_people.insert(person.sample);
        for (size_t v = 0; v < report.variants.size(); ++v)
            for (const std::string_view id : idsOf(report.variants[v].id))
                m_byId[lowerCase(id)].push_back(v);
    }

    /// \return whether it is a name
    bool take(std::string_view name, NamedInReport& found) const {
        if (const auto person = m_people.find(name); person != m_people.end()) {
            found.people.insert(*person);
            return true;
        }
        if (const auto known = m_byId.find(lowerCase(name)); known != m_byId.end()) {
            for (const size_t v : known->second)
                found.variants.insert(m_report.variants[v]);
            return true;
        }
        const Result<Variant> variant = parseVariant(name, {m_report.window.contig});
        if (!variant || !m_report.find(*variant))
            return false;
        found.variants.insert(*variant);
        return true;
    }

private:
    const GeneReport& m_report;
    std::set<std::string, std::less<>> m_people;
    std::unordered_map<std::string, std::vector<size_t>> m_byId;
};

/// Of a line without the note behind it: a `#` within a name begins none.
std::string_view withoutNote(std::string_view line) {
    for (size_t at = line.find('#'); at != std::string_view::npos; at = line.find('#', at + 1))
        if (at == 0 || std::string_view(" \t;,").find(line[at - 1]) != std::string_view::npos)
            return line.substr(0, at);
    return line;
}

/// Calls `use` with what stands between any of `separators`, trimmed, where that is something.
template <class Use>
void forEachPart(std::string_view text, std::string_view separators, const Use& use) {
    while (!text.empty()) {
        const size_t end = std::min(text.find_first_of(separators), text.size());
        if (const std::string_view part = trimmed(text.substr(0, end)); !part.empty())
            use(part);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

} // namespace

ReportTable::ReportTable(std::shared_ptr<const GeneReport> report, Rows rows)
    : m_report(std::move(report)), m_rows(rows) {
    for (const ReportColumn& column : rows == Rows::Variants ? variantColumns() : personColumns())
        if (column.isIn == nullptr || column.isIn(*m_report))
            m_columns.push_back(&column);
}

size_t ReportTable::rowCount() const {
    return m_rows == Rows::Variants ? m_report->variants.size() : m_report->people.size();
}

std::optional<size_t> ReportTable::findColumn(std::string_view name) const {
    const std::string wanted = lowerCase(name);
    for (size_t i = 0; i < m_columns.size(); ++i)
        if (lowerCase(m_columns[i]->name) == wanted)
            return i;
    return std::nullopt;
}

bool ReportTable::isText(size_t column) const {
    return m_columns[column]->format == Format::Text;
}

double ReportTable::number(size_t row, size_t column) const {
    return m_columns[column]
        ->value(*m_report, row)
        .number()
        .value_or(std::numeric_limits<double>::quiet_NaN());
}

std::string ReportTable::textIn(size_t row, size_t column) const {
    return m_columns[column]->value(*m_report, row).text();
}

std::vector<std::string> ReportTable::columnNames() const {
    std::vector<std::string> names;
    for (const ReportColumn* column : m_columns)
        names.emplace_back(column->name);
    return names;
}

std::string_view ReportTable::example() const {
    return m_rows == Rows::Variants ? "maf > 0.05 and pip > 0.1" : "observed > 1 and predicted < 0";
}

NamedInReport namedIn(const GeneReport& report, std::string_view list) {
    const ReportNames names(report);
    NamedInReport found;
    std::set<std::string, std::less<>> told;
    const auto miss = [&](std::string_view name) {
        if (told.emplace(name).second)
            found.unknown.emplace_back(name);
    };
    forEachPart(list, "\r\n", [&](std::string_view line) {
        forEachPart(withoutNote(line), "\t;", [&](std::string_view entry) {
            if (names.take(entry, found))
                return;
            // Several of a line; where none of them is one, the line is what is not known.
            NamedInReport parts;
            forEachPart(entry, " ,", [&](std::string_view part) {
                if (!names.take(part, parts))
                    parts.unknown.emplace_back(part);
            });
            if (parts.variants.empty() && parts.people.empty())
                return miss(entry);
            found.variants.merge(parts.variants);
            found.people.merge(parts.people);
            for (const std::string& part : parts.unknown)
                miss(part);
        });
    });
    return found;
}

Result<size_t> genotypedSnv(const GeneReport& report, const std::string& name) {
    const NamedInReport named = namedIn(report, name);
    if (named.variants.size() != 1)
        return fail(ErrorKind::NotFound,
                    fmt::format("{} of the SNVs in its window is {}.",
                                named.variants.empty() ? "None" : "More than one", name),
                    report.gene.name, "GENE.variants.tsv lists those there are.");
    const std::optional<size_t> at = report.find(*named.variants.begin());
    if (!at || !report.isGenotyped(*at))
        return fail(ErrorKind::NotFound, fmt::format("Too few people have a genotype of {}.", name),
                    report.gene.name);
    return *at;
}

} // namespace diploscope
