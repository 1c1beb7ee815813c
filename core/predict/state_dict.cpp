// SPDX-License-Identifier: GPL-3.0-or-later
#include "predict/state_dict.h"

#include "predict/tensor.h"
#include "predict/weights_file.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstring>
#include <deque>
#include <map>
#include <set>
#include <unordered_map>

namespace diploscope {

namespace {

/// What a state dict of 50,000 tensors needs; a pickle of one byte an instruction must not fill the memory.
constexpr size_t kMostValues = 1'000'000;
constexpr size_t kMostDimensions = 16;
constexpr size_t kMostNameBytes = 1024; ///< names are copied
constexpr int kDeepestDict = 4;

/// What lies on the machine's stack. Global: a name from the whitelist in `text`. Storage: `tensor` without
/// its view. Dict: keys and values in turn. Other: numbers and the like that no tensor is made of.
struct Value {
    enum class Kind { Other, Integer, Text, Sequence, Dict, Global, Storage, Tensor };
    Kind kind = Kind::Other;
    int64_t integer = 0;
    std::string text;
    std::vector<const Value*> items;
    StoredTensor tensor;
};
using Kind = Value::Kind;

const std::map<std::string, std::string>& storageTypes() {
    static const std::map<std::string, std::string> types{
        {"FloatStorage", "F32"},     {"DoubleStorage", "F64"}, {"HalfStorage", "F16"},
        {"BFloat16Storage", "BF16"}, {"LongStorage", "I64"},   {"IntStorage", "I32"},
        {"ShortStorage", "I16"},     {"CharStorage", "I8"},    {"ByteStorage", "U8"},
        {"BoolStorage", "BOOL"}};
    return types;
}

constexpr const char* kOrderedDict = "collections.OrderedDict";
constexpr const char* kRebuildTensor = "torch._utils._rebuild_tensor_v2";
constexpr const char* kRebuildParameter = "torch._utils._rebuild_parameter";

/// The stack machine. Values live in one arena, so that pickles that refer to themselves are freed too.
class Machine {
public:
    explicit Machine(std::string_view pickle) : m_pickle(pickle) {}
    /// Runs to STOP. \return the top of the stack
    Result<const Value*> run();

private:
    Failure wrong(const std::string& what) const {
        return fail(ErrorKind::BadInput, what, fmt::format("byte {} of data.pkl", m_start),
                    "The file is damaged or was not written by torch.save: fetch it again.");
    }
    Result<std::string_view> take(uint64_t count) {
        if (count > m_pickle.size() - m_at)
            return wrong("The pickle is cut off.");
        const std::string_view bytes = m_pickle.substr(m_at, count);
        m_at += count;
        return bytes;
    }
    /// A little-endian number of `width` <= 8 bytes.
    Result<uint64_t> number(size_t width) {
        DS_ASSIGN(const std::string_view bytes, take(width));
        uint64_t value = 0;
        std::memcpy(&value, bytes.data(), width);
        return value;
    }
    Result<std::string_view> line() {
        const size_t end = m_pickle.find('\n', m_at);
        if (end == std::string_view::npos)
            return wrong("The pickle is cut off.");
        DS_ASSIGN(const std::string_view text, take(end - m_at));
        ++m_at;
        return text;
    }
    Result<Value*> make(Kind kind) {
        if (m_values.size() >= kMostValues)
            return wrong(fmt::format("The pickle holds more than {} values.", kMostValues));
        Value& value = m_values.emplace_back();
        value.kind = kind;
        return &value;
    }
    Result<void> push(Kind kind, int64_t integer = 0, std::string_view text = {}) {
        DS_ASSIGN(Value* const value, make(kind));
        value->integer = integer;
        value->text = text;
        m_stack.push_back(value);
        return {};
    }
    Result<Value*> pop() {
        if (m_stack.size() <= (m_marks.empty() ? 0 : m_marks.back()))
            return wrong("The pickle takes a value that is not there.");
        Value* const value = m_stack.back();
        m_stack.pop_back();
        return value;
    }
    /// All values since the last mark.
    Result<std::vector<const Value*>> popToMark() {
        if (m_marks.empty())
            return wrong("The pickle takes values up to a mark that is not there.");
        const auto begin = m_stack.begin() + static_cast<std::ptrdiff_t>(m_marks.back());
        std::vector<const Value*> items(begin, m_stack.end());
        m_stack.erase(begin, m_stack.end());
        m_marks.pop_back();
        return items;
    }
    Result<Value*> top(Kind kind) {
        DS_ASSIGN(Value* const value, pop());
        if (value->kind != kind)
            return wrong("The pickle fills what is no container.");
        m_stack.push_back(value);
        return value;
    }

