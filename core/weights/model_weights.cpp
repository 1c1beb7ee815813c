// SPDX-License-Identifier: GPL-3.0-or-later
#include "weights/model_weights.h"

#include "base/checksum.h"
#include "base/suggestion.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <regex>
#include <set>
#include <string_view>

namespace diploscope {

namespace {

std::string canonicalName(const std::string& name, const WeightNeeds& needs) {
    for (const auto& [alias, meaning] : needs.aliases)
        if (name.starts_with(alias))
            return meaning + name.substr(alias.size());
    return name;
}

/// Counters of a training that no prediction uses.
bool isBookkeeping(const std::string& name) {
    for (const char* last : {"num_batches_tracked", "n_averaged"})
        if (name == last || name.ends_with(std::string(".") + last))
            return true;
    return false;
}

/// Without the steps that wrappers put into a name: "features.module.0.weight" of DataParallel,
/// "_orig_mod.0.weight" of torch.compile.
std::string unwrapped(const std::string& name) {
    std::string bare;
    for (size_t begin = 0; begin < name.size();) {
        const size_t end = std::min(name.find('.', begin), name.size() - 1) + 1;
        const std::string_view step = std::string_view(name).substr(begin, end - begin);
        if (step != "module." && step != "_orig_mod.")
            bare += step;
        begin = end;
    }
    return bare;
}

/// How a file's names are read.
struct Naming {
    std::string prefix; ///< before every name
    bool unwraps = false;

