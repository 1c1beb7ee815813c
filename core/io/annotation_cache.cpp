// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/annotation_cache.h"

#include "base/file_digest.h"
#include "io/annotation_reader.h"
#include "io/kept_file.h"

#include <optional>
#include <string_view>
#include <utility>

namespace diploscope {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view GenesHead = "Diploscope " DIPLOSCOPE_VERSION ", genes 1\n";

constexpr size_t GeneBytes = 5 * 4 + 2 * 8 + 1 + 4; ///< five empty texts, a place, a strand, a count

void putGene(const Gene& gene, KeptWriter& writer) {
    for (const std::string* text : {&gene.id, &gene.version, &gene.name, &gene.type, &gene.region.contig})
        writer.put(std::string_view(*text));
    writer.put(gene.region.start);
    writer.put(gene.region.end);
    writer.put(static_cast<uint8_t>(gene.strand == Strand::Reverse));
    writer.put(static_cast<uint32_t>(gene.exons.size()));
    for (const Region& exon : gene.exons) { // on the gene's contig, as readers of annotations have it
        writer.put(exon.start);
        writer.put(exon.end);
    }
}

Gene takeGene(KeptReader& reader) {
    Gene gene;
    for (std::string* text : {&gene.id, &gene.version, &gene.name, &gene.type, &gene.region.contig})
        *text = reader.text();
    gene.region.start = reader.number<int64_t>();
    gene.region.end = reader.number<int64_t>();
    gene.strand = reader.number<uint8_t>() != 0 ? Strand::Reverse : Strand::Forward;
    const size_t exons = reader.count(2 * sizeof(int64_t));
    gene.exons.reserve(exons);
    for (size_t i = 0; i < exons; ++i) {
        const auto start = reader.number<int64_t>(), end = reader.number<int64_t>();
        gene.exons.push_back({gene.region.contig, start, end});
    }
    return gene;
}

std::string genesFileOf(const Annotation& annotation) {
    KeptWriter writer;
    writer.put(std::string_view(annotation.declaredBuild()));
    writer.put(static_cast<uint32_t>(annotation.unstranded().size()));
    for (const std::string& id : annotation.unstranded())
        writer.put(std::string_view(id));
    writer.put(static_cast<uint32_t>(annotation.genes().size()));
    for (const Gene& gene : annotation.genes())
        putGene(gene, writer);
    return writer.bytes();
}

std::optional<Annotation> genesIn(std::string_view bytes) {
    KeptReader body(bytes);
    std::string build = body.text();
    std::vector<std::string> unstranded(body.count(sizeof(uint32_t)));
    for (std::string& id : unstranded)
        id = body.text();
    std::vector<Gene> genes(body.count(GeneBytes));
    for (Gene& gene : genes)
        gene = takeGene(body);
    if (!body.isAtEnd())
        return std::nullopt;
    return Annotation(std::move(genes), std::move(build), std::move(unstranded));
}

} // namespace

Result<Annotation> readRememberedAnnotation(const fs::path& file, const fs::path& folder,
                                            const RunContext& context, int64_t largeBytes) {
    const Result<FileState> state = FileState::of(file);
    if (!state || state->size < largeBytes)
        return readAnnotation(file);
    const auto digest = [&] { return rememberedDigestOfFile(file, folder / "digests", context); };
    const Result<Digest> source = digest();
    if (!source &&
        (source.error().kind == ErrorKind::Cancelled || source.error().kind == ErrorKind::Mismatch))
        return fail(source.error());
    if (!source)
        return readAnnotation(file); // which says why it cannot be read
    const KeptKind kind{folder / "annotations", ".genes", GenesHead, MostRememberedAnnotations};
    if (const std::optional<std::string> kept = takeKept(kind, *source))
        if (std::optional<Annotation> found = genesIn(*kept))
            return std::move(*found);
    DS_ASSIGN(Annotation annotation, readAnnotation(file));
    // Parsed of other bytes than the digest is of, it would be another file's from then on.
    if (const Result<Digest> after = digest(); after && *after == *source)
        putKept(kind, *source, genesFileOf(annotation));
    return annotation;
}

} // namespace diploscope
