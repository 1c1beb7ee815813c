// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/machine_words.h"
#include "support.h"

#include <nlohmann/json.hpp>

using namespace diploscope;

namespace {

/// A machine with nothing to warn of.
MachineInfo goodMachine() {
    MachineInfo info;
    info.processor = {"AMD EPYC 9R14", 2, 2, "AVX-512", int64_t{32} << 30, int64_t{20} << 30};
    info.blas = {"OpenBLAS 0.3.21", "/usr/lib/libopenblas.so", "SkylakeX", false};
    info.matrices = {80, 150, 40, 75};
    info.torch = TorchFacts{"1.13.1", 2, "2.7.2, AVX-512", {}, {}, true, {}};
    return info;
}

using Change = void (*)(MachineInfo&);

} // namespace

Q_DECLARE_METATYPE(Change)

class TestMachineWords : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void processorIsReadFromTheKernelsFiles() {
        std::string cpuinfo;
        for (int i = 0; i < 8; ++i) // two packages of two cores of two threads
            cpuinfo += "processor\t: " + std::to_string(i) +
                       "\nmodel name\t: AMD EPYC 9R14\nphysical id\t: " + std::to_string(i / 4) +
                       "\ncore id\t\t: " + std::to_string(i / 2 % 2) +
                       "\nflags\t\t: fpu sse avx avx2 avx512f avx512bw\n\n";
        const Processor found =
            processorOf(cpuinfo, "MemTotal:       32768 kB\nMemFree: 1 kB\nMemAvailable:   16384 kB\n", 6);
        QCOMPARE(found.name, std::string("AMD EPYC 9R14"));
        QCOMPARE(found.cores, 4);
        QCOMPARE(found.threads, 6);
        QCOMPARE(found.instructions, std::string("AVX-512"));
        QCOMPARE(found.memoryBytes, int64_t{32} << 20);
        QCOMPARE(found.freeMemoryBytes, int64_t{16} << 20);
    }

    void aSystemThatSaysNothingIsNoError() {
        const Processor found = processorOf("", "", 1);
        QCOMPARE(found.name, std::string("unknown"));
        QCOMPARE(found.cores, 1);
        QVERIFY(found.instructions.empty());
    }

    void aGoodMachineHasNoWarnings() { QVERIFY(warningsOf(goodMachine()).empty()); }

    /// What other programs take is said, and is no fault of this machine's.
    void aBusyMachineHasNoWarnings() {
        MachineInfo info = goodMachine();
        info.matrices.singleAll = 81;
        info.matrices.share = 0.6;
        QVERIFY(warningsOf(info).empty());
        bool said = false;
        for (const FactGroup& group : factsOf(info))
            for (const auto& fact : group.facts)
                said |= fact.value.find("40 % of the processors' time") != std::string::npos;
        QVERIFY(said);
    }

    void warnings_data() {
        QTest::addColumn<Change>("spoil");
        QTest::addColumn<QString>("said");
        const auto row = [](const char* name, Change spoil, const char* said) {
            QTest::newRow(name) << spoil << QString::fromUtf8(said);
        };
        row(
            "one thread", [](MachineInfo& info) { info.processor.threads = 1; }, "Only one thread");
        row(
            "slow BLAS",
            [](MachineInfo& info) {
                info.matrices = {2, 3.9, 1, 2};
            },
            "reaches only 1.0 GFLOP/s");
        row(
            "OpenBLAS older than the processor",
            [](MachineInfo& info) {
                info.processor.instructions = "AVX-512";
                info.blas.kernels = "Prescott";
            },
            "OPENBLAS_CORETYPE=SkylakeX");
        row(
            "threads that do not help", [](MachineInfo& info) { info.matrices.singleAll = 81; },
            "no faster than one");
        row(
            "no oneDNN", [](MachineInfo& info) { info.torch->oneDnn.clear(); }, "no oneDNN");
        row(
            "TF32", [](MachineInfo& info) { info.torch->strictSingle = false; }, "TF32");
        row(
            "no LibTorch",
            [](MachineInfo& info) {
                info.torch.reset();
                info.torchProblem = "The module is missing.";
            },
            "The module is missing.");
        row(
            "card without CUDA",
            [](MachineInfo& info) {
                info.cuda.cards = {{0, "H200", 1, 1}};
            },
            "this LibTorch cannot use it");
    }
    void warnings() {
        QFETCH(Change, spoil);
        QFETCH(QString, said);
        MachineInfo info = goodMachine();
        spoil(info);
        const std::vector<std::string> found = warningsOf(info);
        QCOMPARE(found.size(), size_t{1});
        QVERIFY2(QString::fromStdString(found.front()).contains(said), found.front().c_str());
        QCOMPARE(jsonOf(info)["warnings"].size(), size_t{1});
    }

    void cardsAreToldWithTheirMemoryAndSpeed() {
        MachineInfo info = goodMachine();
        info.cuda = {"12.4", {{0, "NVIDIA H200", int64_t{139} << 30, int64_t{130} << 30}}};
        info.torch->cuda = "12.4";
        info.torch->cards = {{Device::Kind::Cuda, 0}};
        info.cardGflops = {51234.0};
        std::string text;
        for (const FactGroup& group : factsOf(info))
            for (const Fact& fact : group.facts)
                text += fact.name + " = " + fact.value + "\n";
        QVERIFY2(text.find("cuda:0 = NVIDIA H200, 139.0 GiB, 130.0 GiB free, fp32 51,234 GFLOP/s\n") !=
                     std::string::npos,
                 text.c_str());
        QVERIFY(text.find("CUDA = 12.4, cuDNN none, driver for CUDA 12.4\n") != std::string::npos);
        QVERIFY(warningsOf(info).empty());
    }

    void thisMachineIsMeasured() {
        const test::TemporaryFolder folder;
        const auto info = lookAtMachine(folder / "none.sqlite", {});
        DS_VERIFY(info);
        QVERIFY(info->matrices.singleOne > 0 && info->matrices.doubleAll > 0);
        QVERIFY2(info->torch.has_value(), info->torchProblem.c_str());
        QVERIFY(info->torchGflops.value_or(0) > 0);
        QVERIFY(info->torch->strictSingle);
        QVERIFY(!info->torch->oneDnn.empty());
        QVERIFY(!info->cache);
        QVERIFY2(!std::filesystem::exists(folder / "none.sqlite"), "looking must not make a cache");
        QVERIFY(std::any_of(info->models.begin(), info->models.end(),
                            [](const KnownModel& model) { return model.name == "demo-cnn" && model.ready; }));
    }

    void lookingCanBeStopped() {
        std::stop_source stop;
        stop.request_stop();
        RunContext context;
        context.stop = stop.get_token();
        QCOMPARE(lookAtMachine("none", context).error().kind, ErrorKind::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestMachineWords)
#include "tst_machine_words.moc"
