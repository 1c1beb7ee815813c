// SPDX-License-Identifier: GPL-3.0-or-later
#include "weights/torch_file.h"

#include "base/input_file.h"
#include "weights/state_dict.h"

#include <fmt/format.h>
#include <zip.h>

#include <cstring>
#include <fstream>
#include <map>
#include <mutex>
#include <system_error>

namespace diploscope {

namespace fs = std::filesystem;

namespace {

constexpr uint64_t kMostPickleBytes = uint64_t{64} << 20;
/// Weights hardly compress; an archive that claims more than this many times its own size is a trap.
constexpr uint64_t kMostExpansion = 32;
constexpr uint64_t kSmallArchive = uint64_t{1} << 20; ///< may expand to kMostExpansion times this in any case

/// What the first bytes of a file that is no zip archive tell.
Failure notAnArchive(const fs::path& file) {
    std::string start(32, '\0');
    std::ifstream stream(file, std::ios::binary);
    if (!stream)
        return cannotOpen(file);
    stream.read(start.data(), static_cast<std::streamsize>(start.size()));
    start.resize(static_cast<size_t>(stream.gcount()));
    // The number 0x1950a86a20f9469cfc6c, pickled.
    if (start.find("\x8a\x0al\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19") != std::string::npos)
        return fail(ErrorKind::Unsupported, "The file was saved in the way of PyTorch before 1.6.",
                    file.string(),
                    "Load it in Python and save it again: torch.save(state_dict, \"weights.pt\").");
    return fail(ErrorKind::BadInput,
                start.empty()
                    ? std::string("The file is empty.")
                    : std::string("The file is neither safetensors nor an archive written by torch.save."),
                file.string(), "It may be cut off: fetch it again.");
}

struct Entry {
    uint64_t index = 0;
    uint64_t size = 0;
};

/// Row-major copy of a strided view.
void gather(const std::string& storage, const StoredTensor& view, size_t width, std::string& bytes) {
    std::vector<int64_t> at(view.shape.size(), 0);
    int64_t position = view.offset;
    for (size_t out = 0; out < bytes.size(); out += width) {
        std::memcpy(bytes.data() + out, storage.data() + static_cast<size_t>(position) * width, width);
        for (size_t axis = at.size(); axis-- > 0;) {
            position += view.strides[axis];
            if (++at[axis] < view.shape[axis])
                break;
            position -= at[axis] * view.strides[axis];
            at[axis] = 0;
        }
    }
}

bool isContiguous(const StoredTensor& view) {
    int64_t expected = 1;
    for (size_t axis = view.shape.size(); axis-- > 0;) {
        if (view.shape[axis] != 1 && view.strides[axis] != expected)
            return false;
        expected *= view.shape[axis];
    }
    return true;
}

} // namespace

struct TorchFile::Impl {
    fs::path path;
    std::unique_ptr<zip_t, decltype(&zip_discard)> archive{nullptr, &zip_discard};
    std::map<std::string, Entry> entries;
    std::string prefix; ///< of all entries: the archive's own name and a slash
    std::vector<TensorInfo> tensors;
    std::vector<StoredTensor> stored; ///< of the same index
    std::string place;                ///< of the state dict

    mutable std::mutex mutex;
    /// The last storage that holds more than the tensor that was read from it.
    mutable std::string lastStorage;
    mutable std::string lastName;

