// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/result.h"
#include "support.h"

#include <memory>

using namespace diploscope;

namespace {

Result<int> half(int value) {
    if (value % 2 != 0)
        return fail(ErrorKind::BadInput, "odd", "here", "Give an even number.");
    return value / 2;
}
Result<int> quarter(int value) {
    DS_ASSIGN(const int once, half(value));
    DS_ASSIGN(const int twice, half(once)); // two in one scope must not clash
    return twice;
}
Result<void> check(int value, int& calls) {
    ++calls;
    if (value < 0)
        return fail(ErrorKind::Mismatch, "negative");
    return {};
}
Result<std::string> checked(int value, int& calls) {
    DS_TRY(check(value, calls));
    return std::string("fine");
}
Result<std::unique_ptr<int>> owned() {
    return std::make_unique<int>(7);
}

} // namespace

class TestResult : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void holdsValue() {
        const auto result = half(8);
        QVERIFY(result.has_value());
        QVERIFY(static_cast<bool>(result));
        QCOMPARE(*result, 4);
    }

    void holdsError() {
        const auto result = half(7);
        QVERIFY(!result);
        QCOMPARE(result.error().kind, ErrorKind::BadInput);
        QCOMPARE(result.error().message(), std::string("here: odd Give an even number."));
    }

    void messageLeavesOutEmptyParts() {
        QCOMPARE((Error{ErrorKind::Io, "what.", {}, {}}).message(), std::string("what."));
        QCOMPARE((Error{ErrorKind::Io, "what.", {}, "Do this."}).message(), std::string("what. Do this."));
        QCOMPARE((Error{ErrorKind::Io, "what.", "file", {}}).message(), std::string("file: what."));
    }

    void assignsOrReturns() {
        QCOMPARE(*quarter(12), 3);
        QVERIFY(!quarter(6));
        QCOMPARE(quarter(6).error().where, std::string("here")); // the error arrives whole
    }

    void triesOnce() {
        int calls = 0;
        QVERIFY(checked(1, calls).has_value());
        QCOMPARE(calls, 1);
        QCOMPARE(checked(-1, calls).error().kind, ErrorKind::Mismatch);
        QCOMPARE(calls, 2);
    }

    void movesValueOut() {
        std::unique_ptr<int> value = *owned();
        QCOMPARE(*value, 7);
        auto result = owned();
        value = std::move(result).value();
        QCOMPARE(*value, 7);
    }

    /// A string is both a value and what an error is made of.
    void tellsTextFromFailure() {
        const Result<std::string> text = std::string("odd");
        QVERIFY(text.has_value());
        const Result<std::string> failed = fail(ErrorKind::Io, "odd");
        QVERIFY(!failed.has_value());
    }
};

QTEST_GUILESS_MAIN(TestResult)
#include "tst_result.moc"
