// SPDX-License-Identifier: GPL-3.0-or-later
#include "support.h"
#include "views/preferences_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>

using namespace diploscope;
using namespace diploscope::test;
using namespace diploscope::ui;

namespace {

Preferences unusual() {
    Preferences made;
    made.theme = Preferences::ThemeChoice::Dark;
    made.language = Language::German;
    made.snvColour = SnvColour::CarrierFraction;
    made.settings.devices = {{Device::Kind::Cuda, 0}, {Device::Kind::Cuda, 1}};
    made.settings.threads = 3;
    made.settings.cacheLimitBytes = 123'456'789;
    made.settings.cacheFile = "/elsewhere/scores.sqlite";
    made.settings.allele = AlleleConvention::Minor;
    made.settings.thresholds = {0.3, 0.1, 1.0 / 3};
    made.settings.statistics = {DriverMethod::Backward, 9'999, 250, false, 42};
    made.settings.selfCheckEvery = 77;
    made.scores.set("/models/enformer", ScoreRequest{.tracks = "4980,\"CAGE:brain, adult\"",
                                                     .bins = "447-449",
                                                     .aggregate = "sum-log1p",
                                                     .targets = "/t.txt",
                                                     .shifts = 3,
                                                     .reverseComplement = false});
    made.scores.set("demo-cnn", ScoreRequest{.head = "/h.csv"});
    made.recentStudies = {QStringLiteral("/b, with comma.study.json"), QStringLiteral("/a.study.json")};
    return made;
}

/// The widget that the form's label of this text leads to.
template <class Widget>
Widget* field(const QDialog& dialog, const QString& label) {
    for (const QLabel* candidate : dialog.findChildren<QLabel*>())
        if (QString(candidate->text()).remove(QLatin1Char('&')) == label)
            return qobject_cast<Widget*>(candidate->buddy());
    return nullptr;
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

class TestPreferences : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void savedAndLoadedAgain();
    void nonsenseInTheFileGivesDefaults();
    void defaultCacheFileFollowsTheEnvironment();
    void recentStudies();
    void dialogShowsWhatItIsGiven();
    void changesTakeEffectAtOnce();
    void limitKeepsItsBytes();
    void resetKeepsWhatOtherPlacesSay();
    void otherPlacesSayOnlyWhatIsTheirs();
    void relativeCacheFileIsRefused();
    void cacheIsMeasuredAndCleared();
    void devicesAreAskedForOnDemand();

private:
    std::unique_ptr<TemporaryFolder> m_folder;
};

void TestPreferences::init() {
    m_folder = std::make_unique<TemporaryFolder>();
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope,
                       QString::fromStdString((*m_folder / "settings").string()));
    qputenv("XDG_CACHE_HOME", QByteArray::fromStdString((*m_folder / "cache").string()));
}

void TestPreferences::savedAndLoadedAgain() {
    QVERIFY(Preferences::load() == Preferences());
    unusual().save();
    const Preferences read = Preferences::load();
    QVERIFY(read == unusual()); // also the thresholds, to the last bit
    QVERIFY(!(read == Preferences()));
    Preferences().save();
    QVERIFY(Preferences::load() == Preferences());
}

void TestPreferences::nonsenseInTheFileGivesDefaults() {
    {
        QSettings store(QStringLiteral("diploscope"), QStringLiteral("diploscope"));
        store.setValue(QStringLiteral("theme"), QStringLiteral("pink"));
        store.setValue(QStringLiteral("language"), QStringLiteral("klingon"));
        store.setValue(QStringLiteral("device"), 7);
        store.setValue(QStringLiteral("threads"), -4);
        store.setValue(QStringLiteral("cache/limitBytes"), -1);
        store.setValue(QStringLiteral("drivers/ownP"), QStringLiteral("nan"));
        store.setValue(QStringLiteral("drivers/minimumGain"), 2);
        store.setValue(QStringLiteral("drivers/minimumLinearR"), QStringLiteral("much"));
        store.setValue(QStringLiteral("statistics/drivers"), QStringLiteral("sideways"));
        store.setValue(QStringLiteral("statistics/nullPredictors"), 49);
        store.setValue(QStringLiteral("statistics/bootstrap"), -1);
        store.setValue(QStringLiteral("statistics/seed"), QStringLiteral("a"));
    }
    QVERIFY(Preferences::load() == Preferences());
}

void TestPreferences::defaultCacheFileFollowsTheEnvironment() {
    Preferences().save();
    qputenv("XDG_CACHE_HOME", "/somewhere/else");
    QCOMPARE(Preferences::load().settings.cacheFile, ScoreCache::defaultFile());
    QVERIFY(ScoreCache::defaultFile().string().starts_with("/somewhere/else"));
}

void TestPreferences::recentStudies() {
    Preferences preferences;
    for (int i = 0; i < 15; ++i)
        preferences.addRecentStudy(QStringLiteral("/%1").arg(i));
    QCOMPARE(preferences.recentStudies.size(), 10);
    QCOMPARE(preferences.recentStudies.front(), QStringLiteral("/14"));
    preferences.addRecentStudy(QStringLiteral("/9"));
    QCOMPARE(preferences.recentStudies.size(), 10);
    QCOMPARE(preferences.recentStudies.mid(0, 2), (QStringList{QStringLiteral("/9"), QStringLiteral("/14")}));
    preferences.addRecentStudy(QString());
    QCOMPARE(preferences.recentStudies.size(), 10);
    preferences.save();
    QCOMPARE(Preferences::load().recentStudies, preferences.recentStudies);
}

void TestPreferences::dialogShowsWhatItIsGiven() {
    JobRunner jobs;
    PreferencesDialog dialog(unusual(), jobs);
    QCOMPARE(field<QComboBox>(dialog, "Theme")->currentText(), "Dark");
    QCOMPARE(field<QComboBox>(dialog, "Language")->currentText(), "Deutsch");
    QCOMPARE(field<QComboBox>(dialog, "Effects are of the")->currentText(), "Minor allele");
    QVERIFY(field<QComboBox>(dialog, "Device")->currentText().contains("cuda"));
    QCOMPARE(field<QDoubleSpinBox>(dialog, "Linear R above")->value(), 0.3);
    QCOMPARE(field<QDoubleSpinBox>(dialog, "Gain of R at least")->value(), 0.1);
    QCOMPARE(field<QComboBox>(dialog, "Found")->currentText(), "Backward");
    QCOMPARE(field<QSpinBox>(dialog, "Null predictors")->value(), 9'999);
    QCOMPARE(field<QSpinBox>(dialog, "Bootstrap resamples")->value(), 250);
    QVERIFY(!field<QCheckBox>(dialog, "Fine mapping")->isChecked());
    QCOMPARE(field<QSpinBox>(dialog, "Seed of random numbers")->value(), 42);
    QVERIFY(dialog.preferences() == unusual());
}

void TestPreferences::changesTakeEffectAtOnce() {
    JobRunner jobs;
    PreferencesDialog dialog(Preferences(), jobs);
    QSignalSpy changed(&dialog, &PreferencesDialog::changed);
    field<QComboBox>(dialog, "Theme")->setCurrentIndex(2);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(dialog.preferences().theme, Preferences::ThemeChoice::Dark);
    field<QComboBox>(dialog, "Language")->setCurrentIndex(1);
    QVERIFY(dialog.preferences().language == Language::English);
    field<QComboBox>(dialog, "Effects are of the")->setCurrentIndex(1);
    QCOMPARE(dialog.preferences().settings.allele, AlleleConvention::Alternate);
    field<QDoubleSpinBox>(dialog, "Own p below")->setValue(0.05);
    QCOMPARE(dialog.preferences().settings.thresholds.ownP, 0.05);
    field<QSpinBox>(dialog, "Threads")->setValue(1);
    QCOMPARE(dialog.preferences().settings.threads, 1);
    QCOMPARE(changed.count(), 5);
    field<QSpinBox>(dialog, "Threads")->setValue(1);
    QCOMPARE(changed.count(), 5); // nothing changed
    field<QCheckBox>(dialog, "Fine mapping")->setChecked(false);
    field<QSpinBox>(dialog, "Null predictors")->setValue(10'000);
    field<QComboBox>(dialog, "Found")->setCurrentIndex(1);
    QCOMPARE(changed.count(), 8);
    const StatisticsOptions expected{DriverMethod::Backward, 10'000, 1000, false, 0};
    QVERIFY(dialog.preferences().settings.statistics == expected);
    const auto sent = changed.last().front().value<Preferences>();
    QVERIFY(sent == dialog.preferences());
}

void TestPreferences::limitKeepsItsBytes() {
    JobRunner jobs;
    Preferences given;
    given.settings.cacheLimitBytes = 2'222'222'222; // no whole tenth of a GiB
    PreferencesDialog dialog(given, jobs);
    field<QSpinBox>(dialog, "Threads")->setValue(1);
    QCOMPARE(dialog.preferences().settings.cacheLimitBytes, 2'222'222'222);
    field<QDoubleSpinBox>(dialog, "Largest size")->setValue(4);
    QCOMPARE(dialog.preferences().settings.cacheLimitBytes, int64_t{4} << 30);
}

void TestPreferences::resetKeepsWhatOtherPlacesSay() {
    JobRunner jobs;
    PreferencesDialog dialog(unusual(), jobs);
    QSignalSpy changed(&dialog, &PreferencesDialog::changed);
    button(dialog, "Reset to defaults")->click();
    Preferences expected;
    expected.recentStudies = unusual().recentStudies;
    expected.scores = unusual().scores;
    expected.snvColour = unusual().snvColour;
    QVERIFY(dialog.preferences() == expected);
    QVERIFY(changed.count() >= 1);
    QVERIFY(changed.last().front().value<Preferences>() == expected);
}

void TestPreferences::otherPlacesSayOnlyWhatIsTheirs() {
    Preferences chosen; // in the dialog, meanwhile something else elsewhere
    chosen.settings.threads = 5;
    chosen.theme = Preferences::ThemeChoice::Light;
    Preferences expected = unusual();
    expected.settings = chosen.settings;
    expected.theme = chosen.theme;
    expected.language = chosen.language;
    chosen.takeOtherPlaces(unusual());
    QVERIFY(chosen == expected);
    QVERIFY(chosen.settings != unusual().settings);
}

void TestPreferences::relativeCacheFileIsRefused() {
    JobRunner jobs;
    PreferencesDialog dialog(Preferences(), jobs);
    QSignalSpy changed(&dialog, &PreferencesDialog::changed);
    auto* file = dialog.findChild<QLineEdit*>(QStringLiteral("cacheFile"));
    QVERIFY(file != nullptr);
    file->setText(QStringLiteral("scores.sqlite"));
    Q_EMIT file->editingFinished();
    QCOMPARE(changed.count(), 0);
    QVERIFY(holdsText(dialog, QStringLiteral("whole path")));
}

void TestPreferences::cacheIsMeasuredAndCleared() {
    Preferences given;
    given.settings.cacheFile = *m_folder / "scores.sqlite";
    {
        const auto cache = ScoreCache::open(given.settings.cacheFile);
        DS_VERIFY(cache);
        const std::vector<Digest> digests{digestOf("A"), digestOf("C"), digestOf("G")};
        const std::vector<double> scores{1, 2, 3};
        DS_VERIFY((*cache)->store({"model", "output"}, digests, scores));
    }
    JobRunner jobs;
    PreferencesDialog dialog(given, jobs);
    QPushButton* clear = button(dialog, "Clear");
    QTRY_VERIFY(holdsText(dialog, QStringLiteral("3 scores")));
    QVERIFY(clear->isEnabled());
    clear->click();
    QTRY_VERIFY(holdsText(dialog, QStringLiteral("Empty")));
    QVERIFY(!clear->isEnabled());

    const auto cache = ScoreCache::open(given.settings.cacheFile);
    DS_VERIFY(cache);
    QCOMPARE((*cache)->info()->entries, 0);

    // A cache that is not there is not made by looking.
    auto* file = dialog.findChild<QLineEdit*>(QStringLiteral("cacheFile"));
    const auto other = *m_folder / "other.sqlite";
    file->setText(QString::fromStdString(other.string()));
    Q_EMIT file->editingFinished();
    QTRY_VERIFY(!jobs.isBusy());
    QVERIFY(!std::filesystem::exists(other));
    QCOMPARE(dialog.preferences().settings.cacheFile, other);
}

void TestPreferences::devicesAreAskedForOnDemand() {
    JobRunner jobs;
    PreferencesDialog dialog(Preferences(), jobs);
    QTRY_VERIFY(!jobs.isBusy());
    for (const JobStatus& job : jobs.jobs())
        QVERIFY(!job.title.contains(QStringLiteral("devices")));
    button(dialog, "Look for a graphics card")->click();
    QTRY_VERIFY_WITH_TIMEOUT(holdsText(dialog, QStringLiteral("LibTorch ")), 30'000);
    QVERIFY(holdsText(dialog, QStringLiteral("cpu")));
}

QTEST_MAIN(TestPreferences)
#include "tst_preferences.moc"
