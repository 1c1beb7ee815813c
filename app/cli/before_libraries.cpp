// SPDX-License-Identifier: GPL-3.0-or-later
// Newer versions of OpenBLAS (seen: 0.3.29) take buffers while they are loaded, and ask for them for ever
// where `ulimit -v` leaves no room: before main(), so that fitMemoryLimit() is never reached. This runs
// before libraries begin; nothing of them may be used here.
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <cstdint>
#include <string_view>

namespace diploscope::cli {
namespace {

/// What OpenBLAS takes while it is loaded, seen to be two of its buffers, and 64 MiB for the work itself.
constexpr int64_t leastFree = int64_t{320} << 20;

/// Bytes; 0: unknown.
int64_t usedAddressSpace() {
    std::array<char, 64> text{};
    const int file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return 0;
    const ssize_t size = read(file, text.data(), text.size());
    close(file);
    int64_t pages = 0;
    if (size > 0)
        std::from_chars(text.data(), text.data() + size, pages);
    return pages * sysconf(_SC_PAGESIZE);
}

void tell(std::string_view text) {
    (void)!write(STDERR_FILENO, text.data(), text.size());
}

void tellMegabytes(int64_t bytes) {
    std::array<char, 24> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), bytes / 1'000'000).ptr;
    tell({text.data(), static_cast<size_t>(end - text.data())});
}

void refuseTooLittleMemory(int /*argc*/, char** /*argv*/, char** /*environment*/) {
    rlimit limit{};
    if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
        return;
    const int64_t used = usedAddressSpace();
    if (used == 0 || used + leastFree <= static_cast<int64_t>(limit.rlim_cur))
        return;
    tell("diploscope: Memory is limited to ");
    tellMegabytes(static_cast<int64_t>(limit.rlim_cur));
    tell(" MB here, and the program needs at least ");
    tellMegabytes(used + leastFree + 1'000'000);
    tell(
        " MB.\n        in  ulimit -v\n        do  Raise the limit, or lift it with `ulimit -v unlimited`.\n");
    _exit(1);
}

[[gnu::section(".preinit_array"), gnu::used]] void (*const first)(int, char**,
                                                                  char**) = refuseTooLittleMemory;

} // namespace
} // namespace diploscope::cli
