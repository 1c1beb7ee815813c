// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/preferences_dialog.h"

#include "engines/torch/torch_backend.h"
#include "viewmodels/counted_text.h"
#include "views/dialog_parts.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QScrollBar>
#include <QVBoxLayout>

namespace diploscope::ui {

namespace {

constexpr double GiB = 1024.0 * 1024.0 * 1024.0;
const QString cacheGroup = QStringLiteral("preferences: cache");
const QString deviceGroup = QStringLiteral("preferences: devices");

template <class Value>
void choose(QComboBox* combo, Value value) {
    combo->setCurrentIndex(std::max(0, combo->findData(static_cast<int>(value))));
}

QString sizeText(qint64 bytes) {
    return QLocale::c().formattedDataSize(bytes, 1);
}

} // namespace

PreferencesDialog::PreferencesDialog(const Preferences& preferences, JobRunner& jobs, QWidget* parent)
    : QDialog(parent), m_jobs(jobs), m_preferences(preferences) {
    setWindowTitle(tr("Preferences"));
    auto* cards = new QGridLayout;
    cards->setSpacing(Gap);
    cards->addWidget(computingCard(), 0, 0);
    cards->addWidget(appearanceCard(), 0, 1);
    cards->addWidget(cacheCard(), 1, 0);
    cards->addWidget(driversCard(), 1, 1);
    cards->addWidget(statisticsCard(), 2, 0, 1, 2);
    cards->setColumnStretch(0, 1);
    cards->setColumnStretch(1, 1);

    m_reset = new QPushButton(tr("&Reset to defaults"));
    m_reset->setAutoDefault(false);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    buttons->addButton(m_reset, QDialogButtonBox::ResetRole);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(LargeGap, Gap, LargeGap, Gap); // at 680 pixels in German there is no more room
    layout->setSpacing(Gap);
    layout->addWidget(
        makeText(tr("Changes take effect at once, another language at the next start."), "muted"));
    layout->addLayout(cards);
    layout->addStretch();
    layout->addWidget(buttons);

    fill(m_preferences);
    connectAll();
    askForCacheSize();
    resize(920, 720);
}

void PreferencesDialog::connectAll() {
    for (QComboBox* combo : {m_device, m_theme, m_language, m_allele, m_driverMethod})
        connect(combo, &QComboBox::currentIndexChanged, this, &PreferencesDialog::take);
    for (QDoubleSpinBox* spin : {m_cacheLimit, m_minimumLinearR, m_minimumGain, m_ownP})
        connect(spin, &QDoubleSpinBox::valueChanged, this, &PreferencesDialog::take);
    for (QSpinBox* spin : {m_threads, m_selfCheck, m_nullPredictors, m_resamples, m_seed})
        connect(spin, &QSpinBox::valueChanged, this, &PreferencesDialog::take);
    connect(m_fineMapping, &QCheckBox::toggled, this, &PreferencesDialog::take);
    connect(m_cacheFile, &QLineEdit::editingFinished, this, &PreferencesDialog::takeCacheFile);
    connect(m_findDevices, &QPushButton::clicked, this, &PreferencesDialog::askForDevices);
    connect(m_clearCache, &QPushButton::clicked, this, &PreferencesDialog::clearCache);
    connect(m_chooseCacheFile, &QPushButton::clicked, this, &PreferencesDialog::chooseCacheFile);
    connect(m_reset, &QPushButton::clicked, this, [this] {
        Preferences fresh = m_preferences;
        fresh.resetToDefaults();
        fill(fresh);
        take();
        takeCacheFile();
    });
}

void PreferencesDialog::fill(const Preferences& preferences) {
    m_showing = true;
    const Session::Settings& settings = preferences.settings;
    const QString devices = QString::fromStdString(textOf(settings.devices));
    if (m_device->findData(devices) < 0)
        m_device->addItem(devices, devices);
    m_device->setCurrentIndex(m_device->findData(devices));
    m_threads->setValue(settings.threads);
    m_selfCheck->setValue(settings.selfCheckEvery);
    m_cacheLimit->setValue(static_cast<double>(settings.cacheLimitBytes) / GiB);
    m_cacheFile->setText(QString::fromStdString(settings.cacheFile.string()));
    m_cacheFile->setCursorPosition(0);
    m_cacheFile->setToolTip(m_cacheFile->text());
    choose(m_theme, preferences.theme);
    choose(m_language, preferences.language);
    m_allele->setCurrentIndex(std::max(
        0, m_allele->findData(settings.allele ? static_cast<int>(*settings.allele) : AsTheStudySays)));
    m_minimumLinearR->setValue(settings.thresholds.minimumLinearR);
    m_minimumGain->setValue(settings.thresholds.minimumGain);
    m_ownP->setValue(settings.thresholds.ownP);
    choose(m_driverMethod, settings.statistics.driverMethod);
    m_nullPredictors->setValue(static_cast<int>(settings.statistics.nullPredictors));
    m_resamples->setValue(static_cast<int>(settings.statistics.resamples));
    m_fineMapping->setChecked(settings.statistics.fineMapping);
    m_seed->setValue(static_cast<int>(settings.statistics.seed));
    m_showing = false;
}

void PreferencesDialog::take() {
    if (m_showing)
        return;
    Preferences chosen = m_preferences;
    Session::Settings& settings = chosen.settings;
    if (auto devices = parseDevices(m_device->currentData().toString().toStdString()))
        settings.devices = std::move(*devices);
    settings.threads = m_threads->value();
    settings.selfCheckEvery = m_selfCheck->value();
    // The widget shows one decimal: a limit that it did not change keeps its exact bytes.
    const double shown = static_cast<double>(settings.cacheLimitBytes) / GiB;
    if (std::abs(m_cacheLimit->value() - shown) > 0.05)
        settings.cacheLimitBytes = static_cast<int64_t>(m_cacheLimit->value() * GiB);
    chosen.theme = static_cast<Preferences::ThemeChoice>(m_theme->currentData().toInt());
    chosen.language = static_cast<Language>(m_language->currentData().toInt());
    const int allele = m_allele->currentData().toInt();
    settings.allele =
        allele == AsTheStudySays ? std::optional<AlleleConvention>() : static_cast<AlleleConvention>(allele);
    settings.thresholds.minimumLinearR = m_minimumLinearR->value();
    settings.thresholds.minimumGain = m_minimumGain->value();
    settings.thresholds.ownP = m_ownP->value();
    settings.statistics.driverMethod = static_cast<DriverMethod>(m_driverMethod->currentData().toInt());
    settings.statistics.nullPredictors = m_nullPredictors->value();
    settings.statistics.resamples = m_resamples->value();
    settings.statistics.fineMapping = m_fineMapping->isChecked();
    settings.statistics.seed = static_cast<uint64_t>(m_seed->value());
    if (chosen == m_preferences)
        return;
    m_preferences = chosen;
    Q_EMIT changed(m_preferences);
}

void PreferencesDialog::takeCacheFile() {
    const QString text = m_cacheFile->text().trimmed();
    const std::filesystem::path file =
        text.isEmpty() ? ScoreCache::defaultFile() : std::filesystem::path(text.toStdString());
    if (file == m_preferences.settings.cacheFile)
        return;
    if (!file.is_absolute()) {
        m_cacheText->setText(tr("Give the whole path, from / on."));
        return;
    }
    m_preferences.settings.cacheFile = file;
    m_cacheFile->setText(QString::fromStdString(file.string()));
    Q_EMIT changed(m_preferences);
    askForCacheSize();
}

void PreferencesDialog::chooseCacheFile() {
    auto* dialog = new QFileDialog(this, tr("Cache of scores"), m_cacheFile->text());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setOption(QFileDialog::DontConfirmOverwrite); // a cache that is there is used, not replaced
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) {
        m_cacheFile->setText(file);
        takeCacheFile();
    });
    dialog->open();
}

