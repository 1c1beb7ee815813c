// SPDX-License-Identifier: GPL-3.0-or-later
#include "support.h"
#include "weights/safetensors.h"

#include <fmt/format.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <random>

using namespace diploscope;
using namespace diploscope::test;

namespace {

template <class T>
std::string bytesOf(const std::vector<T>& values) {
    return std::string(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
}

std::string fileOf(const std::string& header, const std::string& data) {
    const uint64_t length = header.size();
    return bytesOf<uint64_t>({length}) + header + data;
}

std::string entry(const std::string& name, const std::string& dtype, const std::string& shape, int64_t begin,
                  int64_t end) {
    return fmt::format(R"("{}":{{"dtype":"{}","shape":{},"data_offsets":[{},{}]}})", name, dtype, shape,
                       begin, end);
}

std::string valid() {
    return fileOf("{" + entry("a", "F32", "[2,3]", 0, 24) + "," + entry("b", "F32", "[1]", 24, 28) + "}",
                  std::string(28, '\0'));
}

} // namespace

class TestSafetensors : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsEveryFloatType();
    void roundTrip();
    void scalarsAndEmptyTensors();
    void malformed_data();
    void malformed();
    void refusesOtherTypesWhenRead();
    void refusesValuesThatAreNotFinite();
    void comesInPieces();
    void isCutOffMeanwhile();
    void looksAtValues_data();
    void looksAtValues();
    void survivesDamage();
    void writesTheSameBytesTwice();
};

void TestSafetensors::readsEveryFloatType() {
    // 1.5, -2, 2^-14 (smallest normal half), and 2^-24 (smallest half that is not zero) in each type.
    const std::string f64 = bytesOf<double>({1.5, -2, 0x1p-14, 0x1p-24});
    const std::string f32 = bytesOf<float>({1.5F, -2, 0x1p-14F, 0x1p-24F});
    const std::string f16 = bytesOf<uint16_t>({0x3E00, 0xC000, 0x0400, 0x0001});
    const std::string bf16 = bytesOf<uint16_t>({0x3FC0, 0xC000, 0x3880, 0x3380});
    TemporaryFolder folder;
    writeText(folder / "w.safetensors",
              fileOf("{" + entry("d", "F64", "[4]", 0, 32) + "," + entry("f", "F32", "[2,2]", 32, 48) + "," +
                         entry("h", "F16", "[4]", 48, 56) + "," + entry("b", "BF16", "[4]", 56, 64) +
                         R"(,"__metadata__":{"made":"by hand"}})",
                     f64 + f32 + f16 + bf16));
    auto file = SafetensorsFile::open(folder / "w.safetensors");
    DS_VERIFY(file);
    QCOMPARE(file->tensors().size(), size_t{4});
    QCOMPARE(file->metadata().at("made"), std::string("by hand"));
    const std::vector<double> expected{1.5, -2, 0x1p-14, 0x1p-24};
    for (const char* name : {"d", "f", "h", "b"}) {
        auto tensor = file->read(name);
        DS_VERIFY(tensor);
        QVERIFY2(tensor->values == expected, name);
    }
    QCOMPARE(file->read("f")->shape, (std::vector<int64_t>{2, 2}));
    const auto absent = file->read("nothing");
    QVERIFY(!absent);
    QCOMPARE(absent.error().kind, ErrorKind::NotFound);
}

void TestSafetensors::roundTrip() {
    TemporaryFolder folder;
    const std::vector<NamedTensor> tensors{{"z.weight", {2, 3}, {0.1, -0.2, 0.3, 1e-30, 1e30, -0.0}},
                                           {"a.bias", {1}, {7}}};
    DS_VERIFY(writeSafetensors(folder / "f64.safetensors", tensors, {{"k", "v"}}, TensorType::F64));
    auto exact = SafetensorsFile::open(folder / "f64.safetensors");
    DS_VERIFY(exact);
    QVERIFY(exact->read("z.weight")->values == tensors[0].values);
    QCOMPARE(exact->metadata().at("k"), std::string("v"));
    DS_VERIFY(writeSafetensors(folder / "f32.safetensors", tensors));
    auto narrow = SafetensorsFile::open(folder / "f32.safetensors");
    DS_VERIFY(narrow);
    QCOMPARE(narrow->read("z.weight")->values[0], static_cast<double>(0.1F));
    QCOMPARE(narrow->read("a.bias")->values[0], 7.0);

    const std::vector<NamedTensor> wrong{{"w", {2, 2}, {1, 2, 3}}};
    const auto refused = writeSafetensors(folder / "wrong.safetensors", wrong);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::Mismatch);
    QVERIFY(!std::filesystem::exists(folder / "wrong.safetensors"));
}

