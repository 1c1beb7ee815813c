// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/open_model.h"
#include "model/install_model.h"
#include "model/model_manifest.h"
#include "model/predictor.h"
#include "support.h"
#include "views/model_manager.h"
#include "views/weights_button.h"
#include "weights/safetensors.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>

using namespace diploscope;
using namespace diploscope::test;
using namespace diploscope::ui;

namespace {

std::string manifest(const std::string& name) {
    // Ordinary literals: Qt's meta-object compiler loses its way in raw ones over several lines.
    std::string text = "{\"schema\": 1, \"name\": \"NAME\", \"kind\": \"sequential\", "
                       "\"weights\": \"w.safetensors\", \"licence\": \"MIT\", "
                       "\"source\": \"https://example.org/w\", \"description\": \"A tiny model.\", "
                       "\"input\": {\"length\": 100, \"tss_index\": 50}, "
                       "\"layers\": [\"flatten\", {\"linear\": {\"name\": \"out\", \"out\": 1}}]}";
    return text.replace(text.find("NAME"), 4, name);
}

QPushButton* button(const QDialog& dialog, const QString& text) {
    for (QPushButton* candidate : dialog.findChildren<QPushButton*>())
        if (QString(candidate->text()).remove(QLatin1Char('&')) == text)
            return candidate;
    return nullptr;
}

bool holdsText(const QDialog& dialog, const QString& part) {
    const auto labels = dialog.findChildren<QLabel*>();
    return std::any_of(labels.begin(), labels.end(),
                       [&](const QLabel* label) { return label->text().contains(part); });
}

} // namespace

class TestModelManager : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void copies();
    void copyIsRefusedOrStopped();
    void links();
    void modelHoldsItsContract();
    void listsWhatIsThere();
    void addsAFolder();
    void usesAModel();
    void weightsMustBelongToTheModel_data();
    void weightsMustBelongToTheModel();
    void weightsAreChosenFromAFile();
    void weightsPutThereMeanwhileAreSeen();

private:
    [[nodiscard]] QString path(const std::string& name) const {
        return QString::fromStdString((*m_folder / name).string());
    }
    void chooseRow(ModelManager& manager, const QString& folder) {
        manager.findChild<QTableView*>()->setCurrentIndex(
            manager.models().index(manager.models().rowOf(folder), 0));
    }

    std::unique_ptr<TemporaryFolder> m_folder;
};

void TestModelManager::init() {
    m_folder = std::make_unique<TemporaryFolder>();
    qputenv("XDG_DATA_HOME", QByteArray::fromStdString((*m_folder / "data").string()));
    writeText(*m_folder / "source/model.json", manifest("tiny"));
    writeText(*m_folder / "source/w.safetensors", std::string(10'000'000, 'w'));
    writeText(*m_folder / "source/notes.txt", "not the model's");
}

void TestModelManager::copies() {
    RunContext context;
    int64_t last = -1, total = 0;
    context.onProgress = [&](const Progress& progress) {
        QVERIFY(progress.done >= 0);
        last = progress.done;
        total = progress.total;
    };
    const auto installed = installModel(*m_folder / "source", InstallMode::Copy, context);
    DS_VERIFY(installed);
    QCOMPARE(*installed, *m_folder / "data/diploscope/models/tiny");
    QCOMPARE(total, 10'000'000);
    QVERIFY(last > 0);
    QCOMPARE(std::filesystem::file_size(*installed / "w.safetensors"), 10'000'000U);
    QVERIFY(!std::filesystem::exists(*installed / "notes.txt"));
    QVERIFY(!std::filesystem::is_symlink(*installed));
}

void TestModelManager::copyIsRefusedOrStopped() {
    QCOMPARE(installModel(*m_folder / "nowhere", InstallMode::Copy).error().kind, ErrorKind::NotFound);
    std::stop_source stop;
    stop.request_stop();
    RunContext stopped;
    stopped.stop = stop.get_token();
    QCOMPARE(installModel(*m_folder / "source", InstallMode::Copy, stopped).error().kind,
             ErrorKind::Cancelled);
    // Nothing is left, under whatever name.
    std::error_code ignored;
    QVERIFY(!std::filesystem::exists(*m_folder / "data/diploscope/models") ||
            std::filesystem::is_empty(*m_folder / "data/diploscope/models", ignored));
    DS_VERIFY(installModel(*m_folder / "source", InstallMode::Copy));
    const auto again = installModel(*m_folder / "source", InstallMode::Copy);
    QCOMPARE(again.error().kind, ErrorKind::Mismatch);
    QVERIFY(again.error().what.find("tiny") != std::string::npos);
    QCOMPARE(installModel(*m_folder / "data/diploscope/models/tiny", InstallMode::Link).error().kind,
             ErrorKind::Mismatch);
}

