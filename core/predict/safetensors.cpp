// SPDX-License-Identifier: GPL-3.0-or-later
#include "predict/safetensors.h"

#include "predict/json_fields.h"

#include <Eigen/Core>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <fstream>
#include <mutex>
#include <set>
#include <system_error>

namespace diploscope {

namespace fs = std::filesystem;
using nlohmann::json;

static_assert(std::endian::native == std::endian::little, "safetensors data are little-endian");

namespace {

/// The format's own limit.
constexpr int64_t kMostHeaderBytes = 100'000'000;

int64_t bytesOfType(const std::string& dtype) {
    static const std::map<std::string, int64_t> sizes{
        {"F64", 8}, {"F32", 4}, {"F16", 2}, {"BF16", 2}, {"I64", 8}, {"U64", 8}, {"I32", 4},
        {"U32", 4}, {"I16", 2}, {"U16", 2}, {"I8", 1},   {"U8", 1},  {"BOOL", 1}};
    const auto found = sizes.find(dtype);
    return found == sizes.end() ? 0 : found->second;
}

template <class Stored>
void convert(const std::string& bytes, std::vector<double>& values) {
    Stored stored;
    for (size_t i = 0; i < values.size(); ++i) {
        std::memcpy(&stored, bytes.data() + i * sizeof(Stored), sizeof(Stored));
        values[i] = static_cast<double>(static_cast<float>(stored));
    }
}

template <>
void convert<double>(const std::string& bytes, std::vector<double>& values) {
    std::memcpy(values.data(), bytes.data(), bytes.size());
}

/// A list of whole numbers >= 0 that int64 holds; empty optional otherwise.
bool wholeNumbers(const json& value, std::vector<int64_t>& numbers) {
    if (!value.is_array())
        return false;
    for (const json& item : value) {
        if (!item.is_number_unsigned() || item.get<uint64_t>() > uint64_t{1} << 62)
            return false;
        numbers.push_back(item.get<int64_t>());
    }
    return true;
}

/// One header entry. `dataBytes` is the length of the data part.
Result<TensorInfo> parseEntry(const std::string& name, const json& entry, int64_t dataBytes) {
    const std::string where = fmt::format("tensor \"{}\"", name);
    DS_ASSIGN(const JsonFields fields, JsonFields::open(entry, where, {"dtype", "shape", "data_offsets"}));
    TensorInfo tensor;
    tensor.name = name;
    DS_ASSIGN(tensor.dtype, fields.text("dtype"));
    const int64_t size = bytesOfType(tensor.dtype);
    if (size == 0)
        return fail(ErrorKind::BadInput, fmt::format("Unknown type \"{}\".", tensor.dtype), where);
    if (!fields.has("shape") || !wholeNumbers(fields.at("shape"), tensor.shape))
        return fail(ErrorKind::BadInput, "Its shape is no list of whole numbers.", where);
    int64_t expected = size;
    for (const int64_t extent : tensor.shape)
        if (__builtin_mul_overflow(expected, extent, &expected))
            return fail(ErrorKind::BadInput,
                        fmt::format("Its shape {} is beyond any file.", shapeText(tensor.shape)), where);
    std::vector<int64_t> offsets;
    if (!fields.has("data_offsets") || !wholeNumbers(fields.at("data_offsets"), offsets) ||
        offsets.size() != 2)
        return fail(ErrorKind::BadInput, "Its data_offsets are no pair of whole numbers.", where);
    if (offsets[0] > offsets[1] || offsets[1] > dataBytes)
        return fail(ErrorKind::BadInput,
                    fmt::format("Its data_offsets {} do not lie within the file's {} bytes of data.",
                                shapeText(offsets), dataBytes),
                    where, "The file is probably cut off: fetch it again.");
    tensor.offset = offsets[0];
    tensor.byteCount = offsets[1] - offsets[0];
    if (tensor.byteCount != expected)
        return fail(ErrorKind::BadInput,
                    fmt::format("It has {} bytes, but {} of shape {} need {}.", tensor.byteCount,
                                tensor.dtype, shapeText(tensor.shape), expected),
                    where);
    return tensor;
}

/// Parses the header, refusing a key that stands there twice: which one would count is nowhere said.
Result<json> parseHeader(const std::string& text) {
    std::set<std::string> seen;
    std::string duplicate;
    const json::parser_callback_t watch = [&](int depth, json::parse_event_t event, json& value) {
        if (depth == 1 && event == json::parse_event_t::key && !seen.insert(value.get<std::string>()).second)
            duplicate = value.get<std::string>();
        return true;
    };
    json header;
    try {
        header = json::parse(text, watch);
    } catch (const json::exception& error) {
        return fail(ErrorKind::BadInput, fmt::format("Its header is not valid JSON: {}.", error.what()));
    }
    if (!header.is_object())
        return fail(ErrorKind::BadInput, fmt::format("Its header is no JSON object: {}.", shortJson(header)));
    if (!duplicate.empty())
        return fail(ErrorKind::BadInput, fmt::format("The tensor \"{}\" is listed twice.", duplicate));
    return header;
}

/// The data part is filled by the tensors, each byte by one.
Result<void> checkCoverage(std::vector<TensorInfo> tensors, int64_t dataBytes) {
    std::sort(tensors.begin(), tensors.end(), [](const TensorInfo& a, const TensorInfo& b) {
        return std::pair(a.offset, a.byteCount) < std::pair(b.offset, b.byteCount);
    });
    int64_t end = 0;
    for (const TensorInfo& tensor : tensors) {
        if (tensor.offset != end)
            return fail(ErrorKind::BadInput,
                        fmt::format("Its data begin at byte {}, but the tensor before it ends at {}.",
                                    tensor.offset, end),
                        fmt::format("tensor \"{}\"", tensor.name));
        end += tensor.byteCount;
    }
    if (end != dataBytes)
        return fail(
            ErrorKind::BadInput,
            fmt::format("The tensors end at byte {}, but the file has {} bytes of data.", end, dataBytes));
    return {};
}

} // namespace

struct SafetensorsFile::Impl {
    fs::path path;
    std::vector<TensorInfo> tensors;
    std::map<std::string, std::string> metadata;
    std::mutex mutex;
    std::ifstream stream;