    /// The network's name; one that no network has where the file's does not follow this naming.
    std::string operator()(const std::string& name, const WeightNeeds& needs) const {
        const std::string bare = unwraps ? unwrapped(name) : name;
        return bare.starts_with(prefix) ? canonicalName(bare.substr(prefix.size()), needs) : "?" + name;
    }
    std::string note() const {
        std::string text;
        if (unwraps)
            text += R"("module." and "_orig_mod." taken out of names)";
        if (!prefix.empty())
            text += fmt::format("{}\"{}\" taken off all names", text.empty() ? "" : ", ", prefix);
        return text;
    }
};

constexpr size_t kMostNamings = 64;

/// The naming under which most of what is needed is there; the file's own where that is not less. \error
/// Mismatch where everything is there twice: the weights of a model and their average, say.
Result<Naming> namingOf(const WeightsFile& file, const WeightNeeds& needs) {
    std::set<std::string> needed;
    for (const TensorSpec& tensor : needs.needed)
        needed.insert(tensor.name);
    const auto countOf = [&](const Naming& naming) {
        std::set<std::string> there;
        for (const TensorInfo& info : file.tensors())
            if (const std::string name = naming(info.name, needs); needed.contains(name))
                there.insert(name);
        return there.size();
    };
    Naming best;
    size_t most = countOf(best);
    for (const bool unwraps : {false, true}) {
        if (most == needed.size())
            break;
        std::set<std::string> prefixes;
        for (const TensorInfo& info : file.tensors()) {
            const std::string name = unwraps ? unwrapped(info.name) : info.name;
            for (size_t at = 0; at != std::string::npos && prefixes.size() < kMostNamings;
                 at = name.find('.', at + 1)) {
                const size_t begin = at == 0 ? 0 : at + 1;
                if (needed.contains(canonicalName(name.substr(begin), needs)))
                    prefixes.insert(name.substr(0, begin));
            }
        }
        std::string other; // under which everything is there too
        for (const std::string& prefix : prefixes) {
            const Naming naming{prefix, unwraps};
            const size_t count = countOf(naming);
            if (count > most) {
                most = count;
                best = naming;
            } else if (count == needed.size() && naming.prefix != best.prefix) {
                other = prefix;
            }
        }
        if (!other.empty())
            return fail(
                ErrorKind::Mismatch,
                fmt::format("The file holds the model's weights twice, as \"{}...\" and as \"{}...\".",
                            best.prefix, other),
                file.path().string(), "Save those that are meant alone.");
    }
    return best;
}

/// A part of a split checkpoint lacks what the others hold.
bool isShard(const std::filesystem::path& file) {
    static const std::regex pattern("-[0-9]{3,}-of-[0-9]{3,}\\.");
    return std::regex_search(file.filename().string(), pattern);
}

std::string shapeProblem(const TensorInfo& found, const TensorSpec& wanted) {
    return found.shape == wanted.shape ? std::string()
                                       : fmt::format(" \"{}\" has shape {}, expected {}.", found.name,
                                                     shapeText(found.shape), shapeText(wanted.shape));
}

/// Whether two names of one tensor hold the same values. Of the same shape.
Result<bool> agree(const WeightsFile& file, const TensorInfo& a, const TensorInfo& b) {
    if (file.isSame(a, b))
        return true;
    if (a.dtype != b.dtype)
        return false;
    DS_ASSIGN(const std::string first, file.readBytes(a));
    DS_ASSIGN(const std::string second, file.readBytes(b));
    return first == second;
}

} // namespace

Result<ModelWeights> ModelWeights::match(std::shared_ptr<const WeightsFile> file, const WeightNeeds& needs) {
    DS_ASSIGN(const Naming naming, namingOf(*file, needs));
    std::map<std::string, std::vector<const TensorInfo*>> found; // by the network's names
    for (const TensorInfo& info : file->tensors())
        if (!isBookkeeping(info.name))
            found[naming(info.name, needs)].push_back(&info);

    ModelWeights weights;
    if (!file->place().empty())
        weights.m_note = fmt::format("of \"{}\"", file->place());
    if (const std::string note = naming.note(); !note.empty())
        weights.m_note += (weights.m_note.empty() ? "" : "; ") + note;
    std::string problems;
    std::vector<std::string> missing;
    for (const TensorSpec& tensor : needs.needed) {
        const auto entry = found.find(tensor.name);
        if (entry == found.end()) {
            missing.push_back(tensor.name);
            continue;
        }
        const std::vector<const TensorInfo*> names = std::move(entry->second);
        found.erase(entry);
        std::string wrongShapes;
        for (const TensorInfo* info : names)
            wrongShapes += shapeProblem(*info, tensor);
        for (size_t i = 1; wrongShapes.empty() && i < names.size(); ++i) {
            DS_ASSIGN(const bool same, agree(*file, *names[0], *names[i]));
            if (!same)
                problems += fmt::format(" \"{}\" and \"{}\" are two names of one tensor, but differ.",
                                        names[0]->name, names[i]->name);
        }
        problems += wrongShapes;
        weights.m_entries.push_back({tensor.name, names.front()});
    }
    for (const TensorSpec& tensor : needs.spare)
        if (const auto entry = found.find(tensor.name); entry != found.end()) {
            for (const TensorInfo* info : entry->second)
                problems += shapeProblem(*info, tensor);
            found.erase(entry);
        }
    for (const std::string& name : missing)
        problems += fmt::format(" \"{}\" is missing.", name);
    for (const auto& [unused, infos] : found)
        for (const TensorInfo* info : infos) {
            problems += fmt::format(" \"{}\" is unexpected.", info->name);
            if (const auto near = nearestNames(info->name, missing, 1); !near.empty())
                problems += fmt::format(" Did you mean \"{}\"?", near.front());
        }
    if (!problems.empty())
        return fail(ErrorKind::Mismatch, "The weights do not fit the model:" + problems,
                    file->path().string(),
                    isShard(file->path())
                        ? "This is one part of a split checkpoint: name its *.index.json as \"weights\"."
                        : "Correct the model's names and sizes, or take the weights that belong to it.");
    weights.m_file = std::move(file);
    return weights;
}

WeightSource ModelWeights::source() const {
    std::map<std::string, std::string> names;
    for (const Entry& entry : m_entries)
        names.emplace(entry.name, entry.info->name);
    return [file = m_file, names = std::move(names)](const TensorSpec& tensor) -> Result<NamedTensor> {
        const auto name = names.find(tensor.name);
        DS_ASSIGN(NamedTensor values, file->read(name == names.end() ? tensor.name : name->second));
        values.name = tensor.name;
        return values;
    };
}

WeightSource weightsOfFile(std::shared_ptr<const WeightsFile> file) {
    return [file = std::move(file)](const TensorSpec& tensor) { return file->read(tensor.name); };
}

Result<WeightsLookedAt> ModelWeights::checkValues(int64_t mostBytes, const RunContext& context) const {
    WeightsLookedAt looked;
    for (const Entry& entry : m_entries)
        looked.ofBytes += entry.info->byteCount;
    for (const Entry& entry : m_entries) {
        DS_TRY(context.checkpoint());
        context.report("Looking at the weights", looked.bytes, looked.ofBytes);
        if (entry.info->byteCount > mostBytes - looked.bytes)
            continue;
        DS_TRY(m_file->checkValues(*entry.info));
        looked.bytes += entry.info->byteCount;
    }
    return looked;
}

Result<std::string> ModelWeights::digest() const {
    std::string all;
    for (const Entry& entry : m_entries) {
        DigestOfPieces values;
        DS_TRY(m_file->readPieces(*entry.info, [&values](std::string_view bytes) -> Result<void> {
            values.add(bytes);
            return {};
        }));
        all += fmt::format("{} {} {} {}\n", entry.name, entry.info->dtype, shapeText(entry.info->shape),
                           toHex(values.digest()));
    }
    return toHex(digestOf(all));
}

} // namespace diploscope
