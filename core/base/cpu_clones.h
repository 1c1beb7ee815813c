// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// Compiles a function once for each processor generation; the fitting one is chosen when the library is
/// loaded. The rest of the program is built for the oldest, so this is for inner loops only. Only sums and
/// comparisons stand in them, or products in a file that is compiled without fusing them, so all versions
/// give the same bits. Not under sanitizers: the choice runs before they are ready.
#if defined(__clang__)
#define DS_WIDE_LOOPS // clang makes them wide at -O2
#else
#define DS_WIDE_LOOPS , optimize("O3")
#endif
#if defined(__x86_64__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define DS_CLONES __attribute__((target_clones("avx512f", "avx2", "default") DS_WIDE_LOOPS))
/// For products of 16-bit numbers that are added up: newer processors do both at once. A clone cannot name
/// several abilities, so who has them is asked for by hasDotProducts().
#define DS_DOT_PRODUCTS                                                                                      \
    __attribute__((target("avx512f,avx512bw,avx512vl,avx512vnni,prefer-vector-width=512") DS_WIDE_LOOPS))
inline bool hasDotProducts() {
    static const bool has = __builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("avx512bw") &&
                            __builtin_cpu_supports("avx512vl");
    return has;
}
#else
#define DS_CLONES
#define DS_DOT_PRODUCTS
inline bool hasDotProducts() {
    return false;
}
#endif
