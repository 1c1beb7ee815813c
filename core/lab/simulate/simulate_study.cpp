// SPDX-License-Identifier: GPL-3.0-or-later
#include "lab/simulate/simulate_study.h"

#include "analysis/predixcan_training.h"
#include "base/atomic_file.h"
#include "base/json_text.h"
#include "base/output_folder.h"
#include "io/table_writer.h"
#include "lab/simulate/genealogy.h"
#include "lab/simulate/grammar.h"
#include "lab/simulate/haplotype_reads.h"
#include "lab/simulate/locus.h"
#include "lab/simulate/mutations.h"
#include "lab/simulate/phenotype.h"
#include "lab/simulate/study_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace diploscope::simulate {

namespace {

namespace fs = std::filesystem;

constexpr int64_t kLocusLength = 60000; ///< a multiple of the FASTA's line
constexpr int64_t kGenesPerContig = 20;
constexpr int64_t kBaselineWindow = 5000; ///< of the linear models, bp: promoters and a little round them
constexpr const char* kHaplotypeCounts = "haplotype_counts.tsv.gz";
constexpr int64_t kLeastForBaseline = 20; ///< people that ten folds take
constexpr int64_t kTrainingLocusLength = 9000;
constexpr int64_t kTrainingGenesPerContig = 250;

struct Contig {
    std::string name;
    int64_t firstGene = 0; ///< index into the cohort's, or the training, genes
    int64_t genes = 0;
    int64_t locusLength = 0;
    [[nodiscard]] int64_t length() const { return genes * locusLength; }
};

std::vector<Contig> layOut(const std::string& prefix, int64_t genes, int64_t perContig, int64_t locusLength) {
    std::vector<Contig> contigs;
    for (int64_t first = 0; first < genes; first += perContig)
        contigs.push_back({prefix + std::to_string(contigs.size() + 1), first,
                           std::min(perContig, genes - first), locusLength});
    return contigs;
}

Result<void> checkOptions(const SimulationOptions& options) {
    const auto range = [](std::string_view option, int64_t value, int64_t low, int64_t high) -> Result<void> {
        if (value < low || value > high)
            return fail(ErrorKind::BadInput,
                        fmt::format("{} is out of range: {} to {} were expected.", value, low, high),
                        std::string(option), "Choose a number in that range.");
        return {};
    };
    DS_TRY(range("people", options.people, 2, 20000));
    DS_TRY(range("genes", options.genes, 1, 20000));
    DS_TRY(range("training genes", options.trainingGenes, 0, 20000));
    if (!(options.heritability > 0 && options.heritability < 1))
        return fail(ErrorKind::BadInput, fmt::format("{} is no heritability.", options.heritability),
                    "heritability", "Choose a number between 0 and 1.");
    return {};
}

/// Six decimals are plenty for a truth, and do not hang on the last bit of a mathematical library.
double rounded(double value) {
    return std::round(value * 1e6) / 1e6;
}

std::string studyJson(const std::string& name, const std::string& annotation, const std::string& expression,
                      const std::vector<std::string>& models, const std::vector<std::string>& motifs = {},
                      bool indels = false, const char* haplotypeCounts = nullptr) {
    nlohmann::ordered_json json;
    json["schema"] = 1;
    json["name"] = name;
    json["build"] = "simulated";
    json["reference"] = "reference.fa.gz";
    json["annotation"] = annotation;
    json["genotypes"] = "genotypes.vcf.gz";
    json["expression"] = expression;
    json["expression_transform"] = "none";
    json["expression_unit"] = "log2 expression";
    json["models"] = models;
    if (!motifs.empty())
        json["motifs"] = motifs;
    if (haplotypeCounts != nullptr)
        json["haplotype_counts"] = {haplotypeCounts};
    if (indels)
        json["options"]["variants"] = "snv+indel";
    return jsonText(json, 2) + "\n";
}

/// Everything one run needs; its methods are the stages.
class Simulation {
public:
    Simulation(const SimulationOptions& options, const RunContext& context, fs::path folder)
        : m_options(options)
        , m_context(context)
        , m_folder(std::move(folder))
        , m_composition(options.seed)
        , m_names(options.seed)
        , m_truth({"gene_id", "gene_name", "chrom", "pos", "ref", "alt", "id", "distance_to_tss", "mechanism",
                   "motif", "effect", "effect_per_copy", "allele_frequency", "variance_share", "planned"})
        , m_truthGenes({"gene_id", "gene_name", "chrom", "tss", "strand", "design", "reference_score",
                        "heritability_asked", "heritability", "local_share"}) {
        for (int64_t i = 1; i <= options.people; ++i)
            m_people.push_back(fmt::format("DS{:05d}", i));
        m_cohort = layOut("chr", options.genes, kGenesPerContig, kLocusLength);
        m_training = layOut("chrT", options.trainingGenes, kTrainingGenesPerContig, kTrainingLocusLength);
        m_truth.comment(
            "what",
            std::string(options.indels ? "Variants" : "SNVs") +
                " that change expression in this simulation; pos is 1-based; effects are log2 expression");
        m_truth.comment("effect", "of alt on the haplotype that carries it (compare with ISM); "
                                  "effect_per_copy on the person (compare with an eQTL slope)");
        for (TableWriter* table : {&m_truth, &m_truthGenes}) {
            table->comment("seed", std::to_string(options.seed));
            table->comment("people", std::to_string(options.people));
        }
    }

