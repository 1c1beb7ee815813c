// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/study_additions.h"

#include "base/paths.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>

namespace diploscope {

namespace fs = std::filesystem;

bool mayBeMany(FileKind kind) {
    return kind == FileKind::Model || kind == FileKind::PrediXcan || kind == FileKind::FineMapping ||
           kind == FileKind::Eqtl || kind == FileKind::Track || kind == FileKind::Motifs ||
           kind == FileKind::Chain || kind == FileKind::HaplotypeCounts;
}

std::vector<fs::path>& listOf(StudyFile& study, FileKind kind) {
    switch (kind) {
    case FileKind::PrediXcan:
        return study.predixcan;
    case FileKind::FineMapping:
        return study.fineMapping;
    case FileKind::Eqtl:
        return study.eqtl;
    case FileKind::Motifs:
        return study.motifs;
    case FileKind::Chain:
        return study.chains;
    case FileKind::HaplotypeCounts:
        return study.haplotypeCounts;
    case FileKind::Track:
    case FileKind::Annotation:
        return study.tracks;
    default:
        return study.models;
    }
}

namespace {

bool isSameFile(const fs::path& a, const fs::path& b) {
    std::error_code unknown; // one that is not there is no other's
    return a == b || fs::equivalent(a, b, unknown);
}

/// \error why it is nothing to a study that has its genotypes and expression
Result<void> checkKind(const RecognisedFile& file) {
    if (file.problem)
        return fail(*file.problem);
    const FileKind kind = file.kind;
    if (mayBeMany(kind) || (kind == FileKind::Annotation && file.track))
        return {};
    const bool isOfNoStudy = kind == FileKind::Unknown || kind == FileKind::Study ||
                             kind == FileKind::Saturation || kind == FileKind::Index;
    return fail(ErrorKind::BadInput,
                isOfNoStudy
                    ? fmt::format("This is nothing that a study could name besides: {}.", file.description)
                    : fmt::format("A study has one of this kind already: {}.", file.description),
                file.path.string(),
                "Models, PrediXcan databases, eQTL and fine-mapping tables, haplotype counts, tracks, motifs "
                "and chain "
                "files can be added; with other genotypes, expression or reference it is another study.");
}

} // namespace

Result<StudyAdditions> addToStudy(const fs::path& path, const std::vector<fs::path>& files,
                                  const RunContext& context) {
    std::vector<Error> problems;
    std::optional<StudyFile> study = readStudyFile(path, problems);
    if (!study)
        return fail(problems.front());
    if (study->published)
        return fail(ErrorKind::Unsupported,
                    "Published tables tell of no people: nothing else can stand beside them.", path.string(),
                    "Add the files to a study of genotypes and expression.");
    StudyAdditions additions;
    for (const fs::path& file : files) {
        DS_TRY(context.checkpoint());
        RecognisedFile found = recognise(file);
        if (const Result<void> fits = checkKind(found); !fits) {
            additions.refused.push_back(fits.error());
            continue;
        }
        std::vector<fs::path>& list = listOf(*study, found.kind);
        if (std::any_of(list.begin(), list.end(),
                        [&](const fs::path& one) { return isSameFile(one, found.path); })) {
            additions.known.push_back(found.path);
            continue;
        }
        list.push_back(found.path);
        additions.added.push_back(std::move(found));
    }
    if (additions.refused.empty() && !additions.added.empty())
        DS_TRY(writeStudyFile(*study, path));
    return additions;
}

} // namespace diploscope
