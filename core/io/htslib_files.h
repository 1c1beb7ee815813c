// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <htslib/bgzf.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

/// What all share that stand on htslib. Included by .cpp files only: it brings htslib in.
namespace diploscope {

/// Owns any htslib object: `HtsPtr<BGZF, bgzf_close>`.
template <auto Function>
struct HtsDeleter {
    template <class T>
    void operator()(T* object) const {
        Function(object);
    }
};
template <class T, auto Function>
using HtsPtr = std::unique_ptr<T, HtsDeleter<Function>>;

using BgzfPtr = HtsPtr<BGZF, bgzf_close>;
/// Opens plain, gzip or bgzip bytes for reading; null, with errno, where that fails. htslib takes names such
/// as
/// "-" or "http://..." for something else than files; an absolute path, as it gets here, never is.
[[nodiscard]] BgzfPtr openBgzf(const std::filesystem::path& file);

enum class Compression { None, Gzip, Bgzip };

/// What `tbx_seqnames` and its like give, without what is not there. Frees the list. \param names may be null
[[nodiscard]] std::vector<std::string> takeNames(const char** names, int count);

/// Before htslib may open a data file: it exists, is a file, has content, and, where bgzipped, ends as it
/// should. Also turns off htslib's own messages on stderr: its failures become Errors here. \error NotFound,
/// BadInput (folder, empty, cut off), Io (not readable)
[[nodiscard]] Result<Compression> checkDataFile(const std::filesystem::path& file);

/// One set of index files, in the order of the suffixes that were asked for.
using IndexFiles = std::vector<std::filesystem::path>;

/// Whether such files may be used for the data, and why not.
using IndexCheck = std::function<Result<void>(const IndexFiles&)>;

/// An index that may be used for `data`: all of DATA + suffix beside it, none older than it, and `check`
/// passed; else the one that the program built in the user's cache folder earlier, checked too. Those are
/// named by a digest of the data's absolute path, size and time of change, so they cannot be stale.
[[nodiscard]] std::optional<IndexFiles> findIndex(const std::filesystem::path& data,
                                                  const std::vector<std::string>& suffixes,
                                                  const IndexCheck& check);

/// Which of DATA + suffix lie beside `data` though `used`, the first file of the index in use, does not: they
/// are older than the data, or `check` refused them.
[[nodiscard]] IndexFiles indexesPassedOver(const std::filesystem::path& data,
                                           const std::vector<std::string>& suffixes,
                                           const std::filesystem::path& used);

/// Builds an index under temporary names and puts it in place when it is whole: beside `data`, or in the
/// cache where that folder cannot be written or holds a stale or unfit index (files of the user's are never
/// overwritten). \param build writes the files that it is handed, in the order of `suffixes`.
[[nodiscard]] Result<IndexFiles> buildIndex(const std::filesystem::path& data,
                                            const std::vector<std::string>& suffixes,
                                            const std::function<Result<void>(const IndexFiles&)>& build);

} // namespace diploscope