    Result<void> listEntries();
    Result<void> checkKind();
    Result<void> readTensors();
    Result<std::string> readEntry(const std::string& name) const;
    const StoredTensor& viewOf(const TensorInfo& tensor) const {
        return stored[static_cast<size_t>(&tensor - tensors.data())];
    }
    std::string entryOf(const StoredTensor& view) const { return prefix + "data/" + view.storage; }
};

Result<void> TorchFile::Impl::listEntries() {
    std::error_code ignored;
    const uint64_t fileBytes = fs::file_size(path, ignored);
    const zip_int64_t count = zip_get_num_entries(archive.get(), 0);
    uint64_t total = 0;
    std::string pickle;
    for (zip_int64_t i = 0; i < count; ++i) {
        zip_stat_t stat;
        if (zip_stat_index(archive.get(), static_cast<zip_uint64_t>(i), 0, &stat) != 0 ||
            (stat.valid & (ZIP_STAT_NAME | ZIP_STAT_SIZE)) != (ZIP_STAT_NAME | ZIP_STAT_SIZE))
            return fail(ErrorKind::BadInput, fmt::format("Entry {} of the archive cannot be read.", i));
        if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE)
            return fail(ErrorKind::Unsupported, "The archive is encrypted.", stat.name, "Decrypt it first.");
        const std::string name = stat.name;
        if (__builtin_add_overflow(total, stat.size, &total) ||
            total / kMostExpansion > std::max(fileBytes, kSmallArchive))
            return fail(ErrorKind::BadInput,
                        fmt::format("The archive has {} bytes and claims to hold more than {} times as many.",
                                    fileBytes, kMostExpansion),
                        name, "No weights compress like that.");
        entries[name] = {static_cast<uint64_t>(i), stat.size};
        if (name == "data.pkl" || name.ends_with("/data.pkl")) {
            if (!pickle.empty())
                return fail(ErrorKind::BadInput,
                            fmt::format("The archive holds both {} and {}.", pickle, name));
            pickle = name;
        }
    }
    if (pickle.empty())
        return fail(ErrorKind::BadInput, "The archive holds no data.pkl, so torch.save did not write it.");
    prefix = pickle.substr(0, pickle.size() - std::strlen("data.pkl"));
    return {};
}

Result<void> TorchFile::Impl::checkKind() {
    if (entries.contains(prefix + "constants.pkl"))
        return fail(ErrorKind::Unsupported, "This is a TorchScript module, not a state dict.", {},
                    "Give it a model.json of kind torchscript, or save model.state_dict() with torch.save.");
    if (entries.contains(prefix + "byteorder")) {
        DS_ASSIGN(const std::string order, readEntry(prefix + "byteorder"));
        if (order != "little")
            return fail(
                ErrorKind::Unsupported,
                fmt::format("The values are stored {}-endian, not little-endian.", order.substr(0, 20)),
                prefix + "byteorder", "Save the weights on a little-endian machine, or as safetensors.");
    }
    return {};
}

Result<void> TorchFile::Impl::readTensors() {
    if (entries.at(prefix + "data.pkl").size > kMostPickleBytes)
        return fail(ErrorKind::BadInput,
                    fmt::format("Its data.pkl is larger than {} bytes.", kMostPickleBytes));
    DS_ASSIGN(const std::string pickle, readEntry(prefix + "data.pkl"));
    DS_ASSIGN(StateDict read, readStateDict(pickle));
    stored = std::move(read.tensors);
    place = std::move(read.place);
    for (const StoredTensor& view : stored) {
        const int64_t width = bytesOfType(view.dtype);
        const auto entry = entries.find(entryOf(view));
        const std::string where = fmt::format("tensor \"{}\"", view.name);
        if (entry == entries.end())
            return fail(ErrorKind::BadInput,
                        fmt::format("Its values ({}) are not in the archive.", entryOf(view)), where);
        if (static_cast<uint64_t>(view.storageCount) > entry->second.size / static_cast<uint64_t>(width))
            return fail(ErrorKind::BadInput,
                        fmt::format("Its storage {} has {} bytes, too few for {} values of {}.",
                                    entryOf(view), entry->second.size, view.storageCount, view.dtype),
                        where);
        tensors.push_back({view.name, view.dtype, view.shape, 0, elementCount(view.shape) * width});
    }
    return {};
}

