// SPDX-License-Identifier: GPL-3.0-or-later
#include "lab/files_benchmark.h"

#include "base/scratch_folder.h"
#include "io/annotation_cache.h"
#include "io/annotation_reader.h"
#include "io/expression_rows.h"
#include "io/htslib_files.h"
#include "io/variant_reader.h"
#include "lab/benchmark_parts.h"
#include "lab/simulate/study_writer.h"

#include <fmt/format.h>
#include <htslib/tbx.h>
#include <htslib/vcf.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <numeric>
#include <string>
#include <vector>

namespace diploscope {

using namespace lab;
using nlohmann::json;

namespace {

constexpr int FileRepeats = 3;
constexpr int Contigs = 22;
constexpr int64_t GenomeLength = 2'875'000'000; ///< of the autosomes, as GRCh37 has them
constexpr int64_t ContigLength = GenomeLength / Contigs;

double megabytesOf(const std::filesystem::path& file) {
    return static_cast<double>(std::filesystem::file_size(file)) / 1e6;
}

Error differs(const char* what) {
    return {ErrorKind::Internal, fmt::format("Two ways of reading {} give different values.", what), {}, {}};
}

std::vector<std::string> namesOf(int64_t people) {
    std::vector<std::string> names;
    for (int64_t p = 0; p < people; ++p)
        names.push_back(fmt::format("P{}", p));
    return names;
}

// ---- genotypes

Result<void> writeGenotypes(const std::filesystem::path& file, const FilesBenchmarkOptions& options) {
    simulate::Random random(options.seed, "benchmark genotype file");
    std::vector<std::pair<std::string, int64_t>> contigs;
    for (int c = 1; c <= Contigs; ++c)
        contigs.emplace_back(std::to_string(c), ContigLength);
    DS_ASSIGN(auto writer, simulate::GenotypeWriter::create(file, contigs, namesOf(options.sitePeople)));
    const int64_t apart = GenomeLength / options.sites;
    simulate::SimulatedSite site;
    site.alleles.resize(2 * static_cast<size_t>(options.sitePeople));
    for (const auto& [name, length] : contigs)
        for (int64_t position = apart / 2; position < length; position += apart) {
            site.site = {position, fmt::format("rs{}", position), "A", {"G"}};
            for (int8_t& allele : site.alleles)
                allele = random.chance(0.2);
            DS_TRY(writer.add(name, site));
        }
    return writer.close();
}

/// Places in a genome, evenly spread.
std::vector<Region> placesIn(const FilesBenchmarkOptions& options) {
    std::vector<Region> places;
    const int64_t reach = std::max<int64_t>(100'000, GenomeLength / options.sites);
    for (int64_t i = 0; i < options.asked; ++i) {
        const int64_t at = GenomeLength / options.asked * i;
        const int64_t start = std::min(at % ContigLength, ContigLength - 2 * reach);
        places.push_back(
            {std::to_string(std::min<int64_t>(at / ContigLength + 1, Contigs)), start, start + 2 * reach});
    }
    return places;
}

/// Alleles of all records near a place: a program or a script that is started for each gene.
Result<std::vector<int8_t>> allelesByHtslib(const std::filesystem::path& path, const Region& region) {
    const HtsPtr<htsFile, hts_close> file(hts_open(path.c_str(), "r"));
    const HtsPtr<bcf_hdr_t, bcf_hdr_destroy> header(file ? bcf_hdr_read(file.get()) : nullptr);
    const HtsPtr<tbx_t, tbx_destroy> index(tbx_index_load(path.c_str()));
    const HtsPtr<bcf1_t, bcf_destroy> record(bcf_init());
    if (!header || !index || !record)
        return fail(ErrorKind::Io, "The genotypes cannot be read.", path.string());
    const HtsPtr<hts_itr_t, hts_itr_destroy> records(tbx_itr_queryi(
        index.get(), tbx_name2id(index.get(), region.contig.c_str()), region.start, region.end));
    kstring_t line = KS_INITIALIZE;
    int32_t* genotypes = nullptr;
    int room = 0;
    std::vector<int8_t> alleles;
    while (records && tbx_itr_next(file.get(), index.get(), records.get(), &line) >= 0) {
        const int count = vcf_parse(&line, header.get(), record.get()) == 0
                              ? bcf_get_genotypes(header.get(), record.get(), &genotypes, &room)
                              : 0;
        for (int i = 0; i < count; ++i)
            alleles.push_back(static_cast<int8_t>(bcf_gt_allele(genotypes[i])));
    }
    std::free(genotypes);
    ks_free(&line);
    return alleles;
}

Result<json> measureGenotypes(const FilesBenchmarkOptions& options, const std::filesystem::path& folder,
                              const RunContext& context) {
    const std::filesystem::path file = folder / "genotypes.vcf.gz";
    DS_TRY(writeGenotypes(file, options));
    const std::vector<Region> places = placesIn(options);
    const std::vector<std::string> people = namesOf(options.sitePeople);
    std::vector<std::vector<int8_t>> found, expected;
    DS_ASSIGN(
        const Measured ours, leastOf(FileRepeats, "Genotypes near genes", context, [&]() -> Result<void> {
            found.clear();
            DS_ASSIGN(const VariantReader reader, VariantReader::open(file.string(), context));
            for (const Region& place : places) {
                DS_ASSIGN(AlleleMatrix read, reader.read(place, people, UnphasedRule::Refuse, {}, context));
                found.push_back(std::move(read.alleles));
            }
            return {};
        }));
    DS_ASSIGN(const Measured plain, leastOf(1, "Genotypes, opened for each", context, [&]() -> Result<void> {
                  for (const Region& place : places) {
                      DS_TRY(context.checkpoint());
                      DS_ASSIGN(auto alleles, allelesByHtslib(file, place));
                      expected.push_back(std::move(alleles));
                  }
                  return {};
              }));
    if (found != expected)
        return fail(differs("genotypes"));
    json row{{"what", "genotypes"},
             {"asked", options.asked},
             {"file_mb", megabytesOf(file)},
             {"index_mb", megabytesOf(file.string() + ".tbi")}};
    tellBoth(ours, plain, row);
    return row;
}

// ---- annotation and expression

Result<void> writeGeneTables(const std::filesystem::path& expression, const std::filesystem::path& annotation,
                             const FilesBenchmarkOptions& options) {
    constexpr int Exons = 20, ExonLength = 100, ExonsApart = 1'000;
    simulate::Random random(options.seed, "benchmark expression table");
    DS_ASSIGN(auto writer,
              simulate::GeneTablesWriter::create(expression, annotation, namesOf(options.people)));
    const int64_t apart = GenomeLength / options.genes;
    const int64_t onContig = (options.genes + Contigs - 1) / Contigs;
    std::vector<double> values(static_cast<size_t>(options.people));
    for (int64_t g = 0; g < options.genes; ++g) {
        const int64_t start = g % onContig * apart;
        const std::string contig = fmt::format("chr{}", g / onContig + 1);
        Gene gene{fmt::format("DSG{:011}", g),
                  "1",
                  fmt::format("GENE{}", g),
                  "protein_coding",
                  {contig, start, start + Exons * ExonsApart},
                  g % 2 == 0 ? Strand::Forward : Strand::Reverse,
                  {}};
        for (int64_t e = 0; e < Exons; ++e)
            gene.exons.push_back({contig, start + e * ExonsApart, start + e * ExonsApart + ExonLength});
        for (double& value : values)
            value = random.uniform(0, 100);
        DS_TRY(writer.add(gene, values));
    }
    return writer.close();
}

bool areSame(const Gene& a, const Gene& b) {
    return a.id == b.id && a.version == b.version && a.name == b.name && a.type == b.type &&
           a.region == b.region && a.strand == b.strand && a.exons == b.exons;
}

Result<json> measureAnnotation(const std::filesystem::path& file, const std::filesystem::path& folder,
                               const RunContext& context) {
    const auto keptGenes = [&] { return readRememberedAnnotation(file, folder, context, 0); };
    DS_TRY(keptGenes()); // keeps them
    Annotation found, expected;
    DS_ASSIGN(const Measured ours, leastOf(FileRepeats, "Annotation, kept", context, [&]() -> Result<void> {
                  DS_ASSIGN(found, keptGenes());
                  return {};
              }));
    DS_ASSIGN(const Measured plain,
              leastOf(FileRepeats, "Annotation, parsed", context, [&]() -> Result<void> {
                  DS_ASSIGN(expected, readAnnotation(file));
                  return {};
              }));
    if (!std::ranges::equal(found.genes(), expected.genes(), areSame))
        return fail(differs("the annotation"));
    json row{{"what", "annotation"}, {"genes", expected.genes().size()}, {"file_mb", megabytesOf(file)}};
    tellBoth(ours, plain, row);
    return row;
}

Result<json> measureExpression(const std::filesystem::path& file, const std::filesystem::path& folder,
                               const FilesBenchmarkOptions& options, const RunContext& context) {
    ExpressionRequest request;
    request.choose = [](const std::vector<std::string>& people) {
        std::vector<int64_t> all(people.size());
        std::iota(all.begin(), all.end(), int64_t{0});
        return all;
    };
    const auto openRows = [&] { return ExpressionRows::open(file, request, folder, context, 0); };
    DS_TRY(openRows()); // keeps where lines are
    const auto geneOf = [&](int64_t i) { return i * options.genes / options.asked; };
    std::vector<Eigen::VectorXd> found, expected;
    DS_ASSIGN(const Measured ours, leastOf(FileRepeats, "Expression by rows", context, [&]() -> Result<void> {
                  found.clear();
                  DS_ASSIGN(const ExpressionRows rows, openRows());
                  for (int64_t i = 0; i < options.asked; ++i) {
                      DS_ASSIGN(Eigen::VectorXd row, rows.row(geneOf(i)));
                      found.push_back(std::move(row));
                  }
                  return {};
              }));
    DS_ASSIGN(const Measured plain,
              leastOf(FileRepeats, "Expression, all of it", context, [&]() -> Result<void> {
                  expected.clear();
                  DS_ASSIGN(const ExpressionMatrix all, readExpression(file));
                  for (int64_t i = 0; i < options.asked; ++i)
                      expected.push_back(all.values.row(geneOf(i)));
                  return {};
              }));
    if (found != expected)
        return fail(differs("expression"));
    json row{{"what", "expression"},
             {"asked", options.asked},
             {"genes", options.genes},
             {"people", options.people},
             {"file_mb", megabytesOf(file)}};
    tellBoth(ours, plain, row);
    return row;
}

} // namespace

Result<json> runFilesBenchmark(const FilesBenchmarkOptions& options, const RunContext& context) {
    if (options.people < 1 || options.sitePeople < 1 || options.asked < 1 || options.sites < Contigs ||
        options.genes < options.asked || options.genes > 100'000)
        return fail(ErrorKind::BadInput,
                    "There are fewer genes than are asked for, more than 100,000, or nobody and nothing.");
    DS_ASSIGN(const ScratchFolder folder, ScratchFolder::make("bench", options.folder));
    const std::filesystem::path annotation = folder.path() / "annotation.gtf.gz";
    const std::filesystem::path expression = folder.path() / "expression.bed.gz";
    json report{{"workload", "files"}, {"rows", json::array()}};
    DS_ASSIGN(json genotypes, measureGenotypes(options, folder.path(), context));
    DS_TRY(writeGeneTables(expression, annotation, options));
    DS_ASSIGN(json genes, measureAnnotation(annotation, folder.path(), context));
    DS_ASSIGN(json rows, measureExpression(expression, folder.path(), options, context));
    report["rows"] = {std::move(genotypes), std::move(genes), std::move(rows)};
    addMachine({Device{}}, 0, report);
    return report;
}

} // namespace diploscope
