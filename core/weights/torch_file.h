// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "weights/weights_file.h"

namespace diploscope {

/// A state dict as `torch.save` writes it (`pytorch_model.bin`, `.pt`, `.pth`; PyTorch 1.6 and later): a zip
/// archive of a pickle and one entry of raw values for each storage. The pickle is read as data and never
/// run: see readStateDict(). Opening checks every tensor against the archive's list of entries: sizes,
/// strides, offsets. Owns the archive.
class TorchFile final : public WeightsFile {
public:
    /// What a training saved (`{"state_dict": ..., "epoch": 3}`) is accepted: see readStateDict(). \error
    /// NotFound, Io; BadInput for a damaged archive or pickle; Unsupported, with the way out, for a pickle
    /// that names anything but tensors and plain containers, files from before PyTorch 1.6, TorchScript
    /// modules, encrypted or big-endian archives.
    [[nodiscard]] static Result<TorchFile> open(const std::filesystem::path& file);
    TorchFile(TorchFile&&) noexcept;
    TorchFile& operator=(TorchFile&&) noexcept;
    ~TorchFile() override;

    [[nodiscard]] const std::filesystem::path& path() const override;
    [[nodiscard]] const std::vector<TensorInfo>& tensors() const override;
    [[nodiscard]] Result<std::string> readBytes(const TensorInfo& tensor) const override;
    [[nodiscard]] const std::string& place() const override;
    [[nodiscard]] bool isSame(const TensorInfo& a, const TensorInfo& b) const override;

private:
    struct Impl;
    explicit TorchFile(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace diploscope
