// SPDX-License-Identifier: GPL-3.0-or-later
// What a waterfall holds grows as its steps do: each of its 2 k + 1 sequences has up to k edits, and all at
// once they would be k^2.
#include "experiment/experiment_locus.h"

#include "experiment/waterfall.h"

#include <atomic>
#include <cstdlib>
#include <new>

#include <malloc.h>

using namespace diploscope;
using namespace diploscope::test;

namespace {

std::atomic<size_t> liveBytes{0};
std::atomic<size_t> mostBytes{0};

} // namespace

#ifndef __SANITIZE_ADDRESS__ // which has operators of its own, and knows which is whose
// Every allocation of the program, but for what libraries take by malloc().
void* operator new(size_t size) {
    void* memory = std::malloc(size == 0 ? 1 : size);
    if (memory == nullptr)
        throw std::bad_alloc();
    const size_t live = liveBytes += malloc_usable_size(memory);
    size_t most = mostBytes;
    while (live > most && !mostBytes.compare_exchange_weak(most, live)) {
    }
    return memory;
}

void operator delete(void* memory) noexcept {
    liveBytes -= malloc_usable_size(memory);
    std::free(memory);
}

void operator delete(void* memory, size_t) noexcept {
    operator delete(memory);
}
#endif

class TestWaterfallMemory : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sixHundredSteps() {
        constexpr int64_t Steps = 600;
        std::mt19937_64 random(3);
        const auto toy = std::make_shared<ToyPredictor>(2 * Steps + 100);
        MadeLocus made(randomWindow(random, toy->info().input), {"ANN"});
        double sum = 0;
        for (int64_t i = 0; i < Steps; ++i) {
            const int64_t offset = 10 + 2 * i;
            made.snvOf(offset, "10");
            const double effect = static_cast<double>(i + 1);
            toy->weights[{offset, made.other(offset)}] = effect;
            sum += effect;
        }
        PreparedLocus locus = made.prepared(toy);
        const std::vector<SequencePair> pairs = fromReference(locus, 0);
        const size_t before = liveBytes;
        mostBytes = before;
        const auto found = waterfalls(locus, pairs, {});
        const size_t held = mostBytes - before;
        DS_VERIFY(found);
        const Waterfall& all = found->each[0];
        QCOMPARE(all.steps.size(), size_t(Steps));
        QCOMPARE(all.to, sum);
        for (int64_t i = 0; i < Steps; ++i) { // the largest first
            const auto effect = static_cast<double>(Steps - i);
            QCOMPARE(all.steps[static_cast<size_t>(i)].change, effect);
            QCOMPARE(all.steps[static_cast<size_t>(i)].leaveOneOut, effect);
        }
        QVERIFY2(held < size_t{6} << 20, qPrintable(QStringLiteral("%1 bytes").arg(held))); // k^2: 26 MB
    }
};

QTEST_GUILESS_MAIN(TestWaterfallMemory)
#include "tst_waterfall_memory.moc"
