// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/torch/module/one_hot.h"

#include <torch/torch.h>

#include <array>

namespace diploscope {

namespace {
/// Row of a base, 4 for those that have none.
constexpr std::array<int8_t, 256> rowsOfBases() {
    std::array<int8_t, 256> rows{};
    rows.fill(4);
    rows['A'] = rows['a'] = 0;
    rows['C'] = rows['c'] = 1;
    rows['G'] = rows['g'] = 2;
    rows['T'] = rows['t'] = 3;
    return rows;
}
constexpr std::array<int8_t, 256> kRowOfBase = rowsOfBases();
} // namespace

torch::Tensor oneHotNCL(std::span<const std::string> inputs, torch::Device device, torch::ScalarType type) {
    const auto count = static_cast<int64_t>(inputs.size());
    const auto length = inputs.empty() ? int64_t{0} : static_cast<int64_t>(inputs.front().size());
    // Bytes are filled on the host and widened on the device: a quarter of the traffic of floats.
    torch::Tensor bytes_NCL = torch::zeros({count, 4, length}, torch::kUInt8);
    auto* bytes = bytes_NCL.data_ptr<uint8_t>();
    for (int64_t n = 0; n < count; ++n) {
        const std::string& bases = inputs[static_cast<size_t>(n)];
        for (int64_t i = 0; i < length; ++i) {
            const int row = kRowOfBase[static_cast<uint8_t>(bases[static_cast<size_t>(i)])];
            if (row < 4)
                bytes[(n * 4 + row) * length + i] = 1;
        }
    }
    return bytes_NCL.to(device).to(type);
}

} // namespace diploscope
