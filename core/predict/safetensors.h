// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "predict/tensor.h"

#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace diploscope {

/// One tensor's entry in a safetensors header.
struct TensorInfo {
    std::string name;
    std::string dtype; ///< as written: "F32"
    std::vector<int64_t> shape;
    int64_t offset = 0; ///< of its first byte in the file
    int64_t byteCount = 0;
};

/// A safetensors file: 8-byte little-endian header length, JSON header, raw data. Opening reads and checks
/// the header only: lengths, types, shapes, and that the tensors fill the data without gap or overlap. Values
/// are read when asked for. Owns its file handle; one object may be used from several threads (reads are
/// serialised).
class SafetensorsFile {
public:
    /// \error NotFound, Io; BadInput naming the tensor and the offending numbers.
    [[nodiscard]] static Result<SafetensorsFile> open(const std::filesystem::path& file);
    SafetensorsFile(SafetensorsFile&&) noexcept;
    SafetensorsFile& operator=(SafetensorsFile&&) noexcept;
    ~SafetensorsFile();

    [[nodiscard]] const std::filesystem::path& path() const;
    [[nodiscard]] const std::vector<TensorInfo>& tensors() const; ///< by name
    [[nodiscard]] const std::map<std::string, std::string>& metadata() const;
    /// Null when there is none of that name.
    [[nodiscard]] const TensorInfo* find(const std::string& name) const;

    /// A tensor's bytes as they lie in the file. \error Io when the file has become shorter since.
    [[nodiscard]] Result<std::string> readBytes(const TensorInfo& tensor) const;
    /// A tensor's values; F64, F32, F16 and BF16 are converted exactly.
    /// \error NotFound; Unsupported for whole-number and other types; BadInput for a value that is not
    /// finite.
    [[nodiscard]] Result<NamedTensor> read(const std::string& name) const;

private:
    struct Impl;
    explicit SafetensorsFile(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

enum class TensorType { F32, F64 };

/// Writes all tensors, in the order given, in one piece (AtomicFile). The same input gives the same bytes.
/// \error Io; Mismatch when a tensor's values are not as many as its shape says.
[[nodiscard]] Result<void> writeSafetensors(const std::filesystem::path& file,
                                            std::span<const NamedTensor> tensors,
                                            const std::map<std::string, std::string>& metadata = {},
                                            TensorType type = TensorType::F32);

} // namespace diploscope