void TestSafetensors::scalarsAndEmptyTensors() {
    TemporaryFolder folder;
    writeText(folder / "w.safetensors", fileOf("{" + entry("scalar", "F32", "[]", 0, 4) + "," +
                                                   entry("none", "F32", "[0,5]", 4, 4) + "}",
                                               bytesOf<float>({3})));
    auto file = SafetensorsFile::open(folder / "w.safetensors");
    DS_VERIFY(file);
    QCOMPARE(file->read("scalar")->values, std::vector<double>{3});
    QVERIFY(file->read("none")->values.empty());
}

void TestSafetensors::malformed_data() {
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, const std::string& content, const char* says) {
        QTest::newRow(name) << QByteArray::fromStdString(content) << QString(says);
    };
    const std::string zeros(28, '\0');
    row("empty", "", "at least 8 bytes");
    row("seven bytes", std::string(7, 'x'), "at least 8 bytes");
    row("header longer than the file", bytesOf<uint64_t>({1000}) + "{}", "1000 bytes");
    row("header of almost 2^64 bytes", bytesOf<uint64_t>({std::numeric_limits<uint64_t>::max() - 3}) + "{}",
        "header has");
    row("a zip file", "PK\x03\x04 and so on and so on", "header has");
    row("no JSON", fileOf("hello world", ""), "not valid JSON");
    row("JSON cut off", fileOf(R"({"a":{"dtype":)", ""), "not valid JSON");
    row("not UTF-8", fileOf("{\"\xff\xfe\":1}", ""), "not valid JSON");
    row("a list", fileOf("[1,2]", ""), "no JSON object");
    row("an entry that is no object", fileOf(R"({"a":5})", ""), "Expected an object");
    row("an unknown key",
        fileOf(R"({"a":{"dtype":"F32","shape":[1],"data_offset":[0,4]}})", zeros.substr(0, 4)),
        "data_offset");
    row("no type", fileOf(R"({"a":{"shape":[1],"data_offsets":[0,4]}})", zeros.substr(0, 4)), "missing");
    row("an unknown type", fileOf("{" + entry("a", "F31", "[1]", 0, 4) + "}", zeros.substr(0, 4)), "F31");
    row("a negative size", fileOf("{" + entry("a", "F32", "[-1]", 0, 4) + "}", zeros.substr(0, 4)), "shape");
    row("a fractional size", fileOf("{" + entry("a", "F32", "[1.5]", 0, 4) + "}", zeros.substr(0, 4)),
        "shape");
    row("sizes whose product overflows",
        fileOf("{" + entry("a", "F32", "[4294967296,4294967296]", 0, 4) + "}", zeros.substr(0, 4)),
        "beyond any file");
    row("sizes whose product wraps to the truth",
        fileOf("{" + entry("a", "F32", "[4611686018427387905]", 0, 4) + "}", zeros.substr(0, 4)), "shape");
    row("offsets backwards", fileOf("{" + entry("a", "F32", "[1]", 4, 0) + "}", zeros.substr(0, 4)),
        "data_offsets");
    row("offsets beyond the end", fileOf("{" + entry("a", "F32", "[2]", 0, 8) + "}", zeros.substr(0, 4)),
        "4 bytes of data");
    row("three offsets",
        fileOf(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}})", zeros.substr(0, 8)),
        "data_offsets");
    row("shape and bytes differ", fileOf("{" + entry("a", "F32", "[2]", 0, 4) + "}", zeros.substr(0, 4)),
        "need 8");
    row("tensors overlap",
        fileOf("{" + entry("a", "F32", "[2]", 0, 8) + "," + entry("b", "F32", "[2]", 4, 12) + "}",
               zeros.substr(0, 12)),
        "ends at 8");
    row("a gap",
        fileOf("{" + entry("a", "F32", "[1]", 0, 4) + "," + entry("b", "F32", "[1]", 8, 12) + "}",
               zeros.substr(0, 12)),
        "ends at 4");
    row("bytes left over", fileOf("{" + entry("a", "F32", "[1]", 0, 4) + "}", zeros.substr(0, 12)),
        "12 bytes of data");
    row("a name twice",
        fileOf("{" + entry("a", "F32", "[1]", 0, 4) + "," + entry("a", "F32", "[1]", 4, 8) + "}",
               zeros.substr(0, 8)),
        "The key `a` occurs more than once");
    row("a number beyond any", fileOf("{\"a\":1e400}", ""), "1e400");
    row("deep nesting", fileOf(std::string(200'000, '['), ""), "more than 64 deep");
    row("a list of too many numbers", fileOf("{\"a\":[0" + std::string(10'000'000, ','), ""),
        "not valid JSON");
    row("cut off", valid().substr(0, valid().size() - 5), "cut off");
}

void TestSafetensors::malformed() {
    QFETCH(QByteArray, content);
    QFETCH(QString, says);
    TemporaryFolder folder;
    writeText(folder / "bad.safetensors", content.toStdString());
    const auto file = SafetensorsFile::open(folder / "bad.safetensors");
    QVERIFY(!file);
    QCOMPARE(file.error().kind, ErrorKind::BadInput);
    QVERIFY2(QString::fromStdString(file.error().message()).contains(says), file.error().message().c_str());
    QVERIFY(file.error().where.find("bad.safetensors") != std::string::npos);
}

void TestSafetensors::refusesOtherTypesWhenRead() {
    TemporaryFolder folder;
    writeText(folder / "w.safetensors",
              fileOf("{" + entry("count", "I64", "[]", 0, 8) + "}", std::string(8, '\0')));
    auto file = SafetensorsFile::open(folder / "w.safetensors");
    DS_VERIFY(file);
    const auto tensor = file->read("count");
    QVERIFY(!tensor);
    QCOMPARE(tensor.error().kind, ErrorKind::Unsupported);
    const auto missing = SafetensorsFile::open(folder / "none.safetensors");
    QVERIFY(!missing);
    QCOMPARE(missing.error().kind, ErrorKind::NotFound);
}

void TestSafetensors::refusesValuesThatAreNotFinite() {
    TemporaryFolder folder;
    for (const float bad :
         {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
        writeText(folder / "w.safetensors",
                  fileOf("{" + entry("a", "F32", "[3]", 0, 12) + "}", bytesOf<float>({1, bad, 2})));
        auto file = SafetensorsFile::open(folder / "w.safetensors");
        DS_VERIFY(file);
        const auto tensor = file->read("a");
        QVERIFY(!tensor);
        QCOMPARE(tensor.error().kind, ErrorKind::BadInput);
        QVERIFY(tensor.error().what.find("number 1") != std::string::npos);
    }
}

/// A tensor that is larger than a piece: values, their digest, and which of them is wrong are as ever.
void TestSafetensors::comesInPieces() {
    TemporaryFolder folder;
    std::vector<float> values(700'001);
    for (size_t i = 0; i < values.size(); ++i)
        values[i] = static_cast<float>(i) * 0.25F;
    const auto size = static_cast<int64_t>(values.size() * sizeof(float));
    const auto write = [&] {
        writeText(folder / "w.safetensors",
                  fileOf("{" + entry("a", "F32", "[1]", 0, 4) + "," +
                             entry("b", "F32", fmt::format("[{}]", values.size()), 4, 4 + size) + "}",
                         bytesOf<float>({7}) + std::string(reinterpret_cast<const char*>(values.data()),
                                                           values.size() * sizeof(float))));
    };
    write();
    const auto file = SafetensorsFile::open(folder / "w.safetensors");
    DS_VERIFY(file);
    const auto tensor = file->read("b");
    DS_VERIFY(tensor);
    QVERIFY(std::equal(values.begin(), values.end(), tensor->values.begin(), tensor->values.end()));
    std::string joined;
    size_t pieces = 0;
    DS_VERIFY(file->readPieces(*file->find("b"), [&](std::string_view bytes) -> Result<void> {
        joined += bytes;
        ++pieces;
        return {};
    }));
    QVERIFY(pieces > 1);
    QVERIFY(joined == *file->readBytes(*file->find("b")));

    values[600'000] = std::nanf("");
    write();
    const auto wrong = SafetensorsFile::open(folder / "w.safetensors");
    DS_VERIFY(wrong);
    QVERIFY(wrong->read("b").error().what.find("number 600000") != std::string::npos);
    QVERIFY(!wrong->checkValues(*wrong->find("b")));
}

/// An error, not the end of the process.
void TestSafetensors::isCutOffMeanwhile() {
    TemporaryFolder folder;
    const std::vector<NamedTensor> tensors{{"a", {1}, {1}},
                                           {"b", {100'000}, std::vector<double>(100'000, 1)}};
    DS_VERIFY(writeSafetensors(folder / "w.safetensors", tensors));
    const auto file = SafetensorsFile::open(folder / "w.safetensors");
    DS_VERIFY(file);
    std::filesystem::resize_file(folder / "w.safetensors", 1000);
    DS_VERIFY(file->read("a"));
    const auto tensor = file->read("b");
    QVERIFY(!tensor);
    QCOMPARE(tensor.error().kind, ErrorKind::Io);
    QVERIFY(tensor.error().where.find("tensor \"b\"") != std::string::npos);
    QVERIFY(!file->readBytes(*file->find("b")));
    QVERIFY(!file->checkValues(*file->find("b")));
}

void TestSafetensors::looksAtValues_data() {
    QTest::addColumn<QString>("dtype");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("finite");
    const auto row = [](const char* name, const char* dtype, const std::string& bytes, bool finite) {
        QTest::newRow(name) << QString(dtype) << QByteArray::fromStdString(bytes) << finite;
    };
    const double huge = std::numeric_limits<double>::max(), tiny = std::numeric_limits<double>::denorm_min();
    const double infinite = std::numeric_limits<double>::infinity();
    row("F64", "F64", bytesOf<double>({0, -huge, huge, tiny}), true);
    row("F64, NaN", "F64", bytesOf<double>({0, 1, std::nan("")}), false);
    row("F64, infinite", "F64", bytesOf<double>({-infinite, 1}), false);
    row("F32", "F32", bytesOf<float>({-0.0F, std::numeric_limits<float>::max(), 1e-45F}), true);
    row("F32, NaN", "F32", bytesOf<float>({1, std::nanf("")}), false);
    row("F32, infinite", "F32", bytesOf<float>({1, 2, 3, static_cast<float>(-infinite)}), false);
    row("F16", "F16", bytesOf<uint16_t>({0x7BFF, 0xFBFF, 0x0001, 0x8000}), true);
    row("F16, NaN", "F16", bytesOf<uint16_t>({0x3C00, 0x7E00}), false);
    row("F16, infinite", "F16", bytesOf<uint16_t>({0xFC00}), false);
    row("BF16", "BF16", bytesOf<uint16_t>({0x7F7F, 0xFF7F, 0x0001, 0x7C00}), true);
    row("BF16, NaN", "BF16", bytesOf<uint16_t>({0x3F80, 0x7FC0}), false);
    row("BF16, infinite", "BF16", bytesOf<uint16_t>({0xFF80}), false);
    row("whole numbers", "I32", bytesOf<int32_t>({1, 2}), false);
}

/// Without being converted, values are judged as read() judges them.
void TestSafetensors::looksAtValues() {
    QFETCH(QString, dtype);
    QFETCH(QByteArray, bytes);
    QFETCH(bool, finite);
    const std::string type = dtype.toStdString();
    const auto size = static_cast<int64_t>(bytes.size());
    TemporaryFolder folder;
    writeText(folder / "w.safetensors",
              fileOf("{" + entry("w", type, fmt::format("[{}]", size / bytesOfType(type)), 0, size) + "}",
                     bytes.toStdString()));
    const auto file = SafetensorsFile::open(folder / "w.safetensors");
    DS_VERIFY(file);
    const auto looked = file->checkValues(*file->find("w"));
    const auto read = file->read("w");
    QCOMPARE(looked.has_value(), finite);
    QCOMPARE(read.has_value(), finite);
    if (!finite)
        QCOMPARE(looked.error().message(), read.error().message());
}

void TestSafetensors::survivesDamage() {
    // Whatever a few changed bytes make of a file: an error, or a file whose every tensor can be read or is
    // refused.
    std::mt19937_64 random(3);
    TemporaryFolder folder;
    const std::string good = valid();
    int opened = 0;
    for (int round = 0; round < 800; ++round) {
        std::string bad = good;
        for (uint64_t changes = 1 + random() % 4; changes > 0; --changes)
            bad[random() % bad.size()] =
                static_cast<char>(random() % 5 == 0 ? random() % 256 : "0123456789[]{},:\"-F"[random() % 19]);
        if (random() % 3 == 0)
            bad.resize(random() % bad.size());
        writeText(folder / "w.safetensors", bad);
        const auto file = SafetensorsFile::open(folder / "w.safetensors");
        if (!file) {
            QVERIFY(!file.error().what.empty());
            continue;
        }
        ++opened;
        for (const TensorInfo& info : file->tensors())
            if (const auto tensor = file->read(info.name))
                QCOMPARE(static_cast<int64_t>(tensor->values.size()), elementCount(info.shape));
    }
    QVERIFY(opened > 0);
}

void TestSafetensors::writesTheSameBytesTwice() {
    TemporaryFolder folder;
    const std::vector<NamedTensor> tensors{{"b", {2}, {1, 2}}, {"a", {1}, {3}}};
    for (const char* name : {"1.safetensors", "2.safetensors"})
        DS_VERIFY(writeSafetensors(folder / name, tensors, {{"x", "y"}}));
    QCOMPARE(std::filesystem::file_size(folder / "1.safetensors") % 4, uintmax_t{0});
    std::ifstream one(folder / "1.safetensors", std::ios::binary);
    std::ifstream two(folder / "2.safetensors", std::ios::binary);
    const std::string first((std::istreambuf_iterator<char>(one)), {});
    const std::string second((std::istreambuf_iterator<char>(two)), {});
    QVERIFY(first == second);
    uint64_t header = 0;
    std::memcpy(&header, first.data(), 8);
    QCOMPARE((header + 8) % 8, uint64_t{0});
}

QTEST_GUILESS_MAIN(TestSafetensors)
#include "tst_safetensors.moc"
