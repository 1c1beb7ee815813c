// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/file_digest.h"
#include "io/variant_file.h"

#include <filesystem>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

/// Genotype files that stay open between reads. Inside core/io only.
namespace diploscope {

/// Those whose genotypes alone are read; nothing: everybody's.
using People = std::optional<std::vector<std::string>>;

/// A file as it is lent to one read: open, with its checked index, for these people alone.
struct VariantHandle {
    std::filesystem::path path;
    std::filesystem::path index;
    FileState fileState, indexState; ///< before either was opened
    People people;                   ///< that keepPeople() was told
    VariantFile file;
};

/// Opening a genome's file, reading its header and its index of megabytes takes many times as long as reading
/// the records near a gene: so up to MostKept files wait here for the next read. What waits is used again
/// only while file and index are, by what the system tells of them, those that were opened. Any thread; all
/// close with the reader that owns this.
class VariantHandles {
public:
    static constexpr size_t MostKept = 8;
    using Handle = std::unique_ptr<VariantHandle>;

    /// A file that nobody else uses until it is given back; opened where none waits. One that a read failed
    /// with is not given back, and closes. \param people  of the file \error as VariantFile::open,
    /// findOrBuildIndex and loadIndex
    [[nodiscard]] Result<Handle> take(const std::filesystem::path& path, const People& people);
    void giveBack(Handle handle);
    /// How many wait.
    [[nodiscard]] size_t kept() const;

private:
    /// The index that was last used for a file: checked once, held in memory while a file is open with it.
    struct KnownIndex {
        std::filesystem::path path;
        FileState fileState, indexState;
        std::weak_ptr<const LoadedIndex> loaded;
    };

    [[nodiscard]] Handle takeKept(const std::filesystem::path& path, const People& people);
    [[nodiscard]] Result<Handle> open(const std::filesystem::path& path);
    [[nodiscard]] Result<void> giveIndex(VariantHandle& handle);

    mutable std::mutex m_mutex;
    std::list<Handle> m_kept; ///< the one used last comes last
    std::map<std::filesystem::path, KnownIndex> m_indexes;
};

} // namespace diploscope
