// SPDX-License-Identifier: GPL-3.0-or-later
#include "weights/pickle.h"

#include "weights/pickle_names.h"
#include "weights/pickled_tensor.h"

#include <fmt/format.h>

#include <cstring>
#include <deque>
#include <unordered_map>

namespace diploscope {

namespace {

/// What a state dict of 50,000 tensors needs; a pickle of one byte an instruction must not fill the memory.
constexpr size_t kMostValues = 1'000'000;

using Kind = PickleValue::Kind;

/// The stack machine. Values live in one arena, so that pickles that refer to themselves are freed too.
class Machine {
public:
    explicit Machine(std::string_view pickle) : m_pickle(pickle) {}
    /// Runs to STOP. \return the top of the stack
    Result<std::shared_ptr<const PickleValue>> run();

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
    Result<PickleValue*> make(Kind kind) {
        if (m_values->size() >= kMostValues)
            return wrong(fmt::format("The pickle holds more than {} values.", kMostValues));
        PickleValue& value = m_values->emplace_back();
        value.kind = kind;
        return &value;
    }
    Result<void> push(Kind kind, int64_t integer = 0, std::string_view text = {}) {
        DS_ASSIGN(PickleValue* const value, make(kind));
        value->integer = integer;
        value->text = text;
        m_stack.push_back(value);
        return {};
    }
    /// A storage or tensor, or what is wrong with it.
    Result<void> push(Kind kind, Result<StoredTensor> tensor) {
        if (!tensor)
            return wrong(tensor.error().what);
        DS_TRY(push(kind));
        m_stack.back()->tensor = std::move(*tensor);
        return {};
    }
    Result<PickleValue*> pop() {
        if (m_stack.size() <= (m_marks.empty() ? 0 : m_marks.back()))
            return wrong("The pickle takes a value that is not there.");
        PickleValue* const value = m_stack.back();
        m_stack.pop_back();
        return value;
    }
    /// All values since the last mark.
    Result<std::vector<const PickleValue*>> popToMark() {
        if (m_marks.empty())
            return wrong("The pickle takes values up to a mark that is not there.");
        const auto begin = m_stack.begin() + static_cast<std::ptrdiff_t>(m_marks.back());
        std::vector<const PickleValue*> items(begin, m_stack.end());
        m_stack.erase(begin, m_stack.end());
        m_marks.pop_back();
        return items;
    }
    /// The container that is filled next; null for a Foreign one.
    Result<PickleValue*> top(Kind kind) {
        DS_ASSIGN(PickleValue* const value, pop());
        const bool foreign = value->kind == Kind::Foreign;
        if (value->kind != kind && !foreign)
            return wrong("The pickle fills what is no container.");
        m_stack.push_back(value);
        return foreign ? nullptr : value;
    }

    Result<void> step(uint8_t instruction);
    Result<void> text(uint64_t length);
    Result<void> integer(uint64_t length);
    Result<void> sequence(size_t count);
    Result<void> global(std::string_view module, std::string_view name);
    Result<void> reduce();
    Result<void> orderedDict(const PickleValue& arguments);
    Result<void> memoize(uint64_t key);
    Result<void> recall(uint64_t key);

