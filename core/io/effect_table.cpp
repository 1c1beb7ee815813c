// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/effect_table.h"

#include "base/suggestion.h"
#include "genome/annotation.h"
#include "genome/contig_names.h"
#include "genome/variant_name.h"
#include "io/table_reader.h"
#include "io/text_index.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <initializer_list>
#include <limits>
#include <optional>
#include <set>
#include <unordered_set>

namespace diploscope {

namespace fs = std::filesystem;

namespace {

/// A reference's score that no row has told yet.
constexpr double NotTold = std::numeric_limits<double>::quiet_NaN();

std::string lowerCase(std::string_view text) {
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return std::tolower(c); });
    return lower;
}

/// The first column that is called so, in whatever case.
std::optional<size_t> columnAmong(const TableReader& table, std::initializer_list<std::string_view> names) {
    for (const std::string_view name : names)
        for (size_t i = 0; i < table.columns().size(); ++i)
            if (lowerCase(table.columns()[i]) == name)
                return i;
    return std::nullopt;
}

/// Where a table of effects says what.
struct EffectColumns {
    size_t gene = 0;
    std::optional<size_t> variant; ///< else the four that follow
    size_t chrom = 0, position = 0, ref = 0, alt = 0;
    std::optional<size_t> effectAllele;
    std::vector<size_t> scores;
    std::vector<std::optional<size_t>> references; ///< of each score
    std::optional<size_t> info;     ///< of a VCF, whose INFO has gene and scores, a value an ALT
    std::vector<std::string> names; ///< of the scores
};

/// The value of a key of a VCF's INFO.
std::optional<std::string_view> infoValue(std::string_view info, std::string_view key) {
    while (!info.empty()) {
        const std::string_view entry = info.substr(0, info.find(';'));
        info.remove_prefix(std::min(info.size(), entry.size() + 1));
        if (entry.size() > key.size() && entry.starts_with(key) && entry[key.size()] == '=')
            return entry.substr(key.size() + 1);
    }
    return std::nullopt;
}

std::vector<std::string_view> splitAtCommas(std::string_view text) {
    std::vector<std::string_view> parts;
    for (size_t comma = 0; comma != std::string_view::npos;
         text.remove_prefix(std::min(text.size(), comma + 1))) {
        comma = text.find(',');
        parts.push_back(text.substr(0, comma));
    }
    return parts;
}

Result<EffectColumns> effectColumns(const TableReader& table, const std::vector<std::string>& scores) {
    const auto missing = [&](std::string_view what) {
        return fail(
            ErrorKind::BadInput,
            fmt::format("A table of effects needs {}; its columns are {}.", what, listed(table.columns(), 8)),
            table.where(),
            "Name the columns chrom, pos, ref and alt, or variant_id; gene; and score. Other columns "
            "of scores are named under \"scores\" in model.json.");
    };
    EffectColumns columns;
    columns.names = scores;
    const auto gene = columnAmong(table, {"gene", "gene_id", "phenotype_id"});
    if (!gene)
        columns.info = table.find("INFO");
    if (!gene && !columns.info)
        return missing("a column of genes");
    columns.gene = gene.value_or(0);
    const auto chrom = columnAmong(table, {"chrom", "chr", "contig", "chromosome"});
    const auto position = columnAmong(table, {"pos", "position"});
    const auto ref = columnAmong(table, {"ref"});
    const auto alt = columnAmong(table, {"alt"});
    if (chrom && position && ref && alt) {
        columns.chrom = *chrom;
        columns.position = *position;
        columns.ref = *ref;
        columns.alt = *alt;
    } else {
        columns.variant = columnAmong(table, {"variant_id", "variant"});
        if (!columns.variant)
            return missing("columns that name variants");
    }
    if (columns.info)
        return columns;
    columns.effectAllele = columnAmong(table, {"effect_allele"});
    for (const std::string& score : scores) {
        const auto column = table.find(score);
        if (!column)
            return missing(fmt::format("the column of scores `{}`", score));
        columns.scores.push_back(*column);
        columns.references.push_back(table.find(score + "_reference"));
    }
    return columns;
}

} // namespace

