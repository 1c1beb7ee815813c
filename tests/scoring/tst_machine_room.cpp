// SPDX-License-Identifier: GPL-3.0-or-later
// A model as threads ask it that work on a gene each says of itself what the model says.
#include "scoring/machine_room.h"

#include "support.h"

using namespace diploscope;

namespace {

class Costly final : public Predictor {
public:
    explicit Costly(std::string computation, std::vector<std::shared_ptr<const Predictor>> members = {})
        : m_computation(std::move(computation)), m_members(std::move(members)) {
        m_info.name = "Costly";
    }
    const ModelInfo& info() const override { return m_info; }
    std::string computation(Method method) const override {
        return method == Method::Fast ? m_computation : "plain";
    }
    double editsPerWholePass() const override { return 250; }
    std::vector<std::shared_ptr<const Predictor>> members() const override { return m_members; }
    Result<std::unique_ptr<LocusPredictor>> prepare(const ReferenceWindow&, const OutputChoice&,
                                                    Method) const override {
        return fail(ErrorKind::Unsupported, "Nobody asks this one.");
    }

private:
    std::string m_computation;
    std::vector<std::shared_ptr<const Predictor>> m_members;
    ModelInfo m_info;
};

} // namespace

class TestMachineRoom : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysWhatTheModelSays() {
        const auto member = std::make_shared<const Costly>("fp32 cpu");
        const auto model =
            std::make_shared<const Costly>("", std::vector<std::shared_ptr<const Predictor>>{member});
        const auto asked = onAllThreads(model, true, {});
        QCOMPARE(asked->info().name, std::string("Costly"));
        QCOMPARE(asked->computation(Method::Plain), std::string("plain"));
        QCOMPARE(asked->members().size(), size_t{1});
        QCOMPARE(asked->members()[0]->computation(Method::Fast), std::string("fp32 cpu"));
        // Told otherwise, the self-check would take it for a model without a faster way.
        QCOMPARE(asked->editsPerWholePass(), 250.0);
        QCOMPARE(asked->members()[0]->editsPerWholePass(), 250.0);
    }

    /// Members decide for an ensemble.
    void oneThreadIsEnoughForWhatIsTheSameEverywhere() {
        const auto alone = std::make_shared<const Costly>("");
        const auto whole = std::make_shared<const Costly>("fp32 cpu");
        QVERIFY(fitsOneThread(*alone, Method::Fast) && !fitsOneThread(*alone, Method::Plain));
        QVERIFY(!fitsOneThread(*whole, Method::Fast));
        QVERIFY(!fitsOneThread(Costly("", {alone, whole}), Method::Fast));
        QVERIFY(fitsOneThread(Costly("fp32 cpu", {alone, alone}), Method::Fast));
    }
};

QTEST_GUILESS_MAIN(TestMachineRoom)
#include "tst_machine_room.moc"
