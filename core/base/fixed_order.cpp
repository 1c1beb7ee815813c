// SPDX-License-Identifier: GPL-3.0-or-later
// Compiled with -ffp-contract=off (CMakeLists.txt): a fused multiplication and addition rounds once instead
// of twice, and only some processors have it.
#include "base/fixed_order.h"

#include "base/parallel.h"

#include <algorithm>
#include <cassert>
#include <vector>

namespace diploscope {

namespace {

/// Partial sums of a dot product; added up in halves.
constexpr int Lanes = 16;
/// Columns of each factor and terms of them that dot products are made of at once: what stays in the
/// processor's cache.
constexpr Eigen::Index TileColumns = 32;
constexpr Eigen::Index TileTerms = 1024; ///< a multiple of Lanes
/// Rows of the left factor that are worked on at once, and terms after which partial sums are added up.
constexpr int PanelRows = 16;
constexpr int64_t BlockTerms = 256;

/// The inner loops, for one width of registers.
struct Kernels {
    void (*dotTwo)(const double* a0, const double* a1, const double* b, int64_t count, double* lanes0,
                   double* lanes1);
    void (*addBlock)(const double* panel, int64_t terms, const double* b0, const double* b1, double* out);
    void (*addColumns)(const double* columns, int64_t stride, const double* weights, int64_t terms,
                       int64_t rows, double* sums);
    void (*addMultiple)(double factor, const double* x, int64_t count, double* sum);
};

/// Keeps a vector in its register, so that compilers do not read it again for its second use.
#ifdef __x86_64__
#define DS_KEEP(vector) asm("" : "+x"(vector))
#else
#define DS_KEEP(vector) (void)(vector)
#endif

namespace narrow {
constexpr int VectorBytes = 16;
#include "base/fixed_order_kernels.inc"
} // namespace narrow

#if defined(__x86_64__) && !defined(__clang__)
#pragma GCC push_options
#pragma GCC target("avx2")
namespace wide {
constexpr int VectorBytes = 32;
#include "base/fixed_order_kernels.inc"
} // namespace wide
#pragma GCC pop_options
#pragma GCC push_options
#pragma GCC target("avx512f")
namespace widest {
constexpr int VectorBytes = 64;
#include "base/fixed_order_kernels.inc"
} // namespace widest
#pragma GCC pop_options
#endif

/// Those that this processor can.
const Kernels& kernels() {
#if defined(__x86_64__) && !defined(__clang__)
    static const Kernels& chosen = __builtin_cpu_supports("avx512f") ? widest::all
                                   : __builtin_cpu_supports("avx2")  ? wide::all
                                                                     : narrow::all;
    return chosen;
#else
    return narrow::all;
#endif
}

/// The partial sums of one dot product.
struct LaneSums {
    double lanes[Lanes] = {};

