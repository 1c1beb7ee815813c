// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/motif_matches.h"
#include "fuzz/fuzz_folder.h"
#include "io/annotation_reader.h"
#include "io/bigwig_track.h"
#include "io/chain_reader.h"
#include "io/compressed_text.h"
#include "io/fasta_reader.h"
#include "io/file_heads.h"
#include "io/motif_reader.h"
#include "io/track_reader.h"
#include "io/variant_reader.h"

/// Genomes and genotypes, each with its index.
namespace diploscope::fuzz {

inline const std::string& smallVcf() {
    static const std::string text = [] {
        std::string vcf =
            "##fileformat=VCFv4.2\n##contig=<ID=1,length=100000>\n##contig=<ID=2,length=100000>\n"
            "##FORMAT=<ID=GT,Number=1,Type=String,Description=\"g\">\n"
            "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tA\tB\n";
        for (const char* contig : {"1", "2"})
            for (int i = 1; i < 12; ++i)
                vcf += std::string(contig) + "\t" + std::to_string(i * 7919) + "\trs" + std::to_string(i) +
                       "\tA\tC,<DEL>\t.\tPASS\t.\tGT\t0|1\t1|0\n";
        return vcf;
    }();
    return text;
}

inline const std::string& smallFasta() {
    static const std::string text =
        ">1 first\nACGTACGTAC\nGTACGTACGT\nACG\n>2\nTTTTTTTTTT\nCC\n>3\nNNNNNGGGGG\n";
    return text;
}

inline void readVariants(const std::filesystem::path& file) {
    (void)readVariantHead(file);
    const auto reader = VariantReader::open(file.string());
    if (!reader)
        return;
    size_t seen = 0;
    for (const std::string& contig : reader->contigs()) {
        for (const auto& [start, end] : {std::pair<int64_t, int64_t>{0, 1 << 20}, {50'000, 50'001}})
            (void)reader->read({contig, start, end}, reader->people(), UnphasedRule::AsListed, "");
        const std::vector<int64_t> positions{7918, 40'000};
        (void)reader->readPositions({contig, 0, 1 << 20}, positions, {reader->people().back()});
        if (++seen == 3)
            break;
    }
}

/// Removes indexes of the file before.
inline void forgetIndexes(const std::string& name) {
    std::error_code ignored;
    for (const char* suffix : {".tbi", ".csi", ".fai", ".gzi"})
        std::filesystem::remove(folder() / (name + suffix), ignored);
    std::filesystem::remove_all(folder() / "cache", ignored);
}

inline void track(std::string_view bytes) {
    const std::filesystem::path file = fileOf("track", bytes);
    (void)trackFormat(file);
    for (const Region& region : {Region{"1", 0, 1000}, Region{"22", 100, 101}})
        (void)readTrack(file, region);
}

/// The region of a locus, all that is there, and the whole file.
inline void bigWig(std::string_view bytes) {
    const std::filesystem::path file = fileOf("signal.bw", bytes);
    (void)trackFormat(file);
    for (const Region& region : {Region{"22", 0, 1000}, Region{"chr1", 100, 101}, Region{}})
        (void)readTrack(file, region);
    (void)readBigWigTrack(file, {"22", -5, 100'000}, {}, 4);
}

/// With the tables that their log-odds take.
inline void motifs(std::string_view bytes) {
    const std::filesystem::path file = fileOf("motifs", bytes);
    (void)isMotifFile(file);
    (void)prepareMotifs({file}, {}, size_t{1} << 20);
}

/// And what it says of some places.
inline void chain(std::string_view bytes) {
    const auto read = readChain(fileOf("a.chain", bytes));
    LiftCounts counts;
    if (read)
        for (const int64_t position : {-1, 0, 9, 10, 25, 1000})
            for (const char* ref : {"A", "AC"})
                (void)read->lift("1", position, ref, "C", counts);
}

inline void vcf(std::string_view bytes) {
    forgetIndexes("a.vcf.gz");
    readVariants(fileOf("a.vcf.gz", test::bgzipped(std::string(bytes))));
}

/// The BCF as it is before compression.
inline void bcf(std::string_view bytes) {
    forgetIndexes("a.bcf");
    readVariants(fileOf("a.bcf", test::bgzipped(std::string(bytes))));
}

/// An index, as it is before compression, beside a good VCF.
inline void variantIndex(std::string_view bytes) {
    const std::string name = bytes.starts_with("CSI") ? "b.vcf.gz.csi" : "b.vcf.gz.tbi";
    static const std::filesystem::path file = fileOf("b.vcf.gz", test::bgzipped(smallVcf()));
    std::error_code ignored;
    for (const char* suffix : {".tbi", ".csi"})
        std::filesystem::remove(file.string() + suffix, ignored);
    fileOf(name, test::bgzipped(std::string(bytes)));
    readVariants(file);
}

inline void readFasta(const std::filesystem::path& file) {
    (void)readFastaContigs(file);
    const auto reader = FastaReader::open(file);
    if (!reader)
        return;
    size_t seen = 0;
    for (const std::string& contig : reader->contigs()) {
        (void)reader->fetch({contig, -5, std::min<int64_t>(reader->contigLength(contig) + 5, 1 << 20)});
        (void)reader->fetch({contig, 11, 12});
        if (++seen == 3)
            break;
    }
}

inline void fasta(std::string_view bytes) {
    forgetIndexes("a.fa");
    readFasta(fileOf("a.fa", bytes));
}

/// `.fai`, then `.gzi`, beside a good bgzipped FASTA.
inline void fastaIndex(std::string_view bytes) {
    static const std::filesystem::path file = fileOf("b.fa.gz", test::bgzipped(smallFasta(), 16));
    fileOf("b.fa.gz.fai", takePart(bytes));
    fileOf("b.fa.gz.gzi", bytes);
    readFasta(file);
}

inline void annotation(std::string_view bytes) {
    (void)readAnnotation(fileOf("a.gtf", bytes));
}

} // namespace diploscope::fuzz
