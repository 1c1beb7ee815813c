// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "genome/annotation.h"
#include "lab/simulate/mutations.h"
#include "stats/allelic_imbalance.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace diploscope::simulate {

/// A bgzip file written in order. Owns its handle; one thread.
class BgzipFile {
public:
    /// \param blockIndex also writes the `.gzi` that random access to the bases needs. \error Io
    [[nodiscard]] static Result<BgzipFile> create(const std::filesystem::path& file, bool blockIndex = false);
    BgzipFile(BgzipFile&&) noexcept;
    ~BgzipFile();

    [[nodiscard]] Result<void> write(std::string_view text);
    /// Must be called: a full disk may show only here. \error Io
    [[nodiscard]] Result<void> close();

private:
    struct Impl;
    explicit BgzipFile(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

/// The reference: FASTA (bgzip, `.fai`, `.gzi`), 60 bases a line.
class ReferenceWriter {
public:
    [[nodiscard]] static Result<ReferenceWriter> create(const std::filesystem::path& file);
    [[nodiscard]] Result<void> beginContig(const std::string& name);
    [[nodiscard]] Result<void> add(std::string_view bases);
    [[nodiscard]] Result<void> close();

private:
    ReferenceWriter(std::filesystem::path path, BgzipFile file)
        : m_path(std::move(path)), m_file(std::move(file)) {}
    Result<void> flush(bool all);
    std::filesystem::path m_path;
    BgzipFile m_file;
    std::string m_pending; ///< bases that do not fill a line yet
};

/// Phased genotypes: VCF (bgzip, `.tbi`) through htslib. One thread.
class GenotypeWriter {
public:
    [[nodiscard]] static Result<GenotypeWriter>
    create(const std::filesystem::path& file, const std::vector<std::pair<std::string, int64_t>>& contigs,
           const std::vector<std::string>& people);
    GenotypeWriter(GenotypeWriter&&) noexcept;
    ~GenotypeWriter();
    [[nodiscard]] Result<void> add(const std::string& contig, const SimulatedSite& site);
    [[nodiscard]] Result<void> close();

private:
    struct Impl;
    explicit GenotypeWriter(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

/// Observed expression: tensorQTL BED (bgzip, `.tbi`), four decimals, and the annotation of the same genes:
/// GTF (bgzip) with gene, transcript and exon records. Genes in genome order.
class GeneTablesWriter {
public:
    [[nodiscard]] static Result<GeneTablesWriter> create(const std::filesystem::path& expression,
                                                         const std::filesystem::path& annotation,
                                                         const std::vector<std::string>& people);
    [[nodiscard]] Result<void> add(const Gene& gene, const std::vector<double>& expression);
    [[nodiscard]] Result<void> close();

private:
    GeneTablesWriter(std::filesystem::path path, BgzipFile expression, BgzipFile annotation)
        : m_expressionPath(std::move(path))
        , m_expression(std::move(expression))
        , m_annotation(std::move(annotation)) {}
    std::filesystem::path m_expressionPath;
    BgzipFile m_expression;
    BgzipFile m_annotation;
};

/// Reads of genes by haplotype, as phASER's expression matrices are: genes x people, `a|b` (bgzip).
class HaplotypeCountWriter {
public:
    [[nodiscard]] static Result<HaplotypeCountWriter> create(const std::filesystem::path& file,
                                                             const std::vector<std::string>& people);
    [[nodiscard]] Result<void> add(const Gene& gene, const std::vector<HaplotypeReads>& reads);
    [[nodiscard]] Result<void> close() { return m_file.close(); }

private:
    explicit HaplotypeCountWriter(BgzipFile file) : m_file(std::move(file)) {}
    BgzipFile m_file;
};

} // namespace diploscope::simulate
