// SPDX-License-Identifier: GPL-3.0-or-later
#include "weights/pickled_tensor.h"

#include "weights/tensor.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace diploscope {

namespace {

constexpr size_t kMostDimensions = 16;
constexpr size_t kMostNameBytes = 1024; ///< names are copied

using Kind = PickleValue::Kind;

/// To safetensors' words.
const std::map<std::string, std::string>& storageTypes() {
    static const std::map<std::string, std::string> types{
        {"FloatStorage", "F32"},     {"DoubleStorage", "F64"}, {"HalfStorage", "F16"},
        {"BFloat16Storage", "BF16"}, {"LongStorage", "I64"},   {"IntStorage", "I32"},
        {"ShortStorage", "I16"},     {"CharStorage", "I8"},    {"ByteStorage", "U8"},
        {"BoolStorage", "BOOL"}};
    return types;
}

} // namespace

bool isStorageType(std::string_view name) {
    return storageTypes().contains(std::string(name));
}

Result<StoredTensor> storageOf(const PickleValue& id) {
    const std::vector<const PickleValue*>& parts = id.items;
    if (id.kind != Kind::Sequence || parts.size() < 5 || parts[0]->text != "storage" ||
        parts[1]->kind != Kind::Global || !isStorageType(parts[1]->text) || parts[2]->kind != Kind::Text ||
        parts[2]->text.size() > kMostNameBytes || parts[4]->kind != Kind::Integer || parts[4]->integer < 0)
        return fail(ErrorKind::BadInput, "The pickle refers to something outside that is no storage.");
    StoredTensor stored;
    stored.dtype = storageTypes().at(parts[1]->text);
    stored.storage = parts[2]->text;
    stored.storageCount = parts[4]->integer;
    return stored;
}

Result<StoredTensor> tensorOf(const PickleValue& arguments) {
    const std::vector<const PickleValue*>& parts = arguments.items;
    if (parts.size() < 4 || parts[0]->kind != Kind::Storage || parts[1]->kind != Kind::Integer ||
        parts[2]->kind != Kind::Sequence || parts[3]->kind != Kind::Sequence ||
        parts[2]->items.size() != parts[3]->items.size() || parts[2]->items.size() > kMostDimensions)
        return fail(ErrorKind::BadInput,
                    "The pickle makes a tensor of what is no storage, offset, sizes and strides.");
    StoredTensor made = parts[0]->tensor;
    made.offset = parts[1]->integer;
    int64_t count = 1;
    int64_t last = made.offset;
    bool fits = made.offset >= 0;
    for (size_t i = 0; i < parts[2]->items.size(); ++i) {
        const PickleValue& size = *parts[2]->items[i];
        const PickleValue& stride = *parts[3]->items[i];
        if (size.kind != Kind::Integer || stride.kind != Kind::Integer)
            return fail(ErrorKind::BadInput, "The pickle makes a tensor of sizes that are no whole numbers.");
        made.shape.push_back(size.integer);
        made.strides.push_back(size.integer > 1 ? stride.integer : 0);
        int64_t reach = 0;
        fits = fits && size.integer >= 0 && stride.integer >= 0 &&
               !__builtin_mul_overflow(count, size.integer, &count) &&
               !__builtin_mul_overflow(std::max<int64_t>(size.integer - 1, 0), stride.integer, &reach) &&
               !__builtin_add_overflow(last, reach, &last);
    }
    // A view that repeats values (strides of 0) could be larger than any memory.
    fits = fits && (count == 0 || (last < made.storageCount && count <= made.storageCount));
    if (!fits)
        return fail(
            ErrorKind::BadInput,
            fmt::format(
                "A tensor of sizes {}, strides {} and offset {} does not lie in its storage of {} values.",
                shapeText(made.shape), shapeText(made.strides), made.offset, made.storageCount));
    return made;
}

} // namespace diploscope
