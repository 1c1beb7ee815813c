// SPDX-License-Identifier: GPL-3.0-or-later
// When the BLAS comes, with how many threads, and what becomes of limits to them. One function after another:
// a process loads it once.
#include "base/blas_library.h"
#include "support.h"

#include "base/blas_info.h"
#include "base/parallel.h"

#include <Eigen/Core>
#include <dlfcn.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

using namespace diploscope;
namespace fs = std::filesystem;

namespace {

int64_t threadsOfProcess() {
    return std::distance(fs::directory_iterator("/proc/self/task"), fs::directory_iterator());
}

bool isLoaded() {
    std::ifstream maps("/proc/self/maps");
    const std::string text{std::istreambuf_iterator<char>(maps), {}};
    return text.find("libopenblas") != std::string::npos || text.find("libblas") != std::string::npos;
}

/// Large enough for several threads to be worth it. \return whether it is right
bool multiply() {
    constexpr Eigen::Index n = 600;
    const Eigen::MatrixXd ones = Eigen::MatrixXd::Ones(n, n);
    const Eigen::MatrixXf floats = Eigen::MatrixXf::Constant(n, n, 2);
    return (ones * ones).isConstant(double(n)) && (floats * floats).isConstant(4 * float(n)) &&
           (ones * ones.col(0)).isConstant(double(n)) && (floats * floats.col(0)).isConstant(4 * float(n));
}

} // namespace

class TestBlasLibrary : public QObject {
    Q_OBJECT

    int64_t m_threads = 0;

private Q_SLOTS:
    void initTestCase() {
        for (const char* asked : {"OPENBLAS_NUM_THREADS", "GOTO_NUM_THREADS", "OMP_NUM_THREADS"})
            qunsetenv(asked);
    }

    void comesWithTheFirstProduct() {
        QVERIFY(!isLoaded());
        m_threads = threadsOfProcess();
        const BlasThreads alone(1);
        QVERIFY(!isLoaded());
        QVERIFY(multiply());
        QVERIFY(isLoaded());
        DS_VERIFY(loadBlas());
    }

    /// An idle thread of OpenBLAS asks for work again and again before it sleeps.
    void startsNoThreadThatIsNotUsed() {
        QCOMPARE(threadsOfProcess(), m_threads);
        {
            const OneThread one;
            QVERIFY(multiply());
        }
        QCOMPARE(threadsOfProcess(), m_threads);
    }

    void startsThreadsThatAreUsed() {
        if (blasInfo().kernels.empty())
            QSKIP("skipped: this is no OpenBLAS");
        QCOMPARE(blasThreads(), availableThreads());
        QVERIFY(multiply());
        QCOMPARE(threadsOfProcess(), m_threads + blasThreads() - 1);
        const auto used = reinterpret_cast<int (*)()>(blasFunction("openblas_get_num_threads"));
        QCOMPARE(used(), blasThreads());
        const BlasThreads alone(1);
        QVERIFY(multiply());
        QCOMPARE(used(), 1);
    }

    void limitsAreTakenBack() {
        const int before = blasThreads();
        {
            const BlasThreads outer(1);
            QCOMPARE(blasThreads(), 1);
            {
                const BlasThreads inner(2); // a wider limit does not lift a narrower one
                QCOMPARE(blasThreads(), 1);
            }
            QCOMPARE(blasThreads(), 1);
        }
        QCOMPARE(blasThreads(), before);
        QVERIFY(multiply());
    }

    /// The program has functions of the same names, which hand on to these.
    void functionsAreTheLibrarys() {
        QVERIFY(blasFunction("dgemm_") != nullptr);
        QVERIFY(blasFunction("dgemm_") != dlsym(RTLD_DEFAULT, "dgemm_"));
        QCOMPARE(blasFunction("no_such_function"), nullptr);
    }
};

QTEST_APPLESS_MAIN(TestBlasLibrary)
#include "tst_blas_library.moc"
