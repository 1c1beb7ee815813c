// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/variant_file.h"

#include "base/input_file.h"
#include "base/utf8.h"
#include "io/bounded_records.h"
#include "io/index_check.h"
#include "io/line_scanner.h"
#include "io/variant_faults.h"
#include "io/vcf_line.h"

#include <fmt/format.h>
#include <htslib/hfile.h>

#include <algorithm>
#include <cerrno>
#include <limits>
#include <unordered_set>
#include <utility>

namespace diploscope {

namespace fs = std::filesystem;

namespace {
constexpr int64_t LongestTabixContig = int64_t(1) << 29; ///< tbi's binning ends there
constexpr int CsiMinShift = 14;
constexpr int64_t FurthestPosition = std::numeric_limits<int32_t>::max(); ///< that a record can have
constexpr const char* CheckIt = "Check it with: bcftools view FILE > /dev/null";
constexpr int MostAlleles = 64; ///< of one person, which htslib may be asked to take apart

int64_t longestContig(const bcf_hdr_t* header) {
    int64_t longest = 0;
    for (int i = 0; i < header->n[BCF_DT_CTG]; ++i)
        if (const bcf_idinfo_t* contig = header->id[BCF_DT_CTG][i].val) // numbers may be left out
            longest = std::max(longest, static_cast<int64_t>(contig->info[0]));
    return longest;
}

std::vector<std::string> contigsOfHeader(const bcf_hdr_t* header) {
    std::vector<std::string> contigs;
    for (int i = 0; i < header->n[BCF_DT_CTG]; ++i) {
        const char* name = bcf_hdr_id2name(header, i);
        contigs.emplace_back(name != nullptr ? name : "?");
    }
    return contigs;
}

Result<void> checkFormat(const fs::path& file, const htsFormat& format, Compression compression) {
    const std::string name = file.string();
    if (format.format == empty_format)
        return fail(ErrorKind::BadInput, "The file is empty once decompressed.", name,
                    "Copy or make it again.");
    if (format.format != vcf && format.format != bcf)
        return fail(ErrorKind::BadInput, "This is neither VCF nor BCF.", name,
                    "Name a .vcf.gz or .bcf file of phased genotypes.");
    if (format.format == vcf && compression == Compression::None)
        return fail(ErrorKind::BadInput, "The VCF is not compressed, so no region can be read from it.", name,
                    fmt::format("Run: bgzip {0} && tabix -p vcf {0}.gz", name));
    if (compression == Compression::None)
        return fail(ErrorKind::BadInput, "The BCF is not compressed, so no region can be read from it.", name,
                    "Run: bcftools view -Ob -o COMPRESSED.bcf FILE && bcftools index COMPRESSED.bcf");
    if (compression == Compression::Gzip)
        return fail(ErrorKind::BadInput,
                    "The file is compressed with gzip, in which no region can be found; bgzip is needed.",
                    name, "Run: gunzip -c FILE.vcf.gz | bgzip > NEW.vcf.gz && tabix -p vcf NEW.vcf.gz");
    return {};
}

std::vector<std::string> peopleOf(const bcf_hdr_t* header) {
    std::vector<std::string> people;
    for (int i = 0; i < bcf_hdr_nsamples(header); ++i)
        people.push_back(validUtf8(header->samples[i]));
    return people;
}

std::vector<std::string> formatsOf(const bcf_hdr_t* header) {
    std::vector<std::string> names;
    for (int i = 0; i < header->nhrec; ++i) {
        const bcf_hrec_t* line = header->hrec[i];
        const int id = line->type == BCF_HL_FMT ? bcf_hrec_find_key(header->hrec[i], "ID") : -1;
        if (id >= 0)
            names.push_back(validUtf8(line->vals[id]));
    }
    return names;
}

constexpr std::string_view ReplacementCharacter = "\xEF\xBF\xBD";

/// htslib refuses a name that stands twice; two names in Latin-1 may become one only in the program.
Result<void> refuseSameNames(const std::vector<std::string>& people, const fs::path& file) {
    std::unordered_set<std::string_view> seen;
    for (const std::string& person : people)
        if (!seen.insert(person).second)
            return fail(ErrorKind::BadInput,
                        fmt::format("Two people are called \"{}\", as far as their names are UTF-8.", person),
                        file.string(), "Rename them: bcftools reheader -s NAMES -o NEW.vcf.gz FILE");
    return {};
}

} // namespace

HtsFilePtr openForHtslib(const fs::path& file) {
    std::error_code ignored; // absolute as in openBgzf()
    hFILE* const handle = hopen(fs::absolute(file, ignored).c_str(), "r");
    if (handle == nullptr)
        return nullptr;
    HtsFilePtr opened(hts_hopen(handle, "/dev/null", "r"));
    if (!opened)
        hclose_abruptly(handle);
    return opened;
}

bool hasSoundGenotypes(const bcf_hdr_t* header, bcf1_t* record) {
    if (record->n_fmt == 0)
        return true;
    const int tag = bcf_hdr_id2int(header, BCF_DT_ID, "GT");
    if (static_cast<int>(record->n_sample) != bcf_hdr_nsamples(header) || bcf_unpack(record, BCF_UN_FMT) != 0)
        return false;
    for (int i = 0; i < static_cast<int>(record->n_fmt); ++i) {
        const bcf_fmt_t& format = record->d.fmt[i];
        const bool isInteger =
            format.type == BCF_BT_INT8 || format.type == BCF_BT_INT16 || format.type == BCF_BT_INT32;
        if (format.id == tag && (!isInteger || format.n < 0 || format.n > MostAlleles))
            return false;
    }
    return true;
}

VariantFile::VariantFile(VariantFile&& other) noexcept
    : m_path(std::move(other.m_path))
    , m_file(std::move(other.m_file))
    , m_header(std::move(other.m_header))
    , m_index(std::move(other.m_index))
    , m_iterator(std::move(other.m_iterator))
    , m_line(std::exchange(other.m_line, KS_INITIALIZE))
    , m_positions(other.m_positions)
    , m_contig(std::move(other.m_contig))
    , m_people(std::move(other.m_people))
    , m_everybody(std::move(other.m_everybody))
    , m_formats(std::move(other.m_formats))
    , m_peopleInFile(other.m_peopleInFile) {}

VariantFile::~VariantFile() {
    ks_free(&m_line);
}

Result<VariantFile> VariantFile::open(const fs::path& file) {
    if (const auto ending = file.extension();
        ending == ".pgen" || ending == ".pvar" || ending == ".psam" || ending == ".bed")
        return fail(ErrorKind::Unsupported, "PLINK files are not read.", file.string(),
                    "Run: plink2 --pfile PREFIX --export vcf bgz, then tabix -p vcf PREFIX.vcf.gz");
    DS_ASSIGN(const Compression compression, checkDataFile(file));
    DS_TRY(checkVariantLengths(file, 0));
    VariantFile opened;
    opened.m_path = file;
    errno = 0;
    opened.m_file = openForHtslib(file);
    if (!opened.m_file && isOpeningRefused())
        return cannotOpen(file);
    if (!opened.m_file)
        return fail(ErrorKind::BadInput, "This is neither VCF nor BCF, or it is damaged.", file.string(),
                    "Name a .vcf.gz or .bcf file of phased genotypes.");
    DS_TRY(checkFormat(file, *hts_get_format(opened.m_file.get()), compression));
    opened.m_header.reset(bcf_hdr_read(opened.m_file.get()));
    if (!opened.m_header)
        return fail(describeHeaderFault(file));
    if (!opened.isVcf() && opened.m_header->n[BCF_DT_CTG] == 0)
        return fail(ErrorKind::BadInput,
                    "The BCF's header has no contig line, so nothing says on which contig a record lies.",
                    file.string(),
                    "Write the contigs into it: bcftools reheader --fai REFERENCE.fa.fai -o NEW.bcf FILE");
    opened.m_peopleInFile = bcf_hdr_nsamples(opened.m_header.get());
    if (opened.m_peopleInFile == 0)
        return fail(ErrorKind::BadInput, "The file lists variants but no person's genotypes.", file.string(),
                    "Name a file with sample columns (FORMAT and GT).");
    opened.m_people = opened.m_everybody = peopleOf(opened.m_header.get());
    DS_TRY(refuseSameNames(opened.m_people, file));
    opened.m_formats = formatsOf(opened.m_header.get());
    return opened;
}

bool VariantFile::isVcf() const {
    return hts_get_format(m_file.get())->format == vcf;
}

std::optional<fs::path> VariantFile::findIndex() const {
    const IndexedData data{m_path, isVcf() ? IndexedLayout::Vcf : IndexedLayout::Bcf,
                           contigsOfHeader(m_header.get())};
    const auto fits = [&](const IndexFiles& files) { return checkIndex(files.front(), data); };
    for (const char* suffix : {".tbi", ".csi"}) {
        if (!isVcf() && std::string_view(suffix) == ".tbi")
            continue;
        if (const auto found = diploscope::findIndex(m_path, {suffix}, fits))
            return found->front();
    }
    return std::nullopt;
}

Result<fs::path> VariantFile::findOrBuildIndex() const {
    if (const auto found = findIndex())
        return *found;
    DS_TRY(checkVariantLengths(m_path, AllRecords));
    const bool asTabix = isVcf() && longestContig(m_header.get()) < LongestTabixContig;
    const auto build = [&](const IndexFiles& files) -> Result<void> {
        errno = 0;
        if (bcf_index_build3(m_path.c_str(), files.front().c_str(), asTabix ? 0 : CsiMinShift, 0) != 0)
            return isOpeningRefused() ? cannotOpen(m_path) : fail(describeIndexFault(m_path));
        return {};
    };
    DS_ASSIGN(const IndexFiles built, buildIndex(m_path, {asTabix ? ".tbi" : ".csi"}, build));
    return built.front();
}

Result<void> VariantFile::loadIndex(const fs::path& index) {
    errno = 0;
    LoadedIndex loaded;
    if (isVcf())
        loaded.ofVcf.reset(tbx_index_load3(m_path.c_str(), index.c_str(), 0));
    else
        loaded.ofBcf.reset(bcf_index_load3(m_path.c_str(), index.c_str(), 0));
    const bool isLoaded = loaded.ofVcf || loaded.ofBcf;
    if (!isLoaded && isOpeningRefused())
        return cannotOpen(index);
    if (!isLoaded)
        return fail(ErrorKind::BadInput, "The index cannot be read.", index.string(),
                    "Delete it; it is built again.");
    m_index = std::make_shared<const LoadedIndex>(std::move(loaded));
    return {};
}

std::vector<std::string> VariantFile::contigsInFile() const {
    int count = 0;
    const char** names = tabix() != nullptr
                             ? tbx_seqnames(tabix(), &count)
                             : bcf_index_seqnames(m_index->ofBcf.get(), m_header.get(), &count);
    return takeNames(names, count);
}

std::vector<std::string> VariantFile::indexedContigs() const {
    std::vector<std::string> contigs = contigsInFile();
    for (std::string& contig : contigs)
        contig = validUtf8(contig);
    return contigs;
}

Result<void> VariantFile::keepPeople(const std::vector<std::string>& people) {
    std::string list;
    for (const std::string& person : people) {
        // htslib takes one comma-separated list, where a leading ^ means "all but": such names are read along
        // with everybody's and picked afterwards; so are those that the file has in other bytes.
        if (person.find(',') != std::string::npos || person.starts_with('^') ||
            person.find(ReplacementCharacter) != std::string::npos)
            return {};
        list += (list.empty() ? "" : ",") + person;
    }
    if (people.empty() ? bcf_hdr_set_samples(m_header.get(), nullptr, 0) != 0
                       : bcf_hdr_set_samples(m_header.get(), list.c_str(), 0) != 0)
        return fail(ErrorKind::Internal, "The people could not be chosen in the file.", m_path.string());
    m_people = peopleOf(m_header.get());
    return {};
}

Result<void> VariantFile::seek(const std::string& contig, int64_t start, int64_t end) {
    // Beyond, htslib computes places before the index's beginning.
    start = std::clamp<int64_t>(start, 0, FurthestPosition);
    end = std::clamp<int64_t>(end, start, FurthestPosition);
    m_contig = contig;
    std::string name = contig; // as the file has it
    if (contig.find(ReplacementCharacter) != std::string::npos)
        for (const std::string& other : contigsInFile())
            if (validUtf8(other) == contig)
                name = other;
    if (tabix() != nullptr)
        m_iterator.reset(
            hts_itr_query(tabix()->idx, tbx_name2id(tabix(), name.c_str()), start, end, &readBoundedLine));
    else
        m_iterator.reset(hts_itr_query(m_index->ofBcf.get(), bcf_hdr_name2id(m_header.get(), name.c_str()),
                                       start, end, &readBoundedRecord));
    if (!m_iterator)
        return fail(ErrorKind::BadInput, fmt::format("The index has no way to {}.", contig), m_path.string(),
                    "Delete the index; it is built again.");
    return {};
}

Result<bool> VariantFile::next(bcf1_t* record) {
    int status = 0;
    const auto isWanted = [this] {
        const auto next = std::lower_bound(m_positions.begin(), m_positions.end(), m_iterator->curr_beg);
        return m_positions.empty() || (next != m_positions.end() && *next < m_iterator->curr_end);
    };
    do {
        status = tabix() != nullptr ? tbx_itr_next(m_file.get(), tabix(), m_iterator.get(), &m_line)
                                    : bcf_itr_next(m_file.get(), m_iterator.get(), record);
    } while (status >= 0 && !isWanted());
    if (status == -1)
        return false;
    if (status == RecordTooLong)
        return recordTooLong("A record", fmt::format("{}, contig {}", m_path.string(), m_contig));
    if (status < -1)
        return fail(ErrorKind::BadInput,
                    "The file cannot be read on: it is damaged, or its index belongs to another file.",
                    fmt::format("{}, contig {}", m_path.string(), m_contig),
                    "Copy or download the file again, and delete the index so that it is built again.");
    if (tabix() != nullptr) {
        if (!parseVcfLine(m_line, m_everybody.size(), m_header.get(), record))
            return fail(
                ErrorKind::BadInput, validUtf8(describeRecordFault({m_line.s, m_line.l}, m_everybody)),
                fmt::format("{}, {}:{}", m_path.string(), m_contig, m_iterator->curr_beg + 1), CheckIt);
    } else {
        DS_TRY(checkBcfRecord(record));
    }
    if (tabix() == nullptr && m_header->keep_samples != nullptr &&
        bcf_subset_format(m_header.get(), record) != 0)
        return fail(ErrorKind::BadInput, "A record's genotypes cannot be taken apart.", where(record),
                    CheckIt);
    // A contig or tag that the header does not declare is no harm to genotypes.
    if ((record->errcode & ~(BCF_ERR_CTG_UNDEF | BCF_ERR_TAG_UNDEF)) != 0)
        return fail(ErrorKind::BadInput, "A record is no valid VCF: its columns do not fit the header.",
                    where(record), CheckIt);
    if (bcf_unpack(record, BCF_UN_STR) != 0)
        return fail(ErrorKind::BadInput, "A record's alleles cannot be read.", where(record), CheckIt);
    if (tabix() == nullptr && !hasSoundGenotypes(m_header.get(), record))
        return fail(ErrorKind::BadInput, "A record's genotypes are not written as genotypes.", where(record),
                    CheckIt);
    return true;
}

void VariantFile::rest() {
    m_iterator.reset();
    m_positions = {};
    ks_free(&m_line);
}

Result<void> VariantFile::checkBcfRecord(const bcf1_t* record) const {
    if (bcf_hdr_id2name(m_header.get(), record->rid) == nullptr)
        return fail(
            ErrorKind::BadInput,
            fmt::format("A record lies on contig number {}, which the header does not list.", record->rid),
            where(record), CheckIt);
    if (record->n_fmt > 0 && static_cast<int>(record->n_sample) != m_peopleInFile)
        return fail(ErrorKind::BadInput,
                    fmt::format("A record holds {} people's genotypes, the header lists {} people.",
                                static_cast<int>(record->n_sample), m_peopleInFile),
                    where(record), CheckIt);
    return {};
}

std::string VariantFile::where(const bcf1_t* record) const {
    const char* contig = bcf_hdr_id2name(m_header.get(), record->rid);
    return fmt::format("{}, {}:{}", m_path.string(), contig != nullptr ? validUtf8(contig) : "?",
                       record->pos + 1);
}

} // namespace diploscope