void PreferencesDialog::askForDevices() {
    struct Found {
        std::vector<std::string> devices;
        std::string version;
        bool cuda = false;
    };
    m_findDevices->setEnabled(false);
    m_deviceText->setText(tr("Loading LibTorch…"));
    m_jobs.run<Found>(
        tr("Looking for devices"), deviceGroup, JobRunner::Priority::Seen,
        [](const RunContext&) -> Result<Found> {
            DS_ASSIGN(const TorchBackend* torch, torchBackend());
            return Found{torch->devices(), torch->version(),
                         torch->checkDevice({Device::Kind::Cuda, 0}).has_value()};
        },
        this,
        [this](const Result<Found>& found) {
            m_findDevices->setEnabled(true);
            if (!found) {
                m_deviceText->setText(QString::fromStdString(found.error().message()));
                return;
            }
            QStringList names;
            for (const std::string& device : found->devices)
                names << QString::fromStdString(device);
            // The processor is listed already; several cards together come last.
            const QStringList cards = names.mid(1);
            QStringList choices = cards;
            if (cards.size() > 1)
                choices << cards.join(QLatin1Char(','));
            for (const QString& choice : choices)
                if (m_device->findData(choice) < 0)
                    m_device->addItem(tr("Graphics card (%1)").arg(choice), choice);
            m_deviceText->setText(tr("LibTorch %1 computes on: %2.%3")
                                      .arg(QString::fromStdString(found->version),
                                           names.join(QStringLiteral(", ")),
                                           found->cuda ? QString() : tr(" No graphics card answers.")));
        });
}

void PreferencesDialog::askForCacheSize() {
    m_cacheText->setText(tr("Looking…"));
    m_clearCache->setEnabled(false);
    using Info = std::optional<ScoreCache::Info>;
    m_jobs.run<Info>(
        tr("Size of the cache"), cacheGroup, JobRunner::Priority::Seen,
        [file = m_preferences.settings.cacheFile,
         limit = m_preferences.settings.cacheLimitBytes](const RunContext&) -> Result<Info> {
            std::error_code error;
            if (!std::filesystem::exists(file, error))
                return Info();
            DS_ASSIGN(const auto cache, ScoreCache::open(file, limit));
            DS_ASSIGN(const ScoreCache::Info info, cache->info());
            return Info(info);
        },
        this,
        [this](const Result<Info>& info) {
            if (!info) {
                m_cacheText->setText(QString::fromStdString(info.error().message()));
                return;
            }
            const bool empty = !*info || (*info)->entries == 0;
            m_clearCache->setEnabled(!empty);
            m_cacheText->setText(empty ? tr("Empty")
                                       : tr("%1, %2").arg(countedText((*info)->entries, counted::scores),
                                                          sizeText((*info)->bytes)));
        });
}

void PreferencesDialog::clearCache() {
    m_clearCache->setEnabled(false);
    m_cacheText->setText(tr("Clearing…"));
    m_jobs.run<int64_t>(
        tr("Clearing the cache"), cacheGroup, JobRunner::Priority::Seen,
        [file = m_preferences.settings.cacheFile,
         limit = m_preferences.settings.cacheLimitBytes](const RunContext&) -> Result<int64_t> {
            DS_ASSIGN(const auto cache, ScoreCache::open(file, limit));
            return cache->clear();
        },
        this,
        [this](const Result<int64_t>& removed) {
            if (!removed) {
                m_cacheText->setText(QString::fromStdString(removed.error().message()));
                m_clearCache->setEnabled(true);
                return;
            }
            askForCacheSize();
        });
}

} // namespace diploscope::ui