/// What is needed of a table until its last row is read.
class EffectTable::Reading {
public:
    Reading(TableReader table, EffectColumns columns, EffectTable& made)
        : m_table(std::move(table)), m_columns(std::move(columns)), m_made(made) {
        m_made.m_scoreCount = m_columns.names.size();
    }

    Result<void> readAll(const RunContext& context) {
        for (;; ++m_made.m_rowsRead) {
            if (m_made.m_rowsRead % 65536 == 0) {
                DS_TRY(context.checkpoint());
                context.report("Reading effects", m_made.m_rowsRead, 0);
            }
            DS_ASSIGN(const bool more, m_table.next());
            if (!more)
                break;
            DS_TRY(takeRow());
        }
        for (auto& [gene, effects] : m_made.m_genes) {
            for (double& score : effects.reference)
                if (std::isnan(score))
                    score = 0; // METHODS 14
            std::sort(effects.rows.begin(), effects.rows.end(), [](const Row& a, const Row& b) {
                return std::pair(a.contig, a.position) < std::pair(b.contig, b.position);
            });
        }
        return {};
    }

private:
    struct Key {
        const GeneEffects* gene;
        Row row;
        bool operator==(const Key& other) const {
            return gene == other.gene && row.position == other.row.position &&
                   row.contig == other.row.contig && row.alleles == other.row.alleles;
        }
    };
    struct KeyHash {
        size_t operator()(const Key& key) const {
            uint64_t bits = reinterpret_cast<uintptr_t>(key.gene);
            for (const uint64_t part :
                 {uint64_t(key.row.position), uint64_t{key.row.contig} << 32 | key.row.alleles})
                bits = (bits ^ part) * 0x9E3779B97F4A7C15U ^ bits >> 29U;
            return bits;
        }
    };

    [[nodiscard]] Failure bad(std::string what, std::string remedy) const {
        return fail(ErrorKind::BadInput, std::move(what), m_table.where(), std::move(remedy));
    }

    uint32_t intern(std::string text) { return m_textIndex.add(m_made.m_texts, std::move(text)); }

    [[nodiscard]] Result<std::string> gene() const {
        std::string_view text = m_columns.info ? std::string_view() : m_table.text(m_columns.gene);
        for (const std::string_view key : {"GENE", "GENE_ID", "gene", "gene_id"})
            if (m_columns.info && text.empty())
                text = infoValue(m_table.text(*m_columns.info), key).value_or("");
        std::string id = splitGeneId(text).id;
        if (id.empty())
            return bad("The row names no gene.", m_columns.info
                                                     ? "Give each record one under GENE in its INFO."
                                                     : "Write the gene's id or symbol into each row.");
        return id;
    }

    /// What the row is of; a record of a VCF may be of several.
    [[nodiscard]] Result<std::vector<VariantName>> variants() const {
        if (m_columns.variant) {
            const std::string_view text = m_table.text(*m_columns.variant);
            if (auto name = parseVariantName(text))
                return std::vector{*std::move(name)};
            return bad(
                fmt::format("`{}` does not say contig, position and both alleles.", text.substr(0, 40)),
                "Write 22:100:A:G or chr22_100_A_G_b38; an rsid alone does not tell which allele has "
                "the effect.");
        }
        VariantName name;
        name.contig = m_table.text(m_columns.chrom);
        DS_ASSIGN(name.position, m_table.integer(m_columns.position));
        name.position = std::max(name.position, int64_t{0}) - 1; // which checkAlleles() refuses
        name.ref = upperCaseAllele(m_table.text(m_columns.ref));
        const std::string_view alts = m_table.text(m_columns.alt);
        std::vector<VariantName> names;
        for (const std::string_view alt : m_columns.info ? splitAtCommas(alts) : std::vector{alts}) {
            names.push_back(name);
            names.back().alt = upperCaseAllele(alt);
        }
        return names;
    }

