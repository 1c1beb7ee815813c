// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/run_context.h"

#include <Eigen/Core>

#include <filesystem>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace diploscope {

/// A table of AnnData: rows are named, columns hold texts or numbers (NaN: not known), a value a row.
struct AnnDataTable {
    using Values = std::variant<std::vector<std::string>, std::vector<double>>;

    std::string indexName;          ///< what the rows' names are: "gene_id"
    std::vector<std::string> index; ///< unique
    std::vector<std::pair<std::string, Values>> columns;
};

/// What an *.h5ad holds of people and genes, as scanpy and others read it.
struct AnnData {
    AnnDataTable obs;                                              ///< a row a person
    AnnDataTable var;                                              ///< a row a gene
    Eigen::MatrixXd values;                                        ///< X, [people x genes]; NaN: not known
    std::vector<std::pair<std::string, Eigen::MatrixXd>> layers{}; ///< as X
    std::vector<std::pair<std::string, std::string>> notes{}; ///< uns; of equal names the texts come together
};

/// Raised with every change of this header, so that a module of another build is refused in words.
inline constexpr int kAnnDataInterfaceVersion = 1;

/// Implemented in the module `libdiploscope_hdf5.so`, which is opened on first use, as HDF5 brings more
/// libraries along than all else of core. Any thread: one file at a time is written.
class AnnDataWriter {
public:
    virtual ~AnnDataWriter() = default;
    /// Writes a file as AnnData 0.8 and later do (encoding "anndata" 0.1.0); the same bytes for the same
    /// data. It appears when it is complete. Slashes in names, which HDF5 has no other use for than its own,
    /// become `_`. Takes as much memory as the file, twice. \error Io; Internal, with HDF5's own words;
    /// Cancelled
    [[nodiscard]] virtual Result<void> write(const AnnData& data, const std::filesystem::path& file,
                                             const RunContext& context) const = 0;
};

/// \error Unsupported when the module is missing, as where it was built without HDF5, or cannot be loaded
[[nodiscard]] Result<const AnnDataWriter*> annDataWriter();

} // namespace diploscope
