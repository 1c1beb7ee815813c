// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"
#include "model/predictor.h"
#include "stats/dosages.h"

#include <Eigen/Core>
#include <nlohmann/json.hpp>

#include <chrono>
#include <ctime>
#include <filesystem>
#include <functional>
#include <random>
#include <span>
#include <vector>

/// What benchmarks measure on and with. For .cpp files of core/lab alone.
namespace diploscope::lab {

/// Wall and processor seconds since it was made.
class Stopwatch {
public:
    [[nodiscard]] double wall() const {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - m_wall).count();
    }
    [[nodiscard]] double cpu() const { return double(std::clock() - m_cpu) / CLOCKS_PER_SEC; }

private:
    std::chrono::steady_clock::time_point m_wall = std::chrono::steady_clock::now();
    std::clock_t m_cpu = std::clock();
};

/// Random bases of the model's length.
[[nodiscard]] ReferenceWindow randomWindow(const InputShape& shape, std::mt19937_64& random);

/// SNVs at different places, sorted.
[[nodiscard]] EditList randomSnvs(const ReferenceWindow& window, int count, std::mt19937_64& random);

/// Who carries them, related as people are: the coalescent gives frequencies and linkage, 1 cM per Mb.
/// \return [SNVs][2 people] 0 or 1
[[nodiscard]] std::vector<std::vector<int8_t>> relatedAlleles(const EditList& snvs, int people,
                                                              uint64_t seed);

/// SNVs of a window, related as people's are, and expression under two of them.
struct LinkedGene {
    Dosages dosages;            ///< [people x variants]
    Eigen::VectorXd expression; ///< [people]
};
/// An SNV every hundred bases, of any frequency.
[[nodiscard]] LinkedGene linkedGene(int people, int variants, uint64_t seed);

/// For other programs: dosages.u8 (variant by variant) and people.tsv (expression). \error Io
[[nodiscard]] Result<void> writeLinkedGene(const LinkedGene& gene, const std::filesystem::path& folder);

/// `count` of the sequences, evenly spread.
[[nodiscard]] std::vector<EditList> spread(const std::vector<EditList>& sequences, int count);

struct Timed {
    Eigen::MatrixXd values; ///< [sequences x outputs]
    double wall = 0;        ///< seconds
    double cpu = 0;
};

/// In the locus' own batches. \param stage for progress
[[nodiscard]] Result<Timed> timedOn(LocusPredictor& locus, const Predictor& model,
                                    std::span<const EditList> sequences, const char* stage,
                                    const RunContext& context);

/// What comes once a model or a process, not once a gene: reading and packing weights, loading LibTorch, and
/// a card's programs for the `warmUp` first sequences. \return the locus, which has met these
[[nodiscard]] Result<std::unique_ptr<LocusPredictor>>
warmedUp(const Predictor& model, const ReferenceWindow& window, Method method, int warmUp,
         std::span<const EditList> sequences, const RunContext& context);

[[nodiscard]] Result<Timed> timed(const Predictor& model, const ReferenceWindow& window, Method method,
                                  int warmUp, std::span<const EditList> sequences, const char* stage,
                                  const RunContext& context);

/// Of this process so far.
[[nodiscard]] double peakMegabytes();

/// The least of several times of the same work, and the most memory that the process held meanwhile.
struct Measured {
    double wall = 0; ///< seconds
    double cpu = 0;
    double peakMegabytes = 0; ///< since the process began where the system does not forget it
};
/// \param repeats at least 1 \error those of the work; Cancelled
[[nodiscard]] Result<Measured> leastOf(int repeats, const char* stage, const RunContext& context,
                                       const std::function<Result<void>()>& work);
/// In a row of a report: s, cpu_s and peak_memory_mb.
void tellOurs(const Measured& ours, nlohmann::json& row);
/// The same and plain_s, plain_cpu_s and plain_peak_memory_mb of the plain way to the same numbers, ratio_s
/// and ratio_cpu (plain / ours).
void tellBoth(const Measured& ours, const Measured& plain, nlohmann::json& row);

/// What a report says of where it was measured.
void addMachine(const DeviceList& devices, int threads, nlohmann::json& report);

} // namespace diploscope::lab
