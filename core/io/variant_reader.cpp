// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/variant_reader.h"

#include "genome/contig_names.h"
#include "io/genotype_rows.h"
#include "io/variant_file.h"
#include "io/variant_handles.h"

#include <fmt/format.h>
#include <glob.h>

#include <algorithm>
#include <limits>
#include <set>
#include <string_view>
#include <unordered_set>

namespace diploscope {

namespace {

constexpr std::string_view ContigMark = "{chrom}";

/// Wanted positions further apart are sought, nearer ones read up to: an index leads to within 16 kb.
constexpr int64_t WorthASeek = 32'768;

std::string replaced(std::string text, std::string_view what, std::string_view with) {
    for (size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
        text.replace(at, what.size(), with);
    return text;
}

/// The records of one contig, one at a time. A file that names a contig in two ways has two of it, read as
/// one by position.
struct Source {
    VariantHandles::Handle handle;
    std::string contig;
    BcfRecordPtr record;
    bool hasRecord = false;

    Result<void> advance() {
        DS_ASSIGN(hasRecord, handle->file.next(record.get()));
        return {};
    }
    friend bool operator<(const Source& a, const Source& b) {
        return a.hasRecord && (!b.hasRecord || a.record->pos < b.record->pos);
    }
};

/// [from, to) round the positions, each at one seek; all of it where none are given.
std::vector<std::pair<int64_t, int64_t>> stretchesOf(std::span<const int64_t> positions, int64_t start,
                                                     int64_t end) {
    if (positions.empty())
        return {{start, end}};
    std::vector<std::pair<int64_t, int64_t>> stretches;
    for (const int64_t position : positions) {
        if (position < start || position >= end)
            continue;
        if (stretches.empty() || position >= stretches.back().second + WorthASeek)
            stretches.emplace_back(position, position);
        stretches.back().second = position + 1;
    }
    return stretches;
}

/// Files of a `{chrom}` pattern whose every mark stands for the same text, in natural order (2 before 10).
std::vector<std::string> filesOfPattern(const std::string& pattern) {
    std::string escaped;
    for (const char c : pattern) {
        if (c == '*' || c == '?' || c == '[' || c == '\\')
            escaped += '\\';
        escaped += c;
    }
    glob_t matches{};
    std::vector<std::string> files;
    if (glob(replaced(escaped, ContigMark, "*").c_str(), 0, nullptr, &matches) == 0) {
        const size_t prefix = pattern.find(ContigMark);
        for (size_t i = 0; i < matches.gl_pathc; ++i) {
            const std::string file = matches.gl_pathv[i];
            for (size_t length = 1; prefix + length <= file.size(); ++length) {
                if (replaced(pattern, ContigMark, file.substr(prefix, length)) == file) {
                    files.push_back(file);
                    break;
                }
            }
        }
    }
    globfree(&matches);
    std::sort(files.begin(), files.end(), [](const std::string& a, const std::string& b) {
        return a.size() != b.size() ? a.size() < b.size() : a < b;
    });
    return files;
}

Result<void> checkSamePeople(const std::vector<std::string>& first, const std::vector<std::string>& other,
                             const std::string& firstFile, const std::string& otherFile) {
    if (first == other)
        return {};
    const std::set<std::string> known(first.begin(), first.end());
    const auto stranger =
        std::find_if(other.begin(), other.end(), [&](const std::string& p) { return !known.contains(p); });
    const std::string difference =
        stranger != other.end()        ? fmt::format("\"{}\" is only in the second", *stranger)
        : first.size() != other.size() ? fmt::format("they list {} and {} people", first.size(), other.size())
                                       : std::string("their order differs");
    return fail(ErrorKind::Mismatch,
                fmt::format("The files of one pattern must list the same people, but {}.", difference),
                fmt::format("{} and {}", firstFile, otherFile),
                "Bring them to one list: bcftools view -S PEOPLE -Oz -o NEW.vcf.gz FILE, for each file.");
}

/// Each is known, and asked for once.
Result<void> checkAsked(const std::vector<std::string>& people, const std::vector<std::string>& inFile,
                        const std::string& file) {
    const std::unordered_set<std::string_view> known(inFile.begin(), inFile.end());
    std::unordered_set<std::string_view> asked;
    for (const std::string& person : people) {
        if (!known.contains(person))
            return fail(
                ErrorKind::NotFound, fmt::format("The genotypes have no person \"{}\".", person), file,
                fmt::format("They have {} people, the first is \"{}\".", inFile.size(), inFile.front()));
        if (!asked.insert(person).second)
            return fail(ErrorKind::BadInput, fmt::format("The person \"{}\" is asked for twice.", person),
                        file);
    }
    return {};
}

} // namespace

std::vector<std::string> variantFilesOf(const std::string& pathOrPattern) {
    const bool isPattern = pathOrPattern.find(ContigMark) != std::string::npos;
    return isPattern ? filesOfPattern(pathOrPattern) : std::vector<std::string>{pathOrPattern};
}

Result<VariantReader> VariantReader::open(const std::string& pathOrPattern, const RunContext& context) {
    const std::vector<std::string> paths = variantFilesOf(pathOrPattern);
    if (paths.empty())
        return fail(ErrorKind::NotFound, "No file has a name of this pattern.", pathOrPattern,
                    "{chrom} stands for a contig's name, as in chr{chrom}.vcf.gz.");

    VariantReader reader;
    reader.m_handles = std::make_shared<VariantHandles>();
    for (const std::string& path : paths) {
        DS_TRY(context.checkpoint());
        context.report("Opening genotypes", static_cast<int64_t>(reader.m_files.size()),
                       static_cast<int64_t>(paths.size()));
        DS_ASSIGN(VariantHandles::Handle handle, reader.m_handles->take(path, std::nullopt));
        const VariantFile& file = handle->file;
        if (reader.m_files.empty()) {
            reader.m_people = file.people();
            reader.m_formats = file.formats();
        } else
            DS_TRY(checkSamePeople(reader.m_people, file.people(), reader.m_files.front().path, path));
        const IndexFiles passedOver = indexesPassedOver(path, {".tbi", ".csi"}, handle->index);
        reader.m_passedOver.insert(reader.m_passedOver.end(), passedOver.begin(), passedOver.end());
        File entry{path, file.indexedContigs()};
        reader.m_contigs.insert(reader.m_contigs.end(), entry.contigs.begin(), entry.contigs.end());
        reader.m_files.push_back(std::move(entry));
        reader.m_handles->giveBack(std::move(handle));
    }
    DS_TRY(reader.checkOneFileAContig());
    if (reader.m_contigs.empty())
        return fail(ErrorKind::BadInput, "The genotypes hold no record: there is a header and nothing else.",
                    pathOrPattern, "Make the file again, or name the one with the records.");
    return reader;
}

Result<void> VariantReader::checkOneFileAContig() const {
    for (auto file = m_files.rbegin(); file != m_files.rend(); ++file) {
        // All others at once: whether 23 may be X follows from them.
        std::vector<std::string> others;
        for (const File& other : m_files)
            if (&other != &*file)
                others.insert(others.end(), other.contigs.begin(), other.contigs.end());
        for (const std::string& contig : file->contigs)
            if (const auto other = matchingContig(contig, others))
                return fail(ErrorKind::BadInput,
                            fmt::format("Contig {} is in more than one file of the pattern{}.", contig,
                                        *other == contig ? "" : fmt::format(" (there as {})", *other)),
                            file->path, "Keep one file a contig under the pattern.");
    }
    return {};
}

Result<AlleleMatrix> VariantReader::read(const Region& region, const std::vector<std::string>& people,
                                         UnphasedRule unphased, std::string_view referenceBases,
                                         const RunContext& context) const {
    return readRecords(region, people, unphased, referenceBases, {}, context);
}

void VariantReader::tellSexes(std::map<std::string, Sex> sexes, std::string build) {
    m_sexes = std::move(sexes);
    m_build = std::move(build);
}

Result<AlleleMatrix> VariantReader::readPositions(const Region& region, std::span<const int64_t> positions,
                                                  const std::vector<std::string>& people,
                                                  const RunContext& context) const {
    if (!positions.empty())
        return readRecords(region, people, UnphasedRule::AsListed, {}, positions, context);
    AlleleMatrix none;
    none.region = region;
    none.people = people;
    return none;
}

Result<AlleleMatrix> VariantReader::readRecords(const Region& region, const std::vector<std::string>& people,
                                                UnphasedRule unphased, std::string_view referenceBases,
                                                std::span<const int64_t> positions,
                                                const RunContext& context) const {
    AlleleMatrix matrix;
    matrix.region = region;
    matrix.people = people;
    if (people != m_people)
        DS_TRY(checkAsked(people, m_people, m_files.front().path));

    // Of all contigs, as each file alone would not tell whether 23 is X.
    const std::vector<std::string> names = matchingContigs(region.contig, m_contigs);
    const File* entry = nullptr;
    for (const File& file : m_files) {
        const auto has = [&](const std::string& name) {
            return std::find(file.contigs.begin(), file.contigs.end(), name) != file.contigs.end();
        };
        if (std::none_of(names.begin(), names.end(), has))
            continue;
        if (entry != nullptr)
            return fail(ErrorKind::BadInput,
                        fmt::format("Contig {} is in two files of the pattern, as {}.", region.contig,
                                    fmt::join(names, " and ")),
                        fmt::format("{} and {}", entry->path, file.path),
                        "Make them one: bcftools concat -a -Oz -o NEW.vcf.gz FILE FILE");
        entry = &file;
    }
    const int64_t start = std::max<int64_t>(region.start, 0);
    if (entry == nullptr || start >= region.end)
        return matrix; // no variant known there: everybody carries the reference

    std::vector<Source> sources;
    for (const std::string& name : names) {
        DS_ASSIGN(
            VariantHandles::Handle handle,
            m_handles->take(entry->path, people.size() < m_people.size() ? People(people) : std::nullopt));
        if (handle->file.everybody() != m_people)
            return fail(ErrorKind::Mismatch, "The genotypes list other people than when they were opened.",
                        entry->path, "Open the study again, when its files are complete.");
        handle->file.keepPositions(positions);
        sources.push_back({std::move(handle), name, BcfRecordPtr(bcf_init()), false});
    }
    GenotypeRows rows(sources.front().handle->file, matrix, unphased, referenceBases, positions);
    if (hasSexes())
        rows.tellSexes(m_sexes, m_build);
    int64_t done = std::numeric_limits<int64_t>::min(); // the end of the stretch before
    for (const auto& [from, to] : stretchesOf(positions, start, region.end)) {
        for (Source& source : sources) {
            DS_TRY(source.handle->file.seek(source.contig, from, to));
            DS_TRY(source.advance());
        }
        for (int64_t count = 0;; ++count) {
            const auto next = std::min_element(sources.begin(), sources.end());
            if (!next->hasRecord)
                break;
            bcf1_t* record = next->record.get();
            if (count % 256 == 0) {
                DS_TRY(context.checkpoint());
                if (count > 0)
                    context.report("Reading genotypes", std::max<int64_t>(0, record->pos - region.start),
                                   region.length());
            }
            // The iterator also gives records that start before the stretch and reach into it: an SNV behind
            // padding, a deletion. Those that the stretch before gave too are read.
            if (record->pos >= done)
                DS_TRY(rows.append(record));
            DS_TRY(next->advance());
        }
        done = to;
    }
    for (Source& source : sources)
        m_handles->giveBack(std::move(source.handle));
    return matrix;
}

} // namespace diploscope