void TestModelManager::links() {
    const auto installed = installModel(*m_folder / "source", InstallMode::Link);
    DS_VERIFY(installed);
    QVERIFY(std::filesystem::is_symlink(*installed));
    QVERIFY(std::filesystem::exists(*installed / "notes.txt"));
}

void TestModelManager::modelHoldsItsContract() {
    ModelListModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setEntries(listModels({path("source")}));
    QVERIFY(model.rowCount() >= 1);
    const int row = model.rowOf(path("source"));
    QVERIFY(row >= 0);
    QCOMPARE(model.index(row, ModelListModel::NameColumn).data().toString(), "tiny");
    QCOMPARE(model.index(row, ModelListModel::InputColumn).data().toString(), "100 bp");
    QCOMPARE(model.index(row, ModelListModel::OriginColumn).data().toString(), "study");
    QCOMPARE(model.index(row, ModelListModel::StatusColumn).data().toString(), "ready");
    QVERIFY(model.entry(-1) == nullptr);
    QVERIFY(model.entry(model.rowCount()) == nullptr);
    model.setEntries({});
    QCOMPARE(model.rowCount(), 0);
}

void TestModelManager::listsWhatIsThere() {
    writeText(*m_folder / "data/diploscope/models/lacking/model.json", manifest("lacking"));
    writeText(*m_folder / "data/diploscope/models/broken/model.json", "{");
    JobRunner jobs;
    ModelManager manager(jobs);
    QSignalSpy listed(&manager, &ModelManager::listed);
    QVERIFY(listed.wait());

    chooseRow(manager, path("data/diploscope/models/lacking"));
    QVERIFY(holdsText(manager, QStringLiteral("The weights are missing: w.safetensors")));
    QVERIFY(holdsText(manager, QStringLiteral("https://example.org/w")));
    QVERIFY(holdsText(manager, QStringLiteral("licence MIT")));
    const QString place = path("data/diploscope/models/lacking/w.safetensors");
    QVERIFY(holdsText(manager, place));
    QVERIFY(!button(manager, QStringLiteral("Use this model"))->isEnabled());
    button(manager, QStringLiteral("Copy path"))->click();
    QCOMPARE(QApplication::clipboard()->text(), place);

    chooseRow(manager, path("data/diploscope/models/broken"));
    QVERIFY(holdsText(manager, QStringLiteral("not valid JSON")));
    QVERIFY(!button(manager, QStringLiteral("Use this model"))->isEnabled());
}

void TestModelManager::addsAFolder() {
    JobRunner jobs;
    ModelManager manager(jobs);
    QSignalSpy listed(&manager, &ModelManager::listed);
    QVERIFY(listed.wait());
    const QString folder = path("data/diploscope/models/tiny");
    QCOMPARE(manager.models().rowOf(folder), -1);
    manager.addFolder(path("source"));
    QTRY_VERIFY(manager.models().rowOf(folder) >= 0);
    QTRY_COMPARE(manager.findChild<QTableView*>()->currentIndex().row(), manager.models().rowOf(folder));
    QVERIFY(button(manager, QStringLiteral("Use this model"))->isEnabled());

    manager.addFolder(path("source"));
    QTRY_VERIFY(holdsText(manager, QStringLiteral("is known already")));
    manager.addFolder(path("nothing here"));
    QTRY_VERIFY(holdsText(manager, QStringLiteral("nothing here")));
}

void TestModelManager::usesAModel() {
    JobRunner jobs;
    ModelManager manager(jobs);
    QSignalSpy listed(&manager, &ModelManager::listed);
    manager.setStudyModels({path("source"), QStringLiteral("/no/such/model")});
    QVERIFY(listed.wait());
    chooseRow(manager, path("source"));
    QSignalSpy chosen(&manager, &ModelManager::modelChosen);
    manager.show();
    QTest::keyClick(manager.findChild<QTableView*>(), Qt::Key_Return);
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(chosen.front().front().toString(), path("source"));
    QVERIFY(!manager.isVisible());
}

namespace {

/// A model of the manifest above without its weights, and a file of other shapes or names.
void writeWeights(const std::filesystem::path& file, const std::string& name, int64_t inputs) {
    const NamedTensor weight{
        name + ".weight", {1, inputs}, std::vector<double>(static_cast<size_t>(inputs), 0.5)};
    const NamedTensor bias{name + ".bias", {1}, {0.25}};
    std::filesystem::create_directories(file.parent_path());
    DS_VERIFY(writeSafetensors(file, std::vector<NamedTensor>{weight, bias}));
}

} // namespace

void TestModelManager::weightsMustBelongToTheModel_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("inputs");
    QTest::addColumn<QString>("sha");
    QTest::addColumn<QString>("said"); // empty: they are taken
    QTest::newRow("they do") << QStringLiteral("out") << 400 << QString() << QString();
    QTest::newRow("another shape") << QStringLiteral("out") << 404 << QString()
                                   << QStringLiteral("has shape");
    QTest::newRow("other names") << QStringLiteral("head") << 400 << QString()
                                 << QStringLiteral("is missing");
    QTest::newRow("another file's SHA-256")
        << QStringLiteral("out") << 400 << QString(64, u'0') << QStringLiteral("SHA-256");
}

