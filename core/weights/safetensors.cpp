// SPDX-License-Identifier: GPL-3.0-or-later
#include "weights/safetensors.h"

#include "base/json_fields.h"
#include "base/json_text.h"
#include "base/random_access_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <optional>
#include <system_error>

namespace diploscope {

namespace fs = std::filesystem;
using nlohmann::json;

static_assert(std::endian::native == std::endian::little, "safetensors data are little-endian");

namespace {

/// The format's own limit.
constexpr int64_t kMostHeaderBytes = 100'000'000;
/// Of readPieces(): whole values of every type.
constexpr int64_t kPieceBytes = int64_t{1} << 20;

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

Result<json> parseHeader(const std::string& text) {
    JsonLimits limits;
    limits.bytes = static_cast<size_t>(kMostHeaderBytes);
    DS_ASSIGN(json header, parseJson(text, "header", limits));
    if (!header.is_object())
        return fail(ErrorKind::BadInput, fmt::format("Its header is no JSON object: {}.", shortJson(header)));
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
    std::optional<RandomAccessFile> file;

    Result<void> readHeader();
};

Result<void> SafetensorsFile::Impl::readHeader() {
    const int64_t fileBytes = file->size();
    uint64_t headerBytes = 0;
    if (fileBytes < 8 || !file->read(0, {reinterpret_cast<char*>(&headerBytes), 8}))
        return fail(ErrorKind::BadInput,
                    fmt::format("A safetensors file has at least 8 bytes, this has {}.", fileBytes));
    if (headerBytes > static_cast<uint64_t>(std::min(fileBytes - 8, kMostHeaderBytes)))
        return fail(
            ErrorKind::BadInput,
            fmt::format("It says that its header has {} bytes, but the file has {}.", headerBytes, fileBytes),
            {}, "The file is cut off or no safetensors file.");
    std::string text(headerBytes, '\0');
    if (!file->read(8, text))
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
    // nlohmann's objects are sorted by key, so `tensors` is.
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
        return fail(ErrorKind::NotFound, "There is no such file.", file.string(), "Check the path.");
    DS_ASSIGN(impl->file, RandomAccessFile::open(file));
    SafetensorsFile opened(std::move(impl));
    if (Result<void> read = opened.m_impl->readHeader(); !read)
        return opened.located(std::move(read).error());
    return opened;
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

Failure SafetensorsFile::cannotRead(const TensorInfo& tensor) const {
    return located({ErrorKind::Io, "Its values cannot be read.", fmt::format("tensor \"{}\"", tensor.name),
                    "Was the file changed while it was open?"});
}

Result<std::string> SafetensorsFile::readBytes(const TensorInfo& tensor) const {
    std::string bytes(static_cast<size_t>(tensor.byteCount), '\0');
    if (!m_impl->file->read(tensor.offset, bytes))
        return cannotRead(tensor);
    return bytes;
}

Result<void> SafetensorsFile::readPieces(const TensorInfo& tensor, const TakeBytes& take) const {
    std::string piece;
    for (int64_t done = 0; done < tensor.byteCount; done += static_cast<int64_t>(piece.size())) {
        piece.resize(static_cast<size_t>(std::min(kPieceBytes, tensor.byteCount - done)));
        if (!m_impl->file->read(tensor.offset + done, piece))
            return cannotRead(tensor);
        DS_TRY(take(piece));
    }
    return {};
}

} // namespace diploscope
