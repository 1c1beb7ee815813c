// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json_text.h"
#include "support.h"

using namespace diploscope;
using namespace diploscope::test;

class TestJsonText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// What the library itself reads is read to the same value.
    void reads_data() {
        QTest::addColumn<QByteArray>("text");
        for (const char* text :
             {"null", "[]", "{}", "[1, -2, 18446744073709551615, 2.5e-3, true, \"a\\u00e9\\n\"]",
              "{\"a\": {\"b\": [{\"a\": 1}, [[]]]}, \"c\": {\"b\": 2}, \"\": 0}", "\xEF\xBB\xBF[1]"})
            QTest::newRow(text) << QByteArray(text);
    }
    void reads() {
        QFETCH(QByteArray, text);
        const auto value = parseJson(text.toStdString(), "f");
        DS_VERIFY(value);
        QCOMPARE(value->dump(), nlohmann::json::parse(text.toStdString()).dump());
    }

    void refuses_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("where");
        QTest::addColumn<QString>("what");
        const auto row = [](const char* name, const QByteArray& text, const char* where, const char* what) {
            QTest::newRow(name) << text << QString(where) << QString(what);
        };
        row("nothing", "", "f, line 1, column 1", "not valid JSON");
        row("cut off", "{\"a\":\n 1", "f, line 2", "not valid JSON");
        row("two values", "1 2", "f, line 1, column 3", "not valid JSON");
        row("number beyond any", "[1,\n1e400]", "f, line 2", "1e400");
        row("not UTF-8", "\"\xe9\"", "f, line 1", "not valid JSON");
        row("a key twice", "{\"a\": {\"b\": 1,\n \"b\": 2}}", "f, line 2, column 4, key `a.b`",
            "more than once");
        row("the same key in a list", "{\"l\": [{\"x\": 1, \"x\": 1}]}", "key `l.x`", "more than once");
        row("too deep", QByteArray(65, '['), "f, line 1, column 65", "more than 64 deep");
        row("much too deep", QByteArray(1'000'000, '['), "f, line 1, column 65", "more than 64 deep");
        row("too many values", "[" + QByteArray("0,").repeated(2000) + "0]", "f, line 1",
            "more than 1000 values");
        row("too large", "\"" + QByteArray(70'000, 'x') + "\"", "f", "70002 bytes");
        row("a long text that does not end", "\"" + QByteArray(10'000, 'x'), "f, line 1",
            "missing closing quote");
    }
    void refuses() {
        QFETCH(QByteArray, text);
        QFETCH(QString, where);
        QFETCH(QString, what);
        JsonLimits limits;
        if (!text.startsWith("[[[")) {
            limits.bytes = 65'536;
            limits.values = 1000;
        } else {
            limits.bytes = size_t{2} << 20;
        }
        const auto value = parseJson(text.toStdString(), "f", limits);
        QVERIFY(!value);
        QCOMPARE(value.error().kind, ErrorKind::BadInput);
        QVERIFY2(QString::fromStdString(value.error().where).contains(where),
                 value.error().message().c_str());
        QVERIFY2(QString::fromStdString(value.error().what).contains(what), value.error().message().c_str());
        QVERIFY(value.error().what.size() < 400 && !value.error().remedy.empty());
    }

    void deepestIsStillRead() { DS_VERIFY(parseJson(std::string(64, '[') + std::string(64, ']'), "f")); }

    void files() {
        const TemporaryFolder folder;
        writeText(folder / "a.json", "{\"a\": 1}");
        DS_VERIFY(readJsonFile(folder / "a.json"));
        JsonLimits limits;
        limits.bytes = 4;
        QCOMPARE(readJsonFile(folder / "a.json", limits).error().kind, ErrorKind::BadInput);
        QCOMPARE(readJsonFile(folder / "none.json").error().kind, ErrorKind::NotFound);
        QCOMPARE(readJsonFile(folder.path()).error().kind, ErrorKind::BadInput);
        QCOMPARE(readJsonFile("/dev/zero").error().kind, ErrorKind::BadInput); // has no end
    }
};

QTEST_GUILESS_MAIN(TestJsonText)
#include "tst_json_text.moc"
