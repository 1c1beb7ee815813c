// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/variant_handles.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace diploscope {

namespace fs = std::filesystem;

namespace {

/// A file that is not there has no state, and is none that was opened.
bool isAsBefore(const fs::path& file, const FileState& before) {
    const Result<FileState> now = FileState::of(file);
    return now && *now == before;
}

FileState stateOrNone(const fs::path& file) {
    const Result<FileState> state = FileState::of(file);
    return state ? *state : FileState();
}

} // namespace

Result<VariantHandles::Handle> VariantHandles::take(const fs::path& path, const People& people) {
    Handle handle = takeKept(path, people);
    if (!handle) {
        DS_ASSIGN(handle, open(path));
    }
    if (handle->people != people) {
        DS_TRY(handle->file.keepPeople(*people)); // as takeKept() gives no narrowed one for others
        handle->people = people;
    }
    return handle;
}

VariantHandles::Handle VariantHandles::takeKept(const fs::path& path, const People& people) {
    std::list<Handle> closing; // once the lock is free
    const std::lock_guard lock(m_mutex);
    for (auto next = m_kept.begin(); next != m_kept.end();) {
        const auto kept = next++;
        const VariantHandle& handle = **kept;
        if (handle.path == path &&
            (!isAsBefore(path, handle.fileState) || !isAsBefore(handle.index, handle.indexState)))
            closing.splice(closing.end(), m_kept, kept);
    }
    // One for everybody can be narrowed to any people, once.
    for (const bool narrowed : {true, false}) {
        const auto found = std::find_if(m_kept.begin(), m_kept.end(), [&](const Handle& handle) {
            return handle->path == path && (narrowed ? handle->people == people : !handle->people);
        });
        if (found == m_kept.end())
            continue;
        Handle handle = std::move(*found);
        m_kept.erase(found);
        return handle;
    }
    return nullptr;
}

Result<VariantHandles::Handle> VariantHandles::open(const fs::path& path) {
    const FileState before = stateOrNone(path);
    DS_ASSIGN(VariantFile file, VariantFile::open(path));
    auto handle = std::make_unique<VariantHandle>(
        VariantHandle{path, {}, before, FileState(), std::nullopt, std::move(file)});
    DS_TRY(giveIndex(*handle));
    return handle;
}

Result<void> VariantHandles::giveIndex(VariantHandle& handle) {
    KnownIndex known;
    {
        const std::lock_guard lock(m_mutex);
        if (const auto found = m_indexes.find(handle.path); found != m_indexes.end())
            known = found->second;
    }
    const bool isChecked = known.fileState == handle.fileState && !known.path.empty() &&
                           isAsBefore(known.path, known.indexState);
    if (!isChecked) {
        DS_ASSIGN(known.path, handle.file.findOrBuildIndex());
        known.fileState = handle.fileState;
        known.indexState = stateOrNone(known.path);
    }
    std::shared_ptr<const LoadedIndex> loaded = isChecked ? known.loaded.lock() : nullptr;
    if (loaded) {
        handle.file.useIndex(std::move(loaded));
    } else {
        DS_TRY(handle.file.loadIndex(known.path));
        known.loaded = handle.file.index();
    }
    handle.index = known.path;
    handle.indexState = known.indexState;
    const std::lock_guard lock(m_mutex);
    m_indexes[handle.path] = std::move(known);
    return {};
}

void VariantHandles::giveBack(Handle handle) {
    handle->file.rest();
    Handle closing;
    const std::lock_guard lock(m_mutex);
    m_kept.push_back(std::move(handle));
    if (m_kept.size() > MostKept) {
        closing = std::move(m_kept.front());
        m_kept.pop_front();
    }
}

size_t VariantHandles::kept() const {
    const std::lock_guard lock(m_mutex);
    return m_kept.size();
}

} // namespace diploscope
