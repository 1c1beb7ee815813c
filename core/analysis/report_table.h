// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/condition.h"
#include "analysis/report_columns.h"

#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace diploscope {

/// A report's SNVs or people as a Condition looks into them: rows as in GeneReport::variants or ::people,
/// columns those of `GENE.variants.tsv` or `GENE.people.tsv` (report_columns) as far as the report has them,
/// numbers as the files have them, what is yes or no 1 or 0. Immutable; any thread.
class ReportTable final : public ConditionTable {
public:
    enum class Rows { Variants, People };
    /// \param report never null
    ReportTable(std::shared_ptr<const GeneReport> report, Rows rows);

    [[nodiscard]] size_t rowCount() const override;
    [[nodiscard]] std::optional<size_t> findColumn(std::string_view name) const override;
    [[nodiscard]] bool isText(size_t column) const override;
    [[nodiscard]] double number(size_t row, size_t column) const override;
    [[nodiscard]] std::string textIn(size_t row, size_t column) const override;
    [[nodiscard]] std::vector<std::string> columnNames() const override;
    [[nodiscard]] std::string_view example() const override;

private:
    std::shared_ptr<const GeneReport> m_report;
    Rows m_rows;
    std::vector<const ReportColumn*> m_columns;
};

/// What a list of names means in a report.
struct NamedInReport {
    std::set<Variant> variants;
    std::set<std::string> people;
    std::vector<std::string> unknown; ///< as written, in their order, each once
};

/// \param list people by sample, SNVs by id (upper and lower case being equal; all alleles of it) or in any
/// form of parseVariant(), one a line or with tabs or semicolons between; of names without blanks several a
/// line, with blanks or commas between. `#` begins a note, except within a name.
[[nodiscard]] NamedInReport namedIn(const GeneReport& report, std::string_view list);

/// The SNV of a report that a person means, which enough people have a genotype of. \param name an id, or as
/// parseVariant() takes it \return index into its variants \error NotFound
[[nodiscard]] Result<size_t> genotypedSnv(const GeneReport& report, const std::string& name);

} // namespace diploscope