    Result<SimulationSummary> run() {
        DS_ASSIGN(ReferenceWriter reference, ReferenceWriter::create(m_folder / "reference.fa.gz"));
        std::vector<std::pair<std::string, int64_t>> lengths;
        for (const auto* contigs : {&m_cohort, &m_training})
            for (const Contig& contig : *contigs)
                lengths.emplace_back(contig.name, contig.length());
        DS_ASSIGN(GenotypeWriter genotypes,
                  GenotypeWriter::create(m_folder / "genotypes.vcf.gz", lengths, m_people));
        DS_TRY(makeCohort(reference, genotypes));
        if (m_options.trainingGenes > 0)
            DS_TRY(makeTraining(reference, genotypes));
        DS_TRY(genotypes.close());
        m_context.report("Indexing the reference", 0, 0);
        DS_TRY(reference.close());
        DS_TRY(m_truth.writeTo(m_folder / "truth.tsv"));
        DS_TRY(m_truthGenes.writeTo(m_folder / "truth.genes.tsv"));
        DS_TRY(writeFileAtomically(m_folder / "motifs.meme", motifsAsMeme()));
        DS_TRY(writeFileAtomically(m_folder / "demo.study.json",
                                   studyJson("Simulated demo", "genes.gtf.gz", "expression.bed.gz",
                                             {"demo-cnn", "demo-enformer"}, {"motifs.meme"}, m_options.indels,
                                             kHaplotypeCounts)));
        DS_TRY(m_context.checkpoint());
        if (m_options.people >= kLeastForBaseline)
            DS_TRY(addLinearBaseline());
        return m_summary;
    }

private:
    /// Linear models of the genes' own loci, so that the demo has what models are compared with.
    Result<void> addLinearBaseline() {
        const StudyCheck check = openStudy(m_folder / "demo.study.json", m_context);
        if (!check.study)
            return fail(check.problems.front());
        PredixcanTrainingOptions options;
        options.window = kBaselineWindow;
        DS_ASSIGN(const PredixcanTraining training, trainPredixcan(*check.study, {}, options, m_context));
        if (training.database.genes.empty())
            return {};
        StudyFile study = check.study->file();
        study.predixcan.push_back(m_folder / "predixcan.db");
        DS_TRY(writePredixcan(training.database, study.predixcan.back()));
        return writeStudyFile(study, study.path);
    }

