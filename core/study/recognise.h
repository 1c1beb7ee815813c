// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "io/expression_reader.h"
#include "io/track_reader.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace diploscope {

/// What a file can be to a study, or to its folder.
enum class FileKind {
    Reference,
    Annotation,
    Genotypes,
    Expression,
    Covariates,
    SampleMap,
    PrediXcan,
    FineMapping,
    Eqtl,
    Track,           ///< drawn along the locus
    Motifs,          ///< what factors bind
    Chain,           ///< of two builds, by which tables are lifted
    HaplotypeCounts, ///< reads of genes by the haplotype that they come from
    Saturation,      ///< of the paper's drivers: belongs to its other tables, not to a study of people
    Model,           ///< a folder with a model.json, or as Hugging Face has them
    Study,           ///< a `*.study.json`
    Index,           ///< belongs to another file and is found by itself
    Unknown
};
/// "genotypes", "sample map", ...
[[nodiscard]] std::string kindInWords(FileKind kind);

/// What the beginning of a file tells. Counts and lists are as far as that shows: the whole is checked when
/// the study is opened.
struct RecognisedFile {
    std::filesystem::path path; ///< absolute; of a model: its folder
    FileKind kind = FileKind::Unknown;
    std::string description;          ///< one line: "phased genotypes, 316 people, contig 22"
    std::vector<FileKind> otherKinds; ///< what the same content could be as well, likeliest first
    std::optional<Error> problem;     ///< why no study could use it as it is
    std::vector<std::string> contigs; ///< as the file names them
    bool contigsAreComplete = false;  ///< an index tells; else there may be more
    std::optional<int64_t> people;
    std::optional<int64_t> genes;
    std::string build;              ///< "GRCh37", as comments, contig lengths or the name tell; or empty
    std::optional<bool> phased;     ///< of genotypes: whether all heterozygotes seen are
    std::optional<bool> hasWeights; ///< of a model
    std::optional<ExpressionTransform> transform; ///< of expression: what its values seem to need
    /// Of a track: what it is. Also of an annotation whose exons the locus could draw as transcripts.
    std::optional<TrackFormat> track;
};

/// Tells by content what a file or folder is; the name decides only where content cannot. Reads the head,
/// and an index where there is one; builds none. Never fails: what is not known is Unknown, with the reason
/// in `description`. Thread-safe. Source: FORMATS 1-8, 11, 13, 14.
[[nodiscard]] RecognisedFile recognise(const std::filesystem::path& file);

} // namespace diploscope
