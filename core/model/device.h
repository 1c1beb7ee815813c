// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace diploscope {

/// One place where a network computes.
struct Device {
    enum class Kind { Cpu, Cuda };
    Kind kind = Kind::Cpu;
    int index = 0; ///< which graphics card; 0 for the processor

    /// "cpu", "cuda:1".
    [[nodiscard]] std::string text() const;
    friend bool operator==(const Device&, const Device&) = default;
};

/// Devices that share the sequences of a locus between them. Never empty.
using DeviceList = std::vector<Device>;

/// "cpu", "cuda" (the first card), "cuda:1", or several: "cuda:0,cuda:1". \error BadInput for anything else,
/// and for a device named twice.
[[nodiscard]] Result<DeviceList> parseDevices(std::string_view text);

/// "cpu"; "cuda:0,cuda:1".
[[nodiscard]] std::string textOf(const DeviceList& devices);

} // namespace diploscope
