// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <filesystem>

namespace diploscope {

struct FilesBenchmarkOptions {
    int people = 400;
    int64_t genes = 20'000; ///< of annotation and expression
    int64_t sites = 30'000; ///< of a genotype file, spread over a human genome
    int sitePeople = 20;    ///< of that file, whose index is what is measured
    int64_t asked = 100;    ///< genes that are asked for
    uint64_t seed = 1;
    std::filesystem::path folder{}; ///< where files are made for it and removed; empty: the system's
};

/// Times how the large files of a study are read, against what a script does: genotypes near each gene
/// (plain: file, header and index opened for each by htslib), the annotation's genes (plain: parsed again),
/// and genes of the expression table (plain: all of it in memory). Both give the same values, or that is an
/// error. \return an object: workload, rows (what: genotypes, annotation, expression; asked or genes, file_mb
/// and what tellBoth() says), what is said of the machine. \error BadInput for options out of range; Io;
/// Internal where the two differ; Cancelled
[[nodiscard]] Result<nlohmann::json> runFilesBenchmark(const FilesBenchmarkOptions& options,
                                                       const RunContext& context);

} // namespace diploscope
