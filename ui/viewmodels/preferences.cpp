// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/preferences.h"

#include "model/score_request_json.h"

#include <QSettings>

#include <algorithm>
#include <cmath>
#include <utility>

namespace diploscope::ui {

namespace {

using ThemeChoice = Preferences::ThemeChoice;

template <class Value>
struct Word {
    Value value;
    const char* word;
};
/// One place whatever program asks: the window, tests, a snapshot command.
struct Store : QSettings {
    Store()
        : QSettings(QSettings::NativeFormat, QSettings::UserScope, QStringLiteral("diploscope"),
                    QStringLiteral("diploscope")) {}
};

constexpr Word<ThemeChoice> ThemeWords[] = {
    {ThemeChoice::System, "system"}, {ThemeChoice::Light, "light"}, {ThemeChoice::Dark, "dark"}};
using Allele = std::optional<AlleleConvention>;
const Word<Allele> AlleleWords[] = {
    {std::nullopt, "study"}, {AlleleConvention::Alternate, "alternate"}, {AlleleConvention::Minor, "minor"}};

// The words of the command line's options.
constexpr Word<DriverMethod> MethodWords[] = {{DriverMethod::Forward, "forward"},
                                              {DriverMethod::Backward, "backward"}};

template <class Value, size_t Count>
void readWord(const QSettings& store, const char* key, const Word<Value> (&words)[Count], Value& target) {
    const QString found = store.value(QLatin1String(key)).toString();
    for (const auto& [value, word] : words)
        if (found == QLatin1String(word))
            target = value;
}
template <class Value, size_t Count>
QString wordOf(const Value& value, const Word<Value> (&words)[Count]) {
    const auto* found = std::find_if(std::begin(words), std::end(words),
                                     [&](const auto& word) { return word.value == value; });
    return found == std::end(words) ? QString() : QString::fromLatin1(found->word);
}

void readNumber(const QSettings& store, const char* key, double least, double most, double& target) {
    bool good = false;
    const double value = store.value(QLatin1String(key)).toDouble(&good);
    if (good && std::isfinite(value) && value >= least && value <= most)
        target = value;
}

template <class Number>
void readCount(const QSettings& store, const char* key, int64_t least, int64_t most, Number& target) {
    bool good = false;
    const qlonglong value = store.value(QLatin1String(key)).toLongLong(&good);
    if (good && value >= least && value <= most)
        target = static_cast<Number>(value);
}

void readStatistics(const QSettings& store, StatisticsOptions& statistics) {
    readWord(store, "statistics/drivers", MethodWords, statistics.driverMethod);
    readCount(store, "statistics/nullPredictors", PublishedNullPredictors, Preferences::MostNullPredictors,
              statistics.nullPredictors);
    readCount(store, "statistics/bootstrap", 0, Preferences::MostResamples, statistics.resamples);
    if (const QVariant wanted = store.value(QStringLiteral("statistics/fineMapping")); wanted.isValid())
        statistics.fineMapping = wanted.toBool();
    readCount(store, "statistics/seed", 0, Preferences::LargestSeed, statistics.seed);
}

void writeStatistics(QSettings& store, const StatisticsOptions& statistics) {
    store.setValue(QStringLiteral("statistics/drivers"), wordOf(statistics.driverMethod, MethodWords));
    store.setValue(QStringLiteral("statistics/nullPredictors"), qlonglong{statistics.nullPredictors});
    store.setValue(QStringLiteral("statistics/bootstrap"), qlonglong{statistics.resamples});
    store.setValue(QStringLiteral("statistics/fineMapping"), statistics.fineMapping);
    store.setValue(QStringLiteral("statistics/seed"), qulonglong{statistics.seed});
}

void readScores(QSettings& store, AskedScores& scores) {
    const int count = std::min(store.beginReadArray(QStringLiteral("scores")), 1000);
    for (int i = 0; i < count; ++i) {
        store.setArrayIndex(i);
        const auto text = [&](const char* key) {
            return store.value(QLatin1String(key)).toString().toStdString();
        };
        ScoreRequest request;
        for (const auto& [key, member] : ScoreTexts)
            request.*member = text(key);
        for (const auto& [key, member] : ScoreFiles)
            request.*member = text(key);
        if (const QVariant shifts = store.value(QStringLiteral("shifts")); shifts.isValid())
            request.shifts = std::clamp(shifts.toInt(), 0, kMostShifts);
        if (const QVariant both = store.value(QStringLiteral("reverseComplement")); both.isValid())
            request.reverseComplement = both.toBool();
        if (const std::string model = text("model"); !model.empty())
            scores.set(model, request);
    }
    store.endArray();
}

void writeScores(QSettings& store, const AskedScores& scores) {
    store.remove(QStringLiteral("scores"));
    store.beginWriteArray(QStringLiteral("scores"), static_cast<int>(scores.byModel().size()));
    int row = 0;
    for (const auto& [model, score] : scores.byModel()) {
        store.setArrayIndex(row++);
        const auto write = [&](const char* key, const std::string& text) {
            if (!text.empty())
                store.setValue(QLatin1String(key), QString::fromStdString(text));
        };
        write("model", model);
        for (const auto& [key, member] : ScoreTexts)
            write(key, score.*member);
        for (const auto& [key, member] : ScoreFiles)
            write(key, (score.*member).string());
        if (score.shifts)
            store.setValue(QStringLiteral("shifts"), *score.shifts);
        if (score.reverseComplement)
            store.setValue(QStringLiteral("reverseComplement"), *score.reverseComplement);
    }
    store.endArray();
}

} // namespace

Preferences Preferences::load() {
    Store store;
    Preferences read;
    readWord(store, "theme", ThemeWords, read.theme);
    read.language =
        languageOf(store.value(QStringLiteral("language")).toString().toStdString()).value_or(read.language);
    read.snvColour = snvColourOf(store.value(QStringLiteral("snvColour")).toString().toStdString());
    if (auto devices = parseDevices(store.value(QStringLiteral("device")).toString().toStdString()))
        read.settings.devices = std::move(*devices);
    readWord(store, "allele", AlleleWords, read.settings.allele);
    read.settings.threads = std::clamp(store.value(QStringLiteral("threads"), 0).toInt(), 0, 1024);
    const qint64 limit = store.value(QStringLiteral("cache/limitBytes")).toLongLong();
    if (limit > 0)
        read.settings.cacheLimitBytes = limit;
    const QString file = store.value(QStringLiteral("cache/file")).toString();
    if (!file.isEmpty())
        read.settings.cacheFile = file.toStdString();
    DriverThresholds& thresholds = read.settings.thresholds;
    readNumber(store, "drivers/minimumLinearR", 0, 1, thresholds.minimumLinearR);
    readNumber(store, "drivers/minimumGain", 0, 1, thresholds.minimumGain);
    readNumber(store, "drivers/ownP", 0, 1, thresholds.ownP);
    readStatistics(store, read.settings.statistics);
    read.settings.selfCheckEvery =
        std::clamp(store.value(QStringLiteral("selfCheckEvery"), kSelfCheckEvery).toInt(), 0, 1'000'000);
    readScores(store, read.scores);
    const QStringList recent = store.value(QStringLiteral("recentStudies")).toStringList();
    for (auto study = recent.crbegin(); study != recent.crend(); ++study) // the latest was written first
        read.addRecentStudy(*study);
    return read;
}

void Preferences::save() const {
    const Session::Settings defaults;
    Store store;
    store.setValue(QStringLiteral("theme"), wordOf(theme, ThemeWords));
    store.setValue(QStringLiteral("language"), QString::fromLatin1(wordOf(language)));
    store.setValue(QStringLiteral("snvColour"), QString::fromLatin1(wordOf(snvColour)));
    store.setValue(QStringLiteral("device"), QString::fromStdString(textOf(settings.devices)));
    store.setValue(QStringLiteral("allele"), wordOf(settings.allele, AlleleWords));
    store.setValue(QStringLiteral("threads"), settings.threads);
    store.setValue(QStringLiteral("cache/limitBytes"), static_cast<qint64>(settings.cacheLimitBytes));
    // The default may move with the user's environment, so it is not written down.
    if (settings.cacheFile == defaults.cacheFile)
        store.remove(QStringLiteral("cache/file"));
    else
        store.setValue(QStringLiteral("cache/file"), QString::fromStdString(settings.cacheFile.string()));
    store.setValue(QStringLiteral("drivers/minimumLinearR"), settings.thresholds.minimumLinearR);
    store.setValue(QStringLiteral("drivers/minimumGain"), settings.thresholds.minimumGain);
    store.setValue(QStringLiteral("drivers/ownP"), settings.thresholds.ownP);
    writeStatistics(store, settings.statistics);
    store.setValue(QStringLiteral("selfCheckEvery"), settings.selfCheckEvery);
    writeScores(store, scores);
    store.setValue(QStringLiteral("recentStudies"), recentStudies);
}

void Preferences::addRecentStudy(const QString& file) {
    if (file.isEmpty())
        return;
    recentStudies.removeAll(file);
    recentStudies.prepend(file);
    while (recentStudies.size() > MostRecentStudies)
        recentStudies.removeLast();
}

void Preferences::takeOtherPlaces(const Preferences& others) {
    recentStudies = others.recentStudies;
    snvColour = others.snvColour;
    scores = others.scores;
}

void Preferences::resetToDefaults() {
    Preferences fresh;
    fresh.takeOtherPlaces(*this);
    *this = std::move(fresh);
}

} // namespace diploscope::ui
