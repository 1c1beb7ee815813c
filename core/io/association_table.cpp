// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/association_table.h"

#include "base/suggestion.h"
#include "genome/annotation.h"
#include "genome/contig_names.h"
#include "genome/variant_name.h"
#include "io/table_reader.h"
#include "io/text_index.h"
#include "sequence/site.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <unordered_set>

namespace diploscope {

namespace fs = std::filesystem;

namespace {

/// Which columns of a format say what; empty: none does.
struct Layout {
    AssociationFormat format;
    std::string_view gene, variant, slope, se, p, pip, frequency, credibleSet, rsid;
};
constexpr Layout Layouts[] = {
    {AssociationFormat::TensorQtlSusie, "phenotype_id", "variant_id", "", "", "", "pip", "af", "cs_id", ""},
    {AssociationFormat::TensorQtlNominal, "phenotype_id", "variant_id", "slope", "slope_se", "pval_nominal",
     "", "af", "", ""},
    {AssociationFormat::GtexSignificant, "gene_id", "variant_id", "slope", "slope_se", "pval_nominal", "", "",
     "", ""},
    {AssociationFormat::EqtlCatalogueSusie, "molecular_trait_id", "variant", "beta", "se", "pvalue", "pip",
     "", "cs_id", "rsid"},
};

/// Where the columns of a layout stand in a file.
struct Columns {
    size_t gene = 0, variant = 0;
    std::optional<size_t> slope, se, p, pip, frequency, credibleSet, rsid;
};

std::optional<size_t> indexOf(const std::vector<std::string>& columns, std::string_view name) {
    const auto found = name.empty() ? columns.end() : std::find(columns.begin(), columns.end(), name);
    return found == columns.end() ? std::nullopt
                                  : std::optional(static_cast<size_t>(found - columns.begin()));
}

std::optional<Columns> columnsOf(const std::vector<std::string>& names, const Layout& layout) {
    const auto gene = indexOf(names, layout.gene), variant = indexOf(names, layout.variant);
    // Traits may be exons or transcripts; then the gene has a column of its own.
    Columns columns{indexOf(names, "gene_id").value_or(gene.value_or(0)),
                    variant.value_or(0),
                    indexOf(names, layout.slope),
                    indexOf(names, layout.se),
                    indexOf(names, layout.p),
                    indexOf(names, layout.pip),
                    indexOf(names, layout.frequency),
                    indexOf(names, layout.credibleSet),
                    indexOf(names, layout.rsid)};
    const bool effect = layout.pip.empty() ? columns.slope && columns.p : columns.pip && columns.credibleSet;
    if (!gene || !variant || !effect)
        return std::nullopt;
    return columns;
}

struct Recognised {
    AssociationFormat format;
    Columns columns;
};
std::optional<Recognised> recogniseColumns(const std::vector<std::string>& names) {
    for (const Layout& layout : Layouts)
        if (const auto columns = columnsOf(names, layout))
            return Recognised{layout.format, *columns};
    return std::nullopt;
}

Failure unknownColumns(const TableReader& table) {
    return fail(
        ErrorKind::BadInput,
        fmt::format("The columns ({}) are none of an eQTL or fine-mapping table.",
                    listed(table.columns(), 8)),
        table.where(),
        "Give tensorQTL nominal or SuSiE results, GTEx significant pairs, or credible sets of the eQTL "
        "Catalogue, as text with tabs or commas.");
}

Failure noRow(const fs::path& file) {
    return fail(ErrorKind::BadInput, "The table has a header but no row.", file.string(),
                "The file is cut off or the query behind it found nothing; get it anew.");
}

std::string siteName(std::string_view contig, std::string_view ref, std::string_view alt) {
    return fmt::format("{}\t{}\t{}", canonicalContig(contig), ref, alt);
}

} // namespace

std::string_view toText(AssociationFormat format) {
    switch (format) {
    case AssociationFormat::TensorQtlNominal:
        return "tensorQTL nominal";
    case AssociationFormat::GtexSignificant:
        return "GTEx significant pairs";
    case AssociationFormat::TensorQtlSusie:
        return "tensorQTL SuSiE";
    case AssociationFormat::EqtlCatalogueSusie:
        return "eQTL Catalogue credible sets";
    }
    return {};
}

bool isFineMapping(AssociationFormat format) {
    return format == AssociationFormat::TensorQtlSusie || format == AssociationFormat::EqtlCatalogueSusie;
}

std::optional<AssociationFormat> associationFormat(const std::vector<std::string>& columns) {
    const auto found = recogniseColumns(columns);
    return found ? std::optional(found->format) : std::nullopt;
}

Result<void> checkAssociationTable(const fs::path& file, bool fineMapping) {
    DS_ASSIGN(TableReader table, TableReader::open(file));
    const auto found = recogniseColumns(table.columns());
    if (!found)
        return unknownColumns(table);
    if (isFineMapping(found->format) != fineMapping)
        return fail(
            ErrorKind::Mismatch,
            fmt::format("The table is of {}, but stands under `{}`.", toText(found->format),
                        fineMapping ? "fine_mapping" : "eqtl"),
            file.string(),
            fmt::format("Name it under `{}` in the study file.", fineMapping ? "eqtl" : "fine_mapping"));
    DS_ASSIGN(const bool more, table.next());
    return more ? Result<void>() : noRow(file);
}

Result<AssociationTable> AssociationTable::read(const fs::path& file, const std::vector<std::string>& wanted,
                                                const RunContext& context) {
    DS_ASSIGN(TableReader table, TableReader::open(file));
    AssociationTable result;
    TextIndex texts;
    const auto found = recogniseColumns(table.columns());
    if (!found)
        return unknownColumns(table);
    const Columns& columns = found->columns;
    result.m_format = found->format;
    result.m_name = file.filename().string();

    const std::unordered_set<std::string> keep(wanted.begin(), wanted.end());
    std::unordered_map<std::string, std::vector<Row>> rowsOfGene;
    const auto number = [&](std::optional<size_t> column, const NumberBounds& bounds) -> Result<double> {
        if (!column)
            return std::numeric_limits<double>::quiet_NaN();
        DS_ASSIGN(const std::optional<double> value, table.number(*column, bounds));
        return value.value_or(std::numeric_limits<double>::quiet_NaN());
    };
    for (;; ++result.m_rowsRead) {
        if (result.m_rowsRead % 65536 == 0) {
            DS_TRY(context.checkpoint());
            context.report("Reading external results", result.m_rowsRead, 0);
        }
        DS_ASSIGN(const bool more, table.next());
        if (!more)
            break;
        std::string gene = splitGeneId(table.text(columns.gene)).id;
        if (!keep.empty() && !keep.contains(gene))
            continue;
        Row row;
        DS_ASSIGN(row.slope, number(columns.slope, {}));
        DS_ASSIGN(row.se, number(columns.se, NumberBounds::notNegative()));
        DS_ASSIGN(row.pip, number(columns.pip, NumberBounds::probability()));
        DS_ASSIGN(row.frequency, number(columns.frequency, NumberBounds::probability()));
        DS_ASSIGN(row.p, number(columns.p, NumberBounds::probability()));
        const std::string_view variant = table.text(columns.variant);
        if (const auto name = parseVariantName(variant)) {
            const TrimmedAlleles trimmed = trimAlleles(name->position, name->ref, name->alt);
            row.position = trimmed.position;
            row.name = texts.add(result.m_texts, siteName(name->contig, trimmed.ref, trimmed.alt));
        } else if (variant.starts_with("rs")) {
            row.name = texts.add(result.m_texts, std::string(variant));
        } else {
            ++result.m_unnamed;
            continue;
        }
        if (columns.credibleSet) {
            const std::string_view set = table.text(*columns.credibleSet);
            if (!set.empty() && set != "NA" && set != "-1")
                row.credibleSet = int32_t(texts.add(result.m_texts, std::string(set)));
        }
        rowsOfGene[std::move(gene)].push_back(row);
    }
    if (result.m_rowsRead == 0)
        return noRow(file);
    for (auto& [gene, rows] : rowsOfGene) {
        // Equal positions in file order: the first row of a pair counts.
        std::stable_sort(rows.begin(), rows.end(),
                         [](const Row& a, const Row& b) { return a.position < b.position; });
        result.m_ranges.emplace(gene, Range{result.m_rows.size(), result.m_rows.size() + rows.size()});
        result.m_rows.insert(result.m_rows.end(), rows.begin(), rows.end());
    }
    result.listContigs();
    return result;
}

void AssociationTable::listContigs() {
    std::set<std::string, std::less<>> contigs;
    for (const Row& row : m_rows)
        if (row.position >= 0)
            if (const std::string_view contig = allelesNamed(row.name).contig; !contigs.contains(contig))
                contigs.emplace(contig);
    m_contigs.assign(contigs.begin(), contigs.end());
}

AssociationTable::NamedAlleles AssociationTable::allelesNamed(uint32_t name) const {
    const std::string_view text = m_texts[name];
    const size_t first = text.find('\t'), second = text.rfind('\t');
    return {text.substr(0, first), text.substr(first + 1, second - first - 1), text.substr(second + 1)};
}

Association AssociationTable::associationOf(const Row& row, bool turned) const {
    const auto optional = [](double value) { return std::isnan(value) ? std::optional<double>() : value; };
    Association found;
    // A negative zero would show as one.
    found.slope = optional(turned && row.slope != 0 ? -row.slope : row.slope);
    found.se = optional(row.se);
    found.p = optional(row.p);
    found.pip = optional(row.pip);
    found.frequency = optional(turned ? 1 - row.frequency : row.frequency);
    if (row.credibleSet >= 0)
        found.credibleSet = m_texts[size_t(row.credibleSet)];
    return found;
}

LiftCounts AssociationTable::lift(const Liftover& chain) {
    LiftCounts counts;
    std::vector<Row> lifted;
    lifted.reserve(m_rows.size());
    TextIndex names;
    for (auto& [gene, range] : m_ranges) {
        const size_t begin = lifted.size();
        for (size_t i = range.begin; i < range.end; ++i) {
            Row row = m_rows[i];
            if (row.position >= 0) {
                const NamedAlleles own = allelesNamed(row.name);
                const auto place = chain.lift(own.contig, row.position, own.ref, own.alt, counts);
                if (!place)
                    continue;
                row.position = place->position;
                if (place->turned || place->contig != own.contig)
                    row.name = names.add(m_texts, place->turned ? siteName(place->contig,
                                                                           reverseComplementAllele(own.ref),
                                                                           reverseComplementAllele(own.alt))
                                                                : siteName(place->contig, own.ref, own.alt));
            }
            lifted.push_back(row);
        }
        range = {begin, lifted.size()};
        std::stable_sort(lifted.begin() + std::ptrdiff_t(begin), lifted.end(),
                         [](const Row& a, const Row& b) { return a.position < b.position; });
    }
    m_rows = std::move(lifted);
    listContigs();
    return counts;
}

std::vector<VariantName> AssociationTable::someVariants(size_t most) const {
    std::vector<VariantName> variants;
    const size_t step = std::max<size_t>(1, m_rows.size() / most);
    for (size_t i = 0; i < m_rows.size() && variants.size() < most; i += step) {
        if (m_rows[i].position < 0)
            continue;
        const NamedAlleles name = allelesNamed(m_rows[i].name);
        variants.push_back(
            {std::string(name.contig), m_rows[i].position, std::string(name.ref), std::string(name.alt), {}});
    }
    return variants;
}

std::vector<AssociationPlace> AssociationTable::places() const {
    std::vector<std::pair<int64_t, uint32_t>> variants;
    for (const Row& row : m_rows)
        if (row.position >= 0)
            variants.emplace_back(row.position, row.name);
    std::sort(variants.begin(), variants.end());
    variants.erase(std::unique(variants.begin(), variants.end()), variants.end());
    std::vector<AssociationPlace> places;
    places.reserve(variants.size());
    for (const auto& [position, name] : variants) {
        const NamedAlleles alleles = allelesNamed(name);
        places.push_back({alleles.contig, position, alleles.ref});
    }
    std::stable_sort(places.begin(), places.end(), [](const AssociationPlace& a, const AssociationPlace& b) {
        return a.contig < b.contig;
    });
    return places;
}

} // namespace diploscope
