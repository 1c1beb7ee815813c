// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "weights/tensor.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace diploscope {

/// One tensor of a weights file.
struct TensorInfo {
    std::string name;
    std::string dtype; ///< in safetensors' words: F64, F32, F16, BF16, I64, ...
    std::vector<int64_t> shape;
    int64_t offset = 0; ///< of its first byte in the file; 0 where a file's data do not lie in one piece
    int64_t byteCount = 0;
};

/// A file of named tensors, whatever its format. Opening reads and checks the list; values are read when
/// asked for. One object may be used from several threads.
class WeightsFile {
public:
    virtual ~WeightsFile() = default;
    [[nodiscard]] virtual const std::filesystem::path& path() const = 0;
    [[nodiscard]] virtual const std::vector<TensorInfo>& tensors() const = 0; ///< sorted by name
    /// A tensor's values as bytes: row-major, little-endian, of its type. `tensor` is one of tensors().
    /// \error Io when the file has changed since; BadInput when its data are damaged.
    [[nodiscard]] virtual Result<std::string> readBytes(const TensorInfo& tensor) const = 0;
    using TakeBytes = std::function<Result<void>(std::string_view bytes)>;
    /// The same in pieces of whole values, in their order, so that a tensor need not be in memory as bytes
    /// and as numbers at a time; all in one piece where a format does not come in pieces. \error as
    /// readBytes(); what `take` gives, which ends the reading
    [[nodiscard]] virtual Result<void> readPieces(const TensorInfo& tensor, const TakeBytes& take) const;
    /// Of the dict of weights in what a training saved: "model_state_dict"; empty where the file holds
    /// weights alone.
    [[nodiscard]] virtual const std::string& place() const;
    /// Whether two tensors are known to be one without reading them: two names of one piece of memory.
    [[nodiscard]] virtual bool isSame(const TensorInfo& a, const TensorInfo& b) const { return &a == &b; }

    /// Null when there is none of that name.
    [[nodiscard]] const TensorInfo* find(const std::string& name) const;
    /// A tensor's values; F64, F32, F16 and BF16 are converted exactly.
    /// \error NotFound; Unsupported for whole-number and other types; BadInput for a value that is not
    /// finite; what readBytes() gives.
    [[nodiscard]] Result<NamedTensor> read(const std::string& name) const;
    /// Whether read() would give the values, without converting them. \error as read()
    [[nodiscard]] Result<void> checkValues(const TensorInfo& tensor) const;

protected:
    /// `error` with the file before its place.
    [[nodiscard]] Failure located(Error error) const;
};

/// Bytes of one value of a type of TensorInfo; 0 for an unknown one.
[[nodiscard]] int64_t bytesOfType(const std::string& dtype);

/// \error BadInput where `file` is what Git LFS leaves in the place of a file that was not fetched
[[nodiscard]] Result<void> refusePointer(const std::filesystem::path& file);

/// Opens a weights file by its content: safetensors, a state dict that `torch.save` wrote, or the
/// `*.index.json` of weights that are split over several such files. \error NotFound, Io, BadInput;
/// Unsupported for what else PyTorch may write (see TorchFile).
[[nodiscard]] Result<std::shared_ptr<const WeightsFile>> openWeights(const std::filesystem::path& file);

} // namespace diploscope
