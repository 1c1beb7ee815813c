// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/memory_file.h"

#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include <utility>

namespace diploscope {

Result<MemoryFile> MemoryFile::of(std::string_view bytes) {
    MemoryFile file(memfd_create("diploscope", MFD_CLOEXEC));
    while (file.m_descriptor >= 0 && !bytes.empty()) {
        const ssize_t written = write(file.m_descriptor, bytes.data(), bytes.size());
        if (written <= 0)
            break;
        bytes.remove_prefix(static_cast<size_t>(written));
    }
    if (file.m_descriptor < 0 || !bytes.empty())
        return fail(ErrorKind::Io, "The system gives no memory to keep a file in.", {},
                    "Close other programs.");
    return file;
}

MemoryFile::MemoryFile(MemoryFile&& other) noexcept : m_descriptor(std::exchange(other.m_descriptor, -1)) {}

MemoryFile::~MemoryFile() {
    if (m_descriptor >= 0)
        close(m_descriptor);
}

std::filesystem::path MemoryFile::path() const {
    return fmt::format("/proc/self/fd/{}", m_descriptor);
}

} // namespace diploscope
