// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QTranslator>

#include <array>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

/// The window's language. Numbers, tables and whatever else goes into files are the same in each.
namespace diploscope::ui {

enum class Language {
    System, ///< as the user's environment says, where there is a translation, else English
    English,
    German
};

struct LanguageName {
    Language language;
    const char* word;  ///< in settings and on command lines, of a translation also in its file's name
    const char* title; ///< as those who speak it call it; of System empty
};

inline constexpr std::array LanguageNames{LanguageName{Language::System, "system", ""},
                                          LanguageName{Language::English, "en", "English"},
                                          LanguageName{Language::German, "de", "Deutsch"}};

[[nodiscard]] std::optional<Language> languageOf(std::string_view word);
[[nodiscard]] const char* wordOf(Language language);
/// What is spoken for `language`: never System. \param system languages that the user wants, the first one
/// first: "de-AT"
[[nodiscard]] Language spoken(Language language, const QStringList& system);

/// Has the application speak a language for as long as it lives: tr() of the program and, where Qt's own
/// translations are installed, of Qt. Made before the first widget, whose texts stay as they are.
class Translation {
public:
    /// \param language System asks QLocale::system()
    explicit Translation(Language language);
    ~Translation();
    Translation(const Translation&) = delete;
    Translation& operator=(const Translation&) = delete;

private:
    std::vector<std::unique_ptr<QTranslator>> m_translators; ///< none: English
};

/// While one lives, tr() in this thread gives what stands in the source. What goes into a file is said under
/// it: figures and reports are English whatever the window speaks, and of one study the same bytes.
class EnglishTexts {
public:
    EnglishTexts();
    ~EnglishTexts();
    EnglishTexts(const EnglishTexts&) = delete;
    EnglishTexts& operator=(const EnglishTexts&) = delete;

    [[nodiscard]] static bool areSpoken(); ///< one lives in this thread
};

/// What core has no tr() for: names and meanings of columns, stages, verdicts, kinds. All of these are listed
/// in core_texts.h and core_column_texts.h. \param text of core; what is not listed comes back as it is
[[nodiscard]] QString translated(std::string_view text);

} // namespace diploscope::ui
