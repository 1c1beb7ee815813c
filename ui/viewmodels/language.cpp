// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>

#include <algorithm>

static void initialiseTranslations() { // in no namespace, as Qt wants it
    Q_INIT_RESOURCE(translations);
}

namespace diploscope::ui {

namespace {

thread_local int englishDepth = 0;

/// Says nothing where English is wanted, so that the source's text is taken.
class OwnTranslator : public QTranslator {
public:
    QString translate(const char* context, const char* text, const char* note, int count) const override {
        return EnglishTexts::areSpoken() ? QString() : QTranslator::translate(context, text, note, count);
    }
};

} // namespace

std::optional<Language> languageOf(std::string_view word) {
    const auto* found = std::find_if(LanguageNames.begin(), LanguageNames.end(),
                                     [word](const LanguageName& name) { return name.word == word; });
    return found == LanguageNames.end() ? std::nullopt : std::optional(found->language);
}

const char* wordOf(Language language) {
    return std::find_if(LanguageNames.begin(), LanguageNames.end(),
                        [language](const LanguageName& name) { return name.language == language; })
        ->word;
}

Language spoken(Language language, const QStringList& system) {
    if (language != Language::System)
        return language;
    for (const QString& wanted : system) {
        const std::string word = wanted.section(QLatin1Char('-'), 0, 0).toLower().toStdString();
        if (const std::optional<Language> known = languageOf(word); known && *known != Language::System)
            return *known;
    }
    return Language::English;
}

Translation::Translation(Language language) {
    initialiseTranslations();
    const Language chosen = spoken(language, QLocale::system().uiLanguages());
    if (chosen == Language::English)
        return;
    const QString word = QString::fromLatin1(wordOf(chosen));
    const auto add = [this](std::unique_ptr<QTranslator> translator, const QString& name,
                            const QString& folder) {
        if (!translator->load(name, folder))
            return;
        QCoreApplication::installTranslator(translator.get());
        m_translators.push_back(std::move(translator));
    };
    add(std::make_unique<OwnTranslator>(), QStringLiteral("qtbase_") + word,
        QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    add(std::make_unique<OwnTranslator>(), QStringLiteral("diploscope_") + word,
        QStringLiteral(":/diploscope/translations"));
}

Translation::~Translation() {
    for (const auto& translator : m_translators)
        QCoreApplication::removeTranslator(translator.get());
}

EnglishTexts::EnglishTexts() {
    ++englishDepth;
}

EnglishTexts::~EnglishTexts() {
    --englishDepth;
}

bool EnglishTexts::areSpoken() {
    return englishDepth > 0;
}

QString translated(std::string_view text) {
    return QCoreApplication::translate("core", std::string(text).c_str());
}

} // namespace diploscope::ui
