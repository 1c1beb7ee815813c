// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/prediction_table.h"

#include "base/suggestion.h"
#include "genome/annotation.h"
#include "io/expression_rows.h"
#include "io/table_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <mutex>
#include <numeric>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

namespace diploscope {

namespace fs = std::filesystem;

namespace {

using NameIndex = std::unordered_map<std::string, size_t>;
constexpr double Unknown = std::numeric_limits<double>::quiet_NaN();

constexpr size_t Twice = std::numeric_limits<size_t>::max();

/// By id without version; Twice where several have it.
NameIndex geneIndex(const std::vector<std::string>& names) {
    NameIndex index;
    for (size_t i = 0; i < names.size(); ++i)
        if (const auto [place, isNew] = index.emplace(splitGeneId(names[i]).id, i); !isNew)
            place->second = Twice;
    return index;
}

NameIndex peopleIndex(const std::vector<std::string>& names) {
    NameIndex index;
    for (size_t i = 0; i < names.size(); ++i)
        index.emplace(names[i], i);
    return index;
}

std::optional<size_t> geneIn(const NameIndex& genes, std::string_view id, std::string_view name) {
    for (const std::string_view one : {id, name})
        if (const auto found = one.empty() ? genes.end() : genes.find(std::string(one)); found != genes.end())
            return found->second;
    return std::nullopt;
}

PredictionsOfGene nothingOf(size_t people) {
    const auto rows = static_cast<Eigen::Index>(people);
    return {Eigen::MatrixXd::Constant(rows, 2, Unknown), Eigen::VectorXd::Constant(rows, Unknown), 0};
}

/// Columns of the long form, where a table has them.
struct LongColumns {
    size_t sample = 0, gene = 0;
    std::optional<size_t> value, first, second;
};

std::optional<LongColumns> longColumns(const TableReader& table) {
    const auto sample = table.find("sample"),
               gene = table.find("gene") ? table.find("gene") : table.find("gene_id");
    LongColumns columns{sample.value_or(0), gene.value_or(0), table.find("value"), table.find("hap1"),
                        table.find("hap2")};
    const bool hasNumbers = columns.value || (columns.first && columns.second);
    return sample && gene && hasNumbers ? std::optional(columns) : std::nullopt;
}

} // namespace

/// The long form.
struct PredictionTable::Held {
    struct Person {
        uint32_t index = 0; ///< of `people`
        double value = Unknown, first = Unknown, second = Unknown;
    };
    NameIndex people, genes;
    std::vector<std::vector<Person>> ofGene; ///< by person

    Result<void> take(const TableReader& table, const LongColumns& columns) {
        const std::string sample(table.text(columns.sample));
        const std::string gene = splitGeneId(table.text(columns.gene)).id;
        if (sample.empty() || gene.empty())
            return fail(ErrorKind::BadInput, "The row does not name person and gene.", table.where(),
                        "Write both into each row.");
        Person person;
        const auto read = [&](std::optional<size_t> column, double& into) -> Result<void> {
            if (!column)
                return {};
            DS_ASSIGN(const std::optional<double> number, table.number(*column, {}));
            into = number.value_or(Unknown);
            return {};
        };
        DS_TRY(read(columns.value, person.value));
        DS_TRY(read(columns.first, person.first));
        DS_TRY(read(columns.second, person.second));
        if (!columns.value)
            person.value = 0.5 * (person.first + person.second);
        person.index = static_cast<uint32_t>(people.emplace(sample, people.size()).first->second);
        const size_t at = genes.emplace(gene, genes.size()).first->second;
        ofGene.resize(std::max(ofGene.size(), at + 1));
        ofGene[at].push_back(person);
        return {};
    }

    /// By person, each once.
    Result<void> order(const fs::path& file) {
        for (const auto& [gene, at] : genes) {
            std::vector<Person>& all = ofGene[at];
            std::sort(all.begin(), all.end(),
                      [](const Person& a, const Person& b) { return a.index < b.index; });
            const auto twice = std::adjacent_find(
                all.begin(), all.end(), [](const Person& a, const Person& b) { return a.index == b.index; });
            if (twice == all.end())
                continue;
            const auto person = std::find_if(people.begin(), people.end(),
                                             [&](const auto& entry) { return entry.second == twice->index; });
            return fail(ErrorKind::BadInput,
                        fmt::format("Two rows tell of {} in {}: {} and {}.", gene, person->first,
                                    twice->value, (twice + 1)->value),
                        file.string(), "Leave one of both; nobody else can say which one is meant.");
        }
        return {};
    }

    [[nodiscard]] PredictionsOfGene find(size_t gene, std::span<const std::string> asked) const {
        PredictionsOfGene found = nothingOf(asked.size());
        for (size_t p = 0; p < asked.size(); ++p) {
            const auto known = people.find(asked[p]);
            if (known == people.end())
                continue;
            const std::vector<Person>& all = ofGene[gene];
            const auto at = std::lower_bound(all.begin(), all.end(), known->second,
                                             [](const Person& a, size_t index) { return a.index < index; });
            if (at == all.end() || at->index != known->second)
                continue;
            const auto row = static_cast<Eigen::Index>(p);
            found.haplotypes.row(row) << at->first, at->second;
            found.predicted(row) = at->value;
        }
        return found;
    }
};

/// A table as those of expression are. Until people are asked for, rows may be genes or people.
struct PredictionTable::Rows {
    explicit Rows(ExpressionRows all)
        : table(std::move(all))
        , genesInRows(geneIndex(table.genes()))
        , peopleInRows(peopleIndex(table.genes()))
        , genesInColumns(geneIndex(table.people()))
        , peopleInColumns(peopleIndex(table.people())) {}

