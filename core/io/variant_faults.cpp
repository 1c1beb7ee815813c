// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/variant_faults.h"

#include "io/variant_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>

namespace diploscope {

namespace fs = std::filesystem;

Error describeHeaderFault(const fs::path& file) {
    const auto fault = [&](const std::string& what, const std::string& remedy) {
        return Error{ErrorKind::BadInput, what, file.string(), remedy};
    };
    const BgzfPtr handle = openBgzf(file);
    kstring_t text = KS_INITIALIZE;
    const std::unique_ptr<kstring_t, decltype(&ks_free)> textOwner(&text, &ks_free);
    while (handle && bgzf_getline(handle.get(), '\n', &text) >= 0) {
        std::string_view line(text.s, text.l);
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        if (line.starts_with("##"))
            continue;
        if (!line.starts_with("#CHROM"))
            break;
        std::set<std::string_view> seen;
        for (size_t at = 0, column = 1; at < line.size(); ++column) {
            const size_t end = std::min(line.find('\t', at), line.size());
            const std::string_view name = line.substr(at, end - at);
            at = end + 1;
            if (column > 9 && !seen.insert(name).second)
                return fault(fmt::format("The person \"{}\" is listed twice in the header.", name),
                             "Rename or remove one of the two columns: bcftools reheader -s NAMES FILE.");
            if (column > 9 && name.empty())
                return fault(fmt::format("Column {} of the header has no name.", column),
                             "Name it: bcftools reheader -s NAMES FILE.");
        }
        return fault("The VCF header cannot be read.", "Check it with: bcftools view -h FILE");
    }
    return fault("The header has no \"#CHROM\" line: the file is damaged, or is no VCF.",
                 "Copy or download it again; check it with: bcftools view -h FILE");
}

Error describeIndexFault(const fs::path& file) {
    Result<VariantFile> opened = VariantFile::open(file);
    if (!opened)
        return opened.error();
    const HtsFilePtr handle = openForHtslib(file);
    const BcfHeaderPtr header(handle ? bcf_hdr_read(handle.get()) : nullptr);
    const BcfRecordPtr record(bcf_init());
    std::set<int> finished;
    int contig = -1;
    int64_t position = -1;
    int64_t count = 0;
    int status = 0;
    while (header && (status = bcf_read(handle.get(), header.get(), record.get())) >= 0) {
        ++count;
        if (record->rid != contig) {
            if (finished.contains(record->rid))
                return {
                    ErrorKind::BadInput,
                    fmt::format("The records are not sorted: contig {} comes up a second time (record {}).",
                                bcf_seqname_safe(header.get(), record.get()), count),
                    opened->where(record.get()), "Run: bcftools sort -Oz -o SORTED.vcf.gz FILE"};
            finished.insert(contig);
            contig = record->rid;
            position = -1;
        }
        if (record->pos < position)
            return {ErrorKind::BadInput,
                    fmt::format("The records are not sorted: position {} comes after {} (record {}).",
                                record->pos + 1, position + 1, count),
                    opened->where(record.get()), "Run: bcftools sort -Oz -o SORTED.vcf.gz FILE"};
        position = record->pos;
    }
    if (status < -1)
        return {ErrorKind::BadInput,
                fmt::format("Record {} cannot be read: the file is damaged or no valid VCF from there on.",
                            count + 1),
                file.string(), "Check it with: bcftools view FILE > /dev/null"};
    return {ErrorKind::Io, "No index can be built for the file.", file.string(),
            "Check free space, or build it yourself: bcftools index FILE"};
}

std::string describeRecordFault(std::string_view line, const std::vector<std::string>& people) {
    std::string text(line);
    std::replace(text.begin(), text.end(), '\0', '\t');
    std::vector<std::string_view> columns;
    for (size_t at = 0; at <= text.size();) {
        const size_t end = std::min(text.find('\t', at), text.size());
        columns.push_back(std::string_view(text).substr(at, end - at));
        at = end + 1;
    }
    constexpr size_t BeforePeople = 9;
    if (columns.size() != BeforePeople + people.size())
        return fmt::format("The record is no valid VCF: it has {} columns, the header has {}.",
                           columns.size(), BeforePeople + people.size());
    const std::string_view format = columns[BeforePeople - 1];
    for (size_t p = 0; p < people.size() && (format == "GT" || format.starts_with("GT:")); ++p) {
        const std::string_view field = columns[BeforePeople + p];
        const std::string_view genotype = field.substr(0, field.find(':'));
        if (genotype.empty() || genotype.find_first_not_of("0123456789.|/") != std::string_view::npos)
            return fmt::format("The record is no valid VCF: the genotype of {} is \"{:.20}\".", people[p],
                               genotype);
    }
    return fmt::format("The record is no valid VCF: \"{:.60}\"...", text);
}

} // namespace diploscope
