// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/targets.h"

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

/// libFuzzer's program for all targets: `diploscope_fuzz --target=vcf FOLDER_OF_SEEDS`.

namespace {
const diploscope::fuzz::Target* chosen = nullptr;
}

extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv) {
    // libFuzzer passes over what begins with two dashes.
    constexpr std::string_view Option = "--target=", Seeds = "--write-databases=";
    for (int i = 1; i < *argc; ++i)
        if (const std::string_view argument = (*argv)[i]; argument.starts_with(Seeds)) {
            diploscope::fuzz::writeDatabases(argument.substr(Seeds.size()));
            std::exit(0);
        } else if (argument.starts_with(Option))
            for (const auto& target : diploscope::fuzz::Targets)
                if (argument.substr(Option.size()) == target.name)
                    chosen = &target;
    if (chosen == nullptr) {
        std::fputs("Give --target= one of:", stderr);
        for (const auto& target : diploscope::fuzz::Targets)
            std::fprintf(stderr, " %s", target.name);
        std::fputs("\n", stderr);
        std::exit(2);
    }
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    chosen->run({reinterpret_cast<const char*>(data), size});
    return 0;
}
