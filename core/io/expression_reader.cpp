// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/expression_reader.h"

#include "base/words.h"
#include "io/expression_table.h"

#include <algorithm>
#include <string_view>
#include <unordered_set>

namespace diploscope {

namespace {

/// Columns that programs for eQTL, fine mapping and differential expression write: their tables have genes
/// and numbers as expression has, but no people.
bool isStatistic(std::string_view column) {
    static const std::unordered_set<std::string_view> known{"pip",
                                                            "probability",
                                                            "posterior",
                                                            "pval",
                                                            "pvalue",
                                                            "pval_nominal",
                                                            "pval_beta",
                                                            "pval_perm",
                                                            "p_value",
                                                            "p",
                                                            "qval",
                                                            "qvalue",
                                                            "q_value",
                                                            "fdr",
                                                            "padj",
                                                            "adj_p_val",
                                                            "adj_p_value",
                                                            "bonferroni",
                                                            "beta",
                                                            "slope",
                                                            "slope_se",
                                                            "se",
                                                            "stderr",
                                                            "std_err",
                                                            "effect",
                                                            "effect_size",
                                                            "z",
                                                            "zscore",
                                                            "z_score",
                                                            "t",
                                                            "t_stat",
                                                            "tstat",
                                                            "statistic",
                                                            "stat",
                                                            "logfc",
                                                            "log2fc",
                                                            "log2foldchange",
                                                            "lfcse",
                                                            "basemean",
                                                            "aveexpr",
                                                            "af",
                                                            "maf",
                                                            "r2",
                                                            "weight",
                                                            "ma_samples",
                                                            "ma_count",
                                                            "tss_distance",
                                                            "start_distance"};
    std::string name = lowerCase(column);
    for (char& letter : name)
        if (letter == '-' || letter == '.' || letter == ' ')
            letter = '_';
    while (name.ends_with('_'))
        name.pop_back();
    return known.contains(name);
}

using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

} // namespace

// Needed by name, because some of them (length, strand `.`) look like numbers.
bool describesRow(std::string_view column) {
    static const std::unordered_set<std::string_view> known{"chr",          "#chr",         "chrom",
                                                            "#chrom",       "chromosome",   "start",
                                                            "end",          "left",         "right",
                                                            "strand",       "length",       "tss",
                                                            "pos",          "position",     "pid",
                                                            "gid",          "grp",          "group",
                                                            "group_id",     "gene",         "gene_id",
                                                            "gene_name",    "gene_type",    "biotype",
                                                            "gene_biotype", "symbol",       "hgnc_symbol",
                                                            "description",  "id",           "name",
                                                            "targetid",     "phenotype_id", "ensembl_gene_id",
                                                            "info",         "coord",        "gene_symbol",
                                                            "entrez_id",    "entrezid",     "ccds",
                                                            "geneid",       "genes",        "width",
                                                            "sample_id",    "sample",       "sex",
                                                            "fid",          "iid",          "sid",
                                                            "population",   "family",       "batch"};
    return known.contains(lowerCase(column));
}

bool areStatistics(const std::vector<std::string>& columns) {
    const auto found = std::count_if(columns.begin(), columns.end(), isStatistic);
    // Somebody may be called `t`; two such columns among strangers are no coincidence.
    return found >= 2 || (found == 1 && columns.size() == 1);
}

Result<ExpressionMatrix> readExpression(const std::filesystem::path& file,
                                        const std::vector<std::string>& knownPeople) {
    DS_ASSIGN(TextReader reader, TextReader::open(file));
    return readExpression(std::move(reader), file, knownPeople);
}

Result<ExpressionMatrix> readExpression(TextReader reader, const std::filesystem::path& file,
                                        const std::vector<std::string>& knownPeople) {
    DS_ASSIGN(ExpressionTable table, ExpressionTable::open(std::move(reader), file,
                                                           NameSet(knownPeople.begin(), knownPeople.end())));
    ExpressionMatrix matrix;
    std::vector<std::string> ids;
    std::vector<double> rows; // row-major
    for (;;) {
        DS_ASSIGN(const bool more, table.next());
        if (!more)
            break;
        ids.emplace_back(table.id());
        rows.insert(rows.end(), table.values().begin(), table.values().end());
        if (table.hasPositions())
            matrix.positions.push_back(table.position());
        if (table.hasStrands())
            matrix.strands += table.strand();
    }
    const std::vector<std::string>& names = table.names();
    const Eigen::Map<const RowMajor> values(rows.data(), Eigen::Index(ids.size()),
                                            Eigen::Index(names.size()));
    const bool turned = table.isTurned(ids);
    matrix.layout = table.layout(turned);
    matrix.genes = turned ? names : std::move(ids);
    matrix.people = turned ? std::move(ids) : names;
    if (turned)
        matrix.values = values.transpose();
    else
        matrix.values = values;
    DS_TRY(table.checkNames(matrix.genes, matrix.people));
    return matrix;
}

} // namespace diploscope
