// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/haplotype_reads.h"

#include "base/suggestion.h"
#include "genome/builds.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <set>
#include <unordered_map>

namespace diploscope {

namespace fs = std::filesystem;

namespace {

/// Genes of the study by id and, where no other gene of the annotation is called so, by name.
std::unordered_map<std::string, std::string> wantedGenes(const Study& study) {
    std::unordered_map<std::string, std::string> wanted;
    for (const StudyGene& gene : study.genes())
        if (study.loci().withName(gene.gene.name).size() == 1)
            wanted.emplace(gene.gene.name, gene.gene.id);
    for (const StudyGene& gene : study.genes())
        wanted[gene.gene.id] = gene.gene.id;
    return wanted;
}

/// The study's people under both of their names; a genotype's counts where it is also another's.
std::unordered_map<std::string, int64_t> knownPeople(const Study& study) {
    std::unordered_map<std::string, int64_t> known;
    for (const std::vector<std::string>* names : {&study.people(), &study.expressionIds()})
        for (size_t p = 0; p < names->size(); ++p)
            known.emplace((*names)[p], static_cast<int64_t>(p));
    return known;
}

} // namespace

/// Takes table after table. Often there is one a person.
class PeoplesReadsReader {
public:
    explicit PeoplesReadsReader(const Study& study)
        : m_study(study), m_wanted(wantedGenes(study)), m_known(knownPeople(study)) {
        m_reads.m_people = study.people().size();
    }

    /// \error why the table is left out; Cancelled
    Result<void> take(const fs::path& file, const RunContext& context) {
        DS_ASSIGN(const HaplotypeCounts counts, HaplotypeCounts::read(file, m_wanted, context));
        if (counts.geneCount() == 0)
            return fail(ErrorKind::Mismatch,
                        fmt::format("None of its {} rows is of a gene of the study.", counts.rowsRead()),
                        file.string(),
                        fmt::format("Check that its genes are named as `{}`.",
                                    m_study.genes().empty() ? "ENSG..." : m_study.genes().front().gene.id));
        PeoplesReads::Table table{file.filename().string(), counts.geneCount(), {}, counts.ownPhase()};
        DS_ASSIGN(const std::vector<int64_t> person, peopleOf(counts, file));
        std::copy_if(person.begin(), person.end(), std::back_inserter(table.people),
                     [](int64_t one) { return one >= 0; });
        // A later one may have other people, or other genes (a chromosome a file), but nothing told before.
        std::optional<std::string> twice;
        eachCount(counts, person, [&](size_t gene, const PeoplesReads::Count& count) {
            if (!twice && isTold(gene, count.person))
                twice =
                    fmt::format("{} in {}", m_study.genes()[gene].gene.name, m_study.people()[count.person]);
        });
        if (twice)
            return fail(ErrorKind::Mismatch, fmt::format("An earlier table has counts of {}, too.", *twice),
                        file.string(), "Name one table of each gene and person: of one tissue.");
        m_told.resize(m_study.genes().size());
        eachCount(counts, person, [&](size_t gene, const PeoplesReads::Count& count) {
            m_told[gene].resize(m_study.people().size());
            m_told[gene][count.person] = true;
            m_reads.m_genes[m_study.genes()[gene].gene.id].push_back(count);
        });
        m_reads.m_tables.push_back(std::move(table));
        return {};
    }

    [[nodiscard]] PeoplesReads finished() { return std::move(m_reads); }

private:
    [[nodiscard]] bool isTold(size_t gene, size_t person) const {
        return gene < m_told.size() && !m_told[gene].empty() && m_told[gene][person];
    }

    /// [people of the table] as the study counts them; -1: not one of it
    [[nodiscard]] Result<std::vector<int64_t>> peopleOf(const HaplotypeCounts& counts,
                                                        const fs::path& file) const {
        std::vector<int64_t> people;
        std::set<int64_t> found;
        for (const std::string& name : counts.people()) {
            const auto person = m_known.find(name);
            people.push_back(person == m_known.end() ? -1 : person->second);
            if (people.back() >= 0 && !found.insert(people.back()).second)
                return fail(ErrorKind::Mismatch,
                            fmt::format("It has one person under two names, of which one is {}.", name),
                            file.string(), "Keep one of the two.");
        }
        if (found.empty())
            return fail(ErrorKind::Mismatch,
                        fmt::format("None of its people ({}) is one of the study ({}).",
                                    listed(counts.people(), 2), listed(m_study.people(), 2)),
                        file.string(),
                        "Name people as in the genotypes, or as in the expression with a sample map.");
        return people;
    }

