// SPDX-License-Identifier: GPL-3.0-or-later
#include "results/published_tables.h"

#include "genome/annotation.h"
#include "io/table_reader.h"
#include "stats/null_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <limits>
#include <unordered_map>
#include <unordered_set>

namespace diploscope {

namespace fs = std::filesystem;

namespace {

using Number = std::optional<double>;

/// Where the columns of one table stand, found as they are asked for.
class Columns {
public:
    explicit Columns(const TableReader& table) : m_table(table) {}
    [[nodiscard]] Result<Number> number(std::string_view name, const NumberBounds& bounds = {}) {
        DS_ASSIGN(const size_t column, place(name));
        return m_table.number(column, bounds);
    }
    /// p of a column of -log10 p. Infinity is a p that was rounded to 0, and left out as such ones are.
    [[nodiscard]] Result<Number> pOfMinusLog10(std::string_view name) {
        DS_ASSIGN(const size_t column, place(name));
        DS_ASSIGN(const Number written, m_table.number(column));
        if (written == std::numeric_limits<double>::infinity())
            return Number();
        DS_ASSIGN(const Number value, m_table.number(column, NumberBounds::notNegative()));
        return value ? std::pow(10.0, -*value) : Number();
    }
    /// As Python, R and spreadsheets write it, or 1 and 0.
    [[nodiscard]] Result<bool> flag(std::string_view name) {
        DS_ASSIGN(const std::string written, text(name));
        std::string lower = written;
        std::transform(lower.begin(), lower.end(), lower.begin(),
                       [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        double number = 0;
        const bool isNumber = parseNumber(lower, number);
        if (lower == "true" || (isNumber && number == 1))
            return true;
        if (lower == "false" || (isNumber && number == 0))
            return false;
        return fail(
            ErrorKind::BadInput,
            fmt::format("`{}` in column `{}` is neither True nor False.", written.substr(0, 40), name),
            m_table.where(), "Write True or False, or 1 or 0.");
    }
    [[nodiscard]] Result<std::string> text(std::string_view name) {
        DS_ASSIGN(const size_t column, place(name));
        return std::string(m_table.text(column));
    }

private:
    Result<size_t> place(std::string_view name) {
        const auto known = m_places.find(std::string(name));
        if (known != m_places.end())
            return known->second;
        DS_ASSIGN(const size_t column, m_table.column(name));
        m_places.emplace(name, column);
        return column;
    }
    const TableReader& m_table;
    std::unordered_map<std::string, size_t> m_places;
};

/// Both nulls of METHODS 5 from |R| and the table's moments of |R| over the random predictors. The table's
/// own p stays.
void fillNull(GeneRow& gene) {
    if (!gene.r || !gene.nullMean || !gene.nullSd)
        return;
    const auto test = testAgainstMoments(*gene.r, PublishedNullPredictors, *gene.nullMean, *gene.nullSd);
    if (!test)
        return;
    gene.nullTestable = test->testable ? 1.0 : 0.0;
    if (!gene.pPublished || !test->testable)
        gene.pPublished = test->publishedP;
    gene.pCalibrated = test->calibratedP;
    gene.log10Calibrated = log10Of(test->calibratedP);
}

/// What one line of table 1 says of both models, then of each.
Result<GeneRow> commonRow(Columns& columns) {
    GeneRow gene;
    DS_ASSIGN(const std::string id, columns.text("gene_id"));
    gene.geneId = splitGeneId(id).id;
    DS_ASSIGN(gene.geneName, columns.text("gene_name"));
    DS_ASSIGN(gene.chrom, columns.text("chr_hg38"));
    DS_ASSIGN(gene.strand, columns.text("strand_hg38"));
    DS_ASSIGN(gene.tss, columns.number("tss_hg38", NumberBounds::notNegative()));
    DS_ASSIGN(gene.meanObserved, columns.number("MeanObs"));
    DS_ASSIGN(gene.sdObserved, columns.number("StdObs", NumberBounds::notNegative()));
    DS_ASSIGN(gene.nullMean, columns.number("RmeanRandom", NumberBounds::probability()));
    DS_ASSIGN(gene.nullSd, columns.number("Rstdrandom", NumberBounds::notNegative()));
    DS_ASSIGN(gene.predixcanR, columns.number("PrediXcanR", NumberBounds::correlation()));
    for (const char* name : {"SuSieCausalBrainhg38", "SusieCausalCortexhg38"}) {
        DS_ASSIGN(const std::string variants, columns.text(name));
        if (!variants.empty() && variants != "NA" && gene.fineMapped.find(variants) == std::string::npos)
            gene.fineMapped += (gene.fineMapped.empty() ? "" : " ") + variants;
    }
    return gene;
}

Result<void> fillModel(GeneRow& gene, Columns& columns, const std::string& model) {
    DS_ASSIGN(gene.r, columns.number("PearsonR" + model, NumberBounds::correlation()));
    DS_ASSIGN(gene.p, columns.number("PvalueR" + model, NumberBounds::probability()));
    if (gene.p == 0.0)
        gene.p.reset();
    const std::string moments = model == "fineTuned" ? "FineTuned" : model;
    DS_ASSIGN(gene.meanPredicted, columns.number("Mean" + moments));
    DS_ASSIGN(gene.sdPredicted, columns.number("Std" + moments, NumberBounds::notNegative()));
    return {};
}

Result<std::vector<PublishedModel>> readGenes(const fs::path& file, const RunContext& context) {
    std::vector<PublishedModel> models{{"Enformer CAGE:brain, adult", {}}, {"Enformer fine-tuned", {}}};
    DS_ASSIGN(TableReader table, TableReader::open(file));
    Columns columns(table);
    std::unordered_map<std::string, int64_t> seen;
    for (int64_t line = 0;; ++line) {
        if (line % 1024 == 0)
            DS_TRY(context.checkpoint());
        DS_ASSIGN(const bool more, table.next());
        if (!more)
            break;
        DS_ASSIGN(GeneRow gene, commonRow(columns));
        if (!seen.emplace(gene.geneId, line).second)
            return fail(ErrorKind::BadInput, fmt::format("The gene {} is listed twice.", gene.geneId),
                        table.where(), "Remove one of the rows.");
        GeneRow fineTuned = gene;
        DS_TRY(fillModel(gene, columns, "CAGE,adult,brain"));
        DS_ASSIGN(const Number published, columns.pOfMinusLog10("Log10PvalueTstatCAGE,adult,brain"));
        if (gene.r)
            gene.pPublished = published;
        DS_TRY(fillModel(fineTuned, columns, "fineTuned"));
        fillNull(gene);
        fillNull(fineTuned);
        models[0].genes.push_back(std::move(gene));
        models[1].genes.push_back(std::move(fineTuned));
    }
    if (models[0].genes.empty())
        return fail(ErrorKind::BadInput, "The table lists no gene.", file.string(),
                    "Give the paper's SupplementaryTable1.tsv.");
    return models;
}

Result<DriverRow> driverRow(Columns& columns) {
    DriverRow driver;
    DS_ASSIGN(driver.chrom, columns.text("chr_hg38"));
    DS_ASSIGN(driver.position, columns.number("LociDriverhg38", NumberBounds::notNegative()));
    DS_ASSIGN(driver.distanceToTss, columns.number("DisttoTSS"));
    DS_ASSIGN(driver.ism, columns.number("ISM"));
    DS_ASSIGN(driver.relativeIsm, columns.number("ISMFractionofISMmaxinSNV", NumberBounds::correlation()));
    DS_ASSIGN(driver.ownR, columns.number("DriverPearsonRtoCAGE,adult,brain", NumberBounds::correlation()));
    DS_ASSIGN(driver.lossFractionWithout,
              columns.number("DecreasedFractionofSumPearsonRWithoutDrivertoCAGE,adult,brain"));
    DS_ASSIGN(driver.gain, columns.number("IncreasedFractionofSumPearonRbyrankedDrivertoCAGE,adult,brain"));
    DS_ASSIGN(driver.carriers, columns.number("NIndividualsWithSNV", NumberBounds::notNegative()));
    DS_ASSIGN(driver.carrierPercent, columns.number("FractionIndividualsWithSNV", NumberBounds{0, 100}));
    DS_ASSIGN(driver.eqtlSlope, columns.number("eQTL"));
    DS_ASSIGN(driver.genotypeR, columns.number("PearsonRGenotypetoObs", NumberBounds::correlation()));
    DS_ASSIGN(const bool main, columns.flag("IsMainDriver"));
    driver.main = main ? 1.0 : 0.0;
    const Verdict verdict = verdictOf(driver.ism.value_or(0), driver.eqtlSlope);
    if (verdict != Verdict::Undefined)
        driver.supported = verdict == Verdict::Supported ? 1.0 : 0.0;
    return driver;
}

Result<void> readDrivers(const fs::path& file, std::vector<GeneRow>& genes, const RunContext& context) {
    std::unordered_map<std::string, GeneRow*> geneOfId;
    for (GeneRow& gene : genes)
        geneOfId.emplace(gene.geneId, &gene);
    DS_ASSIGN(TableReader table, TableReader::open(file));
    Columns columns(table);
    for (;;) {
        DS_TRY(context.checkpoint());
        DS_ASSIGN(const bool more, table.next());
        if (!more)
            return {};
        DS_ASSIGN(const std::string id, columns.text("gene_id"));
        const auto gene = geneOfId.find(splitGeneId(id).id);
        if (gene == geneOfId.end())
            return fail(ErrorKind::Mismatch, fmt::format("The gene {} is not in the table of genes.", id),
                        table.where(), "Give both tables of one publication.");
        DS_ASSIGN(gene->second->linearR,
                  columns.number("SumISMPearsonRtoCAGE,adult,brain", NumberBounds::correlation()));
        DS_ASSIGN(DriverRow driver, driverRow(columns));
        gene->second->drivers.push_back(std::move(driver));
    }
}

/// \param known genes whose names and places are taken over
Result<PublishedModel> readMeans(const fs::path& file, const std::vector<GeneRow>& known,
                                 const RunContext& context) {
    std::unordered_map<std::string, const GeneRow*> knownOfId;
    for (const GeneRow& gene : known)
        knownOfId.emplace(gene.geneId, &gene);
    PublishedModel model{"Enformer head, reference sequence", {}};
    DS_ASSIGN(TableReader table, TableReader::open(file));
    Columns columns(table);
    std::unordered_set<std::string> seen;
    for (;;) {
        if (model.genes.size() % 1024 == 0)
            DS_TRY(context.checkpoint());
        DS_ASSIGN(const bool more, table.next());
        if (!more)
            break;
        GeneRow gene;
        gene.geneId = splitGeneId(table.text(0)).id; // the column has no name
        DS_ASSIGN(gene.meanObserved, columns.number("mean gene expression"));
        DS_ASSIGN(gene.referenceScore, columns.number("Enf prediction, Reference, fine-tuned"));
        if (!seen.insert(gene.geneId).second)
            return fail(ErrorKind::BadInput, fmt::format("The gene {} is listed twice.", gene.geneId),
                        table.where(), "Remove one of the rows.");
        gene.geneName = gene.geneId;
        if (const auto found = knownOfId.find(gene.geneId); found != knownOfId.end()) {
            gene.geneName = found->second->geneName;
            gene.chrom = found->second->chrom;
            gene.strand = found->second->strand;
            gene.tss = found->second->tss;
        }
        model.genes.push_back(std::move(gene));
    }
    if (model.genes.empty())
        return fail(ErrorKind::BadInput, "The table lists no gene.", file.string(),
                    "Give the authors' MeanGeXPredFineTuned.txt.");
    return model;
}

} // namespace

Result<std::vector<PublishedModel>> readPublishedTables(const PublishedTables& tables,
                                                        const RunContext& context) {
    context.report("Reading the published tables", 0, 0);
    DS_ASSIGN(std::vector<PublishedModel> models, readGenes(tables.genes, context));
    if (tables.drivers)
        DS_TRY(readDrivers(*tables.drivers, models[0].genes, context));
    for (GeneRow& gene : models[0].genes)
        summariseDrivers(gene);
    if (tables.means) {
        DS_ASSIGN(PublishedModel means, readMeans(*tables.means, models[0].genes, context));
        models.push_back(std::move(means));
    }
    return models;
}

} // namespace diploscope
