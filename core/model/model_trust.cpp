// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/model_trust.h"

#include "base/paths.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <fstream>
#include <mutex>
#include <set>
#include <system_error>

namespace diploscope {

namespace fs = std::filesystem;

namespace {

constexpr size_t kDigits = 64; ///< of a SHA-256

fs::path trustFile() {
    return userDataFolder() / "trusted-programs.txt";
}

/// Allowed by this process, also where the file could not be written.
class Allowed {
public:
    bool contains(const std::string& sha256) {
        const std::lock_guard lock(m_mutex);
        return m_digests.contains(sha256);
    }
    void add(const std::string& sha256) {
        const std::lock_guard lock(m_mutex);
        m_digests.insert(sha256);
    }

private:
    std::mutex m_mutex;
    std::set<std::string> m_digests;
};

Allowed& allowed() {
    static Allowed digests;
    return digests;
}

/// A line a program: its SHA-256 and, for people, where it lay and what was started. One write at the end, so
/// that two processes may add at a time.
Result<void> remember(const ForeignProgram& program) {
    std::error_code error;
    fs::create_directories(trustFile().parent_path(), error);
    std::string place = program.place.string() + (program.command.empty() ? "" : "  " + program.command);
    std::replace(place.begin(), place.end(), '\n', ' ');
    std::ofstream stream(trustFile(), std::ios::binary | std::ios::app);
    stream << program.sha256 + "  " + place + "\n" << std::flush;
    if (!stream)
        return fail(ErrorKind::Io, "The answer cannot be kept, so it will be asked for again.",
                    trustFile().string(), "Check that you may write there.");
    return {};
}

} // namespace

Result<std::vector<ForeignProgram>> programsOf(const ModelManifest& model) {
    std::vector<ForeignProgram> programs;
    if (model.kind->runsForeignCode()) {
        DS_ASSIGN(ForeignProgram program, model.kind->program(model));
        programs.push_back(std::move(program));
    }
    for (const ModelManifest& member : model.members) {
        DS_ASSIGN(const std::vector<ForeignProgram> more, programsOf(member));
        programs.insert(programs.end(), more.begin(), more.end());
    }
    return programs;
}

std::vector<ForeignProgram> untrustedPrograms(const ModelManifest& model) {
    std::vector<ForeignProgram> asked;
    if (const auto programs = programsOf(model))
        for (const ForeignProgram& program : *programs)
            if (!isTrusted(program.sha256) &&
                std::none_of(asked.begin(), asked.end(),
                             [&](const ForeignProgram& other) { return other.sha256 == program.sha256; }))
                asked.push_back(program);
    return asked;
}

bool isTrusted(const std::string& sha256) {
    if (sha256.size() != kDigits)
        return false;
    if (allowed().contains(sha256))
        return true;
    std::ifstream stream(trustFile(), std::ios::binary);
    for (std::string line; std::getline(stream, line);)
        if (line.compare(0, kDigits, sha256) == 0)
            return true;
    return false;
}

Result<void> trustModel(const std::string& folderOrName) {
    DS_ASSIGN(const fs::path folder, findModelFolder(folderOrName));
    DS_ASSIGN(const ModelManifest model, readModelManifest(folder));
    DS_ASSIGN(const std::vector<ForeignProgram> programs, programsOf(model));
    return trustPrograms(programs);
}

Result<void> trustPrograms(const std::vector<ForeignProgram>& programs) {
    Result<void> kept;
    for (const ForeignProgram& program : programs) {
        if (isTrusted(program.sha256))
            continue;
        allowed().add(program.sha256);
        if (Result<void> written = remember(program); !written)
            kept = written;
    }
    return kept;
}

std::optional<TrustQuestion> trustQuestion(const std::string& folderOrName) {
    const auto folder = findModelFolder(folderOrName);
    const auto model = folder ? readModelManifest(*folder) : Result<ModelManifest>(fail(folder.error()));
    std::vector<ForeignProgram> programs = model ? untrustedPrograms(*model) : std::vector<ForeignProgram>();
    if (programs.empty())
        return std::nullopt;
    const Result<void> allowed = requireTrust(*model, programs);
    if (allowed) // by now
        return std::nullopt;
    return TrustQuestion{allowed.error(), std::move(programs)};
}

Result<void> requireTrust(const ModelManifest& model, const std::vector<ForeignProgram>& programs) {
    const std::string kindWords = model.members.empty() ? model.kind->words().one : "in part a module";
    std::vector<std::string> what, places, digests;
    for (const ForeignProgram& program : programs) {
        if (isTrusted(program.sha256))
            continue;
        const char* const might = "can read, change and delete your files and run for ever";
        what.push_back(
            program.command.empty()
                ? fmt::format("is {}, a program of its maker: it {}", kindWords, might)
                : fmt::format("starts a program of its maker, which {}: {}", might, program.command));
        places.push_back(program.place.string());
        digests.push_back(program.sha256);
    }
    if (what.empty())
        return {};
    return fail(
        ErrorKind::Unsupported,
        fmt::format("The model \"{}\" {}. It was not run.", model.name, fmt::join(what, "; and ")),
        fmt::format("{}", fmt::join(places, ", ")),
        fmt::format("If you trust whoever made it, allow it once with --trust, or choose it in the window "
                    "and answer the question; it is remembered by its SHA-256, {}.",
                    fmt::join(digests, ", ")));
}

} // namespace diploscope
