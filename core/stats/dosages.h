// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Eigen/Core>

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace diploscope {

/// Copies of an allele that people have of variants, [people x variants]: a byte a genotype. A value whose
/// copies share what it holds. Matrices become dosages by themselves: as bytes where they hold nothing but 0,
/// 1, 2 and NaN, for no genotype, else as the numbers that they are.
class Dosages {
public:
    static constexpr uint8_t NoGenotype = 255;

    Dosages() = default;
    /// \param copies 0, 1, 2 or NoGenotype, one variant after the other
    Dosages(Eigen::Index people, std::vector<uint8_t> copies);
    template <class Derived>
    Dosages(const Eigen::MatrixBase<Derived>& numbers) : Dosages(Numbers{numbers}) {}

    [[nodiscard]] Eigen::Index rows() const { return m_people; }
    [[nodiscard]] Eigen::Index cols() const { return static_cast<Eigen::Index>(m_columns.size()); }
    /// Some variants in this order, without a copy of what is held.
    [[nodiscard]] Dosages only(const std::vector<Eigen::Index>& variants) const;

    /// Whether bytes are held.
    [[nodiscard]] bool isWhole() const { return m_numbers == nullptr; }
    /// [people] Null where numbers are held.
    [[nodiscard]] const uint8_t* copies(Eigen::Index variant) const {
        return m_copies ? m_copies->data() + m_columns[static_cast<size_t>(variant)] * m_people : nullptr;
    }
    /// [people]; NaN: no genotype.
    [[nodiscard]] Eigen::VectorXd column(Eigen::Index variant) const;
    /// The same of some people.
    [[nodiscard]] Eigen::VectorXd column(Eigen::Index variant, const std::vector<Eigen::Index>& people) const;
    /// Eight bytes a genotype: for few people or variants.
    [[nodiscard]] Eigen::MatrixXd numbers() const;

private:
    struct Numbers {
        Eigen::MatrixXd values;
    };
    explicit Dosages(Numbers numbers);

    Eigen::Index m_people = 0;
    std::vector<Eigen::Index> m_columns; ///< of what is held, those that are told
    std::shared_ptr<const std::vector<uint8_t>> m_copies;
    std::shared_ptr<const Eigen::MatrixXd> m_numbers; ///< where there are no copies
};

} // namespace diploscope