Result<std::string> TorchFile::Impl::readEntry(const std::string& name) const {
    const Entry& entry = entries.at(name);
    const std::unique_ptr<zip_file_t, decltype(&zip_fclose)> file(
        zip_fopen_index(archive.get(), entry.index, 0), &zip_fclose);
    if (!file)
        return fail(ErrorKind::BadInput,
                    fmt::format("The entry cannot be read: {}.", zip_strerror(archive.get())), name,
                    "The file is damaged: fetch it again.");
    std::string bytes(entry.size, '\0');
    uint64_t done = 0;
    zip_int64_t got = 1;
    while (done < entry.size && (got = zip_fread(file.get(), bytes.data() + done, entry.size - done)) > 0)
        done += static_cast<uint64_t>(got);
    char beyond = 0; // the checksum is compared at the entry's end
    if (done != entry.size || zip_fread(file.get(), &beyond, 1) != 0)
        return fail(ErrorKind::BadInput,
                    fmt::format("The entry is damaged: {}.", zip_file_strerror(file.get())), name,
                    "Fetch the file again.");
    return bytes;
}

TorchFile::TorchFile(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
TorchFile::TorchFile(TorchFile&&) noexcept = default;
TorchFile& TorchFile::operator=(TorchFile&&) noexcept = default;
TorchFile::~TorchFile() = default;

Result<TorchFile> TorchFile::open(const fs::path& file) {
    std::error_code error;
    if (!fs::is_regular_file(file, error))
        return fail(ErrorKind::NotFound, "There is no such file.", file.string(), "Check the path.");
    auto impl = std::make_unique<Impl>();
    impl->path = file;
    int code = 0;
    impl->archive.reset(zip_open(file.c_str(), ZIP_RDONLY, &code));
    if (!impl->archive)
        return notAnArchive(file);
    TorchFile opened(std::move(impl));
    const auto read = [](Impl& parts) -> Result<void> {
        DS_TRY(parts.listEntries());
        DS_TRY(parts.checkKind());
        return parts.readTensors();
    };
    if (Result<void> done = read(*opened.m_impl); !done)
        return opened.located(std::move(done).error());
    return opened;
}

const fs::path& TorchFile::path() const {
    return m_impl->path;
}

const std::vector<TensorInfo>& TorchFile::tensors() const {
    return m_impl->tensors;
}

Result<std::string> TorchFile::readBytes(const TensorInfo& tensor) const {
    const StoredTensor& view = m_impl->viewOf(tensor);
    const auto width = static_cast<size_t>(bytesOfType(view.dtype));
    const std::string entry = m_impl->entryOf(view);
    if (tensor.byteCount == 0)
        return std::string();
    const std::lock_guard lock(m_impl->mutex);
    const bool kept = m_impl->lastName == entry;
    std::string storage;
    if (!kept) {
        Result<std::string> read = m_impl->readEntry(entry);
        if (!read)
            return located(std::move(read).error());
        storage = *std::move(read);
        if (isContiguous(view) && storage.size() == static_cast<size_t>(tensor.byteCount))
            return storage;
    }
    const std::string& from = kept ? m_impl->lastStorage : storage;
    std::string bytes(static_cast<size_t>(tensor.byteCount), '\0');
    if (isContiguous(view))
        std::memcpy(bytes.data(), from.data() + static_cast<size_t>(view.offset) * width, bytes.size());
    else
        gather(from, view, width, bytes);
    if (!kept) {
        m_impl->lastStorage = std::move(storage);
        m_impl->lastName = entry;
    }
    return bytes;
}

const std::string& TorchFile::place() const {
    return m_impl->place;
}

bool TorchFile::isSame(const TensorInfo& a, const TensorInfo& b) const {
    const StoredTensor& one = m_impl->viewOf(a);
    const StoredTensor& other = m_impl->viewOf(b);
    return one.storage == other.storage && one.dtype == other.dtype && one.offset == other.offset &&
           one.shape == other.shape && one.strides == other.strides;
}

} // namespace diploscope
