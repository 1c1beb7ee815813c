// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever a library throws becomes an Error of the right kind, from helper threads too.
#include "base/edge.h"
#include "base/parallel.h"
#include "support.h"

#include <nlohmann/json.hpp>

#include <atomic>
#include <memory>
#include <new>
#include <stdexcept>
#include <system_error>
#include <vector>

using namespace diploscope;

namespace {

using Thrower = void (*)();

[[noreturn]] void throwNumber() {
    throw 7; // what no library should throw, and some do
}

} // namespace

Q_DECLARE_METATYPE(Thrower)

class TestEdge : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyExceptionIsAnError_data();
    void everyExceptionIsAnError();
    void ownErrorsPassThroughLibraries();
    void resultsPass();
    void helpersThrowToTheCaller_data();
    void helpersThrowToTheCaller();
    void everyItemIsWorkedOnOnce();
};

void TestEdge::everyExceptionIsAnError_data() {
    QTest::addColumn<Thrower>("thrower");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, Thrower thrower, ErrorKind kind, const char* says) {
        QTest::newRow(name) << thrower << static_cast<int>(kind) << says;
    };
    row(
        "memory", [] { throw std::bad_alloc(); }, ErrorKind::Unsupported, "needs more memory than there is");
    row(
        "memory, in a library's words",
        [] { throw std::runtime_error("cannot allocate memory for 12 bytes"); }, ErrorKind::Unsupported,
        "needs more memory");
    row(
        "a file",
        [] {
            throw std::filesystem::filesystem_error("status", "/study.json",
                                                    std::make_error_code(std::errc::permission_denied));
        },
        ErrorKind::Io, "Permission denied");
    row(
        "a thread",
        [] { throw std::system_error(std::make_error_code(std::errc::resource_unavailable_try_again)); },
        ErrorKind::Io, "Resource temporarily unavailable");
    row(
        "JSON", [] { (void)nlohmann::json("\xE9").dump(); }, ErrorKind::Internal, "UTF-8");
    row(
        "text", [] { (void)std::string("ab").substr(3); }, ErrorKind::Internal, "failed unexpectedly");
    row(
        "only the first line", [] { throw std::logic_error("first\nat frame 7"); }, ErrorKind::Internal,
        "first.");
    row("no exception at all", throwNumber, ErrorKind::Internal, "nobody told");
}

void TestEdge::everyExceptionIsAnError() {
    QFETCH(Thrower, thrower);
    QFETCH(int, kind);
    QFETCH(QString, says);
    const Result<int> result = atEdge("Analysing GSTM3", [&]() -> Result<int> {
        thrower();
        return 1;
    });
    QVERIFY(!result);
    QCOMPARE(static_cast<int>(result.error().kind), kind);
    const QString what = QString::fromStdString(result.error().what);
    QVERIFY2(what.startsWith("Analysing GSTM3 ") && what.contains(says) && !what.contains("frame"),
             qPrintable(what));
    QVERIFY(!result.error().remedy.empty());
}

void TestEdge::ownErrorsPassThroughLibraries() {
    const Result<int> result = atEdge("Multiplying", []() -> Result<int> {
        throw ThrownError({ErrorKind::Mismatch, "As it was.", "here", "Do this."});
    });
    QCOMPARE(static_cast<int>(result.error().kind), static_cast<int>(ErrorKind::Mismatch));
    QCOMPARE(result.error().what, std::string("As it was."));
    QCOMPARE(result.error().where, std::string("here"));
    QCOMPARE(result.error().remedy, std::string("Do this."));
}

void TestEdge::resultsPass() {
    QCOMPARE(*atEdge("Counting", []() -> Result<int> { return 3; }), 3);
    const Result<void> failed = atEdge(
        "Counting", []() -> Result<void> { return fail(ErrorKind::Cancelled, "Stopped on request."); });
    QCOMPARE(failed.error().what, std::string("Stopped on request."));
}

void TestEdge::helpersThrowToTheCaller_data() {
    QTest::addColumn<int>("threads");
    QTest::newRow("the caller alone") << 1;
    QTest::newRow("helpers") << 4;
}

void TestEdge::helpersThrowToTheCaller() {
    QFETCH(int, threads);
    std::atomic<int> begun{0};
    const Result<void> result = atEdge("Working", [&]() -> Result<void> {
        parallelFor(10000, threads, [&](int64_t i) {
            ++begun;
            if (i % 10 == 3)
                throw std::bad_alloc();
        });
        return {};
    });
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::Unsupported);
    QVERIFY(begun < 10000); // the rest is left out
}

void TestEdge::everyItemIsWorkedOnOnce() {
    std::vector<std::atomic<int>> done(1000);
    parallelFor(1000, 8, [&](int64_t i) { ++done[static_cast<size_t>(i)]; });
    for (const std::atomic<int>& count : done)
        QCOMPARE(count.load(), 1);
}

QTEST_APPLESS_MAIN(TestEdge)
#include "tst_edge.moc"