    ExpressionRows table;
    NameIndex genesInRows, peopleInRows, genesInColumns, peopleInColumns;
    std::mutex mutex;
    Eigen::MatrixXd turned; ///< under the mutex: [columns x rows], once people are found to be in the rows

    static size_t known(const NameIndex& index, std::span<const std::string> people) {
        return static_cast<size_t>(std::count_if(
            people.begin(), people.end(), [&](const std::string& person) { return index.contains(person); }));
    }

    /// A gene's values of all people who stand in rows.
    Result<Eigen::VectorXd> column(size_t gene) {
        const std::lock_guard lock(mutex);
        if (turned.size() == 0) {
            Eigen::MatrixXd all(static_cast<Eigen::Index>(table.people().size()),
                                static_cast<Eigen::Index>(table.genes().size()));
            for (Eigen::Index row = 0; row < all.cols(); ++row) {
                DS_ASSIGN(const Eigen::VectorXd values, table.row(row));
                all.col(row) = values;
            }
            turned = std::move(all);
        }
        return Eigen::VectorXd(turned.row(static_cast<Eigen::Index>(gene)).transpose());
    }
};

Result<PredictionTable> PredictionTable::open(const fs::path& file, const fs::path& folder,
                                              const RunContext& context) {
    PredictionTable opened;
    opened.m_file = file;
    DS_ASSIGN(TableReader table, TableReader::open(file));
    if (const auto columns = longColumns(table)) {
        auto held = std::make_shared<Held>();
        for (int64_t row = 0;; ++row) {
            if (row % 65536 == 0) {
                DS_TRY(context.checkpoint());
                context.report("Reading predictions", row, 0);
            }
            DS_ASSIGN(const bool more, table.next());
            if (!more)
                break;
            DS_TRY(held->take(table, *columns));
        }
        if (held->genes.empty())
            return fail(ErrorKind::BadInput, "The table has a header but no row.", file.string(),
                        "The file is cut off or nothing was written; make it anew.");
        DS_TRY(held->order(file));
        opened.m_held = std::move(held);
        return opened;
    }
    ExpressionRequest request;
    request.choose = [](const std::vector<std::string>& people) {
        std::vector<int64_t> all(people.size());
        std::iota(all.begin(), all.end(), int64_t{0});
        return all;
    };
    DS_ASSIGN(ExpressionRows rows, ExpressionRows::open(file, request, folder, context));
    opened.m_rows = std::make_shared<Rows>(std::move(rows));
    return opened;
}

size_t PredictionTable::rowCount() const {
    return m_held ? m_held->genes.size() : m_rows->table.genes().size();
}

size_t PredictionTable::columnCount() const {
    return m_held ? m_held->people.size() : m_rows->table.people().size();
}

Result<PredictionsOfGene> PredictionTable::find(std::string_view geneId, std::string_view geneName,
                                                std::span<const std::string> people) const {
    const size_t inColumns = m_held ? 0 : Rows::known(m_rows->peopleInColumns, people);
    const size_t inRows = m_held ? 0 : Rows::known(m_rows->peopleInRows, people);
    const size_t known = m_held ? Rows::known(m_held->people, people) : std::max(inColumns, inRows);
    if (known == 0 && !people.empty())
        return fail(
            ErrorKind::NotFound,
            fmt::format(
                "The table of predictions has none of the study's {} people; theirs are named like {}.",
                people.size(), people.front()),
            m_file.string(), "Name people in it as the genotypes do.");
    const bool isTurned = inRows > inColumns;
    const NameIndex& genes = m_held ? m_held->genes : isTurned ? m_rows->genesInColumns : m_rows->genesInRows;
    const auto gene = geneIn(genes, geneId, geneName);
    if (!gene)
        return fail(
            ErrorKind::NotFound,
            fmt::format("The table of predictions has nothing of {}.",
                        geneName.empty() ? std::string(geneId) : fmt::format("{} ({})", geneName, geneId)),
            m_file.string(),
            "Choose a gene that it has, or check that its genes are named as the annotation's.");
    if (*gene == Twice)
        return fail(ErrorKind::BadInput,
                    fmt::format("The table of predictions has several versions of {}.", geneId),
                    m_file.string(), "Leave one of them; nobody else can say which one is meant.");
    if (m_held) {
        PredictionsOfGene found = m_held->find(*gene, people);
        found.others = static_cast<int64_t>(m_held->people.size() - known);
        return found;
    }
    DS_ASSIGN(const Eigen::VectorXd values,
              isTurned ? m_rows->column(*gene) : m_rows->table.row(static_cast<int64_t>(*gene)));
    PredictionsOfGene found = nothingOf(people.size());
    const NameIndex& columns = isTurned ? m_rows->peopleInRows : m_rows->peopleInColumns;
    found.others = static_cast<int64_t>(columns.size() - known);
    for (size_t p = 0; p < people.size(); ++p)
        if (const auto at = columns.find(people[p]); at != columns.end())
            found.predicted(static_cast<Eigen::Index>(p)) = values(static_cast<Eigen::Index>(at->second));
    return found;
}

} // namespace diploscope
