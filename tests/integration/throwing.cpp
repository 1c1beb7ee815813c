// SPDX-License-Identifier: GPL-3.0-or-later
// Preloaded by tst_thrown_exceptions: a function of htslib that throws, as a library of C++ may that the
// program calls. It stands in a module of its own, which takes the place of htslib's.
#include <new>
#include <stdexcept>

extern "C" {

void* bgzf_open(const char*, const char*) {
    throw std::logic_error("thrown by a test");
}

void* hopen(const char*, const char*, ...) {
    throw std::bad_alloc();
}

} // extern "C"