    [[nodiscard]] double total() {
        for (int half = Lanes / 2; half > 0; half /= 2)
            for (int lane = 0; lane < half; ++lane)
                lanes[lane] += lanes[lane + half];
        return lanes[0];
    }
};

/// x' y of so few columns that their partial sums stay in the processor's cache.
void dotTile(const Eigen::Ref<const Eigen::MatrixXd>& x, const Eigen::Ref<const Eigen::MatrixXd>& y,
             Eigen::Ref<Eigen::MatrixXd> dots) {
    std::vector<LaneSums> sums(static_cast<size_t>((x.cols() + 1) * y.cols()));
    for (Eigen::Index first = 0; first < x.rows(); first += TileTerms) {
        const Eigen::Index terms = std::min(TileTerms, x.rows() - first);
        LaneSums* sum = sums.data();
        for (Eigen::Index c = 0; c < y.cols(); ++c)
            for (Eigen::Index r = 0; r < x.cols(); r += 2, sum += 2) {
                const Eigen::Index next = std::min(r + 1, x.cols() - 1);
                kernels().dotTwo(x.col(r).data() + first, x.col(next).data() + first, y.col(c).data() + first,
                                 terms, sum[0].lanes, sum[1].lanes);
            }
    }
    LaneSums* sum = sums.data();
    for (Eigen::Index c = 0; c < y.cols(); ++c)
        for (Eigen::Index r = 0; r < x.cols(); r += 2, sum += 2) {
            dots(r, c) = sum[0].total();
            if (r + 1 < x.cols())
                dots(r + 1, c) = sum[1].total();
        }
}

/// Rows [first, first + PanelRows) of the product, those beyond the last left out.
void multiplyPanel(const Eigen::Ref<const Eigen::MatrixXd>& a, const Eigen::Ref<const Eigen::MatrixXd>& b,
                   Eigen::Index first, Eigen::MatrixXd& product) {
    const Eigen::Index used = std::min<Eigen::Index>(PanelRows, a.rows() - first);
    const Eigen::Index columns = b.cols();
    std::vector<double> out(static_cast<size_t>(PanelRows * (columns + columns % 2)));
    std::vector<double> panel(static_cast<size_t>(PanelRows * std::min<Eigen::Index>(BlockTerms, a.cols())));
    for (Eigen::Index begin = 0; begin < a.cols(); begin += BlockTerms) {
        const Eigen::Index terms = std::min<Eigen::Index>(BlockTerms, a.cols() - begin);
        for (Eigen::Index k = 0; k < terms; ++k)
            std::copy_n(a.col(begin + k).data() + first, used, panel.data() + PanelRows * k);
        for (Eigen::Index j = 0; j < columns; j += 2)
            kernels().addBlock(panel.data(), terms, b.col(j).data() + begin,
                               b.col(std::min(j + 1, columns - 1)).data() + begin,
                               out.data() + PanelRows * j);
    }
    for (Eigen::Index j = 0; j < columns; ++j)
        std::copy_n(out.data() + PanelRows * j, used, product.col(j).data() + first);
}

/// The same numbers as multiplyPanel's of one column, read in the order in which they lie.
void multiplyColumn(const Eigen::Ref<const Eigen::MatrixXd>& a, const double* b, double* product) {
    const Eigen::Index rows = a.rows();
    std::fill_n(product, rows, 0.0);
    std::vector<double> sums(static_cast<size_t>(rows));
    for (Eigen::Index begin = 0; begin < a.cols(); begin += BlockTerms) {
        std::fill(sums.begin(), sums.end(), 0.0);
        kernels().addColumns(a.col(begin).data(), a.outerStride(), b + begin,
                             std::min<Eigen::Index>(BlockTerms, a.cols() - begin), rows, sums.data());
        for (Eigen::Index i = 0; i < rows; ++i)
            product[i] += sums[static_cast<size_t>(i)];
    }
}

} // namespace

Eigen::VectorXd dotsWith(const Eigen::Ref<const Eigen::MatrixXd>& x,
                         const Eigen::Ref<const Eigen::VectorXd>& y) {
    return dotsBetween(x, y);
}

Eigen::VectorXd dotsWith(const Eigen::Ref<const Eigen::MatrixXd>& x, const std::vector<Eigen::Index>& columns,
                         const Eigen::Ref<const Eigen::VectorXd>& y) {
    assert(x.rows() == y.size());
    Eigen::VectorXd dots(static_cast<Eigen::Index>(columns.size()));
    for (size_t k = 0; k < columns.size(); k += 2) {
        const size_t next = std::min(k + 1, columns.size() - 1);
        LaneSums sums[2];
        kernels().dotTwo(x.col(columns[k]).data(), x.col(columns[next]).data(), y.data(), x.rows(),
                         sums[0].lanes, sums[1].lanes);
        dots[static_cast<Eigen::Index>(k)] = sums[0].total();
        if (next != k)
            dots[static_cast<Eigen::Index>(next)] = sums[1].total();
    }
    return dots;
}

Eigen::MatrixXd dotsBetween(const Eigen::Ref<const Eigen::MatrixXd>& x,
                            const Eigen::Ref<const Eigen::MatrixXd>& y) {
    assert(x.rows() == y.rows());
    Eigen::MatrixXd dots(x.cols(), y.cols());
    for (Eigen::Index c = 0; c < y.cols(); c += TileColumns)
        for (Eigen::Index r = 0; r < x.cols(); r += TileColumns) {
            const Eigen::Index ofX = std::min(TileColumns, x.cols() - r);
            const Eigen::Index ofY = std::min(TileColumns, y.cols() - c);
            dotTile(x.middleCols(r, ofX), y.middleCols(c, ofY), dots.block(r, c, ofX, ofY));
        }
    return dots;
}

Eigen::MatrixXd productOf(const Eigen::Ref<const Eigen::MatrixXd>& a,
                          const Eigen::Ref<const Eigen::MatrixXd>& b) {
    assert(a.cols() == b.rows());
    Eigen::MatrixXd product(a.rows(), b.cols());
    constexpr Eigen::Index FewColumns = 2; // not worth rearranging `a` for
    if (b.cols() <= FewColumns) {
        for (Eigen::Index j = 0; j < b.cols(); ++j)
            multiplyColumn(a, b.col(j).data(), product.col(j).data());
        return product;
    }
    constexpr double WorthThreads = 5e7; // multiplications: some 5 ms, a hundred times what a thread costs
    const double work = double(a.rows()) * double(a.cols()) * double(b.cols());
    parallelFor((a.rows() + PanelRows - 1) / PanelRows, work > WorthThreads ? availableThreads() : 1,
                [&](int64_t panel) { multiplyPanel(a, b, PanelRows * panel, product); });
    return product;
}

void addMultiple(double factor, const Eigen::Ref<const Eigen::VectorXd>& x, Eigen::Ref<Eigen::VectorXd> sum) {
    assert(x.size() == sum.size());
    kernels().addMultiple(factor, x.data(), x.size(), sum.data());
}

} // namespace diploscope