    Result<void> step(uint8_t instruction);
    Result<void> text(uint64_t length);
    Result<void> integer(uint64_t length);
    Result<void> sequence(size_t count);
    Result<void> global(std::string_view module, std::string_view name);
    Result<void> storage();
    Result<void> reduce();
    Result<void> orderedDict(const Value& arguments);
    Result<void> tensor(const Value& arguments);
    Result<void> memoize(uint64_t key);
    Result<void> recall(uint64_t key);

    std::string_view m_pickle;
    size_t m_at = 0;
    size_t m_start = 0; ///< of the instruction, for errors
    std::deque<Value> m_values;
    size_t m_copied = 0; ///< pairs of all OrderedDict(...)
    std::vector<Value*> m_stack;
    std::vector<size_t> m_marks; ///< sizes of the stack
    std::unordered_map<uint64_t, Value*> m_memo;
};

Result<const Value*> Machine::run() {
    for (;;) {
        m_start = m_at;
        DS_ASSIGN(const uint64_t instruction, number(1));
        if (instruction == '.') {
            DS_ASSIGN(const Value* const result, pop());
            return result;
        }
        DS_TRY(step(static_cast<uint8_t>(instruction)));
    }
}

/// The instructions that pickles of protocols 2 to 4 hold when they are made of plain values.
Result<void> Machine::step(uint8_t instruction) {
    switch (instruction) {
    case 0x80: { // PROTO
        DS_ASSIGN(const uint64_t protocol, number(1));
        return protocol >= 2 && protocol <= 5
                   ? Result<void>()
                   : wrong(fmt::format("Pickle protocol {} is not known.", protocol));
    }
    case 0x95: // FRAME
        DS_TRY(number(8));
        return {};
    case '(':
        m_marks.push_back(m_stack.size());
        return m_marks.size() <= kMostValues ? Result<void>() : wrong("The pickle holds too many marks.");
    case '0':
        DS_TRY(pop());
        return {};
    case '1':
        DS_TRY(popToMark());
        return {};
    case 'N':
    case 0x88: // NEWTRUE
    case 0x89: // NEWFALSE
        return push(Kind::Other);
    case 'G': // BINFLOAT
        DS_TRY(take(8));
        return push(Kind::Other);
    case 'K':
    case 'M': {
        DS_ASSIGN(const uint64_t value, number(instruction == 'K' ? 1 : 2));
        return push(Kind::Integer, static_cast<int64_t>(value));
    }
    case 'J': {
        DS_ASSIGN(const uint64_t value, number(4));
        return push(Kind::Integer, static_cast<int32_t>(static_cast<uint32_t>(value)));
    }
    case 0x8a:
    case 0x8b: { // LONG1, LONG4
        DS_ASSIGN(const uint64_t length, number(instruction == 0x8a ? 1 : 4));
        return integer(length);
    }
    case 'U':
    case 'C':
    case 0x8c: { // SHORT_BINSTRING, SHORT_BINBYTES, SHORT_BINUNICODE
        DS_ASSIGN(const uint64_t length, number(1));
        return text(length);
    }
    case 'T':
    case 'B':
    case 'X': { // BINSTRING, BINBYTES, BINUNICODE
        DS_ASSIGN(const uint64_t length, number(4));
        return text(length);
    }
    case 0x8d:
    case 0x8e: { // BINUNICODE8, BINBYTES8
        DS_ASSIGN(const uint64_t length, number(8));
        return text(length);
    }
    case ')':
    case ']':
    case 0x8f: // EMPTY_SET
        return push(Kind::Sequence);
    case '}':
        return push(Kind::Dict);
    case 0x85:
    case 0x86:
    case 0x87: // TUPLE1, TUPLE2, TUPLE3
        return sequence(instruction - 0x84);
    case 't':
    case 'l':
    case 'd': { // TUPLE, LIST, DICT
        DS_ASSIGN(std::vector<const Value*> items, popToMark());
        if (instruction == 'd' && items.size() % 2 != 0)
            return wrong("The pickle makes a dict of an odd number of values.");
        DS_TRY(push(instruction == 'd' ? Kind::Dict : Kind::Sequence));
        m_stack.back()->items = std::move(items);
        return {};
    }
    case 'a': { // APPEND
        DS_ASSIGN(const Value* const item, pop());
        DS_ASSIGN(Value* const list, top(Kind::Sequence));
        list->items.push_back(item);
        return {};
    }
    case 's': { // SETITEM
        DS_ASSIGN(const Value* const item, pop());
        DS_ASSIGN(const Value* const key, pop());
        DS_ASSIGN(Value* const dict, top(Kind::Dict));
        dict->items.insert(dict->items.end(), {key, item});
        return {};
    }
    case 'e':
    case 'u':
    case 0x90: { // APPENDS, SETITEMS, ADDITEMS
        DS_ASSIGN(const std::vector<const Value*> items, popToMark());
        DS_ASSIGN(Value* const container, top(instruction == 'u' ? Kind::Dict : Kind::Sequence));
        if (instruction == 'u' && items.size() % 2 != 0)
            return wrong("The pickle fills a dict with an odd number of values.");
        container->items.insert(container->items.end(), items.begin(), items.end());
        return {};
    }
    case 'c': { // GLOBAL
        DS_ASSIGN(const std::string_view module, line());
        DS_ASSIGN(const std::string_view name, line());
        return global(module, name);
    }
    case 0x93: { // STACK_GLOBAL
        DS_ASSIGN(const Value* const name, pop());
        DS_ASSIGN(const Value* const module, pop());
        return global(module->text, name->text);
    }
    case 'Q': // BINPERSID
        return storage();
    case 'R':
    case 0x81: // REDUCE, NEWOBJ
        return reduce();
    case 'b': // BUILD: the attributes of a dict (its _metadata)
        DS_TRY(pop());
        DS_TRY(top(Kind::Dict));
        return {};
    case 'q':
    case 'r': {
        DS_ASSIGN(const uint64_t key, number(instruction == 'q' ? 1 : 4));
        return memoize(key);
    }
    case 0x94: // MEMOIZE
        return memoize(m_memo.size());
    case 'h':
    case 'j': {
        DS_ASSIGN(const uint64_t key, number(instruction == 'h' ? 1 : 4));
        return recall(key);
    }
    default:
        return wrong(fmt::format("The pickle holds the instruction 0x{:02x}, which no state dict needs.",
                                 instruction));
    }
}

Result<void> Machine::text(uint64_t length) {
    DS_ASSIGN(const std::string_view bytes, take(length));
    return push(Kind::Text, 0, bytes);
}

/// Two's complement of any length; beyond 64 bits it is no size of anything.
Result<void> Machine::integer(uint64_t length) {
    if (length > 8) {
        DS_TRY(take(length));
        return push(Kind::Other);
    }
    DS_ASSIGN(uint64_t value, number(length));
    if (length > 0 && length < 8 && (value >> (8 * length - 1)) != 0)
        value |= ~uint64_t{0} << (8 * length);
    return push(Kind::Integer, static_cast<int64_t>(value));
}

Result<void> Machine::sequence(size_t count) {
    std::vector<const Value*> items(count);
    for (size_t i = count; i-- > 0;) {
        DS_ASSIGN(items[i], pop());
    }
    DS_TRY(push(Kind::Sequence));
    m_stack.back()->items = std::move(items);
    return {};
}

Result<void> Machine::global(std::string_view module, std::string_view name) {
    const std::string full = fmt::format("{}.{}", module, name);
    const bool isStorage = (module == "torch" || module == "torch.storage" || module == "torch.cuda") &&
                           storageTypes().contains(std::string(name));
    if (!isStorage && full != kOrderedDict && full != kRebuildTensor && full != kRebuildParameter)
        return fail(
            ErrorKind::Unsupported,
            fmt::format("The file asks for {}, which is neither a tensor nor a plain container; nothing of "
                        "it was run.",
                        full.substr(0, 200)),
            fmt::format("byte {} of data.pkl", m_start),
            "Save the weights alone: torch.save(model.state_dict(), \"weights.pt\"), or as safetensors.");
    return push(Kind::Global, 0, isStorage ? std::string(name) : full);
}

/// ("storage", FloatStorage, "key", "cpu", 100)
Result<void> Machine::storage() {
    DS_ASSIGN(const Value* const id, pop());
    const std::vector<const Value*>& parts = id->items;
    if (id->kind != Kind::Sequence || parts.size() < 5 || parts[0]->text != "storage" ||
        parts[1]->kind != Kind::Global || !storageTypes().contains(parts[1]->text) ||
        parts[2]->kind != Kind::Text || parts[2]->text.size() > kMostNameBytes ||
        parts[4]->kind != Kind::Integer || parts[4]->integer < 0)
        return wrong("The pickle refers to something outside that is no storage.");
    DS_TRY(push(Kind::Storage));
    StoredTensor& stored = m_stack.back()->tensor;
    stored.dtype = storageTypes().at(parts[1]->text);
    stored.storage = parts[2]->text;
    stored.storageCount = parts[4]->integer;
    return {};
}

Result<void> Machine::reduce() {
    DS_ASSIGN(const Value* const arguments, pop());
    DS_ASSIGN(const Value* const function, pop());
    if (function->kind != Kind::Global || arguments->kind != Kind::Sequence)
        return wrong("The pickle calls what cannot be called.");
    if (function->text == kOrderedDict)
        return orderedDict(*arguments);
    if (function->text == kRebuildTensor)
        return tensor(*arguments);
    if (function->text != kRebuildParameter || arguments->items.empty() ||
        arguments->items[0]->kind != Kind::Tensor)
        return wrong("The pickle makes a parameter of what is no tensor.");
    DS_TRY(push(Kind::Tensor));
    m_stack.back()->tensor = arguments->items[0]->tensor;
    return {};
}

/// OrderedDict() or OrderedDict([[key, value], ...]).
Result<void> Machine::orderedDict(const Value& arguments) {
    DS_TRY(push(Kind::Dict));
    Value& dict = *m_stack.back();
    if (arguments.items.empty())
        return {};
    m_copied += arguments.items[0]->items.size();
    if (m_copied > kMostValues)
        return wrong(fmt::format("The pickle holds more than {} values.", kMostValues));
    for (const Value* pair : arguments.items[0]->items) {
        if (pair->kind != Kind::Sequence || pair->items.size() != 2)
            return wrong("The pickle makes a dict of what are no pairs.");
        dict.items.insert(dict.items.end(), pair->items.begin(), pair->items.end());
    }
    return {};
}

/// _rebuild_tensor_v2(storage, offset, sizes, strides, ...): whether the view lies in its storage is checked
/// here.
Result<void> Machine::tensor(const Value& arguments) {
    const std::vector<const Value*>& parts = arguments.items;
    if (parts.size() < 4 || parts[0]->kind != Kind::Storage || parts[1]->kind != Kind::Integer ||
        parts[2]->kind != Kind::Sequence || parts[3]->kind != Kind::Sequence ||
        parts[2]->items.size() != parts[3]->items.size() || parts[2]->items.size() > kMostDimensions)
        return wrong("The pickle makes a tensor of what is no storage, offset, sizes and strides.");
    StoredTensor made = parts[0]->tensor;
    made.offset = parts[1]->integer;
    int64_t count = 1;
    int64_t last = made.offset;
    bool fits = made.offset >= 0;
    for (size_t i = 0; i < parts[2]->items.size(); ++i) {
        const Value& size = *parts[2]->items[i];
        const Value& stride = *parts[3]->items[i];
        if (size.kind != Kind::Integer || stride.kind != Kind::Integer)
            return wrong("The pickle makes a tensor of sizes that are no whole numbers.");
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
        return wrong(fmt::format(
            "A tensor of sizes {}, strides {} and offset {} does not lie in its storage of {} values.",
            shapeText(made.shape), shapeText(made.strides), made.offset, made.storageCount));
    DS_TRY(push(Kind::Tensor));
    m_stack.back()->tensor = std::move(made);
    return {};
}

Result<void> Machine::memoize(uint64_t key) {
    DS_ASSIGN(Value* const value, pop());
    m_stack.push_back(value);
    m_memo[key] = value;
    return {};
}

Result<void> Machine::recall(uint64_t key) {
    const auto found = m_memo.find(key);
    if (found == m_memo.end())
        return wrong("The pickle recalls a value that it never kept.");
    m_stack.push_back(found->second);
    return m_stack.size() <= kMostValues ? Result<void>() : wrong("The pickle's stack is too deep.");
}

struct NamedDict {
    std::string name;
    const Value* dict;
};

/// The dict of tensors, looked for level by level.
Result<const Value*> findStateDict(const Value* top) {
    std::vector<NamedDict> level{{"", top}};
    for (int depth = 0; depth < kDeepestDict && !level.empty(); ++depth) {
        std::vector<NamedDict> holders;
        std::vector<NamedDict> below;
        std::set<const Value*> seen;
        for (const NamedDict& named : level) {
            bool holds = false;
            for (size_t i = 0; i + 1 < named.dict->items.size(); i += 2) {
                const Value& key = *named.dict->items[i];
                const Value* const value = named.dict->items[i + 1];
                holds = holds || (key.kind == Kind::Text && value->kind == Kind::Tensor);
                if (value->kind == Kind::Dict && seen.insert(value).second)
                    below.push_back({key.text, value});
            }
            if (holds)
                holders.push_back(named);
        }
        if (holders.size() == 1)
            return holders.front().dict;
        if (holders.size() > 1) {
            std::vector<std::string> names;
            for (const NamedDict& named : holders)
                names.push_back('"' + named.name + '"');
            return fail(ErrorKind::BadInput,
                        fmt::format("The file holds several dicts of tensors: {}.", fmt::join(names, ", ")),
                        "data.pkl",
                        "Save the one that is meant alone: torch.save(checkpoint[\"...\"], \"weights.pt\").");
        }
        level = std::move(below);
    }
    return fail(ErrorKind::BadInput, "The file holds no dict of tensors.", "data.pkl",
                "Save the weights with torch.save(model.state_dict(), \"weights.pt\").");
}

} // namespace

Result<std::vector<StoredTensor>> readStateDict(std::string_view pickle) {
    Machine machine(pickle);
    DS_ASSIGN(const Value* const top, machine.run());
    if (top->kind != Kind::Dict)
        return fail(ErrorKind::BadInput, "The file holds no dict of tensors.", "data.pkl",
                    "Save the weights with torch.save(model.state_dict(), \"weights.pt\").");
    DS_ASSIGN(const Value* const dict, findStateDict(top));
    std::map<std::string, StoredTensor> byName;
    for (size_t i = 0; i + 1 < dict->items.size(); i += 2) {
        const Value& key = *dict->items[i];
        const Value& value = *dict->items[i + 1];
        if (key.kind != Kind::Text || value.kind != Kind::Tensor)
            continue;
        StoredTensor tensor = value.tensor;
        tensor.name = key.text;
        if (!byName.emplace(key.text, std::move(tensor)).second)
            return fail(ErrorKind::BadInput, fmt::format("The tensor \"{}\" is listed twice.", key.text),
                        "data.pkl");
    }
    std::vector<StoredTensor> tensors;
    for (auto& [name, tensor] : byName)
        tensors.push_back(std::move(tensor));
    return tensors;
}

} // namespace diploscope
