// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/annotation_cache.h"

#include "base/atomic_file.h"
#include "base/file_digest.h"
#include "base/random_access_file.h"
#include "io/annotation_reader.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace diploscope {

namespace fs = std::filesystem;

namespace {

/// Whoever changes what is read from an annotation, or how it is kept, raises the number: what another
/// program kept is parsed anew.
constexpr std::string_view GenesHead = "Diploscope " DIPLOSCOPE_VERSION ", genes 1\n";
static_assert(std::endian::native == std::endian::little, "numbers are kept as this machine has them");

constexpr int64_t LargestGenesFile = int64_t{1} << 30;
constexpr std::string_view GenesEnding = ".genes";

class GeneWriter {
public:
    template <class Number>
    void put(Number value) {
        static_assert(std::is_arithmetic_v<Number>);
        m_bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
    }
    void put(std::string_view text) {
        put(static_cast<uint32_t>(text.size()));
        m_bytes += text;
    }
    template <class Bytes>
    void putRaw(const Bytes& bytes) {
        m_bytes.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    }
    [[nodiscard]] std::string& bytes() { return m_bytes; }

private:
    std::string m_bytes;
};

/// Gives zeros and empty texts behind the end, and says at last whether that was reached as it should be.
class GeneReader {
public:
    explicit GeneReader(std::string_view bytes) : m_left(bytes) {}

    template <class Number>
    Number number() {
        static_assert(std::is_arithmetic_v<Number>);
        Number value{};
        const std::string_view bytes = raw(sizeof value);
        if (!bytes.empty())
            std::memcpy(&value, bytes.data(), sizeof value);
        return value;
    }
    std::string_view raw(size_t count) {
        m_isShort = m_isShort || count > m_left.size();
        if (m_isShort)
            return {};
        const std::string_view bytes = m_left.substr(0, count);
        m_left.remove_prefix(count);
        return bytes;
    }
    std::string text() { return std::string(raw(number<uint32_t>())); }
    /// Of things of `size` bytes at least.
    size_t count(size_t size) {
        const size_t count = number<uint32_t>();
        m_isShort = m_isShort || count > m_left.size() / size;
        return m_isShort ? 0 : count;
    }
    [[nodiscard]] bool isAtEnd() const { return !m_isShort && m_left.empty(); }
    [[nodiscard]] std::string_view left() const { return m_left; }

private:
    std::string_view m_left;
    bool m_isShort = false;
};

constexpr size_t GeneBytes = 5 * 4 + 2 * 8 + 1 + 4; ///< five empty texts, a place, a strand, a count

void putGene(const Gene& gene, GeneWriter& writer) {
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

Gene takeGene(GeneReader& reader) {
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

/// Head, digest of the annotation, digest of what follows, its length, and that.
std::string genesFileOf(const Annotation& annotation, const Digest& source) {
    GeneWriter writer;
    writer.putRaw(GenesHead);
    writer.putRaw(source);
    writer.putRaw(Digest());
    writer.put(uint64_t{0});
    const size_t body = writer.bytes().size();
    writer.put(std::string_view(annotation.declaredBuild()));
    writer.put(static_cast<uint32_t>(annotation.unstranded().size()));
    for (const std::string& id : annotation.unstranded())
        writer.put(std::string_view(id));
    writer.put(static_cast<uint32_t>(annotation.genes().size()));
    for (const Gene& gene : annotation.genes())
        putGene(gene, writer);
    std::string& bytes = writer.bytes();
    const Digest sum = digestOf(std::string_view(bytes).substr(body));
    const uint64_t length = bytes.size() - body;
    std::memcpy(bytes.data() + body - sizeof length - sum.size(), sum.data(), sum.size());
    std::memcpy(bytes.data() + body - sizeof length, &length, sizeof length);
    return std::move(bytes);
}

bool isDigest(std::string_view bytes, const Digest& digest) {
    return bytes.size() == digest.size() && std::memcmp(bytes.data(), digest.data(), digest.size()) == 0;
}

std::optional<Annotation> genesIn(std::string_view bytes, const Digest& source) {
    GeneReader head(bytes);
    if (head.raw(GenesHead.size()) != GenesHead || !isDigest(head.raw(source.size()), source))
        return std::nullopt;
    const std::string_view sum = head.raw(source.size());
    const auto length = head.number<uint64_t>();
    if (length != head.left().size() || !isDigest(sum, digestOf(head.left())))
        return std::nullopt;
    GeneReader body(head.left());
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

std::optional<Annotation> rememberedGenes(const fs::path& place, const Digest& source) {
    const Result<RandomAccessFile> file = RandomAccessFile::open(place);
    if (!file || file->size() > LargestGenesFile)
        return std::nullopt;
    std::string bytes(static_cast<size_t>(file->size()), '\0');
    if (!file->read(0, bytes))
        return std::nullopt;
    std::optional<Annotation> found = genesIn(bytes, source);
    std::error_code ignored;
    if (found)
        fs::last_write_time(place, fs::file_time_type::clock::now(), ignored); // of its use
    return found;
}

void dropGenesUnusedLongest(const fs::path& folder) {
    removeAbandonedTemporaries(folder);
    std::vector<std::pair<fs::file_time_type, fs::path>> files;
    std::error_code error;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, error))
        if (entry.path().extension() == GenesEnding && !entry.path().filename().string().starts_with('.'))
            files.emplace_back(entry.last_write_time(error), entry.path());
    std::sort(files.begin(), files.end());
    for (size_t i = 0; i + MostRememberedAnnotations < files.size(); ++i)
        fs::remove(files[i].second, error);
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
    const fs::path place = folder / "annotations" / (toHex(*source) + std::string(GenesEnding));
    if (std::optional<Annotation> found = rememberedGenes(place, *source))
        return std::move(*found);
    DS_ASSIGN(Annotation annotation, readAnnotation(file));
    // Parsed of other bytes than the digest is of, it would be another file's from then on.
    if (const Result<Digest> after = digest(); after && *after == *source)
        if (writeFileAtomically(place, genesFileOf(annotation, *source)))
            dropGenesUnusedLongest(place.parent_path());
    return annotation;
}

} // namespace diploscope