    std::string_view m_pickle;
    size_t m_at = 0;
    size_t m_start = 0; ///< of the instruction, for errors
    std::shared_ptr<std::deque<PickleValue>> m_values = std::make_shared<std::deque<PickleValue>>();
    size_t m_copied = 0; ///< pairs of all OrderedDict(...)
    std::vector<PickleValue*> m_stack;
    std::vector<size_t> m_marks; ///< sizes of the stack
    std::unordered_map<uint64_t, PickleValue*> m_memo;
};

Result<std::shared_ptr<const PickleValue>> Machine::run() {
    for (;;) {
        m_start = m_at;
        DS_ASSIGN(const uint64_t instruction, number(1));
        if (instruction == '.') {
            DS_ASSIGN(const PickleValue* const result, pop());
            return std::shared_ptr<const PickleValue>(m_values, result);
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
    case 0x8e:
    case 0x96: { // BINUNICODE8, BINBYTES8, BYTEARRAY8
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
    case 'd':
    case 0x91: { // TUPLE, LIST, DICT, FROZENSET
        DS_ASSIGN(std::vector<const PickleValue*> items, popToMark());
        if (instruction == 'd' && items.size() % 2 != 0)
            return wrong("The pickle makes a dict of an odd number of values.");
        DS_TRY(push(instruction == 'd' ? Kind::Dict : Kind::Sequence));
        m_stack.back()->items = std::move(items);
        return {};
    }
    case 'a': { // APPEND
        DS_ASSIGN(const PickleValue* const item, pop());
        DS_ASSIGN(PickleValue* const list, top(Kind::Sequence));
        if (list != nullptr)
            list->items.push_back(item);
        return {};
    }
    case 's': { // SETITEM
        DS_ASSIGN(const PickleValue* const item, pop());
        DS_ASSIGN(const PickleValue* const key, pop());
        DS_ASSIGN(PickleValue* const dict, top(Kind::Dict));
        if (dict != nullptr)
            dict->items.insert(dict->items.end(), {key, item});
        return {};
    }
    case 'e':
    case 'u':
    case 0x90: { // APPENDS, SETITEMS, ADDITEMS
        DS_ASSIGN(const std::vector<const PickleValue*> items, popToMark());
        DS_ASSIGN(PickleValue* const container, top(instruction == 'u' ? Kind::Dict : Kind::Sequence));
        if (instruction == 'u' && items.size() % 2 != 0)
            return wrong("The pickle fills a dict with an odd number of values.");
        if (container != nullptr)
            container->items.insert(container->items.end(), items.begin(), items.end());
        return {};
    }
    case 'c': { // GLOBAL
        DS_ASSIGN(const std::string_view module, line());
        DS_ASSIGN(const std::string_view name, line());
        return global(module, name);
    }
    case 0x93: { // STACK_GLOBAL
        DS_ASSIGN(const PickleValue* const name, pop());
        DS_ASSIGN(const PickleValue* const module, pop());
        return global(module->text, name->text);
    }
    case 'Q': { // BINPERSID
        DS_ASSIGN(const PickleValue* const id, pop());
        return push(Kind::Storage, storageOf(*id));
    }
    case 0x92: // NEWOBJ_EX: NEWOBJ with named arguments
        DS_TRY(pop());
        return reduce();
    case 'R':
    case 0x81: // REDUCE, NEWOBJ
        return reduce();
    case 'b': // BUILD: the attributes of a dict (its _metadata), of a parameter, of an object
        DS_TRY(pop());
        return m_stack.empty() ? wrong("The pickle takes a value that is not there.") : Result<void>();
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
    std::vector<const PickleValue*> items(count);
    for (size_t i = count; i-- > 0;) {
        DS_ASSIGN(items[i], pop());
    }
    DS_TRY(push(Kind::Sequence));
    m_stack.back()->items = std::move(items);
    return {};
}

Result<void> Machine::global(std::string_view module, std::string_view name) {
    Result<OutsideName> found = outsideName(module, name);
    if (!found) {
        Error error = std::move(found).error();
        error.where = fmt::format("byte {} of data.pkl", m_start);
        return fail(std::move(error));
    }
    return push(found->isKnown ? Kind::Global : Kind::Foreign, 0, found->text);
}

Result<void> Machine::reduce() {
    DS_ASSIGN(const PickleValue* const arguments, pop());
    DS_ASSIGN(const PickleValue* const function, pop());
    if (function->kind == Kind::Foreign)
        return push(Kind::Foreign, 0, function->text);
    if (function->kind != Kind::Global || arguments->kind != Kind::Sequence)
        return wrong("The pickle calls what cannot be called.");
    if (function->text == kOrderedDict)
        return orderedDict(*arguments);
    if (function->text == kDefaultDict)
        return push(Kind::Dict);
    if (function->text == kRebuildTensor)
        return push(Kind::Tensor, tensorOf(*arguments));
    if ((function->text != kRebuildParameter && function->text != kRebuildParameterWithState) ||
        arguments->items.empty() || arguments->items[0]->kind != Kind::Tensor)
        return wrong("The pickle makes a parameter of what is no tensor.");
    return push(Kind::Tensor, arguments->items[0]->tensor);
}

/// OrderedDict() or OrderedDict([[key, value], ...]).
Result<void> Machine::orderedDict(const PickleValue& arguments) {
    DS_TRY(push(Kind::Dict));
    PickleValue& dict = *m_stack.back();
    if (arguments.items.empty())
        return {};
    m_copied += arguments.items[0]->items.size();
    if (m_copied > kMostValues)
        return wrong(fmt::format("The pickle holds more than {} values.", kMostValues));
    for (const PickleValue* pair : arguments.items[0]->items) {
        if (pair->kind != Kind::Sequence || pair->items.size() != 2)
            return wrong("The pickle makes a dict of what are no pairs.");
        dict.items.insert(dict.items.end(), pair->items.begin(), pair->items.end());
    }
    return {};
}

Result<void> Machine::memoize(uint64_t key) {
    DS_ASSIGN(PickleValue* const value, pop());
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

} // namespace

Result<std::shared_ptr<const PickleValue>> unpickle(std::string_view pickle) {
    return Machine(pickle).run();
}

} // namespace diploscope
