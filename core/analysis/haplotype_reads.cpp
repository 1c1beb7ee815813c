// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/haplotype_reads.h"

#include "base/suggestion.h"
#include "genome/builds.h"
#include "study/sample_map.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <set>
#include <unordered_map>

namespace diploscope {

namespace fs = std::filesystem;

namespace {

/// Genes of the study by id and, where only one is called so, by name.
std::unordered_map<std::string, std::string> wantedGenes(const Study& study) {
    std::unordered_map<std::string, std::string> wanted;
    std::set<std::string> ambiguous;
    for (const StudyGene& gene : study.genes()) {
        const auto [known, isNew] = wanted.emplace(gene.gene.name, gene.gene.id);
        if (!isNew && known->second != gene.gene.id)
            ambiguous.insert(gene.gene.name);
    }
    for (const std::string& name : ambiguous)
        wanted.erase(name);
    for (const StudyGene& gene : study.genes())
        wanted[gene.gene.id] = gene.gene.id;
    return wanted;
}

/// The study's people under all of their names.
Result<std::unordered_map<std::string, int64_t>> knownPeople(const Study& study) {
    std::unordered_map<std::string, int64_t> known;
    for (size_t p = 0; p < study.people().size(); ++p)
        known.emplace(study.people()[p], static_cast<int64_t>(p));
    if (!study.file().sampleMap)
        return known;
    DS_ASSIGN(const SampleMap map, readSampleMap(*study.file().sampleMap));
    for (const SampleMap::Pair& pair : map.pairs)
        if (const auto person = known.find(pair.genotypeId); person != known.end())
            known.emplace(pair.expressionId, person->second);
    return known;
}

Failure ofNobody(const HaplotypeCounts& counts, const Study& study, const fs::path& file) {
    return fail(ErrorKind::Mismatch,
                fmt::format("None of its people ({}) is one of the study ({}).", listed(counts.people(), 2),
                            listed(study.people(), 2)),
                file.string(), "Name people as in the genotypes, or as in the expression with a sample map.");
}

Result<PeoplesReads::Table> readOne(const Study& study, const fs::path& file,
                                    const std::unordered_map<std::string, std::string>& wanted,
                                    const std::unordered_map<std::string, int64_t>& known,
                                    const RunContext& context) {
    DS_ASSIGN(HaplotypeCounts counts, HaplotypeCounts::read(file, wanted, context));
    if (counts.geneCount() == 0)
        return fail(ErrorKind::Mismatch,
                    fmt::format("None of its {} rows is of a gene of the study.", counts.rowsRead()),
                    file.string(),
                    fmt::format("Check that its genes are named as `{}`.",
                                study.genes().empty() ? "ENSG..." : study.genes().front().gene.id));
    PeoplesReads::Table table{file.filename().string(), std::move(counts), {}, 0};
    std::set<int64_t> people;
    for (const std::string& name : table.counts.people()) {
        const auto person = known.find(name);
        table.person.push_back(person == known.end() ? -1 : person->second);
        if (table.person.back() >= 0 && !people.insert(table.person.back()).second)
            return fail(ErrorKind::Mismatch,
                        fmt::format("It has one person under two names, of which one is {}.", name),
                        file.string(), "Keep one of the two.");
    }
    table.people = std::ssize(people);
    if (people.empty())
        return ofNobody(table.counts, study, file);
    return table;
}

} // namespace

std::vector<std::optional<HaplotypeReads>> PeoplesReads::of(const std::string& geneId) const {
    std::vector<std::optional<HaplotypeReads>> reads(m_people);
    for (const Table& table : m_tables)
        for (const HaplotypeCounts::Count& count : table.counts.find(geneId))
            if (const int64_t person = table.person[count.person]; person >= 0)
                reads[static_cast<size_t>(person)] = HaplotypeReads{count.a, count.b};
    return reads;
}

Result<PeoplesReads> readPeoplesReads(const Study& study, std::vector<Error>& leftOut,
                                      const RunContext& context) {
    PeoplesReads reads;
    reads.m_people = study.people().size();
    const auto wanted = wantedGenes(study);
    DS_ASSIGN(const auto known, knownPeople(study));
    // A later table may have other people, or other genes (a chromosome a file), but nothing told before.
    const auto toldBefore = [&](const PeoplesReads::Table& table) -> std::optional<std::string> {
        if (reads.m_tables.empty())
            return std::nullopt;
        for (const StudyGene& gene : study.genes()) {
            const auto& counts = table.counts.find(gene.gene.id);
            if (counts.empty())
                continue;
            const auto before = reads.of(gene.gene.id);
            for (const HaplotypeCounts::Count& count : counts)
                if (const int64_t person = table.person[count.person];
                    person >= 0 && before[static_cast<size_t>(person)])
                    return fmt::format("{} in {}", gene.gene.name, table.counts.people()[count.person]);
        }
        return std::nullopt;
    };
    for (const fs::path& file : study.file().haplotypeCounts) {
        Result<PeoplesReads::Table> table = readOne(study, file, wanted, known, context);
        if (!table) {
            if (table.error().kind == ErrorKind::Cancelled)
                return fail(table.error());
            leftOut.push_back(table.error());
        } else if (const auto twice = toldBefore(*table)) {
            leftOut.push_back({ErrorKind::Mismatch,
                               fmt::format("An earlier table has counts of {}, too.", *twice), file.string(),
                               "Name one table of each gene and person: of one tissue."});
        } else {
            reads.m_tables.push_back(std::move(*table));
        }
    }
    return reads;
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
