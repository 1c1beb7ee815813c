// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/genome_table.h"

#include "base/suggestion.h"
#include "base/words.h"
#include "results/gene_columns.h"
#include "stats/multiple_testing.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <limits>
#include <unordered_map>

namespace diploscope {

namespace {

constexpr double Missing = std::numeric_limits<double>::quiet_NaN();

std::optional<double> pOf(const GeneRow& gene, NullChoice null) {
    switch (null) {
    case NullChoice::Published:
        return gene.pPublished;
    case NullChoice::Calibrated:
        return gene.pCalibrated;
    case NullChoice::Empirical:
        return gene.pEmpirical;
    }
    return std::nullopt;
}

} // namespace

std::string_view toText(NullChoice null) {
    switch (null) {
    case NullChoice::Published:
        return "published";
    case NullChoice::Calibrated:
        return "calibrated";
    case NullChoice::Empirical:
        return "empirical";
    }
    return {};
}

NullChoice defaultNull(bool published) {
    return published ? NullChoice::Published : NullChoice::Empirical;
}

Result<size_t> findModel(const std::vector<ModelGenes>& models, std::string_view model) {
    if (model.empty())
        return size_t{0};
    std::vector<std::string> names, partly;
    size_t found = 0;
    for (size_t i = 0; i < models.size(); ++i) {
        names.push_back(models[i].model);
        if (models[i].model == model)
            return i;
        if (lowerCase(models[i].model).find(lowerCase(model)) != std::string::npos) {
            partly.push_back(models[i].model);
            found = i;
        }
    }
    if (partly.size() == 1)
        return found;
    if (partly.empty())
        return fail(ErrorKind::NotFound, fmt::format("There are no results of a model `{}`.", model), {},
                    fmt::format("There are results of {}.", listed(names)));
    return fail(ErrorKind::Mismatch, fmt::format("`{}` fits {}.", model, listed(partly)), {},
                "Write the model's whole name.");
}

std::shared_ptr<const GenomeTable> GenomeTable::make(const std::vector<ModelGenes>& models, size_t shown,
                                                     NullChoice null) {
    auto table = std::make_shared<GenomeTable>();
    table->m_model = models[shown].model;
    table->m_null = null;
    table->m_provenance = models[shown].provenance;
    for (const GeneRow& gene : models[shown].genes)
        if (gene.failure.empty())
            table->m_genes.push_back(gene);
        else
            ++table->m_failed;
    const std::vector<GeneRow>& genes = table->m_genes;

    const auto addNumbers = [&](std::string name, std::vector<double> values) {
        table->m_columns.push_back({std::move(name), false});
        table->m_numbers.push_back(std::move(values));
    };
    for (const auto& column : geneColumns().texts) {
        table->m_columns.push_back({std::string(column.name), true});
        table->m_numbers.emplace_back();
    }
    for (const auto& column : geneColumns().numbers) {
        std::vector<double> values;
        values.reserve(genes.size());
        for (const GeneRow& gene : genes)
            values.push_back((gene.*column.member).value_or(Missing));
        addNumbers(std::string(column.name), std::move(values));
    }

    std::vector<std::optional<double>> p, tested;
    for (const GeneRow& gene : genes) {
        p.push_back(gene.r ? pOf(gene, null) : std::nullopt);
        tested.push_back(gene.nullTestable == 0.0 ? std::nullopt : p.back());
    }
    const auto numbersOf = [](const std::vector<std::optional<double>>& values) {
        std::vector<double> numbers;
        for (const auto& value : values)
            numbers.push_back(value.value_or(Missing));
        return numbers;
    };
    const std::vector<double> together[] = {numbersOf(p), numbersOf(benjaminiHochberg(tested)),
                                            numbersOf(bonferroni(tested))};
    for (size_t i = 0; i < genomeColumns().size(); ++i)
        addNumbers(std::string(genomeColumns()[i].name), together[i]);
    table->m_ownColumns = table->m_columns.size();

    for (size_t i = 0; i < models.size(); ++i) {
        if (i == shown)
            continue;
        std::unordered_map<std::string_view, double> rOfGene;
        for (const GeneRow& gene : models[i].genes)
            if (gene.r)
                rOfGene.emplace(gene.geneId, *gene.r);
        std::vector<double> values;
        for (const GeneRow& gene : genes) {
            const auto found = rOfGene.find(gene.geneId);
            values.push_back(found == rOfGene.end() ? Missing : found->second);
        }
        addNumbers("r_" + models[i].model, std::move(values));
    }
    return table;
}

std::optional<size_t> GenomeTable::findColumn(std::string_view name) const {
    std::string wanted = lowerCase(name);
    if (wanted == "r")
        wanted = "pearson_r";
    else if (wanted == "p")
        wanted = "p_null";
    else if (wanted == "gene")
        wanted = "gene_name";
    for (size_t i = 0; i < m_columns.size(); ++i)
        if (lowerCase(m_columns[i].name) == wanted)
            return i;
    return std::nullopt;
}

double GenomeTable::number(size_t row, size_t column) const {
    return m_columns[column].isText ? Missing : m_numbers[column][row];
}

const std::string& GenomeTable::text(size_t row, size_t column) const {
    static const std::string none;
    return column < geneColumns().texts.size() ? m_genes[row].*geneColumns().texts[column].member : none;
}

std::vector<std::string> GenomeTable::columnNames() const {
    std::vector<std::string> names{"r", "q", "p"};
    for (const Column& column : m_columns)
        names.push_back(column.name);
    return names;
}

std::optional<size_t> GenomeTable::rowOfGene(std::string_view geneId) const {
    const auto found = std::find_if(m_genes.begin(), m_genes.end(),
                                    [&](const GeneRow& gene) { return gene.geneId == geneId; });
    if (found == m_genes.end())
        return std::nullopt;
    return static_cast<size_t>(found - m_genes.begin());
}

} // namespace diploscope
