// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/processor.h"

#include "base/parallel.h"
#include "base/words.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>
#include <utility>

namespace diploscope {

namespace {

/// Calls `take(key, value)` for each line "key : value".
template <class Take>
void forEachField(const std::string& text, Take&& take) {
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);)
        if (const size_t colon = line.find(':'); colon != std::string::npos)
            take(std::string(trimmed(std::string_view(line).substr(0, colon))),
                 std::string(trimmed(std::string_view(line).substr(colon + 1))));
}

std::string textOfFile(const char* name) {
    std::ostringstream text;
    text << std::ifstream(name).rdbuf();
    return text.str();
}

} // namespace

Processor processorOf(const std::string& cpuinfo, const std::string& meminfo, int threads) {
    Processor found;
    found.name = "unknown";
    found.threads = threads;
    std::set<std::pair<std::string, std::string>> cores;
    std::string package;
    int logical = 0;
    forEachField(cpuinfo, [&](const std::string& key, const std::string& value) {
        if (key == "processor")
            ++logical;
        else if (key == "model name")
            found.name = value;
        else if (key == "physical id")
            package = value;
        else if (key == "core id")
            cores.emplace(package, value);
        else if (key == "flags") {
            const std::string flags = " " + value + " ";
            for (const auto& [flag, words] :
                 {std::pair(" avx512f ", "AVX-512"), std::pair(" avx2 ", "AVX2"), std::pair(" avx ", "AVX")})
                if (flags.find(flag) != std::string::npos) {
                    found.instructions = words;
                    break;
                }
        }
    });
    found.cores = std::max(1, cores.empty() ? logical : static_cast<int>(cores.size()));
    forEachField(meminfo, [&](const std::string& key, const std::string& value) {
        const int64_t bytes = std::strtoll(value.c_str(), nullptr, 10) * 1024;
        if (key == "MemTotal")
            found.memoryBytes = bytes;
        else if (key == "MemAvailable")
            found.freeMemoryBytes = bytes;
    });
    return found;
}

Processor processor() {
    return processorOf(textOfFile("/proc/cpuinfo"), textOfFile("/proc/meminfo"), availableThreads());
}

} // namespace diploscope
