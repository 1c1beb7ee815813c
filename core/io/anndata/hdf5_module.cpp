// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/atomic_file.h"
#include "base/edge.h"
#include "io/anndata_file.h"

#include <fmt/format.h>
#include <hdf5.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <set>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace diploscope {

namespace {

/// What HDF5 could not do, until it becomes an error value at the edge of the module.
struct Hdf5Failure : std::runtime_error {
    using std::runtime_error::runtime_error;
};

herr_t takeWords(unsigned, const H5E_error2_t* entry, void* words) {
    static_cast<std::string*>(words)->assign(entry->desc != nullptr ? entry->desc : "");
    return 1; // the innermost says what happened
}

[[noreturn]] void give(std::string_view what) {
    std::string words;
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, takeWords, &words);
    throw Hdf5Failure(fmt::format("{}{}{}", what, words.empty() ? "" : ": ", words));
}

void must(herr_t status, std::string_view what) {
    if (status < 0)
        give(what);
}

/// Closes what it holds. \tparam Close of HDF5
template <herr_t (*Close)(hid_t)>
class Handle {
public:
    Handle(hid_t id, std::string_view what) : m_id(id) {
        if (id < 0)
            give(what);
    }
    ~Handle() {
        if (m_id >= 0)
            Close(m_id);
    }
    Handle(Handle&& other) noexcept : m_id(std::exchange(other.m_id, -1)) {}
    Handle& operator=(Handle&&) = delete;

    operator hid_t() const { return m_id; } // NOLINT(google-explicit-constructor): it is one

private:
    hid_t m_id;
};
using File = Handle<H5Fclose>;
using Group = Handle<H5Gclose>;
using DataSet = Handle<H5Dclose>;
using Attribute = Handle<H5Aclose>;
using Space = Handle<H5Sclose>;
using Type = Handle<H5Tclose>;
using Settings = Handle<H5Pclose>;

/// UTF-8 of any length, as AnnData has all its texts.
class TextType : public Type {
public:
    TextType() : Type(H5Tcopy(H5T_C_S1), "A type of text") {
        must(H5Tset_size(*this, H5T_VARIABLE), "A type of text");
        must(H5Tset_cset(*this, H5T_CSET_UTF8), "A type of text");
    }
};

std::string linkName(std::string name) {
    std::replace(name.begin(), name.end(), '/', '_');
    return name.empty() || name == "." ? "_" : name;
}

std::vector<const char*> pointersTo(const std::vector<std::string>& texts) {
    std::vector<const char*> pointers;
    pointers.reserve(texts.size());
    for (const std::string& text : texts)
        pointers.push_back(text.c_str());
    return pointers;
}

/// One file, made in memory: HDF5 ends the program where a disk is full. Times of objects are left out: the
/// same data are the same bytes.
class AnnDataFile {
public:
    explicit AnnDataFile(const RunContext& context)
        : m_context(context)
        , m_dataSettings(H5Pcreate(H5P_DATASET_CREATE), "Settings")
        , m_groupSettings(H5Pcreate(H5P_GROUP_CREATE), "Settings")
        , m_access(H5Pcreate(H5P_FILE_ACCESS), "Settings")
        , m_file(H5Fcreate("AnnData", H5F_ACC_TRUNC, H5P_DEFAULT, inMemory()), "The file cannot be made") {
        must(H5Pset_obj_track_times(m_dataSettings, false), "Settings");
        must(H5Pset_obj_track_times(m_groupSettings, false), "Settings");
    }

    [[nodiscard]] std::string bytesOf(const AnnData& data) {
        const Group root(H5Gopen2(m_file, "/", H5P_DEFAULT), "The file's root");
        mark(root, "anndata", "0.1.0");
        writeArray(root, "X", data.values);
        writeTable(root, "obs", data.obs);
        writeTable(root, "var", data.var);
        const Group layers = makeDict(root, "layers");
        for (const auto& [name, values] : data.layers)
            writeArray(layers, name, values);
        for (const char* empty : {"obsm", "varm", "obsp", "varp"})
            (void)makeDict(root, empty);
        writeNotes(root, data.notes);
        must(H5Fflush(m_file, H5F_SCOPE_GLOBAL), "The file cannot be finished");
        const ssize_t size = H5Fget_file_image(m_file, nullptr, 0);
        must(size < 0 ? -1 : 0, "The file cannot be finished");
        std::string bytes(static_cast<size_t>(size), '\0');
        must(H5Fget_file_image(m_file, bytes.data(), bytes.size()) < 0 ? -1 : 0,
             "The file cannot be finished");
        return bytes;
    }

private:
    /// Grows by what is little for the large files.
    [[nodiscard]] hid_t inMemory() const {
        must(H5Pset_fapl_core(m_access, size_t{16} << 20, false), "Settings");
        return m_access;
    }

    void checkpoint() const {
        if (m_context.cancelled())
            throw Hdf5Failure("stopped"); // told as Cancelled
    }

    void setText(hid_t object, const char* name, const char* value) const {
        const Space scalar(H5Screate(H5S_SCALAR), name);
        const Attribute attribute(H5Acreate2(object, name, m_text, scalar, H5P_DEFAULT, H5P_DEFAULT), name);
        must(H5Awrite(attribute, m_text, &value), name);
    }
    void mark(hid_t object, const char* type, const char* version) const {
        setText(object, "encoding-type", type);
        setText(object, "encoding-version", version);
    }

