// SPDX-License-Identifier: GPL-3.0-or-later
// What a handler throws is told, and the window goes on.
#include "guarded_application.h"
#include "waiting.h"

#include <QPushButton>
#include <QTest>
#include <QTimer>

#include <optional>
#include <stdexcept>

using namespace diploscope;
using namespace diploscope::ui;
using diploscope::test::waitUntil;

class TestGuardedApplication : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void handlersMayThrow();
};

void TestGuardedApplication::handlersMayThrow() {
    std::optional<Error> error;
    int told = 0;
    auto* application = qobject_cast<GuardedApplication*>(qApp);
    QVERIFY(application != nullptr);
    connect(application, &GuardedApplication::handlerFailed, this, [&](const Error& failure) {
        error = failure;
        ++told;
    });
    QPushButton button;
    connect(&button, &QPushButton::clicked, this, [] { throw std::runtime_error("a slot's"); });
    QTest::mouseClick(&button, Qt::LeftButton);
    QCOMPARE(told, 1);
    QVERIFY2(error->what.find("a slot's") != std::string::npos, error->what.c_str());

    // Of a call that waits in the event loop, too.
    bool after = false;
    QTimer::singleShot(0, this, [] { throw std::bad_alloc(); });
    QTimer::singleShot(1, this, [&] { after = true; });
    QVERIFY(waitUntil([&] { return after; }));
    QCOMPARE(told, 2);
    QCOMPARE(error->kind, ErrorKind::Unsupported);
}

int main(int argc, char** argv) {
    GuardedApplication application(argc, argv);
    TestGuardedApplication test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_guarded_application.moc"
