// SPDX-License-Identifier: GPL-3.0-or-later
#include "weights/safetensors.h"

#include "base/atomic_file.h"
#include "base/json_text.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <fstream>

namespace diploscope {

namespace {
void appendBytes(const NamedTensor& tensor, TensorType type, std::string& bytes) {
    if (type == TensorType::F64) {
        bytes.append(reinterpret_cast<const char*>(tensor.values.data()),
                     tensor.values.size() * sizeof(double));
        return;
    }
    for (const double value : tensor.values) {
        const auto narrow = static_cast<float>(value);
        bytes.append(reinterpret_cast<const char*>(&narrow), sizeof narrow);
    }
}
} // namespace

Result<void> writeSafetensors(const std::filesystem::path& file, std::span<const NamedTensor> tensors,
                              const std::map<std::string, std::string>& metadata, TensorType type) {
    nlohmann::json header = nlohmann::json::object();
    if (!metadata.empty())
        header["__metadata__"] = metadata;
    const int64_t size = type == TensorType::F32 ? 4 : 8;
    int64_t offset = 0;
    for (const NamedTensor& tensor : tensors) {
        const int64_t count = elementCount(tensor.shape);
        if (count != static_cast<int64_t>(tensor.values.size()))
            return fail(ErrorKind::Mismatch,
                        fmt::format("The tensor \"{}\" of shape {} has {} values.", tensor.name,
                                    shapeText(tensor.shape), tensor.values.size()),
                        file.string());
        header[tensor.name] = {{"dtype", type == TensorType::F32 ? "F32" : "F64"},
                               {"shape", tensor.shape},
                               {"data_offsets", {offset, offset + count * size}}};
        offset += count * size;
    }
    std::string text = jsonText(header);
    // Data begin at a multiple of 8, so that readers may map them.
    text.append((8 - text.size() % 8) % 8, ' ');
    const uint64_t headerBytes = text.size();
    std::string bytes(reinterpret_cast<const char*>(&headerBytes), sizeof headerBytes);
    bytes += text;
    bytes.reserve(bytes.size() + static_cast<size_t>(offset));
    for (const NamedTensor& tensor : tensors)
        appendBytes(tensor, type, bytes);
    return writeFileAtomically(file, bytes, Durability::Durable);
}

} // namespace diploscope
