// SPDX-License-Identifier: GPL-3.0-or-later
// The statistics of one gene, 839 people x 3,000 SNVs: milliseconds of each by the clock and of all
// processors, and the same data for other programs.
//   bench_stats FOLDER      best of five; stats_speed.sh runs this, plink2 and susieR and compares
#include "stats/bootstrap.h"
#include "stats/drivers.h"
#include "stats/eqtl.h"
#include "stats/null_model.h"
#include "stats/susie.h"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <random>

using namespace diploscope;

namespace {

constexpr Eigen::Index People = 839;
constexpr Eigen::Index Variants = 3000;
constexpr Eigen::Index Covariates = 10;

struct Gene {
    Eigen::MatrixXd dosages = Eigen::MatrixXd::Zero(People, Variants);
    Eigen::MatrixXd covariates{People, Covariates};
    Eigen::VectorXd sparse{People}; ///< expression under two SNVs
    Eigen::VectorXd rich{People};   ///< expression under ten
};

/// Haplotypes that switch between ten ancestors, which gives blocks of LD.
Gene simulate() {
    std::mt19937_64 random(839);
    std::normal_distribution<double> normal;
    std::bernoulli_distribution recombines(0.02);
    std::uniform_int_distribution<Eigen::Index> anybody(0, 9);
    Eigen::MatrixXi ancestors(10, Variants);
    for (Eigen::Index v = 0; v < Variants; ++v) {
        std::bernoulli_distribution carries(std::uniform_real_distribution<>(0.1, 0.5)(random));
        for (Eigen::Index a = 0; a < 10; ++a)
            ancestors(a, v) = carries(random);
        if (ancestors.col(v).sum() % 10 == 0)
            ancestors(v % 10, v) ^= 1;
    }
    Gene gene;
    for (Eigen::Index i = 0; i < People; ++i)
        for (int haplotype = 0; haplotype < 2; ++haplotype) {
            Eigen::Index ancestor = anybody(random);
            for (Eigen::Index v = 0; v < Variants; ++v) {
                if (recombines(random))
                    ancestor = anybody(random);
                gene.dosages(i, v) += ancestors(ancestor, v);
            }
        }
    for (Eigen::Index i = 0; i < gene.covariates.size(); ++i)
        gene.covariates.data()[i] = normal(random);
    for (Eigen::Index i = 0; i < People; ++i) {
        gene.sparse[i] = 0.4 * gene.dosages(i, 1000) - 0.5 * gene.dosages(i, 2000) + normal(random);
        gene.rich[i] = normal(random);
        for (Eigen::Index v = 150; v < Variants; v += 300)
            gene.rich[i] += (v % 200 == 150 ? 0.8 : -0.8) * gene.dosages(i, v);
    }
    return gene;
}

void writeForOthers(const Gene& gene, const std::filesystem::path& folder) {
    std::filesystem::create_directories(folder);
    std::ofstream vcf(folder / "gene.vcf");
    vcf << "##fileformat=VCFv4.2\n##contig=<ID=1>\n##FORMAT=<ID=GT,Number=1,Type=String,Description=\"\">\n"
        << "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT";
    std::ofstream people(folder / "people.tsv"); // phenotypes and covariates of plink2
    people << "#IID\tsparse\trich";
    for (Eigen::Index k = 0; k < Covariates; ++k)
        people << "\tC" << k;
    people.precision(17);
    for (Eigen::Index i = 0; i < People; ++i) {
        vcf << "\tP" << i;
        people << "\nP" << i << '\t' << gene.sparse[i] << '\t' << gene.rich[i];
        for (Eigen::Index k = 0; k < Covariates; ++k)
            people << '\t' << gene.covariates(i, k);
    }
    people << '\n';
    const char* genotypes[] = {"0/0", "0/1", "1/1"};
    for (Eigen::Index v = 0; v < Variants; ++v) {
        vcf << "\n1\t" << 1000 + 60 * v << "\tv" << v << "\tA\tC\t.\t.\t.\tGT";
        for (Eigen::Index i = 0; i < People; ++i)
            vcf << '\t' << genotypes[static_cast<int>(gene.dosages(i, v))];
    }
    vcf << '\n';
    std::ofstream dosages(folder / "dosages.bin", std::ios::binary); // doubles, variant by variant
    dosages.write(reinterpret_cast<const char*>(gene.dosages.data()),
                  static_cast<std::streamsize>(gene.dosages.size() * Eigen::Index{sizeof(double)}));
}

void measure(const char* name, const std::function<double()>& work) {
    double best = 1e300;
    double processor = 1e300;
    double check = 0;
    for (int i = 0; i < 5; ++i) {
        const auto begin = std::chrono::steady_clock::now();
        const std::clock_t used = std::clock();
        check = work();
        processor = std::min(processor, 1000.0 * double(std::clock() - used) / CLOCKS_PER_SEC);
        best = std::min(
            best,
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
    }
    std::cout << name << '\t' << best << '\t' << processor << '\t' << check << std::endl;
}

} // namespace

int main(int argc, char** argv) {
    const Gene gene = simulate();
    if (argc > 1)
        writeForOthers(gene, argv[1]);
    const Eigen::MatrixXd none(People, 0);
    std::cout << "what\tms\tprocessor_ms\tcheck\n";
    measure("eqtl", [&] { return *marginalEffects(gene.dosages, gene.sparse, none)[1000].t; });
    measure("eqtl_covariates",
            [&] { return *marginalEffects(gene.dosages, gene.sparse, gene.covariates)[1000].t; });
    measure("eqtl_conditional", [&] {
        const int64_t lead = *leadVariant(marginalEffects(gene.dosages, gene.sparse, gene.covariates));
        return *conditionalEffects(gene.dosages, gene.sparse, gene.covariates, std::span(&lead, 1))[1000].t;
    });
    for (const int64_t count : {50, 1000, 10000})
        measure(("null_" + std::to_string(count)).c_str(),
                [&] { return nullCorrelations(gene.dosages, gene.sparse, count, 1).value().mean(); });
    measure("susie_sparse",
            [&] { return fineMap(residualise(gene.dosages, gene.sparse, none)).value()->pip.sum(); });
    measure("susie_rich",
            [&] { return fineMap(residualise(gene.dosages, gene.rich, none)).value()->pip.sum(); });
    measure("bootstrap", [&] {
        const Eigen::MatrixXd draws = drawPeople(1, People, 0, 1000);
        return percentileInterval(resampledCorrelations(gene.rich, gene.sparse, draws))->low;
    });
    measure("drivers_backward", [&] {
        Eigen::VectorXd ism = Eigen::VectorXd::Zero(Variants);
        for (Eigen::Index v = 0; v < Variants; v += 10)
            ism[v] = 1.0 / double(v + 10);
        return double(approximateLinearly(ism, gene.dosages, gene.dosages * ism, {}, DriverMethod::Backward)
                          .drivers.size());
    });
}
