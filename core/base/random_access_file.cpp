// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/random_access_file.h"

#include "base/input_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace diploscope {

Result<RandomAccessFile> RandomAccessFile::open(const std::filesystem::path& file) {
    // Not blocking, should it have become a pipe: a file does not mind.
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0)
        return cannotOpen(file);
    struct stat about {};
    const int failed = fstat(descriptor, &about) == 0 ? 0 : errno;
    RandomAccessFile opened(descriptor, static_cast<int64_t>(about.st_size));
    if (failed != 0)
        return cannotOpen(file, failed);
    if (!S_ISREG(about.st_mode))
        return fail(ErrorKind::BadInput, "This is no regular file.", file.string(), "Name a file.");
    return opened;
}

RandomAccessFile::~RandomAccessFile() {
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

bool RandomAccessFile::read(int64_t offset, std::span<char> bytes) const {
    while (!bytes.empty()) {
        const ssize_t got = pread(m_descriptor, bytes.data(), bytes.size(), static_cast<off_t>(offset));
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        offset += got;
        bytes = bytes.subspan(static_cast<size_t>(got));
    }
    return true;
}

} // namespace diploscope