    [[nodiscard]] Result<void> checkAlleles(const VariantName& name) const {
        const auto isBases = [](const std::string& allele) {
            return !allele.empty() && allele.find_first_not_of("ACGT") == std::string::npos;
        };
        if (name.position < 0 || !isBases(name.ref) || !isBases(name.alt) || name.ref == name.alt)
            return bad(fmt::format("{}:{} `{}` to `{}` is no change of bases.", name.contig,
                                   name.position + 1, shortAllele(name.ref), shortAllele(name.alt)),
                       "Give a position from 1, and two different alleles of A, C, G and T.");
        return {};
    }

    /// -1 where the effect is that of REF.
    [[nodiscard]] Result<double> sign(const VariantName& name) const {
        if (!m_columns.effectAllele)
            return 1.0;
        const std::string allele = upperCaseAllele(m_table.text(*m_columns.effectAllele));
        if (allele != name.ref && allele != name.alt)
            return bad(fmt::format("The effect allele `{}` is neither `{}` nor `{}`.", shortAllele(allele),
                                   shortAllele(name.ref), shortAllele(name.alt)),
                       "Correct the column `effect_allele`, or leave it out: effects are then of ALT.");
        return allele == name.alt ? 1.0 : -1.0;
    }

    [[nodiscard]] Result<double> number(size_t column) const {
        DS_ASSIGN(const std::optional<double> value, m_table.number(column, {}));
        if (!value)
            return bad(fmt::format("`{}` in column `{}` is no number.", m_table.text(column),
                                   m_table.columns()[column]),
                       "Leave the row out where the model says nothing, and write 0 where it says 0.");
        return *value;
    }

    /// \param allele of `alleles` that the record has, each with a value of its own
    [[nodiscard]] Result<double> infoNumber(std::string_view key, std::string_view text, size_t allele,
                                            size_t alleles) const {
        const std::vector<std::string_view> values = splitAtCommas(text);
        double value = 0;
        if (values.size() != alleles || !parseNumber(values[allele], value) || !std::isfinite(value))
            return bad(
                fmt::format("INFO has {}={}, which is not {} as its {} ALT need{}.", key, text.substr(0, 40),
                            alleles == 1 ? "one finite number" : fmt::format("{} finite numbers", alleles),
                            alleles, alleles == 1 ? "s" : ""),
                "Leave the record out where the model says nothing, and write 0 where it says 0.");
        return value;
    }

    [[nodiscard]] Result<double> score(size_t s, size_t allele, size_t alleles) const {
        if (!m_columns.info)
            return number(m_columns.scores[s]);
        const auto text = infoValue(m_table.text(*m_columns.info), m_columns.names[s]);
        return infoNumber(m_columns.names[s], text.value_or(""), allele, alleles);
    }

    /// Nothing where the table has none.
    [[nodiscard]] Result<std::optional<double>> referenceScore(size_t s) const {
        std::optional<double> value;
        if (!m_columns.info) {
            if (m_columns.references[s]) {
                DS_ASSIGN(value, number(*m_columns.references[s]));
            }
            return value;
        }
        const std::string key = m_columns.names[s] + "_reference";
        if (const auto text = infoValue(m_table.text(*m_columns.info), key)) {
            DS_ASSIGN(value, infoNumber(key, *text, 0, 1));
        }
        return value;
    }

    Result<void> takeReference(GeneEffects& effects, const std::string& gene) const {
        for (size_t s = 0; s < m_columns.names.size(); ++s) {
            DS_ASSIGN(const std::optional<double> value, referenceScore(s));
            if (!value)
                continue;
            if (!std::isnan(effects.reference[s]) && effects.reference[s] != *value)
                return bad(fmt::format("The reference's score of {} is {} here and {} in rows before.", gene,
                                       *value, effects.reference[s]),
                           "A gene has one reference: write the same number in all of its rows.");
            effects.reference[s] = *value;
        }
        return {};
    }

