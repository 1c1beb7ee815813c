// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/side_files.h"

#include "io/association_table.h"
#include "io/chain_reader.h"
#include "io/haplotype_counts.h"
#include "io/motif_reader.h"
#include "io/predixcan_database.h"
#include "io/track_reader.h"

#include <fmt/format.h>

#include <utility>

namespace diploscope {

namespace fs = std::filesystem;

namespace {

template <class Open>
void dropUnusable(const char* key, std::vector<fs::path>& paths, std::vector<Error>& leftOut,
                  const Open& open) {
    std::erase_if(paths, [&](const fs::path& path) {
        const auto opened = open(path);
        if (opened)
            return false;
        Error error = opened.error();
        if (error.kind == ErrorKind::NotFound)
            error.remedy =
                fmt::format("The study file names it under `{}`: correct the path, or remove it.", key);
        leftOut.push_back(std::move(error));
        return true;
    });
}

} // namespace

void dropUnusableSideFiles(StudyFile& study, std::vector<Error>& leftOut) {
    const auto eqtl = [](const fs::path& path) { return checkAssociationTable(path, false); };
    const auto fineMapping = [](const fs::path& path) { return checkAssociationTable(path, true); };
    dropUnusable("predixcan", study.predixcan, leftOut, checkPredixcan);
    dropUnusable("fine_mapping", study.fineMapping, leftOut, fineMapping);
    dropUnusable("eqtl", study.eqtl, leftOut, eqtl);
    dropUnusable("haplotype_counts", study.haplotypeCounts, leftOut, checkHaplotypeCounts);
    dropUnusable("tracks", study.tracks, leftOut, trackFormat);
    dropUnusable("motifs", study.motifs, leftOut, readMotifs);
    dropUnusable("chain", study.chains, leftOut, checkChain);
}

} // namespace diploscope
