// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/condition.h"

#include "base/suggestion.h"
#include "base/utf8.h"
#include "base/words.h"
#include "io/text_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>

namespace diploscope {

namespace {

enum class Operator { Less, LessEqual, Greater, GreaterEqual, Equal, Unequal };

struct Operand {
    std::optional<size_t> column;
    bool absolute = false;
    double number = 0;
    std::string text; ///< lower case
    bool isText = false;

    [[nodiscard]] double numberIn(const ConditionTable& table, size_t row) const {
        const double value = column ? table.number(row, *column) : number;
        return absolute ? std::abs(value) : value;
    }
    [[nodiscard]] std::string textIn(const ConditionTable& table, size_t row) const {
        return column ? lowerCase(table.textIn(row, *column)) : text;
    }
};

bool compare(double a, Operator op, double b) {
    if (std::isnan(a) || std::isnan(b))
        return false;
    switch (op) {
    case Operator::Less:
        return a < b;
    case Operator::LessEqual:
        return a <= b;
    case Operator::Greater:
        return a > b;
    case Operator::GreaterEqual:
        return a >= b;
    case Operator::Equal:
        return a == b;
    case Operator::Unequal:
        return a != b;
    }
    return false;
}

} // namespace

struct Condition::Node {
    enum class Kind { And, Or, Not, Compare, Missing } kind = Kind::Compare;
    std::shared_ptr<const Node> left, right;
    Operand a, b;
    Operator op = Operator::Equal;

    [[nodiscard]] bool matches(const ConditionTable& table, size_t row) const {
        switch (kind) {
        case Kind::And:
            return left->matches(table, row) && right->matches(table, row);
        case Kind::Or:
            return left->matches(table, row) || right->matches(table, row);
        case Kind::Not:
            return !left->matches(table, row);
        case Kind::Missing:
            return a.isText ? a.textIn(table, row).empty() : std::isnan(a.numberIn(table, row));
        case Kind::Compare:
            break;
        }
        if (!a.isText)
            return compare(a.numberIn(table, row), op, b.numberIn(table, row));
        return (a.textIn(table, row) == b.textIn(table, row)) == (op == Operator::Equal);
    }
};

namespace {

struct Token {
    enum class Kind { Word, Quoted, Symbol, End } kind = Kind::End;
    std::string text;
    size_t at = 0; ///< 0-based, in the expression
};

Result<std::vector<Token>> tokensOf(std::string_view text) {
    std::vector<Token> tokens;
    for (size_t at = 0; at < text.size();) {
        const char c = text[at];
        if (std::isspace(static_cast<unsigned char>(c)) != 0) {
            ++at;
        } else if (c == '"' || c == '\'') {
            const size_t end = text.find(c, at + 1);
            if (end == std::string_view::npos)
                return fail(ErrorKind::BadInput, "A quote is not closed.",
                            fmt::format("filter, column {}", at + 1), "Add the closing quote.");
            tokens.push_back({Token::Kind::Quoted, std::string(text.substr(at + 1, end - at - 1)), at});
            at = end + 1;
        } else if (std::string_view("<>=!()").find(c) != std::string_view::npos) {
            const bool two = at + 1 < text.size() && c != '(' && c != ')' &&
                             (text[at + 1] == '=' || (c == '<' && text[at + 1] == '>'));
            tokens.push_back({Token::Kind::Symbol, std::string(text.substr(at, two ? 2 : 1)), at});
            at += two ? 2 : 1;
        } else {
            const size_t end = std::min(text.find_first_of(" \t\r\n<>=!()\"'", at), text.size());
            tokens.push_back({Token::Kind::Word, std::string(text.substr(at, end - at)), at});
            at = end;
        }
    }
    tokens.push_back({Token::Kind::End, "the end", text.size()});
    return tokens;
}

/// Bytes of a word that an error repeats.
constexpr size_t LongestTold = 60;
/// Deeper nesting than any person writes; keeps the parser's own recursion short.
constexpr int DeepestNesting = 100;
/// A chain of comparisons is as deep a tree as it is long, and walked by recursion.
constexpr size_t MostWords = 4000;

class Parser {
public:
    using NodePtr = std::shared_ptr<const Condition::Node>;
    Parser(std::vector<Token> tokens, const ConditionTable& table)
        : m_tokens(std::move(tokens)), m_table(table) {}

    Result<NodePtr> parse() {
        DS_ASSIGN(NodePtr root, either());
        if (now().kind != Token::Kind::End)
            return unexpected("`and`, `or` or the end");
        return root;
    }

private:
    using Node = Condition::Node;

    [[nodiscard]] const Token& now() const { return m_tokens[m_at]; }
    [[nodiscard]] bool isWord(std::string_view word) const {
        return now().kind == Token::Kind::Word && lowerCase(now().text) == word;
    }
    [[nodiscard]] bool isSymbol(std::string_view symbol) const {
        return now().kind == Token::Kind::Symbol && now().text == symbol;
    }
    [[nodiscard]] Failure unexpected(std::string_view expected) const {
        return fail(ErrorKind::BadInput,
                    fmt::format("Expected {}, but there is {}.", expected,
                                now().kind == Token::Kind::End ? now().text : told(now())),
                    fmt::format("filter, column {}", now().at + 1),
                    fmt::format("Write it as in: {}", m_table.example()));
    }

    Result<NodePtr> either() {
        DS_ASSIGN(NodePtr left, both());
        while (isWord("or")) {
            ++m_at;
            DS_ASSIGN(NodePtr right, both());
            left = joined(Node::Kind::Or, left, right);
        }
        return left;
    }
    Result<NodePtr> both() {
        DS_ASSIGN(NodePtr left, factor());
        while (isWord("and")) {
            ++m_at;
            DS_ASSIGN(NodePtr right, factor());
            left = joined(Node::Kind::And, left, right);
        }
        return left;
    }
    static NodePtr joined(Node::Kind kind, NodePtr left, NodePtr right) {
        auto node = std::make_shared<Node>();
        node->kind = kind;
        node->left = std::move(left);
        node->right = std::move(right);
        return node;
    }