    Result<void> readHeader();
    Failure located(Error error) const {
        error.where = error.where.empty() ? path.string() : fmt::format("{}, {}", path.string(), error.where);
        return fail(std::move(error));
    }
};

Result<void> SafetensorsFile::Impl::readHeader() {
    stream.seekg(0, std::ios::end);
    const auto fileBytes = static_cast<int64_t>(stream.tellg());
    stream.seekg(0);
    uint64_t headerBytes = 0;
    if (fileBytes < 8 || !stream.read(reinterpret_cast<char*>(&headerBytes), 8))
        return fail(ErrorKind::BadInput,
                    fmt::format("A safetensors file has at least 8 bytes, this has {}.", fileBytes));
    if (headerBytes > static_cast<uint64_t>(std::min(fileBytes - 8, kMostHeaderBytes)))
        return fail(
            ErrorKind::BadInput,
            fmt::format("It says that its header has {} bytes, but the file has {}.", headerBytes, fileBytes),
            {}, "The file is cut off or no safetensors file.");
    std::string text(headerBytes, '\0');
    if (!stream.read(text.data(), static_cast<std::streamsize>(text.size())))
        return fail(ErrorKind::Io, "Its header cannot be read.");
    DS_ASSIGN(const json header, parseHeader(text));
    const int64_t dataBytes = fileBytes - 8 - static_cast<int64_t>(headerBytes);
    for (const auto& [name, entry] : header.items()) {
        if (name == "__metadata__") {
            if (!entry.is_object())
                return fail(ErrorKind::BadInput, "Its __metadata__ is no object.");
            for (const auto& [key, value] : entry.items())
                if (value.is_string())
                    metadata.emplace(key, value.get<std::string>());
            continue;
        }
        DS_ASSIGN(TensorInfo tensor, parseEntry(name, entry, dataBytes));
        tensors.push_back(std::move(tensor));
    }
    DS_TRY(checkCoverage(tensors, dataBytes));
    for (TensorInfo& tensor : tensors)
        tensor.offset += 8 + static_cast<int64_t>(headerBytes);
    return {};
}

SafetensorsFile::SafetensorsFile(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
SafetensorsFile::SafetensorsFile(SafetensorsFile&&) noexcept = default;
SafetensorsFile& SafetensorsFile::operator=(SafetensorsFile&&) noexcept = default;
SafetensorsFile::~SafetensorsFile() = default;

Result<SafetensorsFile> SafetensorsFile::open(const fs::path& file) {
    auto impl = std::make_unique<Impl>();
    impl->path = file;
    std::error_code error;
    if (!fs::is_regular_file(file, error))
        return fail(ErrorKind::NotFound, "There is no such file.", file.string());
    impl->stream.open(file, std::ios::binary);
    if (!impl->stream)
        return fail(ErrorKind::Io, "The file cannot be opened for reading.", file.string(),
                    "Check that you may read it.");
    if (Result<void> read = impl->readHeader(); !read)
        return impl->located(read.error());
    return SafetensorsFile(std::move(impl));
}

const fs::path& SafetensorsFile::path() const {
    return m_impl->path;
}

const std::vector<TensorInfo>& SafetensorsFile::tensors() const {
    return m_impl->tensors;
}

const std::map<std::string, std::string>& SafetensorsFile::metadata() const {
    return m_impl->metadata;
}

const TensorInfo* SafetensorsFile::find(const std::string& name) const {
    // nlohmann's objects are sorted by key, so the list is.
    const auto found =
        std::lower_bound(m_impl->tensors.begin(), m_impl->tensors.end(), name,
                         [](const TensorInfo& tensor, const std::string& key) { return tensor.name < key; });
    return found != m_impl->tensors.end() && found->name == name ? &*found : nullptr;
}

Result<std::string> SafetensorsFile::readBytes(const TensorInfo& tensor) const {
    std::string bytes(static_cast<size_t>(tensor.byteCount), '\0');
    const std::lock_guard lock(m_impl->mutex);
    m_impl->stream.clear();
    m_impl->stream.seekg(tensor.offset);
    if (!m_impl->stream.read(bytes.data(), tensor.byteCount))
        return m_impl->located({ErrorKind::Io, "Its values cannot be read.",
                                fmt::format("tensor \"{}\"", tensor.name),
                                "Was the file changed while it was open?"});
    return bytes;
}

Result<NamedTensor> SafetensorsFile::read(const std::string& name) const {
    const TensorInfo* info = find(name);
    const std::string where = fmt::format("tensor \"{}\"", name);
    if (info == nullptr)
        return m_impl->located({ErrorKind::NotFound, "There is no such tensor.", where, {}});
    NamedTensor tensor{name, info->shape, {}};
    if (info->dtype != "F32" && info->dtype != "F64" && info->dtype != "F16" && info->dtype != "BF16")
        return m_impl->located({ErrorKind::Unsupported,
                                fmt::format("Its type {} is none of F64, F32, F16, BF16.", info->dtype),
                                where, "Save the weights as float32."});
    DS_ASSIGN(const std::string bytes, readBytes(*info));
    tensor.values.resize(static_cast<size_t>(elementCount(info->shape)));
    if (info->dtype == "F32")
        convert<float>(bytes, tensor.values);
    else if (info->dtype == "F64")
        convert<double>(bytes, tensor.values);
    else if (info->dtype == "F16")
        convert<Eigen::half>(bytes, tensor.values);
    else
        convert<Eigen::bfloat16>(bytes, tensor.values);
    for (size_t i = 0; i < tensor.values.size(); ++i)
        if (!std::isfinite(tensor.values[i]))
            return m_impl->located(
                {ErrorKind::BadInput,
                 fmt::format("Its value number {} is {}, not a finite number.", i, tensor.values[i]), where,
                 "The training that made it has probably diverged."});
    return tensor;
}

} // namespace diploscope
