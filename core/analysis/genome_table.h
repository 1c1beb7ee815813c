// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/condition.h"
#include "results/gene_row.h"
#include "results/result_store.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace diploscope {

/// Which p against the gene-specific null (METHODS 5). core/stats/README.md says what each is worth.
enum class NullChoice {
    Published,  ///< T as the paper's authors have it, over 50 predictors
    Calibrated, ///< T of R as one more draw: near uniform where nothing is to be found, some 7 % below .05
    Empirical,  ///< a rank: uniform, but never below 1 / (K + 1); not known of published tables
};
[[nodiscard]] std::string_view toText(NullChoice null);
/// What p and q are of where nobody chose: of own genes the one that is uniform; of published tables, which
/// tell moments alone, theirs.
[[nodiscard]] NullChoice defaultNull(bool published);

/// All genes of one run.
struct ModelGenes {
    std::string model;
    std::vector<GeneRow> genes;
    std::vector<std::pair<std::string, std::string>> provenance;
};

/// The position of `model` among the models: by its name, else by a part of it that no other has; the first
/// where it is empty. \error NotFound, Mismatch; names those there are.
[[nodiscard]] Result<size_t> findModel(const std::vector<ModelGenes>& models, std::string_view model);

/// All genes under one model, with other models' R beside: what the genome page shows and filters look into.
/// Columns are geneColumns(), then genomeColumns(): `p_null` (of the chosen null), `q` and `bonferroni` over
/// the genes of this table that have a p, an R and a null that can be tested, then `r_MODEL` for every other
/// model. Kept column by column, so that 20,000 genes sort and filter in milliseconds. Immutable; share it
/// between threads.
class GenomeTable final : public ConditionTable {
public:
    struct Column {
        std::string name;
        bool isText = false;
    };

    /// \param shown index into `models` of the model whose genes are the rows; genes that failed are left out
    [[nodiscard]] static std::shared_ptr<const GenomeTable> make(const std::vector<ModelGenes>& models,
                                                                 size_t shown, NullChoice null);

    [[nodiscard]] const std::string& model() const { return m_model; }
    [[nodiscard]] NullChoice null() const { return m_null; }
    /// Genes of the model that are left out, as their analysis failed.
    [[nodiscard]] int64_t failedCount() const { return m_failed; }
    [[nodiscard]] const std::vector<GeneRow>& genes() const { return m_genes; }
    [[nodiscard]] size_t rowCount() const override { return m_genes.size(); }
    [[nodiscard]] const std::vector<Column>& columns() const { return m_columns; }
    /// How many of the columns are of the model shown; behind them stand those of the others.
    [[nodiscard]] size_t ownColumnCount() const { return m_ownColumns; }
    /// By name, upper and lower case being equal; `r` and `p` mean `pearson_r` and `p_null`, `gene` the name.
    [[nodiscard]] std::optional<size_t> findColumn(std::string_view name) const override;

    /// NaN where there is no value, and for text columns.
    [[nodiscard]] double number(size_t row, size_t column) const override;
    /// A whole column of numbers, [rows].
    [[nodiscard]] const std::vector<double>& numbers(size_t column) const { return m_numbers[column]; }
    /// Empty for number columns.
    [[nodiscard]] const std::string& text(size_t row, size_t column) const;
    [[nodiscard]] bool isText(size_t column) const override { return m_columns[column].isText; }
    [[nodiscard]] std::string textIn(size_t row, size_t column) const override { return text(row, column); }
    [[nodiscard]] std::vector<std::string> columnNames() const override;
    [[nodiscard]] std::string_view example() const override { return "q < 0.05 and r < -0.2"; }
    [[nodiscard]] std::optional<size_t> rowOfGene(std::string_view geneId) const;
    [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& provenance() const {
        return m_provenance;
    }

private:
    std::string m_model;
    NullChoice m_null = NullChoice::Empirical;
    std::vector<GeneRow> m_genes;
    int64_t m_failed = 0;
    std::vector<Column> m_columns;
    size_t m_ownColumns = 0;
    std::vector<std::vector<double>> m_numbers; ///< [columns][rows]; empty for text columns
    std::vector<std::pair<std::string, std::string>> m_provenance;
};

} // namespace diploscope