    Result<NodePtr> factor() {
        if (++m_depth > DeepestNesting)
            return unexpected("fewer parentheses");
        Result<NodePtr> node = nested();
        --m_depth;
        return node;
    }
    Result<NodePtr> nested() {
        if (isWord("not")) {
            ++m_at;
            DS_ASSIGN(NodePtr inner, factor());
            return joined(Node::Kind::Not, inner, nullptr);
        }
        if (isSymbol("(")) {
            ++m_at;
            DS_ASSIGN(NodePtr inner, either());
            if (!isSymbol(")"))
                return unexpected("`)`");
            ++m_at;
            return inner;
        }
        return comparison();
    }

    Result<NodePtr> comparison() {
        auto node = std::make_shared<Node>();
        DS_ASSIGN(node->a, operand(nullptr));
        if (isWord("missing") && node->a.column) {
            ++m_at;
            node->kind = Node::Kind::Missing;
            return NodePtr(node);
        }
        static const std::pair<std::string_view, Operator> operators[] = {
            {"<", Operator::Less},          {"<=", Operator::LessEqual}, {">", Operator::Greater},
            {">=", Operator::GreaterEqual}, {"=", Operator::Equal},      {"==", Operator::Equal},
            {"!=", Operator::Unequal},      {"<>", Operator::Unequal}};
        const auto found = std::find_if(std::begin(operators), std::end(operators),
                                        [&](const auto& entry) { return isSymbol(entry.first); });
        if (found == std::end(operators))
            return unexpected("a comparison such as `<` or `=`");
        node->op = found->second;
        if (node->a.isText && node->op != Operator::Equal && node->op != Operator::Unequal)
            return unexpected("`=` or `!=`, as text has no order,");
        ++m_at;
        DS_ASSIGN(node->b, operand(&node->a));
        return NodePtr(node);
    }

    /// \param other the left side, where this is the right: text stands only against a text column.
    Result<Operand> operand(const Operand* other) {
        if (++m_depth > DeepestNesting)
            return unexpected("fewer parentheses");
        Result<Operand> read = readOperand(other);
        --m_depth;
        return read;
    }
    Result<Operand> readOperand(const Operand* other) {
        Operand operand;
        const Token& token = now();
        if (token.kind != Token::Kind::Word && token.kind != Token::Kind::Quoted)
            return unexpected("a column or a value");
        const bool wantsText = other != nullptr && other->isText;
        double number = 0;
        if (token.kind == Token::Kind::Word && !wantsText && parseNumber(token.text, number) &&
            !std::isnan(number)) {
            operand.number = number;
            ++m_at;
            return operand;
        }
        if (token.kind == Token::Kind::Word && lowerCase(token.text) == "abs" &&
            m_tokens[m_at + 1].kind == Token::Kind::Symbol && m_tokens[m_at + 1].text == "(") {
            m_at += 2;
            DS_ASSIGN(operand, this->operand(nullptr));
            if (operand.isText)
                return unexpected("a column of numbers inside abs()");
            if (!isSymbol(")"))
                return unexpected("`)`");
            ++m_at;
            operand.absolute = true;
            return operand;
        }
        operand.column = wantsText ? std::nullopt : m_table.findColumn(token.text);
        if (operand.column) {
            operand.isText = m_table.isText(*operand.column);
        } else if (wantsText) {
            operand.isText = true;
            operand.text = lowerCase(token.text);
        } else {
            return unknownColumn(token);
        }
        if (other != nullptr && other->isText != operand.isText)
            return unexpected("a number or a column of numbers");
        ++m_at;
        return operand;
    }

    /// As an error repeats it: what was pasted may be of any length.
    static std::string told(const Token& token) {
        return "`" + validUtf8(token.text.substr(0, LongestTold)) + "`";
    }
    [[nodiscard]] Failure unknownColumn(const Token& token) const {
        const std::vector<std::string> names = m_table.columnNames();
        const std::vector<std::string> near = nearestNames(token.text.substr(0, LongestTold), names);
        return fail(ErrorKind::BadInput, fmt::format("There is no column {}.", told(token)),
                    fmt::format("filter, column {}", token.at + 1),
                    near.empty() ? fmt::format("There are {}.", listed(names, names.size()))
                                 : fmt::format("Did you mean {}?", listed(near)));
    }

    std::vector<Token> m_tokens;
    const ConditionTable& m_table;
    size_t m_at = 0;
    int m_depth = 0;
};

} // namespace

Result<Condition> Condition::parse(std::string_view text, const ConditionTable& table) {
    DS_ASSIGN(std::vector<Token> tokens, tokensOf(text));
    Condition filter;
    if (tokens.size() == 1)
        return filter;
    if (tokens.size() > MostWords)
        return fail(
            ErrorKind::BadInput,
            fmt::format("The filter has {} words and signs; {} are the most.", tokens.size(), MostWords),
            "filter", "Filter the table elsewhere.");
    DS_ASSIGN(filter.m_root, Parser(std::move(tokens), table).parse());
    return filter;
}

bool Condition::matches(const ConditionTable& table, size_t row) const {
    return !m_root || m_root->matches(table, row);
}

std::vector<size_t> Condition::rows(const ConditionTable& table) const {
    std::vector<size_t> rows;
    for (size_t row = 0; row < table.rowCount(); ++row)
        if (matches(table, row))
            rows.push_back(row);
    return rows;
}

} // namespace diploscope