    Result<void> makeCohort(ReferenceWriter& reference, GenotypeWriter& genotypes) {
        DS_ASSIGN(GeneTablesWriter tables, GeneTablesWriter::create(m_folder / "expression.bed.gz",
                                                                    m_folder / "genes.gtf.gz", m_people));
        DS_ASSIGN(HaplotypeCountWriter counts,
                  HaplotypeCountWriter::create(m_folder / kHaplotypeCounts, m_people));
        Random designRandom(m_options.seed, "designs");
        const std::vector<Design> designs = designsFor(m_options.genes, designRandom);
        for (const Contig& contig : m_cohort) {
            DS_TRY(reference.beginContig(contig.name));
            Random random(m_options.seed, "genealogy", static_cast<uint64_t>(contig.firstGene));
            Genealogy genealogy(static_cast<int>(2 * m_options.people), random);
            for (int64_t i = 0; i < contig.genes; ++i) {
                const int64_t gene = contig.firstGene + i;
                m_context.report("Simulating genes and people", gene, m_options.genes);
                DS_TRY(m_context.checkpoint());
                DS_TRY(makeCohortGene({contig.name, i * contig.locusLength, contig.locusLength},
                                      designs[static_cast<size_t>(gene)], gene, genealogy, reference,
                                      genotypes, tables, counts));
            }
        }
        m_context.report("Simulating genes and people", m_options.genes, m_options.genes);
        DS_TRY(counts.close());
        return tables.close();
    }

    Result<void> makeCohortGene(const LocusPlace& place, Design design, int64_t index, Genealogy& genealogy,
                                ReferenceWriter& reference, GenotypeWriter& genotypes,
                                GeneTablesWriter& tables, HaplotypeCountWriter& counts) {
        Random random(m_options.seed, "gene", static_cast<uint64_t>(index));
        const Locus locus =
            makeLocus(place, design, index + 1, m_names.next(), m_composition, random, m_options.indels);
        const std::vector<SimulatedSite> sites = dropMutations(genealogy, locus, {}, m_summary.sites, random);
        const Phenotype phenotype =
            makePhenotype(locus, sites, m_options.people, m_options.heritability, random);
        DS_TRY(reference.add(locus.bases));
        for (const SimulatedSite& site : sites)
            DS_TRY(genotypes.add(place.contig, site));
        DS_TRY(tables.add(locus.gene, phenotype.expression));
        Random readsRandom(m_options.seed, "haplotype reads", static_cast<uint64_t>(index));
        DS_TRY(counts.add(locus.gene, makeHaplotypeReads(locus, sites, phenotype.haplotypes, readsRandom)));
        addTruth(locus, phenotype);
        m_summary.referenceLength += place.length;
        return {};
    }

    Result<void> makeTraining(ReferenceWriter& reference, GenotypeWriter& genotypes) {
        DS_ASSIGN(GeneTablesWriter tables,
                  GeneTablesWriter::create(m_folder / "training.expression.bed.gz",
                                           m_folder / "training.genes.gtf.gz", m_people));
        for (const Contig& contig : m_training) {
            DS_TRY(reference.beginContig(contig.name));
            Random peopleRandom(m_options.seed, "training genealogy",
                                static_cast<uint64_t>(contig.firstGene));
            Genealogy genealogy(static_cast<int>(2 * m_options.people), peopleRandom);
            for (int64_t i = 0; i < contig.genes; ++i) {
                const int64_t gene = contig.firstGene + i;
                m_context.report("Simulating training genes", gene, m_options.trainingGenes);
                DS_TRY(m_context.checkpoint());
                Random random(m_options.seed, "training gene", static_cast<uint64_t>(gene));
                const Locus locus =
                    makeLocus({contig.name, i * contig.locusLength, contig.locusLength}, Design::Unregulated,
                              m_options.genes + gene + 1, m_names.next(), m_composition, random);
                DS_TRY(reference.add(locus.bases));
                // A study's genes need genotypes on their contig; one site that does nothing is enough.
                genealogy.recombine(peopleRandom);
                DS_TRY(
                    genotypes.add(contig.name, neutralSnv(genealogy, locus, m_summary.sites, peopleRandom)));
                DS_TRY(tables.add(locus.gene,
                                  makeReferencePhenotype(locus, m_options.people, random).expression));
                m_summary.referenceLength += contig.locusLength;
            }
        }
        m_context.report("Simulating training genes", m_options.trainingGenes, m_options.trainingGenes);
        DS_TRY(tables.close());
        return writeFileAtomically(
            m_folder / "training.study.json",
            studyJson("Simulated training genes", "training.genes.gtf.gz", "training.expression.bed.gz", {}));
    }

