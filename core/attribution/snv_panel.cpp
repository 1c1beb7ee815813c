// SPDX-License-Identifier: GPL-3.0-or-later
#include "attribution/snv_panel.h"

#include <algorithm>

namespace diploscope {

namespace {

struct AlleleCounts {
    std::vector<int64_t> ofAllele;
    int64_t called = 0;
};

AlleleCounts countAlleles(const AlleleMatrix& matrix, size_t site) {
    AlleleCounts counts;
    counts.ofAllele.assign(matrix.sites[site].alts.size() + 1, 0);
    for (size_t haplotype = 0; haplotype < matrix.haplotypeCount(); ++haplotype) {
        const int8_t allele = matrix.allele(site, haplotype);
        if (allele == AlleleMatrix::Missing)
            continue;
        ++counts.called;
        ++counts.ofAllele[static_cast<size_t>(allele)];
    }
    return counts;
}

/// The most common SNV allele of the site, 0 when nobody carries one.
int effectAlleleOf(const Site& site, const AlleleCounts& counts) {
    int best = 0;
    for (int allele = 1; allele <= static_cast<int>(site.alts.size()); ++allele) {
        const int64_t count = counts.ofAllele[static_cast<size_t>(allele)];
        if (site.isSnv(allele) && count > 0 &&
            (best == 0 || count > counts.ofAllele[static_cast<size_t>(best)]))
            best = allele;
    }
    return best;
}

} // namespace

SnvPanel buildSnvPanel(const AlleleMatrix& matrix, const Region& window) {
    SnvPanel panel;
    std::vector<Eigen::VectorXd> columns;
    const size_t people = matrix.people.size();
    for (size_t s = 0; s < matrix.sites.size(); ++s) {
        const Site& site = matrix.sites[s];
        if (!window.contains(site.position))
            continue;
        const AlleleCounts counts = countAlleles(matrix, s);
        const int effectAllele = effectAlleleOf(site, counts);
        if (effectAllele == 0)
            continue;

        Snv snv;
        snv.position = site.position;
        snv.id = site.id;
        snv.ref = site.ref.front();
        snv.alt = site.alts[static_cast<size_t>(effectAllele) - 1].front();
        snv.alleleFrequency = static_cast<double>(counts.ofAllele[static_cast<size_t>(effectAllele)]) /
                              static_cast<double>(counts.called);
        Eigen::VectorXd dosage = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(people));
        for (size_t p = 0; p < people; ++p) {
            const int8_t first = matrix.allele(s, 2 * p);
            const int8_t second = matrix.allele(s, 2 * p + 1);
            const int copies = (first == effectAllele) + (second == effectAllele);
            dosage(static_cast<Eigen::Index>(p)) = copies;
            snv.carriers += copies > 0;
            snv.anyCarriers += first > 0 || second > 0;
        }
        panel.snvs.push_back(std::move(snv));
        columns.push_back(std::move(dosage));
    }
    panel.dosages.resize(static_cast<Eigen::Index>(people), static_cast<Eigen::Index>(columns.size()));
    for (size_t v = 0; v < columns.size(); ++v)
        panel.dosages.col(static_cast<Eigen::Index>(v)) = columns[v];
    return panel;
}

std::vector<EditList> ismSequences(const SnvPanel& panel, const ReferenceWindow& window) {
    std::vector<EditList> sequences;
    sequences.reserve(panel.snvs.size());
    for (const Snv& snv : panel.snvs)
        sequences.push_back({Edit{snv.position - window.region.start, 1, std::string(1, snv.alt)}});
    return sequences;
}

} // namespace diploscope
