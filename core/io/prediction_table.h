// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"

#include <Eigen/Core>

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace diploscope {

/// What a table of predictions tells of a gene.
struct PredictionsOfGene {
    Eigen::MatrixXd haplotypes; ///< [people x 2]; NaN: not told
    Eigen::VectorXd predicted;  ///< [people] the person's; NaN: nothing is told
    int64_t others = 0;         ///< people whom the table has and nobody asked for
};

/// Predictions of genes in people, as any model may have told them: genes x people or people x genes as
/// tables of expression are, or in long form, a row a gene and person. Of large tables of genes in rows a
/// gene's line is read when it is asked for (ExpressionRows); others are held. Immutable; any thread. Source:
/// FORMATS 11, METHODS 14
class PredictionTable {
public:
    /// \param folder the user's cache \error as ExpressionRows::open; of the long form BadInput: a column is
    /// missing, a row is ragged or names nobody, a number is none, or two rows tell of one gene and person -
    /// with the line; Cancelled
    [[nodiscard]] static Result<PredictionTable> open(const std::filesystem::path& file,
                                                      const std::filesystem::path& folder,
                                                      const RunContext& context = {});

    /// Whether genes, and not people, are asked for by rows is known once people are: so many names of
    /// either.
    [[nodiscard]] size_t rowCount() const;
    [[nodiscard]] size_t columnCount() const;
    /// A gene's, by its id (without version), else by its symbol. \error NotFound where the table has no such
    /// gene, or none of the people; as ExpressionRows::row
    [[nodiscard]] Result<PredictionsOfGene> find(std::string_view geneId, std::string_view geneName,
                                                 std::span<const std::string> people) const;

private:
    struct Held;
    struct Rows;
    std::filesystem::path m_file;
    std::shared_ptr<const Held> m_held; ///< of the long form
    std::shared_ptr<Rows> m_rows;       ///< of others
};

} // namespace diploscope