    template <class Take>
    void eachCount(const HaplotypeCounts& counts, const std::vector<int64_t>& people,
                   const Take& take) const {
        for (size_t g = 0; g < m_study.genes().size(); ++g)
            for (const HaplotypeCounts::Count& count : counts.find(m_study.genes()[g].gene.id))
                if (const int64_t person = people[count.person]; person >= 0)
                    take(g, PeoplesReads::Count{static_cast<uint32_t>(person), count.a, count.b});
    }

    const Study& m_study;
    std::unordered_map<std::string, std::string> m_wanted;
    std::unordered_map<std::string, int64_t> m_known;
    std::vector<std::vector<bool>> m_told; ///< [genes][people]
    PeoplesReads m_reads;
};

std::vector<std::optional<HaplotypeReads>> PeoplesReads::of(const std::string& geneId) const {
    std::vector<std::optional<HaplotypeReads>> reads(m_people);
    if (const auto found = m_genes.find(geneId); found != m_genes.end())
        for (const Count& count : found->second)
            reads[count.person] = HaplotypeReads{count.first, count.second};
    return reads;
}

Result<PeoplesReads> readPeoplesReads(const Study& study, std::vector<Error>& leftOut,
                                      const RunContext& context) {
    PeoplesReadsReader reader(study);
    for (const fs::path& file : study.file().haplotypeCounts)
        if (const Result<void> taken = reader.take(file, context); !taken) {
            if (taken.error().kind == ErrorKind::Cancelled)
                return fail(taken.error());
            leftOut.push_back(taken.error());
        }
    return reader.finished();
}

void addReads(const PeoplesReads& reads, const Study& study, const AlleleMatrix& alleles,
              GeneReport& report) {
    const auto found = reads.of(report.gene.id);
    const auto copies = copiesAt(report.gene.region.contig, report.gene.tss(),
                                 knownBuild(study.file().build).value_or(std::string()));
    const auto isIn = [](const std::vector<bool>& people, size_t p) {
        return p < people.size() && people[p];
    };
    UnusedReads unused;
    for (size_t p = 0; p < found.size(); ++p) {
        if (!found[p])
            continue;
        if (copies && p < study.sexes().size() && copies->of(study.sexes()[p]) < 2) {
            ++unused.oneCopy;
        } else if (isIn(alleles.unphased, p) || isIn(alleles.severalPhaseSets, p)) {
            ++unused.withoutPhase;
        } else {
            report.people[p].reads = found[p];
            unused.tooFew += found[p]->total() < FewestHaplotypeReads;
        }
    }
    report.unusedReads = unused;
    report.allelic.emplace();
}

void addAllelicImbalance(GeneReport& report) {
    if (!report.allelic)
        return;
    const auto people = static_cast<Eigen::Index>(report.people.size());
    Eigen::VectorXd observed(people), predicted(people);
    for (Eigen::Index p = 0; p < people; ++p) {
        const PersonResult& person = report.people[static_cast<size_t>(p)];
        const std::optional<double> ratio = person.reads ? log2Ratio(*person.reads) : std::nullopt;
        observed[p] = ratio.value_or(std::numeric_limits<double>::quiet_NaN());
        predicted[p] = person.haplotype1 - person.haplotype2;
    }
    report.allelic = allelicImbalance(observed, predicted, report.scoreRounding);
    for (DriverResult& driver : report.drivers) {
        const SnvGenotypes& genotypes = report.variants[driver.variant].genotypes;
        std::vector<int> sides(report.people.size());
        for (size_t p = 0; p < sides.size() && p < genotypes.people(); ++p)
            sides[p] = genotypes.side(p);
        driver.allelic = allelicChange(observed, sides);
    }
}

} // namespace diploscope
