// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/model_kinds.h"
#include "viewmodels/language.h"
#include "views/dialog_parts.h"
#include "views/preferences_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QFrame>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QSpinBox>
#include <QThread>

#include <algorithm>

/// The cards of the preferences: which widgets there are, not what they do.
namespace diploscope::ui {

namespace {

/// Numbers are written with a point everywhere in the program.
template <class Spin>
Spin* makeSpin() {
    auto* spin = new Spin;
    spin->setLocale(QLocale::c());
    // Effect when the number is finished, not at each of its digits.
    spin->setKeyboardTracking(false);
    return spin;
}

QDoubleSpinBox* makeFraction(int decimals, double step) {
    auto* spin = makeSpin<QDoubleSpinBox>();
    spin->setRange(0, 1);
    spin->setDecimals(decimals);
    spin->setSingleStep(step);
    return spin;
}

/// "An Enformer": the kinds of models that compute on the chosen device, as a sentence begins.
QString kindsOnDevice() {
    const QString kinds = translated(anyKind([](const ModelKind& kind) { return kind.fastIsOnDevice(); }));
    return kinds.left(1).toUpper() + kinds.mid(1);
}

} // namespace

QWidget* PreferencesDialog::computingCard() {
    const Card card = makeCard(tr("Computing"));
    m_device = new QComboBox;
    m_device->addItem(tr("Processor (cpu)"), QStringLiteral("cpu"));
    m_findDevices = new QPushButton(tr("&Look for a graphics card"));
    m_findDevices->setAutoDefault(false);
    m_deviceText =
        makeText(tr("%1 computes on this device. Other models use it for whole forward passes only: "
                    "their fast scoring always runs on the processor.")
                     .arg(kindsOnDevice()),
                 "small");
    m_threads = makeSpin<QSpinBox>();
    m_threads->setRange(0, std::max(1, QThread::idealThreadCount()));
    m_threads->setSpecialValueText(tr("All (%1)").arg(QThread::idealThreadCount()));
    QFormLayout* form = makeForm();
    form->addRow(tr("&Device"), m_device);
    form->addRow(QString(), m_findDevices);
    form->addRow(tr("&Threads"), m_threads);
    m_selfCheck = makeSpin<QSpinBox>();
    m_selfCheck->setRange(0, 1'000'000);
    m_selfCheck->setSpecialValueText(tr("never"));
    m_selfCheck->setPrefix(tr("every "));
    m_selfCheck->setSuffix(tr(" new scores"));
    m_selfCheck->setToolTip(
        tr("One score, and one of each kind, is also made by a whole forward pass, and compared; from 500 on "
           "as far as that takes a tenth of the work"));
    form->addRow(tr("Self-chec&k"), m_selfCheck);
    card.layout->addLayout(form);
    card.layout->addWidget(m_deviceText);
    card.layout->addStretch();
    return card.frame;
}

QWidget* PreferencesDialog::appearanceCard() {
    const Card card = makeCard(tr("Appearance and effects"));
    m_theme = new QComboBox;
    m_theme->addItem(tr("As the system"), static_cast<int>(Preferences::ThemeChoice::System));
    m_theme->addItem(tr("Light"), static_cast<int>(Preferences::ThemeChoice::Light));
    m_theme->addItem(tr("Dark"), static_cast<int>(Preferences::ThemeChoice::Dark));
    m_language = new QComboBox;
    for (const LanguageName& name : LanguageNames)
        m_language->addItem(name.language == Language::System ? tr("As the system")
                                                              : QString::fromUtf8(name.title),
                            static_cast<int>(name.language));
    m_language->setToolTip(
        tr("Of the window, from the next start on. Figures, reports and tables are English."));
    m_allele = new QComboBox;
    m_allele->addItem(tr("As the study says"), AsTheStudySays);
    m_allele->addItem(tr("Alternate allele"), static_cast<int>(AlleleConvention::Alternate));
    m_allele->addItem(tr("Minor allele"), static_cast<int>(AlleleConvention::Minor));
    QFormLayout* form = makeForm();
    form->addRow(tr("T&heme"), m_theme);
    form->addRow(tr("Lan&guage"), m_language);
    form->addRow(tr("&Effects are of the"), m_allele);
    card.layout->addLayout(form);
    card.layout->addWidget(makeText(
        tr("Effects of the model and of eQTLs always share one allele, so verdicts do not depend on it."),
        "small"));
    card.layout->addStretch();
    return card.frame;
}

QWidget* PreferencesDialog::cacheCard() {
    const Card card = makeCard(tr("Cache of scores"));
    m_cacheLimit = makeSpin<QDoubleSpinBox>();
    m_cacheLimit->setRange(0.1, 10'000);
    m_cacheLimit->setDecimals(1);
    m_cacheLimit->setSuffix(tr(" GiB"));
    m_cacheFile = new QLineEdit;
    m_cacheFile->setObjectName(QStringLiteral("cacheFile"));
    m_chooseCacheFile = new QPushButton(tr("C&hoose…"));
    m_chooseCacheFile->setAutoDefault(false);
    m_clearCache = new QPushButton(tr("&Clear"));
    m_clearCache->setAutoDefault(false);
    m_cacheText = makeText(QString(), "small", true);
    auto* file = new QHBoxLayout;
    file->setSpacing(SmallGap);
    file->addWidget(m_cacheFile, 1);
    file->addWidget(m_chooseCacheFile);
    auto* size = new QHBoxLayout;
    size->setSpacing(SmallGap);
    size->addWidget(m_cacheText, 1);
    size->addWidget(m_clearCache);
    QFormLayout* form = makeForm();
    form->addRow(tr("Largest &size"), m_cacheLimit);
    auto* fileTitle = new QLabel(tr("&File")); // a layout cannot be a label's buddy
    fileTitle->setBuddy(m_cacheFile);
    form->addRow(fileTitle, file);
    form->addRow(tr("Now"), size);
    card.layout->addLayout(form);
    card.layout->addStretch();
    return card.frame;
}

QWidget* PreferencesDialog::driversCard() {
    const Card card = makeCard(tr("Which SNVs count as drivers"));
    m_minimumLinearR = makeFraction(2, 0.05);
    m_minimumGain = makeFraction(3, 0.01);
    m_ownP = makeFraction(4, 0.005);
    m_driverMethod = new QComboBox;
    m_driverMethod->addItem(tr("Forward, as the paper"), static_cast<int>(DriverMethod::Forward));
    m_driverMethod->addItem(tr("Backward"), static_cast<int>(DriverMethod::Backward));
    m_driverMethod->setToolTip(
        tr("Forward: SNVs are added by the size of their effect. Backward: the SNV whose "
           "removal costs most is removed, again and again."));
    QFormLayout* form = makeForm();
    form->addRow(tr("Fo&und"), m_driverMethod);
    form->addRow(tr("Linear R &above"), m_minimumLinearR);
    form->addRow(tr("&Gain of R at least"), m_minimumGain);
    form->addRow(tr("Own &p below"), m_ownP);
    card.layout->addLayout(form);
    card.layout->addWidget(makeText(
        tr("A gene at or below the linear R is called not additive and gets no drivers. The p is divided "
           "by the number of SNVs."),
        "small"));
    card.layout->addStretch();
    return card.frame;
}

QWidget* PreferencesDialog::statisticsCard() {
    const Card card = makeCard(tr("Statistics"));
    m_nullPredictors = makeSpin<QSpinBox>();
    m_nullPredictors->setRange(static_cast<int>(PublishedNullPredictors),
                               static_cast<int>(Preferences::MostNullPredictors));
    m_nullPredictors->setSingleStep(50);
    m_nullPredictors->setToolTip(tr("Of the calibrated null and the empirical p; the published null has %1")
                                     .arg(PublishedNullPredictors));
    m_resamples = makeSpin<QSpinBox>();
    m_resamples->setRange(0, static_cast<int>(Preferences::MostResamples));
    m_resamples->setSingleStep(100);
    m_resamples->setSpecialValueText(tr("none"));
    m_resamples->setToolTip(tr("People drawn anew, for the intervals of R and of drivers' slopes"));
    m_fineMapping = new QCheckBox(tr("SuS&iE"));
    m_fineMapping->setToolTip(tr("How likely each SNV is causal for expression, and credible sets"));
    m_seed = makeSpin<QSpinBox>();
    m_seed->setRange(0, static_cast<int>(Preferences::LargestSeed));
    m_seed->setToolTip(tr("Of the random predictors and resamples"));
    QFormLayout* left = makeForm();
    left->addRow(tr("&Null predictors"), m_nullPredictors);
    left->addRow(tr("&Bootstrap resamples"), m_resamples);
    QFormLayout* right = makeForm();
    right->addRow(tr("Fine &mapping"), m_fineMapping);
    right->addRow(tr("Seed of rand&om numbers"), m_seed);
    auto* columns = new QHBoxLayout;
    columns->setSpacing(LargeGap);
    columns->addLayout(left, 1);
    columns->addLayout(right, 1);
    card.layout->addLayout(columns);
    return card.frame;
}

} // namespace diploscope::ui
