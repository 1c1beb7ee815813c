// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/machine_words.h"

#include "base/rate_meter.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <iterator>

namespace diploscope {

namespace {

using nlohmann::json;

/// One thread of a slow BLAS reaches 1 to 3; of a fast one, 20 and more on any machine of the last ten years.
constexpr double kSlowGflops = 8;
/// Of the processors' time; with less, other programs decide how fast all threads are.
constexpr double kUndisturbed = 0.9;

/// Of a processor that it does not know, younger than itself, an OpenBLAS may think no more than of one of
/// 2004. \return what it should be told to take it for; empty: nothing
std::string betterKernels(const MachineInfo& info) {
    const std::string& instructions = info.processor.instructions;
    if (info.blas.kernels.empty() || (instructions != "AVX2" && instructions != "AVX-512"))
        return {};
    for (const char* wide : {"Haswell", "Zen", "Excavator", "SkylakeX", "Cooperlake", "Sapphire"})
        if (info.blas.kernels.starts_with(wide))
            return {};
    return instructions == "AVX2" ? "Haswell" : "SkylakeX";
}

std::string speedWords(double gflops) {
    return gflops < 100 ? fmt::format("{:.1f}", gflops) : countWords(std::llround(gflops));
}

std::string counted(int count, const char* what) {
    return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

std::string memoryWords(int64_t total, int64_t free) {
    return free > 0 ? fmt::format("{}, {} free", sizeWords(total), sizeWords(free)) : sizeWords(total);
}

FactGroup devices(const MachineInfo& info) {
    const Processor& cpu = info.processor;
    FactGroup group{"Devices", {}};
    group.facts.push_back({"cpu", fmt::format("{}, {}{}{}", cpu.name, counted(cpu.cores, "core"),
                                              cpu.instructions.empty() ? "" : ", ", cpu.instructions)});
    group.facts.push_back({"threads", std::to_string(cpu.threads)});
    group.facts.push_back({"memory", memoryWords(cpu.memoryBytes, cpu.freeMemoryBytes)});
    for (const CudaCard& card : info.cuda.cards) {
        std::string text = card.name + ", " + memoryWords(card.memoryBytes, card.freeMemoryBytes);
        for (size_t i = 0; i < info.cardGflops.size(); ++i)
            if (info.torch->cards[i].index == card.index && info.cardGflops[i])
                text += fmt::format(", fp32 {} GFLOP/s", speedWords(*info.cardGflops[i]));
        group.facts.push_back({Device{Device::Kind::Cuda, card.index}.text(), text});
    }
    if (info.cuda.cards.empty())
        group.facts.push_back({"cuda", "no card, or no driver"});
    return group;
}

FactGroup computing(const MachineInfo& info) {
    const MatrixSpeed& speed = info.matrices;
    FactGroup group{"Computing", {{"BLAS", info.blas.name}, {"from", info.blas.library}}};
    const auto measured = [](double one, double all) {
        return fmt::format("{} GFLOP/s with one thread, {} with all", speedWords(one), speedWords(all));
    };
    group.facts.push_back({"sgemm", measured(speed.singleOne, speed.singleAll)});
    group.facts.push_back({"dgemm", measured(speed.doubleOne, speed.doubleAll)});
    if (speed.share < kUndisturbed)
        group.facts.push_back(
            {"measured", fmt::format("beside other programs, which had {:.0f} % of the processors' time",
                                     100 * (1 - speed.share))});
    if (!info.torch) {
        group.facts.push_back({"LibTorch", info.torchProblem});
        return group;
    }
    const TorchFacts& torch = *info.torch;
    group.facts.push_back(
        {"LibTorch", fmt::format("{}, {}{}", torch.version, counted(torch.threads, "thread"),
                                 info.torchGflops ? fmt::format(", fp32 products at {} GFLOP/s",
                                                                speedWords(*info.torchGflops))
                                                  : "")});
    group.facts.push_back({"oneDNN", torch.oneDnn.empty() ? "none" : torch.oneDnn});
    group.facts.push_back(
        {"CUDA", torch.cuda.empty()
                     ? "LibTorch is built without"
                     : fmt::format("{}, cuDNN {}, driver {}", torch.cuda,
                                   torch.cudnn.empty() ? "none" : torch.cudnn + " (not used)",
                                   info.cuda.version.empty() ? "none" : "for CUDA " + info.cuda.version)});
    group.facts.push_back(
        {"fp32", torch.strictSingle ? "strict: no TF32, no bf16" : "convolutions may be rounded to TF32"});
    return group;
}

FactGroup places(const MachineInfo& info) {
    FactGroup group{"Places", {{"cache", info.cacheFile.string()}}};
    group.facts.push_back(
        {"holds", info.cache ? fmt::format("{} scores of {}, {} (limit {})", countWords(info.cache->entries),
                                           counted(static_cast<int>(info.cache->models), "model"),
                                           sizeWords(info.cache->bytes), sizeWords(info.cache->limitBytes))
                             : "nothing yet"});
    group.facts.push_back({"your data", info.userData.string()});
    group.facts.push_back({"log", info.logFile.string()});
    group.facts.push_back({"crash notes", info.crashNotes.empty()
                                              ? "none"
                                              : fmt::format("{}, the last one {}", info.crashNotes.size(),
                                                            info.crashNotes.front().string())});
    for (const auto& folder : info.programData)
        group.facts.push_back({"program data", folder.string()});
    return group;
}

} // namespace

std::string sizeWords(int64_t bytes) {
    constexpr const char* Units[] = {"bytes", "KiB", "MiB", "GiB", "TiB"};
    auto value = static_cast<double>(bytes);
    size_t unit = 0;
    for (; value >= 1024 && unit + 1 < std::size(Units); ++unit)
        value /= 1024;
    return unit == 0 ? fmt::format("{} bytes", bytes) : fmt::format("{:.1f} {}", value, Units[unit]);
}

std::vector<FactGroup> factsOf(const MachineInfo& info) {
    FactGroup libraries{"Libraries", {}};
    for (const LibraryVersion& library : info.libraries)
        libraries.facts.push_back({library.name, library.version});
    FactGroup models{"Models", {}};
    for (const KnownModel& model : info.models)
        models.facts.push_back({model.name, model.kind.empty() ? "model.json cannot be read"
                                            : model.ready      ? model.kind + ", weights found"
                                                               : model.kind + ", weights missing"});
    return {devices(info), computing(info), libraries, places(info), models};
}

std::vector<std::string> warningsOf(const MachineInfo& info) {
    std::vector<std::string> warnings;
    if (info.blas.isSlow)
        warnings.push_back(blasWarning());
    else if (const std::string better = betterKernels(info); !better.empty())
        warnings.push_back(fmt::format(
            "OpenBLAS does not know this processor and computes as on a {}, several times slower than need "
            "be. Start "
            "the program with OPENBLAS_CORETYPE={} in its environment, or install a newer OpenBLAS.",
            info.blas.kernels, better));
    else if (info.matrices.doubleOne < kSlowGflops)
        warnings.push_back(
            fmt::format("The matrix library reaches only {} GFLOP/s on one thread. Choose OpenBLAS: sudo "
                        "update-alternatives --config libblas.so.3-x86_64-linux-gnu.",
                        speedWords(info.matrices.doubleOne)));
    if (info.processor.threads == 1)
        warnings.push_back(
            "Only one thread may be used. If the machine has more processors, a container's or a "
            "batch system's limit (cpuset, taskset) keeps them from this program.");
    else if (info.matrices.share >= kUndisturbed && info.matrices.singleAll < 1.2 * info.matrices.singleOne)
        warnings.push_back(
            fmt::format("All {} threads multiply matrices no faster than one. Check OPENBLAS_NUM_THREADS "
                        "and OMP_NUM_THREADS.",
                        info.processor.threads));
    if (!info.torch) {
        warnings.push_back(info.torchProblem);
        return warnings;
    }
    if (info.torch->oneDnn.empty())
        warnings.push_back(
            "LibTorch has no oneDNN: whole forward passes on the processor are several times slower. "
            "Use a LibTorch that is built with it, such as Debian's.");
    if (!info.torch->strictSingle)
        warnings.push_back(
            "LibTorch may round to TF32 on graphics cards: scores agree with fp32 to three digits only.");
    if (!info.cuda.cards.empty() && info.torch->cards.empty())
        warnings.push_back(
            "There is a graphics card, but this LibTorch cannot use it. Build against a LibTorch with "
            "CUDA: -DCMAKE_PREFIX_PATH=/path/to/libtorch.");
    return warnings;
}

json jsonOf(const MachineInfo& info) {
    const Processor& cpu = info.processor;
    json out{{"processor",
              {{"name", cpu.name},
               {"cores", cpu.cores},
               {"threads", cpu.threads},
               {"instructions", cpu.instructions},
               {"memory_bytes", cpu.memoryBytes},
               {"free_memory_bytes", cpu.freeMemoryBytes}}},
             {"cards", json::array()},
             {"blas",
              {{"name", info.blas.name},
               {"kernels", info.blas.kernels},
               {"file", info.blas.library},
               {"reference", info.blas.isSlow},
               {"sgemm_gflops",
                {{"one_thread", info.matrices.singleOne}, {"all_threads", info.matrices.singleAll}}},
               {"dgemm_gflops",
                {{"one_thread", info.matrices.doubleOne}, {"all_threads", info.matrices.doubleAll}}},
               {"processor_share", info.matrices.share}}},
             {"torch", nullptr},
             {"libraries", json::object()},
             {"cache", {{"file", info.cacheFile.string()}, {"scores", 0}, {"bytes", 0}}},
             {"user_data", info.userData.string()},
             {"log", info.logFile.string()},
             {"crash_notes", json::array()},
             {"program_data", json::array()},
             {"models", json::array()},
             {"warnings", warningsOf(info)}};
    for (const CudaCard& card : info.cuda.cards)
        out["cards"].push_back({{"device", Device{Device::Kind::Cuda, card.index}.text()},
                                {"name", card.name},
                                {"memory_bytes", card.memoryBytes},
                                {"free_memory_bytes", card.freeMemoryBytes}});
    if (info.torch) {
        const TorchFacts& torch = *info.torch;
        out["torch"] = {{"version", torch.version}, {"threads", torch.threads},
                        {"onednn", torch.oneDnn},   {"cuda", torch.cuda},
                        {"cudnn", torch.cudnn},     {"strict_fp32", torch.strictSingle},
                        {"gflops", json::object()}};
        if (info.torchGflops)
            out["torch"]["gflops"]["cpu"] = *info.torchGflops;
        for (size_t i = 0; i < info.cardGflops.size(); ++i)
            if (info.cardGflops[i])
                out["torch"]["gflops"][torch.cards[i].text()] = *info.cardGflops[i];
    }
    for (const LibraryVersion& library : info.libraries)
        out["libraries"][library.name] = library.version;
    if (info.cache) {
        out["cache"]["scores"] = info.cache->entries;
        out["cache"]["bytes"] = info.cache->bytes;
    }
    for (const auto& note : info.crashNotes)
        out["crash_notes"].push_back(note.string());
    for (const auto& folder : info.programData)
        out["program_data"].push_back(folder.string());
    for (const KnownModel& model : info.models)
        out["models"].push_back({{"name", model.name},
                                 {"kind", model.kind},
                                 {"folder", model.folder.string()},
                                 {"weights", model.ready}});
    return out;
}

} // namespace diploscope
