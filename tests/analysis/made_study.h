// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/external_tables.h"
#include "analysis/gene_analysis.h"

#include "study/small_study.h"

#include <cmath>
#include <map>

/// Studies of records of a test's choice under a linear model, of which every number is known.
namespace diploscope::test {

/// The sum over a sequence's edits of a number that their place and base give.
class Linear : public Predictor {
public:
    Linear() {
        m_info.name = "Linear";
        m_info.checksum = "c";
        m_info.input = {2000, 1000, StrandRule::Forward};
    }
    static double effect(const Edit& edit) {
        return std::sin(double(edit.offset)) * (1 + double(edit.alt.front() % 7));
    }
    const ModelInfo& info() const override { return m_info; }
    std::string computation(Method) const override { return {}; }
    Result<std::unique_ptr<LocusPredictor>> prepare(const ReferenceWindow&, const OutputChoice&,
                                                    Method) const override {
        return std::unique_ptr<LocusPredictor>(std::make_unique<Locus>());
    }

private:
    class Locus : public LocusPredictor {
        Result<Eigen::MatrixXd> predict(std::span<const EditList> sequences, const RunContext&) override {
            Eigen::MatrixXd scores = Eigen::MatrixXd::Zero(Eigen::Index(sequences.size()), 1);
            for (size_t i = 0; i < sequences.size(); ++i)
                for (const Edit& edit : sequences[i])
                    scores(Eigen::Index(i), 0) += effect(edit);
            return scores;
        }
        int64_t batchSize() const override { return 100; }
    };
    ModelInfo m_info;
};

inline constexpr int People = 60;
inline constexpr int64_t First = 19'600; ///< 0-based, of the first record; the next ones stand 20 bases on

/// A study of 60 people whose gene A has records of the test's choice.
class Made {
public:
    Made() : m_random(77) {
        m_small.people.clear();
        std::string values;
        for (int p = 0; p < People; ++p) {
            m_small.people += (p == 0 ? "P" : "\tP") + std::to_string(p);
            values += "\t" + std::to_string(double(m_random() % 1000) / 100);
        }
        m_small.expression = "#chr\tstart\tend\tphenotype_id\t" + m_small.people +
                             "\n22\t20000\t20001\tENSG01.2" + values + "\n";
    }
    /// \param padding bases of REF beside the SNV, before and behind. \param missing people without a
    /// genotype
    Made& snv(int place, int64_t before = 0, int64_t behind = 0, int missing = 0,
              const std::string& id = ".") {
        const int64_t at = First + 20 * place;
        const std::string ref = m_small.bases.substr(size_t(at - before), size_t(before + 1 + behind));
        std::string alt = ref;
        alt[size_t(before)] = otherBase(ref[size_t(before)]);
        std::string genotypes;
        for (int p = 0; p < People; ++p) {
            const int lost = p < missing ? int(m_random() % 3) : 3;
            genotypes += "\t" + (lost < 2    ? std::string(lost == 0 ? "./." : ".|1")
                                 : lost == 2 ? std::string(".|.")
                                             : std::to_string(m_random() % 2) + "|" +
                                                   std::to_string(m_random() % 3 == 0));
        }
        return record(at - before, ref, alt, "GT", genotypes, id);
    }
    Made& record(int64_t position, const std::string& ref, const std::string& alt, const std::string& format,
                 const std::string& genotypes, const std::string& id = ".") {
        m_records.emplace(position, "22\t" + std::to_string(position + 1) + "\t" + id + "\t" + ref + "\t" +
                                        alt + "\t.\tPASS\t.\t" + format + genotypes + "\n");
        return *this;
    }
    /// The record that was added last at this position, once more.
    Made& again(int place) {
        const auto at = m_records.find(First + 20 * place);
        m_records.emplace(at->first, at->second);
        return *this;
    }
    /// Two SNVs, at places 10 and 11, at which every sixth person is heterozygous, in a phase set each.
    Made& twoPhaseSets() {
        for (const int place : {10, 11}) {
            std::string genotypes;
            for (int p = 0; p < People; ++p)
                genotypes += p % 6 == 0 ? "\t0|1:" + std::to_string(place) : "\t0|0:1";
            record(First + 20 * place, base(place), std::string(1, otherBase(base(place).front())), "GT:PS",
                   genotypes);
        }
        return *this;
    }
    static char otherBase(char base) { return base == 'A' ? 'C' : 'A'; }
    [[nodiscard]] std::string base(int place) const {
        return m_small.bases.substr(size_t(First + 20 * place), 1);
    }
    /// Of contig 22.
    [[nodiscard]] const std::string& reference() const { return m_small.bases; }
    void option(const std::string& json) { m_small.extra += ", \"options\": " + json; }
    /// A table of others.
    void eqtl(const std::string& table) {
        writeText(m_folder / "eqtl.tsv", table);
        m_small.extra += R"(, "eqtl": ["eqtl.tsv"])";
    }

    Result<std::shared_ptr<const GeneReport>> analysed() {
        m_small.genotypes = "##fileformat=VCFv4.4\n##contig=<ID=22>\n##FORMAT=<ID=GT,Number=1,Type=String,"
                            "Description=\"g\">\n##FORMAT=<ID=PS,Number=1,Type=Integer,Description=\"p\">\n"
                            "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t" +
                            m_small.people + "\n";
        for (const auto& [position, line] : m_records)
            m_small.genotypes += line;
        const StudyCheck check = openStudy(m_small.write(m_folder));
        if (!check.study)
            return fail(check.problems.front());
        study = check.study;
        notes = check.notes;
        AnalysisOptions options;
        options.thresholds.minimumGain = 0.01;
        DS_ASSIGN(options.external, readExternalTables(*study));
        return analyzeGene(*study, study->genes().front(), std::make_shared<Linear>(), nullptr, options, {});
    }

    std::shared_ptr<const Study> study;
    std::vector<StudyNote> notes;

private:
    TemporaryFolder m_folder;
    SmallStudy m_small;
    std::mt19937 m_random;
    std::multimap<int64_t, std::string> m_records;
};

} // namespace diploscope::test
