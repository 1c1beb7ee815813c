// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/recognise.h"

#include "base/json_text.h"
#include "base/paths.h"
#include "base/suggestion.h"
#include "base/utf8.h"
#include "base/words.h"
#include "genome/builds.h"
#include "io/chain_reader.h"
#include "io/fasta_reader.h"
#include "io/file_heads.h"
#include "io/motif_reader.h"
#include "io/predixcan_database.h"
#include "io/text_reader.h"
#include "io/untrusted_database.h"
#include "model/model_kind.h"
#include "model/model_manifest.h"
#include "study/build_guess.h"
#include "study/recognise_table.h"
#include "study/recognise_track.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <exception>

namespace diploscope {

namespace fs = std::filesystem;

namespace {

constexpr size_t HeadBytes = size_t(1) << 18;
constexpr size_t LongestHead = size_t(1) << 24; ///< two lines of a table of very many people

std::string contigsInWords(const std::vector<std::string>& contigs) {
    if (contigs.size() == 1)
        return "contig " + contigs.front();
    if (contigs.size() <= 3)
        return "contigs " + fmt::format("{}", fmt::join(contigs, ", "));
    return fmt::format("{} contigs, {} to {}", contigs.size(), contigs.front(), contigs.back());
}

std::string buildOf(const std::vector<ContigLength>& contigs) {
    for (const ContigLength& contig : contigs)
        if (const auto build = buildOfContig(contig.name, contig.length))
            return *build;
    return {};
}

void unknown(RecognisedFile& found, std::string reason) {
    found.kind = FileKind::Unknown;
    found.description = std::move(reason);
}

void recogniseVariants(std::string_view head, RecognisedFile& found) {
    found.kind = FileKind::Genotypes;
    if (const Result<void> good = checkVariantFile(found.path); !good)
        found.problem = good.error();
    const Result<VariantHead> variants = readVariantHead(found.path);
    if (!variants) {
        found.description = "genotypes that cannot be read";
        if (!found.problem)
            found.problem = variants.error();
        return;
    }
    found.contigs = variants->contigs;
    if (variants->people.empty() && head.starts_with("##"))
        return takeTrack(head, found);
    found.people = static_cast<int64_t>(variants->people.size());
    found.contigsAreComplete = variants->contigsAreComplete;
    found.build = buildOf(variants->declared);
    if (found.build.empty() && head.starts_with("##")) {
        const size_t lastComment = head.find("\n#CHROM");
        found.build = buildOfText(head.substr(0, lastComment));
    }
    if (variants->heterozygotes > 0)
        found.phased = variants->phased == variants->heterozygotes;
    const char* phase = !found.phased   ? "genotypes"
                        : *found.phased ? "phased genotypes"
                                        : "genotypes without phase";
    if (found.phased && !*found.phased && variants->phased > 0)
        phase = "genotypes, only part of them phased";
    found.description = fmt::format("{}, {}", phase, counted(*found.people, "person", "people"));
    if (!found.contigs.empty())
        found.description +=
            fmt::format(", {}{}", contigsInWords(found.contigs), found.contigsAreComplete ? "" : " at least");
}

void recogniseFasta(std::string_view head, RecognisedFile& found) {
    // Sequences of a genome have the letters of nucleotides; those of proteins soon show others.
    const size_t bases = head.find('\n');
    const std::string_view sequence =
        bases == std::string_view::npos ? std::string_view() : head.substr(bases + 1);
    const std::string_view first = sequence.substr(0, sequence.find('>'));
    if (const size_t odd = first.find_first_not_of("ACGTUNRYSWKMBDHVacgtunryswkmbdhv-\r\n");
        odd != std::string_view::npos) {
        unknown(found, fmt::format("a FASTA, but not of DNA: its first sequence holds `{}`", first[odd]));
        return;
    }
    found.kind = FileKind::Reference;
    if (const Result<void> good = checkFastaFile(found.path); !good)
        found.problem = good.error();
    const Result<std::vector<ContigLength>> contigs = readFastaContigs(found.path);
    if (contigs) {
        int64_t total = 0;
        for (const ContigLength& contig : *contigs) {
            found.contigs.push_back(contig.name);
            found.contigsAreComplete = true;
            total += contig.length;
        }
        found.build = buildOf(*contigs);
        found.description = fmt::format("reference genome, {}, {:.{}f} Mb", contigsInWords(found.contigs),
                                        double(total) / 1e6, total < 1'000'000 ? 3 : 1);
        return;
    }
    const std::string_view name = head.substr(1, head.find_first_of(" \t\r\n") - 1);
    found.contigs.emplace_back(name);
    found.description = fmt::format("reference genome, begins with contig {}; its index will be built", name);
}

void recogniseSqlite(RecognisedFile& found) {
    try {
        UntrustedDatabase database(found.path);
        if (!database.hasTable("weights")) {
            unknown(found, "an SQLite database without the table `weights` of PrediXcan");
            return;
        }
        found.kind = FileKind::PrediXcan;
        if (const Result<void> good = checkPredixcan(found.path); !good) {
            found.description = "PrediXcan weights that cannot be read";
            found.problem = good.error();
            return;
        }
        SQLite::Statement genes(*database, "SELECT count(DISTINCT gene) FROM weights");
        found.genes = genes.executeStep() ? genes.getColumn(0).getInt64() : 0;
        found.description = fmt::format("PrediXcan weights, {}", counted(*found.genes, "gene", "genes"));
    } catch (const SQLite::Exception& error) {
        unknown(found, fmt::format("an SQLite database that cannot be read: {}", error.what()));
    }
}

void recogniseModel(const fs::path& folder, RecognisedFile& found) {
    found.kind = FileKind::Model;
    found.path = folder;
    const Result<ModelManifest> model = readModelManifest(folder);
    if (!model) {
        found.description = "a model whose model.json has an error";
        found.problem = model.error();
        return;
    }
    found.hasWeights = model->findWeights().has_value();
    found.description = fmt::format("model {} ({}, {} bp){}", model->name, model->kind->name(),
                                    model->input.length, *found.hasWeights ? "" : ", weights missing");
}

void recogniseJson(std::string_view head, bool whole, RecognisedFile& found) {
    const fs::path name = found.path.filename();
    if (name == "model.json" || (name == "config.json" && isModelFolder(found.path.parent_path()))) {
        recogniseModel(found.path.parent_path(), found);
        return;
    }
    if (!whole) {
        unknown(found, "a large JSON file; study files and model.json are small");
        return;
    }
    const Result<nlohmann::json> parsed = parseJson(head, found.path.string());
    const nlohmann::json document = parsed ? *parsed : nlohmann::json();
    const bool named = found.path.string().ends_with(".study.json");
    if (named || (document.is_object() && document.contains("schema") && document.contains("expression"))) {
        found.kind = FileKind::Study;
        found.description = "a study file: open it instead of adding it";
        if (document.is_object() && document.contains("name") && document["name"].is_string())
            found.description = fmt::format("the study “{}”: open it instead of adding it",
                                            document["name"].get<std::string>());
    } else if (document.is_object() && document.contains("weights") && document.contains("input")) {
        unknown(found, "a model's manifest under another name: call it model.json");
    } else {
        unknown(found, !parsed ? "JSON with an error" : "JSON, but neither a study nor a model");
    }
}

struct Magic {
    std::string_view bytes;
    FileKind kind;
    const char* description;
};
using namespace std::string_view_literals;
/// Binary formats by their first bytes, after decompression.
constexpr std::array<Magic, 12> Magics{{
    {"TBI\1"sv, FileKind::Index, "a tabix index: found by itself beside its file"},
    {"CSI\1"sv, FileKind::Index, "an index: found by itself beside its file"},
    {"\x6c\x1b\x10"sv, FileKind::Unknown,
     "PLINK 2 genotypes, which are not read; run: plink2 --pfile PREFIX --export vcf bgz"},
    {"\x6c\x1b\x01"sv, FileKind::Unknown, "PLINK 1 genotypes, which have no phase: give a phased VCF or BCF"},
    {"BAM\1"sv, FileKind::Unknown, "aligned reads (BAM), of which a study has no use"},
    {"CRAM"sv, FileKind::Unknown, "aligned reads (CRAM), of which a study has no use"},
    {"PK\3\4"sv, FileKind::Unknown,
     "a zip archive: a spreadsheet, or a PyTorch file; save tables as TSV, and add a model by its folder"},
    {"\xeb\xf2\x89\x87"sv, FileKind::Unknown,
     "a bigBed, which is not read; make a BED of it: bigBedToBed FILE NEW"},
    {"\x89HDF"sv, FileKind::Unknown, "an HDF5 file, which is not read"},
    {"%PDF"sv, FileKind::Unknown, "a PDF document"},
    {"\x89PNG"sv, FileKind::Unknown, "a picture"},
    {"PAR1"sv, FileKind::Unknown, "a Parquet table, which is not read; save it as TSV"},
}};

bool isIndexName(const fs::path& file) {
    const fs::path ending = file.extension();
    return ending == ".fai" || ending == ".gzi" || ending == ".tbi" || ending == ".csi";
}

/// Complete lines of a head: at least two where the file has them.
Result<FileHead> readLines(const fs::path& file) {
    for (size_t bytes = HeadBytes;; bytes *= 8) {
        DS_ASSIGN(FileHead head, readFileHead(file, bytes));
        const auto lines = std::count(head.bytes.begin(), head.bytes.end(), '\n');
        if (head.whole || head.damage || lines >= 3 || bytes >= LongestHead) {
            if (!head.whole && lines > 0)
                head.bytes.resize(head.bytes.rfind('\n') + 1);
            return head;
        }
    }
}

/// Behind comments.
bool beginsAsChain(std::string_view text) {
    while (text.starts_with('#') || text.starts_with('\n')) {
        const size_t end = text.find('\n');
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return text.starts_with("chain ") || text.starts_with("chain\t");
}

void recogniseContent(const FileHead& head, RecognisedFile& found) {
    std::string_view text = head.bytes;
    if (text.starts_with("\xEF\xBB\xBF"))
        text.remove_prefix(3);
    if (text.starts_with("SQLite format 3"))
        return recogniseSqlite(found);
    if (text.starts_with("##fileformat=VCF") || text.starts_with("BCF"))
        return recogniseVariants(text.starts_with("BCF") ? std::string_view() : text, found);
    if (text.starts_with("\x26\xfc\x8f\x88"))
        return takeSignal(found);
    for (const Magic& magic : Magics)
        if (text.starts_with(magic.bytes)) {
            found.kind = magic.kind;
            found.description = magic.description;
            return;
        }
    if (isIndexName(found.path)) {
        found.kind = FileKind::Index;
        found.description = "an index: found by itself beside its file";
        return;
    }
    // safetensors: the length of a JSON header in eight bytes, then that header.
    if (text.size() > 9 && text[8] == '{' && text.substr(4, 4) == "\0\0\0\0"sv)
        return unknown(found, "a model's weights: add the folder with its model.json instead");
    if (text.find('\0') != std::string_view::npos)
        return unknown(found, text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")
                                  ? "text in UTF-16: save it as UTF-8"
                                  : "binary data of no known format");
    if (areMotifs(TextReader::ofText(std::string(text), found.path)))
        return takeMotifs(found);
    if (beginsAsChain(text)) {
        found.kind = FileKind::Chain;
        found.description = "a chain file, by which tables of another build are lifted to the study's";
        if (const Result<void> good = checkChain(found.path); !good)
            found.problem = good.error();
        return;
    }
    if (text.starts_with('>'))
        return recogniseFasta(text, found);
    if (text.starts_with('@'))
        return unknown(found, "sequencing reads, of which a study has no use");
    if (const size_t first = text.find_first_not_of(" \t\r\n");
        first != std::string_view::npos && text[first] == '{')
        return recogniseJson(text, head.whole, found);
    recogniseTable(text, head.whole, found);
}

void recogniseFile(RecognisedFile& found) {
    std::error_code ignored;
    if (fs::is_directory(found.path, ignored)) {
        if (isModelFolder(found.path))
            recogniseModel(found.path, found);
        else
            unknown(found, "a folder without a model.json; add the files in it");
        return;
    }
    const Result<FileHead> head = readLines(found.path);
    if (!head) {
        found.problem = head.error();
        return unknown(found, head.error().what);
    }
    recogniseContent(*head, found);
    if (head->damage && found.kind != FileKind::Index && found.kind != FileKind::Unknown)
        found.problem = head->damage;
    if (found.build.empty() && found.kind != FileKind::Index && found.kind != FileKind::Unknown)
        found.build = buildOfText(found.path.filename().string());
}

} // namespace

std::string kindInWords(FileKind kind) {
    switch (kind) {
    case FileKind::Reference:
        return "reference";
    case FileKind::Annotation:
        return "annotation";
    case FileKind::Genotypes:
        return "genotypes";
    case FileKind::Expression:
        return "expression";
    case FileKind::Covariates:
        return "covariates";
    case FileKind::SampleMap:
        return "sample map";
    case FileKind::PrediXcan:
        return "PrediXcan weights";
    case FileKind::FineMapping:
        return "fine mapping";
    case FileKind::Eqtl:
        return "eQTL results";
    case FileKind::Track:
        return "track";
    case FileKind::Motifs:
        return "motifs";
    case FileKind::Chain:
        return "chain file";
    case FileKind::HaplotypeCounts:
        return "haplotype counts";
    case FileKind::Saturation:
        return "saturation round published drivers";
    case FileKind::Model:
        return "model";
    case FileKind::Study:
        return "study file";
    case FileKind::Index:
        return "index";
    case FileKind::Unknown:
        break;
    }
    return "unknown";
}

RecognisedFile recognise(const fs::path& file) {
    RecognisedFile found;
    try {
        found.path = resolvedPath({}, file);
        recogniseFile(found);
    } catch (const std::exception& error) { // of JSON, SQLite or memory: the caller still gets its answer
        unknown(found, fmt::format("could not be looked at: {}", error.what()));
        found.problem = Error{ErrorKind::Internal, found.description, file.string(), {}};
    }
    // Both may quote the file.
    found.description = validUtf8(found.description);
    for (std::string& contig : found.contigs)
        contig = validUtf8(contig);
    return found;
}

} // namespace diploscope
