// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/byte_sums.h"
#include "stats/dosages.h"

#include <Eigen/Core>

#include <map>
#include <vector>

namespace diploscope {

/// Dosages of some people, each variant less its mean, without a matrix of them: a column is made when it is
/// asked for, and products are summed up over bytes. A missing genotype stands for the mean of the others
/// (METHODS 17), hence for 0. A constant column is exact zeros.
class CentredDosages {
public:
    CentredDosages() = default;
    /// \param people rows of the dosages, ascending
    CentredDosages(Dosages dosages, std::vector<Eigen::Index> people);
    /// The same and its productsWith() these vectors, in one pass over the genotypes.
    CentredDosages(Dosages dosages, std::vector<Eigen::Index> people,
                   const Eigen::Ref<const Eigen::MatrixXd>& vectors, Eigen::MatrixXd& products);
    /// Of everybody.
    explicit CentredDosages(const Dosages& dosages);

    [[nodiscard]] Eigen::Index rows() const { return static_cast<Eigen::Index>(m_people.size()); }
    [[nodiscard]] Eigen::Index cols() const { return m_dosages.cols(); }
    [[nodiscard]] const std::vector<Eigen::Index>& people() const { return m_people; }
    /// [variants] of those with a genotype; 0 where nobody has one.
    [[nodiscard]] const Eigen::RowVectorXd& means() const { return m_means; }
    /// [variants] length of each column; exactly 0 where nothing varies.
    [[nodiscard]] const Eigen::RowVectorXd& norms() const { return m_norms; }
    /// Of variants that some have no genotype of: the rows that have none, ascending.
    [[nodiscard]] const std::map<Eigen::Index, std::vector<Eigen::Index>>& missing() const {
        return m_missing;
    }

    /// [rows]
    [[nodiscard]] Eigen::VectorXd column(Eigen::Index variant) const;
    /// Products of every column with each of the vectors, [vectors x variants]; of bytes rounded once.
    /// \param vectors [rows x vectors]
    [[nodiscard]] Eigen::MatrixXd productsWith(const Eigen::Ref<const Eigen::MatrixXd>& vectors) const;
    /// sum += factor x column.
    void addMultiple(double factor, Eigen::Index variant, Eigen::Ref<Eigen::VectorXd> sum) const;

    /// Whether copies are whole: bytes, and not the numbers of means.
    [[nodiscard]] bool isWhole() const { return m_dosages.isWhole(); }
    /// Copies, not centred, of some rows from `first` on; 0 for no genotype. \pre isWhole()
    void readCopies(Eigen::Index variant, Eigen::Index first, Eigen::Ref<Eigen::VectorXf> rows) const;
    /// The same of all rows as bytes; in `room` where they do not lie so. \pre isWhole()
    const uint8_t* knownCopies(Eigen::Index variant, std::vector<uint8_t>& room) const;

private:
    [[nodiscard]] bool isEverybody() const { return rows() == m_dosages.rows(); }
    void measure(Eigen::Index variant, std::vector<uint8_t>& room);

    Dosages m_dosages;
    std::vector<Eigen::Index> m_people;
    Eigen::RowVectorXd m_means, m_norms; ///< [variants]
    std::map<Eigen::Index, std::vector<Eigen::Index>> m_missing;
};

} // namespace diploscope