    Result<void> takeRow() {
        DS_ASSIGN(const std::string id, gene());
        DS_ASSIGN(const std::vector<VariantName> names, variants());
        const auto place = m_made.m_genes.try_emplace(id).first;
        place->second.reference.resize(m_columns.names.size(), NotTold);
        DS_TRY(takeReference(place->second, id));
        for (size_t allele = 0; allele < names.size(); ++allele)
            DS_TRY(takeAllele(names[allele], allele, names.size(), id, place->second));
        return {};
    }

    Result<void> takeAllele(const VariantName& name, size_t allele, size_t alleles, const std::string& gene,
                            GeneEffects& effects) {
        DS_TRY(checkAlleles(name));
        DS_ASSIGN(const double turned, sign(name));
        std::vector<double> scores;
        for (size_t s = 0; s < m_columns.names.size(); ++s) {
            DS_ASSIGN(const double value, score(s, allele, alleles));
            scores.push_back(value == 0 ? 0 : turned * value);
        }
        const TrimmedAlleles trimmed = trimAlleles(name.position, name.ref, name.alt);
        const Row row{trimmed.position, intern(canonicalContig(name.contig)),
                      intern(fmt::format("{}\t{}", trimmed.ref, trimmed.alt)),
                      static_cast<uint32_t>(m_made.m_scores.size() / scores.size())};
        const auto [known, isNew] = m_known.insert({&effects, row});
        if (!isNew) {
            const std::span<const double> before = m_made.scoresOf(known->row);
            if (!std::equal(before.begin(), before.end(), scores.begin()))
                return bad(fmt::format("{}:{} {}>{} has two effects on {}: {} in a row before, and {} here.",
                                       name.contig, name.position + 1, shortAllele(name.ref),
                                       shortAllele(name.alt), gene, before.front(), scores.front()),
                           "Leave one of both rows; nobody else can say which one is meant.");
            ++effects.repeated;
            return {};
        }
        effects.rows.push_back(row);
        m_made.m_scores.insert(m_made.m_scores.end(), scores.begin(), scores.end());
        return {};
    }

    TableReader m_table;
    EffectColumns m_columns;
    EffectTable& m_made;
    TextIndex m_textIndex;
    std::unordered_set<Key, KeyHash> m_known; ///< genes stay where they are while others are added
};

Result<EffectTable> EffectTable::read(const fs::path& file, const std::vector<std::string>& scores,
                                      const RunContext& context) {
    DS_ASSIGN(TableReader table, TableReader::open(file));
    DS_ASSIGN(EffectColumns columns, effectColumns(table, scores));
    EffectTable made;
    DS_TRY(Reading(std::move(table), std::move(columns), made).readAll(context));
    if (made.m_rowsRead == 0)
        return fail(ErrorKind::BadInput, "The table has a header but no row.", file.string(),
                    "The file is cut off or nothing was written; make it anew.");
    made.listContigs();
    return made;
}

void EffectTable::listContigs() {
    std::set<std::string, std::less<>> contigs;
    for (const auto& [gene, effects] : m_genes)
        for (const Row& row : effects.rows)
            if (!contigs.contains(contigOf(row)))
                contigs.emplace(contigOf(row));
    m_contigs.assign(contigs.begin(), contigs.end());
}

const EffectTable::GeneEffects* EffectTable::find(std::string_view geneId, std::string_view geneName) const {
    for (const std::string_view name : {geneId, geneName})
        if (!name.empty())
            if (const auto found = m_genes.find(std::string(name)); found != m_genes.end())
                return &found->second;
    return nullptr;
}

TrimmedAlleles EffectTable::allelesOf(const Row& row) const {
    const std::string_view both = m_texts[row.alleles];
    const size_t tab = both.find('\t');
    return {row.position, both.substr(0, tab), both.substr(tab + 1)};
}

} // namespace diploscope
