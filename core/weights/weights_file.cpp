// SPDX-License-Identifier: GPL-3.0-or-later
#include "weights/weights_file.h"

#include "base/input_file.h"
#include "weights/safetensors.h"
#include "weights/sharded_weights.h"
#include "weights/torch_file.h"

#include <Eigen/Core>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <fstream>
#include <map>
#include <string_view>

namespace diploscope {

namespace {

/// Values of one type as doubles, which hold each of them exactly.
template <class Stored>
void convert(std::string_view bytes, double* values) {
    Stored stored;
    for (size_t at = 0; at + sizeof(Stored) <= bytes.size(); at += sizeof(Stored)) {
        std::memcpy(&stored, bytes.data() + at, sizeof(Stored)); // a file aligns nothing
        *values++ = static_cast<double>(static_cast<float>(stored));
    }
}

template <>
void convert<double>(std::string_view bytes, double* values) {
    if (!bytes.empty())
        std::memcpy(values, bytes.data(), bytes.size());
}

/// Of a floating-point type: infinities and NaN have every bit of the exponent set.
template <class Bits>
bool allFinite(std::string_view bytes, Bits exponent) {
    Bits bits;
    for (size_t at = 0; at + sizeof bits <= bytes.size(); at += sizeof bits) {
        std::memcpy(&bits, bytes.data() + at, sizeof bits);
        if ((bits & exponent) == exponent)
            return false;
    }
    return true;
}

} // namespace

int64_t bytesOfType(const std::string& dtype) {
    static const std::map<std::string, int64_t> sizes{
        {"F64", 8}, {"F32", 4}, {"F16", 2}, {"BF16", 2}, {"I64", 8}, {"U64", 8}, {"I32", 4},
        {"U32", 4}, {"I16", 2}, {"U16", 2}, {"I8", 1},   {"U8", 1},  {"BOOL", 1}};
    const auto found = sizes.find(dtype);
    return found == sizes.end() ? 0 : found->second;
}

const TensorInfo* WeightsFile::find(const std::string& name) const {
    const std::vector<TensorInfo>& all = tensors();
    const auto found =
        std::lower_bound(all.begin(), all.end(), name,
                         [](const TensorInfo& tensor, const std::string& key) { return tensor.name < key; });
    return found != all.end() && found->name == name ? &*found : nullptr;
}

Result<NamedTensor> WeightsFile::read(const std::string& name) const {
    const TensorInfo* info = find(name);
    const std::string where = fmt::format("tensor \"{}\"", name);
    if (info == nullptr)
        return located({ErrorKind::NotFound, "There is no such tensor.", where, {}});
    const auto convertTo = info->dtype == "F32"    ? convert<float>
                           : info->dtype == "F64"  ? convert<double>
                           : info->dtype == "F16"  ? convert<Eigen::half>
                           : info->dtype == "BF16" ? convert<Eigen::bfloat16>
                                                   : nullptr;
    if (convertTo == nullptr)
        return located({ErrorKind::Unsupported,
                        fmt::format("Its type {} is none of F64, F32, F16, BF16.", info->dtype), where,
                        "Save the weights as float32."});
    NamedTensor tensor{name, info->shape, {}};
    tensor.values.resize(static_cast<size_t>(elementCount(info->shape)));
    const auto width = static_cast<size_t>(bytesOfType(info->dtype));
    size_t done = 0;
    DS_TRY(readPieces(*info, [&](std::string_view bytes) -> Result<void> {
        const size_t end = done + bytes.size() / width;
        convertTo(bytes, tensor.values.data() + done);
        for (; done < end; ++done)
            if (!std::isfinite(tensor.values[done]))
                return located({ErrorKind::BadInput,
                                fmt::format("Its value number {} is {}, not a finite number.", done,
                                            tensor.values[done]),
                                where, "The training that made it has probably diverged."});
        return {};
    }));
    return tensor;
}

Result<void> WeightsFile::checkValues(const TensorInfo& tensor) const {
    const bool isFloat =
        tensor.dtype == "F64" || tensor.dtype == "F32" || tensor.dtype == "F16" || tensor.dtype == "BF16";
    if (isFloat) {
        bool finite = true;
        DS_TRY(readPieces(tensor, [&](std::string_view bytes) -> Result<void> {
            finite = finite && (tensor.dtype == "F64"   ? allFinite<uint64_t>(bytes, 0x7FF0'0000'0000'0000)
                                : tensor.dtype == "F32" ? allFinite<uint32_t>(bytes, 0x7F80'0000)
                                : tensor.dtype == "F16" ? allFinite<uint16_t>(bytes, 0x7C00)
                                                        : allFinite<uint16_t>(bytes, 0x7F80));
            return {};
        }));
        if (finite)
            return {};
    }
    DS_TRY(read(tensor.name)); // says which value, or which type
    return {};
}

Failure WeightsFile::located(Error error) const {
    error.where = error.where.empty() ? path().string() : fmt::format("{}, {}", path().string(), error.where);
    return fail(std::move(error));
}

Result<void> WeightsFile::readPieces(const TensorInfo& tensor, const TakeBytes& take) const {
    DS_ASSIGN(const std::string bytes, readBytes(tensor));
    return take(bytes);
}

const std::string& WeightsFile::place() const {
    static const std::string whole;
    return whole;
}

Result<void> refusePointer(const std::filesystem::path& file) {
    constexpr std::string_view kPointer = "version https://git-lfs.github.com/spec/";
    std::string start(256, '\0');
    std::ifstream stream(file, std::ios::binary);
    stream.read(start.data(), static_cast<std::streamsize>(start.size()));
    start.resize(static_cast<size_t>(stream.gcount()));
    if (!start.starts_with(kPointer))
        return {};
    std::string size;
    if (const size_t at = start.find("\nsize "); at != std::string::npos)
        size = start.substr(at + 6, start.find('\n', at + 6) - at - 6);
    return fail(ErrorKind::BadInput,
                fmt::format("This is Git LFS's pointer to the weights{}, not the weights.",
                            size.empty() ? "" : " of " + size + " bytes"),
                file.string(), "Fetch them with `git lfs pull`, or download the file itself.");
}

Result<std::shared_ptr<const WeightsFile>> openWeights(const std::filesystem::path& file) {
    std::error_code ignored;
    if (std::filesystem::exists(file, ignored)) // what is not there, its reader tells
        DS_TRY(checkRegularFile(file));
    DS_TRY(refusePointer(file));
    if (isShardIndex(file))
        return openShards(file);
    // A safetensors header is JSON from byte 8 on; everything else is left to the reader that knows PyTorch's
    // formats by their first bytes.
    char start[9] = {};
    std::ifstream(file, std::ios::binary).read(start, sizeof start);
    const bool isTorch = std::string_view(start, 2) == "PK" || start[0] == '\x80';
    if (start[8] == '{' || (file.extension() == ".safetensors" && !isTorch)) {
        DS_ASSIGN(SafetensorsFile opened, SafetensorsFile::open(file));
        return std::shared_ptr<const WeightsFile>(std::make_shared<const SafetensorsFile>(std::move(opened)));
    }
    DS_ASSIGN(TorchFile opened, TorchFile::open(file));
    return std::shared_ptr<const WeightsFile>(std::make_shared<const TorchFile>(std::move(opened)));
}

} // namespace diploscope
