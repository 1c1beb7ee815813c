// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/network_spec.h"
#include "support.h"
#include "weights/tensor.h"

#include <nlohmann/json.hpp>

using namespace diploscope;
using namespace diploscope::test;
using nlohmann::json;

class TestNetworkParser : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void shapesOfThePapersCnn();
    void shapesOfXpresso();
    void paddingStrideDilation_data();
    void paddingStrideDilation();
    void malformed_data();
    void malformed();
};

void TestNetworkParser::shapesOfThePapersCnn() {
    const json layers =
        json::parse(R"([{"conv1d":{"name":"c","out":900,"width":10}},"relu",{"avgpool":900},"flatten",
        {"linear":{"name":"h","out":200}},"relu",{"linear":{"name":"o","out":1}}])");
    const auto network = parseNetwork(layers, 40001);
    DS_VERIFY(network);
    QCOMPARE(network->layers[0].out, (LayerShape{900, 39992, false}));
    QCOMPARE(network->layers[2].out, (LayerShape{900, 44, false})); // METHODS 10: 44 segments
    QCOMPARE(network->layers[3].out, (LayerShape{39600, 1, true}));
    QCOMPARE(network->outputs(), int64_t{1});
    QCOMPARE(network->largestActivation(), int64_t{900} * 39992);
    // A base reaches ten positions and, at worst, two segments.
    QCOMPARE(network->operationsOfOneBase(), 2.0 * (40 * 900 * 10 + 2 * 900 * 200 + 200));
    QCOMPARE(network->operations(), 2.0 * (40.0 * 900 * 39992 + 39600 * 200 + 200));
    const auto tensors = network->tensors();
    QCOMPARE(tensors.size(), size_t{6});
    QCOMPARE(tensors[2].name, std::string("h.weight"));
    QCOMPARE(tensors[2].shape, (std::vector<int64_t>{200, 39600}));
}

void TestNetworkParser::shapesOfXpresso() {
    const json layers =
        json::parse(R"([{"conv1d":{"name":"a","out":128,"width":6,"padding":[2,3]}},"relu",{"maxpool":30},
        {"conv1d":{"name":"b","out":32,"width":9,"padding":[4,4]}},"relu",{"maxpool":10},{"flatten":"position"},{"append":6},
        {"linear":{"name":"d","out":64}}])");
    const auto network = parseNetwork(layers, 10500);
    DS_VERIFY(network);
    QCOMPARE(network->tensors()[4].shape, (std::vector<int64_t>{64, 1126}));
    // 6 positions, 2 after the pool, 10 after the second convolution, 2 of 32 channels flattened.
    QCOMPARE(network->operationsOfOneBase(), 2.0 * (4 * 6 * 128 * 6 + 128 * 9 * 32 * 10 + 64 * 64));
    json same = layers;
    same[0]["conv1d"]["padding"] = "same";
    const auto padded = parseNetwork(same, 10500);
    DS_VERIFY(padded);
    const auto& conv = std::get<Conv1dLayer>(padded->layers[0].kind);
    QCOMPARE(conv.padLeft, int64_t{2});
    QCOMPARE(conv.padRight, int64_t{3});
}

void TestNetworkParser::paddingStrideDilation_data() {
    QTest::addColumn<QString>("layer");
    QTest::addColumn<qint64>("positions");
    // By hand, from 20 positions.
    QTest::newRow("valid") << R"({"conv1d":{"name":"c","out":1,"width":5}})" << qint64{16};
    QTest::newRow("padding 2") << R"({"conv1d":{"name":"c","out":1,"width":5,"padding":2}})" << qint64{20};
    QTest::newRow("stride 3") << R"({"conv1d":{"name":"c","out":1,"width":5,"stride":3}})" << qint64{6};
    QTest::newRow("dilation 4") << R"({"conv1d":{"name":"c","out":1,"width":5,"dilation":4}})" << qint64{4};
    QTest::newRow("same, dilated")
        << R"({"conv1d":{"name":"c","out":1,"width":4,"dilation":3,"padding":"same"}})" << qint64{20};
    QTest::newRow("pool drops the rest") << R"({"maxpool":6})" << qint64{3};
    QTest::newRow("pool with stride") << R"({"avgpool":{"size":6,"stride":2}})" << qint64{8};
}

void TestNetworkParser::paddingStrideDilation() {
    QFETCH(QString, layer);
    QFETCH(qint64, positions);
    const auto network = parseNetwork(json::array({json::parse(layer.toStdString()), "flatten"}), 20);
    DS_VERIFY(network);
    QCOMPARE(network->layers[0].out.positions, int64_t{positions});
}

