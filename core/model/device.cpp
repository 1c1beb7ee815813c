// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/device.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace diploscope {

namespace {

Result<Device> parseDevice(std::string_view word) {
    if (word == "cpu")
        return Device{};
    constexpr std::string_view cuda = "cuda";
    if (word == cuda)
        return Device{Device::Kind::Cuda, 0};
    if (word.starts_with("cuda:")) {
        const std::string_view digits = word.substr(cuda.size() + 1);
        int index = -1;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), index);
        if (error == std::errc() && end == digits.data() + digits.size() && index >= 0)
            return Device{Device::Kind::Cuda, index};
    }
    return fail(ErrorKind::BadInput, fmt::format("\"{}\" is no device.", word), {},
                "Give cpu, cuda, or cards by number: cuda:0,cuda:1.");
}

} // namespace

std::string Device::text() const {
    return kind == Kind::Cpu ? std::string("cpu") : fmt::format("cuda:{}", index);
}

Result<DeviceList> parseDevices(std::string_view text) {
    DeviceList devices;
    for (size_t begin = 0; begin <= text.size();) {
        const size_t end = std::min(text.find(',', begin), text.size());
        DS_ASSIGN(const Device device, parseDevice(text.substr(begin, end - begin)));
        if (std::find(devices.begin(), devices.end(), device) != devices.end())
            return fail(ErrorKind::BadInput, fmt::format("The device {} is named twice.", device.text()));
        devices.push_back(device);
        begin = end + 1;
    }
    return devices;
}

std::string textOf(const DeviceList& devices) {
    std::string text;
    for (const Device& device : devices)
        text += (text.empty() ? "" : ",") + device.text();
    return text;
}

} // namespace diploscope