    [[nodiscard]] Group makeGroup(hid_t parent, const std::string& name) const {
        return {H5Gcreate2(parent, name.c_str(), H5P_DEFAULT, m_groupSettings, H5P_DEFAULT), name};
    }
    [[nodiscard]] Group makeDict(hid_t parent, const std::string& name) const {
        Group group = makeGroup(parent, name);
        mark(group, "dict", "0.1.0");
        return group;
    }

    /// A data set with its encoding. \param values of `type` in memory
    void writeData(hid_t parent, const std::string& name, hid_t type, hid_t stored, hid_t space,
                   const void* values, const char* encoding) const {
        checkpoint();
        const DataSet data(H5Dcreate2(parent, linkName(name).c_str(), stored, space, H5P_DEFAULT,
                                      m_dataSettings, H5P_DEFAULT),
                           name);
        if (H5Sget_simple_extent_npoints(space) > 0)
            must(H5Dwrite(data, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values), name);
        mark(data, encoding, "0.2.0");
    }

    void writeArray(hid_t parent, const std::string& name, const Eigen::MatrixXd& values) const {
        const hsize_t shape[] = {static_cast<hsize_t>(values.rows()), static_cast<hsize_t>(values.cols())};
        const Space space(H5Screate_simple(2, shape, nullptr), name);
        const Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> byRow = values;
        writeData(parent, name, H5T_NATIVE_DOUBLE, H5T_IEEE_F64LE, space, byRow.data(), "array");
    }
    void writeColumn(hid_t parent, const std::string& name, const std::vector<double>& values) const {
        const hsize_t size = values.size();
        const Space space(H5Screate_simple(1, &size, nullptr), name);
        writeData(parent, name, H5T_NATIVE_DOUBLE, H5T_IEEE_F64LE, space, values.data(), "array");
    }
    void writeColumn(hid_t parent, const std::string& name, const std::vector<std::string>& texts) const {
        const hsize_t size = texts.size();
        const Space space(H5Screate_simple(1, &size, nullptr), name);
        writeData(parent, name, m_text, m_text, space, pointersTo(texts).data(), "string-array");
    }

    void writeTable(hid_t parent, const std::string& name, const AnnDataTable& table) const {
        const Group group = makeGroup(parent, name);
        mark(group, "dataframe", "0.2.0");
        setText(group, "_index", linkName(table.indexName).c_str());
        std::vector<std::string> order;
        std::set<std::string> taken{linkName(table.indexName)};
        for (const auto& column : table.columns) {
            std::string title = linkName(column.first);
            while (!taken.insert(title).second)
                title += '_';
            order.push_back(title);
        }
        const hsize_t size = order.size();
        const Space space(H5Screate_simple(1, &size, nullptr), name);
        const Attribute attribute(H5Acreate2(group, "column-order", m_text, space, H5P_DEFAULT, H5P_DEFAULT),
                                  name);
        if (size > 0)
            must(H5Awrite(attribute, m_text, pointersTo(order).data()), name);
        writeColumn(group, table.indexName, table.index);
        for (size_t i = 0; i < order.size(); ++i)
            std::visit([&](const auto& all) { writeColumn(group, order[i], all); }, table.columns[i].second);
    }

    void writeNotes(hid_t root, const std::vector<std::pair<std::string, std::string>>& notes) const {
        const Group group = makeDict(root, "uns");
        std::map<std::string, std::string> texts;
        for (const auto& [name, note] : notes) {
            std::string& text = texts[linkName(name)];
            text += (text.empty() ? "" : "\n") + note;
        }
        const Space scalar(H5Screate(H5S_SCALAR), "uns");
        for (const auto& [name, text] : texts) {
            const char* pointer = text.c_str();
            writeData(group, name, m_text, m_text, scalar, &pointer, "string");
        }
    }

    const RunContext& m_context;
    TextType m_text;
    Settings m_dataSettings, m_groupSettings, m_access;
    File m_file;
};

class Hdf5Writer final : public AnnDataWriter {
public:
    Result<void> write(const AnnData& data, const std::filesystem::path& file,
                       const RunContext& context) const override {
        static std::mutex one; // the library's serial builds are for one thread at a time
        const std::lock_guard lock(one);
        return atEdge("Writing " + file.string(), [&]() -> Result<void> {
            DS_TRY(context.checkpoint());
            context.report("Writing AnnData", 0, 0);
            H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr); // it is told, not printed
            std::string bytes;
            try {
                bytes = AnnDataFile(context).bytesOf(data);
            } catch (const Hdf5Failure& failure) {
                DS_TRY(context.checkpoint());
                return fail(ErrorKind::Internal, fmt::format("HDF5 failed: {}.", failure.what()),
                            file.string(), "Please report this.");
            }
            return writeFileAtomically(file, bytes);
        });
    }
};

} // namespace

} // namespace diploscope

extern "C" __attribute__((visibility("default"))) const diploscope::AnnDataWriter*
diploscopeAnnDataWriter(int version) {
    static const diploscope::Hdf5Writer writer;
    return version == diploscope::kAnnDataInterfaceVersion ? &writer : nullptr;
}