void TestNetworkParser::malformed_data() {
    QTest::addColumn<QString>("layers");
    QTest::addColumn<QString>("where");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, const char* layers, const char* where, const char* says) {
        QTest::newRow(name) << QString(layers) << QString(where) << QString(says);
    };
    row("no list", R"({})", "layers", "list");
    row("empty", R"([])", "layers", "list");
    row("unknown layer", R"(["flaten"])", "layers[0]", "Did you mean \"flatten\"?");
    row("unknown layer with settings", R"(["relu",{"conv2d":{}}])", "layers[1]", "Did you mean \"conv1d\"?");
    row("unknown key", R"([{"conv1d":{"name":"c","out":1,"widht":5}}])", "layers[0].conv1d",
        "Did you mean \"width\"?");
    row("missing key", R"([{"conv1d":{"name":"c","out":1}}])", "layers[0].conv1d.width", "missing");
    row("wrong type", R"([{"conv1d":{"name":"c","out":"many","width":5}}])", "layers[0].conv1d.out",
        "\"many\"");
    row("zero width", R"([{"conv1d":{"name":"c","out":1,"width":0}}])", "layers[0].conv1d.width", "0");
    row("number beyond int64", R"([{"conv1d":{"name":"c","out":1,"width":18446744073709551615}}])",
        "layers[0].conv1d.width", "18446744073709551615");
    row("fraction", R"([{"maxpool":2.5}])", "layers[0].maxpool.size", "2.5");
    row("negative pool", R"([{"maxpool":-3}])", "layers[0].maxpool.size", "-3");
    row("odd padding", R"([{"conv1d":{"name":"c","out":1,"width":5,"padding":"valid"}}])",
        "layers[0].conv1d.padding", "same");
    row("three paddings", R"([{"conv1d":{"name":"c","out":1,"width":5,"padding":[1,2,3]}}])",
        "layers[0].conv1d.padding", "[1,2,3]");
    row("same with stride", R"([{"conv1d":{"name":"c","out":1,"width":5,"padding":"same","stride":2}}])",
        "layers[0].conv1d.padding", "stride 2");
    row("name missing", R"([{"batchnorm":{}}])", "layers[0].batchnorm.name", "missing");
    row("settings forgotten", R"(["maxpool"])", "layers[0]", "settings");
    row("settings too many", R"([{"relu":1}])", "layers[0]", "alone");
    row("two keys", R"([{"maxpool":2,"relu":1}])", "layers[0]", "one key");
    row("window too long", R"([{"maxpool":21}])", "layers[0]", "longer");
    row("linear on positions", R"([{"linear":{"name":"d","out":1}}])", "layers[0]", "flatten");
    row("append on positions", R"([{"append":6}])", "layers[0]", "flatten");
    row("append nothing", R"(["flatten",{"append":0}])", "layers[1].append", "0");
    row("convolution after flatten", R"(["flatten",{"conv1d":{"name":"c","out":1,"width":5}}])", "layers[1]",
        "positions");
    row("pool after global pool", R"([{"globalpool":"max"},{"maxpool":2}])", "layers[1]", "positions");
    row("unknown global pool", R"([{"globalpool":"sum"}])", "layers[0].globalpool", "average");
    row("unknown order", R"([{"flatten":"keras"}])", "layers[0].flatten", "position");
    row("does not end flat", R"([{"maxpool":2}])", "layers", "4 x 10");
    row("a name twice", R"(["flatten",{"linear":{"name":"d","out":2}},{"linear":{"name":"d","out":2}}])",
        "layers", "d.weight");
    row("dropout of everything", R"([{"dropout":1}])", "layers[0].dropout", "below 1");
    row("too large", R"([{"conv1d":{"name":"c","out":1000000000,"width":5}},"flatten"])", "layers[0]",
        "too large");
    row("weights too large", R"(["flatten",{"linear":{"name":"d","out":1000000000}}])", "layers",
        "too large");
}

void TestNetworkParser::malformed() {
    QFETCH(QString, layers);
    QFETCH(QString, where);
    QFETCH(QString, says);
    const auto network = parseNetwork(json::parse(layers.toStdString()), 20);
    QVERIFY(!network);
    QCOMPARE(network.error().kind, ErrorKind::BadInput);
    QVERIFY2(QString::fromStdString(network.error().where).startsWith(where),
             network.error().message().c_str());
    QVERIFY2(QString::fromStdString(network.error().message()).contains(says),
             network.error().message().c_str());
}

QTEST_GUILESS_MAIN(TestNetworkParser)
#include "tst_network_parser.moc"