    void addTruth(const Locus& locus, const Phenotype& phenotype) {
        const Gene& gene = locus.gene;
        for (const CausalVariant& cause : phenotype.causal) {
            const int64_t downstream = cause.position - gene.tss();
            m_truth.row()
                .cell(gene.id + "." + gene.version)
                .cell(gene.name)
                .cell(gene.region.contig)
                .cell(cause.position + 1)
                .cell(cause.ref)
                .cell(cause.alt)
                .cell(cause.id)
                .cell(gene.strand == Strand::Forward ? downstream : -downstream)
                .cell(cause.mechanism)
                .cell(cause.motif)
                .cell(rounded(cause.effect))
                .cell(rounded(cause.effect / 2))
                .cell(rounded(cause.frequency))
                .cell(rounded(cause.varianceShare))
                .cell(cause.planned);
            ++m_summary.causalVariants;
        }
        m_truthGenes.row()
            .cell(gene.id + "." + gene.version)
            .cell(gene.name)
            .cell(gene.region.contig)
            .cell(gene.tss() + 1)
            .cell(std::string(1, strandSymbol(gene.strand)))
            .cell(std::string(toText(locus.design)))
            .cell(rounded(phenotype.referenceScore))
            .cell(rounded(phenotype.askedHeritability))
            .cell(rounded(phenotype.heritability))
            .cell(rounded(phenotype.localShare));
    }

    const SimulationOptions& m_options;
    const RunContext& m_context;
    fs::path m_folder;
    Composition m_composition;
    GeneNames m_names;
    TableWriter m_truth;
    TableWriter m_truthGenes;
    std::vector<std::string> m_people;
    std::vector<Contig> m_cohort;
    std::vector<Contig> m_training;
    SimulationSummary m_summary;
};

/// Every name that a run may write, so that a later one knows what it may replace.
const std::set<std::string>& ownFiles() {
    static const std::set<std::string> names{"demo.study.json",
                                             "training.study.json",
                                             "reference.fa.gz",
                                             "reference.fa.gz.fai",
                                             "reference.fa.gz.gzi",
                                             "genotypes.vcf.gz",
                                             "genotypes.vcf.gz.tbi",
                                             "expression.bed.gz",
                                             "expression.bed.gz.tbi",
                                             "genes.gtf.gz",
                                             "truth.tsv",
                                             "truth.genes.tsv",
                                             "motifs.meme",
                                             kHaplotypeCounts,
                                             "predixcan.db",
                                             "demo.results.sqlite", // of analyses since
                                             "training.expression.bed.gz",
                                             "training.expression.bed.gz.tbi",
                                             "training.genes.gtf.gz"};
    return names;
}

} // namespace

Result<SimulationSummary> simulateStudy(const SimulationOptions& options, const RunContext& context) {
    DS_TRY(checkOptions(options));
    DS_ASSIGN(OutputFolder folder, OutputFolder::create(options.folder, ownFiles()));
    DS_ASSIGN(const SimulationSummary summary, Simulation(options, context, folder.path()).run());
    DS_TRY(folder.commit());
    return summary;
}

} // namespace diploscope::simulate
