// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json_text.h"

#include "base/atomic_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <vector>

namespace diploscope {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

/// Walks over the text and tells how far the parser came: its handlers are not told.
class WatchedText {
public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = const char&;

    WatchedText(const char* at, const char** furthest) : m_at(at), m_furthest(furthest) {}
    reference operator*() const { return *m_at; }
    WatchedText& operator++() {
        ++m_at;
        *m_furthest = m_at;
        return *this;
    }
    WatchedText operator++(int) {
        WatchedText before = *this;
        ++*this;
        return before;
    }
    bool operator==(const WatchedText& other) const { return m_at == other.m_at; }
    bool operator!=(const WatchedText& other) const { return m_at != other.m_at; }

private:
    const char* m_at;
    const char** m_furthest;
};

/// Builds the value while the parser reads, and stops it where a limit is passed.
class Builder final : public nlohmann::json_sax<json> {
public:
    explicit Builder(const JsonLimits& limits) : m_limits(limits) {}

    json take() { return std::move(m_root); }
    [[nodiscard]] const std::string& what() const { return m_what; }
    /// Of the key that stands twice: "options.allele".
    [[nodiscard]] const std::string& key() const { return m_repeated; }

    bool null() override { return add(nullptr); }
    bool boolean(bool value) override { return add(value); }
    bool number_integer(number_integer_t value) override { return add(value); }
    bool number_unsigned(number_unsigned_t value) override { return add(value); }
    bool number_float(number_float_t value, const string_t&) override { return add(value); }
    bool string(string_t& value) override { return add(std::move(value)); }
    bool binary(binary_t&) override { return stop("There are bytes where JSON was expected."); }
    bool start_object(size_t) override { return open(json::object()); }
    bool start_array(size_t) override { return open(json::array()); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }

    bool key(string_t& name) override {
        json& object = *m_open.back();
        if (object.contains(name)) {
            for (const std::string& outer : m_keys)
                m_repeated += outer.empty() ? "" : outer + ".";
            m_repeated += name;
            return stop(fmt::format("The key `{}` occurs more than once.", name));
        }
        m_key = std::move(name);
        return true;
    }

    bool parse_error(size_t, const std::string&, const nlohmann::detail::exception& error) override {
        // "[json.exception.parse_error.101] parse error at line 3, column 5: syntax error ...": the place is
        // said apart.
        std::string reason = error.what();
        reason.erase(0, reason.find("] ") + 2);
        if (reason.starts_with("parse error"))
            reason.erase(0, reason.find(": ") + 2);
        constexpr size_t Longest = 200; // it may quote all of a long text
        if (reason.size() > Longest)
            reason = reason.substr(0, reason.find_first_of(" ,;", Longest / 2)).substr(0, Longest) + "...";
        return stop(fmt::format("This is not valid JSON: {}.", reason));
    }

private:
    bool stop(std::string what) {
        m_what = std::move(what);
        return false;
    }

    template <class Value>
    json* place(Value&& value) {
        if (++m_values > m_limits.values)
            return nullptr;
        if (m_open.empty()) {
            m_root = std::forward<Value>(value);
            return &m_root;
        }
        json& outer = *m_open.back();
        if (outer.is_array()) {
            outer.push_back(std::forward<Value>(value));
            return &outer.back();
        }
        return &(outer[m_key] = std::forward<Value>(value));
    }
    template <class Value>
    bool add(Value&& value) {
        return place(json(std::forward<Value>(value))) != nullptr || tooMany();
    }
    bool open(json value) {
        if (static_cast<int>(m_open.size()) >= m_limits.depth)
            return stop(
                fmt::format("Lists and objects stand in each other more than {} deep.", m_limits.depth));
        const bool inObject = !m_open.empty() && m_open.back()->is_object();
        json* placed = place(std::move(value));
        if (placed == nullptr)
            return tooMany();
        m_open.push_back(placed);
        m_keys.push_back(inObject ? m_key : std::string());
        return true;
    }
    bool close() {
        m_open.pop_back();
        m_keys.pop_back();
        return true;
    }
    bool tooMany() { return stop(fmt::format("There are more than {} values.", m_limits.values)); }

    const JsonLimits& m_limits;
    json m_root;
    std::vector<json*> m_open;       ///< from the outermost in; valid, as only the innermost grows
    std::vector<std::string> m_keys; ///< of these, "" in a list
    std::string m_key;
    size_t m_values = 0;
    std::string m_what;
    std::string m_repeated;
};

/// Line and column of the byte before `end`, both from 1.
std::string placeOf(std::string_view text, const char* end) {
    const auto count = static_cast<size_t>(end - text.data());
    const std::string_view before = text.substr(0, count > 0 ? count - 1 : 0);
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    const size_t lineStart = before.rfind('\n') + 1; // npos + 1 is 0
    return fmt::format("line {}, column {}", line, before.size() - lineStart + 1);
}

} // namespace

Result<json> parseJson(std::string_view text, const std::string& where, const JsonLimits& limits) {
    if (text.size() > limits.bytes)
        return fail(ErrorKind::BadInput,
                    fmt::format("The JSON has {} bytes; at most {} are read.", text.size(), limits.bytes),
                    where, "Check that this is the right file.");
    Builder builder(limits);
    const char* furthest = text.data();
    const char* const end = text.data() + text.size();
    if (json::sax_parse(WatchedText(text.data(), &furthest), WatchedText(end, &furthest), &builder))
        return builder.take();
    std::string place = fmt::format("{}{}{}", where, where.empty() ? "" : ", ", placeOf(text, furthest));
    if (!builder.key().empty())
        return fail(ErrorKind::BadInput, builder.what(), fmt::format("{}, key `{}`", place, builder.key()),
                    "Keep one of them.");
    return fail(ErrorKind::BadInput, builder.what(), std::move(place),
                "Look there for a missing or superfluous comma, quote or bracket.");
}

Result<json> readJsonFile(const fs::path& file, const JsonLimits& limits) {
    DS_ASSIGN(const std::string text, readNamedFile(file, limits.bytes));
    return parseJson(text, file.string(), limits);
}

} // namespace diploscope
