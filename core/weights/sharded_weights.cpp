// SPDX-License-Identifier: GPL-3.0-or-later
#include "weights/sharded_weights.h"

#include "base/json_fields.h"
#include "base/json_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <system_error>

namespace diploscope {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

constexpr std::string_view kEnding = ".index.json";

/// Tensor -> name of its part.
using WeightMap = std::map<std::string, std::string>;

Result<WeightMap> readIndex(const fs::path& index) {
    DS_ASSIGN(const json document, readJsonFile(index));
    const auto list = document.is_object() ? document.find("weight_map") : document.end();
    if (list == document.end() || !list->is_object() || list->empty())
        return fail(
            ErrorKind::BadInput,
            "The list of a split checkpoint's parts has a \"weight_map\" {tensor: file}; here is none.",
            index.string(), "Fetch the index again.");
    WeightMap parts;
    for (const auto& [tensor, part] : list->items()) {
        if (!part.is_string() || part.get<std::string>().empty() ||
            fs::path(part.get<std::string>()).filename() != fs::path(part.get<std::string>()))
            return fail(
                ErrorKind::BadInput,
                fmt::format("Its part is {}, not the name of a file beside the index.", shortJson(part)),
                fmt::format("{}, tensor \"{}\"", index.string(), tensor));
        parts.emplace(tensor, part.get<std::string>());
    }
    return parts;
}

class ShardedWeights final : public WeightsFile {
public:
    explicit ShardedWeights(fs::path index) : m_index(std::move(index)) {}

    /// \param parts by name, all that the index lists
    Result<void> take(const WeightMap& map,
                      const std::map<std::string, std::shared_ptr<const WeightsFile>>& parts) {
        for (const auto& [tensor, part] : map) {
            const TensorInfo* info = parts.at(part)->find(tensor);
            if (info == nullptr)
                return fail(ErrorKind::Mismatch,
                            fmt::format("The index puts \"{}\" into {}, which lacks it.", tensor, part),
                            m_index.string(), "Index and parts must be of one checkpoint: fetch them again.");
            m_tensors.push_back(*info); // the map is sorted by name, so this is
            m_sources.push_back({parts.at(part), info});
        }
        for (const auto& [name, part] : parts)
            for (const TensorInfo& info : part->tensors())
                if (!map.contains(info.name))
                    return fail(
                        ErrorKind::Mismatch,
                        fmt::format("{} holds \"{}\", which the index does not list.", name, info.name),
                        m_index.string(), "Index and parts must be of one checkpoint: fetch them again.");
        return {};
    }

    [[nodiscard]] const fs::path& path() const override { return m_index; }
    [[nodiscard]] const std::vector<TensorInfo>& tensors() const override { return m_tensors; }
    [[nodiscard]] Result<std::string> readBytes(const TensorInfo& tensor) const override {
        const Source& source = sourceOf(tensor);
        return source.file->readBytes(*source.info);
    }
    [[nodiscard]] Result<void> readPieces(const TensorInfo& tensor, const TakeBytes& take) const override {
        const Source& source = sourceOf(tensor);
        return source.file->readPieces(*source.info, take);
    }
    [[nodiscard]] bool isSame(const TensorInfo& a, const TensorInfo& b) const override {
        const Source& one = sourceOf(a);
        const Source& other = sourceOf(b);
        return one.file == other.file && one.file->isSame(*one.info, *other.info);
    }

private:
    struct Source {
        std::shared_ptr<const WeightsFile> file;
        const TensorInfo* info;
    };
    [[nodiscard]] const Source& sourceOf(const TensorInfo& tensor) const {
        return m_sources[static_cast<size_t>(&tensor - m_tensors.data())];
    }

    fs::path m_index;
    std::vector<TensorInfo> m_tensors;
    std::vector<Source> m_sources; ///< of the same index
};

} // namespace

bool isShardIndex(const fs::path& file) {
    return file.filename().string().ends_with(kEnding);
}

Result<std::vector<fs::path>> shardsOf(const fs::path& index) {
    DS_ASSIGN(const WeightMap map, readIndex(index));
    std::vector<fs::path> parts;
    for (const auto& [tensor, part] : map)
        parts.push_back(index.parent_path() / part);
    std::sort(parts.begin(), parts.end());
    parts.erase(std::unique(parts.begin(), parts.end()), parts.end());
    return parts;
}

Result<std::shared_ptr<const WeightsFile>> openShards(const fs::path& index) {
    DS_ASSIGN(const WeightMap map, readIndex(index));
    std::map<std::string, std::shared_ptr<const WeightsFile>> parts;
    for (const auto& [tensor, part] : map) {
        if (parts.contains(part))
            continue;
        const fs::path file = index.parent_path() / part;
        std::error_code ignored;
        if (!fs::is_regular_file(file, ignored))
            return fail(ErrorKind::NotFound,
                        fmt::format("The part {} of the split weights is missing.", part), index.string(),
                        fmt::format("Put it at {}.", file.string()));
        if (isShardIndex(file))
            return fail(ErrorKind::BadInput, fmt::format("The part {} is an index itself.", part),
                        index.string());
        DS_ASSIGN(parts[part], openWeights(file));
    }
    auto opened = std::make_shared<ShardedWeights>(index);
    DS_TRY(opened->take(map, parts));
    return std::shared_ptr<const WeightsFile>(std::move(opened));
}

} // namespace diploscope
