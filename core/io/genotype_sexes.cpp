// SPDX-License-Identifier: GPL-3.0-or-later
// Of GenotypeRows: how many copies people have of X and Y.
#include "io/genotype_rows.h"

#include <algorithm>

namespace diploscope {

void GenotypeRows::tellSexes(const std::map<std::string, Sex>& sexes, const std::string& build) {
    m_build = build;
    m_sexes.clear();
    for (const std::string& person : m_matrix.people) {
        const auto known = sexes.find(person);
        m_sexes.push_back(known == sexes.end() ? Sex::Unknown : known->second);
    }
}

/// The row, where people have not two copies of the place, or a call says one of two.
void GenotypeRows::applySexes() {
    constexpr int8_t Missing = AlleleMatrix::Missing;
    GenotypeCounts& counts = m_matrix.counts;
    std::vector<size_t> oneCopy;
    std::sort(m_oneCopy.begin(), m_oneCopy.end());
    for (size_t column = 0; column < m_sexes.size(); ++column) {
        int8_t& first = m_row[2 * column];
        int8_t& second = m_row[2 * column + 1];
        const int before = (first == Missing) + (second == Missing);
        const bool isCalledOnce = std::binary_search(m_oneCopy.begin(), m_oneCopy.end(), column);
        const int copies = copiesOf(column);
        if (m_sexes[column] == Sex::Unknown || (copies == 1 && isCalledOnce)) {
            if (isCalledOnce)
                oneCopy.push_back(column);
            continue;
        }
        if (copies == 0) {
            counts.excludedBySex += before < 2;
            counts.missingAlleles -= before; // nothing is missing of what they have not
            first = second = Missing;
            m_matrix.withoutCopy.resize(m_matrix.people.size());
            m_matrix.withoutCopy[column] = true;
            continue;
        }
        if (copies == 2) {
            if (isCalledOnce && first != Missing) {
                --counts.haploidCalls;
                second = Missing;
            }
        } else if (before == 2 || first == second || before == 1) {
            first = second = std::max(first, second);
            counts.hemizygousCalls += before == 0;
            oneCopy.push_back(column);
        } else {
            first = second = Missing;
            ++counts.excludedBySex;
            oneCopy.push_back(column);
        }
        counts.missingAlleles += (first == Missing) + (second == Missing) - before;
    }
    m_oneCopy = std::move(oneCopy);
}

} // namespace diploscope