void TestModelManager::weightsMustBelongToTheModel() {
    QFETCH(QString, name);
    QFETCH(int, inputs);
    QFETCH(QString, sha);
    QFETCH(QString, said);
    std::string text = manifest("lacking");
    if (!sha.isEmpty())
        text.insert(1, "\"sha256\": \"" + sha.toStdString() + "\", ");
    const std::filesystem::path folder = *m_folder / "models here/lacking";
    writeText(folder / "model.json", text);
    const std::filesystem::path file = *m_folder / "downloads/any name.bin";
    writeWeights(file, name.toStdString(), inputs);
    const std::filesystem::path place =
        readModelManifest(folder).value().userFolders().front() / "w.safetensors";
    for (const InstallMode mode : {InstallMode::Link, InstallMode::Copy}) {
        const auto installed = installWeights(folder, file, mode);
        if (!said.isEmpty()) {
            QCOMPARE(installed.error().kind, ErrorKind::Mismatch);
            QVERIFY2(installed.error().message().find(said.toStdString()) != std::string::npos,
                     installed.error().message().c_str());
            QVERIFY(!std::filesystem::exists(std::filesystem::symlink_status(place)));
            continue;
        }
        DS_VERIFY(installed);
        QCOMPARE(*installed, place);
        QCOMPARE(std::filesystem::is_symlink(place), mode == InstallMode::Link);
        DS_VERIFY(openModel(folder.string(), {}));
        QCOMPARE(installWeights(folder, file, mode).error().kind, ErrorKind::Mismatch); // it has them
        std::filesystem::remove(place);
    }
    std::stop_source stop;
    stop.request_stop();
    RunContext stopped;
    stopped.stop = stop.get_token();
    QVERIFY(!installWeights(folder, file, InstallMode::Copy, stopped));
    QVERIFY(!std::filesystem::exists(place));
}

void TestModelManager::weightsAreChosenFromAFile() {
    writeText(*m_folder / "data/diploscope/models/lacking/model.json", manifest("lacking"));
    writeWeights(*m_folder / "downloads/good.safetensors", "out", 400);
    writeWeights(*m_folder / "downloads/bad.safetensors", "out", 40);
    JobRunner jobs;
    ModelManager manager(jobs);
    QSignalSpy listed(&manager, &ModelManager::listed);
    QVERIFY(listed.wait());
    manager.show();
    chooseRow(manager, path("data/diploscope/models/lacking"));
    auto* choose = manager.findChild<WeightsButton*>();
    QVERIFY(choose->isVisible() && choose->menu() != nullptr);
    choose->install(path("downloads/bad.safetensors"), InstallMode::Copy);
    QTRY_VERIFY(holdsText(manager, QStringLiteral("has shape [1, 40], expected [1, 400]")));
    QVERIFY(!button(manager, QStringLiteral("Use this model"))->isEnabled());
    choose->menu()->actions().at(1)->trigger(); // Link
    auto* dialog = manager.findChild<QFileDialog*>();
    QVERIFY(dialog != nullptr);
    Q_EMIT dialog->fileSelected(path("downloads/good.safetensors"));
    dialog->close();
    QTRY_VERIFY(holdsText(manager, path("data/diploscope/models/lacking/w.safetensors")));
    QTRY_VERIFY(button(manager, QStringLiteral("Use this model"))->isEnabled());
    QVERIFY(!choose->isVisible());
    QVERIFY(std::filesystem::is_symlink(*m_folder / "data/diploscope/models/lacking/w.safetensors"));
}

void TestModelManager::weightsPutThereMeanwhileAreSeen() {
    writeText(*m_folder / "data/diploscope/models/lacking/model.json", manifest("lacking"));
    JobRunner jobs;
    ModelManager manager(jobs);
    QSignalSpy listed(&manager, &ModelManager::listed);
    QVERIFY(listed.wait());
    chooseRow(manager, path("data/diploscope/models/lacking"));
    QVERIFY(holdsText(manager, QStringLiteral("The weights are missing")));
    writeWeights(*m_folder / "data/diploscope/models/lacking/w.safetensors", "out", 400);
    QEvent back(QEvent::WindowActivate);
    QApplication::sendEvent(&manager, &back);
    QTRY_VERIFY(holdsText(manager, QStringLiteral("Ready")));
    QCOMPARE(manager.findChild<QTableView*>()->currentIndex().row(),
             manager.models().rowOf(path("data/diploscope/models/lacking"))); // the place in the list stays
}

QTEST_MAIN(TestModelManager)
#include "tst_model_manager.moc"
