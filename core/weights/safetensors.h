// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "weights/weights_file.h"

#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace diploscope {

/// A safetensors file: 8-byte little-endian header length, JSON header, raw data. Opening reads and checks
/// the header only: lengths, types, shapes, and that the tensors fill the data without gap or overlap. Values
/// are read when asked for, at their place in the file (RandomAccessFile says why it is not mapped). Owns its
/// file handle; one object may be used from several threads, which do not wait for each other.
class SafetensorsFile final : public WeightsFile {
public:
    /// \error NotFound, Io; BadInput naming the tensor and the offending numbers.
    [[nodiscard]] static Result<SafetensorsFile> open(const std::filesystem::path& file);
    SafetensorsFile(SafetensorsFile&&) noexcept;
    SafetensorsFile& operator=(SafetensorsFile&&) noexcept;
    ~SafetensorsFile() override;

    [[nodiscard]] const std::filesystem::path& path() const override;
    [[nodiscard]] const std::vector<TensorInfo>& tensors() const override;
    [[nodiscard]] Result<std::string> readBytes(const TensorInfo& tensor) const override;
    [[nodiscard]] Result<void> readPieces(const TensorInfo& tensor, const TakeBytes& take) const override;
    [[nodiscard]] const std::map<std::string, std::string>& metadata() const;

private:
    struct Impl;
    explicit SafetensorsFile(std::unique_ptr<Impl> impl);
    [[nodiscard]] Failure cannotRead(const TensorInfo& tensor) const;
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
